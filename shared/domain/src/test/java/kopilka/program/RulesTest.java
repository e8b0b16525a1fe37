package kopilka.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import kopilka.money.Points;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of what a program can say, each at the limit and one beyond. */
class RulesTest {
    private static final Worth CENT = new Worth(1, 1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static void isRefused(ThrowingCallable rule) {
        assertThatThrownBy(rule).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rate_is_a_fraction_in_lowest_terms_and_not_negative() {
        assertThat(new Rate(50, 100)).isEqualTo(new Rate(1, 2));
        assertThat(new Rate(0, 7)).isEqualTo(Rate.NOTHING);
        isRefused(() -> new Rate(-1, 1));
        isRefused(() -> new Rate(1, 0));
    }

    @Test
    void a_percentage_is_given_back_in_points_at_their_worth() {
        // 2.5 % of 1.00, where 200 points pay 1.00: 5 points.
        assertThat(Rate.percentage(25, 10, new Worth(200, 1_00))).isEqualTo(new Rate(5, 1_00));
    }

    @Test
    void a_life_in_days_or_months_has_its_limits() {
        assertThat(new ExpiryRule.AfterDays(1, false).days()).isEqualTo(1);
        assertThat(new ExpiryRule.AfterDays(36_600, false).days()).isEqualTo(36_600);
        isRefused(() -> new ExpiryRule.AfterDays(0, false));
        isRefused(() -> new ExpiryRule.AfterDays(36_601, false));
        assertThat(new ExpiryRule.AfterMonths(1, false).months()).isEqualTo(1);
        assertThat(new ExpiryRule.AfterMonths(1_200, false).months()).isEqualTo(1_200);
        isRefused(() -> new ExpiryRule.AfterMonths(0, false));
        isRefused(() -> new ExpiryRule.AfterMonths(1_201, false));
    }

    @Test
    void a_return_window_has_its_limits() {
        assertThat(new PendingRule(PendingRule.From.PAID, 0).days()).isZero();
        assertThat(new PendingRule(PendingRule.From.PAID, PendingRule.MAX_DAYS).days())
                .isEqualTo(PendingRule.MAX_DAYS);
        isRefused(() -> new PendingRule(PendingRule.From.PAID, -1));
        isRefused(() -> new PendingRule(PendingRule.From.PAID, PendingRule.MAX_DAYS + 1));
    }

    @Test
    void redemption_rules_have_their_limits() {
        assertThat(new RedemptionRules(CENT, 1, 1, MINUTE).minimumPoints()).isEqualTo(1);
        assertThat(new RedemptionRules(CENT, 1, RedemptionRules.WHOLE, RedemptionRules.LONGEST_HOLD).maximumShare())
                .isEqualTo(RedemptionRules.WHOLE);
        isRefused(() -> new RedemptionRules(CENT, 0, 1, MINUTE));
        isRefused(() -> new RedemptionRules(CENT, 1, 0, MINUTE));
        isRefused(() -> new RedemptionRules(CENT, 1, RedemptionRules.WHOLE + 1, MINUTE));
        isRefused(() -> new RedemptionRules(CENT, 1, 1, MINUTE.minusMillis(1)));
        isRefused(() -> new RedemptionRules(CENT, 1, 1, RedemptionRules.LONGEST_HOLD.plusMillis(1)));
    }

    @Test
    void refund_and_referral_rules_have_their_limits() {
        RefundRules.Shortfall debt = new RefundRules.Shortfall.Debt();
        assertThat(new RefundRules(debt, 0).graceDays()).isZero();
        assertThat(new RefundRules(debt, 366).graceDays()).isEqualTo(366);
        isRefused(() -> new RefundRules(debt, -1));
        isRefused(() -> new RefundRules(debt, 367));
        assertThat(new RefundRules.Shortfall.WriteOff(0).limit()).isZero();
        isRefused(() -> new RefundRules.Shortfall.WriteOff(-1));
        assertThat(new ReferralRules(0, 0, 1).minimumOrder()).isEqualTo(1);
        isRefused(() -> new ReferralRules(-1, 0, 1));
        isRefused(() -> new ReferralRules(0, -1, 1));
        isRefused(() -> new ReferralRules(0, 0, 0));
        isRefused(() -> new EarningRules(
                Rate.NOTHING,
                Map.of(),
                -1,
                OptionalLong.empty(),
                EarningRules.Include.USUAL,
                EarningRules.Rounding.DOWN_ON_ORDER));
    }

    @Test
    void points_are_worth_something() {
        isRefused(() -> new Worth(0, 1));
        isRefused(() -> new Worth(1, 0));
        assertThat(new Worth(3, 2).of(Points.of(4))).isEqualTo(2);
        assertThat(new Worth(1_000, 1).affordableWith(10_000_000_000L)).isEqualTo(Points.of(Points.MAX));
    }

    @Test
    void points_of_many_operations_are_worth_more_than_one_could_move() {
        Currency eur = Currency.getInstance("EUR");
        assertThat(new Worth(10_000, 1).amount(130_000_000_000_000L, eur)).isEqualTo("130000000.00");
        assertThat(new Worth(10_000, 1).amount(9_999, eur)).isEqualTo("0.00");
        assertThat(new Worth(1, 1).amount(1_000_000_000_005L, eur)).isEqualTo("10000000000.05");
        assertThat(new Worth(1, 1_000_000).amount(Long.MAX_VALUE, Currency.getInstance("JPY")))
                .isEqualTo("9223372036854775807000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void an_amount_affords_just_the_points_whose_worth_is_not_above_it(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Worth worth = new Worth(1 + random.nextInt(500), 1 + random.nextInt(500));
            long amount = random.nextInt(10_000);
            Points most = worth.affordableWith(amount);

            assertThat(worth.of(most)).as("seed %d", seed).isLessThanOrEqualTo(amount);
            assertThat(worth.of(Points.of(most.value() + 1)))
                    .as("seed %d", seed)
                    .isGreaterThan(amount);
        }
    }

    @Test
    void names_are_written_as_they_are() {
        assertThat(new Category("premium")).hasToString("premium");
        assertThat(new ProgramId("demo")).hasToString("demo");
        assertThat(new ShopId("main")).hasToString("main");
    }
}
