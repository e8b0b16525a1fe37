package kopilka.program;

/**
 * What happens on a refund.
 *
 * @param shortfall what happens where points to be taken back are gone
 * @param graceDays how many days points last that are given back after their expiry; 0: they expire at once
 */
public record RefundRules(Shortfall shortfall, int graceDays) {
    /** Refuses a grace out of range. */
    public RefundRules {
        if (graceDays < 0 || graceDays > 366) {
            throw new IllegalArgumentException("a grace of 0 to 366 days");
        }
    }

    /** Who bears points that a refund should take back but that are spent. */
    public sealed interface Shortfall {
        /** The member owes them; the next points that become available pay. */
        record Debt() implements Shortfall {}

        /** The shop keeps their worth back from the money it refunds; what that money can't cover is written off. */
        record Deduct() implements Shortfall {}

        /** The shop gives them up, to so many points an order; what is above becomes debt. */
        record WriteOff(long limit) implements Shortfall {
            /** Refuses a negative limit. */
            public WriteOff {
                if (limit < 0) {
                    throw new IllegalArgumentException("a limit is not negative");
                }
            }
        }
    }
}
