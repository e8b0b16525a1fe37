package kopilka.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;

/**
 * Works off a batch of records and reports those that are to come again ({@code ReportBatchItemFailures}).
 *
 * <p>One record's failure is its own: the others are worked on all the same. Near the deadline nothing new is begun,
 * and what was not begun is reported: an invocation that is cut off would report nothing, and all would come again.
 */
final class Batch {
    private final Log log;

    Batch(Log log) {
        this.log = log;
    }

    /** A queue's: each message stands for itself. */
    byte[] messages(List<JsonValue> records, Function<QueueMessage, Taken> work, Deadline deadline, String requestId) {
        List<String> failures = new ArrayList<>();
        for (JsonValue value : records) {
            JsonObject record = record(value);
            // Without an id a failure could not be reported, and no answer would be true: the whole batch comes again.
            String id = record.text("messageId")
                    .orElseThrow(() -> new IllegalArgumentException("a record without a messageId"));
            if (deadline.isNear()) {
                failures.add(id);
            } else if (!isDone(id, requestId, () -> QueueMessage.from(record).map(work))) {
                failures.add(id);
            }
        }
        return report(failures, requestId);
    }

    /**
     * A stream's: its records are in order, so the first that fails ends the batch, and the stream starts again with
     * it.
     */
    byte[] changes(List<JsonValue> records, Function<StreamRecord, Taken> work, Deadline deadline, String requestId) {
        for (JsonValue value : records) {
            JsonObject record = record(value);
            String number = StreamRecord.sequenceNumber(record)
                    .orElseThrow(() -> new IllegalArgumentException("a record without a sequence number"));
            if (deadline.isNear()
                    || !isDone(
                            number, requestId, () -> StreamRecord.from(record).map(work))) {
                return report(List.of(number), requestId);
            }
        }
        return report(List.of(), requestId);
    }

    private boolean isDone(String id, String requestId, Supplier<Optional<Taken>> work) {
        try {
            Taken taken = work.get().orElseGet(() -> Taken.failed("not_a_record"));
            return switch (taken) {
                case Taken.Done done -> true;
                case Taken.Failed(String code) -> {
                    log.warn("record_failed", requestId, Map.of("record", id, "code", code));
                    yield false;
                }
            };
        } catch (RuntimeException e) {
            if (Unavailability.isWhy(e)) {
                log.warn("record_failed", requestId, e);
            } else {
                log.error("record_failed", requestId, e);
            }
            return false;
        }
    }

    private byte[] report(List<String> failures, String requestId) {
        if (!failures.isEmpty()) {
            log.info("records_come_again", requestId, Map.of("records", Integer.toString(failures.size())));
        }
        return JsonWriter.object(json ->
                json.objects("batchItemFailures", failures, (failure, id) -> failure.put("itemIdentifier", id)));
    }

    private static JsonObject record(JsonValue value) {
        return value instanceof JsonObject object ? object : JsonObject.EMPTY;
    }
}
