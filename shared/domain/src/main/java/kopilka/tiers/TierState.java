package kopilka.tiers;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import kopilka.program.TierId;

/**
 * Where a member stands among the levels. It says what held when it was last settled: {@link TierReview#settle} lets time
 * do its part.
 *
 * @param level the member's level
 * @param since when it was reached, or fallen to
 * @param basis what the next review starts from
 */
public record TierState(TierId level, Instant since, Basis basis) {
    /** What the next review starts from. */
    public sealed interface Basis {}

    /**
     * Levels are reviewed at the end of a period: of the calendar, or from the day of joining.
     *
     * @param start the first day of the current period
     * @param levelBefore the level at its beginning, which the review of the ended period is about
     * @param carried what the ended period itself had been given from the one before: what is left of {@code levelBefore} if
     *     all that was bought in the ended period comes back
     * @param reviewOn the day at whose start the ended period is reviewed; empty: it was
     */
    public record ByPeriod(LocalDate start, TierId levelBefore, TierId carried, Optional<LocalDate> reviewOn)
            implements Basis {}

    /**
     * Levels are reviewed every day.
     *
     * @param fallsOn the day at whose start the level falls unless it is earned again; empty: nothing is missing
     */
    public record ByDay(Optional<LocalDate> fallsOn) implements Basis {}

    /** With another basis. */
    TierState on(Basis changed) {
        return new TierState(level, since, changed);
    }
}
