package kopilka.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Account;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.StoredKey;

/**
 * All that is stored about one member. The account is as of one moment, and the history is all that it stands on; that holds
 * while others write. The rest is of the same moment only if nobody wrote meanwhile.
 *
 * @param member whose
 * @param account the account
 * @param history its postings, from the first to the account's last; all there are where there is no account to tell
 * @param beyond postings after the account's last, the first one first
 * @param strays postings of a number that another one has
 * @param unmoved whether nobody wrote while this was read
 * @param beside what is kept beside the account
 */
public record Dossier(
        MemberKey member,
        Copy account,
        List<Slot> history,
        List<Stray> beyond,
        List<Stray> strays,
        boolean unmoved,
        Beside beside) {
    /** Copies what it is given. */
    public Dossier {
        history = List.copyOf(history);
        beyond = List.copyOf(beyond);
        strays = List.copyOf(strays);
    }

    /** An account as it is stored. */
    public sealed interface Copy {
        /** It is there. */
        record Present(Account account) implements Copy {}

        /** It can't be read. */
        record Damaged() implements Copy {}

        /** It is not there. */
        record Absent() implements Copy {}
    }

    /**
     * A posting outside the chain.
     *
     * @param sequence its number
     * @param operation its key
     * @param posting what it says; empty where it can't be read
     */
    public record Stray(long sequence, OperationId operation, Optional<Posting> posting) {}

    /**
     * What is kept beside an account.
     *
     * @param orders how orders stand
     * @param uses what redemptions paid for
     * @param code whose the account's referral code is
     * @param damaged what can't be read
     */
    public record Beside(
            List<OrderState> orders, List<RedemptionUse> uses, Optional<CodeOwner> code, Set<StoredKey> damaged) {
        /** Nothing. */
        public static final Beside NOTHING = new Beside(List.of(), List.of(), Optional.empty(), Set.of());

        /** Copies what it is given. */
        public Beside {
            orders = List.copyOf(orders);
            uses = List.copyOf(uses);
            damaged = Set.copyOf(damaged);
        }
    }
}
