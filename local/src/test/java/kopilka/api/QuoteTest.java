package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a basket is told, and what its order gets: the same. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class QuoteTest {
    private final LocalCloud cloud;
    private final Shop shop;

    QuoteTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud, Rules.CLUB);
    }

    private static Call quote(String member, String category, String total) {
        return Endpoint.QUOTE.call().body("""
                {"member":"%s","content":{"currency":"EUR",
                 "lines":[{"sku":"S-1","category":"%s","quantity":1,"total":"%s"}]}}""".formatted(member, category, total));
    }

    /** The order that follows a quote of one line. */
    private Call ordered(String order, String member, String category, String total, JsonNode quoted) {
        Call call = Orders.paid(order, member, total, shop.now())
                .changed("/content/lines/0/category", Json.quoted(category))
                .changed("/content/total", quoted.at("/price/amount").toString())
                .changed("/content/quote", quoted.path("quote").toString());
        if (quoted.path("discounts").isEmpty()) {
            return call;
        }
        List<String> given = new ArrayList<>();
        quoted.path("discounts")
                .forEach(discount -> given.add(
                        "{\"rule\":" + discount.path("rule") + ",\"amount\":" + discount.path("amount") + "}"));
        return call.changed("/content/discounts", given.toString());
    }

    @Test
    void a_quote_tells_what_the_order_gets() {
        shop.enrol("anna");
        JsonNode quoted = shop.send(quote("anna", "tea", "60.00")).is(200).json();
        assertThat(quoted.path("programVersion").asInt()).isEqualTo(1);
        assertThat(quoted.path("at").asText()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(quoted.path("expiresAt").asText()).isEqualTo("2026-03-01T08:30:00Z");
        assertThat(quoted.path("price")).isEqualTo(Json.read("{\"amount\":\"54.00\",\"currency\":\"EUR\"}"));
        assertThat(quoted.path("discounts")).isEqualTo(Json.read("""
                [{"rule":"tea","amount":"6.00","lines":[{"line":"1","amount":"6.00"}]}]"""));
        assertThat(quoted.path("earn")).isEqualTo(Json.read("""
                [{"wallet":"points","units":54,"parts":[
                  {"rule":"base","title":"A point for each euro","base":"54.00","rate":"1 point per 1.00 EUR"}],
                  "lines":[{"line":"1","units":54}]}]"""));
        assertThat(quoted.path("next")).isEqualTo(Json.read("""
                [{"rule":"cup","title":"A cup","missing":"40.00","of":"order"}]"""));

        Reply paid = shop.send(ordered("A-1", "anna", "tea", "60.00", quoted)).is(201);
        assertThat(paid.number("/earned")).isEqualTo(54);
        JsonNode explained = shop.send(
                        Endpoint.EXPLANATION.call().at("member", "anna").at("posting", "2"))
                .is(200)
                .json();
        assertThat(explained.path("discounts")).isEqualTo(quoted.path("discounts"));
        assertThat(explained.at("/earn/0/units")).isEqualTo(quoted.at("/earn/0/units"));
        assertThat(explained.at("/earn/0/parts")).isEqualTo(quoted.at("/earn/0/parts"));
        assertThat(explained.path("benefits")).isEqualTo(quoted.path("benefits"));
        assertThat(explained.path("dropped")).isEqualTo(quoted.path("dropped"));
        shop.isSound("anna");
    }

    @Test
    void what_gives_nothing_says_why_in_the_language_that_was_asked_for() {
        shop.enrol("anna");
        Call call = quote("anna", "coffee", "60.00");
        JsonNode english = shop.send(call).is(200).json().path("dropped");
        JsonNode ukrainian =
                shop.send(call.changed("/language", "\"uk\"")).is(200).json().path("dropped");
        List<String> told = new ArrayList<>();
        english.forEach(rule -> told.add(rule.path("rule").asText() + " "
                + rule.path("code").asText() + " " + rule.path("condition").asText() + " "
                + rule.path("missing").asText()));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "tea no_matching_lines  ", "back unmet tier ", "home unmet region ", "cup unmet amount 40.00");
        for (int i = 0; i < english.size(); i++) {
            assertThat(ukrainian.get(i).path("rule")).isEqualTo(english.get(i).path("rule"));
            assertThat(ukrainian.get(i).path("sentence").asText())
                    .isNotEqualTo(english.get(i).path("sentence").asText())
                    .containsPattern("[а-щіїєґ]");
        }
        assertThat(ukrainian.findValuesAsText("title")).containsExactly("Чашка");
    }

    @Test
    void wallets_that_cannot_pay_say_why() {
        shop.enrolWith("anna", 150);
        JsonNode redeemable =
                shop.send(quote("anna", "coffee", "60.00")).is(200).json().path("redeemable");
        assertThat(redeemable).isEqualTo(Json.read("""
                [{"wallet":"points","minimum":100,"maximum":150,"step":1,"worth":{"amount":"1.50","currency":"EUR"}},
                 {"wallet":"cashback","minimum":50,"maximum":0,"step":1,"worth":{"amount":"0.00","currency":"EUR"},
                  "reason":"unmet","condition":"tier"},
                 {"wallet":"stars","minimum":0,"maximum":0,"step":1,"worth":{"amount":"0.00","currency":"EUR"},
                  "reason":"not_spendable"}]"""));
        JsonNode small =
                shop.send(quote("anna", "coffee", "1.00")).is(200).json().at("/redeemable/0");
        assertThat(small.path("reason").asText()).isEqualTo("order_too_small");
        assertThat(small.path("share").asText()).isEqualTo("0.50");
        shop.enrol("olga");
        JsonNode few =
                shop.send(quote("olga", "coffee", "60.00")).is(200).json().at("/redeemable/0");
        assertThat(few.path("reason").asText()).isEqualTo("too_few");
        assertThat(few.path("available").asInt()).isZero();
    }

    @Test
    void a_guest_is_quoted_for_as_for_somebody_who_joins_now() {
        shop.enrol("anna");
        JsonNode member = shop.send(quote("anna", "tea", "120.00")).is(200).json();
        JsonNode guest = shop.send(quote("anna", "tea", "120.00").changed("/member", "(none)"))
                .is(200)
                .json();
        assertThat(guest.has("member")).isFalse();
        for (String part : new String[] {"quote", "price", "discounts", "earn", "benefits", "dropped"}) {
            assertThat(guest.path(part)).as(part).isEqualTo(member.path(part));
        }
    }

    @Test
    void where_one_buys_is_asked_of_the_basket_and_otherwise_of_the_member() {
        shop.enrol("anna");
        Call call = quote("anna", "coffee", "20.00");
        assertThat(earned(call)).isEqualTo(20);
        assertThat(earned(call.changed("/content/region", "\"Київ\""))).isEqualTo(27);
        shop.send(Shop.profile("anna", "{\"region\":\"Київ\"}")).is(200);
        assertThat(earned(call)).isEqualTo(27);
        assertThat(earned(call.changed("/content/region", "\"Львів\""))).isEqualTo(20);
        Call order = Orders.paid("A-1", "anna", "20.00", shop.now()).changed("/content/region", "\"Київ\"");
        assertThat(shop.send(order).is(201).number("/earned")).isEqualTo(27);
        shop.isSound("anna");
    }

    private long earned(Call quote) {
        return shop.send(quote).is(200).number("/earn/0/units");
    }

    @Test
    void an_order_gets_what_was_quoted_while_the_quote_holds_whatever_was_published_since() {
        shop.enrol("anna");
        JsonNode quoted = shop.send(quote("anna", "tea", "60.00")).is(200).json();
        shop.send(Endpoint.PUBLISH.call().body(Rules.clubWith("/rules/0/then/0/earn/points", "3")))
                .is(200);
        shop.wait(Duration.ofMinutes(29));
        Reply first = shop.send(ordered("A-1", "anna", "tea", "60.00", quoted)).is(201);
        assertThat(first.number("/programVersion")).isEqualTo(1);
        assertThat(first.number("/earned")).isEqualTo(54);

        shop.wait(Duration.ofMinutes(1));
        Reply late = shop.send(ordered("A-2", "anna", "tea", "60.00", quoted)).is(201);
        assertThat(late.number("/programVersion")).isEqualTo(2);
        assertThat(late.number("/earned")).isEqualTo(162);
        Reply refund = shop.refunds("anna", "A-1", "R-1", "27.00");
        assertThat(refund.number("/programVersion")).isEqualTo(1);
        shop.isSound("anna");
    }

    @Test
    void a_version_to_come_is_quoted_for_its_own_time() {
        shop.enrol("anna");
        shop.send(Endpoint.PUBLISH
                        .call()
                        .query("effectiveFrom", "2026-04-01T00:00:00Z")
                        .body(Rules.clubWith("/rules/0/then/0/earn/points", "3")))
                .is(200);
        Call call = quote("anna", "coffee", "20.00");
        assertThat(earned(call)).isEqualTo(20);
        Reply later = shop.send(call.changed("/at", "\"2026-04-02T00:00:00Z\"")).is(200);
        assertThat(later.number("/programVersion")).isEqualTo(2);
        assertThat(later.number("/earn/0/units")).isEqualTo(60);
    }

    @Test
    void a_quote_changes_nothing_and_is_the_same_again() {
        shop.enrolWith("anna", 150);
        String head = shop.head("anna");
        Call call = quote("anna", "tea", "60.00");
        String answer = shop.send(call).is(200).whole();
        assertThat(shop.send(call).whole()).isEqualTo(answer);
        assertThat(shop.send(call.header("Idempotency-Key", "k-1")).whole()).isEqualTo(answer);
        shop.send(quote("anna", "tea", "61.00").header("Idempotency-Key", "k-1"))
                .is(200);
        assertThat(shop.head("anna")).isEqualTo(head);
    }

    @Test
    void rates_of_the_first_format_are_quoted_as_rules_are() {
        Shop simple = Shop.open(cloud);
        simple.enrol("anna");
        JsonNode quoted = simple.send(quote("anna", "tea", "60.00")).is(200).json();
        assertThat(quoted.at("/earn/0/units").asInt()).isEqualTo(60);
        assertThat(quoted.at("/earn/0/parts/0/rule").asText()).isEqualTo("earning.rate");
        Reply paid = simple.send(ordered("A-1", "anna", "tea", "60.00", quoted)).is(201);
        assertThat(paid.number("/earned")).isEqualTo(60);
        simple.isSound("anna");
    }
}
