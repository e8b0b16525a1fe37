package kopilka.local.replay;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.accrual.RecordOrderEvent;
import kopilka.audit.AccountAudit;
import kopilka.audit.Dossier;
import kopilka.audit.Rulebook;
import kopilka.expiry.SettleAccount;
import kopilka.expiry.Sweep;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.lambda.wire.QueueBody;
import kopilka.lambda.wire.Refusals;
import kopilka.lambda.wire.Requests;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.Teller;
import kopilka.local.LocalClock;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.ShopId;

/**
 * Replays a shop's history on a ledger in memory, without a cloud: the same rows go as the same messages through the same
 * decoders to the same teller, with the same sweep, and so they come to the same state. One row after the other, on one
 * thread. What a cloud adds, it has not: requests, events, items and retries.
 */
final class InMemoryReplay {
    /** As the local run's own key tells. */
    private static final ShopId SHOP = new ShopId("local");

    /** What is done by the shop, as in {@link ByQueue}. */
    private static final String PLANNING = "planning the messages";

    /** What is done by Kopilka. */
    private static final String REPLAYING = "replaying them";

    private static final String AUDITING = "auditing the accounts";

    private final ProcessorTime time;
    private final Versions versions;
    private final Rules rules;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final LocalClock clock;
    private final Teller teller;
    private final RefusedRows refused = new RefusedRows(Map.of());
    private final Course course;
    private Instant end;

    /**
     * @param history the rows
     * @param document the program's rules
     * @param changes what they are changed to on the way, one day after the other
     * @param time measures what takes how long
     * @param progress where to show how far it has come
     * @param watched whether that is a terminal
     * @throws IllegalArgumentException if a document has errors, or changes what may not change; the message says why
     */
    InMemoryReplay(
            History history,
            String document,
            List<Change> changes,
            ProcessorTime time,
            PrintStream progress,
            boolean watched) {
        this.time = time;
        this.clock = history.rows().isEmpty()
                ? new LocalClock()
                // A day earlier, as the program is there when the first customer comes.
                : LocalClock.stoppedAt(
                        history.rows().getFirst().at().toInstant().minus(Duration.ofDays(1)));
        this.end = clock.instant();
        this.versions = versions(document, changes, clock.instant());
        this.rules = new Rules(versions);
        this.teller = new Teller(ledger, rules, clock, Teller.Pause.NONE);
        this.course = new Course(history, versions.zone(), new Memory(), progress, watched);
        Change.check(changes, history, versions.zone());
    }

    /** Sends all rows, and lets time do its part until the last day is over. */
    void run() throws InterruptedException {
        try (Dispatch dispatch = new DayByDay()) {
            course.send(dispatch, 0, row -> false);
        }
        end = course.end().orElse(end);
        course.moveToTheEnd(end, ledger);
    }

    /** Audits every account, and tells what came of it. */
    Summary audit() {
        time.took(PLANNING);
        Books books = Books.audit(
                ledger,
                member -> AccountAudit.of(Dossier.of(ledger, member), rules),
                Replay.PROGRAM,
                versions.zone(),
                end);
        time.took(AUDITING);
        return course.summary(refused.reasons(), books, versions, end, Optional.empty(), false);
    }

    // --------------------------------------------------------------------------------------------------- the program

    private static Versions versions(String document, List<Change> changes, Instant begin) {
        List<Versions.Version> versions = new ArrayList<>();
        versions.add(
                new Versions.Version(1, begin, ok(ProgramDocument.decode(utf8(document)), "the program's document")));
        ZoneId zone = versions.getFirst().rules().zone();
        for (Change change : changes) {
            String name = "the program of " + change.day();
            Program rules = ok(ProgramDocument.decode(utf8(change.document())), name);
            ok(unchanged(versions.getLast().rules(), rules), name);
            versions.add(new Versions.Version(
                    versions.size() + 1, change.day().atStartOfDay(zone).toInstant(), rules));
        }
        return new Versions(versions);
    }

    private static Decoded<Program> unchanged(Program before, Program after) {
        List<FieldError> errors = ProgramDocument.unchangeable(before, after, Place.BODY);
        return errors.isEmpty() ? new Decoded.Valid<>(after) : new Decoded.Invalid<>(errors);
    }

    private static <T> T ok(Decoded<T> decoded, String name) {
        return switch (decoded) {
            case Decoded.Valid<T>(T value) -> value;
            case Decoded.Invalid<T>(List<FieldError> errors) ->
                throw new IllegalArgumentException(name + " has errors: "
                        + errors.getFirst().at() + ": " + errors.getFirst().detail());
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The versions, as operations and audits ask for them. */
    private static final class Rules implements Rulebook {
        private final List<ProgramVersion> all;

        Rules(Versions versions) {
            this.all = versions.list().stream()
                    .map(version ->
                            new ProgramVersion(Replay.PROGRAM, version.number(), version.from(), version.rules()))
                    .toList();
        }

        @Override
        public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
            if (!program.equals(Replay.PROGRAM)) {
                return Optional.empty();
            }
            for (ProgramVersion version : all.reversed()) {
                if (!version.effectiveFrom().isAfter(instant)) {
                    return Optional.of(version);
                }
            }
            return Optional.of(all.getFirst());
        }

        @Override
        public Optional<ProgramVersion> version(ProgramId program, int number) {
            return program.equals(Replay.PROGRAM) && number >= 1 && number <= all.size()
                    ? Optional.of(all.get(number - 1))
                    : Optional.empty();
        }
    }

    // ------------------------------------------------------------------------------------------------------ the work

    /** A row's messages, as the queue would bring them. */
    private record Waiting(Row row, List<byte[]> messages, boolean isNewCustomer) {}

    /** Carries the messages of a day out one after the other. */
    private final class DayByDay implements Dispatch {
        private final List<Waiting> day = new ArrayList<>();

        @Override
        public void take(Row row, List<Message> messages, boolean isNewCustomer) {
            day.add(new Waiting(
                    row,
                    messages.stream()
                            .map(message -> utf8(message.queued().toString()))
                            .toList(),
                    isNewCustomer));
        }

        @Override
        public void settle() {
            time.took(PLANNING);
            day.forEach(this::tell);
            day.clear();
            time.took(REPLAYING);
        }

        private void tell(Waiting next) {
            clock.advanceTo(next.row().at().toInstant());
            Optional<String> reason = next.isNewCustomer() ? carryOut(enrolment(next.row())) : Optional.empty();
            for (byte[] message : next.messages()) {
                Optional<String> refusal = carryOut(message);
                reason = reason.isPresent() ? reason : refusal;
            }
            reason.ifPresent(code -> refused.add(next.row(), code));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static Decoded<? extends Operation> enrolment(Row row) {
        Fields parameters =
                new Fields(new JsonObject(Map.of("member", new JsonString(row.customer()))), Place.PARAMETERS);
        return Requests.enrol(Replay.PROGRAM, parameters, JsonObject.EMPTY);
    }

    private Optional<String> carryOut(byte[] message) {
        return switch (JsonReader.body(message)) {
            case JsonReader.Malformed malformed -> Optional.of(ProblemCode.MALFORMED_JSON.code());
            case JsonReader.Read(JsonValue body) ->
                carryOut(QueueBody.order(Replay.PROGRAM, body)
                        .map(operation ->
                                operation instanceof RecordOrderEvent event ? event.toldBy(SHOP) : operation));
        };
    }

    /** Why it was refused, in the words of the API. Empty: it was not. */
    private Optional<String> carryOut(Decoded<? extends Operation> asked) {
        return switch (asked) {
            case Decoded.Invalid<? extends Operation> invalid -> Optional.of(ProblemCode.INVALID_FIELD.code());
            case Decoded.Valid<? extends Operation>(Operation operation) ->
                refusal(operation, teller.carryOut(operation));
        };
    }

    private static Optional<String> refusal(Operation operation, Teller.Answer answer) {
        return switch (answer) {
            case Teller.Answer.Done done -> Optional.empty();
            case Teller.Answer.Nothing nothing -> Optional.empty();
            case Teller.Answer.Conflict conflict ->
                Optional.of(Refusals.conflict(operation).code().code());
            case Teller.Answer.Refused refused ->
                Optional.of(
                        Refusals.problem(refused.refusal(), operation).code().code());
            case Teller.Answer.Unavailable unavailable ->
                throw new Dispatch.Undelivered("the ledger does not answer", null);
        };
    }

    /** What the days pass over. */
    private final class Memory implements Course.Stage {
        @Override
        public void dayIsOver(int rows) {
            // Nothing is kept.
        }

        @Override
        public void moveTo(Instant moment) {
            clock.advanceTo(moment);
        }

        @Override
        public void sweep() {
            time.took(PLANNING);
            List<MemberKey> due = new ArrayList<>();
            Sweep.of(ledger, clock.instant(), () -> false, due::addAll);
            for (MemberKey member : due) {
                Sweep.Settlement settlement = Sweep.settlement(ledger, member)
                        .orElseThrow(() -> new IllegalStateException("an account is due that is not there"));
                SettleAccount operation = settlement.operation();
                var unused = refusal(operation, teller.carryOut(operation, settlement.seen()));
            }
            time.took(REPLAYING);
        }

        @Override
        public void settle() {
            // The sweep has done it.
        }
    }
}
