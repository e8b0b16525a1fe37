package kopilka.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of which one value is another, at any depth.
 *
 * @param what was changed
 * @param item as it is now
 */
record Damage(String what, Map<String, AttributeValue> item) {
    private static final Set<String> KEYS = Set.of("pk", "sk");

    /** Every value in turn: changed by chance, and taken away. */
    static List<Damage> of(Map<String, AttributeValue> item, Random random) {
        List<Damage> all = new ArrayList<>();
        item.forEach((name, value) -> {
            if (!KEYS.contains(name)) {
                changes(value, random)
                        .forEach(change -> all.add(new Damage(name + change.what, with(item, name, change.value))));
                Map<String, AttributeValue> without = new HashMap<>(item);
                without.remove(name);
                all.add(new Damage(name + " taken away", without));
            }
        });
        return all;
    }

    private record Change(String what, AttributeValue value) {}

    private static <K> Map<K, AttributeValue> with(Map<K, AttributeValue> map, K name, AttributeValue value) {
        Map<K, AttributeValue> changed = new HashMap<>(map);
        changed.put(name, value);
        return changed;
    }

    private static List<Change> changes(AttributeValue value, Random random) {
        List<Change> all = new ArrayList<>();
        switch (value.type()) {
            case S -> all.add(new Change(" of another text", AttributeValue.fromS(text(value.s(), random))));
            case N -> all.add(new Change(" of another number", AttributeValue.fromN(number(value.n(), random))));
            case B -> all.add(new Change(" of a flipped bit", AttributeValue.fromB(flipped(value.b(), random))));
            case BOOL -> all.add(new Change(" turned", AttributeValue.fromBool(!value.bool())));
            case M ->
                of(value.m(), random)
                        .forEach(inner -> all.add(new Change("." + inner.what, AttributeValue.fromM(inner.item))));
            case L -> {
                IntStream.range(0, value.l().size())
                        .forEach(i -> changes(value.l().get(i), random).forEach(inner -> {
                            List<AttributeValue> list = new ArrayList<>(value.l());
                            list.set(i, inner.value);
                            all.add(new Change("[" + i + "]" + inner.what, AttributeValue.fromL(list)));
                        }));
            }
            default -> throw new IllegalStateException("no item of ours has " + value.type());
        }
        return all;
    }

    private static String text(String text, Random random) {
        int at = random.nextInt(text.length());
        char other = text.charAt(at) == '1' ? '2' : '1';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String number(String number, Random random) {
        long less = 1L + random.nextInt(3);
        return Long.toString(Long.parseLong(number) + (random.nextBoolean() ? less : -less));
    }

    private static SdkBytes flipped(SdkBytes bytes, Random random) {
        byte[] flipped = bytes.asByteArray();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        return SdkBytes.fromByteArray(flipped);
    }
}
