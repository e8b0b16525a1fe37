package kopilka.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * Counts the request units of the calls that go through, from the sizes of items: what DynamoDB Local reports for
 * transactions is wrong.
 *
 * <p>In a transaction each item costs twice. An index costs a write for an entry that comes, one for an entry that goes, and
 * two for an entry whose key changes; an entry that stays as it is costs nothing.
 */
final class Meter extends Forwarding {
    private static final long TRANSACTION = 2;
    private static final Set<String> DUE_ENTRY = Set.of("pk", "sk", "dueShard", "dueAt");

    private final DynamoDbClient client;
    private RequestUnits total = RequestUnits.NONE;
    private int trips;

    Meter(DynamoDbClient client) {
        super(client);
        this.client = client;
    }

    /** What was used since it was last asked. */
    RequestUnits used() {
        RequestUnits used = total;
        total = RequestUnits.NONE;
        trips = 0;
        return used;
    }

    /** The calls since then, each of which is a trip to DynamoDB and back. */
    int trips() {
        return trips;
    }

    private void read(long units) {
        total = total.plus(new RequestUnits(2 * units, 0, 0));
    }

    private void written(long factor, String table, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> before = client.getItem(
                        get -> get.tableName(table).key(keyOf(item)).consistentRead(true))
                .item();
        long size = Math.max(ItemSize.of(before), ItemSize.of(item));
        total = total.plus(
                new RequestUnits(0, factor * RequestUnits.writing(size), indexed(entry(before), entry(item))));
    }

    private static long indexed(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        if (before.equals(after)) {
            return 0;
        }
        return (before.isEmpty() ? 0 : RequestUnits.writing(ItemSize.of(before)))
                + (after.isEmpty() ? 0 : RequestUnits.writing(ItemSize.of(after)));
    }

    /** What the table's index has of an item: of an account its keys, of a posting all. */
    private static Map<String, AttributeValue> entry(Map<String, AttributeValue> item) {
        if (item.containsKey("dueShard")) {
            return only(item, DUE_ENTRY);
        }
        return item.containsKey("member") ? item : Map.of();
    }

    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        return only(item, item.containsKey("pk") ? Set.of("pk", "sk") : Set.of("program", "version"));
    }

    private static Map<String, AttributeValue> only(Map<String, AttributeValue> item, Set<String> names) {
        return item.entrySet().stream()
                .filter(attribute -> names.contains(attribute.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        trips++;
        List<Put> puts =
                request.transactItems().stream().map(TransactWriteItem::put).toList();
        puts.forEach(put -> written(TRANSACTION, put.tableName(), put.item()));
        return super.transactWriteItems(request);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        trips++;
        written(1, request.tableName(), request.item());
        return super.putItem(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        trips++;
        GetItemResponse response = super.getItem(request);
        read(RequestUnits.reading(ItemSize.of(response.item())));
        return response;
    }

    /** A table's items cost half where they need not be the latest. */
    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        trips++;
        BatchGetItemResponse response = super.batchGetItem(request);
        request.requestItems().forEach((table, asked) -> {
            List<Map<String, AttributeValue>> found = response.responses().getOrDefault(table, List.of());
            long units = found.stream()
                            .mapToLong(item -> RequestUnits.reading(ItemSize.of(item)))
                            .sum()
                    + asked.keys().size()
                    - found.size();
            total = total.plus(new RequestUnits(Boolean.TRUE.equals(asked.consistentRead()) ? 2 * units : units, 0, 0));
        });
        return response;
    }

    @Override
    public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        trips++;
        TransactGetItemsResponse response = super.transactGetItems(request);
        response.responses().forEach(item -> read(TRANSACTION * RequestUnits.reading(ItemSize.of(item.item()))));
        return response;
    }

    /** All queries are of indexes, which read eventually consistent: half a unit for each 4 KB of all items together. */
    @Override
    public QueryResponse query(QueryRequest request) {
        trips++;
        QueryResponse response = super.query(request);
        long bytes = response.items().stream().mapToLong(ItemSize::of).sum();
        total = total.plus(new RequestUnits(RequestUnits.reading(bytes), 0, 0));
        return response;
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        throw new UnsupportedOperationException("what a scan filtered away costs too, and can't be seen here");
    }
}
