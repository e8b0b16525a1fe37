package kopilka.ledger;

import kopilka.order.OrderId;
import kopilka.order.RedemptionId;

/**
 * Says which order a redemption paid a part of. One redemption pays for one order: what it spent comes back once.
 *
 * @param member whose
 * @param redemption which
 * @param order what it paid for
 */
public record RedemptionUse(MemberKey member, RedemptionId redemption, OrderId order) implements Stored {
    @Override
    public StoredKey.UseKey storedAs() {
        return new StoredKey.UseKey(member, redemption);
    }
}
