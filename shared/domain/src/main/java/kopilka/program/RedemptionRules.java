package kopilka.program;

import java.time.Duration;
import java.util.Optional;

/**
 * How points pay.
 *
 * @param worth what they are worth in money
 * @param minimumPoints the fewest that one redemption takes
 * @param step of which number each redemption takes a multiple
 * @param maximumShare the largest share of an order that points may pay, in hundredths of a percent (10,000 is all)
 * @param holdTimeout how long a hold lasts unless it is captured or voided, where the request names no other
 * @param when under which circumstances of the member and of time points can be spent
 */
public record RedemptionRules(
        Worth worth, long minimumPoints, long step, int maximumShare, Duration holdTimeout, Optional<Condition> when) {
    /** How long a hold lasts where the program says nothing. */
    public static final Duration DEFAULT_HOLD = Duration.ofMinutes(30);

    /** The longest hold: points must not stay out of reach for good. */
    public static final Duration LONGEST_HOLD = Duration.ofDays(7);

    /** The whole order. */
    public static final int WHOLE = 10_000;

    /** Refuses rules out of range. */
    public RedemptionRules {
        if (minimumPoints < 1 || step < 1 || maximumShare < 1 || maximumShare > WHOLE) {
            throw new IllegalArgumentException("redemption rules are out of range");
        }
        if (holdTimeout.compareTo(Duration.ofMinutes(1)) < 0 || holdTimeout.compareTo(LONGEST_HOLD) > 0) {
            throw new IllegalArgumentException("a hold lasts from a minute to seven days");
        }
    }

    /** Any number of points from the minimum on, at any time. */
    public RedemptionRules(Worth worth, long minimumPoints, int maximumShare, Duration holdTimeout) {
        this(worth, minimumPoints, 1, maximumShare, holdTimeout, Optional.empty());
    }
}
