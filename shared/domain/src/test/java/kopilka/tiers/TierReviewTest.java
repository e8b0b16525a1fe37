package kopilka.tiers;

import static kopilka.tiers.Customer.MONTH;
import static kopilka.tiers.Customer.YEAR;
import static kopilka.tiers.Customer.asking;
import static kopilka.tiers.Customer.grace;
import static kopilka.tiers.Customer.level;
import static kopilka.tiers.Customer.lowest;
import static kopilka.tiers.Customer.oneStep;
import static kopilka.tiers.Customer.spending;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import kopilka.program.Qualification;
import kopilka.program.Qualification.All;
import kopilka.program.Qualification.AnyOf;
import kopilka.program.Qualification.Orders;
import kopilka.program.Qualification.PointsEarned;
import kopilka.program.Qualification.Spend;
import kopilka.program.TierPeriod;
import kopilka.program.TierPeriod.Calendar.Unit;
import kopilka.program.TierRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What brings a level, keeps it and ends it. Silver asks for 100.00 and gold for 300.00 where nothing else is said. */
class TierReviewTest {
    private static final TierRules YEARLY = spending(YEAR, 100_00, 300_00);

    private static TierRules rolling(int days) {
        return spending(new TierPeriod.RollingDays(days), 100_00, 300_00);
    }

    // ------------------------------------------------------------------------------------------------ up

    @Test
    void a_member_starts_on_the_lowest_level() {
        Customer olga = new Customer(YEARLY, "2026-02-10");

        assertThat(olga.level()).isEqualTo("bronze");
        assertThat(olga.state.since()).isEqualTo(olga.noon("2026-02-10"));
        assertThat(olga.review().next(olga.state)).isEmpty();
        assertThat(olga.levelOn("2036-02-10")).isEqualTo("bronze");
    }

    @Test
    void a_purchase_brings_a_level_at_once() {
        Customer olga = new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 99_99);
        assertThat(olga.level()).isEqualTo("bronze");

        olga.buys("2026-03-02", 1);

        assertThat(olga.level()).isEqualTo("silver");
        assertThat(olga.state.since()).isEqualTo(olga.noon("2026-03-02"));
        assertThat(olga.told()).containsExactly("bronze-silver REACHED 2026-03-02");
    }

    @Test
    void a_purchase_may_bring_several_levels() {
        assertThat(new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 300_00).told())
                .containsExactly("bronze-gold REACHED 2026-03-01");
    }

    @Test
    void a_higher_level_may_be_earned_where_a_lower_one_is_not() {
        TierRules rules = new TierRules(
                YEAR, false, 0, List.of(lowest(), level("silver", new Spend(100_00)), level("gold", new Orders(2))));

        assertThat(new Customer(rules, "2026-02-10")
                        .buys("2026-03-01", 1)
                        .buys("2026-03-02", 1)
                        .level())
                .isEqualTo("gold");
    }

    @Test
    void a_purchase_counts_in_the_period_of_its_day_however_late_it_is_told() {
        Customer olga = new Customer(YEARLY, "2026-02-10").isToldOf("2027-01-05", "2026-12-31", 100_00, 1, 0);
        assertThat(olga.told()).containsExactly("bronze-silver REACHED 2027-01-05");
        assertThat(olga.levelOn("2027-12-31")).isEqualTo("silver");
        assertThat(olga.levelOn("2028-01-01")).isEqualTo("bronze");

        Customer late = new Customer(YEARLY, "2026-02-10").isToldOf("2028-01-05", "2026-12-31", 100_00, 1, 0);
        assertThat(late.level()).isEqualTo("bronze");
    }

    // ------------------------------------------------------------------------------------------------ what is asked
    // for

    @Test
    void orders_qualify() {
        Customer olga = new Customer(asking(YEAR, new Orders(3)), "2026-02-10")
                .buys("2026-03-01", 1)
                .buys("2026-03-01", 1);
        assertThat(olga.level()).isEqualTo("bronze");

        olga.buys("2026-03-05", 1);
        assertThat(olga.level()).isEqualTo("silver");

        olga.returns("2026-03-06", "2026-03-01", 1, 1, 0);
        assertThat(olga.level()).isEqualTo("bronze");
    }

    @Test
    void points_qualify() {
        Customer olga = new Customer(asking(YEAR, new PointsEarned(500)), "2026-02-10").buys("2026-03-01", 1, 1, 499);
        assertThat(olga.level()).isEqualTo("bronze");

        assertThat(olga.buys("2026-03-02", 1, 1, 1).level()).isEqualTo("silver");
        assertThat(olga.returns("2026-03-03", "2026-03-01", 0, 0, 1).level()).isEqualTo("bronze");
    }

    @ParameterizedTest
    @CsvSource({"9999,2,0,bronze", "10000,1,0,bronze", "10000,2,0,silver", "0,1,699,bronze", "0,1,700,silver"})
    void parts_are_asked_for_together_or_one_of_them(long spend, long orders, long points, String expected) {
        Qualification asked =
                new AnyOf(List.of(new All(List.of(new Spend(100_00), new Orders(2))), new PointsEarned(700)));

        assertThat(new Customer(asking(YEAR, asked), "2026-02-10")
                        .buys("2026-03-01", spend, orders, points)
                        .level())
                .isEqualTo(expected);
    }

    // ------------------------------------------------------------------------------------------------ periods

    @Test
    void a_level_lasts_to_the_end_of_the_next_period() {
        Customer olga = new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 100_00);

        assertThat(olga.review().next(olga.state)).contains(olga.startOf("2028-01-01"));
        olga.settles(olga.startOf("2028-01-01").minusNanos(1));
        assertThat(olga.level()).isEqualTo("silver");
        olga.settles(olga.startOf("2028-01-01"));
        assertThat(olga.told())
                .containsExactly("bronze-silver REACHED 2026-03-01", "silver-bronze PERIOD_OVER 2028-01-01");
        assertThat(olga.state.since()).isEqualTo(olga.startOf("2028-01-01"));
        assertThat(olga.review().next(olga.state)).isEmpty();
    }

    @Test
    void a_level_is_kept_by_buying_enough_in_each_period() {
        Customer olga = new Customer(YEARLY, "2026-02-10")
                .buys("2026-03-01", 100_00)
                .buys("2027-06-01", 60_00)
                .buys("2027-07-01", 40_00);

        assertThat(olga.levelOn("2028-12-31")).isEqualTo("silver");
        assertThat(olga.levelOn("2029-01-01")).isEqualTo("bronze");
    }

    @Test
    void what_keeping_asks_for_may_be_less() {
        TierRules rules =
                new TierRules(YEAR, false, 0, List.of(lowest(), level("silver", new Spend(100_00), new Spend(50_00))));
        Customer olga =
                new Customer(rules, "2026-02-10").buys("2026-03-01", 100_00).buys("2027-06-01", 50_00);

        assertThat(olga.levelOn("2028-12-31")).isEqualTo("silver");
        assertThat(olga.levelOn("2029-01-01")).isEqualTo("bronze");
    }

    @Test
    void nobody_falls_deeper_for_having_been_higher() {
        TierRules rules = new TierRules(
                YEAR,
                false,
                0,
                List.of(
                        lowest(),
                        level("silver", new Spend(100_00), new Spend(50_00)),
                        level("gold", new Spend(300_00))));
        Customer olga =
                new Customer(rules, "2026-02-10").buys("2026-03-01", 300_00).buys("2027-03-01", 50_00);
        assertThat(olga.levelOn("2028-01-01")).isEqualTo("silver");
    }

    @Test
    void whoever_falls_goes_to_the_level_qualified_for() {
        Customer olga =
                new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 300_00).buys("2027-03-01", 100_00);
        assertThat(olga.levelOn("2028-01-01")).isEqualTo("silver");

        Customer ivan = new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 300_00);
        assertThat(ivan.levelOn("2028-01-01")).isEqualTo("bronze");
    }

    @Test
    void or_one_step() {
        Customer olga = new Customer(oneStep(YEARLY), "2026-02-10").buys("2026-03-01", 300_00);

        olga.settles(olga.noon("2030-01-01"));

        assertThat(olga.told())
                .containsExactly(
                        "bronze-gold REACHED 2026-03-01",
                        "gold-silver PERIOD_OVER 2028-01-01",
                        "silver-bronze PERIOD_OVER 2029-01-01");
    }

    @Test
    void buying_in_the_grace_keeps_the_level() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .buys("2027-12-01", 70_00);
        assertThat(olga.review().next(olga.state)).contains(olga.startOf("2028-01-31"));

        olga.buys("2028-01-30", 30_00);

        assertThat(olga.levelOn("2029-01-30")).isEqualTo("silver");
        assertThat(olga.levelOn("2029-01-31")).isEqualTo("bronze");
    }

    @Test
    void after_the_grace_the_level_is_lost() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .buys("2027-12-01", 70_00);
        assertThat(olga.levelOn("2028-01-30")).isEqualTo("silver");

        olga.buys("2028-01-31", 30_00);

        assertThat(olga.told())
                .containsExactly("bronze-silver REACHED 2026-03-01", "silver-bronze PERIOD_OVER 2028-01-31");
    }

    @Test
    void a_level_reached_in_the_grace_by_the_new_period_alone_stands_by_itself() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10").buys("2026-03-01", 100_00);

        olga.buys("2028-01-10", 300_00);
        assertThat(olga.told()).containsExactly("bronze-silver REACHED 2026-03-01", "silver-gold REACHED 2028-01-10");
        assertThat(olga.levelOn("2029-12-31")).isEqualTo("gold");
    }

    @Test
    void purchases_of_the_grace_keep_a_level_but_bring_none_together_with_the_ended_period() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10")
                .buys("2026-03-01", 200_00)
                .buys("2027-12-01", 200_00)
                .buys("2028-01-10", 100_00);

        assertThat(olga.level()).isEqualTo("silver");
        assertThat(olga.levelOn("2028-02-10")).isEqualTo("silver");
    }

    @Test
    void grace_ends_with_the_period_that_it_lies_in() {
        Customer olga =
                new Customer(grace(spending(MONTH, 100_00, 300_00), 45), "2026-01-10").buys("2026-01-10", 100_00);

        assertThat(olga.levelOn("2026-03-31")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-01")).isEqualTo("bronze");
    }

    @ParameterizedTest
    @CsvSource({"MONTH,2026-09-30", "QUARTER,2026-12-31", "HALF_YEAR,2027-06-30", "YEAR,2027-12-31"})
    void periods_are_those_of_the_calendar(Unit unit, String last) {
        TierRules rules = spending(new TierPeriod.Calendar(unit), 100_00, 300_00);
        Customer olga = new Customer(rules, "2026-01-10").buys("2026-08-20", 100_00);

        assertThat(olga.review()
                        .progress(olga.state, olga.noon("2026-08-20"))
                        .keep()
                        .orElseThrow()
                        .safeUntil())
                .isEqualTo(LocalDate.parse(last));
    }

    // ------------------------------------------------------------------------------------------------ anniversaries

    private static TierRules anniversary(int months) {
        return spending(new TierPeriod.Anniversary(months), 100_00, 300_00);
    }

    @Test
    void periods_may_run_from_the_day_of_joining() {
        Customer olga = new Customer(anniversary(12), "2025-05-14").buys("2026-05-13", 60_00);
        assertThat(olga.buys("2026-05-14", 40_00).level()).isEqualTo("bronze");

        olga.buys("2027-05-13", 60_00);
        assertThat(olga.level()).isEqualTo("silver");
        assertThat(olga.levelOn("2028-05-13")).isEqualTo("silver");
        assertThat(olga.levelOn("2028-05-14")).isEqualTo("bronze");
    }

    @Test
    void whoever_joined_on_29_february_begins_on_the_28th_and_on_the_29th_in_leap_years() {
        Customer olga = new Customer(anniversary(12), "2024-02-29").buys("2026-02-27", 100_00);
        assertThat(olga.levelOn("2027-02-27")).isEqualTo("silver");
        assertThat(olga.levelOn("2027-02-28")).isEqualTo("bronze");

        Customer later = new Customer(anniversary(12), "2024-02-29").buys("2026-02-28", 100_00);
        assertThat(later.levelOn("2028-02-28")).isEqualTo("silver");
        assertThat(later.levelOn("2028-02-29")).isEqualTo("bronze");
    }

    @Test
    void whoever_joined_on_the_31st_begins_on_the_last_day_of_shorter_months() {
        Customer olga = new Customer(anniversary(1), "2026-01-31").buys("2026-02-28", 100_00);

        assertThat(olga.levelOn("2026-04-29")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-30")).isEqualTo("bronze");
    }

    // ------------------------------------------------------------------------------------------------ refunds

    @Test
    void a_refund_in_the_period_demotes_at_once() {
        Customer olga = new Customer(grace(oneStep(YEARLY), 30), "2026-02-10").buys("2026-03-01", 300_00);

        olga.returns("2026-03-05", "2026-03-01", 250_00);

        assertThat(olga.told()).containsExactly("bronze-gold REACHED 2026-03-01", "gold-bronze REFUNDED 2026-03-05");
    }

    @Test
    void a_refund_that_leaves_enough_changes_nothing() {
        assertThat(new Customer(YEARLY, "2026-02-10")
                        .buys("2026-03-01", 150_00)
                        .returns("2026-03-05", "2026-03-01", 50_00)
                        .told())
                .containsExactly("bronze-silver REACHED 2026-03-01");
    }

    @Test
    void a_refund_across_a_periods_end_demotes_the_carried_level() {
        Customer olga = new Customer(YEARLY, "2026-02-10").buys("2026-12-20", 100_00);

        olga.returns("2027-01-05", "2026-12-20", 1);

        assertThat(olga.told())
                .containsExactly("bronze-silver REACHED 2026-12-20", "silver-bronze REFUNDED 2027-01-05");
    }

    @Test
    void also_in_the_grace() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10").buys("2026-12-20", 100_00);

        assertThat(olga.returns("2027-01-05", "2026-12-20", 1).level()).isEqualTo("bronze");
    }

    @Test
    void a_level_of_the_year_before_last_outlives_a_refund_until_its_grace_is_over() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .buys("2027-12-20", 100_00)
                .returns("2028-01-05", "2027-12-20", 1);

        assertThat(olga.levelOn("2028-01-30")).isEqualTo("silver");
        assertThat(olga.levelOn("2028-01-31")).isEqualTo("bronze");
    }

    @Test
    void after_the_grace_a_refund_undoes_the_review() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .buys("2028-01-20", 100_00)
                .buys("2028-03-01", 10_00);
        assertThat(olga.level()).isEqualTo("silver");

        olga.returns("2028-04-01", "2028-01-20", 1);
        assertThat(olga.told()).hasSize(1);

        olga.returns("2028-04-02", "2028-01-20", 10_00);
        assertThat(olga.told()).last().isEqualTo("silver-bronze REFUNDED 2028-04-02");
    }

    @Test
    void a_refund_reaches_back_as_far_as_the_ended_period() {
        Customer olga = new Customer(YEARLY, "2026-02-10")
                .buys("2026-03-01", 100_00)
                .buys("2027-03-01", 100_00)
                .returns("2028-02-01", "2026-03-01", 100_00, 1, 0);

        assertThat(olga.level()).isEqualTo("silver");
    }

    // ------------------------------------------------------------------------------------------------ day by day

    @Test
    void a_rolling_window_ends_day_by_day() {
        Customer olga = new Customer(rolling(90), "2026-01-01")
                .buys("2026-01-10", 60_00)
                .buys("2026-02-10", 40_00);
        assertThat(olga.level()).isEqualTo("silver");
        assertThat(olga.review().next(olga.state)).contains(olga.startOf("2026-04-10"));

        olga.buys("2026-04-01", 50_00);
        assertThat(olga.levelOn("2026-04-10")).as("50 and 40").isEqualTo("bronze");
        olga.buys("2026-04-09", 10_00);
        assertThat(olga.review().next(olga.state)).contains(olga.startOf("2026-05-11"));
        assertThat(olga.levelOn("2026-05-10")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-05-11")).isEqualTo("bronze");
    }

    @Test
    void a_rolling_level_is_lost_after_the_grace_and_kept_by_buying_in_it() {
        Customer olga = new Customer(grace(rolling(90), 10), "2026-01-01").buys("2026-01-10", 100_00);
        assertThat(olga.levelOn("2026-04-19")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-20")).isEqualTo("bronze");

        olga.buys("2026-04-19", 100_00);
        assertThat(olga.levelOn("2026-07-27")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-07-28")).isEqualTo("bronze");
        assertThat(olga.told()).hasSize(1);
    }

    @Test
    void a_purchase_in_the_grace_that_is_not_enough_does_not_prolong_it() {
        Customer olga = new Customer(grace(rolling(90), 10), "2026-01-01")
                .buys("2026-01-10", 100_00)
                .buys("2026-04-15", 99_99);

        assertThat(olga.levelOn("2026-04-19")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-20")).isEqualTo("bronze");
    }

    @Test
    void whoever_earns_a_level_again_in_the_grace_has_another_one_afterwards() {
        Customer olga = new Customer(grace(rolling(90), 10), "2026-01-01")
                .buys("2026-01-10", 60_00)
                .buys("2026-01-12", 40_00)
                .buys("2026-04-11", 60_00);

        assertThat(olga.levelOn("2026-04-21")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-22")).isEqualTo("bronze");
    }

    @Test
    void a_rolling_level_goes_down_a_step_with_each_grace() {
        Customer olga = new Customer(oneStep(grace(rolling(90), 10)), "2026-01-01").buys("2026-01-10", 300_00);

        olga.settles(olga.noon("2026-12-01"));

        assertThat(olga.told())
                .containsExactly(
                        "bronze-gold REACHED 2026-01-10",
                        "gold-silver PERIOD_OVER 2026-04-20",
                        "silver-bronze PERIOD_OVER 2026-04-30");
    }

    @Test
    void without_grace_a_step_a_day() {
        Customer olga = new Customer(oneStep(rolling(90)), "2026-01-01").buys("2026-01-10", 300_00);

        olga.settles(olga.noon("2026-12-01"));

        assertThat(olga.told())
                .containsExactly(
                        "bronze-gold REACHED 2026-01-10",
                        "gold-silver PERIOD_OVER 2026-04-10",
                        "silver-bronze PERIOD_OVER 2026-04-11");
    }

    @Test
    void a_refund_ends_a_rolling_level_at_once_and_leaves_what_the_rest_is_enough_for() {
        Customer olga = new Customer(oneStep(grace(rolling(90), 10)), "2026-01-01")
                .buys("2026-01-10", 50_00)
                .buys("2026-01-20", 250_00)
                .returns("2026-02-01", "2026-01-20", 250_00, 1, 0);

        assertThat(olga.told()).containsExactly("bronze-gold REACHED 2026-01-20", "gold-bronze REFUNDED 2026-02-01");
    }

    @Test
    void a_refund_in_the_grace_does_not_shorten_it() {
        Customer olga = new Customer(grace(rolling(90), 10), "2026-01-01")
                .buys("2026-01-10", 60_00)
                .buys("2026-02-10", 40_00)
                .returns("2026-04-12", "2026-02-10", 40_00, 1, 0);

        assertThat(olga.levelOn("2026-04-19")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-20")).isEqualTo("bronze");
    }

    @Test
    void keeping_may_ask_for_more_than_reaching_but_never_takes_away_what_is_reached_anew() {
        TierRules rules = new TierRules(
                new TierPeriod.RollingDays(90),
                false,
                0,
                List.of(lowest(), level("silver", new Spend(100_00), new Spend(150_00))));
        Customer olga = new Customer(rules, "2026-01-01").buys("2026-01-10", 100_00);

        assertThat(olga.levelOn("2026-04-09")).isEqualTo("silver");
        assertThat(olga.levelOn("2026-04-10")).isEqualTo("bronze");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29,12,2025-03-01", // as 1 March does: there is no 29 February
        "2024-03-01,12,2025-03-01",
        "2023-02-28,12,2024-02-28",
        "2023-03-01,12,2024-03-01", // and counts on 29 February
        "2026-01-31,1,2026-03-01",
        "2026-08-31,6,2027-03-01",
        "2026-06-30,2,2026-08-30"
    })
    void a_purchase_counts_to_the_day_before_the_same_day_of_the_month(String bought, int months, String gone) {
        TierRules rules = spending(new TierPeriod.RollingMonths(months), 100_00, 300_00);
        Customer olga = new Customer(rules, bought).buys(bought, 100_00);

        assertThat(olga.review().next(olga.state)).contains(olga.startOf(gone));
        assertThat(olga.levelOn(LocalDate.parse(gone).minusDays(1).toString())).isEqualTo("silver");
        assertThat(olga.levelOn(gone)).isEqualTo("bronze");
    }

    // ------------------------------------------------------------------------------------------------ days

    @Test
    void days_are_those_of_the_program_also_when_clocks_change() {
        // Until 29 March Kyiv is two hours ahead of UTC, then three.
        Customer olga = new Customer(spending(MONTH, 100_00, 300_00), "2026-01-10").buys("2026-02-20", 100_00);
        assertThat(olga.review().next(olga.state)).contains(Instant.parse("2026-03-31T21:00:00Z"));

        Customer ivan = new Customer(rolling(30), "2026-01-10").buys("2026-02-26", 100_00);
        assertThat(ivan.review().next(ivan.state)).contains(Instant.parse("2026-03-27T22:00:00Z"));
        Customer oleh = new Customer(rolling(30), "2026-01-10").buys("2026-02-28", 100_00);
        assertThat(oleh.review().next(oleh.state)).contains(Instant.parse("2026-03-29T21:00:00Z"));
    }

    @Test
    void where_midnight_is_left_out_the_day_begins_an_hour_later() {
        ZoneId beirut = ZoneId.of("Asia/Beirut");
        Customer rana = new Customer(rolling(28), "2026-01-10", beirut).buys("2026-03-01", 100_00);

        assertThat(rana.review().next(rana.state)).contains(Instant.parse("2026-03-28T22:00:00Z"));
        assertThat(rana.startOf("2026-03-29").atZone(beirut).getHour()).isEqualTo(1);
    }

    @Test
    void a_day_that_has_begun_does_not_go_back_where_clocks_do() {
        // On 1 November 2009 at 00:01 clocks in St John's went back to 23:01 on 31 October.
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        Customer anne = new Customer(rolling(10), "2009-10-01", stJohns).buys("2009-10-22", 100_00);
        Instant again = Instant.parse("2009-11-01T03:00:00Z");
        assertThat(LocalDate.ofInstant(again, stJohns)).isEqualTo(LocalDate.parse("2009-10-31"));

        anne.settles(again);
        assertThat(anne.level()).isEqualTo("bronze");
        assertThat(anne.review().purchased(anne.state, again).changes()).isEmpty();
        assertThat(anne.review().needs(again)).isEqualTo(LocalDate.parse("2009-10-23"));
    }

    // ------------------------------------------------------------------------------------------------ late, and twice

    @Test
    void a_purchase_that_is_dated_tomorrow_counts_when_its_period_begins() {
        Customer olga = new Customer(spending(MONTH, 100_00, 300_00), "2026-01-10")
                .isToldOf("2026-01-31", "2026-02-01", 100_00, 1, 0);
        assertThat(olga.level()).isEqualTo("bronze");
        assertThat(olga.review().next(olga.state)).contains(olga.startOf("2026-02-01"));

        olga.settles(olga.noon("2026-02-01"));
        assertThat(olga.told()).containsExactly("bronze-silver REACHED 2026-02-01");

        Customer withGrace = new Customer(grace(spending(MONTH, 100_00, 300_00), 5), "2026-01-10")
                .isToldOf("2026-01-31", "2026-02-01", 100_00, 1, 0);
        withGrace.settles(withGrace.noon("2026-02-01"));
        assertThat(withGrace.told()).containsExactly("bronze-silver REACHED 2026-02-01");
    }

    @Test
    void what_time_no_longer_changes_needs_no_look() {
        TierRules forGood =
                new TierRules(MONTH, false, 3, List.of(lowest(), level("silver", new Spend(100_00), new Spend(0))));
        Customer olga = new Customer(forGood, "2026-01-10").buys("2026-01-10", 100_00);

        assertThat(olga.review().next(olga.state)).isEmpty();
        assertThat(olga.review().progress(olga.state, olga.noon("2026-01-10")).keep())
                .isEmpty();
        assertThat(olga.levelOn("2036-01-10")).isEqualTo("silver");
    }

    @Test
    void what_is_older_than_it_needs_may_be_let_go() {
        Customer yearly = new Customer(YEARLY, "2024-01-10");
        assertThat(yearly.review().needs(yearly.noon("2026-05-01"))).isEqualTo(LocalDate.parse("2025-01-01"));
        Customer joined = new Customer(anniversary(6), "2024-08-31");
        assertThat(joined.review().needs(joined.noon("2026-02-28"))).isEqualTo(LocalDate.parse("2025-08-31"));
        Customer daily = new Customer(rolling(90), "2024-01-10");
        assertThat(daily.review().needs(daily.noon("2026-03-31"))).isEqualTo(LocalDate.parse("2026-01-01"));
    }

    // ------------------------------------------------------------------------------------------------ other rules

    @Test
    void a_level_that_is_removed_is_told_anew_at_once() {
        TierRules without = spending(YEAR, 100_00, 300_00);
        TierRules with = new TierRules(
                YEAR,
                false,
                0,
                List.of(lowest(), level("silver", new Spend(100_00)), level("platinum", new Spend(200_00))));
        Customer olga = new Customer(with, "2026-02-10").buys("2026-03-01", 250_00);

        olga.isUnder("2026-06-01", without);

        assertThat(olga.told())
                .containsExactly("bronze-platinum REACHED 2026-03-01", "platinum-silver RULES_CHANGED 2026-06-01");
        assertThat(olga.levelOn("2027-12-31")).isEqualTo("silver");
    }

    @Test
    void a_renamed_level_is_told_anew_also_by_the_period_before_and_day_by_day() {
        TierRules renamed = new TierRules(YEAR, false, 0, List.of(lowest(), level("sterling", new Spend(100_00))));
        Customer olga =
                new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 100_00).isUnder("2027-06-01", renamed);
        assertThat(olga.told()).last().isEqualTo("silver-sterling RULES_CHANGED 2027-06-01");

        TierRules daily = new TierRules(
                new TierPeriod.RollingDays(90), false, 0, List.of(lowest(), level("sterling", new Spend(100_00))));
        Customer ivan = new Customer(rolling(90), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .isUnder("2026-03-05", daily);
        assertThat(ivan.told()).last().isEqualTo("silver-sterling RULES_CHANGED 2026-03-05");
        assertThat(ivan.levelOn("2026-05-29")).isEqualTo("sterling");
        assertThat(ivan.levelOn("2026-05-30")).isEqualTo("bronze");
    }

    @Test
    void a_removed_level_is_noticed_by_whoever_looks_first() {
        TierRules renamed = new TierRules(YEAR, false, 0, List.of(lowest(), level("sterling", new Spend(100_00))));
        Customer olga = new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 100_00);
        TierReview review = new TierReview(renamed, olga.history, LocalDate.parse("2026-02-10"), Customer.KYIV);
        Instant now = olga.noon("2026-06-01");

        assertThat(review.settle(olga.state, now)).isEqualTo(review.adopted(olga.state, now));
        assertThat(review.settle(olga.state, now).state().level().value()).isEqualTo("sterling");
    }

    @Test
    void higher_thresholds_take_nothing_away_before_the_next_review_or_refund() {
        Customer olga = new Customer(YEARLY, "2026-02-10")
                .buys("2026-03-01", 100_00)
                .isUnder("2026-06-01", spending(YEAR, 200_00, 300_00))
                .buys("2026-07-01", 50_00);
        assertThat(olga.told()).hasSize(1);
        assertThat(olga.levelOn("2026-12-31")).isEqualTo("silver");
        assertThat(olga.levelOn("2027-01-01")).isEqualTo("bronze");

        assertThat(olga.returns("2026-08-01", "2026-07-01", 1).told())
                .last()
                .isEqualTo("silver-bronze REFUNDED 2026-08-01");
    }

    @Test
    void lower_thresholds_bring_a_level_with_the_next_purchase_or_review() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10")
                .buys("2026-03-01", 60_00)
                .isUnder("2026-06-01", grace(spending(YEAR, 50_00, 300_00), 30));
        assertThat(olga.level()).isEqualTo("bronze");

        assertThat(olga.buys("2026-07-01", 1).told()).containsExactly("bronze-silver REACHED 2026-07-01");
    }

    @Test
    void a_rolling_level_for_which_more_is_asked_now_has_grace_but_a_day_at_least() {
        Customer olga = new Customer(rolling(90), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .isUnder("2026-03-10", spending(new TierPeriod.RollingDays(90), 200_00, 300_00));
        assertThat(olga.level()).isEqualTo("silver");
        assertThat(olga.levelOn("2026-03-11")).isEqualTo("bronze");

        assertThat(olga.isUnder("2026-03-10", rolling(90)).levelOn("2026-05-29"))
                .isEqualTo("silver");
    }

    @Test
    void a_level_is_carried_into_periods_of_another_kind_and_reviewed_at_their_end() {
        Customer olga = new Customer(rolling(90), "2026-02-10")
                .buys("2026-03-01", 100_00)
                .isUnder("2026-05-01", YEARLY);
        assertThat(olga.levelOn("2027-12-31")).isEqualTo("silver");

        Customer ivan = new Customer(rolling(90), "2025-02-10")
                .buys("2025-12-01", 100_00)
                .isUnder("2026-02-01", spending(MONTH, 100_00, 300_00));
        assertThat(ivan.levelOn("2026-02-28")).isEqualTo("silver");
        assertThat(ivan.levelOn("2026-03-01")).isEqualTo("bronze");

        Customer oleh =
                new Customer(YEARLY, "2026-02-10").buys("2026-03-01", 100_00).isUnder("2026-07-01", rolling(90));
        assertThat(oleh.level()).isEqualTo("silver");
        assertThat(oleh.levelOn("2026-07-02")).isEqualTo("bronze");
    }

    @Test
    void the_same_rules_again_change_nothing() {
        Customer olga = new Customer(grace(rolling(90), 10), "2026-02-10").buys("2026-03-01", 100_00);
        olga.settles(olga.noon("2026-06-01"));
        assertThat(olga.review().adopted(olga.state, olga.noon("2026-06-01")))
                .isEqualTo(new Reviewed(olga.state, List.of()));

        Customer ivan = new Customer(grace(YEARLY, 30), "2026-02-10").buys("2026-03-01", 100_00);
        ivan.settles(ivan.noon("2028-01-10"));
        assertThat(ivan.review().adopted(ivan.state, ivan.noon("2028-01-10")))
                .isEqualTo(new Reviewed(ivan.state, List.of()));
    }

    // ------------------------------------------------------------------------------------------------ what is missing

    private static TierProgress progress(Customer customer, String day) {
        return customer.review().progress(customer.state, customer.noon(day));
    }

    @Test
    void it_is_told_what_the_next_level_asks_for_and_until_when_this_one_is_safe() {
        Customer olga = new Customer(grace(YEARLY, 30), "2026-02-10").buys("2026-03-01", 120_00);

        TierProgress progress = progress(olga, "2026-04-01");

        assertThat(progress.level().value()).isEqualTo("silver");
        assertThat(progress.since()).isEqualTo(olga.noon("2026-03-01"));
        TierProgress.Next next = progress.next().orElseThrow();
        assertThat(next.level().value()).isEqualTo("gold");
        assertThat(next.missing()).containsExactly(new Missing(180_00, 0, 0));
        assertThat(next.by()).contains(LocalDate.parse("2026-12-31"));
        TierProgress.Keep keep = progress.keep().orElseThrow();
        assertThat(keep.safeUntil()).isEqualTo(LocalDate.parse("2028-01-30"));
        assertThat(keep.missing()).containsExactly(new Missing(100_00, 0, 0));
        assertThat(keep.from()).isEqualTo(LocalDate.parse("2027-01-01"));
        assertThat(keep.by()).isEqualTo(LocalDate.parse("2028-01-30"));
    }

    @Test
    void each_way_is_told_but_none_that_asks_for_more_than_another() {
        Qualification asked = new AnyOf(List.of(
                new All(List.of(new Spend(100_00), new Orders(3))),
                new PointsEarned(700),
                new All(List.of(new Spend(200_00), new Orders(3))),
                new All(List.of(new AnyOf(List.of(new Spend(50_00), new Orders(9))), new Orders(5)))));
        Customer olga = new Customer(asking(YEAR, asked), "2026-02-10").buys("2026-03-01", 20_00, 1, 10);

        assertThat(progress(olga, "2026-03-02").next().orElseThrow().missing())
                .containsExactly(
                        new Missing(0, 0, 690),
                        new Missing(0, 8, 0),
                        new Missing(30_00, 4, 0),
                        new Missing(80_00, 2, 0));
    }

    @Test
    void the_highest_level_has_no_next_and_the_lowest_nothing_to_keep() {
        Customer olga = new Customer(YEARLY, "2026-02-10");
        assertThat(progress(olga, "2026-02-10").keep()).isEmpty();

        assertThat(progress(olga.buys("2026-03-01", 300_00), "2026-03-01").next())
                .isEmpty();
    }

    @Test
    void day_by_day_what_is_missing_is_told_with_the_day_on_which_it_becomes_more() {
        Customer olga = new Customer(grace(rolling(90), 10), "2026-01-01")
                .buys("2026-01-10", 60_00)
                .buys("2026-02-10", 60_00);

        TierProgress progress = progress(olga, "2026-03-01");
        TierProgress.Next next = progress.next().orElseThrow();
        assertThat(next.missing()).containsExactly(new Missing(180_00, 0, 0));
        assertThat(next.by()).contains(LocalDate.parse("2026-04-09"));
        TierProgress.Keep keep = progress.keep().orElseThrow();
        assertThat(keep.safeUntil()).isEqualTo(LocalDate.parse("2026-04-19"));
        assertThat(keep.missing()).containsExactly(new Missing(40_00, 0, 0));
        assertThat(keep.from()).isEqualTo(LocalDate.parse("2026-01-11"));
        assertThat(keep.by()).isEqualTo(LocalDate.parse("2026-04-19"));

        TierProgress.Keep inGrace = progress(olga, "2026-04-15").keep().orElseThrow();
        assertThat(inGrace.safeUntil()).isEqualTo(LocalDate.parse("2026-04-19"));
        assertThat(inGrace.missing()).containsExactly(new Missing(40_00, 0, 0));
        assertThat(inGrace.from()).isEqualTo(LocalDate.parse("2026-01-16"));

        assertThat(progress(new Customer(rolling(90), "2026-01-01"), "2026-01-01")
                        .next()
                        .orElseThrow()
                        .by())
                .isEqualTo(Optional.empty());
    }

    @Test
    void what_is_missing_for_keeping_is_told_by_the_easier_of_keeping_and_reaching_anew() {
        TierRules easier =
                new TierRules(YEAR, false, 0, List.of(lowest(), level("silver", new Spend(100_00), new Spend(50_00))));
        TierRules harder =
                new TierRules(YEAR, false, 0, List.of(lowest(), level("silver", new Spend(100_00), new Spend(150_00))));

        assertThat(List.of(easier, harder))
                .extracting(
                        rules -> progress(new Customer(rules, "2026-02-10").buys("2026-03-01", 100_00), "2027-03-01")
                                .keep()
                                .orElseThrow()
                                .missing())
                .containsExactly(List.of(new Missing(50_00, 0, 0)), List.of(new Missing(100_00, 0, 0)));
    }

    @Test
    void what_keeps_a_rolling_level_is_told_to_the_day_before_more_is_missing() {
        Customer olga = new Customer(rolling(90), "2026-01-01")
                .buys("2026-01-10", 60_00)
                .buys("2026-02-10", 60_00);
        TierProgress.Keep keep = progress(olga, "2026-03-01").keep().orElseThrow();
        assertThat(keep.safeUntil()).isEqualTo(LocalDate.parse("2026-04-09"));
        assertThat(keep.by()).isEqualTo(LocalDate.parse("2026-04-09"));

        Customer ivan = new Customer(grace(rolling(90), 10), "2026-01-01")
                .buys("2026-01-10", 60_00)
                .buys("2026-01-15", 60_00);
        keep = progress(ivan, "2026-03-01").keep().orElseThrow();
        assertThat(keep.safeUntil()).isEqualTo(LocalDate.parse("2026-04-19"));
        assertThat(keep.missing()).containsExactly(new Missing(40_00, 0, 0));
        assertThat(keep.by()).isEqualTo(LocalDate.parse("2026-04-14"));

        assertThat(progress(ivan, "2026-04-16").keep().orElseThrow().missing())
                .containsExactly(new Missing(100_00, 0, 0));
    }
}
