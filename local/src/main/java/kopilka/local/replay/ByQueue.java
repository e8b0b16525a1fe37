package kopilka.local.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ShopBackend;
import kopilka.program.ProgramId;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Sends messages to the order queue. It does not keep their sequence, so a customer's next message is only sent once the
 * one before was worked off. What the queue does not take is in its dead letters, and shows when the books are audited.
 */
final class ByQueue implements Dispatch {
    private static final int BATCH = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LocalCloud cloud;
    private final ShopBackend shop;
    private final ProgramId program;
    private final RefusedRows refusals;
    private final Map<String, Deque<Waiting>> waiting = new LinkedHashMap<>();

    private record Waiting(Row row, Message message) {}

    ByQueue(LocalCloud cloud, ShopBackend shop, ProgramId program, RefusedRows refusals) {
        this.cloud = cloud;
        this.shop = shop;
        this.program = program;
        this.refusals = refusals;
    }

    @Override
    public void take(Row row, List<Message> messages, boolean isNewCustomer) throws InterruptedException {
        if (isNewCustomer) {
            // The queue takes orders and refunds alone.
            cloud.clock().advanceTo(row.at().toInstant());
            try {
                ByHttp.refusal(shop.put(
                                "/v1/members/" + ShopBackend.segment(row.customer()),
                                JsonNodeFactory.instance.objectNode()))
                        .ifPresent(reason -> refusals.add(row, reason));
            } catch (IOException unanswered) {
                throw new Undelivered("the API does not answer", unanswered);
            }
        }
        Deque<Waiting> line = waiting.computeIfAbsent(row.customer(), customer -> new ArrayDeque<>());
        messages.forEach(message -> line.add(new Waiting(row, message)));
    }

    @Override
    public void settle() throws InterruptedException {
        while (!waiting.isEmpty()) {
            List<Waiting> wave = new ArrayList<>();
            waiting.values().forEach(line -> Optional.ofNullable(line.poll()).ifPresent(wave::add));
            waiting.values().removeIf(Deque::isEmpty);
            for (int from = 0; from < wave.size(); from += BATCH) {
                send(wave.subList(from, Math.min(wave.size(), from + BATCH)));
            }
            if (!wave.isEmpty()) {
                cloud.drain(PATIENCE);
            }
        }
    }

    private void send(List<Waiting> batch) {
        Map<String, MessageAttributeValue> attributes = Map.of("program", text(program.value()), "shop", text("local"));
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Waiting next : batch) {
            cloud.clock().advanceTo(next.row().at().toInstant());
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .messageBody(next.message().queued().toString())
                    .messageAttributes(attributes)
                    .build());
        }
        var result = cloud.sqs()
                .sendMessageBatch(request ->
                        request.queueUrl(cloud.queueUrl("OrderQueue")).entries(entries));
        if (!result.failed().isEmpty()) {
            throw new Undelivered(
                    "the queue refuses a message: " + result.failed().getFirst().message(), null);
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
