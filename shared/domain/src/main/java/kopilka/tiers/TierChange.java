package kopilka.tiers;

import java.time.Instant;
import java.util.Locale;
import kopilka.program.TierId;

/**
 * A member went from one level to another.
 *
 * @param from the level before
 * @param to the level since
 * @param at when
 * @param reason why
 */
public record TierChange(TierId from, TierId to, Instant at, Reason reason) {
    /** Why a level changes. */
    public enum Reason {
        /** What was bought is enough for it. */
        REACHED,
        /** The time within which the old level had to be earned again is over. */
        PERIOD_OVER,
        /** What the old level rested on came back. */
        REFUNDED,
        /** The program no longer has the old level. */
        RULES_CHANGED;

        /** Its name in stored items and answers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
