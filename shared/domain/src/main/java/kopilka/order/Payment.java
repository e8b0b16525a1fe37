package kopilka.order;

import java.util.Optional;

/**
 * A part of what an order was paid with.
 *
 * @param method as the shop names it; {@code points} for a redemption
 * @param amount in minor units
 * @param redemption whose points these are; there exactly where points pay
 */
public record Payment(String method, long amount, Optional<RedemptionId> redemption) {
    /** The method of the part that points pay. */
    public static final String POINTS = "points";

    /** Refuses a negative amount, and points that belong to no redemption. */
    public Payment {
        if (amount < 0 || method.equals(POINTS) != redemption.isPresent()) {
            throw new IllegalArgumentException("a payment by points, and no other, names its redemption");
        }
    }
}
