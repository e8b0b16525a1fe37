package kopilka.lambda.http;

import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonReader.Malformed;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;

/** The JSON object in a request's body, or why there is none. */
public sealed interface JsonBody {

    /** The object. */
    record Taken(JsonObject object) implements JsonBody {}

    /**
     * The body is too large (413), no JSON by its media type (415), no JSON at all, or no object (400), in this
     * order.
     */
    record Refused(Problem problem) implements JsonBody {}

    /**
     * Reads a body of at most {@code limit} bytes.
     *
     * @param required whether there must be one; else none is the same as an empty object
     */
    static JsonBody of(HttpRequest request, int limit, boolean required) {
        Body body = request.body();
        if (body.isEmpty() && !required) {
            return new Taken(JsonObject.EMPTY);
        }
        if (body.size() > limit) {
            return new Refused(Problem.of(ProblemCode.PAYLOAD_TOO_LARGE).fact("maximum", limit));
        }
        if (!body.isEmpty() && !MediaType.isJson(request.headers())) {
            return new Refused(Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        return switch (JsonReader.body(body.bytes())) {
            case Read(JsonObject object) -> new Taken(object);
            case Read(JsonValue other) ->
                new Refused(Problem.invalid(Place.BODY.error(FieldError.Code.WRONG_TYPE, "must be an object")));
            case Malformed malformed -> new Refused(Problem.malformed(malformed));
        };
    }
}
