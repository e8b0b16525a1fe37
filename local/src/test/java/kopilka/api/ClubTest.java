package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels, activities, profiles, and the rules as sentences. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class ClubTest {
    private final LocalCloud cloud;
    private final Shop shop;

    ClubTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud, Rules.CLUB);
        shop.enrol("anna");
    }

    private JsonNode tier() {
        return shop.send(Endpoint.TIER.call().at("member", "anna")).is(200).json();
    }

    @Test
    void a_level_is_reached_by_buying_counts_from_the_next_order_on_and_is_lost_with_what_it_rests_on() {
        assertThat(tier()).isEqualTo(Json.read("""
                {"member":"anna","asOf":"2026-03-01T08:00:00Z","tier":"bronze","names":{},"since":"2026-03-01T08:00:00Z",
                 "benefits":[],"next":{"tier":"gold","missing":[{"spend":"1000.00"}],"by":"2026-12-31"}}"""));
        shop.pays("anna", "A-1", "400.00");
        assertThat(tier().at("/next/missing/0/spend").asText()).isEqualTo("600.00");
        assertThat(tier().at("/next/by").asText()).isEqualTo("2026-12-31");
        Reply reached = shop.pays("anna", "A-2", "600.00");
        assertThat(reached.json().at("/wallets/0/earned").asInt()).isZero();
        JsonNode gold = tier();
        assertThat(gold.path("tier").asText()).isEqualTo("gold");
        assertThat(gold.at("/names/en").asText()).isEqualTo("Gold");
        assertThat(gold.at("/benefits/0/kind").asText()).isEqualTo("support");
        assertThat(gold.has("next")).isFalse();
        assertThat(shop.send(Endpoint.EXPLANATION.call().at("member", "anna").at("posting", "3"))
                        .is(200)
                        .json()
                        .path("tierChanges"))
                .isEqualTo(Json.read("""
                        [{"from":"bronze","to":"gold","at":"2026-03-01T08:00:00Z","reason":"reached"}]"""));

        // 5 % of it, in cents.
        assertThat(shop.pays("anna", "A-3", "20.00").number("/wallets/0/earned"))
                .isEqualTo(100);
        shop.refunds("anna", "A-1", "R-1", "100.00");
        assertThat(tier().path("tier").asText()).isEqualTo("bronze");
        assertThat(shop.send(Endpoint.EXPLANATION.call().at("member", "anna").at("posting", "5"))
                        .is(200)
                        .string("/tierChanges/0/reason"))
                .isEqualTo("refunded");
        shop.isSound("anna");
    }

    @Test
    void a_level_is_right_at_any_moment_without_a_sweep() {
        shop.pays("anna", "A-1", "1000.00");
        shop.wait(Duration.ofDays(400));
        JsonNode gold = tier();
        assertThat(gold.path("tier").asText()).isEqualTo("gold");
        assertThat(gold.at("/keep/safeUntil").asText()).isEqualTo("2027-12-31");
        shop.wait(Duration.ofDays(366));
        assertThat(tier().path("tier").asText()).isEqualTo("bronze");
        shop.pays("anna", "A-2", "20.00");
        assertThat(shop.send(Endpoint.EXPLANATION.call().at("member", "anna").at("posting", "3"))
                        .is(200)
                        .string("/tierChanges/0/reason"))
                .isEqualTo("period_over");
        shop.isSound("anna");
    }

    @Test
    void an_activity_brings_what_can_be_spent_at_once_in_each_of_its_wallets() {
        shop.send(Shop.profile("anna", "{\"birthday\":\"--03-01\",\"segments\":[\"vip\"]}"))
                .is(200);
        Reply review = shop.send(
                        Shop.activity("anna", "V-1", "review", shop.now()).changed("/verified", "true"))
                .is(201);
        assertThat(review.json().path("earned")).isEqualTo(Json.read("""
                [{"wallet":"points","units":20},{"wallet":"cashback","units":50}]"""));
        assertThat(review.number("/balance/available")).isEqualTo(20);
        JsonNode entry = shop.ledger("anna").getFirst();
        assertThat(entry.path("operation").asText()).isEqualTo("activity");
        assertThat(entry.path("reference").asText()).isEqualTo("V-1");
        assertThat(entry.at("/movements/0/reason").asText()).isEqualTo("activity");
        Reply limit = shop.send(
                        Shop.activity("anna", "V-2", "review", shop.now()).changed("/verified", "true"))
                .is(409, "activity_limit");
        assertThat(limit.number("/times")).isEqualTo(1);
        assertThat(limit.string("/per")).isEqualTo("day");
        shop.isSound("anna");
    }

    @Test
    void joining_is_rewarded_with_the_enrolment() {
        Shop joined = Shop.open(
                cloud, Rules.clubWith("/activities/join", "{\"earn\":[{\"wallet\":\"points\",\"points\":50}]}"));
        joined.enrol("anna");
        joined.enrol("anna");
        assertThat(joined.points("anna").available()).isEqualTo(50);
        joined.send(Shop.activity("anna", "V-1", "join", joined.now())).is(422, "activity_unknown");
        assertThat(joined.ledger("anna").getFirst().at("/movements/0/reason").asText())
                .isEqualTo("activity");
        joined.isSound("anna");
    }

    @Test
    void a_profile_is_shown_nowhere() {
        shop.send(Shop.profile("anna", "{\"birthday\":\"--05-14\",\"segments\":[\"vip\"],\"region\":\"Київ\"}"))
                .is(200);
        String shown = shop.send(Endpoint.READ_MEMBER.call().at("member", "anna"))
                        .text()
                + shop.head("anna")
                + shop.send(Endpoint.EXPLANATION.call().at("member", "anna").at("posting", "2"))
                        .is(200)
                        .text();
        assertThat(shown).contains("\"operation\":\"profile\"").doesNotContain("05-14", "vip", "Київ");
        // What is left out is forgotten.
        Call birthday = Shop.activity("anna", "V-1", "review", shop.now())
                .changed("/verified", "true")
                .changed("/at", "\"2026-03-01T08:00:00Z\"");
        shop.send(Shop.profile("anna", "{\"birthday\":\"--03-01\"}").header("Idempotency-Key", "k-2"))
                .is(200);
        shop.send(Shop.profile("anna", "{}").header("Idempotency-Key", "k-3")).is(200);
        shop.send(birthday).is(422, "activity_not_now");
    }

    @ParameterizedTest
    @CsvSource({
        "en,A point for each euro,Returns",
        "uk,Бал за кожне євро,Повернення",
        "ru,A point for each euro,Возвраты",
        "kk,A point for each euro,Тауарды қайтару"
    })
    void the_rules_are_told_in_four_languages(String language, String titleOfTheDocument, String ours) {
        JsonNode told = shop.send(Endpoint.RULES.call().query("language", language))
                .is(200)
                .json();
        assertThat(told.path("version").asInt()).isEqualTo(1);
        assertThat(told.path("language").asText()).isEqualTo(language);
        assertThat(told.path("name").asText()).isEqualTo("Test club");
        assertThat(told.path("rules").findValuesAsText("title")).contains(titleOfTheDocument, ours);
        assertThat(told.path("rules")).hasSizeGreaterThan(5);
    }
}
