package kopilka.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kopilka.ledger.Decision;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.Ledger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Posting;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;

/** A short run of the simulation, and proof that a run finds what is wrong and meets all that can go wrong. */
class SimulationTest {
    private static final long SEED = 20_270_301;

    /** So many worlds meet every command, refusal, mishap and policy. */
    private static final int WORLDS = 60;

    /** Refusals that need hundreds of messages: the model has tests of its own for them. */
    private static final Set<Class<?>> RARE = Set.of(Refusal.TooManyWaiting.class, Refusal.TooManyRedemptions.class);

    /** Refusals by rules that no simulated program has: they are earned by rates, into one wallet, and have no steps. */
    private static final Set<Class<?>> BEYOND = Set.of(
            Refusal.WalletNotFound.class,
            Refusal.WalletNotSpendable.class,
            Refusal.WalletNotSpendableNow.class,
            Refusal.PointsNotInSteps.class,
            Refusal.DiscountUnknown.class,
            Refusal.DiscountTooLarge.class,
            Refusal.ActivityUnknown.class,
            Refusal.ActivityNotVerified.class,
            Refusal.ActivityNotNow.class,
            Refusal.ActivityLimit.class,
            Refusal.SegmentUnknown.class);

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Test
    void whatever_goes_wrong_in_memory_all_invariants_hold_and_all_that_can_happen_does() throws InterruptedException {
        Run run = new Run(SEED, new Run.Until(WORLDS, Long.MAX_VALUE), Store::memory, 2);

        assertThat(run.run(NOWHERE)).as("seed %d", SEED).isEmpty();

        Tally tally = run.tally();
        assertThat(tally.commands().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Command.class.getPermittedSubclasses())
                        .filter(command -> Command.class.isAssignableFrom(command))
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(tally.outcomes().keySet())
                .containsAll(Arrays.stream(Refusal.class.getPermittedSubclasses())
                        .filter(refusal -> !RARE.contains(refusal) && !BEYOND.contains(refusal))
                        .map(refusal -> "refused: " + refusal.getSimpleName())
                        .toList())
                .contains("done", "done before", "conflict", "nothing to do", "unavailable", "died", "swept");
        assertThat(tally.faults().keySet())
                .containsAll(Arrays.stream(Mishap.values())
                        .map(mishap -> mishap.name().toLowerCase(Locale.ROOT))
                        .toList())
                .contains(
                        "message_lost",
                        "message_delivered_again",
                        "clock_set_back",
                        "clock_skewed",
                        "message_handled_twice_at_once");
        assertThat(tally.policies().keySet()).contains("debt", "deducted", "writtenOff", "restored", "rewarded");
        assertThat(tally.checks().keySet()).containsExactlyInAnyOrder(Invariant.values());
    }

    @Test
    void whatever_goes_wrong_on_the_wire_to_dynamodb_all_invariants_hold() throws InterruptedException {
        Run run = new Run(SEED, new Run.Until(6, Long.MAX_VALUE), DynamoDbStore::start, 1);

        assertThat(run.run(NOWHERE)).as("seed %d", SEED).isEmpty();

        assertThat(run.tally().faults().keySet())
                .contains("wire_request_lost", "wire_reply_lost", "wire_throttled", "wire_death_after");
    }

    @Test
    void what_goes_wrong_on_the_wire_in_a_world_does_not_depend_on_how_many_its_store_has_seen() {
        Tally first = onTheWire(0);

        assertThat(first.faults()).as("seed %d", SEED).isNotEmpty();
        assertThat(onTheWire(10).faults()).as("seed %d", SEED).isEqualTo(first.faults());
    }

    /** The first world, in a store that has seen others. */
    private static Tally onTheWire(int others) {
        try (Store store = DynamoDbStore.start()) {
            for (int i = 0; i < others; i++) {
                store.shelf();
            }
            Simulation simulation = new Simulation(store);
            assertThat(simulation.world(SEED, 0)).as("seed %d", SEED).isEmpty();
            return simulation.tally();
        }
    }

    @Test
    void a_seed_gives_the_same_history_every_time() {
        assertThat(drawn(SEED)).isEqualTo(drawn(SEED)).isNotEqualTo(drawn(SEED + 1));
    }

    @Test
    void a_history_is_read_back_from_its_text() {
        for (long seed = 0; seed < 12; seed++) {
            History history = drawn(seed);

            assertThat(Literal.read(Literal.of(history))).as("seed %d", seed).isEqualTo(history);
        }
    }

    private static History drawn(long seed) {
        try (Store store = Store.memory()) {
            Generator generator = new Generator(seed, Simulation.STEPS);
            World world = new World(store.shelf(), new Tally());
            List<Step> steps = new ArrayList<>();
            for (Step step = generator.next(world);
                    step != null && steps.size() < Simulation.STEPS;
                    step = generator.next(world)) {
                steps.add(step);
                world.perform(step);
            }
            return new History(generator.kind(), steps);
        }
    }

    @Test
    void a_ledger_that_writes_an_operation_twice_is_found_and_the_history_that_shows_it_is_small() {
        Violation violation = Simulation.run(SEED, WORLDS, shelves(Twice::new)).orElseThrow();

        assertThat(Literal.read(violation.literal()).steps())
                .as(violation.toString())
                .hasSizeLessThan(8);
        assertThat(violation.story()).contains("joins");
    }

    @Test
    void a_ledger_that_forgets_a_shard_of_what_is_due_is_found() {
        Violation violation =
                Simulation.run(SEED, WORLDS, shelves(Forgetful::new)).orElseThrow();

        assertThat(violation.invariant()).isEqualTo(Invariant.EXPIRY.name());
    }

    @Test
    void a_violation_is_found_again_in_its_shrunk_history() {
        Store broken = shelves(Twice::new);
        Violation violation = Simulation.run(SEED, WORLDS, broken).orElseThrow();

        assertThat(new Simulation(broken).replay(Literal.read(violation.literal())))
                .hasValueSatisfying(
                        found -> assertThat(found.invariant().name()).isEqualTo(violation.invariant()));
        assertThat(new Simulation(Store.memory()).replay(Literal.read(violation.literal())))
                .isEmpty();
    }

    private static Store shelves(java.util.function.UnaryOperator<Ledger> broken) {
        return new Store() {
            @Override
            public Shelf shelf() {
                Ledger sound = new InMemoryLedger();
                return new Shelf.Sound(sound, broken.apply(sound));
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    /** Passes everything on. */
    private static class Passing implements Ledger {
        private final Ledger ledger;

        Passing(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public Snapshot read(Set<StoredKey> keys) {
            return ledger.read(keys);
        }

        @Override
        public Snapshot glance(Set<StoredKey> keys, boolean latest) {
            return ledger.glance(keys, latest);
        }

        @Override
        public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
            return ledger.write(posts, glance);
        }

        @Override
        public List<Posting> history(MemberKey member, long before, int limit) {
            return ledger.history(member, before, limit);
        }

        @Override
        public DuePage due(int shard, java.time.Instant until, int limit, Optional<String> after) {
            return ledger.due(shard, until, limit, after);
        }

        @Override
        public AccountPage accounts(ProgramId program, int limit, Optional<String> after) {
            return ledger.accounts(program, limit, after);
        }
    }

    /** Says that it wrote what it did not: a duplicate goes unnoticed. */
    private static final class Twice extends Passing {
        Twice(Ledger ledger) {
            super(ledger);
        }

        @Override
        public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
            Written written = super.write(posts, glance);
            return written == Written.DUPLICATE || written == Written.OUTRUN ? Written.DONE : written;
        }
    }

    /** Has nothing due in its last shard. */
    private static final class Forgetful extends Passing {
        Forgetful(Ledger ledger) {
            super(ledger);
        }

        @Override
        public DuePage due(int shard, java.time.Instant until, int limit, Optional<String> after) {
            return shard == DUE_SHARDS - 1
                    ? new DuePage(List.of(), Optional.empty())
                    : super.due(shard, until, limit, after);
        }
    }

    @Test
    void every_invariant_that_can_be_held_yet_is_checked() {
        assertThat(Stream.of(Invariant.values()).map(Invariant::number).distinct())
                .hasSize(19)
                .doesNotContain(19);
    }
}
