package kopilka.program;

/**
 * How several multipliers on one line come together.
 *
 * @param combine whether their surpluses are added or they are multiplied
 * @param maximum the largest factor of all together, in hundredths
 */
public record Multipliers(Combine combine, int maximum) {
    /** Added up, to at most ten times. */
    public static final Multipliers USUAL = new Multipliers(Combine.ADD, 1_000);

    /** Refuses a bound out of range. */
    public Multipliers {
        if (maximum < 100 || maximum > Effect.Multiply.MAX_HUNDREDTHS) {
            throw new IllegalArgumentException("the largest factor is 1 to 100");
        }
    }

    /** The ways to combine. */
    public enum Combine {
        /** Twice and three times are four times: 1 + (2 - 1) + (3 - 1). */
        ADD,
        /** Twice and three times are six times. Rounded down to ten-thousandths. */
        MULTIPLY
    }
}
