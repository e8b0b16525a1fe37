package kopilka.local.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import kopilka.audit.Finding;
import kopilka.audit.LedgerAudit;
import kopilka.dynamodb.DynamoDbArchive;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.Ledger;
import kopilka.ledger.Teller;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ProgramAccess;
import kopilka.local.shop.ShopBackend;
import kopilka.program.ProgramId;

/**
 * Sends a shop's history to the local cloud, each row at its own time, and audits what comes of it.
 *
 * <p>At the end of each day all that was sent has its answer: that is when the checkpoint is written.
 */
final class Replay {
    /** The program that replays are done under. */
    static final ProgramId PROGRAM = new ProgramId("replay");

    /** How many rows are on their way at once: a few more than there are processors, as each also waits. */
    private static final int PARALLEL = 4;

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
        RefusedRows refusals = new RefusedRows(from.refused());
        try (ShopBackend shop = new ShopBackend(cloud.url(), access.key())) {
            Publisher publisher = new Publisher(cloud.clock(), shop, System::nanoTime, Replay::pause);
            ZoneId zone = publisher.read().zone();
            Change.check(task.changes(), history, zone);
            publisher.begin(task.changes(), access.isNewProgram());
            Course course = new Course(history, zone, new CloudStage(publisher, from, refusals), progress, watched);
            try (Dispatch dispatch = task.byQueue()
                    ? new ByQueue(cloud, shop, PROGRAM, refusals)
                    : new ByHttp(cloud, shop, PARALLEL, refusals)) {
                course.send(dispatch, from.rows(), task.stop());
            }
            Instant end = course.end().orElseGet(() -> cloud.clock().instant());
            course.moveToTheEnd(end, ledger());
            progress.println("Audit of every account ...");
            Books books = Books.audit(ledger(), audit(), PROGRAM, zone, end);
            Summary summary = course.summary(
                    refusals.reasons(), books, publisher.versions(), end, from.fingerprint(), task.byQueue());
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

    private Books.Auditor audit() {
        DynamoDbArchive archive = new DynamoDbArchive(
                cloud.dynamoDb(),
                cloud.tableName("AccountsTable"),
                cloud.tableName("PostingsTable"),
                cloud.tableName("ProgramsTable"),
                ProgramDocument::parse);
        // Nobody writes any more: what is read again needs no waiting for.
        LedgerAudit audit = new LedgerAudit(archive, archive, Teller.Pause.NONE);
        return member -> {
            List<Finding> findings = new ArrayList<>();
            audit.member(member, findings::add);
            return findings;
        };
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis() + 1);
    }

    /** The cloud, whose days are kept where there is a folder for them. */
    private final class CloudStage implements Course.Stage {
        private final Publisher publisher;
        private final Checkpoint from;
        private final RefusedRows refusals;

        CloudStage(Publisher publisher, Checkpoint from, RefusedRows refusals) {
            this.publisher = publisher;
            this.from = from;
            this.refusals = refusals;
        }

        @Override
        public void dayIsOver(int rows) {
            task.data()
                    .ifPresent(folder ->
                            write(folder, new Checkpoint(task.input(), rows, refusals.reasons(), from.fingerprint())));
        }

        @Override
        public void moveTo(Instant moment) throws InterruptedException {
            publisher.moveTo(moment);
        }

        @Override
        public void sweep() {
            cloud.fireSchedules();
        }

        @Override
        public void settle() throws InterruptedException {
            cloud.drain(PATIENCE);
        }
    }
}
