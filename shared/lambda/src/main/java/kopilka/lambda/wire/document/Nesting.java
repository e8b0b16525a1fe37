package kopilka.lambda.wire.document;

import java.util.Optional;
import java.util.Set;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;

/** How far conditions of any kind may be built of conditions. */
final class Nesting {
    /**
     * Levels of conditions in conditions, a plain one being one. Nobody reads deeper ones, and with them a document still
     * nests less deep than JSON may.
     */
    static final int MAX_DEPTH = 8;

    /** Parts of one condition. */
    static final int MAX_PARTS = 20;

    /** Conditions in one place, all levels together: each order is held against all of them. */
    static final int MAX_NODES = 100;

    private static final Set<String> LISTS = Set.of("all", "any");

    private Nesting() {}

    /** A decoder, unless it stands too deep. */
    static <T> Decoder<T> at(int depth, Decoder<T> decoder) {
        return depth <= MAX_DEPTH
                ? decoder
                : (value, place) -> Flaw.TOO_DEEP.refused(place, "conditions nest at most " + MAX_DEPTH + " deep");
    }

    /** A decoder of a condition, unless it has too many parts. */
    static <T> Decoder<T> limited(Decoder<T> decoder) {
        return (value, place) -> nodes(value) > MAX_NODES
                ? Flaw.TOO_COMPLEX.refused(place, "at most " + MAX_NODES + " conditions are taken here")
                : decoder.decode(value, place);
    }

    /** How many conditions stand in a value, itself included. */
    static int nodes(Optional<JsonValue> condition) {
        return condition.map(Nesting::nodes).orElse(0);
    }

    private static int nodes(JsonValue condition) {
        return nodes(condition, 1);
    }

    private static int nodes(JsonValue condition, int depth) {
        int nodes = 1;
        if (condition instanceof JsonObject object && depth <= MAX_DEPTH) {
            for (String list : LISTS) {
                for (JsonValue part : object.items(list)) {
                    nodes += nodes(part, depth + 1);
                }
            }
            nodes += object.member("not").map(part -> nodes(part, depth + 1)).orElse(0);
        }
        return nodes;
    }
}
