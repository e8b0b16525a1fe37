package kopilka.local.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends requests as a shop's backend should: what gets no definite answer is sent again as it was, under the same key,
 * until it gets one. That is so after 503 and its {@code Retry-After}, after a broken connection, and after 202
 * {@code queued}, since queues of the local run are in memory and die with it.
 *
 * <p>Safe for use by many threads.
 */
final class Wire implements AutoCloseable {
    /** Longer than the gateway has patience with a function. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** How long a request may take in all, restarts of the local run included. */
    private static final Duration ENDURANCE = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Target target;
    private final Figures figures;

    Wire(Target target, Figures figures) {
        this.target = target;
        this.figures = figures;
    }

    /** A request never came to a definite answer. */
    static final class Unsettled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsettled(Request request) {
            super(request.kind().word() + " of " + request.member() + " got no definite answer in "
                    + ENDURANCE.toMinutes() + " minutes");
        }
    }

    /**
     * Sends a request until it is settled.
     *
     * @param due when it was to be sent, by {@link System#nanoTime()}: what it waited before counts as latency
     * @param withKey whether it names its {@code Idempotency-Key}
     */
    Reply send(Request request, long due, boolean withKey) throws InterruptedException {
        HttpRequest message = message(request, withKey);
        long deadline = System.nanoTime() + ENDURANCE.toNanos();
        boolean interrupted = false;
        while (System.nanoTime() < deadline) {
            Duration pause = PAUSE;
            try {
                HttpResponse<String> response = client.send(message, BodyHandlers.ofString());
                JsonNode json = read(response.body());
                boolean queued = json.path("outcome").asText().equals("queued");
                figures.answered(
                        response.statusCode(),
                        queued ? "queued" : json.path("code").asText(""));
                OptionalLong again = retryAfter(response);
                boolean busy = response.statusCode() == 503 && again.isPresent();
                if (!busy && !queued) {
                    if (response.statusCode() >= 500) {
                        figures.complain(request + " was answered " + response.statusCode() + " " + response.body());
                    }
                    figures.settled(request, System.nanoTime() - due, interrupted);
                    return new Reply(response.statusCode(), response.body(), json, interrupted);
                }
                pause = busy ? Duration.ofSeconds(again.getAsLong()) : PAUSE;
            } catch (IOException unanswered) {
                interrupted = true;
            }
            figures.sentAgain();
            Thread.sleep(pause);
        }
        throw new Unsettled(request);
    }

    private HttpRequest message(Request request, boolean withKey) {
        BodyPublisher body = request.body()
                .map(json -> BodyPublishers.ofString(json.toString()))
                .orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder message = HttpRequest.newBuilder(URI.create(target.address() + request.path()))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + target.key(request.member().program()))
                .header("Content-Type", "application/json")
                .method(request.method(), body);
        if (withKey) {
            request.idempotencyKey().ifPresent(key -> message.header("Idempotency-Key", key));
        }
        return message.build();
    }

    private static OptionalLong retryAfter(HttpResponse<?> response) {
        Optional<String> seconds =
                response.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,2}"));
        return seconds.isPresent() ? OptionalLong.of(Long.parseLong(seconds.get())) : OptionalLong.empty();
    }

    private static JsonNode read(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
