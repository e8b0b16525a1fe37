package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.line;
import static kopilka.lambda.wire.ShopByJson.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadsTest {
    private final ShopByJson shop = new ShopByJson();

    @BeforeEach
    void anna_joins() {
        shop.enrol("m-anna");
    }

    @Test
    void a_member_is_read_with_code_and_referrer() {
        assertThat(line(shop.readMember("m-anna")))
                .isEqualTo("200 {'member':'m-anna','status':'active','enrolledAt':'2026-03-01T07:00:00Z'}");
        shop.issueCode("m-anna", "K7Q2M9XA");
        shop.at("2026-03-01T08:00:00Z").enrol("m-boris");
        shop.attach("m-boris", "K7Q2M9XA");
        shop.close("m-anna");

        assertThat(line(shop.readMember("m-anna")))
                .isEqualTo("200 {'member':'m-anna','status':'closed','enrolledAt':'2026-03-01T07:00:00Z',"
                        + "'closedAt':'2026-03-01T08:00:00Z','referralCode':'K7Q2M9XA'}");
        assertThat(line(shop.readMember("m-boris"))).endsWith("'referrer':'m-anna'}");
    }

    @Test
    void whoever_is_no_member_is_not_found() {
        for (HttpResponse response :
                List.of(shop.readMember("m-nobody"), shop.balance("m-nobody"), shop.ledger("m-nobody"))) {
            assertThat(line(response)).startsWith("404 ").contains("'code':'member_not_found'");
        }
    }

    @Test
    void a_balance_shows_pending_lots_and_what_waits_for_its_delivery() {
        ShopByJson byDelivery = new ShopByJson(ShopByJson.DOCUMENT.replace("'from':'paid'", "'from':'delivered'"));
        byDelivery.enrol("m-anna");
        byDelivery.paid("A-1", "m-anna", "100.00");
        byDelivery.paid("A-2", "m-anna", "70.00");
        byDelivery.event("A-1", "m-anna", "delivered");

        assertThat(line(byDelivery.balance("m-anna")))
                .isEqualTo("200 {'member':'m-anna','asOf':'2026-03-01T07:00:00Z','available':0,"
                        + "'worth':{'amount':'0.00','currency':'EUR'},'pending':{'total':170,'lots':["
                        + "{'points':100,'availableFrom':'2026-03-15','expires':'2027-03-31'},{'points':70}]},"
                        + "'held':0,'redemptions':[],'debt':0,'expiring':[]}");
    }

    @Test
    void a_balance_is_right_although_nothing_was_written_since() {
        shop.paid("A-1", "m-anna", "374.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 200);

        assertThat(line(shop.balance("m-anna")))
                .isEqualTo("200 {'member':'m-anna','asOf':'2026-03-20T10:00:00Z','available':174,"
                        + "'worth':{'amount':'1.74','currency':'EUR'},'pending':{'total':0,'lots':[]},'held':200,"
                        + "'redemptions':[{'redemption':'H-1','points':200,'until':'2026-03-20T10:30:00Z'}],"
                        + "'debt':0,'expiring':[]}");
        assertThat(line(shop.at("2026-03-20T10:30:00Z").balance("m-anna")))
                .contains("'available':374,", "'held':0,'redemptions':[]");
        assertThat(line(shop.at("2027-04-01T00:00:00Z").balance("m-anna"))).contains("'available':0,");
    }

    @Test
    void a_balance_above_what_one_operation_moves_is_worth_all_of_it() {
        ShopByJson generous = new ShopByJson(ShopByJson.DOCUMENT
                .replace("'rate':{'points':1,'per':'1.00'}", "'rate':{'points':10000,'per':'0.01'}")
                .replace("'maximumPerOrder':5000,", "")
                .replace("'worth':{'points':100,'amount':'1.00'}", "'worth':{'points':10000,'amount':'0.01'}"));
        generous.enrol("m-anna");
        for (int order = 1; order <= 130; order++) {
            generous.paid("A-" + order, "m-anna", "1000000.00");
        }

        assertThat(line(generous.at("2026-03-20T10:00:00Z").balance("m-anna")))
                .contains("'available':130000000000000,'worth':{'amount':'130000000.00','currency':'EUR'},");
    }

    @Test
    void a_balance_names_what_expires_within_ninety_days() {
        shop.paid("A-1", "m-anna", "374.00");

        // 2026-12-31 is 90 days before 2027-03-31.
        assertThat(line(shop.at("2026-12-30T12:00:00Z").balance("m-anna"))).endsWith("'expiring':[]}");
        assertThat(line(shop.at("2026-12-31T12:00:00Z").balance("m-anna")))
                .endsWith("'expiring':[{'points':374,'expires':'2027-03-31'}]}");
    }

    @Test
    void points_without_expiry_have_no_last_day() {
        ShopByJson forGood =
                new ShopByJson(ShopByJson.DOCUMENT.replace("'expiry':{'months':12,'roundToMonthEnd':true},", ""));
        forGood.enrol("m-anna");

        assertThat(line(forGood.paid("A-1", "m-anna", "20.00"))).contains("'availableFrom':'2026-03-15','reversed':0");
        assertThat(line(forGood.balance("m-anna")))
                .contains("'lots':[{'points':20,'availableFrom':'2026-03-15'}]")
                .endsWith("'expiring':[]}");
        assertThat(line(forGood.at("9999-01-01T00:00:00Z").balance("m-anna"))).contains("'available':20,");
    }

    @Test
    void an_entry_of_the_ledger_shows_all_that_moved() {
        shop.paid("A-1", "m-anna", "374.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 200);

        String hash = entries(shop.ledger("m-anna")).getFirst().text("hash").orElseThrow();
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(line(shop.ledger("m-anna", "limit", "1")))
                .startsWith("200 {'entries':[{'sequence':3,'at':'2026-03-20T10:00:00Z','operation':'redemption_held',"
                        + "'reference':'H-1','programVersion':1,'movements':[{'kind':'mature','points':374,"
                        + "'availableFrom':'2026-03-15','expires':'2027-03-31','at':'2026-03-14T22:00:00Z',"
                        + "'reason':'window_over'},{'kind':'hold','points':200,'availableFrom':'2026-03-15',"
                        + "'expires':'2027-03-31','at':'2026-03-20T10:00:00Z','reason':'checkout'}],"
                        + "'balance':{'available':174,'pending':0,'held':200,'debt':0},"
                        + "'explanation':{'text':'200 points worth 2.00 EUR are held for redemption H-1 until"
                        + " 2026-03-20T10:30:00Z, to pay a part of an order of 1000.00 EUR (program version 1); meanwhile"
                        + " 374 points became available.','rule':'redemption'},'hash':'" + hash + "'}],'next':'");
    }

    @Test
    void the_ledger_is_read_page_by_page_to_its_first_entry() {
        shop.issueCode("m-anna", "K7Q2M9XA");
        shop.paid("A-1", "m-anna", "20.00");
        shop.refundOf("A-1", "R-1", "m-anna", "1.00");
        shop.event("A-1", "m-anna", "cancelled");

        List<JsonObject> first = entries(shop.ledger("m-anna", "limit", "3"));
        String next = ((JsonObject)
                        read(shop.ledger("m-anna", "limit", "3").body().bytes()))
                .text("next")
                .orElseThrow();
        HttpResponse rest = shop.ledger("m-anna", "limit", "3", "cursor", next);

        assertThat(first)
                .extracting(entry -> entry.member("sequence").orElseThrow())
                .containsExactly(JsonNumber.of(5), JsonNumber.of(4), JsonNumber.of(3));
        assertThat(first)
                .extracting(entry -> entry.text("operation").orElseThrow())
                .containsExactly("order_cancelled", "refund", "order_paid");
        assertThat(first)
                .extracting(entry -> entry.text("reference").orElseThrow())
                .containsExactly("A-1", "A-1#R-1", "A-1");
        assertThat(entries(rest))
                .extracting(entry -> entry.text("operation").orElseThrow())
                .containsExactly("referral_code", "enrolled");
        assertThat(line(rest)).doesNotContain("'next'");
    }

    private static List<JsonObject> entries(HttpResponse page) {
        return ((JsonObject) read(page.body().bytes()))
                .items("entries").stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void an_order_is_read_as_it_stands() {
        shop.at("2026-03-02T08:05:02Z").order(RepliesTest.PAID);
        shop.at("2026-03-04T16:20:00Z").event("A-1", "m-anna", "delivered");
        shop.at("2026-03-05T13:00:01Z").refund("A-1", RepliesTest.TEA_BACK);

        assertThat(line(shop.readOrder("A-1", "m-anna")))
                .isEqualTo("200 {'order':'A-1','member':'m-anna','events':["
                        + "{'event':'paid','at':'2026-03-02T08:05:00Z'},"
                        + "{'event':'delivered','at':'2026-03-04T16:20:00Z'}],"
                        + "'total':{'amount':'58.90','currency':'EUR'},'kept':{'amount':'47.65','currency':'EUR'},"
                        + "'earned':74,'reversed':11,'restored':0,'programVersion':1}");
        shop.event("A-1", "m-anna", "cancelled");
        assertThat(line(shop.readOrder("A-1", "m-anna")))
                .contains("'kept':{'amount':'0.00','currency':'EUR'},'earned':0,'reversed':85,'restored':0");
    }

    @Test
    void an_order_that_waits_for_its_payment_has_earned_nothing() {
        shop.event("A-3", "m-anna", "delivered");
        shop.refundOf("A-4", "R-1", "m-anna", "1.00");

        assertThat(line(shop.readOrder("A-3", "m-anna")))
                .isEqualTo("200 {'order':'A-3','member':'m-anna','events':[{'event':'delivered',"
                        + "'at':'2026-03-01T07:00:00Z'}],'earned':0,'reversed':0,'restored':0}");
        assertThat(line(shop.readOrder("A-4", "m-anna"))).contains("'events':[],'earned':0");
    }

    @Test
    void an_order_of_another_member_is_not_found() {
        shop.enrol("m-olga");
        shop.paid("A-1", "m-olga", "20.00");

        assertThat(line(shop.readOrder("A-1", "m-anna"))).startsWith("404 ").contains("'code':'order_not_found'");
    }

    @Test
    void a_redemption_is_read_however_it_ended() {
        shop.paid("A-1", "m-anna", "1000.00");
        shop.at("2026-03-20T10:00:00Z");
        for (String redemption : List.of("H-1", "H-2", "H-3")) {
            shop.hold(redemption, "m-anna", 200);
        }
        String held = "'member':'m-anna','status':'held','points':200,'worth':{'amount':'2.00','currency':'EUR'},"
                + "'until':'2026-03-20T10:30:00Z'}";
        assertThat(line(shop.readRedemption("H-1"))).isEqualTo("200 {'redemption':'H-1'," + held);
        shop.capture("H-1", "{'member':'m-anna','points':150}");
        shop.voidHold("H-2", "m-anna");

        assertThat(line(shop.readRedemption("H-1")))
                .isEqualTo("200 {'redemption':'H-1','member':'m-anna','status':'captured','points':200,'captured':150,"
                        + "'returned':50,'worth':{'amount':'1.50','currency':'EUR'},'until':'2026-03-20T10:30:00Z'}");
        assertThat(line(shop.readRedemption("H-2")))
                .isEqualTo("200 {'redemption':'H-2','member':'m-anna','status':'voided','points':200,'captured':0,"
                        + "'returned':200,'worth':{'amount':'0.00','currency':'EUR'},'until':'2026-03-20T10:30:00Z'}");
        assertThat(line(shop.at("2026-03-20T10:29:59Z").readRedemption("H-3"))).contains("'status':'held'");
        assertThat(line(shop.at("2026-03-20T10:30:00Z").readRedemption("H-3")))
                .isEqualTo("200 {'redemption':'H-3','member':'m-anna','status':'timed_out','points':200,'captured':0,"
                        + "'returned':200,'worth':{'amount':'0.00','currency':'EUR'},'until':'2026-03-20T10:30:00Z'}");
        shop.settle("m-anna");
        assertThat(line(shop.at("2026-03-20T10:15:00Z").readRedemption("H-3")))
                .as("a clock that goes back does not open it again")
                .contains("'status':'timed_out'");
        assertThat(line(shop.readRedemption("H-9"))).startsWith("404 ").contains("'code':'redemption_not_found'");
    }
}
