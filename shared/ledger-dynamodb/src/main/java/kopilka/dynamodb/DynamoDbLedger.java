package kopilka.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Account;
import kopilka.ledger.Decision;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Stored;
import kopilka.ledger.StoredKey;
import kopilka.program.ProgramId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The ledger in two tables of DynamoDB: accounts, with what changes together with them, and postings, to which is only ever
 * added. Thread-safe.
 */
public final class DynamoDbLedger implements Ledger {
    /** The most items that one call of DynamoDB reads. */
    private static final int MAX_READ = 100;

    /** How often a read is asked for that DynamoDB answers in part, or not while it writes the same items. */
    private static final int READ_ATTEMPTS = 3;

    private static final String NEW = "attribute_not_exists(pk)";

    private final DynamoDbClient client;
    private final String accounts;
    private final String postings;
    private final History history;

    /**
     * The ledger in those tables.
     *
     * @param client calls DynamoDB, with its own retries and time-outs
     * @param accounts the name of the table of accounts
     * @param postings the name of the table of postings
     */
    public DynamoDbLedger(DynamoDbClient client, String accounts, String postings) {
        this.client = client;
        this.accounts = accounts;
        this.postings = postings;
        this.history = new History(this, client, postings);
    }

    /** The posting that an item of the table of postings holds, as its stream delivers it. */
    public static Posting posting(Map<String, AttributeValue> item) {
        return PostingItem.read(item);
    }

    /** Where something is stored. */
    private record Place(String table, Map<String, AttributeValue> key) {}

    private Place placeOf(StoredKey key) {
        return switch (key) {
            case StoredKey.AccountKey account -> new Place(accounts, ItemKeys.of(account));
            case StoredKey.OrderKey order -> new Place(accounts, ItemKeys.of(order));
            case StoredKey.UseKey use -> new Place(accounts, ItemKeys.of(use));
            case StoredKey.CodeKey code -> new Place(accounts, ItemKeys.of(code));
            case StoredKey.PostingKey posting -> new Place(postings, ItemKeys.of(posting));
        };
    }

    private static Stored stored(StoredKey key, Map<String, AttributeValue> item) {
        return switch (key) {
            case StoredKey.AccountKey account -> AccountItem.read(item);
            case StoredKey.OrderKey order -> OrderStateItem.read(item);
            case StoredKey.UseKey use -> UseItem.read(item);
            case StoredKey.CodeKey code -> CodeItem.read(item);
            case StoredKey.PostingKey posting -> PostingItem.read(item);
        };
    }

    @Override
    public Snapshot read(Set<StoredKey> keys) {
        List<StoredKey> all = List.copyOf(keys);
        Map<StoredKey, Stored> found = new HashMap<>();
        if (all.size() == 1) {
            readOne(all.getFirst(), found);
        } else if (isAccountAndPosting(all)) {
            readBoth(all, found);
        } else {
            // More than one transaction takes is only asked for beside an account read before: its next write fails
            // if any of this has changed.
            for (int start = 0; start < all.size(); start += MAX_READ) {
                readTogether(all.subList(start, Math.min(all.size(), start + MAX_READ)), found);
            }
        }
        return new Snapshot(keys, found);
    }

    private static boolean isAccountAndPosting(List<StoredKey> keys) {
        return keys.size() == 2
                && keys.stream().anyMatch(StoredKey.AccountKey.class::isInstance)
                && keys.stream().anyMatch(StoredKey.PostingKey.class::isInstance);
    }

    private void readOne(StoredKey key, Map<StoredKey, Stored> found) {
        Place place = placeOf(key);
        var response = Store.ask(() -> client.getItem(
                request -> request.tableName(place.table()).key(place.key()).consistentRead(true)));
        if (response.hasItem()) {
            found.put(key, stored(key, response.item()));
        }
    }

    /** In one trip at half the price of a transaction, which the two don't need: a write finds a newer posting by itself. */
    private void readBoth(List<StoredKey> keys, Map<StoredKey, Stored> found) {
        Map<String, KeysAndAttributes> asked = new HashMap<>();
        for (StoredKey key : keys) {
            Place place = placeOf(key);
            asked.put(
                    place.table(),
                    KeysAndAttributes.builder()
                            .keys(List.of(place.key()))
                            .consistentRead(true)
                            .build());
        }
        Map<String, KeysAndAttributes> left = asked;
        for (int attempt = 0; attempt < READ_ATTEMPTS && !left.isEmpty(); attempt++) {
            Map<String, KeysAndAttributes> now = left;
            var response = Store.ask(() -> client.batchGetItem(request -> request.requestItems(now)));
            for (StoredKey key : keys) {
                for (var item : response.responses().getOrDefault(placeOf(key).table(), List.of())) {
                    found.put(key, stored(key, item));
                }
            }
            left = response.unprocessedKeys();
        }
        if (!left.isEmpty()) {
            throw new LedgerUnavailable("DynamoDB read a part alone");
        }
    }

    private void readTogether(List<StoredKey> keys, Map<StoredKey, Stored> found) {
        List<TransactGetItem> asked = new ArrayList<>();
        for (StoredKey key : keys) {
            Place place = placeOf(key);
            asked.add(TransactGetItem.builder()
                    .get(get -> get.tableName(place.table()).key(place.key()))
                    .build());
        }
        List<ItemResponse> items = transactGet(asked);
        for (int i = 0; i < keys.size(); i++) {
            if (items.get(i).hasItem()) {
                found.put(keys.get(i), stored(keys.get(i), items.get(i).item()));
            }
        }
    }

    private List<ItemResponse> transactGet(List<TransactGetItem> asked) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Store.ask(() -> client.transactGetItems(request -> request.transactItems(asked)))
                        .responses();
            } catch (LedgerUnavailable e) {
                // A write of the same account is over by the next attempt; what else passes takes longer than that.
                if (attempt == READ_ATTEMPTS || !(e.getCause() instanceof TransactionCanceledException)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Written write(Decision.Post post) {
        Posting posting = post.posting();
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(put(postings, PostingItem.of(posting), Condition.IS_NEW));
        items.add(put(
                accounts,
                AccountItem.of(post.account(), post.due()),
                posting.sequence() == 1 ? Condition.IS_NEW : Condition.follows(posting.sequence() - 1)));
        post.code().ifPresent(code -> items.add(put(accounts, CodeItem.of(code), Condition.IS_NEW)));
        // An order's state and a redemption's use change with their account alone: the account's condition guards them.
        post.order().ifPresent(order -> items.add(put(accounts, OrderStateItem.of(order), Condition.NONE)));
        post.uses().forEach(use -> items.add(put(accounts, UseItem.of(use), Condition.NONE)));
        Store.Transacted transacted = Store.transact(client, items);
        if (transacted.isDone()) {
            return Written.DONE;
        }
        if (transacted.isRefused(0)) {
            return Written.DUPLICATE;
        }
        // Whoever is busy with the account is about to move it on.
        return transacted.isRefused(1) || transacted.conflict() ? Written.OUTRUN : Written.CODE_TAKEN;
    }

    /** What must be true of the item that is overwritten. */
    private record Condition(Optional<String> expression, Map<String, AttributeValue> values) {
        static final Condition NONE = new Condition(Optional.empty(), Map.of());
        static final Condition IS_NEW = new Condition(Optional.of(NEW), Map.of());

        static Condition follows(long sequence) {
            return new Condition(
                    Optional.of(AccountItem.SEQUENCE + " = :before"), Map.of(":before", Item.asNumber(sequence)));
        }
    }

    private static TransactWriteItem put(String table, Map<String, AttributeValue> item, Condition condition) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        condition.expression().ifPresent(put::conditionExpression);
        if (!condition.values().isEmpty()) {
            put.expressionAttributeValues(condition.values());
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    /** A member's account, as of now. */
    Optional<Account> account(MemberKey member) {
        return read(Set.of(new StoredKey.AccountKey(member))).account(member);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Read from an index that follows a little later; what it does not have yet is read along the chain.
     */
    @Override
    public List<Posting> history(MemberKey member, long before, int limit) {
        return history.page(member, before, limit);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Read from an index that follows a little later: what has only just become due may be in the next answer.
     */
    @Override
    public DuePage due(int shard, Instant until, int limit, Optional<String> after) {
        QueryResponse response = Store.ask(() -> client.query(request -> {
            request.tableName(accounts)
                    .indexName("due")
                    .keyConditionExpression(
                            AccountItem.DUE_SHARD + " = :shard AND " + AccountItem.DUE_AT + " <= :until")
                    .expressionAttributeValues(
                            Map.of(":shard", Item.asText(AccountItem.shard(shard)), ":until", AccountItem.dueAt(until)))
                    .limit(limit);
            after.ifPresent(cursor -> request.exclusiveStartKey(dueKey(shard, cursor)));
        }));
        return new DuePage(
                response.items().stream()
                        .map(item -> ItemKeys.memberOf(Item.of(item).text(ItemKeys.PARTITION)))
                        .toList(),
                response.hasLastEvaluatedKey()
                        ? Optional.of(dueCursor(response.lastEvaluatedKey()))
                        : Optional.empty());
    }

    private static String dueCursor(Map<String, AttributeValue> last) {
        return Item.of(last).decimal(AccountItem.DUE_AT) + " " + Item.of(last).text(ItemKeys.PARTITION);
    }

    private static Map<String, AttributeValue> dueKey(int shard, String cursor) {
        int space = cursor.indexOf(' ');
        return Map.of(
                AccountItem.DUE_SHARD, Item.asText(AccountItem.shard(shard)),
                AccountItem.DUE_AT, AttributeValue.fromN(cursor.substring(0, space)),
                ItemKeys.PARTITION, Item.asText(cursor.substring(space + 1)),
                ItemKeys.SORT, Item.asText(ItemKeys.ACCOUNT));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Scans the table of all programs; a page may well have fewer accounts than the limit, or none, and not be the last.
     */
    @Override
    public AccountPage accounts(ProgramId program, int limit, Optional<String> after) {
        ScanResponse response = Store.ask(() -> client.scan(request -> {
            request.tableName(accounts)
                    .consistentRead(true)
                    .filterExpression("begins_with(pk, :program) AND sk = :account")
                    .expressionAttributeValues(Map.of(
                            ":program", Item.asText(ItemKeys.partitions(program)),
                            ":account", Item.asText(ItemKeys.ACCOUNT)))
                    .limit(limit);
            after.ifPresent(cursor -> request.exclusiveStartKey(scanKey(cursor)));
        }));
        return new AccountPage(
                response.items().stream().map(AccountItem::read).toList(),
                response.hasLastEvaluatedKey()
                        ? Optional.of(scanCursor(response.lastEvaluatedKey()))
                        : Optional.empty());
    }

    private static String scanCursor(Map<String, AttributeValue> last) {
        return Item.of(last).text(ItemKeys.PARTITION) + " " + Item.of(last).text(ItemKeys.SORT);
    }

    private static Map<String, AttributeValue> scanKey(String cursor) {
        int space = cursor.indexOf(' ');
        return Map.of(
                ItemKeys.PARTITION, Item.asText(cursor.substring(0, space)),
                ItemKeys.SORT, Item.asText(cursor.substring(space + 1)));
    }
}
