package kopilka.local.shop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the API answered.
 *
 * @param status of HTTP
 * @param body as JSON; missing where there was none
 */
public record Answer(int status, JsonNode body) {
    /** Whether what was asked for is done, or will be. */
    public boolean isDone() {
        return status >= 200 && status < 300;
    }

    /** Whether the same request may well succeed later. */
    boolean isTransient() {
        return status == 429 || status >= 500;
    }

    /** Why it was refused: the problem's code, or the status where the gateway itself refused. */
    public String code() {
        return body.path("code").asText("status_" + status);
    }

    /** What is wrong with what was sent, error by error; where none is named, why it was refused. */
    public String reasons() {
        return body.path("errors").isEmpty() ? code() : reasons(body.path("errors"));
    }

    /** What errors say, each with its place. */
    static String reasons(JsonNode errors) {
        return StreamSupport.stream(errors.spliterator(), false)
                .map(error -> error.path("pointer").asText() + ": "
                        + error.path("detail").asText())
                .collect(Collectors.joining("; "));
    }
}
