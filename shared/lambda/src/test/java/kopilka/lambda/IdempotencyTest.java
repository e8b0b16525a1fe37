package kopilka.lambda;

import static kopilka.lambda.Events.body;
import static kopilka.lambda.Events.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kopilka.lambda.Events.HttpEvent;
import kopilka.lambda.Idempotency.Remembered;
import kopilka.lambda.http.Body;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.http.Scope;
import kopilka.lambda.http.Sha256;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.ledger.LedgerUnavailable;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
    private final Events events = new Events();
    private final Memory memory = new Memory();
    private int runs;
    private Supplier<HttpResponse> next = () -> HttpResponse.json(201, json -> json.put("run", runs));

    private final Entrance entrance = Entrance.of(events.log)
            .http(
                    memory,
                    Route.write("POST /v1/redemptions", Scope.REDEMPTIONS_WRITE, call -> run())
                            .withQuery("effectiveFrom"),
                    Route.write("PUT /v1/members/{member}/profile", Scope.MEMBERS_WRITE, call -> run())
                            .withPersonalBody(),
                    Route.write("POST /v1/orders", Scope.ORDERS_WRITE, call -> run())
                            .whenUnavailable(call -> HttpResponse.json(202, json -> json.put("outcome", "queued"))),
                    Route.write("POST /v1/keys", Scope.KEYS_WRITE, call -> run())
                            .notReplayed());

    private HttpResponse run() {
        runs++;
        return next.get();
    }

    private static HttpEvent keyed(String key) {
        return request("POST", "/v1/redemptions").header("Idempotency-Key", key).body("{\"a\":1,\"b\":2}");
    }

    @Test
    void the_same_key_and_content_get_the_same_answer_without_being_run_again() {
        JsonObject first = Events.send(entrance, keyed("k").event());
        JsonObject again =
                Events.send(entrance, keyed("k").body(" {\"b\":2, \"a\":1} ").event());

        assertThat(again).isEqualTo(first);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void the_same_key_with_other_content_is_refused() {
        Events.send(entrance, keyed("k").event());

        assertThat(codeOf(keyed("k").body("{\"a\":1,\"b\":3}"))).isEqualTo("idempotency_key_reused");
        assertThat(codeOf(request("POST", "/v1/orders")
                        .header("Idempotency-Key", "k")
                        .body("{\"a\":1,\"b\":2}")))
                .isEqualTo("idempotency_key_reused");
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void the_same_key_with_another_query_is_refused() {
        Events.send(
                entrance,
                keyed("k").query("effectiveFrom", "2026-04-01T00:00:00Z").event());
        Events.send(
                entrance,
                keyed("k").query("effectiveFrom", "2026-04-01T00:00:00Z").event());

        assertThat(codeOf(keyed("k").query("effectiveFrom", "2026-04-02T00:00:00Z")))
                .isEqualTo("idempotency_key_reused");
        assertThat(codeOf(keyed("k"))).isEqualTo("idempotency_key_reused");
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void a_key_belongs_to_its_program() {
        Events.send(entrance, keyed("k").event());
        Events.send(
                entrance,
                keyed("k").authorizer("program", "other").body("{\"c\":1}").event());

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void what_is_remembered_of_a_personal_body_cannot_be_guessed_without_the_key() {
        for (String key : new String[] {"k", "l"}) {
            Events.send(entrance, keyed(key).event());
        }
        assertThat(memory.answers.values()).extracting(Remembered::fingerprint).containsOnly(fingerprint());
        memory.answers.clear();

        for (String key : new String[] {"k", "l"}) {
            Events.send(entrance, birthday(key, "--05-14").event());
            Events.send(entrance, birthday(key, "--05-14").event());
            assertThat(codeOf(birthday(key, "--05-15"))).isEqualTo("idempotency_key_reused");
        }
        assertThat(memory.answers.values())
                .extracting(Remembered::fingerprint)
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(runs).isEqualTo(4);
    }

    private String fingerprint() {
        return memory.answers.values().iterator().next().fingerprint();
    }

    private static HttpEvent birthday(String key, String day) {
        return request("PUT", "/v1/members/{member}/profile")
                .header("Idempotency-Key", key)
                .body("{\"birthday\":\"" + day + "\"}");
    }

    @Test
    void without_a_key_nothing_is_remembered() {
        Events.send(entrance, keyed("k").without("Idempotency-Key").event());
        Events.send(
                entrance,
                request("POST", "/v1/keys").header("Idempotency-Key", "k").event());

        assertThat(memory.answers).isEmpty();
    }

    @Test
    void the_key_itself_is_not_kept() {
        Events.send(entrance, keyed("anna@example.org").event());

        assertThat(memory.answers.keySet()).singleElement().asString().doesNotContain("anna");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MEMBER_NOT_FOUND", "INSUFFICIENT_POINTS", "CONFLICT", "BELOW_MINIMUM"},
            mode = Mode.INCLUDE)
    void a_refusal_by_the_ledgers_state_is_final(ProblemCode code) {
        next = () -> Problem.of(code).response();
        JsonObject first = Events.send(entrance, keyed("k").event());
        next = HttpResponse::noContent;

        assertThat(Events.send(entrance, keyed("k").event())).isEqualTo(first);
        assertThat(runs).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "INVALID_FIELD", "UNAUTHENTICATED", "MISSING_SCOPE", "PRECONDITION_FAILED", "PAYLOAD_TOO_LARGE",
                "UNSUPPORTED_MEDIA_TYPE", "PRECONDITION_REQUIRED", "TOO_MANY_REQUESTS", "INTERNAL_ERROR", "UNAVAILABLE"
            })
    void what_may_turn_out_otherwise_next_time_is_run_again(ProblemCode code) {
        next = () -> Problem.of(code).response();
        Events.send(entrance, keyed("k").event());

        assertThat(memory.answers).isEmpty();
    }

    @Test
    void an_order_that_waits_or_is_queued_is_not_the_end() {
        next = () -> HttpResponse.json(202, json -> json.put("outcome", "waiting"));
        Events.send(entrance, keyed("k").event());

        assertThat(memory.answers).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Idempotency.MAX_BODY - 12, Idempotency.MAX_BODY - 11, 100_000})
    void of_a_long_answer_the_request_alone_is_remembered(int length) {
        next = () -> HttpResponse.json(201, json -> json.put("text", "x".repeat(length)));
        JsonObject first = Events.send(entrance, keyed("k").event());

        assertThat(Events.send(entrance, keyed("k").event())).isEqualTo(first);
        assertThat(runs).isEqualTo(length <= Idempotency.MAX_BODY - 11 ? 1 : 2);
        assertThat(codeOf(keyed("k").body("{}"))).isEqualTo("idempotency_key_reused");
    }

    @Test
    void a_death_before_remembering_is_made_good_by_the_retry() {
        memory.failsToRemember = true;
        JsonObject first = Events.send(entrance, keyed("k").event());
        assertThat(body(first).members()).containsKey("run");
        assertThat(memory.answers).isEmpty();
        memory.failsToRemember = false;

        Events.send(entrance, keyed("k").event());
        Events.send(entrance, keyed("k").event());

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void of_two_at_once_the_first_to_be_remembered_answers_both() {
        next = () -> {
            memory.put("k", fingerprintOf(keyed("k")), 201, "{\"first\":true}");
            return HttpResponse.json(201, json -> json.put("first", false));
        };

        assertThat(Events.send(entrance, keyed("k").event()).text("body")).contains("{\"first\":true}");
    }

    @Test
    void of_two_at_once_the_one_that_was_done_answers_both_even_if_the_other_was_refused_first() {
        next = () -> {
            memory.put("k", fingerprintOf(keyed("k")), 409, "{\"code\":\"insufficient_points\"}");
            return HttpResponse.json(201, json -> json.put("done", true));
        };
        assertThat(Events.send(entrance, keyed("k").event()).text("body")).contains("{\"done\":true}");
        assertThat(Events.send(entrance, keyed("k").event()).text("body")).contains("{\"done\":true}");
        assertThat(runs).isOne();
    }

    @Test
    void what_took_effect_is_said_to_have_even_if_another_request_took_the_key_meanwhile() {
        next = () -> {
            memory.put("k", "another request", 201, "{}");
            return HttpResponse.json(201, json -> json.put("done", true));
        };
        assertThat(Events.send(entrance, keyed("k").event()).text("body")).contains("{\"done\":true}");

        memory.answers.clear();
        next = () -> {
            memory.put("k", "another request", 201, "{}");
            return Problem.of(ProblemCode.INSUFFICIENT_POINTS).response();
        };
        assertThat(codeOf(keyed("k"))).isEqualTo("idempotency_key_reused");
    }

    @Test
    void a_memory_that_does_not_answer_is_a_store_that_does_not_answer() {
        memory.failsToFind = true;

        assertThat(codeOf(keyed("k"))).isEqualTo("unavailable");
        assertThat(body(Events.send(
                                entrance,
                                request("POST", "/v1/orders")
                                        .header("Idempotency-Key", "k")
                                        .event()))
                        .text("outcome"))
                .contains("queued");
        assertThat(runs).isZero();
    }

    private String fingerprintOf(HttpEvent request) {
        Memory other = new Memory();
        Entrance spy = Entrance.of(events.log)
                .http(
                        other,
                        Route.write("POST /v1/redemptions", Scope.REDEMPTIONS_WRITE, call -> HttpResponse.noContent()));
        Events.send(spy, request.event());
        return other.answers.values().iterator().next().fingerprint();
    }

    private String codeOf(HttpEvent request) {
        return body(Events.send(entrance, request.event())).text("code").orElseThrow();
    }

    /** Remembers in memory, and fails when it is told to. */
    private static final class Memory implements Idempotency.Store {
        private final Map<String, Remembered> answers = new HashMap<>();
        private boolean failsToFind;
        private boolean failsToRemember;

        @Override
        public Optional<Remembered> find(ProgramId program, IdempotencyKey key) {
            if (failsToFind) {
                throw new LedgerUnavailable("out of order");
            }
            return Optional.ofNullable(answers.get(program + "#" + key.hash()));
        }

        @Override
        public Remembered remember(ProgramId program, IdempotencyKey key, Remembered answer) {
            if (failsToRemember) {
                throw new LedgerUnavailable("out of order");
            }
            return answers.merge(
                    program + "#" + key.hash(),
                    answer,
                    (first, later) -> first.fingerprint().equals(later.fingerprint())
                                    && first.status() >= 400
                                    && later.status() < 400
                            ? later
                            : first);
        }

        void put(String key, String fingerprint, int status, String body) {
            answers.put(
                    Events.PROGRAM + "#" + Sha256.hex(key),
                    new Remembered(fingerprint, status, Optional.of(Body.of(body.getBytes(StandardCharsets.UTF_8)))));
        }
    }
}
