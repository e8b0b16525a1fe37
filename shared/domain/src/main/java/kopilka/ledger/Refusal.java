package kopilka.ledger;

import java.util.Currency;
import kopilka.money.Money;
import kopilka.order.Order;
import kopilka.order.RedemptionId;
import kopilka.program.Condition;
import kopilka.program.Period;
import kopilka.program.RuleId;
import kopilka.program.Segment;

/** Why an operation was not done: part of the API. Carries facts; the edge puts them into words. */
public sealed interface Refusal {
    /** No such program, or the caller's has no version yet. */
    record ProgramNotFound() implements Refusal {}

    /** The program has no such member. */
    record MemberNotFound() implements Refusal {}

    /** The member has left. */
    record MemberClosed() implements Refusal {}

    /** The member has no such order. */
    record OrderNotFound() implements Refusal {}

    /** An order's amounts contradict one another. */
    record OrderInvalid(Order.Fault fault) implements Refusal {}

    /** Money in another currency than the program's. */
    record CurrencyMismatch(Currency expected) implements Refusal {}

    /** An event from more than a day ahead. */
    record TimeInFuture() implements Refusal {}

    /** An event from before there was such a shop. */
    record TimeTooOld() implements Refusal {}

    /** A refund names a line that the order does not have. */
    record LineNotFound(int position) implements Refusal {}

    /** More goes back than is kept, or more money than was paid. */
    record RefundExceedsOrder(Money left) implements Refusal {}

    /** A redemption that pays for the order is still open: capture or void it first. */
    record RedemptionOpen(RedemptionId redemption) implements Refusal {}

    /** A redemption has paid for another order already. */
    record RedemptionUsed(RedemptionId redemption) implements Refusal {}

    /** Too much waits for orders that are not paid. */
    record TooManyWaiting(int limit) implements Refusal {}

    /** A discount is said to be the program's that its rules know nothing of. */
    record DiscountUnknown(RuleId rule) implements Refusal {}

    /** A discount of the program takes off more than its lines are worth. */
    record DiscountTooLarge(RuleId rule) implements Refusal {}

    /** There are fewer points. */
    record InsufficientPoints(long available) implements Refusal {}

    /** The program has no such wallet. */
    record WalletNotFound() implements Refusal {}

    /** Nothing can be paid from that wallet. */
    record WalletNotSpendable() implements Refusal {}

    /** The wallet can be spent under a condition alone, which does not hold now. */
    record WalletNotSpendableNow(Condition condition) implements Refusal {}

    /** The program rewards no such activity. */
    record ActivityUnknown() implements Refusal {}

    /** The activity is rewarded when the shop has verified it, and it has not. */
    record ActivityNotVerified() implements Refusal {}

    /** The activity is rewarded under a condition alone, which does not hold. */
    record ActivityNotNow(Condition condition) implements Refusal {}

    /** The activity was rewarded as often as the program allows within a period. */
    record ActivityLimit(int times, Period per) implements Refusal {}

    /** The program's rules know no such label. */
    record SegmentUnknown(Segment segment) implements Refusal {}

    /** Fewer points than one redemption takes. */
    record BelowMinimum(long minimum) implements Refusal {}

    /** Not a multiple of what a redemption takes. */
    record PointsNotInSteps(long step) implements Refusal {}

    /** More of the order than points may pay. */
    record OverCap(long maximumPoints) implements Refusal {}

    /** A hold longer than is allowed. */
    record TimeoutTooLong(long maximumMinutes) implements Refusal {}

    /** Too many redemptions are open at once. */
    record TooManyRedemptions(int limit) implements Refusal {}

    /** The member has no such redemption. */
    record RedemptionNotFound() implements Refusal {}

    /** The redemption has ended already. */
    record RedemptionNotOpen(Ended ended) implements Refusal {
        /** How it ended. */
        public enum Ended {
            /** Its points were spent. */
            CAPTURED,
            /** Its points were given back. */
            VOIDED,
            /** Its time ran out. */
            TIMED_OUT
        }
    }

    /** More is captured than is held. */
    record CaptureExceedsHold(long held) implements Refusal {}

    /** The account can't be closed while redemptions are open. */
    record OpenRedemptions(int open) implements Refusal {}

    /** Nobody has that referral code. */
    record CodeNotFound() implements Refusal {}

    /** The code belongs to another member: draw a new one. */
    record CodeTaken() implements Refusal {}

    /** One does not recommend oneself. */
    record SelfReferral() implements Refusal {}

    /** The member was there before: has orders, or joined no later than the referrer. */
    record ExistingCustomer() implements Refusal {}

    /** The referrer was recommended by this very member. */
    record ReferralCycle() implements Refusal {}
}
