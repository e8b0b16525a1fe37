package kopilka.ledger;

import java.util.Optional;

/**
 * What an order has earned in one wallet.
 *
 * @param points how many
 * @param term the lot that they went into; empty while they wait for a delivery
 */
public record Earned(long points, Optional<Term> term) {
    /** Nothing, and no lot to put more into. */
    public static final Earned NONE = new Earned(0, Optional.empty());
}
