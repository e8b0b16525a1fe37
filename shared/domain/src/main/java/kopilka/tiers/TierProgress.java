package kopilka.tiers;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kopilka.program.TierId;

/**
 * How far a member is from the next level, and from losing this one, if nothing comes back.
 *
 * @param level the member's level
 * @param since since when
 * @param next the way up; empty: there is no higher level
 * @param keep what keeps this level; empty: time does not take it away
 */
public record TierProgress(TierId level, Instant since, Optional<Next> next, Optional<Keep> keep) {
    /** How many ways to a level are told at most: of more, those that ask for the least spending. */
    public static final int MAX_WAYS = 20;

    /**
     * The way up.
     *
     * @param level the next level
     * @param missing each way to it; empty: nothing is missing, and the next review or purchase brings it
     * @param by the last day on which this is enough: later, what was bought before counts no more. Empty: nothing does
     */
    public record Next(TierId level, List<Missing> missing, Optional<LocalDate> by) {
        /** Copies what it is given. */
        public Next {
            missing = List.copyOf(missing);
        }
    }

    /**
     * What keeps a level.
     *
     * @param safeUntil the last day of the level if nothing more is bought
     * @param missing each way to keep it beyond that day
     * @param from the first day whose purchases count for it; it may be in the future
     * @param by the last day on which what is missing is enough
     */
    public record Keep(LocalDate safeUntil, List<Missing> missing, LocalDate from, LocalDate by) {
        /** Copies what it is given. */
        public Keep {
            missing = List.copyOf(missing);
        }
    }
}
