package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import kopilka.expiry.SettleAccount;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.members.EnrolMember;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderLine;
import kopilka.order.RedemptionId;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What operations cost in request units, as the decision on the data model publishes it. Prints the table.
 *
 * <p>{@code mvn -pl shared/ledger-dynamodb -am test -Dtest=MeasuredUnitsTest -Dsurefire.failIfNoSpecifiedTests=false}
 */
class MeasuredUnitsTest {
    private static final long SEED = 17;

    private final Schema schema = Schema.in(Embedded.client());
    private final Meter meter = new Meter(Embedded.client());
    private ShopFixture shop = aShop(schema.ledger(meter), Rules.usual());
    private final Map<String, Cost> costs = new LinkedHashMap<>();

    /** What an operation cost, and how large its posting and the account after it are. */
    private record Cost(RequestUnits units, int trips, long posting, long account) {}

    private Posting does(String what, Operation operation) {
        meter.used();
        Posting posting = shop.done(operation);
        Cost cost = used();
        long account = size(schema.accounts(), new StoredKey.AccountKey(posting.member()));
        costs.put(what, new Cost(cost.units(), cost.trips(), size(schema.postings(), posting.storedAs()), account));
        return posting;
    }

    private long size(String table, StoredKey key) {
        Map<String, AttributeValue> place = switch (key) {
            case StoredKey.AccountKey account -> ItemKeys.of(account);
            case StoredKey.PostingKey posting -> ItemKeys.of(posting);
            case StoredKey.OrderKey order -> ItemKeys.of(order);
            case StoredKey.UseKey use -> ItemKeys.of(use);
            case StoredKey.CodeKey code -> ItemKeys.of(code);
        };
        return ItemSize.of(Embedded.client()
                .getItem(get -> get.tableName(table).key(place))
                .item());
    }

    /** An order as shops have them: of a few categories, of one to twelve pieces a line, of prices to 50.00. */
    private static Order orderOf(int lines) {
        Random random = new Random(SEED);
        List<OrderLine> all = new ArrayList<>();
        for (int i = 1; i <= lines; i++) {
            String category = List.of("", "premium", "tea", "books").get(random.nextInt(4));
            long pieces = 1L + random.nextInt(12);
            all.add(line(String.valueOf(i), pieces, pieces * (50 + random.nextInt(4950)), category));
        }
        return order(all.toArray(OrderLine[]::new));
    }

    @Test
    void what_operations_cost() {
        does("a member joins", new EnrolMember(member("anna")));
        does("an order of 5 lines, the first", shop.payment("anna", "A-1", orderOf(5)));
        does("an order of 5 lines, on another day's lot", later(1).payment("anna", "A-2", orderOf(5)));
        does("an order of 50 lines", shop.payment("anna", "A-3", orderOf(50)));
        does("an order of 500 lines", shop.payment("anna", "A-4", orderOf(500)));
        does("a refund of a line", shop.refundOf("anna", "A-1", "R-1", "1", 1));
        does("a second refund of that order", shop.refundOf("anna", "A-1", "R-2", 100));
        does("a cancellation of 50 lines", shop.event("anna", "A-3", OrderEventKind.CANCELLED));
        later(20);
        does("the sweep: two lots mature", settling());
        does("a hold", shop.holding("anna", "H-1", 100, 100_00));
        does("its capture", capturing("H-1"));
        does("a hold to be voided", shop.holding("anna", "H-2", 100, 100_00));
        does("its voiding", new VoidHold(member("anna"), new RedemptionId("H-2")));
        shop.enrol("boris");
        does("a code", new IssueReferralCode(member("anna"), code()));
        does("a referee", new AttachReferee(member("boris"), code()));
        shop.audit("boris");

        meter.used();
        shop.carryOut(shop.payment("anna", "A-2", orderOf(5)));
        costs.put("an order sent again", used());
        shop.carryOut(shop.payment("anna", "A-2", orderOf(6)));
        costs.put("an order that conflicts", used());
        shop.carryOut(shop.holding("anna", "H-3", 1_000_000, 1_000_000_00));
        costs.put("a hold that is refused", used());
        schema.ledger(meter).read(Set.of(new StoredKey.AccountKey(member("anna"))));
        costs.put("a balance", used());
        print();

        assertCost("a member joins", 5, 0, 1, 2);
        assertCost("an order of 5 lines, the first", 5, 1, 1, 2);
        assertCost("an order of 5 lines, on another day's lot", 5, 0, 1, 2);
        assertCost("an order of 50 lines", 5, 0, 1, 2);
        assertCost("an order of 500 lines", 11, 0, 1, 2);
        assertCost("a refund of a line", 7, 0, 2, 2);
        assertCost("a second refund of that order", 7, 0, 2, 2);
        assertCost("a cancellation of 50 lines", 7, 0, 2, 2);
        assertCost("the sweep: two lots mature", 5, 2, 1, 2);
        assertCost("a hold", 5, 0, 1, 2);
        assertCost("its capture", 5, 0, 1.5, 2);
        assertCost("a hold to be voided", 5, 0, 1, 2);
        assertCost("its voiding", 5, 0, 1.5, 2);
        assertCost("a code", 7, 0, 1, 2);
        // Whose code it is has to be known before that account can be read.
        assertCost("a referee", 5, 0, 2.5, 3);
        assertCost("an order sent again", 0, 0, 1, 1);
        assertCost("an order that conflicts", 0, 0, 1, 1);
        assertCost("a hold that is refused", 0, 0, 5, 2);
        assertCost("a balance", 0, 0, 1, 1);
        assertThat(cost("an order of 5 lines, on another day's lot").posting()).isLessThanOrEqualTo(1024);
        assertThat(cost("an order of 5 lines, on another day's lot").account()).isLessThanOrEqualTo(1024);

        Figures figures = new Figures("units", MeasuredUnitsTest.class);
        figure(figures, "accrue: an order of 5 lines", "an order of 5 lines, on another day's lot", "5", "1", "2");
        figure(figures, "accrue: the first order of a member", "an order of 5 lines, the first", "5", "1", "2");
        figure(figures, "hold", "a hold", "5", "1", "2");
        figure(figures, "capture", "its capture", "5", "1", "2");
        figure(figures, "void", "its voiding", "5", "1", "2");
        figure(figures, "refund", "a refund of a line", "7", "1", "2");
        figure(figures, "settle: two lots mature, and they expire later", "the sweep: two lots mature", "6", "1", "2");
        figure(figures, "an order sent again", "an order sent again", "0", "1", "1");
        figure(figures, "balance", "a balance", "0", "1", "1");
        figures.hold();
    }

    private void figure(Figures figures, String name, String what, String writes, String reads, String trips) {
        Cost cost = cost(what);
        figures.atMost(writes, name, String.valueOf(cost.units().writes()), "write units")
                .atMost(reads, name, String.valueOf(cost.units().halfReads() / 2.0), "read units")
                .atMost(trips, name, String.valueOf(cost.trips()), "round trips");
    }

    /** A page as long as the API gives at most by default, of postings of every kind. */
    @Test
    void what_a_page_of_the_ledger_costs() {
        shop.enrol("anna");
        for (int i = 0; i < 20; i++) {
            shop.later(Duration.ofDays(20)).pays("anna", "A-" + i, orderOf(5));
            shop.later(Duration.ofDays(20)).sweep("anna");
            shop.done(shop.holding("anna", "H-" + i, 100, 100_00));
            shop.done(capturing("H-" + i));
        }
        long sequence = shop.account("anna").sequence();
        meter.used();
        assertThat(schema.ledger(meter).history(member("anna"), sequence + 1, 50))
                .hasSize(50);
        Cost page = used();
        assertThat(page.trips()).isEqualTo(1);
        new Figures("ledger-page", MeasuredUnitsTest.class)
                .atMost(
                        "3",
                        "a page of 50 ledger entries",
                        String.valueOf(page.units().halfReads() / 2.0),
                        "read units")
                .atMost("1", "a page of 50 ledger entries", String.valueOf(page.trips()), "round trips")
                .hold();
    }

    private Cost used() {
        int trips = meter.trips();
        return new Cost(meter.used(), trips, 0, 0);
    }

    /** The same under two wallets, four rules, levels and an activity, as {@link Rules#byRules} has them. */
    @Test
    void what_operations_cost_by_rules() {
        shop = aShop(schema.ledger(meter), Rules.byRules());
        shop.enrol("anna");
        does("by rules: an order of 5 lines, the first", shop.payment("anna", "A-1", orderOf(5)));
        does("by rules: an order of 5 lines, later", later(1).payment("anna", "A-2", orderOf(5)));
        does("by rules: an order of 50 lines", later(1).payment("anna", "A-3", orderOf(50)));
        does("by rules: a refund of a line", shop.refundOf("anna", "A-1", "R-1", "1", 1));
        shop.audit("anna");
        print();

        assertUnits("by rules: an order of 5 lines, the first", 5, 1);
        assertUnits("by rules: an order of 5 lines, later", 5, 0);
        assertUnits("by rules: an order of 50 lines", 8, 0);
        assertUnits("by rules: a refund of a line", 7, 0);
        assertThat(cost("by rules: an order of 5 lines, later").posting()).isLessThanOrEqualTo(1024);
        assertThat(cost("by rules: an order of 5 lines, later").account()).isLessThanOrEqualTo(1024);
    }

    private ShopFixture later(int days) {
        return shop.later(Duration.ofDays(days));
    }

    private Operation settling() {
        return new SettleAccount(member("anna"), shop.account("anna").sequence());
    }

    private static Operation capturing(String redemption) {
        return new CapturePoints(member("anna"), new RedemptionId(redemption), Optional.empty());
    }

    private static ReferralCode code() {
        return new ReferralCode("K7Q2M9XA");
    }

    private Cost cost(String what) {
        return Objects.requireNonNull(costs.get(what));
    }

    /** So many units but for what it costs that the account is due at another moment than before. */
    private void assertCost(String what, long writes, long dueChange, double reads, int trips) {
        assertUnits(what, writes, dueChange);
        assertThat(cost(what).units().halfReads() / 2.0)
                .as("%s, read units", what)
                .isEqualTo(reads);
        assertThat(cost(what).trips()).as("%s, trips", what).isEqualTo(trips);
    }

    private void assertUnits(String what, long units, long dueChange) {
        assertThat(cost(what).units().writes()).as(what).isEqualTo(units + dueChange);
    }

    private void print() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-42s %6s %6s %6s %6s %6s %8s %8s%n",
                "",
                "write",
                "tables",
                "index",
                "read",
                "trips",
                "posting",
                "account"));
        costs.forEach((what, cost) -> table.append(String.format(
                Locale.ROOT,
                "%-42s %6d %6d %6d %6.1f %6d %8d %8d%n",
                what,
                cost.units().writes(),
                cost.units().tableWrites(),
                cost.units().indexWrites(),
                cost.units().halfReads() / 2.0,
                cost.trips(),
                cost.posting(),
                cost.account())));
        System.out.println(table);
    }
}
