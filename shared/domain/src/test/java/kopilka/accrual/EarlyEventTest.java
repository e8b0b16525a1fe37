package kopilka.accrual;

import static kopilka.ledger.ShopFixture.PROGRAM;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.ofPoints;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kopilka.ledger.Account;
import kopilka.ledger.Balance;
import kopilka.ledger.Decision;
import kopilka.ledger.Facts;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Stored;
import kopilka.ledger.StoredKey;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;
import kopilka.program.PendingRule.From;
import kopilka.program.RefundRules.Shortfall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to an order beside its payment: before it, and to whom it does not belong. */
class EarlyEventTest {
    private final ShopFixture shop = aShop(Rules.usual()).enrol("anna");

    private static OperationId refund(String order, String refund) {
        return OperationId.refund(new OrderId(order), new RefundId(refund));
    }

    private static OperationId event(String order, OrderEventKind kind) {
        return OperationId.orderEvent(new OrderId(order), kind);
    }

    @Test
    void however_they_came_the_delivery_takes_effect_first_then_refunds_by_their_ids_then_the_cancellation() {
        for (From from : From.values()) {
            ShopFixture shop = aShop(Rules.usual().pending(from, 14)).enrol("anna");
            shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED));
            shop.done(shop.refundOf("anna", "A-1", "R-2", 20_00));
            shop.done(shop.refundOf("anna", "A-1", "R-3", "1", 9));
            shop.done(shop.refundOf("anna", "A-1", "R-1", 10_00));
            shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));

            Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(100_00));

            assertThat(paid.applied())
                    .containsExactly(
                            event("A-1", OrderEventKind.DELIVERED),
                            refund("A-1", "R-1"),
                            refund("A-1", "R-2"),
                            event("A-1", OrderEventKind.CANCELLED));
            assertThat(paid.ignored()).containsExactly(refund("A-1", "R-3"));
            assertThat(paid.effect()).isEqualTo(ofPoints(100_00, 0, 100, 0, 0, 0, 0, 0));
            assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
            shop.audit("anna");
        }
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of(new Shortfall.Debt(), ofPoints(50_00, 50, 50, 0, 50, 0, 0, 0)),
                Arguments.of(new Shortfall.Deduct(), ofPoints(50_00, 50, 50, 0, 0, 50, 50, 0)),
                Arguments.of(new Shortfall.WriteOff(40), ofPoints(50_00, 50, 50, 0, 10, 0, 0, 40)));
    }

    /** A debt takes all that the order earns, so that nothing is there for the two refunds that waited. */
    @ParameterizedTest
    @MethodSource("policies")
    void the_effect_of_several_that_waited_is_their_sum(Shortfall policy, Facts.Return sum) {
        Rules rules = Rules.usual().pending(From.PAID, 0);
        ShopFixture shop = aShop(rules).enrol("anna");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.spends("anna", "H-1", 100);
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", 100_00));
        shop.changeRules(rules.shortfall(policy));
        shop.done(shop.refundOf("anna", "A-2", "R-1", 30_00));
        shop.done(shop.refundOf("anna", "A-2", "R-2", 20_00));

        assertThat(shop.pays("anna", "A-2", orderOf(100_00)).effect()).isEqualTo(sum);
        shop.audit("anna");
    }

    @Test
    void points_come_back_for_each_refund_that_waited() {
        shop.pays("anna", "A-1", orderOf(1_000_00));
        shop.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 400);
        shop.done(shop.refundOf("anna", "A-2", "R-1", 5_00));
        shop.done(shop.refundOf("anna", "A-2", "R-2", 10_00));

        Facts.Return effect =
                shop.pays("anna", "A-2", paidWith(orderOf(20_00), "H-1", 4_00)).effect();

        assertThat(effect).isEqualTo(ofPoints(15_00, 4, 12, 300, 0, 0, 0, 0));
        shop.audit("anna");
    }

    @Test
    void as_many_events_wait_for_one_payment_as_may_and_no_more() {
        for (int i = 0; i < OrderState.MAX_WAITING; i++) {
            shop.done(shop.refundOf("anna", "A-1", "R-" + i, 1));
        }

        assertThat(shop.refused(shop.refundOf("anna", "A-1", "R-x", 1)))
                .isEqualTo(new Refusal.TooManyWaiting(OrderState.MAX_WAITING));
        assertThat(shop.pays("anna", "A-1", orderOf(100_00)).effect().value()).isEqualTo(OrderState.MAX_WAITING);
    }

    @Test
    void as_many_orders_wait_for_their_payments_as_may_and_no_more() {
        for (int i = 0; i < Account.MAX_EARLY; i++) {
            shop.done(shop.event("anna", "A-" + i, OrderEventKind.DELIVERED));
        }

        assertThat(shop.refused(shop.event("anna", "A-x", OrderEventKind.DELIVERED)))
                .isEqualTo(new Refusal.TooManyWaiting(Account.MAX_EARLY));
        shop.done(shop.refundOf("anna", "A-7", "R-1", 1));
    }

    @Test
    void an_order_of_another_member_is_neither_delivered_nor_cancelled() {
        shop.enrol("boris");
        shop.pays("anna", "A-1", orderOf(100_00));

        for (OrderEventKind kind : List.of(OrderEventKind.DELIVERED, OrderEventKind.CANCELLED)) {
            assertThat(shop.refused(shop.event("boris", "A-1", kind))).isEqualTo(new Refusal.OrderNotFound());
        }
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 100, 0, 0));
    }

    @Test
    void an_order_whose_redemption_is_still_open_is_delivered_but_not_cancelled() {
        shop.pays("anna", "A-1", orderOf(1_000_00));
        shop.at("2026-04-01T00:00:00Z").holds("anna", "H-1", 400);
        shop.pays("anna", "A-2", paidWith(orderOf(20_00), "H-1", 4_00));

        assertThat(shop.refused(shop.event("anna", "A-2", OrderEventKind.CANCELLED)))
                .isEqualTo(new Refusal.RedemptionOpen(new RedemptionId("H-1")));
        shop.done(shop.event("anna", "A-2", OrderEventKind.DELIVERED));
        shop.captures("anna", "H-1", 400);
        var cancelled = (Facts.OrderCancelled)
                shop.done(shop.event("anna", "A-2", OrderEventKind.CANCELLED)).facts();
        assertThat(cancelled.effect().in(POINTS).restored()).isEqualTo(400);
    }

    @Test
    void a_redemption_that_another_member_captured_gives_nothing_back() {
        shop.enrol("boris");
        shop.pays("boris", "B-1", orderOf(1_000_00));
        shop.at("2026-04-01T00:00:00Z").spends("boris", "H-1", 400);
        shop.pays("anna", "A-1", paidWith(orderOf(20_00), "H-1", 4_00));

        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 20_00)).restored())
                .isZero();
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
    }

    /** Between two reads somebody else may carry the same payment out: the write will tell, not a refusal. */
    @Test
    void a_payment_is_not_refused_for_the_redemption_that_it_uses_itself() {
        RecordOrderEvent payment = shop.payment("anna", "A-1", paidWith(orderOf(20_00), "H-1", 4_00));

        assertThat(decided(payment, "A-1")).isInstanceOf(Decision.Post.class);
        assertThat(decided(payment, "A-2"))
                .isEqualTo(new Decision.Refuse(new Refusal.RedemptionUsed(new RedemptionId("H-1"))));
    }

    private Decision decided(Operation payment, String usedBy) {
        Set<StoredKey> asked = new HashSet<>(payment.reads());
        asked.add(new StoredKey.AccountKey(member("anna")));
        asked.add(new StoredKey.PostingKey(PROGRAM, payment.id()));
        Map<StoredKey, Stored> found = new HashMap<>();
        found.put(new StoredKey.AccountKey(member("anna")), shop.account("anna"));
        RedemptionUse use = new RedemptionUse(member("anna"), new RedemptionId("H-1"), new OrderId(usedBy));
        found.put(use.storedAs(), use);
        return payment.decide(new Snapshot(asked, found), shop.versions(), shop.now());
    }

    private static ShopFixture referred(Rules rules) {
        ShopFixture shop =
                aShop(rules.rewarding(500, 300, 20_00)).enrol("boris").enrol("anna");
        shop.recommends("boris", "anna");
        return shop;
    }

    private static List<ReferralSignal> signals(ShopFixture shop) {
        return shop.postings("anna").stream()
                .map(Posting::signal)
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    @Test
    void what_happens_to_an_order_that_the_referral_does_not_hang_on_leaves_the_rewards() {
        ShopFixture shop = referred(Rules.usual());
        shop.pays("anna", "A-1", orderOf(30_00));
        shop.pays("anna", "A-2", orderOf(40_00));

        Facts.WalletReturn effect = shop.refunded(shop.refundOf("anna", "A-2", "R-1", 40_00));

        assertThat(effect.reversed()).isEqualTo(40);
        assertThat(shop.balance("anna").pending()).isEqualTo(30 + 300);
        assertThat(signals(shop)).hasSize(1);
        shop.audit("anna");
    }

    @Test
    void the_delivery_of_an_order_that_the_referral_does_not_hang_on_brings_no_reward() {
        ShopFixture shop = referred(Rules.usual().pending(From.DELIVERED, 14));
        shop.pays("anna", "A-1", orderOf(30_00));
        shop.pays("anna", "A-2", orderOf(40_00));

        shop.done(shop.event("anna", "A-2", OrderEventKind.DELIVERED));
        assertThat(shop.balance("anna").pending()).isEqualTo(70);
        assertThat(signals(shop)).isEmpty();

        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));
        assertThat(shop.balance("anna").pending()).isEqualTo(370);
        assertThat(signals(shop)).hasSize(1);
        shop.audit("anna");
    }

    @Test
    void an_order_that_lost_the_reward_before_its_delivery_does_not_get_it_by_that() {
        ShopFixture shop = referred(Rules.usual().pending(From.DELIVERED, 14));
        shop.pays("anna", "A-1", order(line("1", 1, 10_00), line("2", 1, 20_00)));
        shop.done(shop.refundOf("anna", "A-1", "R-1", "2", 1));

        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));

        assertThat(shop.balance("anna").pending()).isEqualTo(10);
        shop.audit("anna");
    }

    @Test
    void an_order_that_was_returned_before_its_payment_ends_the_referral_though_nothing_was_rewarded_yet() {
        ShopFixture shop = referred(Rules.usual().pending(From.DELIVERED, 14));
        shop.done(shop.refundOf("anna", "A-1", "R-1", 30_00));
        shop.pays("anna", "A-1", orderOf(30_00));

        assertThat(signals(shop)).hasExactlyElementsOfTypes(ReferralSignal.Disqualified.class);
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }

    @Test
    void an_order_that_was_delivered_before_its_payment_brings_the_reward_with_that() {
        ShopFixture shop = referred(Rules.usual().pending(From.DELIVERED, 14));
        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));
        shop.pays("anna", "A-1", orderOf(30_00));

        assertThat(signals(shop)).hasExactlyElementsOfTypes(ReferralSignal.Qualified.class);
        assertThat(shop.balance("anna").pending()).isEqualTo(330);
        shop.audit("anna");
    }

    @Test
    void a_reward_is_taken_back_once() {
        ShopFixture shop = referred(Rules.usual());
        shop.pays("anna", "A-1", order(line("1", 1, 10_00), line("2", 1, 20_00)));
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", "2", 1));
        shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED));

        assertThat(signals(shop))
                .hasExactlyElementsOfTypes(ReferralSignal.Qualified.class, ReferralSignal.Disqualified.class);
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }

    @Test
    void an_order_that_keeps_just_the_minimum_keeps_the_rewards() {
        ShopFixture shop = referred(Rules.usual());
        shop.pays("anna", "A-1", orderOf(30_00));

        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 10_00)).reversed())
                .isEqualTo(10);
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-2", 1)).reversed())
                .isEqualTo(1 + 300);
    }
}
