package kopilka.program;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;

/** When a lot expires: it can be used to the end of its last day, in the program's zone. */
public sealed interface ExpiryRule {
    /** The last day of points that never expire. */
    LocalDate NEVER = LocalDate.of(9999, 12, 31);

    /** The last day on which points can be used that become available on a day. */
    LocalDate lastDay(LocalDate availableFrom);

    /** Points stay for good. */
    record Never() implements ExpiryRule {
        @Override
        public LocalDate lastDay(LocalDate availableFrom) {
            return NEVER;
        }
    }

    /** So many days after the points became available, optionally rounded up to the end of that month. */
    record AfterDays(int days, boolean roundToMonthEnd) implements ExpiryRule {
        /** Refuses a life out of range. */
        public AfterDays {
            if (days < 1 || days > 36_600) {
                throw new IllegalArgumentException("1 to 36,600 days");
            }
        }

        @Override
        public LocalDate lastDay(LocalDate availableFrom) {
            return rounded(availableFrom.plusDays(days), roundToMonthEnd);
        }
    }

    /**
     * So many months after the points became available: the same day of the month, or the month's last where it has no
     * such day; optionally rounded up to the month's end.
     */
    record AfterMonths(int months, boolean roundToMonthEnd) implements ExpiryRule {
        /** Refuses a life out of range. */
        public AfterMonths {
            if (months < 1 || months > 1_200) {
                throw new IllegalArgumentException("1 to 1,200 months");
            }
        }

        @Override
        public LocalDate lastDay(LocalDate availableFrom) {
            return rounded(availableFrom.plusMonths(months), roundToMonthEnd);
        }
    }

    /**
     * On fixed days of the year: the next of them that is at least so many days after the points became available.
     *
     * @param dates at least one; 29 February is not one, as most years have none
     * @param atLeastDays how long points can be used at least
     */
    record OnDates(Set<MonthDay> dates, int atLeastDays) implements ExpiryRule {
        /** Refuses what cannot be. */
        public OnDates {
            dates = Set.copyOf(dates);
            if (dates.isEmpty() || dates.contains(MonthDay.of(2, 29)) || atLeastDays < 0 || atLeastDays > 366) {
                throw new IllegalArgumentException("days that every year has, and at most a year's wait");
            }
        }

        @Override
        public LocalDate lastDay(LocalDate availableFrom) {
            LocalDate earliest = availableFrom.plusDays(atLeastDays);
            LocalDate next = NEVER;
            for (MonthDay date : dates) {
                LocalDate thisYear = date.atYear(earliest.getYear());
                LocalDate day = thisYear.isBefore(earliest) ? date.atYear(earliest.getYear() + 1) : thisYear;
                next = day.isBefore(next) ? day : next;
            }
            return next;
        }
    }

    /** The earliest day of several rules. */
    record Earliest(List<ExpiryRule> rules) implements ExpiryRule {
        /** Copies what it is given. */
        public Earliest {
            rules = List.copyOf(rules);
        }

        @Override
        public LocalDate lastDay(LocalDate availableFrom) {
            LocalDate earliest = NEVER;
            for (ExpiryRule rule : rules) {
                LocalDate day = rule.lastDay(availableFrom);
                earliest = day.isBefore(earliest) ? day : earliest;
            }
            return earliest;
        }
    }

    private static LocalDate rounded(LocalDate day, boolean toMonthEnd) {
        return toMonthEnd ? day.with(TemporalAdjusters.lastDayOfMonth()) : day;
    }
}
