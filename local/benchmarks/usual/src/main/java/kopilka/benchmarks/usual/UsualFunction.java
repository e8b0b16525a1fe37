package kopilka.benchmarks.usual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records orders from a queue: a point for each whole unit of money, two for premium goods. */
public class UsualFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final Logger LOG = LogManager.getLogger(UsualFunction.class);

    private final ObjectMapper mapper = new ObjectMapper();
    private final DynamoDbEnhancedClient client = DynamoDbEnhancedClient.builder()
            .dynamoDbClient(DynamoDbClient.create())
            .build();
    private final DynamoDbTable<Account> accounts =
            client.table(System.getenv("USUAL_ACCOUNTS_TABLE"), TableSchema.fromBean(Account.class));
    private final DynamoDbTable<Posting> postings =
            client.table(System.getenv("USUAL_POSTINGS_TABLE"), TableSchema.fromBean(Posting.class));

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (SQSMessage message : event.getRecords()) {
            try {
                record(mapper.readValue(message.getBody(), OrderMessage.class).body());
            } catch (JsonProcessingException | RuntimeException e) {
                LOG.error("Could not record message {}", message.getMessageId(), e);
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private void record(OrderMessage.Order order) {
        Account account =
                accounts.getItem(Key.builder().partitionValue(order.member()).build());
        if (account == null) {
            throw new IllegalArgumentException("No such member");
        }
        long before = account.getVersion();
        long earned = points(order);
        Posting posting = new Posting();
        posting.setId("order#" + order.order() + "#" + order.event());
        posting.setMember(order.member());
        posting.setAt(order.moment().toString());
        posting.setPoints(earned);
        posting.setSequence(before + 1);
        account.setPoints(account.getPoints() + earned);
        account.setVersion(before + 1);
        client.transactWriteItems(write -> write.addPutItem(
                        postings,
                        TransactPutItemEnhancedRequest.builder(Posting.class)
                                .item(posting)
                                .conditionExpression(Expression.builder()
                                        .expression("attribute_not_exists(id)")
                                        .build())
                                .build())
                .addPutItem(
                        accounts,
                        TransactPutItemEnhancedRequest.builder(Account.class)
                                .item(account)
                                .conditionExpression(Expression.builder()
                                        .expression("version = :before")
                                        .expressionValues(
                                                Map.of(":before", AttributeValue.fromN(Long.toString(before))))
                                        .build())
                                .build()));
        LOG.info("Order {} earned {} points", order.order(), earned);
    }

    private static long points(OrderMessage.Order order) {
        return order.content().lines().stream()
                .mapToLong(line -> line.total().setScale(0, RoundingMode.DOWN).longValueExact()
                        * ("premium".equals(line.category()) ? 2 : 1))
                .sum();
    }
}
