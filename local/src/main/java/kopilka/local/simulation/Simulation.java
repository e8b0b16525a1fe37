package kopilka.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Posting;
import kopilka.program.ProgramId;
import org.jspecify.annotations.Nullable;

/** Draws worlds from a seed, plays them, and tells the first invariant that does not hold. */
public final class Simulation {
    /** How many steps a history has at most. */
    static final int STEPS = 180;

    private final Store store;
    private final Tally tally = new Tally();

    Simulation(Store store) {
        this.store = store;
    }

    /**
     * Plays worlds in memory.
     *
     * @param seed from which all is drawn
     * @param worlds how many
     * @return the first violation, its history shrunk; empty: all held
     */
    public static Optional<Violation> run(long seed, int worlds) {
        try (Store store = Store.memory()) {
            return run(seed, worlds, store);
        }
    }

    /** Plays worlds in a store. */
    static Optional<Violation> run(long seed, int worlds, Store store) {
        Simulation simulation = new Simulation(store);
        for (int world = 0; world < worlds; world++) {
            Optional<Violation> violation = simulation.world(seed, world);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    Tally tally() {
        return tally;
    }

    /** A history that failed, and why. */
    record Failure(History history, Broken broken) {}

    /** Plays one world of a run. */
    Optional<Violation> world(long seed, int world) {
        return play(seedOf(seed, world)).map(failure -> {
            Failure least = new Shrinker(this).shrunk(failure);
            return new Violation(
                    least.broken().invariant().name(),
                    least.broken().expected(),
                    least.broken().actual(),
                    seed,
                    world,
                    Story.of(least.history()),
                    Literal.of(least.history()));
        });
    }

    /**
     * Plays one world of a run in memory.
     *
     * @return the name of the invariant that did not hold; empty: all did
     */
    static Optional<String> broken(long seed, int world) {
        try (Store store = Store.memory()) {
            return new Simulation(store)
                    .play(seedOf(seed, world))
                    .map(failure -> failure.broken().invariant().name());
        }
    }

    private static long seedOf(long seed, int world) {
        long mixed = (seed ^ (world * 0x9E3779B97F4A7C15L)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 31);
    }

    /** Draws a history and plays it at once, then holds it against its twins. */
    private Optional<Failure> play(long seed) {
        Generator generator = new Generator(seed, STEPS);
        World world = new World(store.shelf(), tally);
        List<Step> steps = new ArrayList<>();
        try {
            for (@Nullable Step step = generator.next(world); step != null; step = generator.next(world)) {
                steps.add(step);
                world.perform(step);
                if (steps.size() >= STEPS) {
                    break;
                }
            }
            world.end(true);
            twins(new History(generator.kind(), steps), world, tally);
        } catch (Broken broken) {
            return Optional.of(new Failure(new History(generator.kind(), steps), broken));
        }
        return Optional.empty();
    }

    /** Plays a history again. */
    Optional<Broken> replay(History history) {
        Tally unread = new Tally();
        try {
            World world = played(history, true, unread);
            twins(history, world, unread);
        } catch (Broken broken) {
            return Optional.of(broken);
        }
        return Optional.empty();
    }

    private World played(History history, boolean sweeps, Tally counts) {
        World world = new World(store.shelf(), counts);
        history.steps().forEach(world::perform);
        world.end(sweeps);
        return world;
    }

    /** Other histories that must come to the same. What they check is not counted twice. */
    private void twins(History history, World world, Tally counts) {
        Tally unread = new Tally();
        switch (history.kind()) {
            case WILD -> {}
            case STEADY -> {
                counts.checked(Invariant.EXPIRY);
                same(
                        Invariant.EXPIRY,
                        world.pictures(),
                        played(history.unswept(), false, unread).pictures());
                List<String> programs = history.programs();
                if (programs.size() > 1) {
                    String program = programs.getFirst();
                    counts.checked(Invariant.NO_INTERFERENCE);
                    Map<MemberKey, List<Posting>> own = world.postings();
                    own.keySet().removeIf(member -> !member.program().equals(new ProgramId(program)));
                    same(
                            Invariant.NO_INTERFERENCE,
                            played(history.alone(program), true, unread).postings(),
                            own);
                }
            }
            case SHUFFLED -> {
                counts.checked(Invariant.CONVERGENCE);
                same(
                        Invariant.CONVERGENCE,
                        played(history.inOrder(), true, unread).pictures(),
                        world.pictures());
            }
        }
    }

    private static <T> void same(Invariant invariant, Map<MemberKey, T> expected, Map<MemberKey, T> actual) {
        if (expected.equals(actual)) {
            return;
        }
        for (MemberKey member : expected.keySet()) {
            T other = actual.get(member);
            if (!expected.get(member).equals(other)) {
                throw new Broken(invariant, member + " " + expected.get(member), String.valueOf(other));
            }
        }
        throw new Broken(
                invariant, expected.keySet().toString(), actual.keySet().toString());
    }
}
