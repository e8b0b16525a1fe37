package kopilka.redemption;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import kopilka.ledger.Balance;
import kopilka.ledger.Facts;
import kopilka.ledger.Lot;
import kopilka.ledger.Refusal;
import kopilka.ledger.Refusal.RedemptionNotOpen;
import kopilka.ledger.Refusal.RedemptionNotOpen.Ended;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.PendingRule.From;
import kopilka.program.RedemptionRules;
import kopilka.program.Worth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedemptionTest {
    private static final Rules RULES = Rules.usual()
            .pending(From.PAID, 0)
            .expiring(new ExpiryRule.AfterDays(30, false))
            .redeeming(new RedemptionRules(new Worth(100, 1_00), 50, 5_000, Duration.ofMinutes(30)));

    private final ShopFixture shop = aShop(RULES).enrol("anna");

    @BeforeEach
    void anna_has_two_lots() {
        shop.at("2026-03-01T09:00:00Z").pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-03-11T09:00:00Z").pays("anna", "A-2", orderOf(200_00));
    }

    private CapturePoints capture(String redemption, long points) {
        return new CapturePoints(member("anna"), new RedemptionId(redemption), Optional.of(Points.of(points)));
    }

    private VoidHold voiding(String redemption) {
        return new VoidHold(member("anna"), new RedemptionId(redemption));
    }

    @Test
    void a_hold_reserves_the_lot_that_expires_first() {
        shop.holds("anna", "H-1", 150);

        assertThat(shop.balance("anna")).isEqualTo(new Balance(150, 0, 150, 0));
        assertThat(shop.wallet("anna").holds().getFirst().lots())
                .extracting(lot -> lot.term().expires().toString(), Lot::points)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2026-03-31", 100L),
                        org.assertj.core.groups.Tuple.tuple("2026-04-10", 50L));
    }

    @Test
    void a_capture_takes_less_and_gives_the_rest_back_with_its_own_days() {
        shop.holds("anna", "H-1", 150);

        Facts.Captured captured = shop.captures("anna", "H-1", 60);

        assertThat(captured.returned()).isEqualTo(90);
        assertThat(captured.worth().amount()).isEqualTo("0.60");
        assertThat(shop.wallet("anna").available().list())
                .extracting(lot -> lot.term().expires().toString(), Lot::points)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2026-03-31", 40L),
                        org.assertj.core.groups.Tuple.tuple("2026-04-10", 200L));
        shop.audit("anna");
    }

    @Test
    void a_hold_ends_once() {
        shop.holds("anna", "H-1", 150);
        shop.captures("anna", "H-1", 150);
        assertThat(shop.refused(voiding("H-1"))).isEqualTo(new RedemptionNotOpen(Ended.CAPTURED));

        shop.holds("anna", "H-2", 50);
        shop.voids("anna", "H-2");
        assertThat(shop.refused(capture("H-2", 50))).isEqualTo(new RedemptionNotOpen(Ended.VOIDED));

        shop.holds("anna", "H-3", 50);
        shop.later(Duration.ofMinutes(30));
        assertThat(shop.refused(capture("H-3", 50))).isEqualTo(new RedemptionNotOpen(Ended.TIMED_OUT));
        assertThat(shop.refused(voiding("H-3"))).isEqualTo(new RedemptionNotOpen(Ended.TIMED_OUT));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(150, 0, 0, 0));
        shop.audit("anna");
    }

    @Test
    void a_hold_stands_until_just_before_its_time_is_out() {
        shop.holds("anna", "H-1", 150);
        shop.later(Duration.ofMinutes(30).minusMillis(1));
        assertThat(shop.balance("anna").held()).isEqualTo(150);
        shop.captures("anna", "H-1", 150);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(150, 0, 0, 0));
    }

    @Test
    void a_lot_that_expired_while_it_was_held_expires_when_the_hold_ends() {
        shop.at("2026-03-31T20:50:00Z").holds("anna", "H-1", 100);
        // In Kyiv, 31 March ends at 21:00 UTC; the hold runs until 21:20.
        assertThat(shop.at("2026-03-31T21:10:00Z").balance("anna")).isEqualTo(new Balance(200, 0, 100, 0));
        assertThat(shop.at("2026-03-31T21:20:00Z").balance("anna")).isEqualTo(new Balance(200, 0, 0, 0));
        shop.sweep("anna");
        shop.audit("anna");
    }

    @Test
    void a_lot_held_in_time_is_captured_even_though_its_last_day_has_passed_meanwhile() {
        shop.at("2026-03-31T20:50:00Z").holds("anna", "H-1", 100);
        assertThat(shop.at("2026-03-31T21:10:00Z").captures("anna", "H-1", 100).captured())
                .isEqualTo(100);
    }

    @Test
    void an_expired_lot_is_never_held() {
        shop.at("2026-03-31T21:00:00Z");
        assertThat(shop.refused(shop.holding("anna", "H-1", 250, 100_00)))
                .isEqualTo(new Refusal.InsufficientPoints(200));
    }

    @Test
    void refusals_come_in_their_documented_order() {
        assertThat(shop.refused(shop.holding("anna", "H-1", 49, 100_00))).isEqualTo(new Refusal.BelowMinimum(50));
        // Half of 4.00 is 2.00, which 200 points pay.
        assertThat(shop.refused(shop.holding("anna", "H-1", 201, 4_00))).isEqualTo(new Refusal.OverCap(200));
        assertThat(shop.refused(shop.holding("anna", "H-1", 301, 100_00)))
                .isEqualTo(new Refusal.InsufficientPoints(300));
        // Everything wrong at once: the first in the order wins.
        assertThat(shop.refused(shop.holding("anna", "H-1", 49, 0))).isEqualTo(new Refusal.BelowMinimum(50));
        assertThat(shop.refused(shop.holding("anna", "H-1", 999, 0))).isEqualTo(new Refusal.OverCap(0));
        assertThat(shop.refused(shop.holding("nobody", "H-1", 999, 0))).isEqualTo(new Refusal.MemberNotFound());
        shop.holds("anna", "H-1", 100);
        assertThat(shop.refused(capture("H-1", 101))).isEqualTo(new Refusal.CaptureExceedsHold(100));
        assertThat(shop.refused(capture("H-7", 1))).isEqualTo(new Refusal.RedemptionNotFound());
    }

    @Test
    void too_many_redemptions_at_once_are_refused() {
        shop.pays("anna", "A-3", orderOf(2_000_00));
        for (int i = 0; i < 20; i++) {
            shop.holds("anna", "H-" + i, 50);
        }
        assertThat(shop.refused(shop.holding("anna", "H-20", 50, 100_00)))
                .isEqualTo(new Refusal.TooManyRedemptions(20));
    }

    @Test
    void another_member_cannot_end_the_redemption() {
        shop.enrol("boris");
        shop.holds("anna", "H-1", 100);

        assertThat(shop.refused(new VoidHold(member("boris"), new RedemptionId("H-1"))))
                .isEqualTo(new Refusal.RedemptionNotFound());
        assertThat(shop.carryOut(shop.holding("boris", "H-1", 100, 100_000_00)))
                .isInstanceOf(Teller.Answer.Conflict.class);
    }

    @Test
    void an_account_with_an_open_redemption_is_not_closed() {
        shop.holds("anna", "H-1", 100);
        assertThat(shop.refused(new kopilka.members.CloseAccount(member("anna"), Optional.empty())))
                .isEqualTo(new Refusal.OpenRedemptions(1));
        shop.voids("anna", "H-1");
        assertThat(shop.close("anna").balance(POINTS)).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }

    @Test
    void a_clock_that_goes_back_does_not_bring_back_rules_that_were_over() {
        shop.changeRules(
                RULES.redeeming(new RedemptionRules(new Worth(100, 1_00), 120, 5_000, Duration.ofMinutes(30))));
        shop.holds("anna", "H-1", 150);
        shop.later(Duration.ofHours(-2));

        assertThat(shop.refused(shop.holding("anna", "H-2", 119, 1_000_00))).isEqualTo(new Refusal.BelowMinimum(120));
    }

    @Test
    void of_several_holds_the_one_that_is_named_ends() {
        shop.holds("anna", "H-1", 100);
        shop.holds("anna", "H-2", 60);

        assertThat(shop.captures("anna", "H-2", 60).returned()).isZero();
        assertThat(shop.balance("anna")).isEqualTo(new Balance(140, 0, 100, 0));
    }

    private HoldPoints holding(long points, Money total, Optional<Duration> timeout) {
        return new HoldPoints(
                member("anna"), new RedemptionId("H-1"), Points.of(points), total, Optional.empty(), timeout);
    }

    @Test
    void all_points_that_are_there_can_be_held_and_just_as_many_as_the_cap_and_the_minimum_say() {
        shop.holds("anna", "H-1", 300);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 0, 300, 0));
        shop.voids("anna", "H-1");
        shop.done(shop.holding("anna", "H-2", 200, 4_00));
        shop.done(shop.holding("anna", "H-3", 50, 4_00));
        assertThat(shop.balance("anna").available()).isEqualTo(50);
    }

    @Test
    void a_hold_lasts_as_long_as_it_asks_for_and_seven_days_at_most() {
        Money total = new Money(100_00, EUR);
        assertThat(shop.refused(holding(50, total, Optional.of(RedemptionRules.LONGEST_HOLD.plusSeconds(1)))))
                .isEqualTo(new Refusal.TimeoutTooLong(7 * 24 * 60));

        Facts.Held held = (Facts.Held) shop.done(holding(50, total, Optional.of(RedemptionRules.LONGEST_HOLD)))
                .facts();
        assertThat(held.until()).isEqualTo(shop.now().plus(Duration.ofDays(7)));
        assertThat(held.worth()).isEqualTo(new Money(50, EUR));
    }

    @Test
    void a_hold_is_in_the_programs_currency_and_for_a_member_who_takes_part() {
        assertThat(shop.refused(holding(50, new Money(100_00, Currency.getInstance("JPY")), Optional.empty())))
                .isEqualTo(new Refusal.CurrencyMismatch(EUR));
        shop.close("anna");
        assertThat(shop.refused(holding(50, new Money(100_00, EUR), Optional.empty())))
                .isEqualTo(new Refusal.MemberClosed());
    }

    @Test
    void a_capture_without_a_number_spends_all_that_is_held_for_all_that_it_was_worth() {
        shop.holds("anna", "H-1", 150);

        Facts.Captured captured =
                (Facts.Captured) shop.done(new CapturePoints(member("anna"), new RedemptionId("H-1"), Optional.empty()))
                        .facts();

        assertThat(captured)
                .isEqualTo(new Facts.Captured(new RedemptionId("H-1"), POINTS, 150, 0, new Money(1_50, EUR)));
    }

    @Test
    void what_differs_in_any_value_is_another_request() {
        Money total = new Money(100_00, EUR);
        HoldPoints hold = holding(50, total, Optional.of(Duration.ofMinutes(5)));
        HoldPoints another = new HoldPoints(
                member("anna"),
                new RedemptionId("H-1"),
                Points.of(50),
                total,
                Optional.of(new OrderId("A-9")),
                Optional.of(Duration.ofMinutes(5)));

        assertThat(java.util.stream.Stream.of(
                                hold,
                                another,
                                holding(51, total, Optional.of(Duration.ofMinutes(5))),
                                holding(50, new Money(100_01, EUR), Optional.of(Duration.ofMinutes(5))),
                                holding(50, total, Optional.of(Duration.ofMinutes(6))),
                                holding(50, total, Optional.empty()))
                        .map(HoldPoints::fingerprint))
                .doesNotHaveDuplicates();
        assertThat(capture("H-1", 1).fingerprint())
                .isNotEqualTo(capture("H-1", 2).fingerprint())
                .isNotEqualTo(
                        new CapturePoints(member("anna"), new RedemptionId("H-1"), Optional.empty()).fingerprint());
    }

    // ------------------------------------------------------------------------------------------------ wallets

    private static final PendingRule AT_ONCE = new PendingRule(From.PAID, 0);

    private ShopFixture withCashback(Optional<RedemptionRules> redemption) {
        ShopFixture shop = aShop(RULES.andCashback(AT_ONCE, new ExpiryRule.Never(), redemption))
                .enrol("anna");
        shop.pays("anna", "A-1", orderOf(200_00));
        return shop;
    }

    private ShopFixture withCashback() {
        return withCashback(Optional.of(
                new RedemptionRules(new Worth(1, 1), 1_00, 50, 5_000, Duration.ofMinutes(45), Optional.empty())));
    }

    @Test
    void a_hold_takes_from_the_wallet_that_it_names_by_the_rules_of_that_wallet() {
        ShopFixture shop = withCashback();

        Facts.Held held = (Facts.Held)
                shop.done(shop.holding("anna", "H-1", CASHBACK, 2_50, 5_00)).facts();

        assertThat(held.wallet()).isEqualTo(CASHBACK);
        assertThat(held.worth()).isEqualTo(new Money(2_50, EUR));
        assertThat(held.until()).isEqualTo(shop.now().plus(Duration.ofMinutes(45)));
        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(new Balance(7_50, 0, 2_50, 0));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(200, 0, 0, 0));

        Facts.Captured captured = shop.captures("anna", "H-1", 2_00);
        assertThat(captured)
                .isEqualTo(new Facts.Captured(new RedemptionId("H-1"), CASHBACK, 2_00, 50, new Money(2_00, EUR)));
        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(new Balance(8_00, 0, 0, 0));
        shop.done(shop.holding("anna", "H-2", CASHBACK, 1_00, 5_00));
        assertThat(shop.done(voiding("H-2")).facts())
                .isEqualTo(new Facts.Voided(new RedemptionId("H-2"), CASHBACK, 1_00, new Money(1_00, EUR)));
        shop.audit("anna");
    }

    @Test
    void a_hold_that_names_no_wallet_takes_from_the_main_one() {
        ShopFixture shop = withCashback();

        assertThat(((Facts.Held) shop.done(shop.holding("anna", "H-1", 50, 100_00))
                                .facts())
                        .wallet())
                .isEqualTo(POINTS);
        assertThat(((Facts.Held) shop.done(shop.holding("anna", "H-2", POINTS, 50, 100_00))
                                .facts())
                        .wallet())
                .isEqualTo(POINTS);
    }

    @Test
    void a_redemption_is_of_one_wallet_alone() {
        ShopFixture shop = withCashback();
        shop.done(shop.holding("anna", "H-1", CASHBACK, 1_00, 100_00));

        assertThat(shop.carryOut(shop.holding("anna", "H-1", 1_00, 100_00))).isInstanceOf(Teller.Answer.Conflict.class);
        assertThat(shop.carryOut(shop.holding("anna", "H-1", POINTS, 1_00, 100_00)))
                .isInstanceOf(Teller.Answer.Conflict.class);
        assertThat(shop.refused(new kopilka.members.CloseAccount(member("anna"), Optional.empty())))
                .isEqualTo(new Refusal.OpenRedemptions(1));
        shop.later(Duration.ofMinutes(45));
        assertThat(shop.refused(capture("H-1", 1))).isEqualTo(new RedemptionNotOpen(Ended.TIMED_OUT));
    }

    @Test
    void a_wallet_is_asked_for_before_its_bounds_and_those_before_what_is_in_it() {
        ShopFixture shop = withCashback();
        kopilka.program.WalletId stars = new kopilka.program.WalletId("stars");

        assertThat(shop.refused(shop.holding("anna", "H-1", stars, 1, 1))).isEqualTo(new Refusal.WalletNotFound());
        assertThat(shop.refused(shop.holding("anna", "H-1", CASHBACK, 99, 1)))
                .isEqualTo(new Refusal.BelowMinimum(1_00));
        assertThat(shop.refused(shop.holding("anna", "H-1", CASHBACK, 1_20, 1)))
                .isEqualTo(new Refusal.PointsNotInSteps(50));
        assertThat(shop.refused(shop.holding("anna", "H-1", CASHBACK, 20_00, 39_99)))
                .isEqualTo(new Refusal.OverCap(19_99));
        assertThat(shop.refused(shop.holding("anna", "H-1", CASHBACK, 20_00, 40_00)))
                .isEqualTo(new Refusal.InsufficientPoints(10_00));
    }

    @Test
    void from_a_wallet_without_rules_of_redemption_nothing_is_paid() {
        ShopFixture shop = withCashback(Optional.empty());

        assertThat(shop.refused(shop.holding("anna", "H-1", CASHBACK, 1, 1)))
                .isEqualTo(new Refusal.WalletNotSpendable());
    }

    @Test
    void redemptions_of_all_wallets_together_are_at_most_so_many() {
        ShopFixture shop = aShop(RULES.andCashback()).enrol("anna");
        shop.pays("anna", "A-1", orderOf(2_000_00));
        for (int i = 0; i < 10; i++) {
            shop.done(shop.holding("anna", "H-p" + i, 50, 100_00));
            shop.done(shop.holding("anna", "H-c" + i, CASHBACK, 50, 100_00));
        }

        assertThat(shop.refused(shop.holding("anna", "H-x", CASHBACK, 50, 100_00)))
                .isEqualTo(new Refusal.TooManyRedemptions(20));
    }
}
