package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.DOCUMENT;
import static kopilka.lambda.wire.ShopByJson.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kopilka.ledger.Wallet;
import org.junit.jupiter.api.Test;

/** One sentence for each posting, whatever the case. */
class ExplanationTest {
    private static final String RATE = "'points':1,'per':'1.00'";

    private static ShopByJson shop(String... changes) {
        String document = DOCUMENT;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(document).contains(changes[i]);
            document = document.replace(changes[i], changes[i + 1]);
        }
        ShopByJson shop = new ShopByJson(document);
        shop.enrol("m-anna");
        return shop;
    }

    @Test
    void an_order_at_the_general_rate() {
        ShopByJson shop = shop(RATE, "'points':1,'per':'0.10'");
        shop.paid("A-17", "m-anna", "24.69");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-17 earned 246 points: 24.69 EUR at 1 point per 0.10 EUR = 246.9, rounded down"
                        + " (program version 1).");
    }

    @Test
    void an_order_that_comes_out_even_is_not_rounded() {
        ShopByJson shop = shop(RATE, "'percent':'5'");
        shop.paid("A-1", "m-anna", "20.00");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "Order A-1 earned 100 points: 20.00 EUR at 5 points per 1.00 EUR = 100 (program version 1).");
    }

    @Test
    void a_fraction_that_does_not_end() {
        ShopByJson shop = shop(RATE, "'points':1,'per':'3.00'");
        shop.paid("A-1", "m-anna", "20.00");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-1 earned 6 points: 20.00 EUR at 1 point per 3.00 EUR = 20/3, rounded down"
                        + " (program version 1).");
    }

    @Test
    void an_order_whose_lines_are_rounded() {
        ShopByJson shop = shop("'down_on_order'", "'down_on_line'");
        shop.order("{'order':'A-1','member':'m-anna','event':'paid','at':'2026-03-01T07:00:00Z','content':{"
                + "'currency':'EUR','total':'21.00','lines':[{'sku':'S','quantity':1,'total':'10.50'},"
                + "{'sku':'S','quantity':1,'total':'10.50'}]}}");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "Order A-1 earned 20 points: 21.00 EUR at 1 point per 1.00 EUR = 21, rounded down on each line"
                                + " (program version 1).");
    }

    @Test
    void an_order_that_the_cap_trims() {
        ShopByJson shop = shop();
        assertThat(line(shop.paid("A-5", "m-anna", "9000.70"))).contains("'uncapped':9000,'cap':5000}");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-5 earned 5000 points: 9000.70 EUR at 1 point per 1.00 EUR = 9000.7, rounded down,"
                        + " trimmed from 9000 to 5000 by the cap (program version 1).");
    }

    @Test
    void an_order_below_the_minimum() {
        ShopByJson shop = shop();
        assertThat(line(shop.paid("A-4", "m-anna", "5.70")))
                .endsWith("'rule':'earning.minimumOrder','excluded':[{'what':'below_minimum','amount':'5.70'}]}}");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "Order A-4 earned no points: its goods are worth 5.70 EUR, less than the minimum of 10.00 EUR"
                                + " (program version 1).");
    }

    @Test
    void what_did_not_count() {
        ShopByJson shop = shop("'discountedLines':true", "'discountedLines':false");
        shop.order("{'order':'A-1','member':'m-anna','event':'paid','at':'2026-03-01T07:00:00Z','content':{"
                + "'currency':'EUR','total':'58.00','tax':'3.00','delivery':'5.00','lines':["
                + "{'sku':'S','quantity':1,'total':'20.00','category':'alcohol'},"
                + "{'sku':'S','quantity':1,'total':'10.00','discount':'1.00'},"
                + "{'sku':'S','quantity':1,'total':'20.00','giftVoucher':true}]}}");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-1 earned 0 points: 20.00 EUR of alcohol at no points = 0 (program version 1);"
                        + " the delivery (5.00 EUR), the tax (3.00 EUR), discounted lines (10.00 EUR) and gift vouchers"
                        + " (20.00 EUR) earned nothing.");
    }

    @Test
    void an_order_in_which_nothing_counts() {
        ShopByJson shop = shop();
        shop.order("{'order':'A-1','member':'m-anna','event':'paid','at':'2026-03-01T07:00:00Z','content':{"
                + "'currency':'EUR','total':'20.00','lines':["
                + "{'sku':'S','quantity':1,'total':'20.00','giftVoucher':true}]}}");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-1 earned no points: nothing in it counts (program version 1); gift vouchers (20.00"
                        + " EUR) earned nothing.");
    }

    @Test
    void more_rates_than_a_sentence_holds() {
        ShopByJson shop =
                shop("'alcohol':{'percent':'0'}", "'a':{'percent':'1'},'b':{'percent':'2'},'c':{'percent':'3'}");
        String lines = "";
        for (String category : new String[] {"a", "b", "c", "premium"}) {
            lines += (lines.isEmpty() ? "" : ",")
                    + "{'sku':'S','quantity':1,'total':'10.00','category':'%s'}".formatted(category);
        }
        shop.order("{'order':'A-1','member':'m-anna','event':'paid','at':'2026-03-01T07:00:00Z','content':{"
                + "'currency':'EUR','total':'40.00','lines':[" + lines + "]}}");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "Order A-1 earned 80 points: 10.00 EUR of a at 1 point per 1.00 EUR (10), 10.00 EUR of b at 2"
                                + " points per 1.00 EUR (20), 10.00 EUR of c at 3 points per 1.00 EUR (30) and 1 more rate = 80"
                                + " (program version 1).");
    }

    @Test
    void a_new_member_and_the_one_who_recommended() {
        ShopByJson shop = shop();
        shop.issueCode("m-anna", "K7Q2M9XA");
        assertThat(shop.why("m-anna")).isEqualTo("The member got the referral code K7Q2M9XA.");
        shop.at("2026-03-01T08:00:00Z").enrol("m-boris");
        assertThat(shop.why("m-boris")).isEqualTo("The member joined the program.");
        shop.attach("m-boris", "K7Q2M9XA");
        assertThat(shop.why("m-boris")).isEqualTo("The member was referred by m-anna.");
        shop.paid("A-1", "m-boris", "30.00");
        shop.follow("m-boris");

        assertThat(shop.why("m-boris"))
                .isEqualTo("Order A-1 earned 30 points: 30.00 EUR at 1 point per 1.00 EUR = 30 (program version 1); 300"
                        + " points came on top for being referred by m-anna.");
        assertThat(shop.why("m-anna"))
                .isEqualTo("500 points for referring m-boris, whose order A-1 qualified, available from 2026-03-15"
                        + " (program version 1).");

        shop.refundOf("A-1", "R-1", "m-boris", "15.00");
        shop.follow("m-boris");

        assertThat(shop.why("m-boris"))
                .isEqualTo(
                        "Refund R-1 sent back 15.00 EUR of order A-1: what is kept of it earns 15 points, so 315 points"
                                + " were taken back (program version 1); the order no longer qualifies, and what the referral had"
                                + " brought is among those taken back.");
        assertThat(shop.why("m-anna"))
                .isEqualTo("500 points for referring m-boris were taken back, since order A-1 no longer qualifies"
                        + " (program version 1).");
    }

    @Test
    void a_shortfall_that_becomes_a_debt_and_is_settled() {
        ShopByJson shop = shop();
        shop.paid("A-1", "m-anna", "300.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 200);
        shop.capture("H-1", "{'member':'m-anna'}");
        assertThat(shop.why("m-anna")).isEqualTo("Redemption H-1 spent 200 points worth 2.00 EUR.");
        shop.event("A-1", "m-anna", "cancelled");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-1 was cancelled: 300 points were taken back (program version 1); 200 of those taken"
                        + " back were spent already: the member owes 200.");

        shop.paid("A-2", "m-anna", "250.00");
        shop.at("2026-04-20T10:00:00Z").settle("m-anna");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "With time, 250 points became available and 200 points paid off a debt (program version 1).");
    }

    @Test
    void a_shortfall_that_the_shop_keeps_back() {
        ShopByJson shop = shop("'policy':'debt'", "'policy':'deduct'");
        shop.paid("A-1", "m-anna", "300.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 201);
        shop.capture("H-1", "{'member':'m-anna'}");

        assertThat(line(shop.refundOf("A-1", "R-1", "m-anna", "300.00")))
                .contains("'shortfall':{'points':201,'policy':'deduct','debt':0,"
                        + "'deduct':{'points':201,'money':{'amount':'2.01','currency':'EUR'}},'writtenOff':0}");
        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "Refund R-1 sent back 300.00 EUR of order A-1: what is kept of it earns 0 points, so 300 points"
                                + " were taken back (program version 1); 201 of those taken back were spent already: the shop"
                                + " keeps 2.01 EUR of the refund for 201.");
    }

    @Test
    void a_shortfall_that_the_shop_bears_up_to_a_limit() {
        ShopByJson shop = shop("'policy':'debt'", "'policy':'write_off','limit':50");
        shop.paid("A-1", "m-anna", "300.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 200);
        shop.capture("H-1", "{'member':'m-anna'}");
        shop.event("A-1", "m-anna", "cancelled");

        assertThat(shop.why("m-anna"))
                .endsWith("200 of those taken back were spent already: the member owes 150 and the shop bears 50.");
    }

    @Test
    void points_that_had_paid_come_back() {
        ShopByJson shop = shop();
        shop.paid("A-1", "m-anna", "300.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 200);
        shop.capture("H-1", "{'member':'m-anna','points':150}");
        assertThat(shop.why("m-anna"))
                .isEqualTo("Redemption H-1 spent 150 points worth 1.50 EUR, and 50 points were given back.");
        shop.order("{'order':'A-2','member':'m-anna','event':'paid','at':'2026-03-20T10:00:00Z','content':{"
                + "'currency':'EUR','total':'30.00','lines':[{'sku':'S','quantity':1,'total':'30.00'}],'payments':["
                + "{'method':'card','amount':'28.50'},{'method':'points','amount':'1.50','redemption':'H-1'}]}}");
        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-2 earned 28 points: 28.50 EUR at 1 point per 1.00 EUR = 28.5, rounded down (program"
                        + " version 1); the part paid with points (1.50 EUR) earned nothing.");
        shop.refundOf("A-2", "R-1", "m-anna", "30.00");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "Refund R-1 sent back 30.00 EUR of order A-2: what is kept of it earns 0 points, so 28 points"
                                + " were taken back (program version 1); 150 points that had paid for the order were given back.");
    }

    @Test
    void what_time_did_to_an_account() {
        ShopByJson shop = shop();
        shop.paid("A-1", "m-anna", "300.00");
        shop.at("2026-03-20T10:00:00Z").hold("H-1", "m-anna", 200);
        shop.at("2027-05-01T00:00:00Z").settle("m-anna");

        assertThat(shop.why("m-anna"))
                .isEqualTo("With time, 200 points came back from a redemption that timed out and 300 points expired"
                        + " (program version 1).");
    }

    @Test
    void lots_that_became_too_many() {
        ShopByJson shop = shop("'months':12,'roundToMonthEnd':true", "'days':3000", "'days':14", "'days':0");
        Instant day = Instant.parse("2026-03-01T12:00:00Z");
        for (int i = 0; i <= Wallet.MAX_LOTS; i++) {
            shop.at(day.plus(Duration.ofDays(i)).toString()).paid("A-" + i, "m-anna", "10.00");
        }

        assertThat(shop.why("m-anna"))
                .endsWith("; meanwhile 10 points became available and 10 points joined a lot that expires no sooner.");
    }

    @Test
    void the_end_of_an_account() {
        ShopByJson shop = shop();
        shop.paid("A-1", "m-anna", "300.00");
        shop.at("2026-03-20T10:00:00Z").close("m-anna");

        assertThat(shop.why("m-anna"))
                .isEqualTo(
                        "The account was closed, and 300 points ended with it; meanwhile 300 points became available.");
        shop.refundOf("A-1", "R-1", "m-anna", "100.00");
        assertThat(shop.why("m-anna"))
                .isEqualTo("Refund R-1 sent back 100.00 EUR of order A-1: what is kept of it earns 200 points, so no"
                        + " points were taken back (program version 1).");
    }

    @Test
    void refunds_that_contradict_the_order_they_came_before() {
        ShopByJson shop = shop();
        shop.refundOf("A-1", "R-1", "m-anna", "100.00");
        shop.paid("A-1", "m-anna", "20.00");

        assertThat(shop.why("m-anna"))
                .isEqualTo("Order A-1 earned 20 points: 20.00 EUR at 1 point per 1.00 EUR = 20 (program version 1); 1"
                        + " refund that had come before it contradicts the order and has no effect.");
    }

    @Test
    void the_longest_sentence_is_not_too_long() {
        String long64 = "x".repeat(64);
        ShopByJson shop = shop(
                "'alcohol':{'percent':'0'}",
                "'%s':{'points':999983,'per':'99999999999.97'},'%s':{'points':999979,'per':'99999999999.89'}"
                        .formatted("a".repeat(64), "b".repeat(64)),
                "'premium'",
                "'" + "c".repeat(64) + "'",
                "'discountedLines':true",
                "'discountedLines':false");
        shop.enrol(long64);
        shop.refundOf(long64, "R-1", long64, "1.00");
        shop.order("{'order':'%s','member':'%s','event':'cancelled','at':'2026-03-01T07:00:00Z'}"
                .formatted(long64, long64));
        StringBuilder lines = new StringBuilder();
        for (String category : new String[] {"a", "b", "c", "d"}) {
            lines.append(lines.isEmpty() ? "" : ",")
                    .append("{'sku':'S','quantity':1,'total':'9999999999.99','category':'%s'}"
                            .formatted(category.repeat(64)));
        }
        lines.append(",{'sku':'S','quantity':1,'total':'9999999999.99','giftVoucher':true}");
        lines.append(",{'sku':'S','quantity':1,'total':'9999999999.99','discount':'1.00'}");
        shop.order("{'order':'%s','member':'%s','event':'paid','at':'2026-03-01T07:00:00Z','content':{"
                        .formatted(long64, long64)
                + "'currency':'EUR','total':'79999999999.92','delivery':'9999999999.99','tax':'9999999999.99','lines':["
                + lines + "]}}");

        assertThat(shop.why(long64)).startsWith("Order " + long64 + " earned ").hasSizeLessThan(1_000);
    }
}
