package kopilka.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import kopilka.order.OrderId;

/**
 * The current state of a member, derivable from the member's postings.
 *
 * @param key whose
 * @param sequence the number of its last posting; 0 before the first
 * @param asOf when that was decided: no later decision is dated before
 * @param status whether the member still takes part
 * @param enrolledAt when the member joined
 * @param closedAt when the member left
 * @param code the member's referral code
 * @param referral who recommended the member, and what came of it
 * @param hasOrders whether an order was ever paid
 * @param early orders for which something waits that came before their payment, as {@link #mark marks}
 * @param wallet the points
 * @param head the last posting; empty before the first
 * @param headHash its hash
 */
public record Account(
        MemberKey key,
        long sequence,
        Instant asOf,
        Status status,
        Instant enrolledAt,
        Optional<Instant> closedAt,
        Optional<ReferralCode> code,
        Optional<Referral> referral,
        boolean hasOrders,
        SortedSet<Integer> early,
        Wallet wallet,
        Optional<OperationId> head,
        Hash headHash)
        implements Stored {
    /** The most orders of one member for which something waits: 4 bytes each. */
    public static final int MAX_EARLY = 500;

    /** Copies what it is given. */
    public Account {
        early = Collections.unmodifiableSortedSet(new TreeSet<>(early));
    }

    /** Whether a member takes part. */
    public enum Status {
        /** Takes part. */
        ACTIVE,
        /** Has left, for good. */
        CLOSED
    }

    /**
     * Where a member came from.
     *
     * @param referrer who recommended
     * @param order the member's order that qualified; empty until one does
     * @param rewarded how many points the member has of it now
     * @param ended whether the reward was taken back; there is no second one
     */
    public record Referral(MemberId referrer, Optional<OrderId> order, long rewarded, boolean ended) {}

    /** A member who is about to join. */
    public static Account before(MemberKey key, Instant now) {
        return new Account(
                key,
                0,
                now,
                Status.ACTIVE,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                new TreeSet<>(),
                Wallet.EMPTY,
                Optional.empty(),
                Hash.START);
    }

    /**
     * The mark of an order among those for which something waits: 32 bits of its id. That two orders may share one is
     * harmless, as it only tells where to look.
     */
    public static int mark(OrderId order) {
        return order.value().hashCode();
    }

    /** Whether the member has left. */
    public boolean isClosed() {
        return status == Status.CLOSED;
    }

    /** The moment that a decision taken now is dated: a clock that went back doesn't take the account with it. */
    public Instant dated(Instant now) {
        return now.isBefore(asOf) ? asOf : now;
    }

    /** With that referral. */
    public Account withReferral(Referral changed) {
        return new Account(
                key,
                sequence,
                asOf,
                status,
                enrolledAt,
                closedAt,
                code,
                Optional.of(changed),
                hasOrders,
                early,
                wallet,
                head,
                headHash);
    }

    /** With that referral code. */
    public Account withCode(ReferralCode issued) {
        return new Account(
                key,
                sequence,
                asOf,
                status,
                enrolledAt,
                closedAt,
                Optional.of(issued),
                referral,
                hasOrders,
                early,
                wallet,
                head,
                headHash);
    }

    /** Having left. */
    public Account closed(Instant at) {
        return new Account(
                key,
                sequence,
                asOf,
                Status.CLOSED,
                enrolledAt,
                Optional.of(at),
                code,
                referral,
                hasOrders,
                early,
                wallet,
                head,
                headHash);
    }

    /** Having paid an order, for which nothing waits any more. */
    public Account withOrder(OrderId order) {
        SortedSet<Integer> rest = new TreeSet<>(early);
        rest.remove(mark(order));
        return new Account(
                key, sequence, asOf, status, enrolledAt, closedAt, code, referral, true, rest, wallet, head, headHash);
    }

    /** With something that waits for an order's payment. */
    public Account awaitingPayment(OrderId order) {
        SortedSet<Integer> more = new TreeSet<>(early);
        more.add(mark(order));
        return new Account(
                key,
                sequence,
                asOf,
                status,
                enrolledAt,
                closedAt,
                code,
                referral,
                hasOrders,
                more,
                wallet,
                head,
                headHash);
    }

    /** After a posting. */
    Account after(Posting posting, Wallet moved) {
        return new Account(
                key,
                posting.sequence(),
                posting.at(),
                status,
                enrolledAt,
                closedAt,
                code,
                referral,
                hasOrders,
                early,
                moved,
                Optional.of(posting.operation()),
                posting.hash());
    }

    @Override
    public StoredKey.AccountKey storedAs() {
        return new StoredKey.AccountKey(key);
    }
}
