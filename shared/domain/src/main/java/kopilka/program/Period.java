package kopilka.program;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A stretch of the program's calendar within which something is counted. */
public enum Period {
    /** A day. */
    DAY,
    /** A week, from Monday. */
    WEEK,
    /** A month. */
    MONTH,
    /** A quarter of a year. */
    QUARTER,
    /** A year. */
    YEAR,
    /** All time. */
    EVER;

    /** The first day of the period that a day lies in; {@link LocalDate#EPOCH} of {@link #EVER}. */
    public LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> LocalDate.of(day.getYear(), 1, 1);
            case EVER -> LocalDate.EPOCH;
        };
    }

    /** Its name in documents. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
