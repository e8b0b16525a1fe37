package kopilka.dynamodb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The size of an item in bytes, by the rules that AWS publishes ("DynamoDB item sizes and formats"). */
final class ItemSize {
    private static final int CONTAINER = 3;
    private static final int ELEMENT = 1;

    private ItemSize() {}

    static long of(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToLong(attribute -> utf8(attribute.getKey()) + of(attribute.getValue()))
                .sum();
    }

    private static long of(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(new BigDecimal(value.n()));
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            case M -> CONTAINER + value.m().size() * (long) ELEMENT + of(value.m());
            case L ->
                CONTAINER
                        + value.l().stream().mapToLong(ItemSize::of).sum()
                        + value.l().size() * (long) ELEMENT;
            case SS -> value.ss().stream().mapToLong(ItemSize::utf8).sum();
            case NS ->
                value.ns().stream()
                        .mapToLong(text -> number(new BigDecimal(text)))
                        .sum();
            case BS ->
                value.bs().stream()
                        .mapToLong(bytes -> bytes.asByteArrayUnsafe().length)
                        .sum();
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("an attribute of an unknown type");
        };
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** A byte for two significant digits, one more, and one more for a minus. */
    private static long number(BigDecimal number) {
        int digits = number.signum() == 0 ? 1 : number.stripTrailingZeros().precision();
        return (digits + 1L) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
    }
}
