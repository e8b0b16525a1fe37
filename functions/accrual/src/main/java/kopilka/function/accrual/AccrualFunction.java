package kopilka.function.accrual;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kopilka.accrual.RecordOrderEvent;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.OperationQueue;
import kopilka.lambda.OperationQueue.Demand;
import kopilka.lambda.Platform;
import kopilka.lambda.QueueMessage;
import kopilka.lambda.Taken;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.wire.QueueBody;
import kopilka.lambda.wire.Refusals;
import kopilka.ledger.Operation;
import kopilka.ledger.Teller;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;
import org.jspecify.annotations.Nullable;

/**
 * Takes order events and refunds from the queue, those of one member that come in one batch together. A message that was
 * recorded, now or before, is done; one that can't be is reported alone of its batch, and ends among the dead letters if it
 * never can.
 */
public final class AccrualFunction implements RequestStreamHandler {
    private final Engine engine;
    private final Entrance entrance;

    /** In AWS. */
    public AccrualFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public AccrualFunction(Platform platform) {
        this.engine = Engine.of(platform);
        this.entrance = Entrance.of(platform).queue(new OperationQueue(AccrualFunction::read, this::carryOut));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private static Demand read(QueueMessage message) {
        Optional<ProgramId> program =
                Optional.ofNullable(message.attributes().get("program")).map(ProgramId::new);
        if (program.isEmpty()) {
            return new Demand.Unreadable("no_program");
        }
        return switch (message.json()) {
            case JsonReader.Malformed malformed -> new Demand.Unreadable("malformed_json");
            case JsonReader.Read(JsonValue body) ->
                switch (QueueBody.order(program.get(), body)) {
                    case Decoded.Invalid<Operation>(List<FieldError> errors) -> new Demand.Unreadable("invalid_field");
                    case Decoded.Valid<Operation>(Operation operation) ->
                        new Demand.For(toldBy(operation, message.attributes().get("shop")));
                };
        };
    }

    private static Operation toldBy(Operation operation, @Nullable String shop) {
        return operation instanceof RecordOrderEvent event && shop != null ? event.toldBy(new ShopId(shop)) : operation;
    }

    private List<Taken> carryOut(List<Operation> operations) {
        List<Teller.Answer> answers = engine.teller().carryOut(operations);
        return IntStream.range(0, operations.size())
                .mapToObj(number -> taken(operations.get(number), answers.get(number)))
                .toList();
    }

    private static Taken taken(Operation operation, Teller.Answer answer) {
        return switch (answer) {
            case Teller.Answer.Done done -> Taken.done();
            case Teller.Answer.Nothing nothing -> Taken.done();
            case Teller.Answer.Conflict conflict -> Taken.failed("conflict");
            case Teller.Answer.Unavailable unavailable -> Taken.failed("unavailable");
            case Teller.Answer.Refused refused ->
                Taken.failed(
                        Refusals.problem(refused.refusal(), operation).code().code());
        };
    }
}
