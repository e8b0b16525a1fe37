package kopilka.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import kopilka.lambda.http.Caller;
import kopilka.lambda.http.HttpRequest;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonReader.Malformed;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where events enter a function. It reads the event, sees by its form what sent it, and hands it to what the
 * function has for that trigger.
 *
 * <pre>{@code
 * entrance = Entrance.of(platform).schedule(this::sweep).queue(this::settle);
 *
 * public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
 *     entrance.handle(in, out, context);
 * }
 * }</pre>
 */
public final class Entrance {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final Log log;
    private final @Nullable HttpFunction http;
    private final @Nullable Messages queue;
    private final @Nullable Function<StreamRecord, Taken> stream;
    private final @Nullable Consumer<Deadline> schedule;
    private final @Nullable Function<JsonObject, JsonObject> direct;
    private final @Nullable Function<String, Optional<Caller>> authorizer;

    /** How a function takes the messages of its queue. */
    @FunctionalInterface
    private interface Messages {
        byte[] take(Batch batch, List<JsonValue> records, Deadline deadline, String requestId);
    }

    private Entrance(
            Log log,
            @Nullable HttpFunction http,
            @Nullable Messages queue,
            @Nullable Function<StreamRecord, Taken> stream,
            @Nullable Consumer<Deadline> schedule,
            @Nullable Function<JsonObject, JsonObject> direct,
            @Nullable Function<String, Optional<Caller>> authorizer) {
        this.log = log;
        this.http = http;
        this.queue = queue;
        this.stream = stream;
        this.schedule = schedule;
        this.direct = direct;
        this.authorizer = authorizer;
    }

    /** An entrance that leads nowhere yet. */
    public static Entrance of(Platform platform) {
        return of(Log.of(platform));
    }

    static Entrance of(Log log) {
        return new Entrance(log, null, null, null, null, null, null);
    }

    /** Requests of these routes are answered. */
    public Entrance http(Route... routes) {
        return http(new HttpFunction(List.of(routes), Optional.empty(), log));
    }

    /** Requests of these routes are answered, and the answers to writes with an {@code Idempotency-Key} remembered. */
    public Entrance http(Idempotency.Store remembered, Route... routes) {
        return http(new HttpFunction(List.of(routes), Optional.of(new Idempotency(remembered, log)), log));
    }

    private Entrance http(HttpFunction function) {
        return new Entrance(log, function, queue, stream, schedule, direct, authorizer);
    }

    /** Messages of a queue are taken one by one. */
    public Entrance queue(Function<QueueMessage, Taken> work) {
        return messages((batch, records, deadline, requestId) -> batch.messages(records, work, deadline, requestId));
    }

    /** Messages of a queue ask for operations, and those of one member are taken together. */
    public Entrance queue(OperationQueue work) {
        return messages((batch, records, deadline, requestId) -> batch.operations(records, work, deadline, requestId));
    }

    private Entrance messages(Messages taken) {
        return new Entrance(log, http, taken, stream, schedule, direct, authorizer);
    }

    /** Changes of a table are taken one by one, in order. */
    public Entrance stream(Function<StreamRecord, Taken> work) {
        return new Entrance(log, http, queue, work, schedule, direct, authorizer);
    }

    /** When its time comes, this runs. */
    public Entrance schedule(Consumer<Deadline> work) {
        return new Entrance(log, http, queue, stream, work, direct, authorizer);
    }

    /** Whoever may invoke the function itself, by the account's IAM, gets an answer to what no other trigger sends. */
    public Entrance direct(Function<JsonObject, JsonObject> answer) {
        return new Entrance(log, http, queue, stream, schedule, answer, authorizer);
    }

    /** The gateway asks whose a key is; empty: nobody's. */
    public Entrance authorizer(Function<String, Optional<Caller>> callerOf) {
        return new Entrance(log, http, queue, stream, schedule, direct, callerOf);
    }

    /**
     * Takes one event. Requests are always answered; of the other triggers, what is thrown is logged here, once, and
     * then fails the invocation, without its message: what sends the event tries again.
     *
     * @throws IllegalStateException if the event could not be worked on, or the function has nothing for one of its
     *     kind
     */
    public void handle(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] text = in.readAllBytes();
        byte[] answer;
        try {
            answer = answer(event(text), context);
        } catch (RuntimeException e) {
            log.error("event_failed", context.getAwsRequestId(), e);
            throw failed(context);
        }
        out.write(answer);
    }

    private static IllegalStateException failed(Context context) {
        return new IllegalStateException("the event failed: the log says where, under " + context.getAwsRequestId());
    }

    private static JsonObject event(byte[] text) {
        return switch (JsonReader.event(text)) {
            case Read(JsonObject object) -> object;
            case Read(JsonValue other) -> throw new IllegalArgumentException("an event that is no object");
            case Malformed malformed ->
                throw new IllegalArgumentException("an event that is no JSON: " + malformed.fault());
        };
    }

    private byte[] answer(JsonObject event, Context context) {
        String requestId = context.getAwsRequestId();
        List<JsonValue> records = event.items("Records");
        if (!records.isEmpty()) {
            String source = records.getFirst() instanceof JsonObject first
                    ? first.text("eventSource").orElse("")
                    : "";
            Deadline deadline = new Deadline(context);
            return switch (source) {
                case "aws:sqs" -> wired(queue).take(new Batch(log), records, deadline, requestId);
                case "aws:dynamodb" -> new Batch(log).changes(records, wired(stream), deadline, requestId);
                default -> throw unknown();
            };
        }
        if (isGateways(event)) {
            return event.text("type").filter("REQUEST"::equals).isPresent()
                    ? Authorization.answer(event, wired(authorizer))
                    : wired(http).answer(HttpRequest.from(event)).toEvent();
        }
        if (event.text("detail-type").filter("Scheduled Event"::equals).isPresent()) {
            wired(schedule).accept(new Deadline(context));
            return NOTHING;
        }
        return JsonWriter.text(wired(direct).apply(event));
    }

    private static boolean isGateways(JsonObject event) {
        return event.object("requestContext")
                .flatMap(context -> context.object("http"))
                .isPresent();
    }

    private static <T> T wired(@Nullable T trigger) {
        if (trigger == null) {
            throw unknown();
        }
        return trigger;
    }

    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("this function has nothing for an event of this kind: see template.yaml");
    }
}
