package kopilka.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonNull;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final String LIST = "ledger/demo/m-1";
    private static final Cursor CURSOR = new Cursor("17");

    @Test
    void a_cursor_comes_back_as_it_was_given() {
        assertThat(decoded(LIST, new JsonString(CURSOR.text(LIST)))).isEqualTo(new Decoded.Valid<>(CURSOR));
    }

    @Test
    void a_cursor_is_opaque() {
        assertThat(CURSOR.text(LIST)).matches("[A-Za-z0-9_-]+").doesNotContain("17");
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        assertRefused("ledger/demo/m-2", new JsonString(CURSOR.text(LIST)));
    }

    @Test
    void a_cursor_with_any_character_changed_is_refused() {
        String text = CURSOR.text(LIST);
        for (int i = 0; i < text.length(); i++) {
            for (char c : "ABab09_-".toCharArray()) {
                if (text.charAt(i) != c) {
                    assertRefused(LIST, new JsonString(text.substring(0, i) + c + text.substring(i + 1)));
                }
            }
            assertRefused(LIST, new JsonString(text.substring(0, i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "=", "чай", "%00", "AAAA", "____________"})
    void what_was_never_a_cursor_is_refused(String text) {
        assertRefused(LIST, new JsonString(text));
        assertRefused(LIST, new JsonString(text.repeat(1000)));
        assertRefused(LIST, new JsonNull());
    }

    private static void assertRefused(String list, JsonValue value) {
        assertThat(decoded(list, value).errors()).extracting(FieldError::at).containsExactly("cursor");
    }

    private static Decoded<Cursor> decoded(String list, JsonValue value) {
        return Cursor.of(list).decode(value, Place.PARAMETERS.child("cursor"));
    }
}
