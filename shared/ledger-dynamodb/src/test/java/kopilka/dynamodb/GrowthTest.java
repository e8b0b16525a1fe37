package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import kopilka.expiry.Sweep;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.order.RedemptionId;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule.From;
import kopilka.program.WalletId;
import kopilka.redemption.CapturePoints;
import org.junit.jupiter.api.Test;

/**
 * What operations cost as accounts and shops grow: nothing more for a longer past, for more lots only what they weigh, for the
 * sweep only what is due. And what they cost less when they come together.
 *
 * <p>The published sweep takes {@code -Dkopilka.accounts=10000 -Dkopilka.due=1000}, and a minute more.
 */
class GrowthTest {
    private static final int FEW = Integer.getInteger("kopilka.accounts", 1_000);
    private static final int DUE = Integer.getInteger("kopilka.due", 100);

    private final Meter meter = new Meter(Embedded.client());

    /** What was used, in how many trips. */
    private record Used(RequestUnits units, int trips) {}

    private Used used(Runnable work) {
        meter.used();
        work.run();
        int trips = meter.trips();
        return new Used(meter.used(), trips);
    }

    private static Rules atOnce() {
        return Rules.usual().pending(From.PAID, 0).expiring(new ExpiryRule.AfterMonths(24, false));
    }

    // ------------------------------------------------------------------------------------------------ a longer past

    private Map<String, Used> after(int postings) {
        Past past = new Past(atOnce());
        past.shop().enrol("anna");
        for (int i = 2; i < postings; i++) {
            past.shop().later(Duration.ofSeconds(1)).pays("anna", "P-" + i, orderOf(5_00));
        }
        past.shop().pays("anna", "P-last", orderOf(500_00));
        Schema schema = Schema.in(Embedded.client());
        past.into(schema, List.of("anna"));
        ShopFixture shop =
                aShop(schema.ledger(meter), atOnce()).at(past.shop().now().toString());
        assertThat(shop.account("anna").sequence()).isEqualTo(postings);

        Map<String, Used> used = new LinkedHashMap<>();
        used.put("order", used(() -> shop.pays("anna", "A-1", orderOf(100_00))));
        used.put("order sent again", used(() -> shop.carryOut(shop.payment("anna", "A-1", orderOf(100_00)))));
        used.put("refund", used(() -> shop.done(shop.refundOf("anna", "A-1", "R-1", 10_00))));
        used.put("hold", used(() -> shop.done(shop.holding("anna", "H-1", 100, 100_00))));
        used.put(
                "capture",
                used(() -> shop.done(new CapturePoints(member("anna"), new RedemptionId("H-1"), Optional.empty()))));
        used.put("balance", used(() -> schema.ledger(meter).read(Set.of(new StoredKey.AccountKey(member("anna"))))));
        used.put(
                "page",
                used(() -> assertThat(schema.ledger(meter).history(member("anna"), postings, 9))
                        .hasSize(9)));
        shop.audit("anna");
        return used;
    }

    @Test
    void ten_thousand_postings_cost_no_more_than_ten() {
        Map<String, Used> ten = after(10);
        for (int postings : new int[] {100, 1_000, 10_000}) {
            assertThat(after(postings)).as("after %d postings", postings).isEqualTo(ten);
        }
        Figures figures = new Figures("growth", GrowthTest.class);
        ten.forEach((what, used) -> figures.told(
                        what + ", after 10 to 10,000 postings",
                        String.valueOf(used.units().writes()),
                        "write units")
                .told(
                        what + ", after 10 to 10,000 postings",
                        String.valueOf(used.units().halfReads() / 2.0),
                        "read units"));
        figures.hold();
    }

    // ------------------------------------------------------------------------------------------------ more lots

    @Test
    void more_lots_cost_what_they_weigh() {
        Figures figures = new Figures("lots", GrowthTest.class);
        for (int lots : new int[] {1, 100, 400}) {
            Past past = new Past(atOnce());
            past.shop().enrol("anna");
            for (int i = 0; i < lots; i++) {
                past.shop().later(Duration.ofDays(1)).pays("anna", "P-" + i, orderOf(10_00));
            }
            Schema schema = Schema.in(Embedded.client());
            past.into(schema, List.of());
            ShopFixture shop =
                    aShop(schema.ledger(meter), atOnce()).at(past.shop().now().toString());
            assertThat(shop.account("anna").wallet(WalletId.POINTS).available().byTerm())
                    .hasSize(lots);

            Used order = used(() -> shop.pays("anna", "A-1", orderOf(100_00)));
            long account = size(schema, member("anna"));
            assertThat(order.trips()).isEqualTo(2);
            assertThat(order.units().tableWrites()).isEqualTo(2 + 2 * RequestUnits.writing(account));
            assertThat(order.units().halfReads()).isEqualTo(1 + RequestUnits.reading(account));
            figures.told(
                            "order, with " + lots + " lots in the account",
                            String.valueOf(order.units().writes()),
                            "write units")
                    .told(
                            "order, with " + lots + " lots in the account",
                            String.valueOf(order.units().halfReads() / 2.0),
                            "read units");
        }
        figures.hold();
    }

    private static long size(Schema schema, MemberKey member) {
        return ItemSize.of(Embedded.client()
                .getItem(get -> get.tableName(schema.accounts()).key(ItemKeys.of(new StoredKey.AccountKey(member))))
                .item());
    }

    // ------------------------------------------------------------------------------------------------ the sweep

    private record Swept(Used index, Used settling, int due) {}

    private Swept sweep(int accounts) {
        Past past = new Past(Rules.usual());
        ShopFixture before = past.shop();
        for (int i = 0; i < accounts; i++) {
            before.enrol("m-" + i);
            if (i < DUE) {
                before.pays("m-" + i, "A-" + i, orderOf(100_00));
            }
        }
        before.later(Duration.ofDays(13));
        for (int i = DUE; i < accounts; i++) {
            before.pays("m-" + i, "A-" + i, orderOf(100_00));
        }
        Schema schema = Schema.in(Embedded.client());
        past.into(schema, List.of());
        ShopFixture shop = aShop(schema.ledger(meter), Rules.usual())
                .at(before.now().plus(Duration.ofDays(2)).toString());

        List<MemberKey> due = new ArrayList<>();
        Used index = used(() -> Sweep.of(schema.ledger(meter), shop.now(), () -> false, due::addAll));
        Used settling = used(() -> due.forEach(
                member -> assertThat(shop.sweep(member.member().value())).isInstanceOf(Teller.Answer.Done.class)));
        return new Swept(index, settling, due.size());
    }

    @Test
    void a_sweep_costs_what_is_due_however_many_accounts_there_are() {
        Swept few = sweep(FEW);
        Swept many = sweep(10 * FEW);

        assertThat(few.due()).isEqualTo(DUE);
        assertThat(many).isEqualTo(few);
        assertThat(few.settling().units()).isEqualTo(new RequestUnits(2L * DUE, 4L * DUE, 3L * DUE));
        assertThat(few.settling().trips()).isEqualTo(2 * DUE);
        System.out.printf("a sweep of %d due among %d and %d accounts: %s%n", DUE, FEW, 10 * FEW, few);
        String of = String.format(Locale.ROOT, "a sweep, %,d due among %,d and %,d accounts", DUE, FEW, 10 * FEW);
        Figures figures = new Figures("sweep", GrowthTest.class);
        figures.atMost("5", of + ": what ten times as many accounts change", "0", "%")
                .told(
                        of + ": reading the index",
                        String.valueOf(few.index().units().halfReads() / 2.0),
                        "read units")
                .told(of + ": reading the index", String.valueOf(few.index().trips()), "round trips")
                .atMost(
                        "6",
                        of + ": settling each",
                        String.valueOf(few.settling().units().writes() / (double) DUE),
                        "write units")
                .atMost(
                        "1",
                        of + ": settling each",
                        String.valueOf(few.settling().units().halfReads() / 2.0 / DUE),
                        "read units")
                .atMost(
                        "2",
                        of + ": settling each",
                        String.valueOf(few.settling().trips() / (double) DUE),
                        "round trips");
        if (DUE == 1_000) {
            figures.hold();
        }
    }

    // ------------------------------------------------------------------------------------------------ together

    @Test
    void orders_that_come_together_take_one_read_and_one_write() {
        Figures figures = new Figures("batch", GrowthTest.class);
        for (int orders : new int[] {1, 2, 5, 10, Teller.TOGETHER}) {
            Schema schema = Schema.in(Embedded.client());
            ShopFixture shop = aShop(schema.ledger(meter), Rules.usual()).enrol("anna");
            shop.pays("anna", "A-0", orderOf(100_00));
            List<Operation> all = IntStream.rangeClosed(1, orders)
                    .mapToObj(i -> (Operation) shop.payment("anna", "A-" + i, orderOf(100_00)))
                    .toList();

            Used used = used(() -> assertThat(shop.carryOut(all)).hasOnlyElementsOfType(Teller.Answer.Done.class));
            assertThat(used).isEqualTo(new Used(new RequestUnits(1 + orders, 2 + 2L * orders, orders), 2));
            shop.audit("anna");
            if (orders == Teller.TOGETHER) {
                figures.atMost("2", "trips for " + orders + " orders of one member in one batch", "2", "round trips");
            }
            figures.told(
                    "write units of each of " + orders + " orders of one member in one batch",
                    String.valueOf((double) used.units().writes() / orders),
                    "write units");
        }
        figures.hold();
    }
}
