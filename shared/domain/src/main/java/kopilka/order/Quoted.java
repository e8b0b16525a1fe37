package kopilka.order;

import java.time.Duration;
import java.time.Instant;

/**
 * A quote that an order follows.
 *
 * @param version the version of the program that it was made under
 * @param at when it was made
 */
public record Quoted(int version, Instant at) {
    /** How long a quote holds: a checkout takes no longer, and rules that have ended should not live on. */
    public static final Duration LIFETIME = Duration.ofMinutes(30);

    /** Until when it holds. */
    public Instant until() {
        return at.plus(LIFETIME);
    }

    /** Whether it holds for an order of that moment. */
    public boolean holds(Instant order) {
        return !order.isBefore(at) && order.isBefore(until());
    }
}
