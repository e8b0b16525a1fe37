package kopilka.accrual.planted;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class KnowsTheStore {
    private KnowsTheStore() {}

    static AttributeValue value() {
        return AttributeValue.fromN("1");
    }
}
