package kopilka.standing;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.program.Period;

/**
 * How often a member did something that the program rewards.
 *
 * @param ever how often in all
 * @param days how often on each day of the year before the last one: no limit looks further back
 */
public record ActivityLog(long ever, SortedMap<LocalDate, Long> days) {
    /** Never. */
    public static final ActivityLog NEVER = new ActivityLog(0, new TreeMap<>());

    /** The longest period of a limit, in days. */
    private static final int KEPT_DAYS = 366;

    /** Copies what it is given, without days that no limit looks at. */
    public ActivityLog {
        SortedMap<LocalDate, Long> kept = new TreeMap<>(days);
        if (!kept.isEmpty()) {
            kept = kept.tailMap(kept.lastKey().minusDays(KEPT_DAYS));
        }
        days = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
    }

    /** Once more. */
    public ActivityLog on(LocalDate day) {
        SortedMap<LocalDate, Long> more = new TreeMap<>(days);
        more.merge(day, 1L, Math::addExact);
        return new ActivityLog(Math.addExact(ever, 1), more);
    }

    /** How often in the period that a day lies in. */
    public long times(Period period, LocalDate day) {
        if (period == Period.EVER) {
            return ever;
        }
        LocalDate start = period.start(day);
        return days.entrySet().stream()
                .filter(entry -> period.start(entry.getKey()).equals(start))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
