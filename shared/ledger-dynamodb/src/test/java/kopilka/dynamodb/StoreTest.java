package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kopilka.ledger.Decision;
import kopilka.ledger.Ledger;
import kopilka.ledger.Ledger.Written;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.OperationId;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.ledger.Teller.Answer;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What DynamoDB says of itself, which the local one never does. */
class StoreTest {
    private final Schema schema = Schema.in(Embedded.client());

    /** A database that answers transactions with an exception, so many times, before or after it does its work. */
    private static final class Failing extends Forwarding {
        private final Supplier<SdkException> failure;
        private final boolean afterwards;
        private int left;

        Failing(Supplier<SdkException> failure, boolean afterwards, int times) {
            super(Embedded.client());
            this.failure = failure;
            this.afterwards = afterwards;
            this.left = times;
        }

        private boolean fails() {
            left--;
            return left >= 0;
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            boolean fails = fails();
            if (fails && !afterwards) {
                throw failure.get();
            }
            TransactWriteItemsResponse response = super.transactWriteItems(request);
            if (fails) {
                throw failure.get();
            }
            return response;
        }

        @Override
        public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
            if (fails()) {
                throw failure.get();
            }
            return super.transactGetItems(request);
        }
    }

    private static TransactionCanceledException cancelled(String... codes) {
        return TransactionCanceledException.builder()
                .cancellationReasons(Arrays.stream(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .statusCode(400)
                .build();
    }

    private static AwsServiceException error(AwsServiceException.Builder builder, String code, int status) {
        return builder.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .statusCode(status)
                .build();
    }

    /** What passes. */
    static List<Supplier<SdkException>> passing() {
        return List.of(
                () -> cancelled("None", "ThrottlingError"),
                () -> cancelled("None", "ProvisionedThroughputExceeded"),
                () -> error(InternalServerErrorException.builder(), "InternalServerError", 500),
                () -> error(DynamoDbException.builder(), "ServiceUnavailable", 503),
                () -> error(DynamoDbException.builder(), "ThrottlingException", 400),
                () -> error(
                        ProvisionedThroughputExceededException.builder(),
                        "ProvisionedThroughputExceededException",
                        400),
                () -> error(RequestLimitExceededException.builder(), "RequestLimitExceeded", 400),
                () -> error(TransactionInProgressException.builder(), "TransactionInProgressException", 400),
                () -> DynamoDbException.builder()
                        .message("not to be read")
                        .statusCode(400)
                        .build(),
                () -> ApiCallTimeoutException.create(1),
                () -> SdkClientException.create("connection reset"));
    }

    private Ledger ledger(Supplier<SdkException> failure, boolean afterwards, int times) {
        return schema.ledger(new Failing(failure, afterwards, times));
    }

    private static Answer enrol(Ledger ledger) {
        return aShop(ledger, Rules.usual()).carryOut(new EnrolMember(member("anna")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_passes_is_tried_again(Supplier<SdkException> failure) {
        assertThat(enrol(ledger(failure, false, Teller.ATTEMPTS_UNANSWERED - 1)))
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isFalse());
        assertThat(schema.ledger(Embedded.client()).history(member("anna"), Long.MAX_VALUE, 10))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_was_done_although_the_answer_is_an_error_is_found(Supplier<SdkException> failure) {
        assertThat(enrol(ledger(failure, true, 1)))
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isTrue());
        assertThat(schema.ledger(Embedded.client()).history(member("anna"), Long.MAX_VALUE, 10))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_does_not_pass_in_time_is_unavailable(Supplier<SdkException> failure) {
        assertThat(enrol(ledger(failure, false, 1_000))).isInstanceOf(Answer.Unavailable.class);
        assertThat(schema.ledger(Embedded.client()).history(member("anna"), Long.MAX_VALUE, 10))
                .isEmpty();
    }

    @Test
    void a_mistake_is_not_tried_again() {
        Ledger invalid = ledger(() -> error(DynamoDbException.builder(), "ValidationException", 400), false, 1);
        assertThatThrownBy(() -> enrol(invalid)).isInstanceOf(DynamoDbException.class);

        Ledger tooLarge = ledger(() -> cancelled("ValidationError", "None"), false, 1);
        assertThatThrownBy(() -> enrol(tooLarge)).isInstanceOf(TransactionCanceledException.class);
    }

    private Written written(String... reasons) {
        ShopFixture shop = aShop(schema.ledger(Embedded.client()), Rules.usual());
        var decision =
                new EnrolMember(member("anna")).decide(shop.ledger().read(Set.of()), shop.versions(), shop.now());
        var post = (Decision.Post) decision;
        return ledger(() -> cancelled(reasons), false, 1).write(post);
    }

    @Test
    void reasons_of_a_cancellation_are_taken_in_their_order() {
        String failed = "ConditionalCheckFailed";
        String conflict = "TransactionConflict";
        assertThat(written(failed, failed, failed)).isEqualTo(Written.DUPLICATE);
        assertThat(written(failed, conflict, "None")).isEqualTo(Written.DUPLICATE);
        assertThat(written("None", failed, failed)).isEqualTo(Written.OUTRUN);
        assertThat(written("None", conflict, failed)).isEqualTo(Written.OUTRUN);
        assertThat(written(conflict, "None", "None")).isEqualTo(Written.OUTRUN);
        assertThat(written("None", "ThrottlingError", failed)).isEqualTo(Written.CODE_TAKEN);
    }

    @Test
    void a_snapshot_that_meets_a_write_is_taken_again_a_few_times() {
        Set<StoredKey> keys = Set.of(
                new StoredKey.AccountKey(member("anna")),
                new StoredKey.AccountKey(member("boris")),
                new StoredKey.PostingKey(ShopFixture.PROGRAM, new OperationId("op#1")));
        Supplier<SdkException> conflict = () -> cancelled("TransactionConflict", "None", "None");

        assertThat(ledger(conflict, false, 2).read(keys).found()).isEmpty();
        Ledger busy = ledger(conflict, false, 3);
        assertThatThrownBy(() -> busy.read(keys)).isInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void a_story_goes_on_after_each_of_its_writes_was_answered_by_an_error() {
        ShopFixture shop = aShop(ledger(() -> ApiCallTimeoutException.create(1), true, 1_000), Rules.usual());
        shop.enrol("anna");
        shop.done(new CloseAccount(member("anna"), Optional.empty()));

        shop.audit("anna");
        assertThat(shop.postings("anna")).hasSize(2);
    }
}
