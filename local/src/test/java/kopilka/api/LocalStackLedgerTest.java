package kopilka.api;

import java.util.concurrent.atomic.AtomicInteger;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerContract;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** The contract of every ledger, on LocalStack: each test on tables of its own, copies of those that CloudFormation made. */
@Tag("localstack")
@ExtendWith(OneCloud.class)
class LocalStackLedgerTest extends LedgerContract {
    private static final AtomicInteger COPIES = new AtomicInteger();

    private final LocalCloud cloud;

    LocalStackLedgerTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    protected Ledger emptyLedger() {
        int copy = COPIES.incrementAndGet();
        return new DynamoDbLedger(cloud.dynamoDb(), copyOf("AccountsTable", copy), copyOf("PostingsTable", copy));
    }

    private String copyOf(String id, int copy) {
        TableDescription original = cloud.dynamoDb()
                .describeTable(table -> table.tableName(cloud.tableName(id)))
                .table();
        String name = id + "-" + copy;
        cloud.dynamoDb()
                .createTable(table -> table.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(original.attributeDefinitions())
                        .keySchema(original.keySchema())
                        .globalSecondaryIndexes(original.globalSecondaryIndexes().stream()
                                .map(index -> GlobalSecondaryIndex.builder()
                                        .indexName(index.indexName())
                                        .keySchema(index.keySchema())
                                        .projection(index.projection())
                                        .build())
                                .toList()));
        try (DynamoDbWaiter waiter =
                DynamoDbWaiter.builder().client(cloud.dynamoDb()).build()) {
            waiter.waitUntilTableExists(table -> table.tableName(name));
        }
        return name;
    }
}
