package kopilka.lambda;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.lambda.http.Caller;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.JsonWriter;

/**
 * Answers the gateway's question who calls (HTTP API, payload format 2.0, simple responses).
 *
 * <p>The gateway is never told to refuse, since it would answer 403 in its own words. It is told that nobody known
 * calls, and the edge of the function behind it refuses with 401.
 */
final class Authorization {
    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +(\\S{1,255})");

    private Authorization() {}

    static byte[] answer(JsonObject event, Function<String, Optional<Caller>> callerOf) {
        Optional<Caller> caller = key(event).flatMap(callerOf);
        return JsonWriter.object(json -> json.put("isAuthorized", true).object("context", context -> {
            if (caller.isEmpty()) {
                context.put("principal", "none");
            } else {
                context.put("program", caller.get().program().value())
                        .put("shop", caller.get().shop().value())
                        .put("scopes", caller.get().scopeCodes())
                        .put("keyId", caller.get().keyId());
            }
        }));
    }

    private static Optional<String> key(JsonObject event) {
        for (JsonValue source : event.items("identitySource")) {
            if (source instanceof JsonString(String header)) {
                Matcher bearer = BEARER.matcher(header.strip());
                if (bearer.matches()) {
                    return Optional.of(bearer.group(1));
                }
            }
        }
        return Optional.empty();
    }
}
