package kopilka.audit;

import kopilka.ledger.Audit;

/** What can be wrong with what is stored. The names are public: reports, logs and the guide use them. */
public enum Flaw {
    /** A posting is not where the chain and the numbers say there is one. */
    MISSING,
    /** An item can't be read: bytes of it were changed, or its format is unknown. */
    UNREADABLE,
    /** A posting is outside the chain of its account: a second one of its number, or beyond the last. */
    STRAY,
    /** Postings without an account. */
    NO_ACCOUNT,
    /** The account ends at this posting and its postings go on: it was brought back to an earlier state than they. */
    BEHIND,
    /** The numbers have a gap, or one is there twice. */
    SEQUENCE,
    /** A posting's content is not what it was when its hash was taken. */
    TAMPERED,
    /** A posting does not follow the one before it. */
    CHAIN,
    /** A posting is dated before the one before it. */
    TIME,
    /** A bucket would hold less than nothing. */
    OVERDRAWN,
    /** A posting's sums are not what the movements come to. */
    BALANCE,
    /** A posting's movements are not what it says of itself. */
    MOVEMENTS,
    /** A posting names a version of the program that can't be found or read. */
    VERSION,
    /** Computed again, by the version that it names, the posting comes to something else. */
    RECOMPUTED,
    /** The account's lots, holds or debt are not what the movements come to. */
    WALLET,
    /** Something else that the account says of the member is not what the postings tell. */
    ACCOUNT,
    /** The account's last posting is not the last there is. */
    HEAD,
    /** How an order stands is not what its postings tell. */
    ORDER,
    /** What a redemption paid for is not what the postings tell. */
    REDEMPTION,
    /** The member's referral code is somebody else's, or nobody's. */
    CODE;

    /** The same, in the words of an audit of one account. */
    static Flaw of(Audit.What what) {
        return switch (what) {
            case SEQUENCE -> SEQUENCE;
            case TAMPERED -> TAMPERED;
            case CHAIN -> CHAIN;
            case TIME -> TIME;
            case OVERDRAWN -> OVERDRAWN;
            case BALANCE -> BALANCE;
            case WALLET -> WALLET;
            case ACCOUNT -> ACCOUNT;
            case HEAD -> HEAD;
        };
    }
}
