package kopilka.ledger;

/** Where points are. A movement takes them from one bucket to another, as double-entry bookkeeping does. */
public enum Bucket {
    /** Not in the account: where points come from and go to. */
    OUTSIDE,
    /** Earned, waiting for a delivery that will say when they become available. */
    AWAITING,
    /** Earned, available from a day on that is known. */
    PENDING,
    /** To be spent. */
    AVAILABLE,
    /** Reserved for a redemption. */
    HELD,
    /** Owed by the member: what is taken from here is negative until it is settled. */
    DEBT,
    /** Expired unspent. Remembered, since a refund that comes later finds here that its points were never used. */
    LAPSED
}
