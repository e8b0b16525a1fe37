package kopilka.dynamodb;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import kopilka.ledger.LedgerUnavailable;
import kopilka.program.WalletId;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of an item, or of a map within one, by name. What is zero, false or empty takes no room, and what is not
 * there reads as that.
 *
 * <p>Every item says which format it is in. While a new release is rolled out, and when it is rolled back, older code meets
 * items of newer code: it does not guess at them, it is as unavailable to them as if the store were, and whoever asks comes
 * back. So whatever changes what an item says raises its format, and an item is written in the oldest format that has room for
 * it. Formats that were ever released are read for good.
 */
final class Item {
    /** The format of all that has to do with points alone. */
    static final int FIRST = 1;

    /** The format of what has to do with other wallets too. */
    static final int WALLETS = 2;

    private static final String FORMAT = "f";
    private static final Set<String> KEY_AND_FORMAT = Set.of(ItemKeys.PARTITION, ItemKeys.SORT, FORMAT);

    private final Map<String, AttributeValue> attributes;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    /** Nothing yet. */
    static Item empty() {
        return new Item(new HashMap<>());
    }

    /** An item to be stored under a key, in a format that its reader knows. */
    static Item at(Map<String, AttributeValue> key, int format) {
        return new Item(new HashMap<>(key)).number(FORMAT, format);
    }

    /** A part of an item, such as its key. */
    static Item of(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    /**
     * What is stored.
     *
     * @param format the newest format that the reader knows
     * @throws LedgerUnavailable where newer code wrote it
     */
    static Item stored(Map<String, AttributeValue> attributes, int format) {
        Item item = new Item(attributes);
        long written = item.number(FORMAT);
        if (written > format) {
            throw new LedgerUnavailable("an item is in format " + written + " of newer code, which reads it");
        }
        if (written < 1) {
            throw new IllegalStateException("an item is in no format");
        }
        return item;
    }

    /**
     * What is stored and will be written anew as a whole: with an attribute that the reader does not know it would be written
     * without.
     *
     * @param format the newest format that the reader knows
     * @param known the attributes that such an item has, beside its key and format
     * @throws LedgerUnavailable where newer code wrote it
     */
    static Item stored(Map<String, AttributeValue> attributes, int format, Set<String> known) {
        for (String name : attributes.keySet()) {
            if (!known.contains(name) && !KEY_AND_FORMAT.contains(name)) {
                throw new LedgerUnavailable("an item has an attribute of newer code, which keeps it");
            }
        }
        return stored(attributes, format);
    }

    static AttributeValue asText(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue asNumber(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    Map<String, AttributeValue> attributes() {
        return attributes;
    }

    Item put(String name, AttributeValue value) {
        attributes.put(name, value);
        return this;
    }

    Item text(String name, String value) {
        return put(name, asText(value));
    }

    Item text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    Item number(String name, long value) {
        return value == 0 ? this : put(name, asNumber(value));
    }

    Item flag(String name, boolean value) {
        return value ? put(name, AttributeValue.fromBool(true)) : this;
    }

    Item bytes(String name, byte[] value) {
        return put(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value)));
    }

    Item instant(String name, Instant value) {
        return text(name, value.toString());
    }

    Item instant(String name, Optional<Instant> value) {
        return text(name, value.map(Instant::toString));
    }

    Item texts(String name, Collection<String> values) {
        return values.isEmpty()
                ? this
                : put(
                        name,
                        AttributeValue.fromL(values.stream().map(Item::asText).toList()));
    }

    Item map(String name, Item value) {
        return put(name, AttributeValue.fromM(value.attributes));
    }

    Item maps(String name, List<Item> values) {
        return values.isEmpty()
                ? this
                : put(
                        name,
                        AttributeValue.fromL(values.stream()
                                .map(value -> AttributeValue.fromM(value.attributes))
                                .toList()));
    }

    /** A wallet, where it is another than {@link WalletId#POINTS}: before there were others, it was never named. */
    Item wallet(String name, WalletId wallet) {
        return wallet.equals(WalletId.POINTS) ? this : text(name, wallet.value());
    }

    /** A map by wallet. */
    <T> Item byWallet(String name, SortedMap<WalletId, T> values, Function<T, Item> each) {
        if (values.isEmpty()) {
            return this;
        }
        Item map = empty();
        values.forEach((wallet, value) -> map.map(wallet.value(), each.apply(value)));
        return map(name, map);
    }

    /** A map by wallet of all but {@link WalletId#POINTS}, whose values are attributes of their own. */
    <T> Item others(String name, SortedMap<WalletId, T> values, Function<T, Item> each) {
        SortedMap<WalletId, T> others = new TreeMap<>(values);
        others.remove(WalletId.POINTS);
        return byWallet(name, others, each);
    }

    private Optional<AttributeValue> find(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    private static IllegalStateException missing(String name) {
        return new IllegalStateException("an item has no attribute " + name);
    }

    Optional<String> optionalText(String name) {
        return find(name).map(AttributeValue::s);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    long number(String name) {
        return find(name).map(AttributeValue::n).map(Long::parseLong).orElse(0L);
    }

    /** A number with its decimals, as it is stored. */
    String decimal(String name) {
        return find(name).map(AttributeValue::n).orElseThrow(() -> missing(name));
    }

    boolean flag(String name) {
        return find(name).map(AttributeValue::bool).orElse(false);
    }

    Optional<byte[]> optionalBytes(String name) {
        return find(name).map(AttributeValue::b).map(SdkBytes::asByteArrayUnsafe);
    }

    byte[] bytes(String name) {
        return optionalBytes(name).orElseThrow(() -> missing(name));
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    Optional<Instant> optionalInstant(String name) {
        return optionalText(name).map(Instant::parse);
    }

    List<String> texts(String name) {
        return find(name)
                .map(value -> value.l().stream().map(AttributeValue::s).toList())
                .orElse(List.of());
    }

    Optional<Item> optionalMap(String name) {
        return find(name).map(value -> new Item(value.m()));
    }

    Item map(String name) {
        return optionalMap(name).orElseThrow(() -> missing(name));
    }

    List<Item> maps(String name) {
        return find(name)
                .map(value ->
                        value.l().stream().map(entry -> new Item(entry.m())).toList())
                .orElse(List.of());
    }

    WalletId wallet(String name) {
        return optionalText(name).map(WalletId::new).orElse(WalletId.POINTS);
    }

    /** What is said of each wallet in a map; of {@link WalletId#POINTS} that, if the map does not have it. */
    <T> SortedMap<WalletId, T> wallets(String name, T points, Function<Item, T> each) {
        SortedMap<WalletId, T> values = new TreeMap<>();
        values.put(WalletId.POINTS, points);
        optionalMap(name)
                .ifPresent(map -> map.attributes.forEach(
                        (wallet, value) -> values.put(new WalletId(wallet), each.apply(new Item(value.m())))));
        return values;
    }
}
