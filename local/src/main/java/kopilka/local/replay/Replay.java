package kopilka.local.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import kopilka.dynamodb.DynamoDbArchive;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.Ledger;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ProgramAccess;
import kopilka.local.shop.ShopBackend;
import kopilka.program.ProgramId;

/**
 * Sends a shop's history to the local cloud, each row at its own time, and audits what comes of it.
 *
 * <p>Within one day of the program it makes no difference at which moment something is recorded, so rows of a day go out
 * several at once, and at the end of each day all have their answer. That is when the checkpoint is written, and when another version of the
 * program takes over.
 */
final class Replay {
    /** The program that replays are done under. */
    static final ProgramId PROGRAM = new ProgramId("replay");

    /** How many rows are on their way at once: a few more than there are processors, as each also waits. */
    private static final int PARALLEL = 4;

    /** How many simulated days lie between two sweeps: balances are right without, it only writes them down. */
    private static final int SWEEP_DAYS = 7;

    /** How often the last sweep is repeated: each lets time do all its part in every account that it finds. */
    private static final int LAST_SWEEPS = 20;

    private static final int DUE_PAGE = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final LocalCloud cloud;
    private final Task task;
    private final PrintStream progress;
    private final boolean watched;

    /**
     * What is to be replayed.
     *
     * @param history the rows
     * @param input hash of the files and of how they are read
     * @param document the program's rules
     * @param changes what they are changed to on the way, one day after the other
     * @param data folder that keeps the checkpoint beside the tables; without one a stopped run starts anew
     * @param byQueue whether orders go through the queue in place of the API
     * @param stop whether to stop, abruptly, before that many rows are sent: for tests
     */
    record Task(
            History history,
            String input,
            String document,
            List<Change> changes,
            Optional<Path> data,
            boolean byQueue,
            IntPredicate stop) {
        /** Copies what it is given. */
        Task {
            changes = List.copyOf(changes);
        }
    }

    /** The run was stopped before its end. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(int rows) {
            super("stopped before row " + rows);
        }
    }

    Replay(LocalCloud cloud, Task task, PrintStream progress, boolean watched) {
        this.cloud = cloud;
        this.task = task;
        this.progress = progress;
        this.watched = watched;
    }

    /** Replays from the checkpoint to the end. After a complete run it starts from the beginning: nothing may change. */
    Summary run() throws IOException, InterruptedException {
        History history = task.history();
        Checkpoint last = checkpoint();
        boolean again =
                last.rows() == history.rows().size() && last.fingerprint().isPresent();
        Checkpoint from = again ? new Checkpoint(task.input(), 0, Map.of(), last.fingerprint()) : last;
        if (!history.rows().isEmpty()) {
            // A day earlier, so that the program is there when the first customer comes.
            cloud.clock().stopAt(history.rows().getFirst().at().toInstant().minus(Duration.ofDays(1)));
        }
        ProgramAccess access = ProgramAccess.open(cloud, PROGRAM, task.document());
        Refusals refusals = new Refusals(from.refused());
        try (ShopBackend shop = new ShopBackend(cloud.url(), access.key())) {
            Publisher publisher = new Publisher(cloud.clock(), shop, System::nanoTime, Replay::pause);
            ZoneId zone = publisher.read().zone();
            check(zone);
            publisher.begin(task.changes(), access.isNewProgram());
            Run run = new Run(zone, publisher, new Planner(history.rows()), refusals, from);
            try (Dispatch dispatch = task.byQueue()
                    ? new ByQueue(cloud, shop, PROGRAM, refusals)
                    : new ByHttp(cloud, shop, PARALLEL, refusals)) {
                run.send(dispatch);
            }
            Instant end = run.day
                    .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                    .orElseGet(() -> cloud.clock().instant());
            publisher.moveTo(end);
            sweepToTheEnd();
            progress.println("Audit of every account ...");
            Books books = Books.audit(ledger(), archive(), PROGRAM, zone, end);
            Summary summary = run.summary(books, end, from.fingerprint());
            task.data()
                    .ifPresent(folder -> write(
                            folder,
                            new Checkpoint(
                                    task.input(),
                                    history.rows().size(),
                                    refusals.reasons(),
                                    Optional.of(books.fingerprint().hex()))));
            return summary;
        }
    }

    private Checkpoint checkpoint() throws IOException {
        Optional<Checkpoint> found =
                task.data().isPresent() ? Checkpoint.read(task.data().get()) : Optional.empty();
        if (found.isPresent() && !found.get().input().equals(task.input())) {
            throw new IllegalArgumentException("the data folder holds the replay of other files: take another one");
        }
        return found.orElseGet(() -> Checkpoint.start(task.input()));
    }

    private static void write(Path folder, Checkpoint checkpoint) {
        try {
            checkpoint.write(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the checkpoint", failed);
        }
    }

    private Ledger ledger() {
        return new DynamoDbLedger(cloud.dynamoDb(), cloud.tableName("AccountsTable"), cloud.tableName("PostingsTable"));
    }

    private DynamoDbArchive archive() {
        return new DynamoDbArchive(
                cloud.dynamoDb(),
                cloud.tableName("AccountsTable"),
                cloud.tableName("PostingsTable"),
                cloud.tableName("ProgramsTable"),
                ProgramDocument::parse);
    }

    /** Whether the changes are within the days of the orders, before anything is sent. */
    private void check(ZoneId zone) {
        List<Row> rows = task.history().rows();
        if (!rows.isEmpty()) {
            Change.check(task.changes(), day(rows.getFirst(), zone), day(rows.getLast(), zone));
        } else if (!task.changes().isEmpty()) {
            throw new IllegalArgumentException("without orders there is nothing to change a program for");
        }
    }

    private static LocalDate day(Row row, ZoneId zone) {
        return LocalDate.ofInstant(row.at().toInstant(), zone);
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis() + 1);
    }

    private void sweepToTheEnd() throws InterruptedException {
        Ledger ledger = ledger();
        Instant now = cloud.clock().instant();
        for (int sweep = 0; sweep < LAST_SWEEPS; sweep++) {
            cloud.fireSchedules();
            cloud.drain(PATIENCE);
            boolean isDue = IntStream.range(0, Ledger.DUE_SHARDS)
                    .anyMatch(shard -> !ledger.due(shard, now, DUE_PAGE, Optional.empty())
                            .members()
                            .isEmpty());
            if (!isDue) {
                return;
            }
        }
    }

    /** One pass over the rows. */
    private final class Run {
        private final ZoneId zone;
        private final Publisher publisher;
        private final Planner planner;
        private final Refusals refusals;
        private final Checkpoint from;
        private final Set<String> customers = new HashSet<>();
        private final List<Summary.Entry> entries = new ArrayList<>();
        private Optional<LocalDate> day = Optional.empty();
        private Optional<LocalDate> swept = Optional.empty();

        Run(ZoneId zone, Publisher publisher, Planner planner, Refusals refusals, Checkpoint from) {
            this.zone = zone;
            this.publisher = publisher;
            this.planner = planner;
            this.refusals = refusals;
            this.from = from;
        }

        void send(Dispatch dispatch) throws InterruptedException {
            int all = task.history().rows().size();
            Progress bar = new Progress(progress, watched, all, from.rows(), System::nanoTime);
            int done = 0;
            for (Row row : task.history().rows()) {
                if (task.stop().test(done)) {
                    throw new Stopped(done);
                }
                Planned plan = planner.plan(row);
                boolean isNewCustomer = plan instanceof Planned.Send && customers.add(row.customer());
                LocalDate date = day(row, zone);
                if (done >= from.rows()) {
                    if (day.isPresent() && !day.get().equals(date)) {
                        endDay(dispatch, done, date);
                    }
                    if (plan instanceof Planned.Send send) {
                        dispatch.take(row, send.messages(), isNewCustomer);
                    }
                    bar.at(done, date);
                }
                day = Optional.of(date);
                entries.add(entry(row, plan));
                done++;
            }
            dispatch.settle();
            bar.done();
        }

        /** What the summary needs of a plan: the bodies would fill the memory. */
        private static Summary.Entry entry(Row row, Planned plan) {
            return switch (plan) {
                case Planned.Send(Planned.Shape shape, List<Message> messages) ->
                    new Summary.Entry(
                            row,
                            Optional.of(shape),
                            messages.stream().map(Message::operation).toList(),
                            Optional.empty());
                case Planned.Repeat repeat -> new Summary.Entry(row, Optional.empty(), List.of(), Optional.empty());
                case Planned.Reject(String reason) ->
                    new Summary.Entry(row, Optional.empty(), List.of(), Optional.of(reason));
            };
        }

        private void endDay(Dispatch dispatch, int done, LocalDate next) throws InterruptedException {
            dispatch.settle();
            task.data()
                    .ifPresent(folder ->
                            write(folder, new Checkpoint(task.input(), done, refusals.reasons(), from.fingerprint())));
            publisher.moveTo(next.atStartOfDay(zone).toInstant());
            if (swept.isEmpty() || !next.isBefore(swept.get().plusDays(SWEEP_DAYS))) {
                swept = Optional.of(next);
                cloud.fireSchedules();
            }
        }

        Summary summary(Books books, Instant end, Optional<String> before) {
            return new Summary(
                    task.history().unreadable(),
                    entries,
                    refusals.reasons(),
                    planner.notes(),
                    books,
                    publisher.versions(),
                    end,
                    before,
                    task.byQueue());
        }
    }
}
