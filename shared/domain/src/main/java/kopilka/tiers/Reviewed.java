package kopilka.tiers;

import java.util.List;

/**
 * What a review came to.
 *
 * @param state where the member stands
 * @param changes how it came to that, in the order of time; empty: the level is what it was
 */
public record Reviewed(TierState state, List<TierChange> changes) {
    /** Copies what it is given. */
    public Reviewed {
        changes = List.copyOf(changes);
    }
}
