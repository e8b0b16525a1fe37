package kopilka.program;

import java.time.Duration;

/**
 * How points pay.
 *
 * @param worth what they are worth in money
 * @param minimumPoints the fewest that one redemption takes
 * @param maximumShare the largest share of an order that points may pay, in hundredths of a percent (10,000 is all)
 * @param holdTimeout how long a hold lasts unless it is captured or voided, where the request names no other
 */
public record RedemptionRules(Worth worth, long minimumPoints, int maximumShare, Duration holdTimeout) {
    /** How long a hold lasts where the program says nothing. */
    public static final Duration DEFAULT_HOLD = Duration.ofMinutes(30);

    /** The longest hold: points must not stay out of reach for good. */
    public static final Duration LONGEST_HOLD = Duration.ofDays(7);

    /** The whole order. */
    public static final int WHOLE = 10_000;

    /** Refuses rules out of range. */
    public RedemptionRules {
        if (minimumPoints < 1 || maximumShare < 1 || maximumShare > WHOLE) {
            throw new IllegalArgumentException("redemption rules are out of range");
        }
        if (holdTimeout.compareTo(Duration.ofMinutes(1)) < 0 || holdTimeout.compareTo(LONGEST_HOLD) > 0) {
            throw new IllegalArgumentException("a hold lasts from a minute to seven days");
        }
    }
}
