package kopilka.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The tables, as template.yaml declares them, under names of their own for each test.
 *
 * @param accounts the name of the table of accounts
 * @param postings the name of the table of postings
 * @param programs the name of the table of programs
 * @param keys the name of the table of keys
 */
record Schema(String accounts, String postings, String programs, String keys) {
    private static final AtomicInteger TESTS = new AtomicInteger();

    /** Makes them. */
    static Schema in(DynamoDbClient client) {
        int test = TESTS.incrementAndGet();
        Schema schema = new Schema("accounts-" + test, "postings-" + test, "programs-" + test, "keys-" + test);
        client.createTable(table -> table.tableName(schema.accounts)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"), text("dueShard"), number("dueAt"))
                .keySchema(hash("pk"), range("sk"))
                .globalSecondaryIndexes(index("due", "dueShard", "dueAt", ProjectionType.KEYS_ONLY)));
        client.createTable(table -> table.tableName(schema.postings)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("member"), number("seq"))
                .keySchema(hash("pk"))
                .globalSecondaryIndexes(index("history", "member", "seq", ProjectionType.ALL)));
        client.createTable(table -> table.tableName(schema.programs)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("program"), number("version"))
                .keySchema(hash("program"), range("version")));
        client.createTable(table -> table.tableName(schema.keys)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"))
                .keySchema(hash("pk")));
        return schema;
    }

    /** The ledger in them. */
    DynamoDbLedger ledger(DynamoDbClient client) {
        return new DynamoDbLedger(client, accounts, postings);
    }

    private static AttributeDefinition text(String name) {
        return attribute(name, ScalarAttributeType.S);
    }

    private static AttributeDefinition number(String name) {
        return attribute(name, ScalarAttributeType.N);
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    private static KeySchemaElement range(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.RANGE)
                .build();
    }

    private static GlobalSecondaryIndex index(String name, String hash, String range, ProjectionType projected) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(hash(hash), range(range))
                .projection(projection -> projection.projectionType(projected))
                .build();
    }
}
