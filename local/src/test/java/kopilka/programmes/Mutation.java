package kopilka.programmes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Documents that are nearly right: examples in which something is left out, doubled, renamed, moved or another value. */
final class Mutation {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Values on the edge of what somewhere is right, or beyond it. */
    private static final List<String> VALUES = Stream.of(
                    "0,1,2,3,-1,1.0,1.5,1e2,7,10,11,14,20,21,50,60,61,100,101,366,367,500,501,1000,1001,1200,1201,1830,1831",
                    "2.0,-1000,-1001,10000,10001,36600,36601,1000000,1000001,1000000000000,1000000000001,9223372036854775808",
                    "true,false,null,{},[],[[]],[{}],[1],[\"a\"],[\"a\",\"a\"]",
                    "\"\",\"0\",\"0.00\",\"-1\",\"1\",\"01\",\"1.\",\".5\",\"0.01\",\"0.001\",\"0.0001\",\"0.00001\",\"99.99\",\"100\"",
                    "\"100.00\",\"100.001\",\"100.01\",\"10000000000.00\",\"10000000000000\",\"10000000000001\",\"1e2\",\"+1\",\"1,5\"",
                    "\"points\",\"cashback\",\"stars\",\"miles\",\"gold\",\"vip\",\"money\",\"paid\",\"add\",\"debt\",\"write_off\",\"label\"",
                    "\"gift\",\"day\",\"ever\",\"mon\",\"order\",\"month\",\"qualified\",\"A\",\"a b\",\"a-b\",\"a_b\",\"Київ\",\"\\u0007\"",
                    "\"a\\n\",\"18:00\",\"24:00\",\"12-31\",\"02-29\",\"02-30\",\"2026-12-31\",\"2026-02-29\",\"2028-02-29\",\"2026-13-01\"",
                    "\"2026-12-01T00:00:00Z\",\"2026-12-01T00:00:00+19:00\",\"2026-12-01T24:00:00Z\",\"2026-12-01T00:00:60Z\"",
                    "\"2026-02-30T00:00:00Z\",\"2026-12-01\",\"EUR\",\"JPY\",\"KWD\",\"UTC\",\"Europe/Kyiv\"")
            .flatMap(line -> split(line).stream())
            .toList();

    /** The members that an object can have somewhere. */
    private final List<String> names;

    private final List<JsonNode> examples;
    private final Random random;

    Mutation(long seed) {
        this.random = new Random(seed);
        this.examples = examples().values().stream().toList();
        Set<String> all = new TreeSet<>(Set.of("x", "A", "a b", "", "первый", "first", "per", "number", "within"));
        examples.forEach(example -> gatherNames(example, all));
        this.names = List.copyOf(all);
    }

    /** The examples by the names of their files. */
    static Map<String, JsonNode> examples() {
        Map<String, JsonNode> examples = new java.util.LinkedHashMap<>();
        for (String name : List.of("tea-club", "cashback", "smallest", "first-format")) {
            try {
                examples.put(
                        name,
                        MAPPER.readTree(Files.readString(DocumentSchema.beside("shared")
                                .resolve("lambda/src/test/resources/programmes/" + name + ".json"))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return examples;
    }

    private static List<String> split(String line) {
        List<String> values = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted = (c == '"') != quoted;
            depth += !quoted && (c == '[' || c == '{') ? 1 : !quoted && (c == ']' || c == '}') ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                values.add(line.substring(start, i));
                start = i + 1;
            }
        }
        values.add(line.substring(start));
        return values;
    }

    private static void gatherNames(JsonNode node, Set<String> names) {
        node.properties().forEach(member -> {
            names.add(member.getKey());
            gatherNames(member.getValue(), names);
        });
        if (node.isArray()) {
            node.forEach(item -> gatherNames(item, names));
        }
    }

    /** The next document. */
    JsonNode next() {
        JsonNode document = examples.get(random.nextInt(examples.size())).deepCopy();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            change(document);
        }
        return document;
    }

    private void change(JsonNode document) {
        List<JsonNode> containers = new ArrayList<>();
        gatherContainers(document, containers);
        switch (containers.get(random.nextInt(containers.size()))) {
            case ObjectNode object -> change(object, document);
            case ArrayNode array -> change(array, document);
            default -> throw new IllegalStateException("no container");
        }
    }

    private static void gatherContainers(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> gatherContainers(child, containers));
        }
    }

    private void change(ObjectNode object, JsonNode document) {
        List<String> members = new ArrayList<>();
        object.fieldNames().forEachRemaining(members::add);
        String name = members.isEmpty() ? "x" : one(members);
        switch (random.nextInt(7)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(one(names), value(document));
            case 2 -> {
                JsonNode value = object.remove(name);
                object.set(one(names), value == null ? value(document) : value);
            }
            case 3 -> object.set(name, nested(object.get(name)));
            default -> object.set(name, value(document));
        }
    }

    private void change(ArrayNode array, JsonNode document) {
        int at = array.isEmpty() ? -1 : random.nextInt(array.size());
        switch (random.nextInt(7)) {
            case 0 -> array.add(value(document));
            case 1 -> {
                if (at >= 0) {
                    array.remove(at);
                }
            }
            case 2 -> {
                if (at >= 0) {
                    array.add(array.get(at).deepCopy());
                }
            }
            case 3 -> repeated(array, 1 + random.nextInt(120));
            case 4 -> {
                if (at >= 0) {
                    array.set(at, nested(array.get(at)));
                }
            }
            default -> {
                if (at >= 0) {
                    array.set(at, value(document));
                }
            }
        }
    }

    private static void repeated(ArrayNode array, int times) {
        for (int i = 0; i < times && !array.isEmpty(); i++) {
            JsonNode copy = array.get(0).deepCopy();
            if (copy instanceof ObjectNode object && object.has("id")) {
                object.put("id", "copy-" + i);
            }
            array.add(copy.isTextual() ? JSON.textNode("w" + i) : copy);
        }
    }

    private JsonNode nested(@org.jspecify.annotations.Nullable JsonNode value) {
        JsonNode inner = value == null ? JSON.nullNode() : value.deepCopy();
        List<Function<JsonNode, JsonNode>> wraps = List.of(
                node -> JSON.arrayNode().add(node),
                node -> JSON.objectNode().set(one(names), node),
                node -> JSON.objectNode().set("not", node),
                node -> JSON.objectNode().set("all", JSON.arrayNode().add(node)),
                node -> JSON.objectNode().set("any", JSON.arrayNode().add(node)));
        return wraps.get(random.nextInt(wraps.size())).apply(inner);
    }

    /** Any value, or one that stands somewhere else in the document. */
    private JsonNode value(JsonNode document) {
        if (random.nextInt(3) == 0) {
            List<JsonNode> containers = new ArrayList<>();
            gatherContainers(document, containers);
            List<JsonNode> children = new ArrayList<>();
            one(containers).forEach(children::add);
            if (!children.isEmpty()) {
                return one(children).deepCopy();
            }
        }
        try {
            return MAPPER.readTree(one(VALUES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
