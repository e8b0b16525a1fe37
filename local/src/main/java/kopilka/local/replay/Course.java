package kopilka.local.replay;

import java.io.PrintStream;
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
import kopilka.ledger.Ledger;

/**
 * The course of a replay, whatever it goes to: row by row and day by day, with a sweep once a week.
 *
 * <p>Within one day of the program it makes no difference at which moment something is recorded, so rows of a day may go out
 * several at once, and at the end of each day all have their answer. That is when another version of the program takes over.
 */
final class Course {
    /** How many simulated days lie between two sweeps: balances are right without, it only writes them down. */
    private static final int SWEEP_DAYS = 7;

    /** How often the last sweep is repeated: each lets time do all its part in every account that it finds. */
    private static final int LAST_SWEEPS = 20;

    private static final int DUE_PAGE = 1;

    private final History history;
    private final ZoneId zone;
    private final Stage stage;
    private final Planner planner;
    private final PrintStream progress;
    private final boolean watched;
    private final Set<String> customers = new HashSet<>();
    private final List<Summary.Entry> entries = new ArrayList<>();
    private Optional<LocalDate> day = Optional.empty();
    private Optional<LocalDate> swept = Optional.empty();

    /** What a replay goes to. */
    interface Stage {
        /** All that was sent until a day's end has its answer. */
        void dayIsOver(int rows);

        /** Moves the clock, unless it is past that moment already. Versions of the program take over on its way. */
        void moveTo(Instant moment) throws InterruptedException;

        /** Lets the sweep begin. */
        void sweep() throws InterruptedException;

        /** Waits until what the sweep found is settled. */
        void settle() throws InterruptedException;
    }

    /** The run was stopped before its end. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(int rows) {
            super("stopped before row " + rows);
        }
    }

    /**
     * @param zone of the program, which tells the days
     * @param progress where to show how far it has come
     * @param watched whether that is a terminal
     */
    Course(History history, ZoneId zone, Stage stage, PrintStream progress, boolean watched) {
        this.history = history;
        this.zone = zone;
        this.stage = stage;
        this.planner = new Planner(history.rows());
        this.progress = progress;
        this.watched = watched;
    }

    /**
     * Sends all rows.
     *
     * @param skipped how many were sent by a run before: they are planned, and not sent again
     * @param stop whether to stop, abruptly, before that many rows are sent
     */
    void send(Dispatch dispatch, int skipped, IntPredicate stop) throws InterruptedException {
        Progress bar = new Progress(progress, watched, history.rows().size(), skipped, System::nanoTime);
        int done = 0;
        for (Row row : history.rows()) {
            if (stop.test(done)) {
                throw new Stopped(done);
            }
            Planned plan = planner.plan(row);
            boolean isNewCustomer = plan instanceof Planned.Send && customers.add(row.customer());
            LocalDate date = row.day(zone);
            if (done >= skipped) {
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
        stage.dayIsOver(done);
        stage.moveTo(next.atStartOfDay(zone).toInstant());
        if (swept.isEmpty() || !next.isBefore(swept.get().plusDays(SWEEP_DAYS))) {
            swept = Optional.of(next);
            stage.sweep();
        }
    }

    /** When the last day is over. Empty: there was no row. */
    Optional<Instant> end() {
        return day.map(last -> last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** Lets time do all its part until that moment. */
    void moveToTheEnd(Instant end, Ledger ledger) throws InterruptedException {
        stage.moveTo(end);
        for (int sweep = 0; sweep < LAST_SWEEPS; sweep++) {
            stage.sweep();
            stage.settle();
            boolean isDue = IntStream.range(0, Ledger.DUE_SHARDS)
                    .anyMatch(shard -> !ledger.due(shard, end, DUE_PAGE, Optional.empty())
                            .members()
                            .isEmpty());
            if (!isDue) {
                return;
            }
        }
    }

    /**
     * What came of it.
     *
     * @param refused rows that Kopilka refused, and why
     * @param books the accounts as they are
     * @param versions of the program
     * @param end the moment that the accounts are taken at
     * @param before the fingerprint of the last complete run on the same data
     * @param byQueue whether it went through the queue
     */
    Summary summary(
            Map<Integer, String> refused,
            Books books,
            Versions versions,
            Instant end,
            Optional<String> before,
            boolean byQueue) {
        return new Summary(
                history.unreadable(), entries, refused, planner.notes(), books, versions, end, before, byQueue);
    }
}
