package kopilka.program;

import java.util.List;
import java.util.Optional;

/**
 * How a program's tiers work.
 *
 * @param period within which a level is qualified for
 * @param oneStep whether whoever no longer qualifies goes down one level at a time, and not to the one qualified for
 * @param graceDays how many days after the end of the period the level is kept
 * @param levels the lowest first, 1 to {@link #MAX_LEVELS}
 */
public record TierRules(TierPeriod period, boolean oneStep, int graceDays, List<TierLevel> levels) {
    /** The most levels. */
    public static final int MAX_LEVELS = 20;

    /** Copies what it is given. */
    public TierRules {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || levels.size() > MAX_LEVELS || graceDays < 0 || graceDays > 366) {
            throw new IllegalArgumentException("tiers are out of range");
        }
    }

    /** A level. Empty: there is none of that name. */
    public Optional<TierLevel> level(TierId tier) {
        return levels.stream().filter(level -> level.id().equals(tier)).findFirst();
    }

    /** The index of a level, the lowest being 0; -1: there is none of that name. */
    public int indexOf(TierId tier) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).id().equals(tier)) {
                return i;
            }
        }
        return -1;
    }
}
