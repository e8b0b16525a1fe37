package kopilka.lambda.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import kopilka.lambda.json.JsonWriter;

/**
 * An answer.
 *
 * @param headers by name in lower case
 */
public record HttpResponse(int status, Map<String, String> headers, Body body) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    public HttpResponse {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** An answer with a JSON object. */
    public static HttpResponse json(int status, Consumer<? super JsonWriter> members) {
        return of(status, Body.of(JsonWriter.object(members)));
    }

    /** An answer with a JSON text that is there already. Of status 400 and above it is a problem's. */
    public static HttpResponse of(int status, Body json) {
        return new HttpResponse(status, Map.of("content-type", status < 400 ? JSON : PROBLEM), json);
    }

    /** Done, and nothing to say about it. */
    public static HttpResponse noContent() {
        return new HttpResponse(204, Map.of(), Body.EMPTY);
    }

    /** What the gateway itself says of a path that it does not know. */
    public static HttpResponse noSuchRoute() {
        return new HttpResponse(
                404,
                Map.of("content-type", JSON),
                Body.of("{\"message\":\"Not Found\"}".getBytes(StandardCharsets.UTF_8)));
    }

    /** This answer with one more header. */
    public HttpResponse with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpResponse(status, more, body);
    }

    /** The answer as API Gateway takes it. */
    public byte[] toEvent() {
        return JsonWriter.object(json -> {
            json.put("statusCode", status);
            json.object("headers", to -> headers.forEach(to::put));
            if (!body.isEmpty()) {
                json.put("body", new String(body.bytes(), StandardCharsets.UTF_8));
            }
            json.put("isBase64Encoded", false);
        });
    }
}
