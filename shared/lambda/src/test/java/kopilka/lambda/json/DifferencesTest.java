package kopilka.lambda.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kopilka.lambda.json.Differences.Difference;
import kopilka.lambda.json.Differences.Op;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonValue.JsonArray;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {
    private static final int PLENTY = 1_000;

    private static JsonValue json(String text) {
        return ((Read) JsonReader.body(text.getBytes(UTF_8))).value();
    }

    private static String text(JsonValue value) {
        return new String(JsonWriter.text(value), UTF_8);
    }

    private static Differences between(String before, String after) {
        return Differences.between(json(before), json(after), Set.of("/wallets"), PLENTY);
    }

    private static String told(Difference difference) {
        return difference.op().code() + " " + difference.pointer()
                + difference.before().map(value -> " - " + text(value)).orElse("")
                + difference.after().map(value -> " + " + text(value)).orElse("");
    }

    private static List<String> told(String before, String after) {
        Differences differences = between(before, after);
        assertThat(differences.complete()).isTrue();
        return differences.list().stream().map(DifferencesTest::told).toList();
    }

    // ------------------------------------------------------------------------------------------------ what is the same

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {}                                | {}
            []                                | []
            {"a":1,"b":2}                     | {"b":2,"a":1}
            {"a":100}                         | {"a":1e2}
            {"a":[1,1.0]}                     | {"a":[1.00,1]}
            {"a":[{"x":1,"y":2}]}             | {"a":[{"y":2.0,"x":1}]}
            {"a":null,"b":true,"c":"x"}       | {"a":null,"b":true,"c":"x"}
            """)
    void what_means_the_same_is_the_same(String before, String after) {
        assertThat(told(before, after)).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ objects

    @Test
    void a_member_is_added_removed_or_changed() {
        assertThat(told("{\"a\":1,\"b\":{\"c\":\"x\",\"d\":2}}", "{\"b\":{\"c\":\"y\",\"d\":2},\"e\":[1]}"))
                .containsExactly("removed /a - 1", "changed /b/c - \"x\" + \"y\"", "added /e + [1]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"a":1}          | {"a":"1"}        | changed /a - 1 + "1"
            {"a":{}}         | {"a":[]}         | changed /a - {} + []
            {"a":null}       | {"a":false}      | changed /a - null + false
            {"a":{"b":1}}    | {"a":1}          | changed /a - {"b":1} + 1
            {"a":1}          | {"a":1.01}       | changed /a - 1 + 1.01
            1                | 2                | changed  - 1 + 2
            """)
    void a_value_of_another_type_or_size_is_another_value(String before, String after, String told) {
        assertThat(told(before, after)).containsExactly(told);
    }

    @Test
    void names_are_escaped_in_pointers() {
        assertThat(told("{\"a/b\":1,\"m~n\":1,\"\":1,\"чай\":1}", "{\"a/b\":2,\"m~n\":2,\"\":2,\"чай\":2}"))
                .containsExactly(
                        "changed /a~1b - 1 + 2", "changed /m~0n - 1 + 2", "changed / - 1 + 2", "changed /чай - 1 + 2");
    }

    @Test
    void the_order_of_members_counts_where_it_is_said_to() {
        assertThat(told("{\"wallets\":{\"a\":1,\"b\":1}}", "{\"wallets\":{\"b\":1,\"a\":1}}"))
                .containsExactly("moved /wallets/b - 1 + 0");
        assertThat(told("{\"wallets\":{\"a\":1,\"b\":1}}", "{\"wallets\":{\"c\":1,\"a\":1,\"b\":1}}"))
                .containsExactly("added /wallets/c + 1");
        assertThat(told("{\"tiers\":{\"a\":1,\"b\":1}}", "{\"tiers\":{\"b\":1,\"a\":1}}"))
                .isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ arrays

    private static String rules(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"id\":\"" + id + "\",\"priority\":0,\"then\":[{\"bonus\":{\"points\":1}}]}")
                .collect(Collectors.joining(",", "{\"rules\":[", "]}"));
    }

    @Test
    void a_rule_that_is_inserted_removed_or_moved_is_one_difference() {
        List<String> fifty =
                IntStream.range(0, 50).mapToObj(number -> "rule-" + number).toList();
        List<String> more = new ArrayList<>(fifty);
        more.add(3, "new");
        List<String> fewer = new ArrayList<>(fifty);
        fewer.remove("rule-7");
        List<String> other = new ArrayList<>(fifty);
        other.add(2, other.remove(40));

        assertThat(told(rules(fifty), rules(more)))
                .containsExactly(
                        "added /rules/3 + {\"id\":\"new\",\"priority\":0,\"then\":[{\"bonus\":{\"points\":1}}]}");
        assertThat(told(rules(fifty), rules(fewer)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("removed /rules/7 - {");
        assertThat(told(rules(fifty), rules(other))).containsExactly("moved /rules/2 - 40 + 2");
    }

    @Test
    void what_changed_within_a_rule_is_told_at_its_place_now_and_what_was_removed_at_its_place_then() {
        String before = """
                {"rules":[{"id":"a","when":{"shop":["x"]},"priority":1},{"id":"b"}]}""";
        String after = """
                {"rules":[{"id":"new"},{"id":"a","priority":2,"group":"g"},{"id":"b"}]}""";

        assertThat(told(before, after))
                .containsExactly(
                        "added /rules/0 + {\"id\":\"new\"}",
                        "removed /rules/0/when - {\"shop\":[\"x\"]}",
                        "changed /rules/1/priority - 1 + 2",
                        "added /rules/1/group + \"g\"");
    }

    @Test
    void strings_are_matched_as_what_they_are() {
        assertThat(told("{\"shop\":[\"a\",\"b\",\"c\"]}", "{\"shop\":[\"b\",\"x\",\"c\"]}"))
                .containsExactly("removed /shop/0 - \"a\"", "added /shop/1 + \"x\"");
        assertThat(told("[\"a\",\"b\",\"c\"]", "[\"c\",\"a\",\"b\"]")).containsExactly("moved /0 - 2 + 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [1,2,3]                                    | [1,9,2,3]                        | added /1 + 9
            [1,2,3]                                    | [1,3]                            | removed /1 - 2
            [1,2,3]                                    | [1,5,3]                          | changed /1 - 2 + 5
            [1,1]                                      | [1,1,1]                          | added /2 + 1
            []                                         | ["a"]                            | added /0 + "a"
            [{"id":"a"}]                               | []                               | removed /0 - {"id":"a"}
            [{"id":"a"},{"id":"a"}]                    | [{"id":"a"},{"id":"a","x":1}]    | added /1/x + 1
            [{"id":1,"x":1},{"id":2}]                  | [{"id":1,"x":2},{"id":2}]        | changed /0/x - 1 + 2
            [{"bonus":{"points":1}}]                   | [{"bonus":{"points":2}}]         | changed /0/bonus/points - 1 + 2
            ["a","a"]                                  | ["a"]                            | removed /1 - "a"
            """)
    void items_without_a_name_of_their_own_are_matched_from_both_ends(String before, String after, String told) {
        assertThat(told(before, after)).containsExactly(told);
    }

    // ------------------------------------------------------------------------------------------------ bounds

    @Test
    void at_most_so_many_are_told_and_that_there_are_more_is_said() {
        String thousand = IntStream.range(0, 1_000)
                .mapToObj(number -> "\"n" + number + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        Differences all = between("{}", thousand);
        Differences cut = Differences.between(json("{}"), json(thousand), Set.of(), 999);

        assertThat(all.list()).hasSize(1_000);
        assertThat(all.complete()).isTrue();
        assertThat(cut.list()).isEqualTo(all.list().subList(0, 999));
        assertThat(cut.complete()).isFalse();
    }

    // ------------------------------------------------------------------------------------------------ any values

    /** Whoever undoes the differences has what was there before: nothing is left out, and nothing told that is not so. */
    @Test
    void what_was_can_be_told_from_what_is_and_the_differences() {
        long seed = Long.getLong("kopilka.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> before = anyIds(random);
            List<String> after = anyIds(random);
            JsonValue old = list(before, random);
            JsonValue now = list(after, random);
            Differences differences = Differences.between(old, now, Set.of(), PLENTY);

            assertThat(undone(now, differences))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(text(old));
            Set<String> both = before.stream().filter(after::contains).collect(Collectors.toSet());
            assertThat(differences.list().stream().filter(one -> one.op() == Op.MOVED))
                    .as("seed %s, round %s", seed, round)
                    .hasSizeLessThan(Math.max(1, both.size()));
        }
    }

    private static List<String> anyIds(Random random) {
        List<String> ids = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
        Collections.shuffle(ids, random);
        return ids.subList(0, random.nextInt(ids.size() + 1));
    }

    private static JsonValue list(List<String> ids, Random random) {
        return new JsonArray(ids.stream()
                .<JsonValue>map(id ->
                        new JsonObject(Map.of("id", new JsonString(id), "value", JsonNumber.of(random.nextInt(2)))))
                .map(item -> json(new String(JsonWriter.canonical(item), UTF_8)))
                .toList());
    }

    private static String undone(JsonValue now, Differences differences) {
        List<JsonObject> items = new ArrayList<>();
        ((JsonArray) now).items().forEach(item -> items.add((JsonObject) item));
        TreeMap<Integer, JsonObject> placed = new TreeMap<>();
        List<JsonObject> gone = new ArrayList<>();
        Map<JsonObject, JsonObject> values = new LinkedHashMap<>();
        for (Difference difference : differences.list()) {
            String[] path = difference.pointer().split("/", -1);
            int index = Integer.parseInt(path[1]);
            switch (difference.op()) {
                case ADDED -> gone.add(items.get(index));
                case REMOVED ->
                    placed.put(index, (JsonObject) difference.before().orElseThrow());
                case CHANGED -> {
                    Map<String, JsonValue> members =
                            new LinkedHashMap<>(items.get(index).members());
                    members.put(path[2], difference.before().orElseThrow());
                    values.put(items.get(index), new JsonObject(members));
                }
                case MOVED -> {
                    gone.add(items.get(index));
                    int place =
                            Integer.parseInt(((JsonNumber) difference.before().orElseThrow()).text());
                    placed.put(place, items.get(index));
                }
            }
        }
        items.removeAll(gone);
        placed.forEach(items::add);
        return text(new JsonArray(items.stream()
                .<JsonValue>map(item -> values.getOrDefault(item, item))
                .toList()));
    }
}
