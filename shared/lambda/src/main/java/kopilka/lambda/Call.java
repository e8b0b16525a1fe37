package kopilka.lambda;

import java.util.LinkedHashMap;
import java.util.Map;
import kopilka.lambda.http.Caller;
import kopilka.lambda.http.HttpRequest;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;

/**
 * A request that has passed the guards of the edge: the caller is known and may do this, and the body is a JSON object.
 *
 * @param body the body; empty where the route takes none or none came
 */
public record Call(Caller caller, HttpRequest request, JsonObject body) {

    /** The fields of the body, to be decoded once. */
    public Fields fields() {
        return Fields.of(body);
    }

    /** The parameters of the path and the query together, all strings, to be decoded once. */
    public Fields parameters() {
        Map<String, JsonValue> parameters = new LinkedHashMap<>();
        request.query().forEach((name, value) -> parameters.put(name, new JsonString(value)));
        request.pathParameters().forEach((name, value) -> parameters.put(name, new JsonString(value)));
        return new Fields(new JsonObject(parameters), Place.PARAMETERS);
    }
}
