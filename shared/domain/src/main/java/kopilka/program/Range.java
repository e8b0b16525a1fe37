package kopilka.program;

/**
 * A range of amounts, in minor units.
 *
 * @param atLeast the least that is in it
 * @param below what is no longer in it; {@link #OPEN} where there is no such bound
 */
public record Range(long atLeast, long below) {
    /** No upper bound. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Refuses an empty range. */
    public Range {
        if (atLeast < 0 || below <= atLeast) {
            throw new IllegalArgumentException("a range has something in it");
        }
    }

    /** Whether an amount is in it. */
    public boolean contains(long amount) {
        return amount >= atLeast && amount < below;
    }
}
