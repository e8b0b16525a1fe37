package kopilka.local.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import kopilka.ledger.OperationId;
import kopilka.local.shop.ShopBackend;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RefundId;

/** What the shop's backend tells Kopilka about a row. */
sealed interface Message {
    /** Which order it is about. */
    OrderId order();

    /** The body of the request. */
    ObjectNode body();

    /** The operation that it asks for: the ledger has its posting when it was taken. */
    OperationId operation();

    /** Where it is posted. */
    String path();

    /** The same as a message of the order queue. */
    ObjectNode queued();

    /** An order was paid. */
    record OrderPaid(OrderId order, ObjectNode body) implements Message {
        @Override
        public OperationId operation() {
            return OperationId.orderEvent(order, OrderEventKind.PAID);
        }

        @Override
        public String path() {
            return "/v1/orders";
        }

        @Override
        public ObjectNode queued() {
            return body.objectNode().put("type", "order").set("body", body);
        }
    }

    /** Goods or money of an order went back. */
    record Refund(OrderId order, RefundId refund, ObjectNode body) implements Message {
        @Override
        public OperationId operation() {
            return OperationId.refund(order, refund);
        }

        @Override
        public String path() {
            return "/v1/orders/" + ShopBackend.segment(order.value()) + "/refunds";
        }

        @Override
        public ObjectNode queued() {
            return body.objectNode()
                    .put("type", "refund")
                    .put("order", order.value())
                    .set("body", body);
        }
    }
}
