package kopilka.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerContract;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.StoredKey;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

class DynamoDbLedgerTest extends LedgerContract {
    private static final MemberKey ANNA = member("anna");

    private final Schema schema = Schema.in(Embedded.client());

    @Override
    protected Ledger emptyLedger() {
        return schema.ledger(Embedded.client());
    }

    // ------------------------------------------------------------------------------------------------ a late index

    /** An index of histories that does not have some postings yet. */
    private static final class LateIndex extends Forwarding {
        private final Set<Long> missing;

        LateIndex(Set<Long> missing) {
            super(Embedded.client());
            this.missing = missing;
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            // The index is asked without its limit, which then counts what it does have.
            QueryResponse all = super.query(request.toBuilder().limit(1000).build());
            List<Map<String, AttributeValue>> items = all.items().stream()
                    .filter(item -> !missing.contains(Item.of(item).number("seq")))
                    .limit(request.limit())
                    .toList();
            return QueryResponse.builder().items(items).build();
        }
    }

    @Test
    void a_history_is_complete_whatever_the_index_has_not_got_yet() {
        int size = 6;
        List<Posting> all = writeSome(ANNA, size);
        for (int late = 0; late < 1 << size; late++) {
            int bits = late;
            Set<Long> missing = IntStream.rangeClosed(1, size)
                    .filter(sequence -> (bits & (1 << (sequence - 1))) != 0)
                    .mapToObj(Long::valueOf)
                    .collect(Collectors.toCollection(HashSet::new));
            Ledger ledger = schema.ledger(new LateIndex(missing));
            for (long before : new long[] {Long.MAX_VALUE, size + 1, size, 4, 2, 1}) {
                for (int limit : new int[] {1, 2, size}) {
                    List<Posting> expected = all.reversed().stream()
                            .filter(posting -> posting.sequence() < before)
                            .limit(limit)
                            .toList();
                    assertThat(ledger.history(ANNA, before, limit))
                            .as("without %s, before %d, at most %d", missing, before, limit)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void a_posting_that_somebody_took_away_leaves_a_gap_to_be_seen() {
        List<Posting> all = writeSome(ANNA, 4);
        Embedded.client()
                .deleteItem(delete -> delete.tableName(schema.postings())
                        .key(ItemKeys.of(all.get(2).storedAs())));

        assertThat(ledger().history(ANNA, Long.MAX_VALUE, 10)).containsExactly(all.get(3), all.get(1), all.get(0));
    }

    // ------------------------------------------------------------------------------------------------ half an answer

    @Test
    void what_a_batch_leaves_out_is_asked_for_again() {
        Posting posting = write(ANNA, "op#1");
        Set<StoredKey> keys = Set.of(new StoredKey.AccountKey(ANNA), posting.storedAs());

        assertThat(schema.ledger(new Halving(1)).glance(keys, true).found()).hasSize(2);
        assertThatThrownBy(() -> schema.ledger(new Halving(100)).glance(keys, true))
                .isInstanceOf(LedgerUnavailable.class);
    }

    /** Answers half of what a batch asks for, so many times. */
    private static final class Halving extends Forwarding {
        private int left;

        Halving(int times) {
            super(Embedded.client());
            this.left = times;
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            if (left == 0) {
                return super.batchGetItem(request);
            }
            left--;
            String first = request.requestItems().keySet().iterator().next();
            Map<String, KeysAndAttributes> rest = request.requestItems().entrySet().stream()
                    .filter(table -> !table.getKey().equals(first))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            BatchGetItemResponse half = super.batchGetItem(BatchGetItemRequest.builder()
                    .requestItems(Map.of(first, request.requestItems().get(first)))
                    .build());
            return half.toBuilder()
                    .unprocessedKeys(rest.isEmpty() ? request.requestItems() : rest)
                    .build();
        }
    }

    // ------------------------------------------------------------------------------------------------ items

    @Test
    void what_newer_code_added_to_a_posting_is_passed_over_as_postings_are_never_written_anew() {
        Posting posting = write(ANNA, "op#1");
        Embedded.client()
                .updateItem(update -> update.tableName(schema.postings())
                        .key(ItemKeys.of(posting.storedAs()))
                        .updateExpression("SET brandNew = :value")
                        .expressionAttributeValues(Map.of(":value", Item.asText("?"))));

        assertThat(write(ANNA, "op#2").previous()).contains(posting.operation());
        assertThat(ledger().history(ANNA, Long.MAX_VALUE, 10)).hasSize(2).contains(posting);
    }

    @Test
    void an_account_of_a_newer_format_is_out_of_reach_and_one_of_none_is_damaged() {
        write(ANNA, "op#1");
        setFormat(3);
        assertThatThrownBy(() -> ledger().read(Set.of(new StoredKey.AccountKey(ANNA))))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageContaining("format 3");
        setFormat(0);
        assertThatThrownBy(() -> ledger().read(Set.of(new StoredKey.AccountKey(ANNA))))
                .isInstanceOf(IllegalStateException.class);
    }

    private void setFormat(int format) {
        Embedded.client()
                .updateItem(update -> update.tableName(schema.accounts())
                        .key(ItemKeys.of(new StoredKey.AccountKey(ANNA)))
                        .updateExpression("SET f = :format")
                        .expressionAttributeValues(Map.of(":format", Item.asNumber(format))));
    }

    @Test
    void a_posting_is_read_from_the_image_that_a_stream_delivers() {
        Posting posting = write(ANNA, "op#1");
        Map<String, AttributeValue> image = Embedded.client()
                .getItem(get -> get.tableName(schema.postings()).key(ItemKeys.of(posting.storedAs())))
                .item();

        assertThat(DynamoDbLedger.posting(image)).isEqualTo(posting);
        assertThat(image.get("pk")).isEqualTo(Item.asText("demo#op#1"));
        assertThat(posting.operation()).isEqualTo(new OperationId("op#1"));
    }

    @Test
    void a_flipped_byte_is_found() {
        Posting posting = write(ANNA, "op#1");
        Embedded.client()
                .updateItem(update -> update.tableName(schema.postings())
                        .key(ItemKeys.of(posting.storedAs()))
                        .updateExpression("SET version = :other")
                        .expressionAttributeValues(Map.of(":other", Item.asNumber(8))));

        assertThat(ledger().history(ANNA, Long.MAX_VALUE, 1)).noneMatch(Posting::isIntact);
    }
}
