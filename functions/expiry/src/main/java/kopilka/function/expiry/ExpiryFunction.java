package kopilka.function.expiry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.expiry.Sweep;
import kopilka.lambda.Deadline;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.Platform;
import kopilka.lambda.QueueMessage;
import kopilka.lambda.Taken;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.wire.QueueBody;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Teller;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Makes durable what time did. By the schedule it sweeps the index of what is due and queues the accounts; from the queue
 * it settles them, one by one. No balance waits for it.
 */
public final class ExpiryFunction implements RequestStreamHandler {
    /** Messages in one call: the most that SQS takes. */
    private static final int BATCH = 10;

    private final Platform platform;
    private final Engine engine;
    private final String queue;
    private final Entrance entrance;

    /** In AWS. */
    public ExpiryFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public ExpiryFunction(Platform platform) {
        this.platform = platform;
        this.engine = Engine.of(platform);
        this.queue = platform.require("SETTLE_QUEUE_URL");
        this.entrance = Entrance.of(platform).schedule(this::sweep).queue(this::settle);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    /** Queues every account in which something is due. What the time does not suffice for, the next sweep finds. */
    private void sweep(Deadline deadline) {
        Sweep.of(engine.ledger(), platform.clock().instant(), deadline::isNear, this::queue);
    }

    private void queue(List<MemberKey> members) {
        for (int from = 0; from < members.size(); from += BATCH) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (MemberKey member : members.subList(from, Math.min(members.size(), from + BATCH))) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(String.valueOf(entries.size()))
                        .messageBody(QueueBody.settle(member))
                        .build());
            }
            SendMessageBatchResponse sent = platform.sqs()
                    .get()
                    .sendMessageBatch(batch -> batch.queueUrl(queue).entries(entries));
            if (!sent.failed().isEmpty()) {
                throw new LedgerUnavailable(
                        "the queue did not take " + sent.failed().size() + " messages");
            }
        }
    }

    private Taken settle(QueueMessage message) {
        return switch (message.json()) {
            case JsonReader.Malformed malformed -> Taken.failed("malformed_json");
            case JsonReader.Read(JsonValue body) ->
                switch (QueueBody.settle(body)) {
                    case Decoded.Invalid<MemberKey>(List<FieldError> errors) -> Taken.failed("invalid_field");
                    case Decoded.Valid<MemberKey>(MemberKey member) -> settle(member);
                };
        };
    }

    private Taken settle(MemberKey member) {
        Optional<Sweep.Settlement> settlement = Sweep.settlement(engine.ledger(), member);
        if (settlement.isEmpty()) {
            return Taken.failed("member_not_found");
        }
        return switch (engine.teller()
                .carryOut(settlement.get().operation(), settlement.get().seen())) {
            case Teller.Answer.Done done -> Taken.done();
            case Teller.Answer.Nothing nothing -> Taken.done();
            case Teller.Answer.Refused refused -> Taken.failed("refused");
            case Teller.Answer.Conflict conflict -> Taken.failed("conflict");
            case Teller.Answer.Unavailable unavailable -> Taken.failed("unavailable");
        };
    }
}
