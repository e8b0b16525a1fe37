package kopilka.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as tests write and read it. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    static ObjectNode object(String text) {
        return (ObjectNode) read(text);
    }

    /** A string with its quotes. */
    static String quoted(String text) {
        return MAPPER.createObjectNode().textNode(text).toString();
    }

    /** A copy with that value at a place, which may be new; {@code (none)} removes what is there. */
    static JsonNode with(JsonNode json, String pointer, String value) {
        JsonNode copy = json.deepCopy();
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = copy.at(at.head());
        String name = at.last().getMatchingProperty();
        switch (parent) {
            case ObjectNode object -> {
                if (value.equals("(none)")) {
                    object.remove(name);
                } else {
                    object.set(name, read(value));
                }
            }
            case ArrayNode array -> {
                int index = at.last().getMatchingIndex();
                if (index < array.size()) {
                    array.set(index, read(value));
                } else {
                    array.add(read(value));
                }
            }
            default -> throw new IllegalArgumentException("nothing is at " + at.head());
        }
        return copy;
    }
}
