package kopilka.dynamodb;

import java.util.Map;
import java.util.Set;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.OrderState.InWallet;
import kopilka.order.OrderId;
import kopilka.program.WalletId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How an order stands, as an item. */
final class OrderStateItem {
    /** All that such an item may have beside its key and format. */
    static final Set<String> ATTRIBUTES = Set.of(
            "order",
            "waiting",
            "refunded",
            "cancelled",
            "delivered",
            "term",
            "earned",
            "restored",
            "writtenOff",
            "returned",
            "wallets");

    private OrderStateItem() {}

    static Map<String, AttributeValue> of(OrderState order) {
        boolean pointsAlone = order.wallets().keySet().stream().allMatch(WalletId.POINTS::equals);
        Item item = Item.at(ItemKeys.of(order.storedAs()), pointsAlone ? Item.FIRST : Item.WALLETS)
                .text("order", order.order().value())
                .texts(
                        "waiting",
                        order.waiting().stream().map(OperationId::value).toList())
                .number("refunded", order.refunded())
                .flag("cancelled", order.cancelled())
                .instant("delivered", order.deliveredAt())
                .others("wallets", order.wallets(), other -> wallet(Item.empty(), other));
        wallet(item, order.in(WalletId.POINTS));
        if (!order.returned().isNothing()) {
            item.map("returned", OrderContent.returned(order.returned()));
        }
        return item.attributes();
    }

    static OrderState read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, Item.WALLETS, ATTRIBUTES);
        return new OrderState(
                ItemKeys.memberOf(item.text(ItemKeys.PARTITION)),
                new OrderId(item.text("order")),
                item.texts("waiting").stream().map(OperationId::new).toList(),
                OrderContent.returned(item.optionalMap("returned").orElseGet(Item::empty)),
                item.number("refunded"),
                item.flag("cancelled"),
                item.optionalInstant("delivered"),
                item.wallets("wallets", wallet(item), OrderStateItem::wallet));
    }

    private static Item wallet(Item item, InWallet stands) {
        return item.text("term", stands.term().map(Compact::term))
                .number("earned", stands.earned())
                .number("restored", stands.restored())
                .number("writtenOff", stands.writtenOff());
    }

    private static InWallet wallet(Item item) {
        return new InWallet(
                item.optionalText("term").map(Compact::term),
                item.number("earned"),
                item.number("restored"),
                item.number("writtenOff"));
    }
}
