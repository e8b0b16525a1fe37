package kopilka.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.StoredKey;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

class RequestUnitsTest {
    private final Schema schema = Schema.in(Embedded.client());
    private final Meter meter = new Meter(Embedded.client());

    private static long size(AttributeValue value) {
        // Less the one byte of the name.
        return ItemSize.of(Map.of("x", value)) - 1;
    }

    @Test
    void sizes_are_as_aws_publishes_them() {
        assertThat(ItemSize.of(Map.of())).isZero();
        assertThat(ItemSize.of(Map.of("pk", AttributeValue.fromS("abc")))).isEqualTo(5);
        assertThat(size(AttributeValue.fromS("é"))).isEqualTo(2);
        assertThat(size(AttributeValue.fromN("0"))).isEqualTo(2);
        assertThat(size(AttributeValue.fromN("27"))).isEqualTo(2);
        assertThat(size(AttributeValue.fromN("123"))).isEqualTo(3);
        assertThat(size(AttributeValue.fromN("12300000"))).isEqualTo(3);
        assertThat(size(AttributeValue.fromN("-27"))).isEqualTo(3);
        assertThat(size(AttributeValue.fromN("1772352000.5"))).isEqualTo(7);
        assertThat(size(AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32]))))
                .isEqualTo(32);
        assertThat(size(AttributeValue.fromBool(true))).isEqualTo(1);
        assertThat(size(AttributeValue.fromL(List.of()))).isEqualTo(3);
        assertThat(size(AttributeValue.fromL(List.of(AttributeValue.fromS("abc"), AttributeValue.fromS("de")))))
                .isEqualTo(3 + 3 + 2 + 2);
        assertThat(size(AttributeValue.fromM(Map.of("ab", AttributeValue.fromS("abc")))))
                .isEqualTo(3 + 1 + 2 + 3);
    }

    @Test
    void a_write_unit_is_a_kilobyte_and_a_read_unit_four() {
        assertThat(RequestUnits.writing(1)).isEqualTo(1);
        assertThat(RequestUnits.writing(1024)).isEqualTo(1);
        assertThat(RequestUnits.writing(1025)).isEqualTo(2);
        assertThat(RequestUnits.reading(0)).isEqualTo(1);
        assertThat(RequestUnits.reading(4096)).isEqualTo(1);
        assertThat(RequestUnits.reading(4097)).isEqualTo(2);
    }

    /** An item of so many bytes. */
    private static Map<String, AttributeValue> item(String id, int size) {
        int names = "pk".length() + id.length() + "text".length();
        return Map.of("pk", Item.asText(id), "text", Item.asText("x".repeat(size - names)));
    }

    private void put(Map<String, AttributeValue> item) {
        meter.putItem(put -> put.tableName(schema.keys()).item(item));
    }

    @Test
    void a_write_costs_by_the_larger_of_before_and_after() {
        put(item("a", 1024));
        assertThat(meter.used()).isEqualTo(new RequestUnits(0, 1, 0));
        put(item("a", 3000));
        assertThat(meter.used()).isEqualTo(new RequestUnits(0, 3, 0));
        put(item("a", 10));
        assertThat(meter.used()).isEqualTo(new RequestUnits(0, 3, 0));
    }

    @Test
    void a_transaction_costs_twice() {
        Put put = Put.builder().tableName(schema.keys()).item(item("a", 1025)).build();
        meter.transactWriteItems(request ->
                request.transactItems(TransactWriteItem.builder().put(put).build()));
        assertThat(meter.used()).isEqualTo(new RequestUnits(0, 4, 0));

        meter.transactGetItems(request -> request.transactItems(TransactGetItem.builder()
                .get(get -> get.tableName(schema.keys()).key(Map.of("pk", Item.asText("a"))))
                .build()));
        assertThat(meter.used()).isEqualTo(new RequestUnits(4, 0, 0));
    }

    @Test
    void a_read_costs_though_there_is_nothing() {
        ProgramId program = new ProgramId("demo");
        DynamoDbKeys keys = new DynamoDbKeys(meter, schema.keys());
        assertThat(keys.list(program)).isEmpty();
        assertThat(meter.used()).isEqualTo(new RequestUnits(2, 0, 0));

        DynamoDbLedger ledger = schema.ledger(meter);
        StoredKey account = new StoredKey.AccountKey(new MemberKey(program, new MemberId("anna")));
        StoredKey posting = new StoredKey.PostingKey(program, new OperationId("op#1"));
        assertThat(ledger.read(Set.of(account, posting)).found()).isEmpty();
        assertThat(meter.used()).isEqualTo(new RequestUnits(8, 0, 0));
        assertThat(ledger.glance(Set.of(account, posting), true).found()).isEmpty();
        assertThat(meter.used()).isEqualTo(new RequestUnits(4, 0, 0));
        assertThat(ledger.glance(Set.of(account, posting), false).found()).isEmpty();
        assertThat(meter.used()).isEqualTo(new RequestUnits(2, 0, 0));
    }

    @Test
    void an_index_costs_for_entries_that_come_go_or_move() {
        assertThat(dueChangesTo("")).isZero();
        assertThat(dueChangesTo("10")).isEqualTo(1);
        assertThat(dueChangesTo("10")).isZero();
        assertThat(dueChangesTo("20")).isEqualTo(2);
        assertThat(dueChangesTo("")).isEqualTo(1);
    }

    private long dueChangesTo(String dueAt) {
        Map<String, AttributeValue> key = Map.of("pk", Item.asText("m#demo#anna"), "sk", Item.asText("account"));
        Item item = Item.at(key, 1);
        if (!dueAt.isEmpty()) {
            item.text("dueShard", "s1").put("dueAt", AttributeValue.fromN(dueAt));
        }
        meter.putItem(put -> put.tableName(schema.accounts()).item(item.attributes()));
        return meter.used().indexWrites();
    }
}
