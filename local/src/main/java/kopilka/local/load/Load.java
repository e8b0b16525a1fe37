package kopilka.local.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.local.LocalCloud;
import kopilka.program.ProgramId;

/**
 * One run of the load: the local run in a process of its own, customers who come all at once, the process killed and
 * started again, and the books at the end.
 */
final class Load {
    /** Four requests in five are of this program. */
    static final ProgramId HOT_PROGRAM = new ProgramId("hot");

    static final ProgramId QUIET_PROGRAM = new ProgramId("quiet");

    private static final int HOT_PROGRAM_PERCENT = 80;

    /** How many members join at once. */
    private static final int JOINING = 8;

    private final Plan plan;
    private final Path data;
    private final Path template;

    /**
     * @param data folder that keeps the tables; empty, or of an earlier run whose members are others
     * @param template the template of the local run
     */
    Load(Plan plan, Path data, Path template) {
        this.plan = plan;
        this.data = data;
        this.template = template;
    }

    /**
     * What came of it.
     *
     * @param figures what was measured
     * @param reckoning what the ledger says
     * @param restarts how long each restart took, from the kill to the first answer
     */
    record Outcome(Figures figures, Reckoning reckoning, List<Duration> restarts) {
        Outcome {
            restarts = List.copyOf(restarts);
        }

        /** Whether all was as it should be. */
        boolean isGood() {
            return figures.complained() == 0 && reckoning.faults().isEmpty();
        }
    }

    private record Crowd(List<Customer> hotProgram, List<Customer> quietProgram) {
        static Crowd of(int members) {
            return new Crowd(customers(HOT_PROGRAM, members), customers(QUIET_PROGRAM, members));
        }

        private static List<Customer> customers(ProgramId program, int members) {
            return IntStream.range(0, members)
                    .mapToObj(n -> new Customer(new MemberKey(program, new MemberId("m" + n))))
                    .toList();
        }

        /** The first member of each program is its hot one. */
        static boolean isHot(MemberKey member) {
            return member.member().value().equals("m0");
        }

        Customer draw(RandomGenerator random, int hotShare) {
            List<Customer> program = random.nextInt(100) < HOT_PROGRAM_PERCENT ? hotProgram : quietProgram;
            return random.nextInt(100) < hotShare ? program.getFirst() : program.get(random.nextInt(1, program.size()));
        }
    }

    /** Runs it to the end. */
    Outcome run() throws IOException, InterruptedException {
        Figures figures = new Figures(Crowd::isHot);
        Acknowledged acknowledged = new Acknowledged();
        List<Duration> restarts = new ArrayList<>();
        Crowd crowd = Crowd.of(plan.members());
        try (Target target = Target.start(data, List.of(HOT_PROGRAM, QUIET_PROGRAM));
                Wire wire = new Wire(target, figures);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Traffic traffic = new Traffic(wire, figures, acknowledged, executor, Instant.now());
            join(crowd, traffic, executor);
            AtomicLong end = new AtomicLong(System.nanoTime() + plan.duration().toNanos());
            List<Future<?>> clients = new ArrayList<>(start(crowd, traffic, executor, end));
            clients.add(executor.submit(() -> {
                Thread.sleep(plan.warmUp());
                figures.measure();
                return true;
            }));
            for (int kill = 1; kill <= plan.kills(); kill++) {
                sleepUntil(end.get() - plan.duration().toNanos() * (plan.kills() + 1 - kill) / (plan.kills() + 1));
                long from = System.nanoTime();
                target.killAndRestart();
                long down = System.nanoTime() - from;
                restarts.add(Duration.ofNanos(down));
                // The load goes on for as long as it was to: how long a restart takes says nothing of it.
                end.addAndGet(down);
                figures.down(down);
            }
            sleepUntil(end.get());
            figures.stop();
            for (Future<?> client : clients) {
                finish(client);
            }
        }
        return new Outcome(figures, reckon(acknowledged), restarts);
    }

    private void join(Crowd crowd, Traffic traffic, ExecutorService executor) throws InterruptedException {
        List<Customer> all = new ArrayList<>(crowd.hotProgram());
        all.addAll(crowd.quietProgram());
        AtomicLong next = new AtomicLong();
        List<Future<?>> doors = new ArrayList<>();
        for (int door = 0; door < JOINING; door++) {
            doors.add(executor.submit(() -> {
                for (long n = next.getAndIncrement(); n < all.size(); n = next.getAndIncrement()) {
                    traffic.join(all.get((int) n));
                }
                return true;
            }));
        }
        for (Future<?> door : doors) {
            finish(door);
        }
    }

    private List<Future<?>> start(Crowd crowd, Traffic traffic, ExecutorService executor, AtomicLong end) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        OptionalInt rate = plan.rate();
        if (rate.isPresent()) {
            return List.of(executor.submit(() -> {
                arrive(crowd, traffic, executor, random, end, 1_000_000_000L / rate.getAsInt());
                return true;
            }));
        }
        return IntStream.range(0, plan.clients())
                .mapToObj(client -> random.split())
                .<Future<?>>map(own -> executor.submit(() -> {
                    while (System.nanoTime() < end.get()) {
                        traffic.act(crowd.draw(own, plan.hotShare()), own, System.nanoTime());
                    }
                    return true;
                }))
                .toList();
    }

    /** Requests come when they come, however long those before them take. */
    private void arrive(
            Crowd crowd,
            Traffic traffic,
            ExecutorService executor,
            SplittableRandom random,
            AtomicLong end,
            long nanosBetween)
            throws InterruptedException {
        List<Future<?>> customers = new ArrayList<>();
        for (long due = System.nanoTime(); due < end.get(); due += nanosBetween) {
            sleepUntil(due);
            SplittableRandom own = random.split();
            Customer customer = crowd.draw(own, plan.hotShare());
            long moment = due;
            customers.add(executor.submit(() -> {
                traffic.act(customer, own, moment);
                return true;
            }));
        }
        for (Future<?> customer : customers) {
            finish(customer);
        }
    }

    private static void sleepUntil(long moment) throws InterruptedException {
        long left = moment - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    private static void finish(Future<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a client came to a bad end", failed.getCause());
        }
    }

    /** What the folder holds, read by another local run when the one that wrote it is gone. */
    private Reckoning reckon(Acknowledged acknowledged) throws IOException {
        LocalCloud.Options options = LocalCloud.Options.of(template)
                .keepingDataIn(data)
                .withoutSchedules()
                .loggingTo(data.resolve("reckoning.log"));
        try (LocalCloud cloud = LocalCloud.start(options)) {
            DynamoDbLedger ledger = new DynamoDbLedger(
                    cloud.dynamoDb(), cloud.tableName("AccountsTable"), cloud.tableName("PostingsTable"));
            return Reckoning.of(ledger, List.of(HOT_PROGRAM, QUIET_PROGRAM), acknowledged);
        }
    }
}
