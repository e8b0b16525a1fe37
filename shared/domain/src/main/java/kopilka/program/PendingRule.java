package kopilka.program;

/**
 * How long earned points stay pending: until the return window ends.
 *
 * @param from which event starts the window
 * @param days how many days after it, in the program's zone, the points become available; 0 is the same day
 */
public record PendingRule(From from, int days) {
    /** The longest return window. */
    public static final int MAX_DAYS = 366;

    /** Refuses a window out of range. */
    public PendingRule {
        if (days < 0 || days > MAX_DAYS) {
            throw new IllegalArgumentException("a window of 0 to " + MAX_DAYS + " days");
        }
    }

    /** The event from which the return window runs. */
    public enum From {
        /** The payment. */
        PAID,
        /** The delivery: until it is told, the points wait without a date. */
        DELIVERED
    }
}
