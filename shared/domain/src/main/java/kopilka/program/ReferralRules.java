package kopilka.program;

/**
 * What a referral brings when the referee's first qualifying order matures.
 *
 * @param referrerPoints to the one who recommended
 * @param refereePoints to the one who came
 * @param minimumOrder the least value of the goods kept, in minor units, that qualifies; at least 1
 */
public record ReferralRules(long referrerPoints, long refereePoints, long minimumOrder) {
    /** Refuses negative rewards. */
    public ReferralRules {
        if (referrerPoints < 0 || refereePoints < 0 || minimumOrder < 1) {
            throw new IllegalArgumentException("referral rules are out of range");
        }
    }
}
