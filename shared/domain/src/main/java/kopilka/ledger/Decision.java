package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.program.ProgramVersion;
import kopilka.program.WalletId;
import kopilka.standing.Progress;

/** What a decision comes to. */
public sealed interface Decision {
    /** It needs to read more before it can say. */
    record Read(Set<StoredKey> keys) implements Decision {
        /** Copies what it is given. */
        public Read {
            keys = Set.copyOf(keys);
        }
    }

    /** It must not be done. Nothing is written. */
    record Refuse(Refusal refusal) implements Decision {}

    /** There is nothing to do. Nothing is written. */
    record Nothing() implements Decision {}

    /**
     * It is to be written, all or nothing.
     *
     * @param account the account after it
     * @param posting its record
     * @param order how the order it is about stands after it
     * @param code a referral code that the member gets
     * @param due when time next has something to do in the account
     * @param uses the redemptions that paid a part of the order it is about
     */
    record Post(
            Account account,
            Posting posting,
            Optional<OrderState> order,
            Optional<CodeOwner> code,
            Optional<Instant> due,
            List<RedemptionUse> uses)
            implements Decision {
        /** Copies what it is given. */
        public Post {
            uses = List.copyOf(uses);
        }

        /** Without redemptions. */
        public Post(
                Account account,
                Posting posting,
                Optional<OrderState> order,
                Optional<CodeOwner> code,
                Optional<Instant> due) {
            this(account, posting, order, code, due, List.of());
        }

        /** How many items it writes beside the account. */
        public int items() {
            return 1 + (order.isPresent() ? 1 : 0) + (code.isPresent() ? 1 : 0) + uses.size();
        }

        /** With how the order stands. */
        public Post with(OrderState state) {
            return new Post(account, posting, Optional.of(state), code, due, uses);
        }

        /** With a referral code. */
        public Post with(CodeOwner owner) {
            return new Post(account, posting, order, Optional.of(owner), due, uses);
        }

        /** With the redemptions that paid. */
        public Post with(List<RedemptionUse> redemptions) {
            return new Post(account, posting, order, code, due, redemptions);
        }
    }

    /**
     * Seals an operation into a posting, after time has done its part once more.
     *
     * @param operation what is done
     * @param account as changed by it, but for wallets and chain
     * @param moves what it moved
     * @param progress how the member stands after it
     * @param version the version that it was decided under
     * @param calendar the version in force now, whose zone says when something is due
     * @param facts what else is recorded
     * @param signal what it means for a referrer
     */
    static Post post(
            Operation operation,
            Account account,
            Moves moves,
            Progress progress,
            ProgramVersion version,
            ProgramVersion calendar,
            Facts facts,
            Optional<ReferralSignal> signal) {
        moves.settle();
        SortedMap<WalletId, Wallet> wallets = moves.wallets();
        SortedMap<WalletId, Balance> balances = new TreeMap<>();
        wallets.forEach((id, wallet) -> balances.put(id, wallet.balance()));
        Posting posting = Posting.next(
                account,
                operation.id(),
                operation.fingerprint(),
                moves.now(),
                version.number(),
                moves.movements(),
                facts,
                signal,
                progress.changes(),
                balances);
        Optional<Instant> moved = Moves.nextDue(
                wallets, progress.inactive(moves.now()), calendar.rules().zone());
        Optional<Instant> due = progress.nextReview()
                .filter(review -> moved.isEmpty() || review.isBefore(moved.get()))
                .or(() -> moved);
        return new Post(
                account.after(posting, wallets, progress.standing()), posting, Optional.empty(), Optional.empty(), due);
    }
}
