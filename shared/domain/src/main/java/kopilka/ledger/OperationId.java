package kopilka.ledger;

import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;

/**
 * Names the operation that caused a posting, in its program: the posting's key. There is one posting for each, forever;
 * whatever is delivered again finds it.
 *
 * @param value such as {@code order#A-17#paid}; ids have no {@code #}, so that no two operations share a name
 */
public record OperationId(String value) {
    /** A member's enrolment. */
    public static OperationId enrolled(MemberId member) {
        return new OperationId("member#" + member + "#enrolled");
    }

    /** A member's account closed. */
    public static OperationId closed(MemberId member) {
        return new OperationId("member#" + member + "#closed");
    }

    /** An event of an order. */
    public static OperationId orderEvent(OrderId order, OrderEventKind kind) {
        return new OperationId("order#" + order + "#" + kind.code());
    }

    /** A refund of an order. */
    public static OperationId refund(OrderId order, RefundId refund) {
        return new OperationId("refund#" + order + "#" + refund);
    }

    /** Points held for a redemption. */
    public static OperationId held(RedemptionId redemption) {
        return new OperationId("redemption#" + redemption + "#held");
    }

    /** A redemption captured. */
    public static OperationId captured(RedemptionId redemption) {
        return new OperationId("redemption#" + redemption + "#captured");
    }

    /** A redemption voided. */
    public static OperationId voided(RedemptionId redemption) {
        return new OperationId("redemption#" + redemption + "#voided");
    }

    /** What the shop knows of a member, told anew. */
    public static OperationId profileChanged(MemberId member, Hash change) {
        return new OperationId("member#" + member + "#profile#" + change.hex());
    }

    /** An activity of a member. */
    public static OperationId activity(ActivityId activity) {
        return new OperationId("activity#" + activity + "#done");
    }

    /** What time did to a member's account, as the posting with that sequence number. */
    public static OperationId settled(MemberId member, long sequence) {
        return new OperationId("member#" + member + "#settled#" + sequence);
    }

    /** A member's referral code issued. */
    public static OperationId codeIssued(MemberId member) {
        return new OperationId("member#" + member + "#referral-code");
    }

    /** A member attached to the one who recommended. */
    public static OperationId refereeAttached(MemberId referee) {
        return new OperationId("referral#" + referee + "#attached");
    }

    /** The referrer rewarded for a referee. */
    public static OperationId referrerRewarded(MemberId referee) {
        return new OperationId("referral#" + referee + "#rewarded");
    }

    /** The referrer's reward for a referee taken back. */
    public static OperationId rewardTakenBack(MemberId referee) {
        return new OperationId("referral#" + referee + "#taken-back");
    }

    @Override
    public String toString() {
        return value;
    }
}
