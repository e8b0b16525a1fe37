package kopilka.lambda.wire;

import java.nio.charset.StandardCharsets;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.json.Place;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.order.OrderId;
import kopilka.program.ProgramId;

/**
 * The bodies of messages. Writer and reader are one class, so that they cannot come to differ. A message of the order
 * queue carries a request's body as it came; its program stands beside it, as an attribute that the queue's policy
 * vouches for.
 */
public final class QueueBody {
    private static final String TYPE = "type";
    private static final String ORDER = "order";
    private static final String REFUND = "refund";
    private static final String BODY = "body";
    private static final String PROGRAM = "program";
    private static final String MEMBER = "member";

    private enum Type {
        ORDER_EVENT(ORDER),
        ORDER_REFUND(REFUND);

        private final String code;

        Type(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    private QueueBody() {}

    /** An order event, for the order queue. */
    public static String orderEvent(JsonValue body) {
        return text(JsonWriter.object(
                json -> json.put(TYPE, Type.ORDER_EVENT.code()).put(BODY, body)));
    }

    /** A refund, for the order queue. */
    public static String refund(OrderId order, JsonValue body) {
        return text(JsonWriter.object(json -> json.put(TYPE, Type.ORDER_REFUND.code())
                .put(ORDER, order.value())
                .put(BODY, body)));
    }

    /**
     * The operation in a message of the order queue: a {@link RecordOrderEvent} or a {@link RefundOrder}.
     *
     * @param program the message's, from its attribute
     */
    public static Decoded<Operation> order(ProgramId program, JsonValue message) {
        return Decoder.<Operation>object(fields -> order(program, fields)).decode(message, Place.BODY);
    }

    private static Decoded<Operation> order(ProgramId program, Fields fields) {
        Field<Type> type = fields.required(TYPE, Decoder.oneOf(Type.values(), Type::code));
        Field<JsonValue> body = fields.required(BODY, Decoder.any());
        if (type.ifValid().isEmpty()) {
            fields.optional(ORDER, Decoder.any());
            return fields.decodedFurther(() -> {
                throw new IllegalStateException("a message without a type has an error");
            });
        }
        return switch (type.get()) {
            case ORDER_EVENT ->
                fields.decodedFurther(() ->
                        Requests.orderEvent(program, body.get(), at(fields)).map(event -> event));
            case ORDER_REFUND -> {
                Field<String> order = fields.required(ORDER, Decoder.identifier());
                yield fields.decodedFurther(() -> Requests.refund(
                                program, new Decoded.Valid<>(new OrderId(order.get())), body.get(), at(fields))
                        .map(refund -> refund));
            }
        };
    }

    private static Place at(Fields fields) {
        return fields.place().child(BODY);
    }

    /** A member whose account is due, for the settle queue. */
    public static String settle(MemberKey member) {
        return text(JsonWriter.object(json -> json.put(PROGRAM, member.program().value())
                .put(MEMBER, member.member().value())));
    }

    /** The member in a message of the settle queue. */
    public static Decoded<MemberKey> settle(JsonValue message) {
        return Decoder.<MemberKey>object(fields -> {
                    Field<String> program = fields.required(PROGRAM, Decoder.identifier());
                    Field<String> member = fields.required(MEMBER, Decoder.identifier());
                    return fields.decoded(
                            () -> new MemberKey(new ProgramId(program.get()), new MemberId(member.get())));
                })
                .decode(message, Place.BODY);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
