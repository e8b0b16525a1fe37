package kopilka.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import kopilka.ledger.LedgerUnavailable;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * API keys in a table of DynamoDB: an item for each key, which stays when it is revoked, and one for each program, which
 * lists the program's live keys and changes together with them. Thread-safe.
 */
public final class DynamoDbKeys {
    /** The most live keys of a shop: one, and the one that is to take its place. */
    public static final int LIVE_KEYS_OF_SHOP = 2;

    /** The most live keys of a program: of a hundred shops, and the list of them is a few write units. */
    public static final int LIVE_KEYS_OF_PROGRAM = 200;

    /** How often a change is tried where somebody changes the same program's keys. */
    private static final int ATTEMPTS = 5;

    private static final int FORMAT = 1;
    private static final String SEQUENCE = "seq";
    private static final String LIVE = "live";
    private static final String NEW = "attribute_not_exists(pk)";

    private final DynamoDbClient client;
    private final String table;

    /**
     * The keys in that table.
     *
     * @param client calls DynamoDB, with its own retries and time-outs
     * @param table the name of the table of keys
     */
    public DynamoDbKeys(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /** What came of issuing a key. */
    public enum Issued {
        /** It works. */
        DONE,
        /** The shop has {@link #LIVE_KEYS_OF_SHOP} already, or the program {@link #LIVE_KEYS_OF_PROGRAM}. */
        TOO_MANY,
        /** There is, or was, a key of that id: draw another. */
        ID_TAKEN
    }

    /** A program's live keys, and the number of changes that led to them. */
    private record Ring(long sequence, List<ApiKey> live) {}

    /**
     * A key, revoked or not, as of now.
     *
     * @throws LedgerUnavailable where the store can't answer
     */
    public Optional<ApiKey> find(KeyId id) {
        return read(keyOf(id)).map(item -> key(item));
    }

    /**
     * A program's live keys, at most {@link #LIVE_KEYS_OF_PROGRAM}, the oldest first.
     *
     * @throws LedgerUnavailable where the store can't answer
     */
    public List<ApiKey> list(ProgramId program) {
        return ring(program).live();
    }

    /**
     * Issues a key.
     *
     * @throws LedgerUnavailable where it is not known whether it was
     */
    public Issued issue(ApiKey key) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Ring ring = ring(key.program());
            long ofShop = ring.live().stream()
                    .filter(live -> live.shop().equals(key.shop()))
                    .count();
            if (ofShop >= LIVE_KEYS_OF_SHOP || ring.live().size() >= LIVE_KEYS_OF_PROGRAM) {
                return Issued.TOO_MANY;
            }
            List<ApiKey> live = new ArrayList<>(ring.live());
            live.add(key);
            Store.Transacted transacted =
                    Store.transact(client, List.of(put(key, true), put(key.program(), ring.sequence(), live)));
            if (transacted.isDone()) {
                return Issued.DONE;
            }
            if (transacted.isRefused(0)) {
                return Issued.ID_TAKEN;
            }
        }
        throw busy();
    }

    /**
     * Revokes a key; one that is revoked stays as it is.
     *
     * @return whether the program has, or had, such a key
     * @throws LedgerUnavailable where it is not known whether it was
     */
    public boolean revoke(ProgramId program, KeyId id, Instant at) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<ApiKey> key = find(id).filter(found -> found.program().equals(program));
            if (key.isEmpty() || key.get().revokedAt().isPresent()) {
                return key.isPresent();
            }
            Ring ring = ring(program);
            List<ApiKey> live =
                    ring.live().stream().filter(other -> !other.id().equals(id)).toList();
            Store.Transacted transacted = Store.transact(
                    client, List.of(put(key.get().revoked(at), false), put(program, ring.sequence(), live)));
            if (transacted.isDone()) {
                return true;
            }
        }
        throw busy();
    }

    private static LedgerUnavailable busy() {
        return new LedgerUnavailable("others keep changing this program's keys");
    }

    private Ring ring(ProgramId program) {
        return read(ringOf(program))
                .map(item -> new Ring(
                        item.number(SEQUENCE),
                        item.maps(LIVE).stream().map(DynamoDbKeys::key).toList()))
                .orElse(new Ring(0, List.of()));
    }

    private Optional<Item> read(Map<String, AttributeValue> key) {
        var response = Store.ask(() ->
                client.getItem(request -> request.tableName(table).key(key).consistentRead(true)));
        return response.hasItem() ? Optional.of(Item.stored(response.item(), FORMAT)) : Optional.empty();
    }

    private TransactWriteItem put(ApiKey key, boolean isNew) {
        Item item = write(Item.at(keyOf(key.id()), FORMAT), key);
        return TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(item.attributes());
                    if (isNew) {
                        put.conditionExpression(NEW);
                    }
                })
                .build();
    }

    private TransactWriteItem put(ProgramId program, long before, List<ApiKey> live) {
        Item item = Item.at(ringOf(program), FORMAT)
                .number(SEQUENCE, before + 1)
                .maps(LIVE, live.stream().map(key -> write(Item.empty(), key)).toList());
        return TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(item.attributes());
                    if (before == 0) {
                        put.conditionExpression(NEW);
                    } else {
                        put.conditionExpression(SEQUENCE + " = :before")
                                .expressionAttributeValues(Map.of(":before", Item.asNumber(before)));
                    }
                })
                .build();
    }

    private static Map<String, AttributeValue> keyOf(KeyId id) {
        return Map.of(ItemKeys.PARTITION, Item.asText("key#" + id));
    }

    private static Map<String, AttributeValue> ringOf(ProgramId program) {
        return Map.of(ItemKeys.PARTITION, Item.asText("program#" + program));
    }

    private static Item write(Item item, ApiKey key) {
        return item.text("id", key.id().value())
                .text("program", key.program().value())
                .text("shop", key.shop().value())
                .texts("scopes", key.scopes())
                .bytes("hash", PostingItem.bytes(key.secretHash()))
                .instant("created", key.createdAt())
                .instant("revoked", key.revokedAt());
    }

    private static ApiKey key(Item item) {
        return new ApiKey(
                new KeyId(item.text("id")),
                new ProgramId(item.text("program")),
                new ShopId(item.text("shop")),
                new TreeSet<>(item.texts("scopes")),
                PostingItem.hash(item.bytes("hash")),
                item.instant("created"),
                item.optionalInstant("revoked"));
    }
}
