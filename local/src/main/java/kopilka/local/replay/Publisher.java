package kopilka.local.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.local.LocalClock;
import kopilka.local.replay.Dispatch.Undelivered;
import kopilka.local.shop.Answer;
import kopilka.local.shop.ShopBackend;

/**
 * Publishes the changes of a program through the API, each to take effect at the start of its day.
 *
 * <p>A version can be published up to 366 days before it takes effect. So the changes of a year are all published before the
 * first row, when nobody knows an older list of the versions yet, and the clock only has to pass their moments. One that
 * lies further ahead is published when it comes within reach. Then functions may know the list without it for a minute of
 * real time: should the clock come to the version's moment within that minute, it waits for the rest of it.
 *
 * <p>For one thread.
 */
final class Publisher {
    /** How far ahead of its effect the API takes a version. */
    static final Duration REACH = Duration.ofDays(366);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final LocalClock clock;
    private final ShopBackend shop;
    private final LongSupplier nanos;
    private final Pause pause;

    private final List<Versions.Version> versions = new ArrayList<>();
    private final Deque<Change> ahead = new ArrayDeque<>();
    private final Deque<Fresh> fresh = new ArrayDeque<>();

    /** A version that a function may not know of yet. */
    private record Fresh(Instant from, long published) {}

    /** Lets real time pass. */
    interface Pause {
        /** Returns after that time. */
        void of(Duration time) throws InterruptedException;
    }

    /**
     * @param clock of the cloud; all that is published is so by its time
     * @param nanos a clock of real time that only ever goes forward
     */
    Publisher(LocalClock clock, ShopBackend shop, LongSupplier nanos, Pause pause) {
        this.clock = clock;
        this.shop = shop;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Reads which versions are there, of this replay or of others. */
    Versions read() throws InterruptedException {
        versions.clear();
        int newest = ok(get("/v1/program")).path("version").asInt();
        for (int number = 1; number <= newest; number++) {
            versions.add(version(ok(get("/v1/program/versions/" + number))));
        }
        return new Versions(versions);
    }

    /**
     * Publishes what is within reach and not there yet; the rest when the clock comes nearer. All are looked at before the
     * first is published. The versions that are there must have been read.
     *
     * @param changes one day after the other
     * @param isNewProgram whether nobody can have asked for the program before
     * @throws IllegalArgumentException if the API refuses one, or the program was changed by somebody else; the message
     *     says why
     */
    void begin(List<Change> changes, boolean isNewProgram) throws InterruptedException {
        if (changes.isEmpty()) {
            // Then the program is taken as it is found.
            return;
        }
        Versions there = versions();
        if (there.list().size() > changes.size() + 1) {
            throw strange(there.list().get(changes.size() + 1));
        }
        for (int index = 0; index < changes.size(); index++) {
            Change change = changes.get(index);
            ObjectNode document = document(change);
            if (index + 1 < there.list().size()) {
                same(there.list().get(index + 1), change, document);
            } else {
                validate(change, document);
                ahead.add(change);
            }
        }
        publishReached();
        if (isNewProgram) {
            fresh.clear();
        }
    }

    /** Moves the clock, unless it is past that moment already. On its way it publishes what comes within reach. */
    void moveTo(Instant moment) throws InterruptedException {
        while (!ahead.isEmpty() && !reach(ahead.getFirst()).isAfter(moment)) {
            pass(reach(ahead.getFirst()));
            publishReached();
        }
        pass(moment);
    }

    /** The versions there are by now. */
    Versions versions() {
        return new Versions(versions);
    }

    private void pass(Instant moment) throws InterruptedException {
        while (!fresh.isEmpty() && !fresh.getFirst().from().isAfter(moment)) {
            long known = nanos.getAsLong() - fresh.removeFirst().published();
            Duration left = DynamoDbPrograms.KNOWN_AFTER.minusNanos(known);
            if (left.isPositive()) {
                pause.of(left);
            }
        }
        clock.advanceTo(moment);
    }

    private Instant start(Change change) {
        return change.day().atStartOfDay(versions.getFirst().rules().zone()).toInstant();
    }

    private Instant reach(Change change) {
        return start(change).minus(REACH);
    }

    private void publishReached() throws InterruptedException {
        while (!ahead.isEmpty() && !reach(ahead.getFirst()).isAfter(clock.instant())) {
            publish(ahead.removeFirst());
        }
    }

    private void publish(Change change) throws InterruptedException {
        Instant from = start(change);
        String path = "/v1/program?effectiveFrom=" + ShopBackend.segment(from.toString());
        Answer answer = ask(() -> shop.put(path, document(change), "\"" + versions.size() + "\""));
        if (!answer.isDone()) {
            throw refused(change, answer);
        }
        versions.add(version(answer.body()));
        fresh.add(new Fresh(from, nanos.getAsLong()));
    }

    private void validate(Change change, ObjectNode document) throws InterruptedException {
        Answer answer = ask(() -> shop.post("/v1/program/validate", document));
        if (!answer.isDone() || !answer.body().path("valid").asBoolean()) {
            throw refused(change, answer);
        }
    }

    private void same(Versions.Version there, Change change, ObjectNode document) throws InterruptedException {
        JsonNode shown = ok(get("/v1/program/versions/" + there.number())).path("document");
        if (!there.from().equals(start(change)) || !shown.equals(document)) {
            throw strange(there);
        }
    }

    private static IllegalArgumentException strange(Versions.Version version) {
        return new IllegalArgumentException("the program has a version " + version.number() + " since " + version.from()
                + " that is none of this replay: take another data folder");
    }

    private static IllegalArgumentException refused(Change change, Answer answer) {
        return new IllegalArgumentException("the program of " + change.day() + " is refused: " + answer.reasons());
    }

    private static ObjectNode document(Change change) {
        try {
            if (MAPPER.readTree(change.document()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(
                    "the program of " + change.day() + " is not JSON: " + malformed.getOriginalMessage());
        }
        throw new IllegalArgumentException("the program of " + change.day() + " is no JSON object");
    }

    private static Versions.Version version(JsonNode shown) {
        return Versions.Version.of(
                shown.path("version").asInt(),
                Instant.parse(shown.path("effectiveFrom").asText()),
                shown.path("document").toString());
    }

    private Answer get(String path) throws InterruptedException {
        return ask(() -> shop.get(path));
    }

    private static JsonNode ok(Answer answer) {
        if (!answer.isDone()) {
            throw new IllegalStateException("the program cannot be read: " + answer.code());
        }
        return answer.body();
    }

    /** A request to the API. */
    private interface Request {
        Answer send() throws IOException, InterruptedException;
    }

    private static Answer ask(Request request) throws InterruptedException {
        try {
            return request.send();
        } catch (IOException unanswered) {
            throw new Undelivered("the API does not answer", unanswered);
        }
    }
}
