package kopilka.lambda.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @Test
    void a_problem_says_what_rfc_9457_asks_for_and_then_its_facts() {
        HttpResponse response = Problem.of(ProblemCode.INSUFFICIENT_POINTS)
                .fact("available", 40)
                .response();

        assertThat(response.status()).isEqualTo(409);
        assertThat(text(response))
                .isEqualTo(
                        "{\"type\":\"https://kopilka.dev/problems/insufficient-points\",\"title\":\"Not enough points\","
                                + "\"status\":409,\"code\":\"insufficient_points\",\"available\":40}");
    }

    @Test
    void the_first_of_several_errors_is_the_problems_own() {
        HttpResponse response = Problem.invalid(List.of(
                        Place.BODY.child("points").error(FieldError.Code.WRONG_TYPE, "must be an integer"),
                        Place.PARAMETERS.child("limit").error(FieldError.Code.OUT_OF_RANGE, "must be from 1 to 100"),
                        Place.BODY.error(FieldError.Code.UNKNOWN_FIELD, "nothing is taken here")))
                .response();

        assertThat(text(response))
                .endsWith(
                        "\"code\":\"invalid_field\",\"detail\":\"must be an integer\",\"pointer\":\"/points\",\"errors\":["
                                + "{\"pointer\":\"/points\",\"code\":\"wrong_type\",\"detail\":\"must be an integer\"},"
                                + "{\"parameter\":\"limit\",\"code\":\"out_of_range\",\"detail\":\"must be from 1 to 100\"},"
                                + "{\"pointer\":\"\",\"code\":\"unknown_field\",\"detail\":\"nothing is taken here\"}]}");
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_has_a_type_a_title_and_a_status(ProblemCode code) {
        assertThat(code.type()).matches("https://kopilka\\.dev/problems/[a-z]+(-[a-z]+)*");
        assertThat(code.title()).matches("[A-Z][^.]{5,99}");
        assertThat(Problem.of(code).response().status())
                .isEqualTo(code.status())
                .isBetween(400, 503);
    }

    @Test
    void an_unknown_key_is_told_what_kind_of_key_is_wanted() {
        assertThat(Problem.of(ProblemCode.UNAUTHENTICATED).response().headers())
                .containsEntry("www-authenticate", "Bearer");
    }

    @Test
    void an_entity_tag_is_a_version_in_quotes() {
        assertThat(EntityTag.ifMatch(new Headers(Map.of("IF-MATCH", "\"12\""))))
                .isEqualTo(new Decoded.Valid<>(Optional.of(new EntityTag(12))));
        assertThat(EntityTag.ifMatch(Headers.NONE)).isEqualTo(new Decoded.Valid<>(Optional.empty()));
        assertThat(new EntityTag(12)).hasToString("\"12\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12",
                "*",
                "W/\"12\"",
                "\"0\"",
                "\"012\"",
                "\"-1\"",
                "\"1\",\"2\"",
                "\"1234567890123\"",
                "\"\"",
                ""
            })
    void any_other_entity_tag_is_refused(String tag) {
        assertThat(EntityTag.ifMatch(new Headers(Map.of("if-match", tag))).errors())
                .hasSize(1);
    }

    @Test
    void neither_a_body_nor_a_header_shows_in_a_log() {
        assertThat(Body.of("secret".getBytes(UTF_8))).hasToString("6 bytes");
        assertThat(new Headers(Map.of("Authorization", "secret"))).hasToString("[authorization]");
    }

    private static String text(HttpResponse response) {
        return new String(response.body().bytes(), UTF_8);
    }
}
