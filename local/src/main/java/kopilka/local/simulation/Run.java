package kopilka.local.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Plays worlds by several threads, each world by one, until there are enough or an invariant does not hold. */
final class Run {
    private static final long TELL_EVERY = 200;

    private final long seed;
    private final Until until;
    private final Supplier<Store> stores;
    private final int threads;
    private final Tally tally = new Tally();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Optional<Violation>> violation = new AtomicReference<>(Optional.empty());

    /**
     * When there are enough.
     *
     * @param worlds so many worlds were played
     * @param faults so many faults were injected
     */
    record Until(int worlds, long faults) {}

    Run(long seed, Until until, Supplier<Store> stores, int threads) {
        this.seed = seed;
        this.until = until;
        this.stores = stores;
        this.threads = threads;
    }

    /** What happened in all worlds. */
    synchronized Tally tally() {
        return tally;
    }

    private synchronized boolean add(Tally more, PrintStream out) {
        tally.add(more);
        if (tally.worlds() % TELL_EVERY == 0) {
            out.println(tally.worlds() + " worlds, " + tally.faultCount() + " faults");
        }
        return tally.faultCount() >= until.faults();
    }

    /** Plays, and says now and then how far it is. */
    Optional<Violation> run(PrintStream out) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Callable<Boolean>> works = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                works.add(() -> work(out));
            }
            for (Future<Boolean> work : workers.invokeAll(works)) {
                work.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a world could not be played", failed.getCause());
        }
        return violation.get();
    }

    private boolean work(PrintStream out) {
        try (Store store = stores.get()) {
            boolean enough = false;
            int world = next.getAndIncrement();
            while (!enough && world < until.worlds() && violation.get().isEmpty()) {
                Simulation simulation = new Simulation(store);
                Optional<Violation> found = simulation.world(seed, world);
                if (found.isPresent()) {
                    violation.compareAndSet(Optional.empty(), found);
                }
                enough = add(simulation.tally(), out);
                world = next.getAndIncrement();
            }
            return enough;
        }
    }
}
