package kopilka.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The check that every request and answer of these tests goes through can fail. */
class ContractTest {
    private static final String BEARER = "Bearer kop_x";

    @ParameterizedTest
    @EnumSource
    void the_example_of_each_endpoint_is_well_formed(Endpoint endpoint) {
        Contract.request(endpoint.call(), BEARER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ORDER_EVENT | /order                  | (none)
            ORDER_EVENT | /order                  | ".."
            ORDER_EVENT | /member                 | "."
            ORDER_EVENT | /content                | (none)
            ORDER_EVENT | /at                     | "2026-03-01T10:00:00"
            ORDER_EVENT | /content/lines/0/total  | 20
            ORDER_EVENT | /content/lines/0/total  | "-1.00"
            ORDER_EVENT | /content/extra          | 1
            REFUND      | /amount                 | (none)
            HOLD        | /points                 | 0
            HOLD        | /points                 | "100"
            HOLD        | /points                 | 1000000000001
            ATTACH      | /code                   | "k7q2m9xa"
            PUBLISH     | /earning/rate           | {}
            ISSUE_KEY   | /scopes                 | ["everything"]
            """)
    void a_request_outside_the_contract_is_caught(Endpoint endpoint, String pointer, String value) {
        assertThatThrownBy(() -> Contract.request(endpoint.call().changed(pointer, value), BEARER))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void an_unknown_parameter_is_caught() {
        assertThatThrownBy(() -> Contract.request(Endpoint.BALANCE.call().query("page", "1"), BEARER))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | application/json         | {"member":"m-1","status":"active","enrolledAt":"2026-03-01T08:00:00Z","sequence":1}
            201 | application/json         | {"member":"m-1","status":"closed","enrolledAt":"2026-03-01T08:00:00Z","sequence":1}
            201 | application/json         | {"member":"m-1","status":"active","enrolledAt":"2026-03-01T08:00:00Z","sequence":0}
            201 | application/json         | {"member":"m-1","status":"active","enrolledAt":"2026-03-01T08:00:00Z"}
            201 | application/json         | {"member":"m-1","status":"active","enrolledAt":"2026-03-01T08:00:00Z","sequence":1,"more":1}
            201 | text/plain               | {"member":"m-1","status":"active","enrolledAt":"2026-03-01T08:00:00Z","sequence":1}
            409 | application/problem+json | {"type":"https://kopilka.dev/problems/conflict","title":"x","status":409,"code":"conflict"}
            422 | application/problem+json | {"type":"https://kopilka.dev/problems/over-cap","title":"x","status":422,"code":"over_cap"}
            400 | application/problem+json | {"type":"https://kopilka.dev/problems/invalid-field","title":"x","status":400,"code":"invalid_field","sent":1}
            """)
    void an_answer_outside_the_contract_is_caught(int status, String type, String body) {
        HttpHeaders headers = HttpHeaders.of(Map.of("content-type", List.of(type)), (name, value) -> true);
        Reply reply = new Reply(Endpoint.ENROL.call(), status, headers, body);
        assertThatThrownBy(() -> Contract.response(reply)).isInstanceOf(AssertionError.class);
    }
}
