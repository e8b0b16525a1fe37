package kopilka.dynamodb;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import kopilka.ledger.LedgerUnavailable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Calls DynamoDB, and tells what may pass from what is a mistake. */
final class Store {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";
    private static final String INVALID = "ValidationError";

    private Store() {}

    /**
     * What came of a transaction.
     *
     * @param refused the positions of the items whose condition did not hold
     * @param conflict whether another transaction was busy with one of the items
     */
    record Transacted(Set<Integer> refused, boolean conflict) {
        /** Copies what it is given. */
        Transacted {
            refused = Set.copyOf(refused);
        }

        boolean isDone() {
            return refused.isEmpty() && !conflict;
        }

        boolean isRefused(int position) {
            return refused.contains(position);
        }
    }

    /**
     * Asks DynamoDB. The client has its own retries; what arrives here has been tried several times.
     *
     * @throws LedgerUnavailable where it did not answer, failed, throttled, is busy with the same items, or its reply can't be
     *     read
     */
    static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (TransactionCanceledException e) {
            throw passing(e);
        } catch (TransactionConflictException | TransactionInProgressException e) {
            throw new LedgerUnavailable("another transaction is busy with these items", e);
        } catch (DynamoDbException e) {
            throw e.isThrottlingException() || e.statusCode() >= 500 || isUnreadable(e)
                    ? new LedgerUnavailable("DynamoDB throttles or is out of order", e)
                    : e;
        } catch (SdkClientException e) {
            throw new LedgerUnavailable("DynamoDB did not answer", e);
        }
    }

    /**
     * Writes all or nothing. The client gives each call a token of its own and sends it again with every retry: a reply
     * that is lost after the commit is followed by the same reply and not by a second write.
     *
     * @throws LedgerUnavailable where it is not known whether it is written
     */
    static Transacted transact(DynamoDbClient client, List<TransactWriteItem> items) {
        return ask(() -> {
            try {
                client.transactWriteItems(request -> request.transactItems(items));
                return new Transacted(Set.of(), false);
            } catch (TransactionCanceledException e) {
                return cancelled(e);
            }
        });
    }

    private static Transacted cancelled(TransactionCanceledException e) {
        Set<Integer> refused = new HashSet<>();
        boolean conflict = false;
        for (int i = 0; i < e.cancellationReasons().size(); i++) {
            String code = e.cancellationReasons().get(i).code();
            if (CONDITION.equals(code)) {
                refused.add(i);
            }
            conflict |= CONFLICT.equals(code);
        }
        Transacted transacted = new Transacted(refused, conflict);
        if (transacted.isDone()) {
            throw passing(e);
        }
        return transacted;
    }

    /** Whether the reply says that something is wrong and not what: it was damaged on its way, and the next one may not be. */
    private static boolean isUnreadable(DynamoDbException e) {
        boolean known = e.getClass() != DynamoDbException.class;
        return !known && (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null);
    }

    /** A cancelled transaction passes, unless there is something in it that DynamoDB will never take. */
    private static RuntimeException passing(TransactionCanceledException e) {
        boolean invalid = e.cancellationReasons().stream().anyMatch(reason -> INVALID.equals(reason.code()));
        return invalid ? e : new LedgerUnavailable("a transaction was cancelled", e);
    }
}
