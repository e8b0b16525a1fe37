package kopilka.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** Requests about orders, as shops send them. */
final class Orders {
    private Orders() {}

    /** An order of one line of that total. */
    static Call paid(String order, String member, String total, Instant at) {
        return event("paid", order, member, at)
                .changed("/content", content(total).toString());
    }

    static Call placed(String order, String member, String total, Instant at) {
        return event("placed", order, member, at)
                .changed("/content", content(total).toString());
    }

    static Call delivered(String order, String member, Instant at) {
        return event("delivered", order, member, at);
    }

    static Call cancelled(String order, String member, Instant at) {
        return event("cancelled", order, member, at);
    }

    private static Call event(String event, String order, String member, Instant at) {
        return Endpoint.ORDER_EVENT.call().body("""
                {"order":"%s","member":"%s","event":"%s","at":"%s"}""".formatted(order, member, event, at));
    }

    static JsonNode content(String total) {
        return Json.read("""
                {"currency":"EUR","lines":[{"sku":"S-1","quantity":"1","total":"%s"}],"total":"%s"}""".formatted(total, total));
    }

    /** A refund of a bare amount. */
    static Call refund(String order, String refund, String member, String amount, Instant at) {
        return Endpoint.REFUND.call().at("order", order).body("""
                {"refund":"%s","member":"%s","at":"%s","amount":"%s","currency":"EUR"}""".formatted(refund, member, at, amount));
    }

    /** The message of the order queue that says the same as a request. */
    static String message(Call call) {
        String body = call.body().orElseThrow();
        return call.endpoint() == Endpoint.REFUND
                ? "{\"type\":\"refund\",\"order\":\"" + call.parameters().get("order") + "\",\"body\":" + body + "}"
                : "{\"type\":\"order\",\"body\":" + body + "}";
    }
}
