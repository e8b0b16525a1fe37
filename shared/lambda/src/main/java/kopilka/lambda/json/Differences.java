package kopilka.lambda.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.lambda.json.JsonValue.JsonArray;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;

/**
 * What one JSON value has otherwise than another, such that what is inserted in the middle of a list is one difference.
 *
 * <p>Members of objects are matched by name. Items of an array are matched by their {@code id} where every one is an object that
 * has one of its own, and strings as what they are where none stands twice; all other arrays item by item, from both ends to the
 * middle. Numbers are the same if they are of the same value, however they are written.
 *
 * @param list each one; an item's place before those of its neighbours
 * @param complete whether there are no more than these
 */
public record Differences(List<Difference> list, boolean complete) {
    /** Copies what it is given. */
    public Differences {
        list = List.copyOf(list);
    }

    /** What has become of a value. */
    public enum Op {
        /** It was not there before. */
        ADDED,
        /** It is not there any more. */
        REMOVED,
        /** Another value stands in its place. */
        CHANGED,
        /** It has overtaken neighbours, or they have overtaken it, where their order counts. */
        MOVED;

        /** As answers write it. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One difference.
     *
     * @param pointer a JSON Pointer (RFC 6901) into the value after; of what was removed, into the one before
     * @param before the value that was there; of what moved, its number among its neighbours then, from 0
     * @param after the value that is there; of what moved, its number among its neighbours now, from 0
     */
    public record Difference(Op op, String pointer, Optional<JsonValue> before, Optional<JsonValue> after) {}

    /**
     * Compares two values.
     *
     * @param ordered JSON Pointers of the objects whose members' order counts
     * @param most as many differences are told, and no more
     */
    public static Differences between(JsonValue before, JsonValue after, Set<String> ordered, int most) {
        Comparison comparison = new Comparison(ordered, most);
        comparison.values(new Places(Place.BODY, Place.BODY), before, after);
        return new Differences(comparison.found, !comparison.cut);
    }

    /** Where two values stand that are compared, each in its own document. */
    private record Places(Place before, Place after) {
        Places child(String name) {
            return new Places(before.child(name), after.child(name));
        }

        Places child(int earlier, int later) {
            return new Places(before.child(earlier), after.child(later));
        }
    }

    private static final class Comparison {
        private final Set<String> ordered;
        private final int most;
        private final List<Difference> found = new ArrayList<>();
        private boolean cut;

        Comparison(Set<String> ordered, int most) {
            this.ordered = ordered;
            this.most = most;
        }

        private void note(Op op, Place at, Optional<JsonValue> before, Optional<JsonValue> after) {
            if (found.size() == most) {
                cut = true;
            } else {
                found.add(new Difference(op, at.toString(), before, after));
            }
        }

        private void added(Place at, JsonValue after) {
            note(Op.ADDED, at, Optional.empty(), Optional.of(after));
        }

        private void removed(Place at, JsonValue before) {
            note(Op.REMOVED, at, Optional.of(before), Optional.empty());
        }

        private void moved(Place at, int before, int after) {
            note(Op.MOVED, at, Optional.of(JsonNumber.of(before)), Optional.of(JsonNumber.of(after)));
        }

        void values(Places at, JsonValue before, JsonValue after) {
            if (cut) {
                return;
            }
            if (before instanceof JsonObject old && after instanceof JsonObject now) {
                members(at, old.members(), now.members());
            } else if (before instanceof JsonArray(List<JsonValue> old)
                    && after instanceof JsonArray(List<JsonValue> now)) {
                items(at, old, now);
            } else if (!same(before, after)) {
                note(Op.CHANGED, at.after(), Optional.of(before), Optional.of(after));
            }
        }

        private void members(Places at, Map<String, JsonValue> before, Map<String, JsonValue> after) {
            before.forEach((name, old) -> {
                JsonValue now = after.get(name);
                if (now == null) {
                    removed(at.before().child(name), old);
                } else {
                    values(at.child(name), old, now);
                }
            });
            after.forEach((name, now) -> {
                if (!before.containsKey(name)) {
                    added(at.after().child(name), now);
                }
            });
            if (ordered.contains(at.after().toString())) {
                Map<String, Integer> old = numbered(before.keySet());
                Map<String, Integer> now = numbered(after.keySet());
                overtakers(old, now)
                        .forEach(name -> moved(at.after().child(name), number(old, name), number(now, name)));
            }
        }

        private void items(Places at, List<JsonValue> before, List<JsonValue> after) {
            Optional<Map<String, Integer>> old = names(before);
            Optional<Map<String, Integer>> now = names(after);
            if (old.isPresent() && now.isPresent()) {
                old.get().forEach((name, index) -> {
                    if (!now.get().containsKey(name)) {
                        removed(at.before().child(index), before.get(index));
                    }
                });
                now.get().forEach((name, index) -> {
                    Integer earlier = old.get().get(name);
                    if (earlier == null) {
                        added(at.after().child(index), after.get(index));
                    } else {
                        values(at.child(earlier, index), before.get(earlier), after.get(index));
                    }
                });
                overtakers(old.get(), now.get()).forEach(name -> {
                    int index = number(now.get(), name);
                    moved(at.after().child(index), number(old.get(), name), index);
                });
            } else {
                nameless(at, before, after);
            }
        }

        private void nameless(Places at, List<JsonValue> before, List<JsonValue> after) {
            int shorter = Math.min(before.size(), after.size());
            int start = 0;
            while (start < shorter && same(before.get(start), after.get(start))) {
                start++;
            }
            int end = 0;
            while (end < shorter - start
                    && same(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
                end++;
            }
            for (int i = start; i < shorter - end; i++) {
                values(at.child(i, i), before.get(i), after.get(i));
            }
            for (int i = shorter - end; i < before.size() - end; i++) {
                removed(at.before().child(i), before.get(i));
            }
            for (int i = shorter - end; i < after.size() - end; i++) {
                added(at.after().child(i), after.get(i));
            }
        }
    }

    /** Items by what they are called, each with its index. Empty: one of them has no name, or not for itself. */
    private static Optional<Map<String, Integer>> names(List<JsonValue> items) {
        List<String> names = new ArrayList<>();
        for (JsonValue item : items) {
            Optional<String> name = switch (item) {
                case JsonString(String text) -> Optional.of(text);
                case JsonObject object -> object.text("id");
                case JsonArray a -> Optional.empty();
                case JsonNumber n -> Optional.empty();
                case JsonValue.JsonBoolean b -> Optional.empty();
                case JsonValue.JsonNull n -> Optional.empty();
            };
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        Map<String, Integer> numbered = numbered(names);
        return numbered.size() == items.size() ? Optional.of(numbered) : Optional.empty();
    }

    private static Map<String, Integer> numbered(Collection<String> names) {
        Map<String, Integer> numbered = new LinkedHashMap<>();
        for (String name : names) {
            numbered.put(name, numbered.size());
        }
        return numbered;
    }

    private static int number(Map<String, Integer> numbered, String name) {
        Integer number = numbered.get(name);
        if (number == null) {
            throw new IllegalStateException("a name that is on neither side");
        }
        return number;
    }

    /** The fewest of those on both sides that have to change places for the rest to be in one order. */
    private static List<String> overtakers(Map<String, Integer> before, Map<String, Integer> after) {
        List<String> both = after.keySet().stream().filter(before::containsKey).toList();
        int[] places = both.stream().mapToInt(name -> number(before, name)).toArray();
        Set<Integer> staying = longestAscent(places);
        List<String> moving = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            if (!staying.contains(i)) {
                moving.add(both.get(i));
            }
        }
        return moving;
    }

    /** The indices of a longest ascending subsequence of numbers that are all different. */
    private static Set<Integer> longestAscent(int[] numbers) {
        // Of all ascents of k + 1 numbers so far, the one with the smallest end: that end, and its index.
        int[] ends = new int[numbers.length];
        int[] last = new int[numbers.length];
        int[] previous = new int[numbers.length];
        int length = 0;
        for (int i = 0; i < numbers.length; i++) {
            int rank = -1 - Arrays.binarySearch(ends, 0, length, numbers[i]);
            ends[rank] = numbers[i];
            last[rank] = i;
            previous[i] = rank == 0 ? -1 : last[rank - 1];
            length = Math.max(length, rank + 1);
        }
        Set<Integer> ascent = new HashSet<>();
        for (int i = length == 0 ? -1 : last[length - 1]; i >= 0; i = previous[i]) {
            ascent.add(i);
        }
        return ascent;
    }

    private static boolean same(JsonValue one, JsonValue other) {
        if (one instanceof JsonNumber a && other instanceof JsonNumber b) {
            return a.value().compareTo(b.value()) == 0;
        }
        if (one instanceof JsonObject a && other instanceof JsonObject b) {
            return a.members().keySet().equals(b.members().keySet())
                    && a.members().entrySet().stream()
                            .allMatch(member -> b.member(member.getKey())
                                    .filter(value -> same(member.getValue(), value))
                                    .isPresent());
        }
        if (one instanceof JsonArray(List<JsonValue> a) && other instanceof JsonArray(List<JsonValue> b)) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
