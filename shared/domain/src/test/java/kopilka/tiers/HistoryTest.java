package kopilka.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import kopilka.program.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was bought, by days. */
class HistoryTest {
    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private static Bought sum(History history) {
        return history.between(LocalDate.MIN, LocalDate.MAX);
    }

    @Test
    void a_day_adds_up_and_a_refund_takes_off_the_day_of_its_order() {
        History history = History.EMPTY
                .plus(day("2026-03-01"), 10_00, 1, 5)
                .plus(day("2026-03-02"), 30_00, 1, 15)
                .plus(day("2026-03-01"), 20_00, 1, 10)
                .plus(day("2026-03-01"), -5_00, 0, -2);

        assertThat(history.days())
                .containsEntry(day("2026-03-01"), new Bought(25_00, 2, 13))
                .containsEntry(day("2026-03-02"), new Bought(30_00, 1, 15));
        assertThat(history.between(day("2026-03-01"), day("2026-03-02"))).isEqualTo(new Bought(25_00, 2, 13));
        assertThat(history.between(day("2026-03-02"), day("2026-03-02"))).isEqualTo(Bought.NOTHING);
        assertThat(history.between(day("2026-03-03"), day("2026-03-01"))).isEqualTo(Bought.NOTHING);
        assertThat(sum(history)).isEqualTo(new Bought(55_00, 3, 28));
    }

    @Test
    void a_day_with_nothing_left_vanishes() {
        History history = History.EMPTY.plus(day("2026-03-01"), 10_00, 1, 5).plus(day("2026-03-01"), -10_00, -1, -5);

        assertThat(history).isEqualTo(History.EMPTY);
    }

    @Test
    void a_refund_never_takes_more_than_is_there_and_nothing_from_other_days() {
        History history = History.EMPTY.plus(day("2026-03-02"), 10_00, 1, 5);

        assertThat(history.plus(day("2026-03-01"), -10_00, -1, -5)).isEqualTo(history);
        assertThat(history.plus(day("2026-03-02"), -11_00, 0, -9).days())
                .containsEntry(day("2026-03-02"), new Bought(0, 1, 0));
    }

    @Test
    void of_too_many_days_the_oldest_are_forgotten() {
        History history = History.EMPTY;
        for (int i = 0; i < History.MAX_DAYS + 3; i++) {
            history = history.plus(day("2026-01-01").plusDays(i), 1, 0, 0);
        }

        assertThat(history.days()).hasSize(History.MAX_DAYS);
        assertThat(history.days().firstKey()).isEqualTo(day("2026-01-04"));
        assertThat(history.plus(day("2026-01-02"), 1, 0, 0)).isEqualTo(history);
    }

    @Test
    void what_is_older_than_a_day_can_be_let_go() {
        History history = History.EMPTY
                .plus(day("2026-03-01"), 1, 1, 1)
                .plus(day("2026-03-02"), 2, 1, 1)
                .plus(day("2026-03-03"), 4, 1, 1);

        assertThat(history.since(day("2026-03-02")).days()).containsOnlyKeys(day("2026-03-02"), day("2026-03-03"));
    }

    @ParameterizedTest
    @CsvSource({"DAY, 2", "WEEK, 3", "MONTH, 4", "QUARTER, 5", "YEAR, 6"})
    void orders_are_counted_within_a_period_to_the_end_of_the_day(Period period, long expected) {
        History history = History.EMPTY
                .plus(day("2025-12-31"), 1, 1, 0)
                .plus(day("2026-01-01"), 1, 1, 0)
                .plus(day("2026-04-30"), 1, 1, 0)
                .plus(day("2026-05-03"), 1, 1, 0) // a Sunday
                .plus(day("2026-05-04"), 1, 1, 0)
                .plus(day("2026-05-08"), 1, 2, 0)
                .plus(day("2026-05-09"), 1, 1, 0);

        assertThat(history.orders(period, day("2026-05-08"))).isEqualTo(expected);
    }

    @Test
    void orders_in_all_are_not_asked_of_it() {
        assertThatThrownBy(() -> History.EMPTY.orders(Period.EVER, day("2026-05-08")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sums_that_no_longer_fit_are_refused_and_not_wrong() {
        History history = History.EMPTY.plus(day("2026-03-01"), Long.MAX_VALUE, 1, 0);

        assertThatThrownBy(() -> history.plus(day("2026-03-01"), 1, 0, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Bought(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
