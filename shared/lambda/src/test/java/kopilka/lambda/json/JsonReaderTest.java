package kopilka.lambda.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kopilka.lambda.json.JsonReader.Malformed;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonReader.Reading;
import kopilka.lambda.json.JsonValue.JsonArray;
import kopilka.lambda.json.JsonValue.JsonBoolean;
import kopilka.lambda.json.JsonValue.JsonNull;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    /** Characters that mean something in JSON. */
    private static final String SPICE = "{}[]\",:\\u0eE+-.9ntf/ ";

    /** A seed under which the reader once failed goes here and stays. */
    private static final List<Long> SEEDS = List.of(1L, 20_260_301L);

    @Test
    void a_value_of_every_type_is_read_as_it_was_written() {
        Reading reading = JsonReader.body(
                "{\"text\":\"чай \\ud83d\\ude00\",\"number\":1.50,\"yes\":true,\"no\":false,\"none\":null,\"list\":[1,{}]}"
                        .getBytes(UTF_8));

        assertThat(reading)
                .isEqualTo(new Read(new JsonObject(Map.of(
                        "text", new JsonString("чай 😀"),
                        "number", new JsonNumber("1.50"),
                        "yes", new JsonBoolean(true),
                        "no", new JsonBoolean(false),
                        "none", new JsonNull(),
                        "list", new JsonArray(List.of(new JsonNumber("1"), JsonObject.EMPTY))))));
    }

    @Test
    void members_keep_the_order_in_which_they_were_written() {
        Read read = (Read) JsonReader.body("{\"z\":1,\"a\":2,\"m\":3}".getBytes(UTF_8));

        assertThat(((JsonObject) read.value()).members().keySet()).containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1e5",
                "1E+308",
                "1e-308",
                "1.7976931348623157E308",
                "4.9E-324",
                "-2.225073858507e-311",
                "1e000001",
                "-12.5e3",
                "1234567890123456789012345678901234567890"
            })
    void a_number_keeps_its_text(String number) {
        assertThat(JsonReader.body(number.getBytes(UTF_8))).isEqualTo(new Read(new JsonNumber(number)));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("", JsonFault.EMPTY),
                arguments(" \r\n\t", JsonFault.EMPTY),
                arguments("{", JsonFault.UNEXPECTED_END),
                arguments("{\"a\":", JsonFault.UNEXPECTED_END),
                arguments("{\"a\":\"b", JsonFault.UNEXPECTED_END),
                arguments("[1,", JsonFault.SYNTAX),
                arguments("tru", JsonFault.SYNTAX),
                arguments("{\"a\":1,}", JsonFault.SYNTAX),
                arguments("[1,]", JsonFault.SYNTAX),
                arguments("[1 2]", JsonFault.SYNTAX),
                arguments("{\"a\" 1}", JsonFault.SYNTAX),
                arguments("{a:1}", JsonFault.SYNTAX),
                arguments("{'a':1}", JsonFault.SYNTAX),
                arguments("{\"a\":1}}", JsonFault.TRAILING_CONTENT),
                arguments("{\"a\":1} {\"b\":2}", JsonFault.TRAILING_CONTENT),
                arguments("{} x", JsonFault.TRAILING_CONTENT),
                arguments("{} " + "9".repeat(41), JsonFault.TRAILING_CONTENT),
                arguments("{}\0", JsonFault.TRAILING_CONTENT),
                arguments("]", JsonFault.SYNTAX),
                arguments("// comment\n{}", JsonFault.SYNTAX),
                arguments("{\"a\":/* */1}", JsonFault.SYNTAX),
                arguments("NaN", JsonFault.SYNTAX),
                arguments("{\"points\":NaN}", JsonFault.SYNTAX),
                arguments("{\"points\":Infinity}", JsonFault.SYNTAX),
                arguments("{\"points\":-Infinity}", JsonFault.SYNTAX),
                arguments("{\"points\":+1}", JsonFault.SYNTAX),
                arguments("{\"points\":01}", JsonFault.SYNTAX),
                arguments("{\"points\":.5}", JsonFault.SYNTAX),
                arguments("{\"points\":5.}", JsonFault.SYNTAX),
                arguments("{\"points\":0x10}", JsonFault.SYNTAX),
                arguments("{\"points\":1e}", JsonFault.SYNTAX),
                arguments("{\"points\":1e309}", JsonFault.NUMBER_OUT_OF_RANGE),
                arguments("{\"points\":1e-325}", JsonFault.NUMBER_OUT_OF_RANGE),
                arguments("{\"points\":1E+2147483648}", JsonFault.NUMBER_OUT_OF_RANGE),
                arguments("{\"points\":1e99999999999999999999999999}", JsonFault.NUMBER_OUT_OF_RANGE),
                arguments("{\"points\":" + "9".repeat(41) + "}", JsonFault.TOO_LONG),
                arguments("{\"points\":0." + "0".repeat(100_000) + "1}", JsonFault.TOO_LONG),
                arguments("{\"points\":1e" + "0".repeat(100_000) + "}", JsonFault.TOO_LONG),
                arguments("{\"" + "n".repeat(257) + "\":1}", JsonFault.TOO_LONG),
                arguments("{\"a\":1,\"a\":1}", JsonFault.DUPLICATE_KEY),
                arguments("{\"a\":1,\"\\u0061\":2}", JsonFault.DUPLICATE_KEY),
                arguments("{\"lines\":[{},{\"id\":\"1\",\"id\":\"1\"}]}", JsonFault.DUPLICATE_KEY),
                arguments("{\"<script>\":1,\"<script>\":1}", JsonFault.DUPLICATE_KEY),
                arguments("{\"a b\":{\"c\":1,\"c\":1}}", JsonFault.DUPLICATE_KEY),
                arguments("{\"a\":\"\\u0000\"}", JsonFault.NUL_CHARACTER),
                arguments("{\"\\u0000\":1}", JsonFault.NUL_CHARACTER),
                arguments("{\"a\":\"\0\"}", JsonFault.SYNTAX),
                arguments("{\"a\":\"\n\"}", JsonFault.SYNTAX),
                arguments("{\"a\":\"\\x\"}", JsonFault.SYNTAX),
                arguments("{\"a\":\"\\u12\"}", JsonFault.SYNTAX),
                arguments("{\"a\":\"\\ud83d\"}", JsonFault.LONE_SURROGATE),
                arguments("{\"a\":\"\\ude00\\ud83d\"}", JsonFault.LONE_SURROGATE),
                arguments("{\"a\":\"\\ud83dx\"}", JsonFault.LONE_SURROGATE),
                arguments("{\"\\udfff\":1}", JsonFault.SYNTAX),
                arguments("[".repeat(25) + "]".repeat(25), JsonFault.TOO_DEEP),
                arguments("[".repeat(100_000), JsonFault.TOO_DEEP),
                arguments("{\"a\":".repeat(25) + "1" + "}".repeat(25), JsonFault.TOO_DEEP));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String text, JsonFault fault) {
        assertThat(refused(JsonReader.body(text.getBytes(UTF_8))).fault()).isEqualTo(fault);
    }

    static Stream<Arguments> wrongly_encoded() {
        return Stream.of(
                arguments("UTF-16 with its mark", "{}".getBytes(UTF_16), JsonFault.NOT_UTF_8),
                arguments("UTF-16 without a mark", "{}".getBytes(UTF_16BE), JsonFault.SYNTAX),
                arguments("UTF-32", "{}".getBytes(Charset.forName("UTF-32BE")), JsonFault.SYNTAX),
                arguments("Latin-1", "{\"a\":\"é\"}".getBytes(ISO_8859_1), JsonFault.NOT_UTF_8),
                arguments("a byte order mark", "\uFEFF{}".getBytes(UTF_8), JsonFault.BYTE_ORDER_MARK),
                arguments("a surrogate as three bytes", bytes('"', 0xED, 0xA0, 0xBD, '"'), JsonFault.NOT_UTF_8),
                arguments("an overlong form", bytes('"', 0xC0, 0xAF, '"'), JsonFault.NOT_UTF_8),
                arguments("a character beyond Unicode", bytes('"', 0xF4, 0x90, 0x80, 0x80, '"'), JsonFault.NOT_UTF_8),
                arguments("a character cut short", bytes('"', 0xD0), JsonFault.NOT_UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrongly_encoded(String what, byte[] text, JsonFault fault) {
        assertThat(refused(JsonReader.body(text)).fault()).as(what).isEqualTo(fault);
    }

    @Test
    void twenty_four_levels_are_not_too_deep() {
        assertThat(JsonReader.body(("[".repeat(24) + "]".repeat(24)).getBytes(UTF_8)))
                .isInstanceOf(Read.class);
    }

    @Test
    void a_fault_names_its_line_and_column() {
        Malformed malformed = refused(JsonReader.body("{\n  \"a\": 1,\n  \"b\": nope\n}".getBytes(UTF_8)));

        assertThat(malformed.line()).isEqualTo(3);
        assertThat(malformed.column()).isBetween(8, 13);
    }

    @Test
    void an_event_quotes_what_callers_sent_without_judging_it() {
        assertThat(JsonReader.event("{\"body\":\"\\u0000\\ud83d\"}".getBytes(UTF_8)))
                .isEqualTo(new Read(new JsonObject(Map.of("body", new JsonString("\0\ud83d")))));
    }

    @Test
    void whatever_the_bytes_reading_gives_a_value_or_a_fault() {
        for (long seed : SEEDS) {
            fuzz(seed, 20_000);
        }
        fuzz(System.nanoTime(), 20_000);
    }

    private static void fuzz(long seed, int times) {
        Random random = new Random(seed);
        for (int i = 0; i < times; i++) {
            byte[] text = mutated(random);
            try {
                if (JsonReader.body(text) instanceof Read(JsonValue value)) {
                    assertThat(JsonReader.body(JsonWriter.text(value))).isEqualTo(new Read(value));
                    assertThat(JsonReader.body(JsonWriter.canonical(value))).isEqualTo(new Read(value));
                }
                JsonReader.event(text);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", text " + i + ": " + new String(text, ISO_8859_1), e);
            }
        }
    }

    private static byte[] mutated(Random random) {
        byte[] text = JsonWriter.text(value(random, 0));
        for (int mutations = random.nextInt(4); mutations > 0 && text.length > 0; mutations--) {
            int at = random.nextInt(text.length);
            switch (random.nextInt(4)) {
                case 0 -> text[at] = (byte) random.nextInt(256);
                case 1 -> text[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                case 2 -> text = Arrays.copyOf(text, at);
                default -> {
                    byte[] twice = Arrays.copyOf(text, text.length + at);
                    System.arraycopy(text, 0, twice, text.length, at);
                    text = twice;
                }
            }
        }
        return text;
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0 ->
                new JsonString(random.ints(random.nextInt(6), 1, 0x10FFFF)
                        .filter(c -> c < 0xD800 || c > 0xDFFF)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
            case 1 -> JsonNumber.of(random.nextLong());
            case 2 -> new JsonNumber(random.nextInt() + "." + random.nextInt(1000) + "e" + random.nextInt(400));
            case 3 -> new JsonBoolean(random.nextBoolean());
            case 4 -> new JsonNull();
            case 5 ->
                new JsonArray(Stream.generate(() -> value(random, depth + 1))
                        .limit(random.nextInt(5))
                        .toList());
            default -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.put("n" + random.nextInt(10), value(random, depth + 1));
                }
                yield new JsonObject(members);
            }
        };
    }

    private static Malformed refused(Reading reading) {
        assertThat(reading).isInstanceOf(Malformed.class);
        return (Malformed) reading;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
