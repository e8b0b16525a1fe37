package kopilka.program;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * When the points of a wallet expire.
 *
 * @param usual the last day of a lot
 * @param byTier the last day of a lot that a member of a level earned, in place of the usual
 * @param inactivity the end of all that is available, when nothing happens
 */
public record Expiry(ExpiryRule usual, Map<TierId, ExpiryRule> byTier, Optional<Inactivity> inactivity) {
    /** Copies what it is given. */
    public Expiry {
        byTier = Map.copyOf(byTier);
    }

    /** By one rule alone. */
    public static Expiry by(ExpiryRule rule) {
        return new Expiry(rule, Map.of(), Optional.empty());
    }

    /** The last day of points that become available on a day, for a member of a level. */
    public LocalDate lastDay(LocalDate availableFrom, Optional<TierId> tier) {
        return tier.map(byTier::get).orElse(usual).lastDay(availableFrom);
    }
}
