package kopilka.local;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.Template.Section;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Feeds a function from a queue as Lambda does: batches, of which what succeeded is deleted and what failed is left to
 * come again when its visibility timeout has passed, until the queue's redrive policy sets it aside.
 */
final class QueuePoller {
    /** SQS gives no more than this at once. */
    private static final int MAX_RECEIVED = 10;

    private static final int MAX_POLLERS = 4;

    private final SqsClient sqs;
    private final String url;
    private final String arn;
    private final LambdaFunction function;
    private final int batchSize;
    private final int pollers;
    private final boolean partial;
    private final FunctionLog log;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    QueuePoller(SqsClient sqs, String url, Section event, LambdaFunction function, FunctionLog log) {
        if (event.has("FilterCriteria")) {
            throw event.mistake("FilterCriteria", "is not known to the local run");
        }
        this.sqs = sqs;
        this.url = url;
        this.arn = event.text("Queue");
        this.function = function;
        this.batchSize = Math.min(MAX_RECEIVED, event.numberOr("BatchSize", MAX_RECEIVED));
        this.pollers = Math.min(
                MAX_POLLERS, event.sectionOrEmpty("ScalingConfig").numberOr("MaximumConcurrency", MAX_POLLERS));
        this.partial = event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures");
        this.log = log;
    }

    String url() {
        return url;
    }

    void start() {
        for (int i = 0; i < pollers; i++) {
            threads.add(Thread.ofVirtual().name(function.id() + " polls " + url).start(this::run));
        }
    }

    void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
    }

    private void run() {
        while (running) {
            try {
                List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(url)
                                .maxNumberOfMessages(batchSize)
                                .waitTimeSeconds(1)
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                                .messageAttributeNames("All"))
                        .messages();
                if (!messages.isEmpty()) {
                    deliver(messages);
                }
            } catch (SdkException unavailable) {
                if (running) {
                    log.line(function.id(), LogLevel.WARN, "cannot poll " + url + ": " + unavailable.getMessage());
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<Message> messages) {
        Set<String> failed = switch (function.invoke(Json.bytes(event(messages)))) {
            case Answered answered -> failures(answered, messages);
            case Failed unused -> ids(messages);
        };
        List<DeleteMessageBatchRequestEntry> done = messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .map(message -> DeleteMessageBatchRequestEntry.builder()
                        .id(message.messageId())
                        .receiptHandle(message.receiptHandle())
                        .build())
                .toList();
        if (!done.isEmpty()) {
            sqs.deleteMessageBatch(request -> request.queueUrl(url).entries(done));
        }
    }

    /** What the function reports; anything that is not a report of messages of this batch fails them all, as in Lambda. */
    private Set<String> failures(Answered answered, List<Message> messages) {
        if (!partial) {
            return Set.of();
        }
        Set<String> known = ids(messages);
        return BatchReport.failures(answered.text())
                .filter(known::containsAll)
                .map(failures -> (Set<String>) new HashSet<>(failures))
                .orElse(known);
    }

    private static Set<String> ids(List<Message> messages) {
        Set<String> ids = new HashSet<>();
        messages.forEach(message -> ids.add(message.messageId()));
        return ids;
    }

    private ObjectNode event(List<Message> messages) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (Message message : messages) {
            ObjectNode json = records.addObject()
                    .put("messageId", message.messageId())
                    .put("receiptHandle", message.receiptHandle())
                    .put("body", message.body());
            ObjectNode attributes = json.putObject("attributes");
            message.attributesAsStrings().forEach(attributes::put);
            ObjectNode own = json.putObject("messageAttributes");
            message.messageAttributes().forEach((name, value) -> {
                ObjectNode attribute = own.putObject(name);
                Optional.ofNullable(value.stringValue()).ifPresent(text -> attribute.put("stringValue", text));
                Optional.ofNullable(value.binaryValue())
                        .ifPresent(bytes -> attribute.put("binaryValue", bytes.asByteArray()));
                attribute.putArray("stringListValues");
                attribute.putArray("binaryListValues");
                attribute.put("dataType", value.dataType());
            });
            json.put("md5OfBody", message.md5OfBody())
                    .put("eventSource", "aws:sqs")
                    .put("eventSourceARN", arn)
                    .put("awsRegion", Template.REGION);
        }
        return event;
    }

    /** The report that a function of batches answers with. */
    static final class BatchReport {
        private BatchReport() {}

        /** The ids of what failed, in the function's order; nothing if the answer is not a report. */
        static Optional<List<String>> failures(String answer) {
            if (answer.isBlank()) {
                return Optional.of(List.of());
            }
            return Json.read(answer).flatMap(BatchReport::failures);
        }

        private static Optional<List<String>> failures(JsonNode json) {
            if (json.isNull()) {
                return Optional.of(List.of());
            }
            if (!json.isObject()) {
                return Optional.empty();
            }
            JsonNode reported = json.get("batchItemFailures");
            if (reported == null || reported.isNull()) {
                return Optional.of(List.of());
            }
            List<String> ids = new ArrayList<>();
            for (JsonNode entry : reported) {
                String id = entry.path("itemIdentifier").asText("");
                if (id.isEmpty()) {
                    return Optional.empty();
                }
                ids.add(id);
            }
            return Optional.of(ids);
        }
    }
}
