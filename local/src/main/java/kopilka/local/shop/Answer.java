package kopilka.local.shop;

import com.fasterxml.jackson.databind.JsonNode;

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
}
