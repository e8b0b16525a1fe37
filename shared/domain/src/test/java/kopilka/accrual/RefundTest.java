package kopilka.accrual;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kopilka.ledger.Balance;
import kopilka.ledger.Facts;
import kopilka.ledger.Lots;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller;
import kopilka.order.LineId;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.Payment;
import kopilka.order.Quantity;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.RefundRules.Shortfall;
import org.junit.jupiter.api.Test;

class RefundTest {
    private final ShopFixture shop = aShop(Rules.usual()).enrol("anna");

    @Test
    void a_returned_line_takes_back_just_what_it_earned() {
        shop.pays("anna", "A-1", order(line("1", 2, 60_00), line("2", 1, 40_00)));

        Facts.Return effect = shop.returned(shop.refundOf("anna", "A-1", "R-1", "1", 1));

        assertThat(effect.in(POINTS).reversed()).isEqualTo(30);
        assertThat(effect.in(POINTS).earned()).isEqualTo(70);
        assertThat(effect.value()).isEqualTo(30_00);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 70, 0, 0));
    }

    @Test
    void what_an_order_has_earned_is_what_the_kept_lines_earn_whatever_the_fractions() {
        // 1 point for 1.00: 1.50 + 1.50 earn 3, and 1.50 alone earns 1.
        shop.pays("anna", "A-1", order(line("1", 1, 1_50), line("2", 1, 1_50)));

        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", "1", 1)).reversed())
                .isEqualTo(2);
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-2", "2", 1)).reversed())
                .isEqualTo(1);
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
    }

    @Test
    void a_refund_goes_by_the_version_that_the_order_was_earned_with() {
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.changeRules(Rules.usual().earning(10, 100));

        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 50_00)).reversed())
                .isEqualTo(50);
    }

    @Test
    void an_amount_is_spread_over_the_lines_kept_in_proportion() {
        ShopFixture mixed = aShop(Rules.usual().earningOn("premium", 2, 100)).enrol("anna");
        mixed.pays("anna", "A-1", order(line("1", 1, 60_00), line("2", 1, 40_00, "premium")));

        // 10.00 off: 6.00 of the usual goods, 4.00 of the premium ones.
        assertThat(mixed.refunded(mixed.refundOf("anna", "A-1", "R-1", 10_00)).reversed())
                .isEqualTo(6 + 8);
    }

    @Test
    void an_order_that_falls_below_the_minimum_earns_nothing() {
        ShopFixture strict = aShop(Rules.usual().minimum(50_00)).enrol("anna");
        strict.pays("anna", "A-1", order(line("1", 1, 30_00), line("2", 1, 30_00)));

        assertThat(strict.refunded(strict.refundOf("anna", "A-1", "R-1", "1", 1))
                        .reversed())
                .isEqualTo(60);
    }

    @Test
    void a_capped_order_loses_nothing_while_the_kept_lines_still_reach_the_cap() {
        ShopFixture capped = aShop(Rules.usual().atMost(50)).enrol("anna");
        capped.pays("anna", "A-1", order(line("1", 1, 60_00), line("2", 1, 40_00)));

        assertThat(capped.refunded(capped.refundOf("anna", "A-1", "R-1", "2", 1))
                        .reversed())
                .isZero();
        assertThat(capped.refunded(capped.refundOf("anna", "A-1", "R-2", "1", 1))
                        .reversed())
                .isEqualTo(50);
    }

    @Test
    void more_than_is_kept_cannot_come_back() {
        shop.pays("anna", "A-1", order(line("1", 2, 60_00)));
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", "1", 1));

        assertThat(shop.refused(shop.refundOf("anna", "A-1", "R-2", "1", 2)))
                .isInstanceOf(Refusal.RefundExceedsOrder.class);
        assertThat(shop.refused(shop.refundOf("anna", "A-1", "R-3", 30_01)))
                .isInstanceOf(Refusal.RefundExceedsOrder.class);
        assertThat(shop.refused(shop.refundOf("anna", "A-1", "R-4", "7", 1))).isEqualTo(new Refusal.LineNotFound(0));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 30, 0, 0));
    }

    @Test
    void an_amount_fits_into_what_the_lines_beside_it_leave() {
        shop.pays("anna", "A-1", order(line("1", 2, 60_00)));
        List<RefundContent.Line> one =
                List.of(new RefundContent.Line(new LineId("1"), Quantity.of(1), OptionalLong.empty()));

        assertThat(shop.refused(shop.refund("anna", "A-1", "R-1", new RefundContent(ShopFixture.EUR, one, 0, 30_01))))
                .isInstanceOf(Refusal.RefundExceedsOrder.class);
        assertThat(shop.returned(shop.refund("anna", "A-1", "R-2", new RefundContent(ShopFixture.EUR, one, 0, 30_00)))
                        .value())
                .isEqualTo(60_00);
    }

    @Test
    void a_delivery_that_went_back_as_an_amount_does_not_go_back_again() {
        Order content = new Order(
                ShopFixture.EUR,
                List.of(line("1", 1, 20_00)),
                10_00,
                0,
                0,
                30_00,
                List.of(),
                Optional.empty(),
                Optional.empty());
        shop.pays("anna", "A-1", content);
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", 25_00));

        assertThat(shop.refused(
                        shop.refund("anna", "A-1", "R-2", new RefundContent(ShopFixture.EUR, List.of(), 5_01, 0))))
                .isInstanceOf(Refusal.RefundExceedsOrder.class);
        assertThat(shop.returned(shop.refund(
                                "anna", "A-1", "R-3", new RefundContent(ShopFixture.EUR, List.of(), 5_00, 0)))
                        .value())
                .isEqualTo(5_00);
    }

    @Test
    void more_money_than_was_paid_cannot_go_back() {
        shop.pays("anna", "A-1", order(line("1", 2, 60_00)));
        RefundContent generous = new RefundContent(
                ShopFixture.EUR,
                List.of(new RefundContent.Line(new LineId("1"), Quantity.of(1), OptionalLong.of(60_01))),
                0,
                0);

        assertThat(shop.refused(shop.refund("anna", "A-1", "R-1", generous)))
                .isInstanceOf(Refusal.RefundExceedsOrder.class);
    }

    @Test
    void a_refund_from_far_ahead_or_of_another_age_is_refused() {
        shop.pays("anna", "A-1", orderOf(100_00));
        RefundOrder now = shop.refundOf("anna", "A-1", "R-1", 1_00);

        assertThat(shop.refused(dated(now, now.at().plus(Duration.ofDays(1)).plusMillis(1))))
                .isEqualTo(new Refusal.TimeInFuture());
        assertThat(shop.refused(dated(now, Instant.parse("1989-12-31T23:59:59Z"))))
                .isEqualTo(new Refusal.TimeTooOld());
        shop.done(dated(now, now.at().plus(Duration.ofDays(1))));
        shop.done(new RefundOrder(
                now.member(), now.order(), new RefundId("R-2"), Instant.parse("1990-01-01T00:00:00Z"), now.content()));
    }

    private static RefundOrder dated(RefundOrder refund, Instant at) {
        return new RefundOrder(refund.member(), refund.order(), refund.refund(), at, refund.content());
    }

    @Test
    void a_refund_is_in_the_currency_of_its_order_whatever_the_program_says_by_now() {
        Currency yen = Currency.getInstance("JPY");
        RefundContent inYen = new RefundContent(yen, List.of(), 0, 1_00);
        assertThat(shop.refused(shop.refund("anna", "A-2", "R-1", inYen)))
                .isEqualTo(new Refusal.CurrencyMismatch(ShopFixture.EUR));
        shop.pays("anna", "A-1", orderOf(100_00));
        Program usual = Rules.usual().program();
        shop.changeRules(new Rules(new Program(
                usual.name(),
                yen,
                usual.zone(),
                usual.earning(),
                usual.pending(),
                usual.expiry(),
                usual.redemption(),
                usual.refunds(),
                usual.referral())));

        assertThat(shop.refused(shop.refund("anna", "A-1", "R-1", inYen)))
                .isEqualTo(new Refusal.CurrencyMismatch(ShopFixture.EUR));
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 1_00)).reversed())
                .isEqualTo(1);
        assertThat(shop.done(shop.refund("anna", "A-2", "R-1", inYen)).facts()).isInstanceOf(Facts.RefundWaiting.class);
    }

    @Test
    void a_doubled_refund_has_one_effect_and_one_answer() {
        shop.pays("anna", "A-1", orderOf(100_00));
        RefundOrder refund = shop.refundOf("anna", "A-1", "R-1", 40_00);

        var first = shop.done(refund);
        var second = (Teller.Answer.Done) shop.carryOut(refund);

        assertThat(second.replayed()).isTrue();
        assertThat(second.posting()).isEqualTo(first);
        assertThat(shop.carryOut(shop.refundOf("anna", "A-1", "R-1", 41_00)))
                .isInstanceOf(Teller.Answer.Conflict.class);
    }

    @Test
    void a_refund_that_comes_before_its_order_waits_for_it() {
        RefundOrder early = shop.refundOf("anna", "A-1", "R-1", "1", 1);
        assertThat(shop.done(early).facts()).isInstanceOf(Facts.RefundWaiting.class);
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);

        Facts.OrderPaid paid = shop.pays("anna", "A-1", order(line("1", 2, 60_00), line("2", 1, 40_00)));

        assertThat(paid.earning().units(POINTS)).isEqualTo(100);
        assertThat(paid.effect().in(POINTS).reversed()).isEqualTo(30);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 70, 0, 0));
        shop.audit("anna");
    }

    @Test
    void a_refund_that_waited_and_does_not_fit_the_order_is_ignored() {
        shop.done(shop.refundOf("anna", "A-1", "R-1", "no such line", 1));

        Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(60_00));

        assertThat(paid.ignored()).hasSize(1);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 60, 0, 0));
    }

    @Test
    void points_that_are_spent_become_debt_and_the_next_points_pay_it() {
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 80);

        Facts.WalletReturn effect = shop.refunded(shop.refundOf("anna", "A-1", "R-1", 100_00));

        assertThat(effect.reversed()).isEqualTo(100);
        assertThat(effect.debt()).isEqualTo(80);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 0, 0, 80));

        shop.pays("anna", "A-2", orderOf(200_00));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 200, 0, 80));
        shop.at("2026-05-01T00:00:00Z");
        assertThat(shop.balance("anna")).isEqualTo(new Balance(120, 0, 0, 0));
        shop.sweep("anna");
        shop.audit("anna");
    }

    @Test
    void points_that_are_spent_are_kept_back_from_the_cash_refund() {
        ShopFixture deducting =
                aShop(Rules.usual().shortfall(new Shortfall.Deduct())).enrol("anna");
        deducting.pays("anna", "A-1", orderOf(100_00));
        deducting.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 80);

        Facts.WalletReturn effect = deducting.refunded(deducting.refundOf("anna", "A-1", "R-1", 100_00));

        assertThat(effect.deducted()).isEqualTo(80);
        assertThat(effect.deduction()).isEqualTo(80);
        assertThat(deducting.balance("anna")).isEqualTo(Balance.ZERO);
    }

    @Test
    void what_the_cash_refund_cannot_cover_is_written_off() {
        // A point is worth 10.00 here, and 1.00 earns one.
        ShopFixture generous = aShop(Rules.usual()
                        .shortfall(new Shortfall.Deduct())
                        .redeeming(new kopilka.program.RedemptionRules(
                                new kopilka.program.Worth(1, 10_00),
                                1,
                                10_000,
                                kopilka.program.RedemptionRules.DEFAULT_HOLD)))
                .enrol("anna");
        generous.pays("anna", "A-1", orderOf(100_00));
        generous.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 100);

        Facts.WalletReturn effect = generous.refunded(generous.refundOf("anna", "A-1", "R-1", 25_00));

        assertThat(effect.reversed()).isEqualTo(25);
        assertThat(effect.deducted()).isEqualTo(2);
        assertThat(effect.deduction()).isEqualTo(20_00);
        assertThat(effect.writtenOff()).isEqualTo(23);
    }

    @Test
    void a_shop_writes_off_up_to_its_limit_for_each_order_and_the_rest_is_owed() {
        ShopFixture lenient =
                aShop(Rules.usual().shortfall(new Shortfall.WriteOff(30))).enrol("anna");
        lenient.pays("anna", "A-1", orderOf(100_00));
        lenient.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 100);

        Facts.WalletReturn first = lenient.refunded(lenient.refundOf("anna", "A-1", "R-1", 20_00));
        Facts.WalletReturn second = lenient.refunded(lenient.refundOf("anna", "A-1", "R-2", 20_00));

        assertThat(first.writtenOff()).isEqualTo(20);
        assertThat(second.writtenOff()).isEqualTo(10);
        assertThat(second.debt()).isEqualTo(10);
    }

    @Test
    void points_that_expired_unspent_are_not_claimed_a_second_time() {
        ShopFixture brief = aShop(Rules.usual().expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        brief.pays("anna", "A-1", orderOf(100_00));
        brief.at("2026-06-01T00:00:00Z");
        assertThat(brief.balance("anna")).isEqualTo(Balance.ZERO);

        Facts.WalletReturn effect = brief.refunded(brief.refundOf("anna", "A-1", "R-1", 100_00));

        assertThat(effect.reversed()).isEqualTo(100);
        assertThat(effect.shortfall()).isZero();
        assertThat(brief.balance("anna")).isEqualTo(Balance.ZERO);
        brief.audit("anna");
    }

    @Test
    void points_that_paid_come_back_by_the_same_share_with_their_own_expiry() {
        shop.pays("anna", "A-1", orderOf(1_000_00));
        shop.at("2026-04-01T00:00:00Z").holds("anna", "H-1", 400);
        Order content = paidWith(order(line("1", 1, 10_00), line("2", 1, 10_00)), "H-1", 4_00);
        shop.captures("anna", "H-1", 400);
        var before = shop.wallet("anna").available();
        shop.pays("anna", "A-2", content);

        Facts.WalletReturn effect = shop.refunded(shop.refundOf("anna", "A-2", "R-1", "1", 1));

        assertThat(effect.restored()).isEqualTo(200);
        assertThat(effect.reversed()).isEqualTo(8);
        var term = before.byTerm().firstKey();
        assertThat(shop.wallet("anna").available().of(term)).isEqualTo(before.of(term) + 200);
        assertThat(shop.refunded(shop.refundOf("anna", "A-2", "R-2", "2", 1)).restored())
                .isEqualTo(200);
        shop.audit("anna");
    }

    @Test
    void a_redemption_pays_for_one_order_and_comes_back_once() {
        shop.pays("anna", "A-1", orderOf(1_000_00));
        shop.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 400);
        shop.pays("anna", "A-2", paidWith(orderOf(20_00), "H-1", 4_00));

        assertThat(shop.refused(shop.payment("anna", "A-3", paidWith(orderOf(20_00), "H-1", 4_00))))
                .isEqualTo(new Refusal.RedemptionUsed(new RedemptionId("H-1")));
        assertThat(shop.refunded(shop.refundOf("anna", "A-2", "R-1", 20_00)).restored())
                .isEqualTo(400);
        shop.audit("anna");
    }

    @Test
    void points_that_come_back_after_their_expiry_get_the_days_of_grace() {
        ShopFixture graceful = aShop(Rules.usual().grace(10).expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        graceful.pays("anna", "A-1", orderOf(100_00));
        graceful.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 100);
        graceful.pays("anna", "A-2", paidWith(orderOf(50_00), "H-1", 1_00));
        graceful.at("2026-06-10T12:00:00Z");

        assertThat(graceful.refunded(graceful.refundOf("anna", "A-2", "R-1", 50_00))
                        .restored())
                .isEqualTo(100);

        assertThat(graceful.wallet("anna").available().list().getFirst().term().expires())
                .isEqualTo("2026-06-20");
        assertThat(graceful.at("2026-06-20T20:59:59Z").balance("anna").available())
                .isEqualTo(100);
        assertThat(graceful.at("2026-06-20T21:00:00Z").balance("anna").available())
                .isZero();
    }

    @Test
    void without_grace_points_that_come_back_after_their_expiry_expire_again() {
        ShopFixture strict = aShop(Rules.usual().expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        strict.pays("anna", "A-1", orderOf(100_00));
        strict.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 100);
        strict.pays("anna", "A-2", paidWith(orderOf(50_00), "H-1", 1_00));
        strict.at("2026-06-10T12:00:00Z");

        strict.refunded(strict.refundOf("anna", "A-2", "R-1", 50_00));

        assertThat(strict.balance("anna")).isEqualTo(Balance.ZERO);
        strict.audit("anna");
    }

    @Test
    void an_order_whose_redemption_is_still_open_is_refunded_once_that_is_settled() {
        shop.pays("anna", "A-1", orderOf(1_000_00));
        shop.at("2026-04-01T00:00:00Z").holds("anna", "H-1", 400);
        shop.pays("anna", "A-2", paidWith(orderOf(20_00), "H-1", 4_00));

        assertThat(shop.refused(shop.refundOf("anna", "A-2", "R-1", 20_00))).isInstanceOf(Refusal.RedemptionOpen.class);
        shop.captures("anna", "H-1", 400);
        assertThat(shop.refunded(shop.refundOf("anna", "A-2", "R-1", 20_00)).restored())
                .isEqualTo(400);
    }

    @Test
    void a_cancelled_order_keeps_nothing_and_a_later_refund_changes_nothing() {
        shop.pays("anna", "A-1", order(line("1", 1, 60_00), line("2", 1, 40_00)));
        shop.refunded(shop.refundOf("anna", "A-1", "R-1", "1", 1));

        var cancelled = (Facts.OrderCancelled)
                shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED)).facts();

        assertThat(cancelled.effect().in(POINTS).reversed()).isEqualTo(40);
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-2", "2", 1)).reversed())
                .isZero();
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
    }

    @Test
    void points_that_wait_for_a_delivery_are_taken_back_from_there() {
        ShopFixture careful =
                aShop(Rules.usual().pending(PendingRule.From.DELIVERED, 14)).enrol("anna");
        careful.pays("anna", "A-1", orderOf(100_00));
        careful.refunded(careful.refundOf("anna", "A-1", "R-1", 40_00));
        assertThat(careful.wallet("anna").awaiting()).isEqualTo(60);

        careful.at("2026-03-05T12:00:00Z").done(careful.event("anna", "A-1", OrderEventKind.DELIVERED));

        assertThat(careful.wallet("anna").pending().list()).singleElement().satisfies(lot -> {
            assertThat(lot.points()).isEqualTo(60);
            assertThat(lot.term().availableFrom()).isEqualTo("2026-03-19");
        });
    }

    @Test
    void another_member_cannot_refund_the_order() {
        shop.enrol("boris");
        shop.pays("anna", "A-1", orderOf(100_00));

        assertThat(shop.refused(shop.refundOf("boris", "A-1", "R-1", 10_00))).isInstanceOf(Refusal.OrderNotFound.class);
    }

    @Test
    void a_closed_member_gets_and_loses_nothing_by_a_refund() {
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.close("anna");

        Facts.WalletReturn effect = shop.refunded(shop.refundOf("anna", "A-1", "R-1", 100_00));

        assertThat(effect.reversed()).isZero();
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        assertThat(shop.done(new RecordOrderEvent(
                                ShopFixture.member("anna"),
                                new kopilka.order.OrderId("A-1"),
                                OrderEventKind.DELIVERED,
                                shop.now(),
                                Optional.empty()))
                        .balance(POINTS))
                .isEqualTo(Balance.ZERO);
    }

    @Test
    void what_waits_for_two_orders_whose_ids_look_alike_takes_effect_for_both() {
        assertThat("A-Aa".hashCode()).isEqualTo("A-BB".hashCode());
        shop.done(shop.refundOf("anna", "A-Aa", "R-1", "1", 1));
        shop.done(shop.refundOf("anna", "A-Aa", "R-2", 5_00));
        shop.done(shop.refundOf("anna", "A-BB", "R-1", "1", 1));
        Order content = order(line("1", 2, 60_00), line("2", 1, 40_00));

        assertThat(shop.pays("anna", "A-Aa", content).effect().in(POINTS).reversed())
                .isEqualTo(35);
        assertThat(shop.pays("anna", "A-BB", content).effect().in(POINTS).reversed())
                .isEqualTo(30);
        assertThat(shop.account("anna").early()).isEmpty();
        shop.audit("anna");
    }

    @Test
    void a_delivery_that_waits_keeps_no_order_from_being_paid_while_its_redemption_is_open() {
        shop.pays("anna", "A-1", orderOf(1000_00));
        shop.at("2026-04-01T00:00:00Z").holds("anna", "H-1", 400);
        shop.done(shop.event("anna", "A-2", OrderEventKind.DELIVERED));

        Facts.OrderPaid paid = shop.pays("anna", "A-2", paidWith(orderOf(20_00), "H-1", 4_00));

        assertThat(paid.applied()).hasSize(1);
    }

    @Test
    void a_return_that_waits_lets_its_order_wait_while_its_redemption_is_open() {
        shop.pays("anna", "A-1", orderOf(1000_00));
        shop.at("2026-04-01T00:00:00Z").holds("anna", "H-1", 400);
        shop.done(shop.refundOf("anna", "A-2", "R-1", 1_00));

        assertThat(shop.refused(shop.payment("anna", "A-2", paidWith(orderOf(20_00), "H-1", 4_00))))
                .isEqualTo(new Refusal.RedemptionOpen(new RedemptionId("H-1")));
    }

    @Test
    void what_is_given_back_after_a_further_redemption_was_captured_has_the_days_it_was_spent_with() {
        ShopFixture shop =
                aShop(Rules.usual().pending(PendingRule.From.PAID, 0)).enrol("anna");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-03-10T09:00:00Z").pays("anna", "A-2", orderOf(100_00));
        Lots earned = shop.wallet("anna").available();
        shop.spends("anna", "H-1", 100);
        Order both = new Order(
                ShopFixture.EUR,
                List.of(line("1", 2, 100_00)),
                0,
                0,
                0,
                100_00,
                List.of(
                        new Payment(Payment.POINTS, 1_00, Optional.of(new RedemptionId("H-1"))),
                        new Payment(Payment.POINTS, 1_00, Optional.of(new RedemptionId("H-2"))),
                        new Payment("card", 98_00, Optional.empty())),
                Optional.empty(),
                Optional.empty());
        shop.pays("anna", "A-3", both);
        assertThat(shop.refunded(shop.refundOf("anna", "A-3", "R-1", "1", 1)).restored())
                .isEqualTo(50);
        shop.spends("anna", "H-2", 150);

        shop.done(shop.event("anna", "A-3", OrderEventKind.CANCELLED));

        assertThat(shop.wallet("anna").available()).isEqualTo(earned);
        shop.audit("anna");
    }

    @Test
    void a_refund_comes_to_the_same_right_before_and_right_after_the_payment() {
        Rules rules = Rules.usual().pending(PendingRule.From.PAID, 0).shortfall(new Shortfall.WriteOff(50));
        for (boolean early : List.of(true, false)) {
            ShopFixture shop = aShop(rules).enrol("anna");
            shop.pays("anna", "A-1", orderOf(100_00));
            shop.spends("anna", "H-1", 100);
            assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 100_00))
                            .debt())
                    .isEqualTo(50);
            RefundOrder refund = shop.refundOf("anna", "A-2", "R-1", 100_00);
            RecordOrderEvent payment = shop.payment("anna", "A-2", orderOf(100_00));

            shop.done(early ? refund : payment);
            shop.done(early ? payment : refund);

            assertThat(shop.balance("anna")).as("early: %s", early).isEqualTo(Balance.ZERO);
            shop.audit("anna");
        }
    }

    @Test
    void tax_on_goods_that_cost_nothing_can_be_refunded() {
        Order free = new Order(
                ShopFixture.EUR,
                List.of(line("1", 1, 20_00), line("2", 1, 0)),
                0,
                4_00,
                20_00,
                4_00,
                List.of(),
                Optional.empty(),
                Optional.empty());
        shop.pays("anna", "A-1", free);

        assertThat(shop.returned(shop.refundOf("anna", "A-1", "R-1", 4_00)).value())
                .isEqualTo(4_00);
    }
}
