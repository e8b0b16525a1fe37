package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import kopilka.earning.Earnings;
import kopilka.money.Money;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.order.Returned;
import kopilka.program.ActivityKind;
import kopilka.program.ByWallet;
import kopilka.program.WalletId;

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
     * @param earned what the order has earned as it stands, wallet by wallet
     */
    record OrderNoted(OrderId order, OrderEventKind kind, Instant at, boolean waiting, SortedMap<WalletId, Long> earned)
            implements Facts {
        /** Copies what it is given. */
        public OrderNoted {
            earned = ByWallet.of(earned, 0L);
        }
    }

    /**
     * An order was paid and earned.
     *
     * @param order which
     * @param at when it was paid
     * @param basis what it earned on
     * @param under which circumstances it was paid under
     * @param earning how it earned what it did
     * @param earned what it earned in each wallet, and the lots that it went into
     * @param applied events that had come before and took effect now
     * @param ignored refunds that had come before and contradict the order: they have no effect
     * @param effect what those took back; {@link Return#NONE} where there were none
     */
    record OrderPaid(
            OrderId order,
            Instant at,
            OrderBasis basis,
            Under under,
            Earnings earning,
            SortedMap<WalletId, Earned> earned,
            List<OperationId> applied,
            List<OperationId> ignored,
            Return effect)
            implements Facts {
        /** Copies what it is given. */
        public OrderPaid {
            earned = ByWallet.of(earned, Earned.NONE);
            applied = List.copyOf(applied);
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * An order was delivered, and its points learned their days.
     *
     * @param order which
     * @param at when it was delivered
     * @param earned what the order has earned as it stands in each wallet, and the lots that it went into
     */
    record OrderDelivered(OrderId order, Instant at, SortedMap<WalletId, Earned> earned) implements Facts {
        /** Copies what it is given. */
        public OrderDelivered {
            earned = ByWallet.of(earned, Earned.NONE);
        }
    }

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
     * @param wallet of which wallet
     * @param points how many
     * @param worth what they pay
     * @param until when the hold runs out
     * @param orderTotal the total of the order that they pay a part of
     * @param order that order's id, where it has one already
     */
    record Held(
            RedemptionId redemption,
            WalletId wallet,
            long points,
            Money worth,
            Instant until,
            Money orderTotal,
            Optional<OrderId> order)
            implements Facts {}

    /**
     * Held points were spent.
     *
     * @param redemption whose
     * @param wallet of which wallet
     * @param captured how many were spent
     * @param returned how many were given back
     * @param worth what the spent ones paid
     */
    record Captured(RedemptionId redemption, WalletId wallet, long captured, long returned, Money worth)
            implements Facts {}

    /**
     * Held points were given back.
     *
     * @param redemption whose
     * @param wallet of which wallet
     * @param points how many
     * @param worth what they would have paid
     */
    record Voided(RedemptionId redemption, WalletId wallet, long points, Money worth) implements Facts {}

    /**
     * An activity was rewarded.
     *
     * @param activity which doing of it
     * @param kind what was done
     * @param at when
     */
    record ActivityRewarded(ActivityId activity, ActivityKind kind, Instant at) implements Facts {}

    /** The shop told anew what it knows of the member; what that is, is not on record here. */
    record ProfileChanged() implements Facts {}

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
     * @param wallet into which wallet
     * @param points how many; 0 where the reward had been taken back before it came
     * @param term the lot that they went into
     */
    record ReferrerRewarded(MemberId referee, OrderId order, WalletId wallet, long points, Term term)
            implements Facts {}

    /**
     * The referrer's reward was taken back.
     *
     * @param referee for whom it had been given
     * @param order whose order no longer qualifies
     * @param wallet from which wallet
     * @param reversed how many points
     * @param debt how many of them the member owes
     * @param writtenOff how many of them the shop bears
     */
    record RewardTakenBack(MemberId referee, OrderId order, WalletId wallet, long reversed, long debt, long writtenOff)
            implements Facts {}

    /** All wallets that they speak of. */
    default Set<WalletId> wallets() {
        return switch (this) {
            case OrderNoted noted -> noted.earned().keySet();
            case OrderPaid paid -> {
                Set<WalletId> wallets = new TreeSet<>(paid.earned().keySet());
                wallets.addAll(paid.effect().wallets().keySet());
                yield wallets;
            }
            case OrderDelivered delivered -> delivered.earned().keySet();
            case OrderCancelled cancelled -> cancelled.effect().wallets().keySet();
            case Refunded refunded -> refunded.effect().wallets().keySet();
            case Held held -> Set.of(held.wallet());
            case Captured captured -> Set.of(captured.wallet());
            case Voided voided -> Set.of(voided.wallet());
            case ReferrerRewarded rewarded -> Set.of(rewarded.wallet());
            case RewardTakenBack taken -> Set.of(taken.wallet());
            case Enrolled enrolled -> Set.of();
            case Closed closed -> Set.of();
            case RefundWaiting waiting -> Set.of();
            case Settled settled -> Set.of();
            case ActivityRewarded rewarded -> Set.of();
            case ProfileChanged changed -> Set.of();
            case CodeIssued issued -> Set.of();
            case RefereeAttached attached -> Set.of();
        };
    }

    /**
     * What a return of goods or money did to the points of an order.
     *
     * @param value the money that went back, in minor units
     * @param wallets what it did to each wallet
     */
    record Return(long value, SortedMap<WalletId, WalletReturn> wallets) {
        /** Nothing came back. */
        public static final Return NONE = new Return(0, ByWallet.none());

        /** Copies what it is given. */
        public Return {
            wallets = ByWallet.of(wallets, WalletReturn.NONE);
        }

        /** What came back of an order that has to do with one wallet alone. */
        public static Return of(long value, WalletId wallet, WalletReturn effect) {
            SortedMap<WalletId, WalletReturn> one = new TreeMap<>();
            one.put(wallet, effect);
            return new Return(value, one);
        }

        /** What it did to a wallet. */
        public WalletReturn in(WalletId wallet) {
            return wallets.getOrDefault(wallet, WalletReturn.NONE);
        }

        /** What this and a later return did together: what the order has earned is what it has after the later one. */
        public Return plus(Return later) {
            SortedMap<WalletId, WalletReturn> both = new TreeMap<>();
            Set<WalletId> all = new TreeSet<>(wallets.keySet());
            all.addAll(later.wallets.keySet());
            all.forEach(wallet -> both.put(wallet, in(wallet).plus(later.in(wallet))));
            return new Return(Math.addExact(value, later.value), both);
        }
    }

    /**
     * What a return did to one wallet.
     *
     * @param earned what the order has earned in it as it stands now
     * @param reversed how many points this return takes back, however they are borne
     * @param restored how many points that had paid for the order are given back
     * @param debt how many of those reversed the member owes
     * @param deducted how many of those reversed the shop keeps back from the money it refunds
     * @param deduction what those are worth, in minor units
     * @param writtenOff how many of those reversed the shop bears
     */
    record WalletReturn(
            long earned, long reversed, long restored, long debt, long deducted, long deduction, long writtenOff) {
        /** Nothing is earned, and nothing moved. */
        public static final WalletReturn NONE = new WalletReturn(0, 0, 0, 0, 0, 0, 0);

        /** The points reversed that were spent already. */
        public long shortfall() {
            return debt + deducted + writtenOff;
        }

        WalletReturn plus(WalletReturn later) {
            return new WalletReturn(
                    later.earned,
                    Math.addExact(reversed, later.reversed),
                    Math.addExact(restored, later.restored),
                    Math.addExact(debt, later.debt),
                    Math.addExact(deducted, later.deducted),
                    Math.addExact(deduction, later.deduction),
                    Math.addExact(writtenOff, later.writtenOff));
        }
    }
}
