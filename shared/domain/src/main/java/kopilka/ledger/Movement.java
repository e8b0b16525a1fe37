package kopilka.ledger;

import java.time.Instant;
import java.util.Optional;
import kopilka.program.WalletId;

/**
 * Points that go from one bucket to another.
 *
 * @param wallet which points they are: both buckets are of this wallet
 * @param kind what that is called
 * @param points how many, more than 0
 * @param from where they were
 * @param to where they are now
 * @param term of the lot that they belong to; empty where they have none (awaiting delivery, debt)
 * @param at when it took effect: for what time alone does, the moment it was due and not the moment it was seen
 * @param reason why
 */
public record Movement(
        WalletId wallet,
        Kind kind,
        long points,
        Bucket from,
        Bucket to,
        Optional<Term> term,
        Instant at,
        Reason reason) {
    /** Refuses a movement of nothing. */
    public Movement {
        if (points <= 0) {
            throw new ArithmeticException("a movement moves points");
        }
    }

    /** What a movement is called: part of the API, in lower case. */
    public enum Kind {
        /** Points are earned: pending at first. */
        ACCRUE,
        /** Points that waited for a delivery learn their days. */
        SCHEDULE,
        /** Pending points become available. */
        MATURE,
        /** Points are reserved. */
        HOLD,
        /** Reserved points are spent. */
        CAPTURE,
        /** Reserved points that a capture did not take come back. */
        RELEASE,
        /** Reserved points come back: the redemption was voided or its time ran out. */
        VOID,
        /** A lot's last day has passed, or the account was closed. */
        EXPIRE,
        /** What an order had earned is taken back. */
        REVERSE,
        /** What had been spent on an order comes back. */
        RESTORE,
        /** What should be taken back is gone; the member owes it. */
        INCUR_DEBT,
        /** Points that became available pay a debt. */
        SETTLE_DEBT,
        /** What should be taken back is gone; the shop bears it. */
        WRITE_OFF,
        /** A lot joins another that expires no sooner: out of the one, into the other. */
        MERGE
    }
}
