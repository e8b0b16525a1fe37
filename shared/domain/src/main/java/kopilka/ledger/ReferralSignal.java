package kopilka.ledger;

import kopilka.order.OrderId;

/**
 * What a posting on a referee's account means for the referrer's: carried by the posting, and acted on once it is
 * committed.
 */
public sealed interface ReferralSignal {
    /** Who recommended. */
    MemberId referrer();

    /** Which order of the referee it is about. */
    OrderId order();

    /**
     * The referee's order qualifies.
     *
     * @param referrer who is to be rewarded
     * @param order which order
     * @param term when the reward becomes available and expires
     * @param points how many
     */
    record Qualified(MemberId referrer, OrderId order, Term term, long points) implements ReferralSignal {}

    /**
     * The referee's order no longer qualifies.
     *
     * @param referrer whose reward goes
     * @param order which order
     */
    record Disqualified(MemberId referrer, OrderId order) implements ReferralSignal {}
}
