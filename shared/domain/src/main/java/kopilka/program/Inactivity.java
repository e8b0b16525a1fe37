package kopilka.program;

import java.time.LocalDate;
import java.util.Set;

/**
 * Points that end when nothing happens for a while.
 *
 * @param months how many months; with {@code days}, one of the two is 0
 * @param days how many days
 * @param counts what counts as something
 */
public record Inactivity(int months, int days, Set<Sign> counts) {
    /** Copies what it is given. */
    public Inactivity {
        counts = Set.copyOf(counts);
        if (months < 0 || days < 0 || (months == 0) == (days == 0)) {
            throw new IllegalArgumentException("either months or days");
        }
    }

    /** What shows that a member is still there. */
    public enum Sign {
        /** An order is paid. */
        ORDER,
        /** Points are spent. */
        REDEMPTION,
        /** Something else that the program rewards is done. */
        ACTIVITY
    }

    /** The last day on which points can be used, if the last sign came on a day. */
    public LocalDate lastDay(LocalDate lastSign) {
        return months > 0 ? lastSign.plusMonths(months) : lastSign.plusDays(days);
    }
}
