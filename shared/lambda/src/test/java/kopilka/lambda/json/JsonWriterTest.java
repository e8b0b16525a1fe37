package kopilka.lambda.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kopilka.lambda.json.JsonReader.Read;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void members_stand_in_the_order_of_the_calls() {
        byte[] text = JsonWriter.object(json -> json.put("member", "m-1")
                .put("at", Instant.parse("2026-03-01T08:00:00Z"))
                .put("active", true)
                .object("balance", balance -> balance.put("available", 340))
                .objects("lots", List.of(1L, 2L), (lot, points) -> lot.put("points", points))
                .strings("scopes", List.of("orders:write"))
                .putIfPresent("next", Optional.<String>empty())
                .putIfPresent("points", Optional.of(5L), JsonWriter::put));

        assertThat(new String(text, UTF_8))
                .isEqualTo("{\"member\":\"m-1\",\"at\":\"2026-03-01T08:00:00Z\",\"active\":true,"
                        + "\"balance\":{\"available\":340},\"lots\":[{\"points\":1},{\"points\":2}],"
                        + "\"scopes\":[\"orders:write\"],\"points\":5}");
    }

    @Test
    void the_canonical_text_does_not_depend_on_order_and_white_space() {
        assertThat(canonical("{ \"b\": [1, {\"y\": 1, \"x\": \"\\u0041\"}],\n\"a\": 1.50 }"))
                .isEqualTo(canonical("{\"a\":1.50,\"b\":[1,{\"x\":\"A\",\"y\":1}]}"))
                .isEqualTo("{\"a\":1.50,\"b\":[1,{\"x\":\"A\",\"y\":1}]}");
        assertThat(canonical("[1,2]")).isNotEqualTo(canonical("[2,1]"));
    }

    @Test
    void characters_beyond_the_basic_plane_are_written_in_utf_8() {
        assertThat(new String(JsonWriter.object(json -> json.put("text", "чай 😀")), UTF_8))
                .isEqualTo("{\"text\":\"чай 😀\"}");
    }

    private static String canonical(String json) {
        return new String(JsonWriter.canonical(((Read) JsonReader.body(json.getBytes(UTF_8))).value()), UTF_8);
    }
}
