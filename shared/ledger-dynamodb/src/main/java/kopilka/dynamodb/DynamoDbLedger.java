package kopilka.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kopilka.ledger.Account;
import kopilka.ledger.Decision;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OrderState;
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
        } else {
            // More than one transaction takes is only asked for beside an account read before: its next write fails
            // if any of this has changed.
            for (int start = 0; start < all.size(); start += MAX_READ) {
                readTogether(all.subList(start, Math.min(all.size(), start + MAX_READ)), found);
            }
        }
        return new Snapshot(keys, found);
    }

    private void readOne(StoredKey key, Map<StoredKey, Stored> found) {
        Place place = placeOf(key);
        var response = Store.ask(() -> client.getItem(
                request -> request.tableName(place.table()).key(place.key()).consistentRead(true)));
        if (response.hasItem()) {
            found.put(key, stored(key, response.item()));
        }
    }

    /** {@inheritDoc} A transaction would cost two or four times as much. */
    @Override
    public Snapshot glance(Set<StoredKey> keys, boolean latest) {
        List<StoredKey> all = List.copyOf(keys);
        Map<StoredKey, Stored> found = new HashMap<>();
        for (int start = 0; start < all.size(); start += MAX_READ) {
            glance(all.subList(start, Math.min(all.size(), start + MAX_READ)), latest, found);
        }
        return new Snapshot(keys, found);
    }

    private void glance(List<StoredKey> keys, boolean latest, Map<StoredKey, Stored> found) {
        Map<Place, StoredKey> places = new HashMap<>();
        Map<String, List<Map<String, AttributeValue>>> byTable = new HashMap<>();
        for (StoredKey key : keys) {
            Place place = placeOf(key);
            places.put(place, key);
            byTable.computeIfAbsent(place.table(), table -> new ArrayList<>()).add(place.key());
        }
        Map<String, KeysAndAttributes> left = new HashMap<>();
        byTable.forEach((table, asked) -> left.put(
                table,
                KeysAndAttributes.builder().keys(asked).consistentRead(latest).build()));
        for (int attempt = 0; attempt < READ_ATTEMPTS && !left.isEmpty(); attempt++) {
            var response = Store.ask(() -> client.batchGetItem(request -> request.requestItems(left)));
            response.responses()
                    .forEach((table, items) -> items.forEach(item -> {
                        StoredKey key = Objects.requireNonNull(places.get(new Place(table, ItemKeys.keyOf(item))));
                        found.put(key, stored(key, item));
                    }));
            left.clear();
            left.putAll(response.unprocessedKeys());
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
    public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
        Decision.Post last = posts.getLast();
        List<TransactWriteItem> items = new ArrayList<>();
        for (Decision.Post post : posts) {
            items.add(put(postings, PostingItem.of(post.posting()), Condition.IS_NEW));
        }
        int account = items.size();
        long before = posts.getFirst().posting().sequence() - 1;
        items.add(put(
                accounts,
                AccountItem.of(last.account(), last.due()),
                before == 0 ? Condition.IS_NEW : Condition.follows(before)));
        Map<StoredKey, TransactWriteItem> others = new LinkedHashMap<>();
        for (Decision.Post post : posts) {
            post.order()
                    .ifPresent(order -> others.put(
                            order.storedAs(),
                            put(accounts, OrderStateItem.of(order), stands(order.storedAs(), glance))));
            post.uses()
                    .forEach(use ->
                            others.put(use.storedAs(), put(accounts, UseItem.of(use), stands(use.storedAs(), glance))));
        }
        items.addAll(others.values());
        int codes = items.size();
        posts.forEach(post ->
                post.code().ifPresent(code -> items.add(put(accounts, CodeItem.of(code), Condition.IS_NEW))));
        Store.Transacted transacted = Store.transact(client, items);
        if (transacted.isDone()) {
            return Written.DONE;
        }
        if (IntStream.range(0, account).anyMatch(transacted::isRefused)) {
            return Written.DUPLICATE;
        }
        // Whoever is busy with the account is about to move it on.
        boolean outrun =
                transacted.conflict() || IntStream.range(account, codes).anyMatch(transacted::isRefused);
        return outrun ? Written.OUTRUN : Written.CODE_TAKEN;
    }

    /**
     * Orders and uses change with their account alone: where they were read as of one moment with it or later, its condition
     * guards them. A glance may have seen them at another moment.
     */
    private static Condition stands(StoredKey key, Optional<Snapshot> glance) {
        if (glance.isEmpty() || !glance.get().asked().contains(key)) {
            return Condition.NONE;
        }
        return switch (glance.get().found().get(key)) {
            case null -> Condition.IS_NEW;
            case OrderState order -> Condition.is(OrderStateItem.of(order), OrderStateItem.ATTRIBUTES);
            case Stored other -> Condition.NONE;
        };
    }

    /** What must be true of the item that is overwritten. */
    private record Condition(
            Optional<String> expression, Map<String, String> names, Map<String, AttributeValue> values) {
        static final Condition NONE = new Condition(Optional.empty(), Map.of(), Map.of());
        static final Condition IS_NEW = new Condition(Optional.of(NEW), Map.of(), Map.of());

        static Condition follows(long sequence) {
            return new Condition(
                    Optional.of(AccountItem.SEQUENCE + " = :before"),
                    Map.of(),
                    Map.of(":before", Item.asNumber(sequence)));
        }

        /** The item says what that one says, in each of the attributes that there may be. */
        static Condition is(Map<String, AttributeValue> item, Set<String> attributes) {
            List<String> parts = new ArrayList<>();
            Map<String, String> names = new HashMap<>();
            Map<String, AttributeValue> values = new HashMap<>();
            for (String attribute : new TreeSet<>(attributes)) {
                String number = Integer.toString(names.size());
                names.put("#" + number, attribute);
                AttributeValue value = item.get(attribute);
                if (value == null) {
                    parts.add("attribute_not_exists(#" + number + ")");
                } else {
                    parts.add("#" + number + " = :" + number);
                    values.put(":" + number, value);
                }
            }
            return new Condition(Optional.of(String.join(" AND ", parts)), names, values);
        }
    }

    private static TransactWriteItem put(String table, Map<String, AttributeValue> item, Condition condition) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        condition.expression().ifPresent(put::conditionExpression);
        if (!condition.names().isEmpty()) {
            put.expressionAttributeNames(condition.names());
        }
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
