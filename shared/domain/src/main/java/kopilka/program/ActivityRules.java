package kopilka.program;

import java.util.List;
import java.util.Optional;

/**
 * What an action beside buying brings.
 *
 * @param kind which
 * @param title as members know it
 * @param rewards what it brings, into which wallets
 * @param limits how often it brings anything: all of them hold
 * @param verified whether the shop has to have verified it
 * @param when under which circumstances of the member and of time
 */
public record ActivityRules(
        ActivityKind kind,
        Texts title,
        List<Effect.Bonus> rewards,
        List<Limit> limits,
        boolean verified,
        Optional<Condition> when) {
    /** What members do by joining: it is rewarded with the enrolment itself. */
    public static final ActivityKind JOIN = new ActivityKind("join");

    /** Copies what it is given. */
    public ActivityRules {
        rewards = List.copyOf(rewards);
        limits = List.copyOf(limits);
    }

    /**
     * So many times within a period.
     *
     * @param times 1 or more
     * @param per the period
     */
    public record Limit(int times, Period per) {
        /** Refuses a limit of nothing. */
        public Limit {
            if (times < 1) {
                throw new IllegalArgumentException("a limit is positive");
            }
        }
    }
}
