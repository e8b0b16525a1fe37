package kopilka.lambda;

import static kopilka.lambda.Events.body;
import static kopilka.lambda.Events.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import kopilka.lambda.Events.HttpEvent;
import kopilka.lambda.Route.BodyRule;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.Scope;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.ledger.LedgerUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class HttpEdgeTest {
    private static final String SECRET = "S3CRET-card-4111";

    private final Events events = new Events();
    private final Entrance entrance = Entrance.of(events.log)
            .http(
                    Route.read("GET /v1/members/{member}", Scope.MEMBERS_READ, HttpEdgeTest::read)
                            .withQuery("limit"),
                    Route.write("POST /v1/redemptions", Scope.REDEMPTIONS_WRITE, HttpEdgeTest::hold),
                    Route.write("POST /v1/orders", Scope.ORDERS_WRITE, HttpEdgeTest::unavailable)
                            .withBodyLimit(Route.ORDER_LIMIT)
                            .whenUnavailable(call -> HttpResponse.json(202, json -> json.put("outcome", "queued"))),
                    Route.write("PUT /v1/members/{member}", Scope.MEMBERS_WRITE, call -> HttpResponse.noContent())
                            .withBody(BodyRule.OPTIONAL),
                    Route.write("DELETE /v1/keys/{key}", Scope.KEYS_WRITE, call -> HttpResponse.noContent())
                            .withBody(BodyRule.NONE),
                    Route.write("POST /v1/bug", Scope.ORDERS_WRITE, call -> {
                        throw new IllegalStateException("cannot read " + SECRET);
                    }),
                    Route.write("POST /v1/throttled", Scope.ORDERS_WRITE, HttpEdgeTest::unavailable));

    private static HttpResponse read(Call call) {
        Fields fields = call.parameters();
        Field<String> member = fields.required("member", Decoder.identifier());
        Field<Long> limit = fields.optional("limit", Decoder.digits(1, 100), 50L);
        return switch (fields.decoded(() -> member.get() + limit.get())) {
            case Decoded.Valid<String>(String text) -> HttpResponse.json(200, json -> json.put("read", text));
            case Decoded.Invalid<String>(var errors) -> Problem.invalid(errors).response();
        };
    }

    private static HttpResponse hold(Call call) {
        Fields fields = call.fields();
        Field<Long> points = fields.required("points", Decoder.integer(1, 1000));
        return switch (fields.decoded(points::get)) {
            case Decoded.Valid<Long>(Long held) ->
                HttpResponse.json(
                        201,
                        json -> json.put("program", call.caller().program().value())
                                .put("held", held));
            case Decoded.Invalid<Long>(var errors) -> Problem.invalid(errors).response();
        };
    }

    private static HttpResponse unavailable(Call call) {
        throw new LedgerUnavailable("table-name-7");
    }

    private static HttpEvent holding() {
        return request("POST", "/v1/redemptions").body("{\"points\":300}");
    }

    @Test
    void a_call_that_passes_all_guards_is_answered_by_its_route() {
        JsonObject answer = Events.send(entrance, holding().event());

        assertThat(answer.member("statusCode")).contains(JsonNumber.of(201));
        assertThat(answer.text("body")).contains("{\"program\":\"demo\",\"held\":300}");
        assertThat(answer.object("headers").orElseThrow().text("content-type")).contains("application/json");
        assertThat(events.logged()).isEmpty();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("a key that nobody knows", holding().withoutAuthorizer("program"), 401, "unauthenticated"),
                arguments("a blank program", holding().authorizer("program", " "), 401, "unauthenticated"),
                arguments("no shop", holding().withoutAuthorizer("shop"), 401, "unauthenticated"),
                arguments("no key id", holding().withoutAuthorizer("keyId"), 401, "unauthenticated"),
                arguments(
                        "no key on a route that is not there",
                        request("GET", "/v1/nothing").withoutAuthorizer("program"),
                        401,
                        "unauthenticated"),
                arguments("no scopes", holding().withoutAuthorizer("scopes"), 403, "missing_scope"),
                arguments("another scope", holding().authorizer("scopes", "members:read"), 403, "missing_scope"),
                arguments(
                        "a scope by its beginning",
                        holding().authorizer("scopes", "redemptions"),
                        403,
                        "missing_scope"),
                arguments("all scopes by a star", holding().authorizer("scopes", "*"), 403, "missing_scope"),
                arguments("a query that the route does not know", holding().query("dry", "1"), 400, "unknown_field"),
                arguments("an empty idempotency key", holding().header("Idempotency-Key", ""), 400, "invalid_field"),
                arguments("a key of blanks", holding().header("Idempotency-Key", "   "), 400, "invalid_field"),
                arguments(
                        "a key with letters beyond ASCII",
                        holding().header("Idempotency-Key", "ключ"),
                        400,
                        "invalid_field"),
                arguments(
                        "a key that is too long",
                        holding().header("Idempotency-Key", "k".repeat(256)),
                        400,
                        "invalid_field"),
                arguments(
                        "too large a body", holding().body(" ".repeat(Route.BODY_LIMIT + 1)), 413, "payload_too_large"),
                arguments(
                        "too large a body of two-byte letters",
                        holding().body("\"" + "я".repeat(Route.BODY_LIMIT / 2) + "\""),
                        413,
                        "payload_too_large"),
                arguments(
                        "too large a body in base64",
                        holding().base64(base64(" ".repeat(Route.BODY_LIMIT + 1))),
                        413,
                        "payload_too_large"),
                arguments("no media type", holding().without("content-type"), 415, "unsupported_media_type"),
                arguments(
                        "a form",
                        holding().header("content-type", "application/x-www-form-urlencoded"),
                        415,
                        "unsupported_media_type"),
                arguments("text", holding().header("content-type", "text/json"), 415, "unsupported_media_type"),
                arguments(
                        "another charset",
                        holding().header("content-type", "application/json; charset=utf-16"),
                        415,
                        "unsupported_media_type"),
                arguments(
                        "a longer name",
                        holding().header("content-type", "application/json-patch+json"),
                        415,
                        "unsupported_media_type"),
                arguments("no body", holding().body(null), 400, "malformed_json"),
                arguments("an empty body", holding().body(""), 400, "malformed_json"),
                arguments("half a body", holding().body("{\"points\":"), 400, "malformed_json"),
                arguments("a doubled key", holding().body("{\"points\":1,\"points\":1}"), 400, "malformed_json"),
                arguments("NUL", holding().body("{\"points\":\"\\u0000\"}"), 400, "malformed_json"),
                arguments(
                        "half a surrogate pair, escaped",
                        holding().body("{\"points\":\"\\ud83d\"}"),
                        400,
                        "malformed_json"),
                arguments("invalid UTF-8 in base64", holding().base64("/w=="), 400, "malformed_json"),
                arguments("an array", holding().body("[]"), 400, "invalid_field"),
                arguments("null", holding().body("null"), 400, "invalid_field"),
                arguments("a wrong field", holding().body("{\"points\":\"10\"}"), 400, "invalid_field"),
                arguments("a field too many", holding().body("{\"points\":1,\"x\":1}"), 400, "unknown_field"),
                arguments(
                        "an id that is none",
                        request("GET", "/v1/members/{member}").path("member", "a b"),
                        400,
                        "invalid_field"),
                arguments(
                        "a bad limit",
                        request("GET", "/v1/members/{member}")
                                .path("member", "a")
                                .query("limit", "1,2"),
                        400,
                        "invalid_field"),
                arguments("a system that does not answer", request("POST", "/v1/throttled"), 503, "unavailable"),
                arguments("a bug", request("POST", "/v1/bug"), 500, "internal_error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, HttpEvent request, int status, String code) {
        JsonObject answer = Events.send(entrance, request.event());

        assertThat(answer.member("statusCode")).as(what).contains(JsonNumber.of(status));
        assertThat(answer.object("headers").orElseThrow().text("content-type")).contains("application/problem+json");
        assertThat(body(answer).text("code")).contains(code);
        assertThat(body(answer).text("type")).contains("https://kopilka.dev/problems/" + code.replace('_', '-'));
        assertThat(body(answer).member("status")).contains(JsonNumber.of(status));
    }

    @Test
    void every_guard_gives_way_to_those_before_it() {
        HttpEvent allWrong = request("POST", "/v1/redemptions")
                .withoutAuthorizer("program")
                .authorizer("scopes", "")
                .query("x", "1")
                .header("Idempotency-Key", "")
                .header("content-type", "text/plain")
                .body("x".repeat(Route.BODY_LIMIT + 1));

        assertThat(codeOf(allWrong)).isEqualTo("unauthenticated");
        assertThat(codeOf(allWrong.authorizer("program", "demo"))).isEqualTo("missing_scope");
        assertThat(codeOf(allWrong.authorizer("scopes", "redemptions:write"))).isEqualTo("unknown_field");
        allWrong.query.clear();
        assertThat(codeOf(allWrong)).isEqualTo("invalid_field");
        assertThat(codeOf(allWrong.header("Idempotency-Key", "k"))).isEqualTo("payload_too_large");
        assertThat(codeOf(allWrong.body("x"))).isEqualTo("unsupported_media_type");
        assertThat(codeOf(allWrong.header("content-type", "application/json"))).isEqualTo("malformed_json");
        assertThat(codeOf(allWrong.body("{}"))).isEqualTo("invalid_field");
    }

    @Test
    void a_route_that_is_not_there_is_answered_as_the_gateway_does() {
        JsonObject answer = Events.send(entrance, request("GET", "/v1/nothing").event());

        assertThat(answer.member("statusCode")).contains(JsonNumber.of(404));
        assertThat(answer.text("body")).contains("{\"message\":\"Not Found\"}");
    }

    @Test
    void two_routes_of_one_key_are_a_mistake_of_the_function() {
        Route route = Route.read("GET /v1/program", Scope.PROGRAM_READ, HttpEdgeTest::read);

        assertThatThrownBy(() -> Entrance.of(events.log).http(route, route))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void header_names_and_media_types_mean_the_same_in_upper_case() {
        HttpEvent request =
                holding().without("content-type").header("Content-Type", "Application/JSON; Charset=\"UTF-8\"");

        assertThat(Events.send(entrance, request.event()).member("statusCode")).contains(JsonNumber.of(201));
    }

    @Test
    void a_body_in_base64_is_the_body_that_it_encodes() {
        assertThat(Events.send(
                                entrance,
                                holding().base64(base64("{\"points\":5}")).event())
                        .text("body"))
                .contains("{\"program\":\"demo\",\"held\":5}");
    }

    @Test
    void a_route_may_take_a_larger_body_or_none() {
        assertThat(statusOf(request("POST", "/v1/orders").body("{}" + " ".repeat(Route.ORDER_LIMIT - 2))))
                .isEqualTo("202");
        assertThat(statusOf(request("PUT", "/v1/members/{member}").body(null).without("content-type")))
                .isEqualTo("204");
        assertThat(statusOf(request("PUT", "/v1/members/{member}").body("[]"))).isEqualTo("400");
        assertThat(statusOf(request("DELETE", "/v1/keys/{key}").body("anything")))
                .isEqualTo("204");
    }

    @Test
    void a_route_can_do_something_else_where_the_store_does_not_answer() {
        JsonObject answer = Events.send(entrance, request("POST", "/v1/orders").event());

        assertThat(answer.member("statusCode")).contains(JsonNumber.of(202));
        assertThat(body(answer).text("outcome")).contains("queued");
    }

    @Test
    void unavailability_says_when_to_try_again() {
        JsonObject answer =
                Events.send(entrance, request("POST", "/v1/throttled").event());

        assertThat(answer.object("headers").orElseThrow().text("retry-after")).contains("2");
        assertThat(events.logged()).contains("\"event\":\"unavailable\"").contains("\"Unavailable\":1");
    }

    @Test
    void an_exception_is_logged_once_without_what_it_says_and_told_to_nobody() {
        JsonObject answer = Events.send(
                entrance,
                request("POST", "/v1/bug").body("{\"card\":\"" + SECRET + "\"}").event());

        assertThat(answer.text("body").orElseThrow())
                .doesNotContain(SECRET)
                .doesNotContain("IllegalState")
                .doesNotContain("kopilka.lambda");
        assertThat(events.logged().lines()).hasSize(1);
        JsonObject line = Events.object(events.logged());
        assertThat(line.text("level")).contains("ERROR");
        assertThat(line.text("requestId")).contains("req-1");
        assertThat(events.logged())
                .contains("java.lang.IllegalStateException")
                .contains("HttpEdgeTest")
                .doesNotContain(SECRET);
    }

    @Test
    void no_answer_repeats_what_was_sent() {
        HttpEvent request = holding().body("{\"" + SECRET + "\":\"" + SECRET + "\",\"points\":\"" + SECRET + "\"}");
        HttpEvent query = holding().query(SECRET, SECRET);
        HttpEvent malformed = holding().body("{\"a\":" + SECRET);

        for (HttpEvent event : new HttpEvent[] {request, query, malformed}) {
            assertThat(Events.send(entrance, event.event()).text("body").orElseThrow())
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void a_missing_scope_is_named_and_a_wrong_field_pointed_at() {
        assertThat(body(Events.send(entrance, holding().authorizer("scopes", "").event()))
                        .text("scope"))
                .contains("redemptions:write");
        JsonObject problem =
                body(Events.send(entrance, holding().body("{\"points\":1.5}").event()));
        assertThat(problem.text("pointer")).contains("/points");
        assertThat(problem.items("errors")).singleElement().isInstanceOfSatisfying(JsonObject.class, error -> {
            assertThat(error.text("pointer")).contains("/points");
            assertThat(error.text("code")).contains("not_an_integer");
        });
    }

    @Test
    void a_service_that_fails_is_unavailable_and_one_that_refuses_is_a_bug() {
        assertThat(Unavailability.isWhy(new LedgerUnavailable("x"))).isTrue();
        assertThat(Unavailability.isWhy(SdkClientException.create("unreachable")))
                .isTrue();
        assertThat(Unavailability.isWhy(service(500, "InternalServerError"))).isTrue();
        assertThat(Unavailability.isWhy(service(400, "ThrottlingException"))).isTrue();
        assertThat(Unavailability.isWhy(service(400, "AccessDeniedException"))).isFalse();
        assertThat(Unavailability.isWhy(service(400, "ValidationException"))).isFalse();
        assertThat(Unavailability.isWhy(new IllegalStateException())).isFalse();
    }

    private static RuntimeException service(int status, String code) {
        return DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private String codeOf(HttpEvent request) {
        return body(Events.send(entrance, request.event())).text("code").orElseThrow();
    }

    private String statusOf(HttpEvent request) {
        return Events.send(entrance, request.event()).member("statusCode").stream()
                .map(status -> ((JsonNumber) status).text())
                .findAny()
                .orElseThrow();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
