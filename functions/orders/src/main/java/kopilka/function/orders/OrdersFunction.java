package kopilka.function.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.lambda.Call;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.Platform;
import kopilka.lambda.Route;
import kopilka.lambda.StoredAnswers;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Scope;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.QueueBody;
import kopilka.lambda.wire.Reads;
import kopilka.lambda.wire.Replies;
import kopilka.lambda.wire.Requests;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Takes what shops tell about orders, and answers with what it did to the member's points. Where the ledger can't take it
 * now it is queued: an order is never lost.
 */
public final class OrdersFunction implements RequestStreamHandler {
    private final Platform platform;
    private final Engine engine;
    private final Reads reads;
    private final String queue;
    private final Entrance entrance;

    /** In AWS. */
    public OrdersFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public OrdersFunction(Platform platform) {
        this.platform = platform;
        this.engine = Engine.of(platform);
        this.reads = new Reads(engine.ledger(), engine.programs(), platform.clock());
        this.queue = platform.require("ORDER_QUEUE_URL");
        this.entrance = Entrance.of(platform)
                .http(
                        StoredAnswers.of(platform),
                        Route.write("POST /v1/orders", Scope.ORDERS_WRITE, this::record)
                                .withBodyLimit(Route.ORDER_LIMIT)
                                .whenUnavailable(this::queueEvent),
                        Route.write("POST /v1/orders/{order}/refunds", Scope.ORDERS_WRITE, this::refund)
                                .whenUnavailable(this::queueRefund),
                        Route.read("GET /v1/orders/{order}", Scope.MEMBERS_READ, this::read)
                                .withQuery("member"));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private HttpResponse record(Call call) {
        return engine.answer(event(call));
    }

    private HttpResponse refund(Call call) {
        return engine.answer(refundOf(call));
    }

    private HttpResponse read(Call call) {
        return Engine.answer(Requests.order(call.caller().program(), call.parameters()), reads::order);
    }

    private static Decoded<RecordOrderEvent> event(Call call) {
        return Requests.orderEvent(call.caller().program(), call.body(), Place.BODY)
                .map(event -> event.toldBy(call.caller().shop()));
    }

    private static Decoded<RefundOrder> refundOf(Call call) {
        return Requests.refund(call.caller().program(), call.parameters(), call.body());
    }

    private HttpResponse queueEvent(Call call) {
        return Engine.answer(event(call), told -> {
            send(call, QueueBody.orderEvent(call.body()));
            return Replies.queued(told.order(), told.kind());
        });
    }

    private HttpResponse queueRefund(Call call) {
        return Engine.answer(refundOf(call), told -> {
            send(call, QueueBody.refund(told.order(), call.body()));
            return Replies.queued(told.order(), told.refund());
        });
    }

    private void send(Call call, String body) {
        Map<String, MessageAttributeValue> sender = Map.of(
                "program", text(call.caller().program().value()),
                "shop", text(call.caller().shop().value()));
        platform.sqs()
                .get()
                .sendMessage(
                        message -> message.queueUrl(queue).messageBody(body).messageAttributes(sender));
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
