package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request whatever it asks for: the same on every endpoint, and nothing is changed by it. */
@ExtendWith(OneCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
    /** Stands in what is wrong, and must not stand in an answer. */
    private static final String MARK = "Xq7Zmark";

    private final LocalCloud cloud;
    private final Shop shop;
    private final Map<String, String> keysWithout = new HashMap<>();
    private String before = "";

    BadRequestTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    @BeforeAll
    void a_member_has_points() {
        shop.enrolWith("m-1", 1000);
        before = shop.head("m-1");
    }

    @AfterEach
    void nothing_has_changed() {
        assertThat(shop.head("m-1")).isEqualTo(before);
    }

    // ------------------------------------------------------------------------------------------------ who asks

    @ParameterizedTest
    @EnumSource
    void without_a_key_the_gateway_answers_401(Endpoint endpoint) {
        Reply reply = shop.api().withoutKey().sendWrong(endpoint.call());
        assertThat(reply.whole()).isEqualTo("401 {\"message\":\"Unauthorized\"}");
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_key_is_answered_401(Endpoint endpoint) {
        String unknown = "kop_" + "a".repeat(12) + "_" + "b".repeat(43);
        Reply reply = shop.api().with(unknown).send(endpoint.call()).is(401, "unauthenticated");
        assertThat(reply.header("www-authenticate")).contains("Bearer");
    }

    static Stream<String> keys() {
        String id = "a".repeat(12);
        return Stream.of(
                MARK,
                "kop_" + id,
                "kop_" + id + "_" + "b".repeat(42),
                "kop_" + id + "_" + "b".repeat(44),
                "kop_" + id.substring(1) + "_" + "b".repeat(43),
                "kop_" + id + "_" + "b".repeat(42) + "*",
                "KOP_" + id + "_" + "b".repeat(43),
                "kop_" + id + "_" + "b".repeat(2000),
                "{}",
                "' OR 1=1 --");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void what_is_no_key_is_answered_401(String key) {
        Reply reply = shop.api().with(key).sendWrong(Endpoint.BALANCE.call());
        reply.is(401, "unauthenticated");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    @Test
    void a_key_with_another_secret_is_answered_401() {
        String key = shop.api().key().orElseThrow();
        String other = key.substring(0, key.length() - 2) + (key.endsWith("AA") ? "BB" : "AA");
        shop.api().with(other).send(Endpoint.BALANCE.call()).is(401, "unauthenticated");
    }

    static Stream<Arguments> endpointsByScope() {
        return Endpoint.all().stream().map(endpoint -> Arguments.of(endpoint.scope(), endpoint));
    }

    @ParameterizedTest
    @MethodSource("endpointsByScope")
    void a_key_without_the_scope_is_answered_403(String scope, Endpoint endpoint) {
        Reply reply = shop.api().with(keyWithout(scope)).send(endpoint.call()).is(403, "missing_scope");
        assertThat(reply.string("/scope")).isEqualTo(scope);
    }

    private String keyWithout(String scope) {
        return keysWithout.computeIfAbsent(scope, missing -> {
            Set<String> others = new TreeSet<>();
            Endpoint.all().forEach(endpoint -> others.add(endpoint.scope()));
            others.remove(missing);
            return shop.keyWith("without-" + missing.replace(':', '-'), others);
        });
    }

    // ------------------------------------------------------------------------------------------------ the form of
    // bodies

    static Stream<Arguments> malformedBodies() {
        return Endpoint.withBody().stream()
                .flatMap(endpoint -> Stream.of(
                        Arguments.of("cut off", endpoint, "{\"member\":\"" + MARK),
                        Arguments.of("an open object", endpoint, "{\"member\":\"" + MARK + "\""),
                        Arguments.of("a comma at the end", endpoint, "{\"member\":\"" + MARK + "\",}"),
                        Arguments.of("single quotes", endpoint, "{'member':'" + MARK + "'}"),
                        Arguments.of("no quotes", endpoint, "{member:" + MARK + "}"),
                        Arguments.of("a comment", endpoint, "{/*" + MARK + "*/}"),
                        Arguments.of("two values", endpoint, "{} {\"" + MARK + "\":1}"),
                        Arguments.of("blanks alone", endpoint, "  \n "),
                        Arguments.of("a byte order mark", endpoint, "\uFEFF{}"),
                        Arguments.of("a name twice", endpoint, "{\"" + MARK + "\":1,\"" + MARK + "\":1}"),
                        Arguments.of("a name twice, deep", endpoint, "{\"content\":{\"total\":\"1\",\"total\":\"2\"}}"),
                        Arguments.of("25 deep", endpoint, "{\"a\":" + "[".repeat(24) + "]".repeat(24) + "}"),
                        Arguments.of("50,000 open arrays", endpoint, "[".repeat(50_000)),
                        Arguments.of("50,000 open objects", endpoint, "{\"a\":".repeat(10_000)),
                        Arguments.of("NUL, escaped", endpoint, "{\"member\":\"" + MARK + "\\u0000\"}"),
                        Arguments.of("NUL, raw", endpoint, "{\"member\":\"" + MARK + "\u0000\"}"),
                        Arguments.of("a raw line break in a string", endpoint, "{\"member\":\"" + MARK + "\n\"}"),
                        Arguments.of("half a surrogate pair", endpoint, "{\"member\":\"" + MARK + "\\ud83d\"}"),
                        Arguments.of("the other half", endpoint, "{\"member\":\"" + MARK + "\\ude00\"}"),
                        Arguments.of("halves the wrong way round", endpoint, "{\"x\":\"\\ude00\\ud83d\"}"),
                        Arguments.of("half a pair in a name", endpoint, "{\"" + MARK + "\\ud83d\":1}"),
                        Arguments.of("NaN", endpoint, "{\"points\":NaN}"),
                        Arguments.of("Infinity", endpoint, "{\"points\":-Infinity}"),
                        Arguments.of("1e309", endpoint, "{\"points\":1e309}"),
                        Arguments.of("a zero in front", endpoint, "{\"points\":010}"),
                        Arguments.of("hexadecimal", endpoint, "{\"points\":0x10}"),
                        Arguments.of("a plus", endpoint, "{\"points\":+1}"),
                        Arguments.of("a number of 5,000 digits", endpoint, "{\"points\":" + "9".repeat(5000) + "}"),
                        Arguments.of("a name of 5,000 characters", endpoint, "{\"" + "n".repeat(5000) + "\":1}"),
                        Arguments.of("a form", endpoint, "member=" + MARK)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("malformedBodies")
    void a_body_that_is_no_json_is_answered_400(String what, Endpoint endpoint, String body) {
        Reply reply = shop.sendWrong(endpoint.call().body(body)).is(400, "malformed_json");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    static Stream<Arguments> bodiesThatAreNoObject() {
        return Endpoint.withBody().stream()
                .flatMap(endpoint -> Stream.of("null", "true", "1", "\"" + MARK + "\"", "[]", "[{}]")
                        .map(body -> Arguments.of(endpoint, body)));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNoObject")
    void a_body_that_is_no_object_is_answered_400(Endpoint endpoint, String body) {
        Reply reply = shop.sendWrong(endpoint.call().body(body)).is(400, "invalid_field");
        assertThat(reply.errors()).containsExactly(" wrong_type");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void a_field_that_is_not_in_the_contract_is_refused(Endpoint endpoint) {
        Reply reply = shop.sendWrong(endpoint.call().changed("/" + MARK, "\"" + MARK + "\""));
        switch (endpoint) {
            case VALIDATE -> {
                reply.is(200);
                assertThat(reply.string("/errors/0/code")).isEqualTo("unknown_field");
            }
            case PUBLISH -> {
                reply.is(422, "invalid_program");
                assertThat(reply.errors()).containsExactly(" unknown_field");
            }
            default -> {
                reply.is(400, "unknown_field");
                assertThat(reply.errors()).containsExactly(" unknown_field");
            }
        }
        assertThat(reply.text()).doesNotContain(MARK);
    }

    static List<Endpoint> withBody() {
        return Endpoint.withBody();
    }

    static Stream<Arguments> otherMediaTypes() {
        return Endpoint.withBody().stream()
                .flatMap(endpoint -> Stream.of(
                                "text/plain",
                                "application/xml",
                                "application/x-www-form-urlencoded",
                                "multipart/form-data; boundary=x",
                                "application/json; charset=utf-16",
                                "application/problem+json",
                                "*/*",
                                MARK)
                        .map(type -> Arguments.of(endpoint, type)));
    }

    @ParameterizedTest
    @MethodSource("otherMediaTypes")
    void another_media_type_is_answered_415(Endpoint endpoint, String type) {
        Reply reply =
                shop.sendWrong(endpoint.call().header("Content-Type", type)).is(415, "unsupported_media_type");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void a_body_over_the_limit_is_answered_413(Endpoint endpoint) {
        String body = "{\"x\":\"" + "y".repeat(endpoint.bodyLimit() - 7) + "\"}";
        assertThat(body).hasSize(endpoint.bodyLimit() + 1);
        Reply reply = shop.sendWrong(endpoint.call().body(body)).is(413, "payload_too_large");
        assertThat(reply.number("/maximum")).isEqualTo(endpoint.bodyLimit());
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void a_body_of_just_the_limit_is_looked_at(Endpoint endpoint) {
        Reply reply = shop.sendWrong(endpoint.call().body("{\"x\":\"" + "y".repeat(endpoint.bodyLimit() - 8) + "\"}"));
        assertThat(reply.status()).isIn(200, 400, 422);
    }

    @Test
    void a_body_far_above_every_limit_is_answered_413() {
        shop.sendWrong(Endpoint.ORDER_EVENT.call().body("x".repeat(11 << 20))).is(413);
    }

    // ------------------------------------------------------------------------------------------------ the rest of a
    // request

    @ParameterizedTest
    @EnumSource
    void a_query_parameter_that_is_not_in_the_contract_is_refused(Endpoint endpoint) {
        Reply reply = shop.sendWrong(endpoint.call().query(MARK, MARK)).is(400, "unknown_field");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    static Stream<Arguments> wrongIdempotencyKeys() {
        return Endpoint.all().stream()
                .filter(Endpoint::isReplayed)
                .flatMap(endpoint -> Stream.of("", "x".repeat(256)).map(key -> Arguments.of(endpoint, key)));
    }

    @ParameterizedTest
    @MethodSource("wrongIdempotencyKeys")
    void an_idempotency_key_of_another_form_is_answered_400(Endpoint endpoint, String key) {
        Reply reply =
                shop.sendWrong(endpoint.call().header("Idempotency-Key", key)).is(400, "invalid_field");
        assertThat(reply.errors()).containsExactly("Idempotency-Key bad_format");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    static Stream<Arguments> wrongIds() {
        return Stream.of(
                        Endpoint.ENROL,
                        Endpoint.READ_MEMBER,
                        Endpoint.BALANCE,
                        Endpoint.LEDGER,
                        Endpoint.EXPLANATION,
                        Endpoint.TIER,
                        Endpoint.PROFILE,
                        Endpoint.CLOSE,
                        Endpoint.READ_ORDER,
                        Endpoint.REFUND,
                        Endpoint.READ_REDEMPTION,
                        Endpoint.CAPTURE,
                        Endpoint.VOID)
                .flatMap(endpoint -> Stream.of(
                                "x".repeat(65),
                                ".",
                                "..",
                                "%2E%2e",
                                "a%20b",
                                "%00",
                                "a%2Fb",
                                "%C3%A9",
                                "a%0Ab",
                                "a%23b",
                                "%F0%9F%98%80",
                                MARK + "@")
                        .map(id -> Arguments.of(endpoint, id)));
    }

    @ParameterizedTest
    @MethodSource("wrongIds")
    void an_id_of_another_form_is_answered_400(Endpoint endpoint, String id) {
        String parameter = endpoint.path().replaceAll(".*\\{(\\w+)}.*", "$1");
        Reply reply = shop.sendWrong(endpoint.call().at(parameter, id)).is(400, "invalid_field");
        assertThat(reply.errors()).hasSize(1).allMatch(error -> error.startsWith(parameter + " "));
        assertThat(reply.text()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "1e3", "01", "one", "1000000000000", "9223372036854775808", "%00"})
    void what_is_no_number_of_an_entry_is_answered_400(String posting) {
        Reply reply = shop.sendWrong(Endpoint.EXPLANATION.call().at("posting", posting))
                .is(400, "invalid_field");
        assertThat(reply.errors()).hasSize(1).allMatch(error -> error.startsWith("posting "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EN", "de", "en-GB", "en,ru", "%00", MARK})
    void what_is_no_language_is_answered_400(String language) {
        for (Endpoint endpoint : List.of(Endpoint.EXPLANATION, Endpoint.RULES)) {
            Reply reply =
                    shop.sendWrong(endpoint.call().query("language", language)).is(400, "invalid_field");
            assertThat(reply.errors()).containsExactly("language unknown_value");
            assertThat(reply.text()).doesNotContain(MARK);
        }
    }

    @Test
    void a_change_that_only_its_key_names_needs_one() {
        Call nameless = Endpoint.PROFILE.call().withoutHeader("Idempotency-Key");
        assertThat(shop.sendWrong(nameless).is(400, "invalid_field").errors())
                .containsExactly("Idempotency-Key missing");
        assertThat(shop.sendWrong(nameless.at("member", "a%20b").body("{\"birthday\":1,\"x\":1}"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactlyInAnyOrder(
                        "Idempotency-Key missing", "member bad_format", "/birthday wrong_type", " unknown_field");
    }

    @Test
    void what_is_no_key_id_is_no_key() {
        shop.sendWrong(Endpoint.REVOKE_KEY.call().at("key", "short")).is(404, "key_not_found");
        shop.sendWrong(Endpoint.REVOKE_KEY.call().at("key", "%00%00%00%00")).is(404, "key_not_found");
    }

    @ParameterizedTest
    @MethodSource("wrongVersions")
    void what_is_no_number_of_a_version_is_answered_400(String version) {
        for (Endpoint endpoint : List.of(Endpoint.READ_VERSION, Endpoint.COMPARE, Endpoint.RESTORE)) {
            Reply reply = shop.sendWrong(endpoint.call().at("version", version)).is(400, "invalid_field");
            assertThat(reply.errors()).hasSize(1).allMatch(error -> error.startsWith("version "));
        }
        Reply reply =
                shop.sendWrong(Endpoint.COMPARE.call().at("other", version)).is(400, "invalid_field");
        assertThat(reply.errors()).hasSize(1).allMatch(error -> error.startsWith("other "));
    }

    static Stream<Arguments> wrongMoments() {
        return Stream.of(Endpoint.PUBLISH, Endpoint.RESTORE)
                .flatMap(endpoint -> Stream.of(
                                "",
                                MARK,
                                "2026-12-01",
                                "2026-12-01T00:00:00",
                                "2026-02-30T00:00:00Z",
                                "2026-12-01T00:00:60Z",
                                // A plus that is not escaped is a blank.
                                "2026-12-01T00:00:00+02:00",
                                "1796083200",
                                "%00",
                                "2026-12-01T00:00:00Z,2026-12-01T00:00:00Z")
                        .map(moment -> Arguments.of(endpoint, moment)));
    }

    @ParameterizedTest
    @MethodSource("wrongMoments")
    void what_is_no_moment_is_answered_400(Endpoint endpoint, String moment) {
        Reply reply =
                shop.sendWrong(endpoint.call().query("effectiveFrom", moment)).is(400, "invalid_field");
        assertThat(reply.errors()).containsExactly("effectiveFrom bad_format");
        assertThat(reply.text()).doesNotContain(MARK);
    }

    static Stream<String> wrongVersions() {
        return Stream.of("0", "-1", "1.0", "1e3", "01", "one", "9223372036854775808", "%00", "x".repeat(500));
    }

    @ParameterizedTest
    @MethodSource("wrongLimits")
    void a_page_of_another_size_is_answered_400(String limit) {
        for (Endpoint endpoint : List.of(Endpoint.LEDGER, Endpoint.LIST_VERSIONS)) {
            Reply reply = shop.sendWrong(endpoint.call().query("limit", limit)).is(400, "invalid_field");
            assertThat(reply.errors()).hasSize(1).allMatch(error -> error.startsWith("limit "));
        }
    }

    static Stream<String> wrongLimits() {
        return Stream.of("", "0", "101", "-1", "1.5", "1e1", "ten", "9223372036854775808", "1,2", "%00");
    }

    @ParameterizedTest
    @MethodSource("wrongCursors")
    void a_cursor_that_no_page_gave_is_answered_400(String cursor) {
        for (Endpoint endpoint : List.of(Endpoint.LEDGER, Endpoint.LIST_VERSIONS)) {
            Reply reply =
                    shop.sendWrong(endpoint.call().query("cursor", cursor)).is(400, "invalid_field");
            assertThat(reply.errors()).containsExactly("cursor bad_format");
        }
    }

    static Stream<String> wrongCursors() {
        return Stream.of("", "x", MARK, "MQ", "eyJzIjo0fQ", "%00", "a".repeat(600), "AAAAAAAAAAAx", "..%2F..");
    }

    @Test
    void a_cursor_that_was_tampered_with_or_belongs_to_another_list_is_answered_400() {
        shop.enrolWith("m-2", 100);
        Call page = Endpoint.LEDGER.call().at("member", "m-2").query("limit", "1");
        String next = shop.send(page).is(200).string("/next");
        shop.send(page.query("cursor", next)).is(200);

        shop.send(Endpoint.LEDGER.call().query("cursor", next)).is(400, "invalid_field");
        Shop other = Shop.open(cloud);
        other.enrolWith("m-2", 100);
        other.send(page.query("cursor", next)).is(400, "invalid_field");
        for (int i = 0; i < next.length(); i++) {
            char changed = next.charAt(i) == 'A' ? 'B' : 'A';
            shop.send(page.query("cursor", next.substring(0, i) + changed + next.substring(i + 1)))
                    .is(400, "invalid_field");
        }
        shop.send(Endpoint.LIST_VERSIONS.call().query("cursor", next)).is(400, "invalid_field");
        shop.send(page.query("cursor", next + "A")).is(400, "invalid_field");
        shop.send(page.query("cursor", next.substring(1))).is(400, "invalid_field");
    }
}
