package kopilka.dynamodb;

import java.util.Map;
import kopilka.ledger.MemberKey;
import kopilka.ledger.RedemptionUse;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which order a redemption paid for, as an item. */
final class UseItem {
    private static final int FORMAT = 1;

    private UseItem() {}

    static Map<String, AttributeValue> of(RedemptionUse use) {
        return Item.at(ItemKeys.of(use.storedAs()), FORMAT)
                .text("member", ItemKeys.member(use.member()))
                .text("redemption", use.redemption().value())
                .text("order", use.order().value())
                .attributes();
    }

    static RedemptionUse read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, FORMAT);
        MemberKey member = ItemKeys.member(item.text("member"));
        return new RedemptionUse(member, new RedemptionId(item.text("redemption")), new OrderId(item.text("order")));
    }
}
