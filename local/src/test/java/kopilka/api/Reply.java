package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer. */
record Reply(Call call, int status, HttpHeaders headers, String text) {
    JsonNode json() {
        return Json.read(text);
    }

    /** The problem's code; empty if the answer is none. */
    String code() {
        return text.isEmpty() ? "" : json().path("code").asText();
    }

    long number(String pointer) {
        JsonNode value = json().at(pointer);
        assertThat(value.isIntegralNumber()).as("%s of %s", pointer, text).isTrue();
        return value.longValue();
    }

    String string(String pointer) {
        return json().at(pointer).asText();
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Where a problem sees errors, each with its code, such as {@code /at bad_format}. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json().path("errors")) {
            errors.add(error.path("pointer")
                            .asText(error.path("parameter")
                                    .asText(error.path("header").asText()))
                    + " " + error.path("code").asText());
        }
        return errors;
    }

    Reply is(int expected) {
        assertThat(status).as("%s%n-> %s", call, text).isEqualTo(expected);
        return this;
    }

    Reply is(int expected, String code) {
        assertThat(status + " " + code()).as("%s%n-> %s", call, text).isEqualTo(expected + " " + code);
        return this;
    }

    /** Status and body: all that a caller is promised to get again. */
    String whole() {
        return status + " " + text;
    }
}
