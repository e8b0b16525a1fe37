package kopilka.local.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what happened in worlds. Not thread-safe: each world has its own, and they are added up. */
final class Tally {
    private final Map<Invariant, Long> checks = new EnumMap<>(Invariant.class);
    private final SortedMap<String, Long> faults = new TreeMap<>();
    private final SortedMap<String, Long> outcomes = new TreeMap<>();
    private final SortedMap<String, Long> commands = new TreeMap<>();
    private final SortedMap<String, Long> policies = new TreeMap<>();
    private long worlds;
    private long steps;
    private long postings;

    void checked(Invariant invariant) {
        checks.merge(invariant, 1L, Long::sum);
    }

    void fault(Mishap fault) {
        fault(fault.name().toLowerCase(Locale.ROOT));
    }

    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    void faults(String kind, long count) {
        faults.merge(kind, count, Long::sum);
    }

    void outcome(String outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    void command(String command) {
        commands.merge(command, 1L, Long::sum);
    }

    void policy(String policy) {
        policies.merge(policy, 1L, Long::sum);
    }

    void world() {
        worlds++;
    }

    void step() {
        steps++;
    }

    void posting() {
        postings++;
    }

    void add(Tally other) {
        other.checks.forEach((invariant, count) -> checks.merge(invariant, count, Long::sum));
        add(faults, other.faults);
        add(outcomes, other.outcomes);
        add(commands, other.commands);
        add(policies, other.policies);
        worlds += other.worlds;
        steps += other.steps;
        postings += other.postings;
    }

    private static void add(SortedMap<String, Long> to, SortedMap<String, Long> from) {
        from.forEach((name, count) -> to.merge(name, count, Long::sum));
    }

    Map<Invariant, Long> checks() {
        return checks;
    }

    SortedMap<String, Long> faults() {
        return faults;
    }

    SortedMap<String, Long> outcomes() {
        return outcomes;
    }

    SortedMap<String, Long> commands() {
        return commands;
    }

    SortedMap<String, Long> policies() {
        return policies;
    }

    long faultCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    long checkCount() {
        return checks.values().stream().mapToLong(Long::longValue).sum();
    }

    long worlds() {
        return worlds;
    }

    long steps() {
        return steps;
    }

    long postings() {
        return postings;
    }
}
