package kopilka.lambda.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonReader.Malformed;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonArray;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.json.Place;

/**
 * Why a request was not done, as RFC 9457 writes it. Carries facts and never a word of what was sent.
 *
 * @param members what it says besides type, title, status and code, in this order
 * @param headers headers of the answer besides its content type
 */
public record Problem(ProblemCode code, Map<String, JsonValue> members, Map<String, String> headers) {
    /** Seconds after which to try again when the ledger did not answer: its own retries have taken about as long. */
    public static final int RETRY_AFTER_SECONDS = 2;

    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemCode code) {
        return new Problem(code, Map.of(), headersOf(code));
    }

    /** The body is not JSON that is taken. */
    public static Problem malformed(Malformed malformed) {
        String where = malformed.line() == 0 ? "" : ", at line " + malformed.line() + ", column " + malformed.column();
        return of(ProblemCode.MALFORMED_JSON).detail(malformed.fault().detail() + where);
    }

    /** Fields are not what they should be: all of them are listed, and the first one is the problem's own. */
    public static Problem invalid(List<FieldError> errors) {
        boolean unknown = errors.stream().allMatch(error -> error.code().equals(FieldError.Code.UNKNOWN_FIELD.code()));
        FieldError first = errors.getFirst();
        return of(unknown ? ProblemCode.UNKNOWN_FIELD : ProblemCode.INVALID_FIELD)
                .detail(first.detail())
                .at(first)
                .errors(errors);
    }

    /** One field is not what it should be. */
    public static Problem invalid(FieldError error) {
        return invalid(List.of(error));
    }

    /** What is the matter in this case, in English, without a word of what was sent. */
    public Problem detail(String detail) {
        return fact("detail", new JsonString(detail));
    }

    /** The field of the body that is to blame, by a JSON Pointer. */
    public Problem pointer(Place place) {
        return fact("pointer", new JsonString(place.toString()));
    }

    /** The header that is to blame. */
    public Problem header(String name) {
        return fact("header", new JsonString(name));
    }

    /** Every error that was found. */
    public Problem errors(List<FieldError> errors) {
        return fact("errors", new JsonArray(errors.stream().map(Problem::error).toList()));
    }

    /** A fact that a caller's program can go by. */
    public Problem fact(String name, String value) {
        return fact(name, new JsonString(value));
    }

    /** A fact that a caller's program can go by. */
    public Problem fact(String name, long value) {
        return fact(name, JsonNumber.of(value));
    }

    /** A fact that a caller's program can go by. */
    public Problem fact(String name, JsonValue value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(code, more, headers);
    }

    /** The answer that says all this. */
    public HttpResponse response() {
        Body body = Body.of(JsonWriter.object(json -> {
            json.put("type", code.type())
                    .put("title", code.title())
                    .put("status", code.status())
                    .put("code", code.code());
            members.forEach(json::put);
        }));
        HttpResponse response = HttpResponse.of(code.status(), body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    private Problem at(FieldError error) {
        return error.at().isEmpty() && error.where() != FieldError.Where.BODY
                ? this
                : fact(error.where().member(), new JsonString(error.at()));
    }

    private static JsonValue error(FieldError error) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (!error.at().isEmpty() || error.where() == FieldError.Where.BODY) {
            members.put(error.where().member(), new JsonString(error.at()));
        }
        members.put("code", new JsonString(error.code()));
        members.put("detail", new JsonString(error.detail()));
        return new JsonObject(members);
    }

    private static Map<String, String> headersOf(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> Map.of("www-authenticate", "Bearer");
            case UNAVAILABLE, TOO_MANY_REQUESTS -> Map.of("retry-after", Integer.toString(RETRY_AFTER_SECONDS));
            default -> Map.of();
        };
    }
}
