package kopilka.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Events as AWS sends them, and what functions make of them. */
final class Events {
    static final String PROGRAM = "demo";

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    final Log log = new Log(
            () -> Instant.parse("2026-03-01T08:00:00Z"), "test", new PrintStream(logged, true, StandardCharsets.UTF_8));

    /** All that was logged. */
    String logged() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    static JsonObject send(Entrance entrance, byte[] event) {
        return send(entrance, event, () -> 60_000);
    }

    static JsonObject send(Entrance entrance, byte[] event, IntSupplier remainingMillis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            entrance.handle(new ByteArrayInputStream(event), out, new FakeContext(remainingMillis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return object(out.toByteArray());
    }

    static JsonObject object(byte[] text) {
        return (JsonObject) ((Read) JsonReader.event(text)).value();
    }

    static JsonObject object(String text) {
        return object(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The body of an answer. */
    static JsonObject body(JsonObject answer) {
        return object(answer.text("body").orElse("{}"));
    }

    static HttpEvent request(String method, String route) {
        return new HttpEvent(method, route);
    }

    /** A request of the gateway, by default of somebody who may do anything and sends an empty object. */
    static final class HttpEvent {
        private final String method;
        private final String route;
        private final Map<String, String> headers = new LinkedHashMap<>(Map.of("content-type", "application/json"));
        final Map<String, String> query = new LinkedHashMap<>();
        private final Map<String, String> path = new LinkedHashMap<>();
        private final Map<String, String> context = new LinkedHashMap<>();
        private @Nullable String body = "{}";
        private boolean base64;

        private HttpEvent(String method, String route) {
            this.method = method;
            this.route = route;
            context.put("program", PROGRAM);
            context.put("shop", "s1");
            context.put("keyId", "k1");
            context.put(
                    "scopes",
                    "orders:write members:write members:read redemptions:write referrals:write program:read program:write keys:write");
        }

        HttpEvent header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        HttpEvent without(String header) {
            headers.remove(header);
            return this;
        }

        HttpEvent query(String name, String value) {
            query.put(name, value);
            return this;
        }

        HttpEvent path(String name, String value) {
            path.put(name, value);
            return this;
        }

        HttpEvent authorizer(String name, String value) {
            context.put(name, value);
            return this;
        }

        HttpEvent withoutAuthorizer(String name) {
            context.remove(name);
            return this;
        }

        HttpEvent body(@Nullable String text) {
            body = text;
            return this;
        }

        HttpEvent base64(String text) {
            body = text;
            base64 = true;
            return this;
        }

        byte[] event() {
            return JsonWriter.object(json -> {
                json.put("version", "2.0")
                        .put("routeKey", method + " " + route)
                        .put("rawPath", route)
                        .object("headers", to -> headers.forEach(to::put))
                        .object("requestContext", to -> {
                            to.object("http", http -> http.put("method", method).put("path", route))
                                    .put("requestId", "req-1");
                            if (!context.isEmpty()) {
                                to.object("authorizer", a -> a.object("lambda", l -> context.forEach(l::put)));
                            }
                        });
                if (!query.isEmpty()) {
                    json.object("queryStringParameters", to -> query.forEach(to::put));
                }
                if (!path.isEmpty()) {
                    json.object("pathParameters", to -> path.forEach(to::put));
                }
                if (body != null) {
                    json.put("body", body);
                }
                json.put("isBase64Encoded", base64);
            });
        }
    }

    private record FakeContext(IntSupplier remaining) implements Context {
        @Override
        public String getAwsRequestId() {
            return "invocation-1";
        }

        @Override
        public String getLogGroupName() {
            return "group";
        }

        @Override
        public String getLogStreamName() {
            return "stream";
        }

        @Override
        public String getFunctionName() {
            return "function";
        }

        @Override
        public String getFunctionVersion() {
            return "1";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn";
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getRemainingTimeInMillis() {
            return remaining.getAsInt();
        }

        @Override
        public int getMemoryLimitInMB() {
            return 1024;
        }

        @Override
        public LambdaLogger getLogger() {
            throw new UnsupportedOperationException();
        }
    }
}
