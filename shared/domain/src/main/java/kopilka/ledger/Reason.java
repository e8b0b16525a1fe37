package kopilka.ledger;

/** Why points moved: part of the API, in lower case. */
public enum Reason {
    /** An order was paid. */
    ORDER_PAID,
    /** An order was delivered, which says when its points become available. */
    ORDER_DELIVERED,
    /** An order was cancelled. */
    ORDER_CANCELLED,
    /** Goods or money went back. */
    REFUND,
    /** The return window is over. */
    WINDOW_OVER,
    /** The last day has passed. */
    LAST_DAY_PASSED,
    /** Nothing has happened for as long as the program waits. */
    INACTIVE,
    /** A checkout reserved them. */
    CHECKOUT,
    /** A checkout spent them. */
    SPENT,
    /** A checkout took less than it had reserved. */
    SPENT_LESS,
    /** A checkout gave them back. */
    CHECKOUT_VOIDED,
    /** A checkout did not end in time. */
    HOLD_TIMED_OUT,
    /** A debt was paid off. */
    DEBT_SETTLED,
    /** The shop kept their worth back from a refund. */
    DEDUCTED_FROM_REFUND,
    /** The shop gave them up. */
    WRITTEN_OFF,
    /** The member recommended the shop. */
    REFERRER_REWARD,
    /** The member came by a recommendation. */
    REFEREE_REWARD,
    /** The order that earned a referral's reward was returned. */
    REFERRAL_TAKEN_BACK,
    /** The member did something that the program rewards. */
    ACTIVITY,
    /** The account was closed. */
    ACCOUNT_CLOSED,
    /** The account has as many lots as it can keep apart. */
    TOO_MANY_LOTS
}
