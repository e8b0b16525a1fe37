package kopilka.accrual;

import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.ofPoints;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import kopilka.ledger.Balance;
import kopilka.ledger.Bucket;
import kopilka.ledger.Facts;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.money.Money;
import kopilka.order.OrderEventKind;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule.From;
import kopilka.program.RedemptionRules;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.Worth;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What a return takes back, who bears what of it is spent, and what of it the posting says. */
class ShortfallTest {
    private static final Rules AT_ONCE = Rules.usual().pending(From.PAID, 0);

    private static ShopFixture shop(Rules rules) {
        return aShop(rules).enrol("anna");
    }

    private static Facts.Return effect(Posting posting) {
        return ((Facts.Refunded) posting.facts()).effect();
    }

    private static List<Tuple> moved(Posting posting, Kind kind) {
        return posting.movements().stream()
                .filter(movement -> movement.kind() == kind)
                .map(movement -> tuple(movement.points(), movement.from(), movement.to(), movement.reason()))
                .toList();
    }

    /** Anna earned 100 points with an order of 100.00, and spent all of them. */
    private static ShopFixture spent(Shortfall policy) {
        ShopFixture shop = shop(AT_ONCE.shortfall(policy));
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.spends("anna", "H-1", 100);
        return shop;
    }

    @Test
    void a_posting_says_which_points_the_member_owes() {
        ShopFixture shop = spent(new Shortfall.Debt());

        Posting posting = shop.done(shop.refundOf("anna", "A-1", "R-1", 40_00));

        assertThat(moved(posting, Kind.INCUR_DEBT))
                .containsExactly(tuple(40L, Bucket.DEBT, Bucket.OUTSIDE, Reason.REFUND));
        assertThat(moved(posting, Kind.WRITE_OFF)).isEmpty();
        assertThat(posting.balance(POINTS)).isEqualTo(new Balance(0, 0, 0, 40));
        shop.audit("anna");
    }

    @Test
    void a_posting_says_which_points_the_shop_bears() {
        ShopFixture shop = spent(new Shortfall.WriteOff(30));

        Posting posting = shop.done(shop.refundOf("anna", "A-1", "R-1", 40_00));

        assertThat(moved(posting, Kind.WRITE_OFF))
                .containsExactly(tuple(30L, Bucket.OUTSIDE, Bucket.OUTSIDE, Reason.WRITTEN_OFF));
        assertThat(moved(posting, Kind.INCUR_DEBT))
                .containsExactly(tuple(10L, Bucket.DEBT, Bucket.OUTSIDE, Reason.REFUND));
        shop.audit("anna");
    }

    @Test
    void a_shortfall_of_just_the_limit_leaves_no_debt() {
        ShopFixture shop = spent(new Shortfall.WriteOff(40));

        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 40_00)))
                .extracting(Facts.WalletReturn::writtenOff, Facts.WalletReturn::debt)
                .containsExactly(40L, 0L);
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-2", 1_00)))
                .extracting(Facts.WalletReturn::writtenOff, Facts.WalletReturn::debt)
                .containsExactly(0L, 1L);
        shop.audit("anna");
    }

    @Test
    void what_is_kept_back_comes_off_the_money_that_is_left_beside_the_points_given_back() {
        // A point is worth 1.00 and 1.00 earns two; unused points are gone after 30 days.
        ShopFixture shop = shop(AT_ONCE.earning(2, 1_00)
                .expiring(new ExpiryRule.AfterDays(30, false))
                .redeeming(
                        new RedemptionRules(new Worth(1, 1_00), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD))
                .shortfall(new Shortfall.Deduct()));
        shop.pays("anna", "A-1", orderOf(15_00));
        shop.spends("anna", "H-1", 30);
        shop.at("2026-03-05T09:00:00Z").pays("anna", "A-2", paidWith(orderOf(50_00), "H-1", 30_00));
        shop.spends("anna", "H-2", 40);
        shop.at("2026-06-10T12:00:00Z");

        Posting posting = shop.done(shop.refundOf("anna", "A-2", "R-1", 50_00));

        // 50.00 go back: 30.00 of them as the points that had paid (which have expired), so 20.00 are left.
        assertThat(effect(posting)).isEqualTo(ofPoints(50_00, 0, 40, 30, 0, 20, 20_00, 20));
        assertThat(moved(posting, Kind.WRITE_OFF))
                .containsExactly(
                        tuple(20L, Bucket.OUTSIDE, Bucket.OUTSIDE, Reason.DEDUCTED_FROM_REFUND),
                        tuple(20L, Bucket.OUTSIDE, Bucket.OUTSIDE, Reason.WRITTEN_OFF));
        assertThat(posting.balance(POINTS)).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }

    @Test
    void what_has_expired_of_a_lot_is_not_claimed_and_what_is_spent_of_it_is_taken_from_other_lots() {
        ShopFixture shop = shop(AT_ONCE.expiring(new ExpiryRule.AfterDays(30, false)));
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.spends("anna", "H-1", 40);
        shop.at("2026-05-01T09:00:00Z").pays("anna", "A-2", orderOf(200_00));

        Posting posting = shop.done(shop.refundOf("anna", "A-1", "R-1", 100_00));

        assertThat(moved(posting, Kind.REVERSE))
                .containsExactly(
                        tuple(60L, Bucket.LAPSED, Bucket.OUTSIDE, Reason.REFUND),
                        tuple(40L, Bucket.AVAILABLE, Bucket.OUTSIDE, Reason.REFUND));
        assertThat(posting.balance(POINTS)).isEqualTo(new Balance(160, 0, 0, 0));
        shop.audit("anna");
    }

    @Test
    void points_are_taken_from_their_own_lot_before_one_that_expires_sooner() {
        ShopFixture shop = shop(AT_ONCE);
        shop.pays("anna", "A-1", orderOf(50_00));
        shop.at("2026-03-10T09:00:00Z").pays("anna", "A-2", orderOf(100_00));

        shop.done(shop.refundOf("anna", "A-2", "R-1", 70_00));

        assertThat(shop.wallet("anna").available().list())
                .extracting(lot -> lot.term().expires().toString(), kopilka.ledger.Lot::points)
                .containsExactly(tuple("2027-03-01", 50L), tuple("2027-03-10", 30L));
    }

    @Test
    void a_point_that_less_of_an_order_earns_more_by_rounding_goes_into_the_orders_own_lot() {
        Rules rules = Rules.usual().earningOn("premium", 100, 1);
        for (From from : From.values()) {
            ShopFixture shop = shop(rules.pending(from, 14));
            shop.pays("anna", "A-1", order(line("1", 1, 2), line("2", 1, 1, "premium"), line("3", 1, 2)));

            // Of 2 cents, spread over 2 + 1 + 2, the premium one is the second; of 3 cents it is none.
            Facts.WalletReturn less = shop.refunded(shop.refundOf("anna", "A-1", "R-1", 2));
            Posting more = shop.done(shop.refundOf("anna", "A-1", "R-2", 1));

            assertThat(less.reversed()).as("%s", from).isEqualTo(100);
            assertThat(effect(more)).as("%s", from).isEqualTo(ofPoints(1, 100, 0, 0, 0, 0, 0, 0));
            assertThat(more.balance(POINTS)).as("%s", from).isEqualTo(new Balance(0, 100, 0, 0));
            assertThat(shop.wallet("anna").awaiting()).as("%s", from).isEqualTo(from == From.DELIVERED ? 100 : 0);
            shop.audit("anna");
        }
    }

    @Test
    void what_a_cancellation_gives_back_is_the_money_that_refunds_left() {
        ShopFixture shop = shop(Rules.usual());
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", 30_00));

        var cancelled = (Facts.OrderCancelled)
                shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED)).facts();

        assertThat(cancelled.effect()).isEqualTo(ofPoints(70_00, 0, 70, 0, 0, 0, 0, 0));
    }

    @Test
    void who_asks_for_too_much_is_told_what_is_left() {
        ShopFixture shop = shop(Rules.usual());
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", 30_00));

        assertThat(shop.refused(shop.refundOf("anna", "A-1", "R-2", 70_01)))
                .isEqualTo(new Refusal.RefundExceedsOrder(new Money(70_00, EUR)));
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-3", 70_00)).earned())
                .isZero();
    }

    @Test
    void a_referees_reward_that_is_spent_is_owed_together_with_what_the_order_earned() {
        ShopFixture shop =
                aShop(AT_ONCE.rewarding(500, 300, 20_00)).enrol("boris").enrol("anna");
        shop.recommends("boris", "anna");
        shop.pays("anna", "A-1", order(line("1", 1, 10_00), line("2", 1, 20_00)));
        shop.spends("anna", "H-1", 330);

        Posting posting = shop.done(shop.refundOf("anna", "A-1", "R-1", "2", 1));

        assertThat(effect(posting)).isEqualTo(ofPoints(20_00, 10, 320, 0, 320, 0, 0, 0));
        assertThat(posting.balance(POINTS)).isEqualTo(new Balance(0, 0, 0, 320));
        shop.audit("anna");
    }

    @Test
    void an_order_that_earns_nothing_moves_nothing_before_and_at_its_delivery() {
        for (From from : From.values()) {
            ShopFixture shop = shop(Rules.usual().minimum(50_00).pending(from, 14));
            shop.pays("anna", "A-1", orderOf(49_99));
            Posting delivered = shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));

            assertThat(shop.postings("anna")).flatExtracting(Posting::movements).isEqualTo(List.<Movement>of());
            assertThat(delivered.balance(POINTS)).isEqualTo(Balance.ZERO);
            shop.audit("anna");
        }
    }
}
