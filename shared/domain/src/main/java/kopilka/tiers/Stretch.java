package kopilka.tiers;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import kopilka.program.TierPeriod;

/** The days within which a level is earned. */
sealed interface Stretch {
    static Stretch of(TierPeriod period, LocalDate joined) {
        return switch (period) {
            case TierPeriod.Calendar calendar -> new OfCalendar(calendar);
            case TierPeriod.Anniversary anniversary -> new SinceJoining(joined, anniversary.months());
            case TierPeriod.RollingMonths months -> new Rolling(months.months(), 0);
            case TierPeriod.RollingDays days -> new Rolling(0, days.days());
        };
    }

    /** One period after the other. */
    sealed interface Periods extends Stretch {
        /** The first day of the period that a day lies in. */
        LocalDate start(LocalDate day);

        /** The first day of the period after the one that begins on a day. */
        LocalDate next(LocalDate start);

        /** The first day of the period before the one that begins on a day. */
        default LocalDate previous(LocalDate start) {
            return start(start.minusDays(1));
        }
    }

    /** Periods of the calendar. */
    record OfCalendar(TierPeriod.Calendar calendar) implements Periods {
        @Override
        public LocalDate start(LocalDate day) {
            return calendar.start(day);
        }

        @Override
        public LocalDate next(LocalDate start) {
            return calendar.next(start);
        }
    }

    /**
     * Periods from the day of joining. Each begins on that day of its month, or on the month's last: whoever joined on 29
     * February begins on the 28th, and on the 29th again where there is one.
     */
    record SinceJoining(LocalDate joined, int months) implements Periods {
        @Override
        public LocalDate start(LocalDate day) {
            return nth(number(day));
        }

        @Override
        public LocalDate next(LocalDate start) {
            return nth(number(start) + 1);
        }

        private long number(LocalDate day) {
            long number = Math.floorDiv(ChronoUnit.MONTHS.between(joined.withDayOfMonth(1), day), months);
            return nth(number).isAfter(day) ? number - 1 : number;
        }

        private LocalDate nth(long number) {
            return joined.plusMonths(number * months);
        }
    }

    /** The days that end with today: from the day after the same day so long ago. */
    record Rolling(int months, int days) implements Stretch {
        /** The first day that counts on a day. */
        LocalDate from(LocalDate day) {
            return day.minusMonths(months).minusDays(days).plusDays(1);
        }

        /** The first day on which another no longer counts. */
        LocalDate endOf(LocalDate bought) {
            LocalDate day = bought.plusMonths(months).plusDays(days);
            return from(day).isAfter(bought) ? day : day.plusDays(1);
        }
    }
}
