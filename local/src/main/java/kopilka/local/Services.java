package kopilka.local;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What is under the functions: tables, their streams, and queues. The local run embeds its own; it stands as well on those
 * that a deployment has made elsewhere, in the same region and account.
 *
 * @param dynamoDb the tables, with every permission
 * @param streams the tables' streams
 * @param sqs the queues, with every permission
 * @param queues the address that the queues' own begin with
 * @param names the names of tables and queues by logical id, where they are not the template's
 */
public record Services(
        DynamoDbClient dynamoDb, DynamoDbStreamsClient streams, SqsClient sqs, URI queues, Map<String, String> names) {
    private static final List<QueueAttributeName> COUNTS = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

    public Services {
        names = Map.copyOf(names);
    }

    /** The stream of a table, by the name that the service gave it. */
    String streamOf(String table) {
        return dynamoDb.describeTable(request -> request.tableName(table))
                .table()
                .latestStreamArn();
    }

    /** How many messages a queue holds: waiting, delayed or in somebody's hands. */
    int depth(String url) {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(COUNTS))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
