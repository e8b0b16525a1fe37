package kopilka.dynamodb;

import java.util.Map;
import java.util.Optional;
import kopilka.program.ProgramId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Answers by idempotency key, in the table of accounts. The first one remembered stays for good. Thread-safe. */
public final class DynamoDbIdempotencyKeys {
    private static final int FORMAT = 1;

    /** The least HTTP status of a refusal. */
    private static final int REFUSED = 400;

    private final DynamoDbClient client;
    private final String accounts;

    /**
     * The answers in that table.
     *
     * @param client calls DynamoDB, with its own retries and time-outs
     * @param accounts the name of the table of accounts
     */
    public DynamoDbIdempotencyKeys(DynamoDbClient client, String accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    /**
     * An answer and what it answered.
     *
     * @param fingerprint a hash of the request
     * @param status the answer's HTTP status
     * @param body the answer's body; empty if it was too long to be kept
     */
    public record Remembered(String fingerprint, int status, Optional<String> body) {}

    /**
     * What is remembered under a key of a program.
     *
     * @param keyHash a hash of the key
     * @throws kopilka.ledger.LedgerUnavailable where the store can't answer
     */
    public Optional<Remembered> find(ProgramId program, String keyHash) {
        var response = Store.ask(() -> client.getItem(request ->
                request.tableName(accounts).key(key(program, keyHash)).consistentRead(true)));
        return response.hasItem() ? Optional.of(read(response.item())) : Optional.empty();
    }

    /**
     * Remembers an answer unless there is one already: one conditional write, whose refusal brings that one along. What was
     * done takes the place of a refusal of the same request: of two that ran at once, one came before the points did.
     *
     * @param keyHash a hash of the key
     * @return what is remembered now
     * @throws kopilka.ledger.LedgerUnavailable where it is not known whether it is
     */
    public Remembered remember(ProgramId program, String keyHash, Remembered answer) {
        Item item = Item.at(key(program, keyHash), FORMAT)
                .text("print", answer.fingerprint())
                .number("status", answer.status())
                .text("body", answer.body());
        PutItemRequest.Builder put = PutItemRequest.builder()
                .tableName(accounts)
                .item(item.attributes())
                .conditionExpression("attribute_not_exists(pk)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (answer.status() < REFUSED) {
            put.conditionExpression("attribute_not_exists(pk) OR (print = :print AND #status >= :refused)")
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(
                            Map.of(":print", Item.asText(answer.fingerprint()), ":refused", Item.asNumber(REFUSED)));
        }
        return Store.ask(() -> {
            try {
                client.putItem(put.build());
                return answer;
            } catch (ConditionalCheckFailedException e) {
                return read(e.item());
            }
        });
    }

    private static Map<String, AttributeValue> key(ProgramId program, String keyHash) {
        return Map.of(
                ItemKeys.PARTITION, Item.asText("k#" + program + "#" + keyHash), ItemKeys.SORT, Item.asText("key"));
    }

    private static Remembered read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, FORMAT);
        return new Remembered(item.text("print"), Math.toIntExact(item.number("status")), item.optionalText("body"));
    }
}
