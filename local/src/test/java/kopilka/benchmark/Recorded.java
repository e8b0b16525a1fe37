package kopilka.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An HTTP client that asks a real store once and from then on gives the same bytes to the same read at once, and to every
 * write those of the last one. So the SDK does all its work, and nobody does the store's. Not thread-safe while it records.
 */
final class Recorded implements SdkHttpClient {
    private final Map<Asked, Told> replies = new HashMap<>();
    private @Nullable SdkHttpClient store;

    /** What is asked; of a write, which bears a token of its own each time, only that it is one. */
    private record Asked(String operation, int body) {}

    private static final class Told {
        private final SdkHttpResponse head;
        private final byte[] body;

        Told(SdkHttpResponse head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        HttpExecuteResponse reply() {
            return HttpExecuteResponse.builder()
                    .response(head)
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                    .build();
        }
    }

    Recorded(SdkHttpClient store) {
        this.store = store;
    }

    /** Asks the store no more. */
    void seal() {
        store = null;
    }

    /** Whether the store is still asked. */
    boolean isRecording() {
        return store != null;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        String operation =
                request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
        boolean writes = operation.endsWith("TransactWriteItems") || operation.endsWith("PutItem");
        Asked asked;
        // A real client reads all of the body too, and sends it.
        try (InputStream in = request.contentStreamProvider().orElseThrow().newStream()) {
            asked = new Asked(operation, writes ? 0 : Arrays.hashCode(in.readAllBytes()));
        }
        Told told = replies.get(asked);
        SdkHttpClient asking = store;
        if (asking != null) {
            told = told(asking.prepareRequest(request).call());
            replies.put(asked, told);
        }
        if (told == null) {
            throw new IllegalStateException("never asked before: " + operation);
        }
        return told.reply();
    }

    private static Told told(HttpExecuteResponse response) throws IOException {
        if (!response.httpResponse().isSuccessful()) {
            throw new IllegalStateException("the store refuses");
        }
        byte[] body;
        try (InputStream in = response.responseBody().orElseThrow()) {
            body = in.readAllBytes();
        }
        // As a store over a network would send it: without the body in the head.
        SdkHttpResponse head = SdkHttpFullResponse.builder()
                .statusCode(response.httpResponse().statusCode())
                .headers(response.httpResponse().headers())
                .build();
        return new Told(head, body);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
