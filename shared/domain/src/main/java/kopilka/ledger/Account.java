package kopilka.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param early the {@link #mark mark} of each order for which something waits that came before its payment, sorted
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
        List<Integer> early,
        Wallet wallet,
        Optional<OperationId> head,
        Hash headHash)
        implements Stored {
    /** The most orders of one member for which something waits: 4 bytes each. */
    public static final int MAX_EARLY = 500;

    /** Copies what it is given. */
    public Account {
        early = early.stream().sorted().toList();
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
                List.of(),
                Wallet.EMPTY,
                Optional.empty(),
                Hash.START);
    }

    /**
     * The mark of an order among those for which something waits: 32 bits of its id. It only tells where to look. Two
     * orders may share one, which then stands there twice.
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

    /** Having paid an order. */
    public Account withOrder() {
        return new Account(
                key, sequence, asOf, status, enrolledAt, closedAt, code, referral, true, early, wallet, head, headHash);
    }

    /** With one order more for which something waits. */
    public Account awaitingPayment(OrderId order) {
        List<Integer> more = new ArrayList<>(early);
        more.add(mark(order));
        return withEarly(more);
    }

    /** With nothing any more that waits for that order's payment. */
    public Account awaited(OrderId order) {
        List<Integer> rest = new ArrayList<>(early);
        rest.remove(Integer.valueOf(mark(order)));
        return withEarly(rest);
    }

    private Account withEarly(List<Integer> changed) {
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
                changed,
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
