package kopilka.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import kopilka.order.OrderId;
import kopilka.program.ByWallet;
import kopilka.program.WalletId;
import kopilka.standing.Standing;

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
 * @param wallets the points, wallet by wallet; those without anything are left out
 * @param standing how the member stands beside points
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
        SortedMap<WalletId, Wallet> wallets,
        Standing standing,
        Optional<OperationId> head,
        Hash headHash)
        implements Stored {
    /** The most orders of one member for which something waits: 4 bytes each. */
    public static final int MAX_EARLY = 500;

    /** Copies what it is given. */
    public Account {
        early = early.stream().sorted().toList();
        wallets = ByWallet.of(wallets, Wallet.EMPTY);
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
                ByWallet.none(),
                Standing.NEW,
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

    /** A wallet; {@link Wallet#EMPTY} where there is nothing in it. */
    public Wallet wallet(WalletId id) {
        return wallets.getOrDefault(id, Wallet.EMPTY);
    }

    /** With that referral. */
    public Account withReferral(Referral changed) {
        return with(draft -> draft.referral = Optional.of(changed));
    }

    /** With that referral code. */
    public Account withCode(ReferralCode issued) {
        return with(draft -> draft.code = Optional.of(issued));
    }

    /** Having left. */
    public Account closed(Instant at) {
        return with(draft -> {
            draft.status = Status.CLOSED;
            draft.closedAt = Optional.of(at);
        });
    }

    /** Having paid an order. */
    public Account withOrder() {
        return with(draft -> draft.hasOrders = true);
    }

    /** With one order more for which something waits. */
    public Account awaitingPayment(OrderId order) {
        List<Integer> more = new ArrayList<>(early);
        more.add(mark(order));
        return with(draft -> draft.early = more);
    }

    /** With nothing any more that waits for that order's payment. */
    public Account awaited(OrderId order) {
        List<Integer> rest = new ArrayList<>(early);
        rest.remove(Integer.valueOf(mark(order)));
        return with(draft -> draft.early = rest);
    }

    /** After a posting. */
    Account after(Posting posting, SortedMap<WalletId, Wallet> moved, Standing stands) {
        return with(draft -> {
            draft.standing = stands;
            draft.sequence = posting.sequence();
            draft.asOf = posting.at();
            draft.wallets = moved;
            draft.head = Optional.of(posting.operation());
            draft.headHash = posting.hash();
        });
    }

    private Account with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.account();
    }

    /** What of an account can change, with the values that it has. */
    private static final class Draft {
        private final Account from;
        private long sequence;
        private Instant asOf;
        private Status status;
        private Optional<Instant> closedAt;
        private Optional<ReferralCode> code;
        private Optional<Referral> referral;
        private boolean hasOrders;
        private List<Integer> early;
        private SortedMap<WalletId, Wallet> wallets;
        private Standing standing;
        private Optional<OperationId> head;
        private Hash headHash;

        Draft(Account from) {
            this.from = from;
            this.sequence = from.sequence;
            this.asOf = from.asOf;
            this.status = from.status;
            this.closedAt = from.closedAt;
            this.code = from.code;
            this.referral = from.referral;
            this.hasOrders = from.hasOrders;
            this.early = from.early;
            this.wallets = from.wallets;
            this.standing = from.standing;
            this.head = from.head;
            this.headHash = from.headHash;
        }

        Account account() {
            return new Account(
                    from.key,
                    sequence,
                    asOf,
                    status,
                    from.enrolledAt,
                    closedAt,
                    code,
                    referral,
                    hasOrders,
                    early,
                    wallets,
                    standing,
                    head,
                    headHash);
        }
    }

    @Override
    public StoredKey.AccountKey storedAs() {
        return new StoredKey.AccountKey(key);
    }
}
