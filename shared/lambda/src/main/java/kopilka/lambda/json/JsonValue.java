package kopilka.lambda.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A JSON value, just as it was written: a number keeps its text, an object the order of its members. */
public sealed interface JsonValue {

    /** An object. Its members keep the order in which they were written; no name stands twice. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = Collections.unmodifiableMap(members instanceof Fresh ? members : new LinkedHashMap<>(members));
        }

        /** Members that whoever made them gives away, and keeps no hold of: they need no copy. */
        static final class Fresh extends LinkedHashMap<String, JsonValue> {
            private static final long serialVersionUID = 1L;
        }

        /** The member of that name, whatever its type. */
        public Optional<JsonValue> member(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** The member of that name, if it is a string. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof JsonString(String text) ? Optional.of(text) : Optional.empty();
        }

        /** The member of that name, if it is an object. */
        public Optional<JsonObject> object(String name) {
            return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        }

        /** The items of the member of that name; none unless it is an array. */
        public List<JsonValue> items(String name) {
            return members.get(name) instanceof JsonArray(List<JsonValue> items) ? items : List.of();
        }

        /** The members that are strings, as a map; the others are left out. */
        public Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            members.forEach((name, value) -> {
                if (value instanceof JsonString(String text)) {
                    texts.put(name, text);
                }
            });
            return texts;
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> items) implements JsonValue {
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record JsonString(String text) implements JsonValue {}

    /** A number as it was written: {@code 1}, {@code 1.0} and {@code 1e0} are three different texts. */
    record JsonNumber(String text) implements JsonValue {
        private static final Pattern GRAMMAR = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

        public JsonNumber {
            if (!GRAMMAR.matcher(text).matches()) {
                throw new IllegalArgumentException("not a JSON number");
            }
        }

        /** The number, exactly. */
        BigDecimal value() {
            return new BigDecimal(text);
        }

        public static JsonNumber of(long number) {
            return new JsonNumber(Long.toString(number));
        }
    }

    /** True or false. */
    record JsonBoolean(boolean value) implements JsonValue {}

    /** The value null, which no field of the API takes: a field without a value is left out. */
    record JsonNull() implements JsonValue {}
}
