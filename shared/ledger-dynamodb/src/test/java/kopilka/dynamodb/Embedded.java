package kopilka.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/** DynamoDB Local in this process, started once for all tests. */
final class Embedded {
    private static final DynamoDbClient CLIENT = DynamoDBEmbedded.create(true).dynamoDbClient();

    private Embedded() {}

    static DynamoDbClient client() {
        return CLIENT;
    }
}
