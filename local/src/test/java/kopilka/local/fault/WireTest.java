package kopilka.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** A function's own client, configured as in AWS, meets each fault of the wire as it would meet the real one. */
class WireTest {
    private static final String TABLE = "things";
    private static final String WRITE = "TransactWriteItems";

    private static final AmazonDynamoDBLocal LOCAL = DynamoDBEmbedded.create(true);

    private final Wire wire = new Wire();
    private final DynamoDbClient client = wire.over(LOCAL.dynamoDbClient());

    @BeforeAll
    static void start() {
        LOCAL.dynamoDbClient()
                .createTable(table -> table.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(List.of(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build()))
                        .keySchema(List.of(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())));
    }

    @AfterAll
    static void stop() {
        LOCAL.shutdown();
    }

    @BeforeEach
    void empty() {
        List.of("a", "b")
                .forEach(id -> LOCAL.dynamoDbClient()
                        .deleteItem(delete -> delete.tableName(TABLE).key(key(id))));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    /** Puts two things that must be new. */
    private void write() {
        client.transactWriteItems(request -> request.transactItems(List.of(putNew("a"), putNew("b"))));
    }

    private static TransactWriteItem putNew(String id) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(key(id)).conditionExpression("attribute_not_exists(id)"))
                .build();
    }

    private static boolean isThere() {
        return LOCAL.dynamoDbClient()
                .getItem(get -> get.tableName(TABLE).key(key("a")))
                .hasItem();
    }

    // ------------------------------------------------------------------------------------------------ once

    @Test
    void without_a_fault_a_client_sees_what_the_store_says() {
        write();
        assertThat(isThere()).isTrue();
        assertThat(client.getItem(get -> get.tableName(TABLE).key(key("a"))).item())
                .isEqualTo(key("a"));
        assertThatThrownBy(this::write)
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        refused -> assertThat(refused.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("ConditionalCheckFailed", "ConditionalCheckFailed"));
        assertThatThrownBy(() -> client.putItem(put -> put.tableName(TABLE)
                        .item(key("a"))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        refused -> assertThat(refused.item()).isEqualTo(key("a")));
        assertThat(wire.calls()).isEqualTo(Map.of(WRITE, 2L, "GetItem", 1L, "PutItem", 1L));
        assertThat(wire.injected()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CONFLICT", "UNPROCESSED", "DEATH_BEFORE", "DEATH_AFTER", "REPLY_GARBLED", "REPLY_LATE"})
    void what_passes_is_retried_by_the_client_itself_and_takes_effect_once(Fault fault) {
        wire.follow(Plan.of(fault, WRITE, 1, 1));
        write();
        assertThat(isThere()).isTrue();
        assertThat(wire.calls(WRITE)).isEqualTo(2);
        assertThat(wire.injected()).isEqualTo(Map.of(fault, Map.of(WRITE, 1L)));
        // What arrives later than everything else comes to nothing.
        assertThat(wire.deliverLate()).isEqualTo(fault == Fault.REQUEST_LATE ? 1 : 0);
    }

    @Test
    void a_reply_that_comes_too_late_is_given_up_and_asked_for_again() {
        wire.follow(Plan.of(Fault.REPLY_LATE, WRITE, 1, 1));
        long began = System.nanoTime();
        write();
        assertThat(System.nanoTime() - began).isBetween(Platform.ATTEMPT.toNanos() * 9 / 10, Platform.CALL.toNanos());
        assertThat(isThere()).isTrue();
        assertThat(wire.calls(WRITE)).isEqualTo(2);
    }

    // ------------------------------------------------------------------------------------------------ always

    @Test
    void each_error_is_read_as_the_one_that_the_service_means() {
        Map<Fault, Class<? extends Exception>> errors = Map.of(
                Fault.THROTTLED, ProvisionedThroughputExceededException.class,
                Fault.ACCOUNT_THROTTLED, DynamoDbException.class,
                Fault.IN_PROGRESS, TransactionInProgressException.class,
                Fault.INTERNAL_ERROR, InternalServerErrorException.class,
                Fault.UNAVAILABLE, DynamoDbException.class,
                Fault.REQUEST_LOST, SdkClientException.class,
                Fault.REPLY_CUT_OFF, SdkClientException.class);
        errors.forEach((fault, error) -> {
            wire.follow(Plan.of(fault, call -> true));
            assertThatThrownBy(this::write).as("%s", fault).isInstanceOf(error);
            assertThat(wire.calls(WRITE)).as("%s", fault).isEqualTo(Platform.ATTEMPTS);
            assertThat(wire.injected(fault)).isEqualTo(Platform.ATTEMPTS);
        });
        wire.follow(Plan.of(Fault.ACCOUNT_THROTTLED, call -> true));
        assertThatThrownBy(this::write)
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        throttled ->
                                assertThat(throttled.isThrottlingException()).isTrue());
    }

    @Test
    void a_conflict_is_not_for_the_client_to_retry() {
        wire.follow(Plan.of(Fault.CONFLICT, call -> true));
        assertThatThrownBy(this::write)
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        refused -> assertThat(refused.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("None", "TransactionConflict"));
        assertThat(wire.calls(WRITE)).isEqualTo(1);
        assertThatThrownBy(() -> client.putItem(put -> put.tableName(TABLE).item(key("a"))))
                .isInstanceOf(TransactionConflictException.class);
        assertThat(isThere()).isFalse();
        // A plain read meets none.
        assertThat(client.getItem(get -> get.tableName(TABLE).key(key("a"))).hasItem())
                .isFalse();
    }

    @Test
    void a_batch_that_is_not_carried_out_comes_back_whole() {
        wire.follow(Plan.of(Fault.UNPROCESSED, call -> true));
        BatchGetItemResponse reply = client.batchGetItem(batch -> batch.requestItems(Map.of(
                TABLE,
                KeysAndAttributes.builder().keys(List.of(key("a"), key("b"))).build())));
        assertThat(reply.responses()).isEmpty();
        assertThat(reply.unprocessedKeys())
                .hasEntrySatisfying(TABLE, left -> assertThat(left.keys()).containsExactly(key("a"), key("b")));
    }

    @Test
    void garbled_bytes_are_never_taken_for_an_answer() {
        wire.follow(Plan.of(Fault.REPLY_GARBLED, call -> true));
        assertThatThrownBy(() -> client.getItem(get -> get.tableName(TABLE).key(key("a"))))
                .isInstanceOf(SdkClientException.class);
        assertThatThrownBy(this::write).isInstanceOf(SdkClientException.class);
        assertThat(isThere()).isTrue();
    }

    @Test
    void nothing_catches_the_death_of_the_process() {
        wire.follow(Plan.of(Fault.DEATH_BEFORE, WRITE, 1, 1).or(Plan.of(Fault.DEATH_AFTER, WRITE, 2, 2)));
        assertThatThrownBy(this::write).isInstanceOf(Fault.Death.class);
        assertThat(isThere()).isFalse();
        assertThatThrownBy(this::write).isInstanceOf(Fault.Death.class);
        assertThat(isThere()).isTrue();
        assertThat(wire.calls(WRITE)).isEqualTo(2);
    }

    @Test
    void a_request_that_arrives_after_its_client_gave_up_takes_effect_all_the_same() {
        wire.follow(Plan.of(Fault.REQUEST_LATE, call -> true));
        assertThatThrownBy(this::write)
                .isInstanceOf(SdkClientException.class)
                .isNotInstanceOf(ApiCallAttemptTimeoutException.class);
        assertThat(isThere()).isFalse();
        // All under one token, so they are one.
        assertThat(wire.deliverLate()).isEqualTo(Platform.ATTEMPTS);
        assertThat(isThere()).isTrue();
    }

    // ------------------------------------------------------------------------------------------------ chance

    @Test
    void chance_depends_on_the_seed_alone() {
        Map<Fault, Integer> rates = Map.of(Fault.REQUEST_LOST, 100, Fault.REPLY_LOST, 200, Fault.CONFLICT, 100);
        List<List<Optional<Fault>>> drawn = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Plan plan = Plan.random(seed, rates);
            List<Optional<Fault>> faults = new ArrayList<>();
            for (int number = 1; number <= 10_000; number++) {
                faults.add(plan.fault(new HttpCall("DynamoDB_20120810", WRITE, number, number, "")));
            }
            drawn.add(faults);
        }
        assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
        assertThat(drawn.get(2)).isNotEqualTo(drawn.get(0));
        rates.forEach((fault, perMille) -> assertThat(drawn.getFirst().stream()
                        .filter(Optional.of(fault)::equals)
                        .count())
                .as("%s", fault)
                .isBetween(perMille * 8L, perMille * 12L));
        assertThatThrownBy(() -> Plan.random(1, Map.of(Fault.REPLY_LOST, 900, Fault.REQUEST_LOST, 101)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
