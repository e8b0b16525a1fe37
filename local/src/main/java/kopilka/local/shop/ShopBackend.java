package kopilka.local.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A shop's backend. What gets no definite answer is sent again, as it may be: every write is named by an id of the shop's.
 *
 * <p>Safe for use by many threads.
 */
public final class ShopBackend implements AutoCloseable {
    /** How often a request is sent before the shop gives up. */
    private static final int ATTEMPTS = 8;

    /** Longer than the gateway has patience with a function. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client;
    private final URI address;
    private final String key;

    /**
     * @param address where the API answers
     * @param key the shop's API key
     */
    public ShopBackend(URI address, String key) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        this.address = address;
        this.key = key;
    }

    /** Puts an id into a path. */
    public static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Reads. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** Creates or replaces. */
    public Answer put(String path, ObjectNode body) throws IOException, InterruptedException {
        return send(withBody(path).PUT(BodyPublishers.ofString(body.toString())).build());
    }

    /**
     * Replaces, on condition of what is there.
     *
     * @param tag of what it is to replace, in quotes
     */
    public Answer put(String path, ObjectNode body, String tag) throws IOException, InterruptedException {
        return send(withBody(path)
                .header("If-Match", tag)
                .PUT(BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** Records. */
    public Answer post(String path, ObjectNode body) throws IOException, InterruptedException {
        return send(
                withBody(path).POST(BodyPublishers.ofString(body.toString())).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    private HttpRequest.Builder withBody(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == ATTEMPTS;
            long pause = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << attempt);
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                Answer answer = new Answer(response.statusCode(), read(response.body()));
                if (last || !answer.isTransient()) {
                    return answer;
                }
                pause = Math.max(pause, retryAfterMillis(response));
            } catch (IOException unanswered) {
                if (last) {
                    throw unanswered;
                }
            }
            Thread.sleep(pause);
        }
    }

    private static long retryAfterMillis(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,2}"))
                .map(text -> Long.parseLong(text) * 1000)
                .orElse(0L);
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
        client.close();
    }
}
