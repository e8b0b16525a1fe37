package kopilka.accrual;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import kopilka.ledger.Balance;
import kopilka.ledger.Movement;
import kopilka.ledger.Operation;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.order.OrderEventKind;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule.From;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Points that had paid for an order come back, lot by lot. */
class RestoreTest {
    private final ShopFixture shop = aShop(Rules.usual().pending(From.PAID, 0)).enrol("anna");

    /** Anna pays 2.50 of an order of 10.00 with 250 points of three lots: 100, 100 and 50 of the last. */
    private void three_lots_pay() {
        shop.at("2026-03-01T09:00:00Z").pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-03-10T09:00:00Z").pays("anna", "A-2", orderOf(100_00));
        shop.at("2026-03-20T09:00:00Z").pays("anna", "A-3", orderOf(100_00));
        shop.spends("anna", "H-1", 250);
        shop.at("2026-04-01T09:00:00Z").pays("anna", "A-4", paidWith(orderOf(10_00), "H-1", 2_50));
    }

    private List<Tuple> restoredBy(Operation operation) {
        return shop.done(operation).movements().stream()
                .filter(movement -> movement.kind() == Movement.Kind.RESTORE)
                .map(movement -> tuple(movement.term().orElseThrow().expires().toString(), movement.points()))
                .toList();
    }

    @Test
    void several_refunds_give_the_lots_back_one_after_the_other_what_expires_last_first() {
        three_lots_pay();

        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-1", 2_00))).containsExactly(tuple("2027-03-20", 50L));
        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-2", 3_00))).containsExactly(tuple("2027-03-10", 75L));
        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-3", 3_00)))
                .containsExactly(tuple("2027-03-10", 25L), tuple("2027-03-01", 50L));
        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-4", 2_00))).containsExactly(tuple("2027-03-01", 50L));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(300, 0, 0, 0));
        shop.audit("anna");
    }

    @Test
    void a_cancellation_gives_back_what_refunds_before_it_left() {
        three_lots_pay();
        shop.refunded(shop.refundOf("anna", "A-4", "R-1", 5_00));

        assertThat(restoredBy(shop.event("anna", "A-4", OrderEventKind.CANCELLED)))
                .containsExactly(tuple("2027-03-10", 25L), tuple("2027-03-01", 100L));
        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-2", 1_00))).isEmpty();
    }

    @Test
    void what_the_kept_part_needs_is_rounded_up_so_that_no_refund_gives_back_too_much() {
        three_lots_pay();

        // 999 of 1000 cents need 249.75 of the 250 points.
        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-1", 1))).isEmpty();
        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-2", 3))).containsExactly(tuple("2027-03-20", 1L));
    }

    @Test
    void points_that_come_back_on_their_last_day_need_no_grace() {
        ShopFixture graceful = aShop(
                        Rules.usual().pending(From.PAID, 0).grace(10).expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        graceful.pays("anna", "A-1", orderOf(100_00));
        graceful.spends("anna", "H-1", 100);
        graceful.pays("anna", "A-2", paidWith(orderOf(1_00), "H-1", 1_00));

        graceful.at("2026-03-31T12:00:00Z").refunded(graceful.refundOf("anna", "A-2", "R-1", 1_00));

        assertThat(graceful.wallet("anna").available().list())
                .singleElement()
                .satisfies(lot -> assertThat(lot.term().expires()).isEqualTo("2026-03-31"));
    }

    @Test
    void of_a_hold_that_was_captured_in_part_the_part_comes_back() {
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.holds("anna", "H-1", 100);
        shop.captures("anna", "H-1", 60);
        shop.pays("anna", "A-2", paidWith(orderOf(10_00), "H-1", 60));

        assertThat(restoredBy(shop.refundOf("anna", "A-2", "R-1", 10_00))).containsExactly(tuple("2027-03-01", 60L));
    }

    @Test
    void nothing_comes_back_to_a_member_who_has_left() {
        three_lots_pay();
        shop.close("anna");

        assertThat(restoredBy(shop.refundOf("anna", "A-4", "R-1", 10_00))).isEmpty();
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }
}
