package kopilka.lambda.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonBoolean;
import kopilka.lambda.json.JsonValue.JsonObject;

/**
 * A request of API Gateway's HTTP API, payload format 2.0: the part of it that functions need.
 *
 * @param routeKey the route as the template names it, such as {@code GET /v1/members/{member}}
 * @param path the path as it came
 * @param pathParameters the values of the route's parameters
 * @param query the query's parameters; the values of one that came several times are joined by commas
 * @param caller who calls; empty where no key is known
 * @param requestId the gateway's id of the request, under which logs can be found
 */
public record HttpRequest(
        String routeKey,
        String method,
        String path,
        Map<String, String> pathParameters,
        Map<String, String> query,
        Headers headers,
        Body body,
        Optional<Caller> caller,
        String requestId) {

    /** No UTF-8 text, so that reading it as JSON gives the fault that it should. */
    private static final Body NOT_UTF_8 = Body.of(new byte[] {(byte) 0xFF});

    public HttpRequest {
        pathParameters = Map.copyOf(pathParameters);
        query = Map.copyOf(query);
    }

    /** The request in an event. What an event lacks is empty. */
    public static HttpRequest from(JsonObject event) {
        JsonObject context = event.object("requestContext").orElse(JsonObject.EMPTY);
        JsonObject http = context.object("http").orElse(JsonObject.EMPTY);
        return new HttpRequest(
                event.text("routeKey").orElse(""),
                http.text("method").orElse(""),
                event.text("rawPath").orElse(""),
                event.object("pathParameters").orElse(JsonObject.EMPTY).texts(),
                event.object("queryStringParameters").orElse(JsonObject.EMPTY).texts(),
                new Headers(event.object("headers").orElse(JsonObject.EMPTY).texts()),
                body(event),
                context.object("authorizer")
                        .flatMap(authorizer -> authorizer.object("lambda"))
                        .flatMap(Caller::from),
                context.text("requestId").orElse(""));
    }

    private static Body body(JsonObject event) {
        Optional<String> text = event.text("body");
        if (text.isEmpty()) {
            return Body.EMPTY;
        }
        JsonValue encoded = event.member("isBase64Encoded").orElse(new JsonBoolean(false));
        if (encoded.equals(new JsonBoolean(true))) {
            return Body.of(Base64.getDecoder().decode(text.get()));
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text.get()));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return Body.of(copy);
        } catch (CharacterCodingException e) {
            return NOT_UTF_8;
        }
    }

    /** Nothing of the caller's but the route. */
    @Override
    public String toString() {
        return routeKey + " (" + requestId + ")";
    }
}
