package kopilka.ledger;

/** What the ledger's store keeps. */
public sealed interface Stored permits Account, Posting, OrderState, RedemptionUse, CodeOwner {
    /** Where. */
    StoredKey storedAs();
}
