package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kopilka.earning.Earning;
import kopilka.money.Money;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.order.Returned;

/** What a posting records beside its movements: all that an answer or an explanation needs, forever. */
public sealed interface Facts {
    /** A member joined. */
    record Enrolled() implements Facts {}

    /**
     * A member left.
     *
     * @param reason as the shop put it
     */
    record Closed(Optional<String> reason) implements Facts {}

    /**
     * An event of an order that moves nothing now.
     *
     * @param order whose
     * @param kind which event
     * @param at when it happened
     * @param waiting whether it came before the order's payment, and takes effect with that
     * @param earned what the order has earned as it stands
     */
    record OrderNoted(OrderId order, OrderEventKind kind, Instant at, boolean waiting, long earned) implements Facts {}

    /**
     * An order was paid and earned.
     *
     * @param order which
     * @param at when it was paid
     * @param basis what it earned on
     * @param earning what it earned, and how
     * @param term the lot that its points went into; empty while they wait for a delivery
     * @param applied events that had come before and took effect now
     * @param ignored refunds that had come before and contradict the order: they have no effect
     * @param effect what those took back; {@link Return#NONE} where there were none
     */
    record OrderPaid(
            OrderId order,
            Instant at,
            OrderBasis basis,
            Earning earning,
            Optional<Term> term,
            List<OperationId> applied,
            List<OperationId> ignored,
            Return effect)
            implements Facts {
        /** Copies what it is given. */
        public OrderPaid {
            applied = List.copyOf(applied);
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * An order was delivered, and its points learned their days.
     *
     * @param order which
     * @param at when it was delivered
     * @param term the lot that its points went into
     * @param earned what the order has earned as it stands
     */
    record OrderDelivered(OrderId order, Instant at, Term term, long earned) implements Facts {}

    /**
     * An order was cancelled.
     *
     * @param order which
     * @param at when
     * @param effect what that took back and gave back
     */
    record OrderCancelled(OrderId order, Instant at, Return effect) implements Facts {}

    /**
     * A refund took effect.
     *
     * @param order of which
     * @param refund which
     * @param at when it was made
     * @param returned what came back
     * @param effect what that took back and gave back
     */
    record Refunded(OrderId order, RefundId refund, Instant at, Returned returned, Return effect) implements Facts {}

    /**
     * A refund came before its order's payment, and takes effect with that.
     *
     * @param order of which
     * @param refund which
     * @param at when it was made
     * @param content what goes back
     */
    record RefundWaiting(OrderId order, RefundId refund, Instant at, RefundContent content) implements Facts {}

    /**
     * Points were held.
     *
     * @param redemption for what
     * @param points how many
     * @param worth what they pay
     * @param until when the hold runs out
     * @param orderTotal the total of the order that they pay a part of
     * @param order that order's id, where it has one already
     */
    record Held(
            RedemptionId redemption, long points, Money worth, Instant until, Money orderTotal, Optional<OrderId> order)
            implements Facts {}

    /**
     * Held points were spent.
     *
     * @param redemption whose
     * @param captured how many were spent
     * @param returned how many were given back
     * @param worth what the spent ones paid
     */
    record Captured(RedemptionId redemption, long captured, long returned, Money worth) implements Facts {}

    /**
     * Held points were given back.
     *
     * @param redemption whose
     * @param points how many
     * @param worth what they would have paid
     */
    record Voided(RedemptionId redemption, long points, Money worth) implements Facts {}

    /** Time did its part. */
    record Settled() implements Facts {}

    /**
     * A member got a referral code.
     *
     * @param code which
     */
    record CodeIssued(ReferralCode code) implements Facts {}

    /**
     * A member was recommended by another.
     *
     * @param referrer by whom
     */
    record RefereeAttached(MemberId referrer) implements Facts {}

    /**
     * The referrer was rewarded.
     *
     * @param referee for whom
     * @param order whose order qualified
     * @param points how many; 0 where the reward had been taken back before it came
     * @param term the lot that they went into
     */
    record ReferrerRewarded(MemberId referee, OrderId order, long points, Term term) implements Facts {}

    /**
     * The referrer's reward was taken back.
     *
     * @param referee for whom it had been given
     * @param order whose order no longer qualifies
     * @param reversed how many points
     * @param debt how many of them the member owes
     * @param writtenOff how many of them the shop bears
     */
    record RewardTakenBack(MemberId referee, OrderId order, long reversed, long debt, long writtenOff)
            implements Facts {}

    /**
     * What a return of goods or money did to the points of an order.
     *
     * @param value the money that went back, in minor units
     * @param earned what the order has earned as it stands now
     * @param reversed how many points this return takes back, however they are borne
     * @param restored how many points that had paid for the order are given back
     * @param debt how many of those reversed the member owes
     * @param deducted how many of those reversed the shop keeps back from the money it refunds
     * @param deduction what those are worth, in minor units
     * @param writtenOff how many of those reversed the shop bears
     */
    record Return(
            long value,
            long earned,
            long reversed,
            long restored,
            long debt,
            long deducted,
            long deduction,
            long writtenOff) {
        /** Nothing came back. */
        public static final Return NONE = new Return(0, 0, 0, 0, 0, 0, 0, 0);

        /** The points reversed that were spent already. */
        public long shortfall() {
            return debt + deducted + writtenOff;
        }
    }
}
