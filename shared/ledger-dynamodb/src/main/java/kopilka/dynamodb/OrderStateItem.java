package kopilka.dynamodb;

import java.util.Map;
import java.util.Set;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.order.OrderId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How an order stands, as an item. */
final class OrderStateItem {
    private static final int FORMAT = 1;

    private static final Set<String> ATTRIBUTES = Set.of(
            "order",
            "waiting",
            "refunded",
            "cancelled",
            "delivered",
            "term",
            "earned",
            "restored",
            "writtenOff",
            "returned");

    private OrderStateItem() {}

    static Map<String, AttributeValue> of(OrderState order) {
        Item item = Item.at(ItemKeys.of(order.storedAs()), FORMAT)
                .text("order", order.order().value())
                .texts(
                        "waiting",
                        order.waiting().stream().map(OperationId::value).toList())
                .number("refunded", order.refunded())
                .flag("cancelled", order.cancelled())
                .instant("delivered", order.deliveredAt())
                .text("term", order.term().map(Compact::term))
                .number("earned", order.earned())
                .number("restored", order.restored())
                .number("writtenOff", order.writtenOff());
        if (!order.returned().isNothing()) {
            item.map("returned", OrderContent.returned(order.returned()));
        }
        return item.attributes();
    }

    static OrderState read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, FORMAT, ATTRIBUTES);
        return new OrderState(
                ItemKeys.memberOf(item.text(ItemKeys.PARTITION)),
                new OrderId(item.text("order")),
                item.texts("waiting").stream().map(OperationId::new).toList(),
                OrderContent.returned(item.optionalMap("returned").orElseGet(Item::empty)),
                item.number("refunded"),
                item.flag("cancelled"),
                item.optionalInstant("delivered"),
                item.optionalText("term").map(Compact::term),
                item.number("earned"),
                item.number("restored"),
                item.number("writtenOff"));
    }
}
