package kopilka.program;

import java.time.LocalDate;

/** The stretch of time within which a level is qualified for. Days are those of the program's calendar. */
public sealed interface TierPeriod {
    /** A period of the calendar. */
    record Calendar(Unit unit) implements TierPeriod {
        /** The periods of the calendar. */
        public enum Unit {
            /** A month. */
            MONTH(1),
            /** A quarter. */
            QUARTER(3),
            /** Half a year. */
            HALF_YEAR(6),
            /** A year. */
            YEAR(12);

            private final int months;

            Unit(int months) {
                this.months = months;
            }
        }

        /** The first day of the period that a day lies in. */
        public LocalDate start(LocalDate day) {
            return LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / unit.months * unit.months + 1, 1);
        }

        /** The first day of the period after the one that begins on a day. */
        public LocalDate next(LocalDate start) {
            return start.plusMonths(unit.months);
        }
    }

    /** The last so many months, day by day: from the day after the same day so many months ago. */
    record RollingMonths(int months) implements TierPeriod {}

    /** The last so many days. */
    record RollingDays(int days) implements TierPeriod {}

    /** So many months from the day that the member joined, again and again. */
    record Anniversary(int months) implements TierPeriod {}
}
