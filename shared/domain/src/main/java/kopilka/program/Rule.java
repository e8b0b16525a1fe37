package kopilka.program;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule about orders.
 *
 * @param id by which postings and answers name it
 * @param title as members know it
 * @param priority what comes first: the higher
 * @param group the rules of one group exclude one another, line by line
 * @param from since when it is in force
 * @param to from when on it no longer is
 * @param lines which lines it is about
 * @param when under which circumstances it applies
 * @param then what it brings, 1 to {@link #MAX_EFFECTS}
 */
public record Rule(
        RuleId id,
        Texts title,
        int priority,
        Optional<RuleGroup> group,
        Optional<Instant> from,
        Optional<Instant> to,
        LineCondition lines,
        Optional<Condition> when,
        List<Effect> then) {
    /** The most effects of one rule. */
    public static final int MAX_EFFECTS = 10;

    /** How far priorities go, either way. */
    public static final int MAX_PRIORITY = 1_000;

    /** Copies what it is given. */
    public Rule {
        then = List.copyOf(then);
        if (then.isEmpty() || then.size() > MAX_EFFECTS) {
            throw new IllegalArgumentException("a rule has 1 to " + MAX_EFFECTS + " effects");
        }
    }

    /** Whether it is in force at a moment. */
    public boolean inForce(Instant moment) {
        return (from.isEmpty() || !moment.isBefore(from.get())) && (to.isEmpty() || moment.isBefore(to.get()));
    }
}
