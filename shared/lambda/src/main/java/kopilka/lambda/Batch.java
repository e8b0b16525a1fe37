package kopilka.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.Teller;

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
            String id = messageId(record);
            if (deadline.isNear()
                    || !isDone(id, requestId, () -> QueueMessage.from(record).map(work))) {
                failures.add(id);
            }
        }
        return report(failures, requestId);
    }

    /**
     * A queue's that asks for operations: those of one member are carried out together, in the sequence in which the batch has
     * them. Each stands for itself all the same: where one throws, they are carried out one by one.
     */
    byte[] operations(List<JsonValue> records, OperationQueue queue, Deadline deadline, String requestId) {
        List<String> failures = new ArrayList<>();
        Map<MemberKey, List<Asked>> byMember = new LinkedHashMap<>();
        for (JsonValue value : records) {
            JsonObject record = record(value);
            String id = messageId(record);
            boolean isRead = isDone(
                    id,
                    requestId,
                    () -> QueueMessage.from(record).map(queue.read()).map(demand -> switch (demand) {
                        case OperationQueue.Demand.Unreadable(String code) -> Taken.failed(code);
                        case OperationQueue.Demand.For(Operation operation) -> {
                            byMember.computeIfAbsent(operation.member(), member -> new ArrayList<>())
                                    .add(new Asked(id, operation));
                            yield Taken.done();
                        }
                    }));
            if (!isRead) {
                failures.add(id);
            }
        }
        for (List<Asked> all : byMember.values()) {
            for (int from = 0; from < all.size(); from += Teller.TOGETHER) {
                List<Asked> some = all.subList(from, Math.min(all.size(), from + Teller.TOGETHER));
                failures.addAll(failed(some, queue, deadline, requestId));
            }
        }
        return report(failures, requestId);
    }

    /** An operation, and the message that asks for it. */
    private record Asked(String id, Operation operation) {}

    /** Carries operations of one member out, and tells which messages are to come again. */
    private List<String> failed(List<Asked> some, OperationQueue queue, Deadline deadline, String requestId) {
        if (deadline.isNear()) {
            return some.stream().map(Asked::id).toList();
        }
        List<Taken> taken;
        try {
            taken = queue.work().apply(some.stream().map(Asked::operation).toList());
        } catch (RuntimeException e) {
            if (some.size() > 1) {
                return some.stream()
                        .flatMap(one -> failed(List.of(one), queue, deadline, requestId).stream())
                        .toList();
            }
            failed(requestId, e);
            return List.of(some.getFirst().id());
        }
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Taken one = taken.get(i);
            if (!isDone(some.get(i).id(), requestId, () -> Optional.of(one))) {
                failures.add(some.get(i).id());
            }
        }
        return failures;
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
            failed(requestId, e);
            return false;
        }
    }

    private void failed(String requestId, RuntimeException e) {
        if (Unavailability.isWhy(e)) {
            log.warn("record_failed", requestId, e);
        } else {
            log.error("record_failed", requestId, e);
        }
    }

    private static String messageId(JsonObject record) {
        // Without an id a failure could not be reported, and no answer would be true: the whole batch comes again.
        return record.text("messageId").orElseThrow(() -> new IllegalArgumentException("a record without a messageId"));
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
