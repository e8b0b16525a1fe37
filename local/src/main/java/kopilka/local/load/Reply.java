package kopilka.local.load;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer that settled a request.
 *
 * @param status of HTTP
 * @param body as it was sent
 * @param json the body; missing where it is none
 * @param interrupted whether it took a new try after a connection broke or was refused
 */
record Reply(int status, String body, JsonNode json, boolean interrupted) {
    boolean isDone() {
        return status >= 200 && status < 300;
    }

    /** The problem's code; empty where it is done. */
    String code() {
        return json.path("code").asText("");
    }
}
