package kopilka.money;

/**
 * A number of points: whole, never negative, at most {@link #MAX}. What would leave that range throws, so that a wrong
 * sum can't be stored.
 *
 * @param value how many
 */
public record Points(long value) implements Comparable<Points> {
    /** The most points anything can hold: above any real balance, and 2^63 is far. */
    public static final long MAX = 1_000_000_000_000L;

    /** No points. */
    public static final Points NONE = new Points(0);

    /** Refuses what is out of range. */
    public Points {
        if (value < 0 || value > MAX) {
            throw new ArithmeticException("points are out of range");
        }
    }

    /** That many points. */
    public static Points of(long value) {
        return value == 0 ? NONE : new Points(value);
    }

    /** The smaller of the two. */
    public Points min(Points other) {
        return of(Math.min(value, other.value));
    }

    /** Whether there are none. */
    public boolean isNone() {
        return value == 0;
    }

    @Override
    public int compareTo(Points other) {
        return Long.compare(value, other.value);
    }
}
