package kopilka.lambda.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonValue.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsTest {
    private static final Decoder<BigDecimal> AMOUNT =
            Decoder.decimal(2, BigDecimal.ZERO, new BigDecimal("10000000000000"));
    private static final Decoder<BigDecimal> QUANTITY =
            Decoder.decimalOrInteger(3, new BigDecimal("0.001"), new BigDecimal("1000000"));
    private static final Decoder<Long> POINTS = Decoder.integer(1, 1_000_000_000_000L);

    private enum Event {
        PAID,
        PLACED
    }

    private static final Decoder<Event> EVENT =
            Decoder.oneOf(Event.values(), event -> event == Event.PAID ? "paid" : "placed");

    private record Wish(String member, long points, Optional<String> reason, List<String> tags) {}

    private static Decoded<Wish> wish(Fields fields) {
        Field<String> member = fields.required("member", Decoder.identifier());
        Field<Long> points = fields.required("points", POINTS);
        Field<Optional<String>> reason = fields.optional("reason", Decoder.text(0, 5));
        Field<List<String>> tags = fields.optional("tags", Decoder.listOf(Decoder.identifier(), 1, 2), List.of());
        return fields.decoded(() -> new Wish(member.get(), points.get(), reason.get(), tags.get()));
    }

    @Test
    void a_body_without_an_error_becomes_its_value() {
        assertThat(wish(fields("{\"member\":\"m-1\",\"points\":300,\"reason\":\"why\",\"tags\":[\"a\"]}")))
                .isEqualTo(new Decoded.Valid<>(new Wish("m-1", 300, Optional.of("why"), List.of("a"))));
        assertThat(wish(fields("{\"points\":300,\"member\":\"m-1\"}")))
                .isEqualTo(new Decoded.Valid<>(new Wish("m-1", 300, Optional.empty(), List.of())));
    }

    @Test
    void every_error_is_named_at_once_with_its_place() {
        Decoded<Wish> decoded = wish(fields("{\"points\":\"10\",\"reason\":null,\"tags\":[\"a\",\"?\"],\"pionts\":3}"));

        assertThat(decoded.errors())
                .extracting(FieldError::at, FieldError::code)
                .containsExactly(
                        tuple("/member", "missing"),
                        tuple("/points", "wrong_type"),
                        tuple("/reason", "wrong_type"),
                        tuple("/tags/1", "bad_format"),
                        tuple("", "unknown_field"));
    }

    @Test
    void an_answer_lists_no_more_errors_than_fit_in_it() {
        String lines = "[" + "0,".repeat(999) + "0]";
        Decoded<List<String>> decoded =
                Decoder.listOf(Decoder.identifier(), 0, 1000).decode(value(lines), Place.BODY);

        assertThat(decoded.errors()).hasSize(Decoded.MAX_ERRORS);
    }

    @Test
    void what_stands_in_a_list_twice_is_named_beside_what_is_wrong_in_it() {
        Decoder<List<String>> labels = Decoder.distinct(Decoder.identifier(), 0, 4);

        assertThat(labels.decode(value("[\"b\",\"a\"]"), Place.BODY)).isEqualTo(new Decoded.Valid<>(List.of("b", "a")));
        assertThat(labels.decode(value("[\"a\",\"?\",\"a\",\"a\"]"), Place.BODY).errors())
                .extracting(FieldError::at, FieldError::code)
                .containsExactly(
                        tuple("/1", Code.BAD_FORMAT.code()),
                        tuple("/2", Code.REPEATED.code()),
                        tuple("/3", Code.REPEATED.code()));
        assertThat(labels.decode(value("[\"a\",\"a\",\"a\",\"a\",\"a\"]"), Place.BODY)
                        .errors())
                .extracting(FieldError::code)
                .containsExactly(Code.TOO_MANY.code());
    }

    @Test
    void no_error_repeats_a_word_of_the_input() {
        String secret = "S3cret/<b>";
        Fields fields = fields("{\"" + secret + "\":\"" + secret + "\",\"member\":\"" + secret + "\",\"points\":1}");

        assertThat(wish(fields).errors())
                .hasSize(2)
                .allSatisfy(error -> assertThat(error.toString()).doesNotContain("S3cret"));
        assertThat(wish(fields("{\"member\":\"m\",\"points\":1,\"<b>\":{}}")).errors())
                .extracting(FieldError::at)
                .containsExactly("");
    }

    @Test
    void a_rule_on_several_fields_adds_its_errors_to_theirs() {
        Fields fields = fields("{\"points\":0}");
        fields.required("points", POINTS);
        fields.refuseMissing("order");
        fields.refuse("points", Code.NOT_ALLOWED, "not with an order");

        assertThat(fields.decoded(() -> "").errors())
                .extracting(FieldError::code)
                .containsExactly("out_of_range", "missing", "not_allowed");
    }

    @Test
    void the_value_of_an_invalid_field_cannot_be_had() {
        Field<Long> points = fields("{}").required("points", POINTS);

        assertThat(points.ifValid()).isEmpty();
        assertThatThrownBy(points::get).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_pointer_escapes_what_rfc_6901_says() {
        assertThat(Place.BODY.child("a/b").child("c~d").child(0)).hasToString("/a~1b/c~0d/0");
        assertThat(Place.PARAMETERS.child("limit")).hasToString("limit");
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(POINTS, "1", 1L),
                arguments(POINTS, "1000000000000", 1_000_000_000_000L),
                arguments(Decoder.integer(-5, 5), "-5", -5L),
                arguments(Decoder.integer(0, 5), "0", 0L),
                arguments(Decoder.integer(0, 5), "-0", 0L),
                arguments(Decoder.integer(0, 5), "-0.0", 0L),
                arguments(Decoder.integer(0, 5), "0e308", 0L),
                arguments(POINTS, "1.0", 1L),
                arguments(POINTS, "1e3", 1000L),
                arguments(POINTS, "1.25E+2", 125L),
                arguments(POINTS, "12500e-2", 125L),
                arguments(POINTS, "999999999999.000000000000000000000000000", 999_999_999_999L),
                arguments(POINTS, "1000000000000.0", 1_000_000_000_000L),
                arguments(Decoder.digits(1, 100), "\"100\"", 100L),
                arguments(AMOUNT, "\"12.50\"", new BigDecimal("12.50")),
                arguments(AMOUNT, "\"0\"", new BigDecimal("0")),
                arguments(QUANTITY, "2", new BigDecimal("2")),
                arguments(QUANTITY, "2.0", new BigDecimal("2")),
                arguments(QUANTITY, "1e2", new BigDecimal("100")),
                arguments(QUANTITY, "\"0.125\"", new BigDecimal("0.125")),
                arguments(EVENT, "\"paid\"", Event.PAID),
                arguments(Decoder.bool(), "false", false),
                arguments(Decoder.text(1, 2), "\"😀😀\"", "😀😀"),
                arguments(Decoder.identifier(), "\"A-17:x_y.z\"", "A-17:x_y.z"),
                arguments(Decoder.identifier(), "\"...\"", "..."),
                arguments(Decoder.identifier(), "\".a\"", ".a"),
                arguments(Decoder.identifier(), "\"..a\"", "..a"),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00+02:00\"", Instant.parse("2026-03-01T08:00:00Z")),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00Z\"", Instant.parse("2026-03-01T10:00:00Z")),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00-00:00\"", Instant.parse("2026-03-01T10:00:00Z")),
                arguments(
                        Decoder.instant(), "\"2024-02-29T23:59:59.5-03:30\"", Instant.parse("2024-03-01T03:29:59.5Z")),
                arguments(
                        Decoder.instant(),
                        "\"2026-03-01T10:00:00.123456789Z\"",
                        Instant.parse("2026-03-01T10:00:00.123456789Z")),
                arguments(
                        Decoder.mapOf(Pattern.compile("\\p{L}+"), Decoder.bool(), 2),
                        "{\"чай\":true}",
                        Map.of("чай", true)));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Decoder<?> decoder, String json, Object value) {
        assertThat(decoder.decode(value(json), Place.BODY)).isEqualTo(new Decoded.Valid<>(value));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(POINTS, "\"10\"", Code.WRONG_TYPE),
                arguments(POINTS, "null", Code.WRONG_TYPE),
                arguments(POINTS, "true", Code.WRONG_TYPE),
                arguments(POINTS, "[1]", Code.WRONG_TYPE),
                arguments(POINTS, "{}", Code.WRONG_TYPE),
                arguments(POINTS, "1.5", Code.NOT_AN_INTEGER),
                arguments(POINTS, "1e-3", Code.NOT_AN_INTEGER),
                arguments(POINTS, "999999999999.000000000000000000000000001", Code.NOT_AN_INTEGER),
                arguments(POINTS, "1e-308", Code.NOT_AN_INTEGER),
                arguments(POINTS, "0", Code.OUT_OF_RANGE),
                arguments(POINTS, "-0.0", Code.OUT_OF_RANGE),
                arguments(POINTS, "1e308", Code.OUT_OF_RANGE),
                arguments(POINTS, "-1e308", Code.OUT_OF_RANGE),
                arguments(POINTS, "1000000000000.5", Code.NOT_AN_INTEGER),
                arguments(POINTS, "1000000000001.0", Code.OUT_OF_RANGE),
                arguments(POINTS, "-1", Code.OUT_OF_RANGE),
                arguments(POINTS, "1000000000001", Code.OUT_OF_RANGE),
                arguments(POINTS, "9223372036854775808", Code.OUT_OF_RANGE),
                arguments(POINTS, "-9223372036854775809", Code.OUT_OF_RANGE),
                arguments(Decoder.digits(1, 100), "5", Code.WRONG_TYPE),
                arguments(Decoder.digits(1, 100), "\"\"", Code.NOT_AN_INTEGER),
                arguments(Decoder.digits(1, 100), "\" 5\"", Code.NOT_AN_INTEGER),
                arguments(Decoder.digits(1, 100), "\"5,6\"", Code.NOT_AN_INTEGER),
                arguments(Decoder.digits(1, 100), "\"٥\"", Code.NOT_AN_INTEGER),
                arguments(Decoder.digits(1, 100), "\"5.0\"", Code.NOT_AN_INTEGER),
                arguments(Decoder.digits(1, 100), "\"5e0\"", Code.NOT_AN_INTEGER),
                arguments(Decoder.digits(1, 100), "\"101\"", Code.OUT_OF_RANGE),
                arguments(AMOUNT, "12.5", Code.WRONG_TYPE),
                arguments(AMOUNT, "12", Code.WRONG_TYPE),
                arguments(AMOUNT, "\"\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"1,50\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"1e3\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"1e999999999\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"NaN\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"+1\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\" 1\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"1.\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\".5\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"01\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"1\\n\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"٥\"", Code.BAD_FORMAT),
                arguments(AMOUNT, "\"12.505\"", Code.TOO_MANY_DECIMALS),
                arguments(AMOUNT, "\"12.500\"", Code.TOO_MANY_DECIMALS),
                arguments(AMOUNT, "\"-0.01\"", Code.OUT_OF_RANGE),
                arguments(AMOUNT, "\"9223372036854775808\"", Code.OUT_OF_RANGE),
                arguments(AMOUNT, "\"" + "9".repeat(33) + "\"", Code.TOO_LONG),
                arguments(QUANTITY, "0", Code.OUT_OF_RANGE),
                arguments(QUANTITY, "1.5", Code.NOT_AN_INTEGER),
                arguments(QUANTITY, "1e-2", Code.NOT_AN_INTEGER),
                arguments(QUANTITY, "1e30", Code.OUT_OF_RANGE),
                arguments(QUANTITY, "1000001", Code.OUT_OF_RANGE),
                arguments(QUANTITY, "\"0.0005\"", Code.TOO_MANY_DECIMALS),
                arguments(EVENT, "\"PAID\"", Code.UNKNOWN_VALUE),
                arguments(EVENT, "\"\"", Code.UNKNOWN_VALUE),
                arguments(EVENT, "1", Code.WRONG_TYPE),
                arguments(Decoder.bool(), "\"true\"", Code.WRONG_TYPE),
                arguments(Decoder.bool(), "0", Code.WRONG_TYPE),
                arguments(Decoder.text(1, 2), "\"\"", Code.TOO_SHORT),
                arguments(Decoder.text(1, 2), "\"abc\"", Code.TOO_LONG),
                arguments(Decoder.text(1, 9), "\"a\\u0007\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\".\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"..\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"a b\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"a#b\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"чай\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"a\\n\"", Code.BAD_FORMAT),
                arguments(Decoder.identifier(), "\"" + "a".repeat(65) + "\"", Code.TOO_LONG),
                arguments(Decoder.identifier(), "17", Code.WRONG_TYPE),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01 10:00:00Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-02-30T10:00:00Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T24:00:00Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:60Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00+19:00\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00+02:60\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00+02\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00+02:00[Europe/Kyiv]\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"+12026-03-01T10:00:00Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "\"2026-03-01T10:00:00.1234567890Z\"", Code.BAD_FORMAT),
                arguments(Decoder.instant(), "1772359200", Code.WRONG_TYPE),
                arguments(Decoder.listOf(POINTS, 1, 2), "[]", Code.TOO_FEW),
                arguments(Decoder.listOf(POINTS, 1, 2), "[1,2,3]", Code.TOO_MANY),
                arguments(Decoder.listOf(POINTS, 1, 2), "{}", Code.WRONG_TYPE),
                arguments(Decoder.mapOf(Pattern.compile("a+"), POINTS, 1), "{\"a\":1,\"aa\":1}", Code.TOO_MANY),
                arguments(Decoder.mapOf(Pattern.compile("a+"), POINTS, 1), "{\"b\":1}", Code.BAD_FORMAT),
                arguments(Decoder.mapOf(Pattern.compile("a+"), POINTS, 1), "[]", Code.WRONG_TYPE),
                arguments(Decoder.object(FieldsTest::wish), "\"x\"", Code.WRONG_TYPE),
                arguments(
                        POINTS.where(points -> points % 100 == 0, Code.NOT_ALLOWED, "must be whole hundreds"),
                        "150",
                        Code.NOT_ALLOWED));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Decoder<?> decoder, String json, Code code) {
        assertThat(decoder.decode(value(json), Place.BODY).errors())
                .extracting(FieldError::code)
                .containsExactly(code.code());
    }

    private static Decoded<Long> either(String json) {
        Map<String, Decoder<Long>> choices = new LinkedHashMap<>();
        choices.put("points", POINTS);
        choices.put("stars", Decoder.integer(1, 5));
        Fields fields = fields(json);
        Field<Optional<String>> reason = fields.optional("reason", Decoder.text(0, 5));
        Field<Long> either = fields.exactlyOne(choices);
        return fields.decoded(() -> reason.get().isPresent() ? -either.get() : either.get());
    }

    private static List<String> complaints(String json) {
        return either(json).errors().stream()
                .map(error -> error.at() + " " + error.code() + ": " + error.detail())
                .toList();
    }

    @Test
    void of_fields_that_exclude_one_another_one_is_read() {
        assertThat(either("{\"points\":7}")).isEqualTo(new Decoded.Valid<>(7L));
        assertThat(either("{\"reason\":\"why\",\"stars\":5}")).isEqualTo(new Decoded.Valid<>(-5L));
        assertThat(complaints("{\"stars\":6}")).containsExactly("/stars out_of_range: must be from 1 to 5");
        assertThat(complaints("{}")).containsExactly(" too_few: exactly one of these is needed here: points, stars");
        assertThat(complaints("{\"stars\":6,\"points\":7}"))
                .containsExactly(
                        "/stars out_of_range: must be from 1 to 5",
                        " too_many: exactly one of these is needed here: points, stars");
    }

    @Test
    void a_choice_that_is_misspelt_is_one_error() {
        assertThat(complaints("{\"star\":5}"))
                .containsExactly(" unknown_field: only these are taken here: reason, points, stars");
        assertThat(complaints("{\"stars\":5,\"x\":1}"))
                .containsExactly(" unknown_field: only these are taken here: reason, points, stars");
    }

    private static JsonValue value(String json) {
        return ((Read) JsonReader.body(json.getBytes(UTF_8))).value();
    }

    private static Fields fields(String json) {
        return Fields.of((JsonObject) value(json));
    }
}
