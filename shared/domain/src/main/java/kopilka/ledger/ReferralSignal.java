package kopilka.ledger;

import java.util.Set;
import kopilka.order.OrderId;
import kopilka.program.WalletId;

/**
 * What a posting on a referee's account means for the referrer's: carried by the posting, and acted on once it is
 * committed.
 */
public sealed interface ReferralSignal {
    /** Who recommended. */
    MemberId referrer();

    /** Which order of the referee it is about. */
    OrderId order();

    /** All wallets that it speaks of. */
    default Set<WalletId> wallets() {
        return switch (this) {
            case Qualified qualified -> Set.of(qualified.wallet());
            case Disqualified disqualified -> Set.of();
        };
    }

    /**
     * The referee's order qualifies.
     *
     * @param referrer who is to be rewarded
     * @param order which order
     * @param wallet into which the reward goes
     * @param term when it becomes available and expires
     * @param points how many
     */
    record Qualified(MemberId referrer, OrderId order, WalletId wallet, Term term, long points)
            implements ReferralSignal {}

    /**
     * The referee's order no longer qualifies.
     *
     * @param referrer whose reward goes
     * @param order which order
     */
    record Disqualified(MemberId referrer, OrderId order) implements ReferralSignal {}
}
