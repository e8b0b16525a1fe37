package kopilka.dynamodb;

import java.util.Map;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.ReferralCode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whose a referral code is, as an item. */
final class CodeItem {
    private static final int FORMAT = 1;

    private CodeItem() {}

    static Map<String, AttributeValue> of(CodeOwner code) {
        return Item.at(ItemKeys.of(code.storedAs()), FORMAT)
                .text("code", code.code().value())
                .text("owner", ItemKeys.member(code.owner()))
                .attributes();
    }

    static CodeOwner read(Map<String, AttributeValue> attributes) {
        Item item = Item.stored(attributes, FORMAT);
        return new CodeOwner(new ReferralCode(item.text("code")), ItemKeys.member(item.text("owner")));
    }
}
