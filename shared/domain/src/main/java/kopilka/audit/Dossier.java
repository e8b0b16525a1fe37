package kopilka.audit;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Account;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.Facts;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.Stored;
import kopilka.ledger.StoredKey;
import kopilka.order.OrderId;

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

    /**
     * All that a ledger has about a member, as far as the member's postings speak of it. For a ledger that nobody writes to
     * meanwhile, and that does not lose or damage what it stores: whatever else is stored is not looked for.
     *
     * @throws LedgerUnavailable where the store can't answer
     */
    public static Dossier of(Ledger ledger, MemberKey member) {
        List<Posting> postings =
                ledger.history(member, Long.MAX_VALUE, Integer.MAX_VALUE).reversed();
        Optional<Account> account =
                ledger.read(Set.of(new StoredKey.AccountKey(member))).account(member);
        Set<StoredKey> keys = new HashSet<>();
        for (Posting posting : postings) {
            orderOf(posting.facts()).ifPresent(order -> keys.add(new StoredKey.OrderKey(member, order)));
            if (posting.facts() instanceof Facts.OrderPaid paid) {
                paid.basis().redemptions().forEach(use -> keys.add(new StoredKey.UseKey(member, use)));
            }
        }
        account.flatMap(Account::code).ifPresent(code -> keys.add(new StoredKey.CodeKey(member.program(), code)));
        Collection<Stored> found = ledger.read(keys).found().values();
        return new Dossier(
                member,
                account.<Copy>map(Copy.Present::new).orElseGet(Copy.Absent::new),
                postings.stream().<Slot>map(Slot.Filled::new).toList(),
                List.of(),
                List.of(),
                true,
                new Beside(
                        each(found, OrderState.class),
                        each(found, RedemptionUse.class),
                        each(found, CodeOwner.class).stream().findFirst(),
                        Set.of()));
    }

    private static <T> List<T> each(Collection<Stored> found, Class<T> type) {
        return found.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Optional<OrderId> orderOf(Facts facts) {
        return switch (facts) {
            case Facts.OrderNoted noted -> Optional.of(noted.order());
            case Facts.OrderPaid paid -> Optional.of(paid.order());
            case Facts.OrderDelivered delivered -> Optional.of(delivered.order());
            case Facts.OrderCancelled cancelled -> Optional.of(cancelled.order());
            case Facts.Refunded refunded -> Optional.of(refunded.order());
            case Facts.RefundWaiting waiting -> Optional.of(waiting.order());
            // What these say of an order, they say of another member's, or of one that they don't change.
            case Facts.Enrolled enrolled -> Optional.empty();
            case Facts.Closed closed -> Optional.empty();
            case Facts.Held held -> Optional.empty();
            case Facts.Captured captured -> Optional.empty();
            case Facts.Voided voided -> Optional.empty();
            case Facts.ActivityRewarded rewarded -> Optional.empty();
            case Facts.ProfileChanged changed -> Optional.empty();
            case Facts.Settled settled -> Optional.empty();
            case Facts.CodeIssued issued -> Optional.empty();
            case Facts.RefereeAttached attached -> Optional.empty();
            case Facts.ReferrerRewarded rewarded -> Optional.empty();
            case Facts.RewardTakenBack taken -> Optional.empty();
        };
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
