package kopilka.ledger;

import java.time.Instant;
import java.util.Set;
import kopilka.program.Programs;

/** A command: something that moves one member's account, and is done at most once. */
public interface Operation {
    /** Whose account it moves. */
    MemberKey member();

    /** Its name, the key of its posting. */
    OperationId id();

    /** Where its posting is stored. */
    default StoredKey.PostingKey postingKey() {
        return new StoredKey.PostingKey(member().program(), id());
    }

    /** A hash over its content: what has the same name and another fingerprint is a conflict. */
    Hash fingerprint();

    /** What its decision reads beside the account and its own posting. */
    default Set<StoredKey> reads() {
        return Set.of();
    }

    /**
     * Whether a {@linkplain Ledger#glance glance} is worth a try: not where the decision usually goes by a posting that is not
     * there.
     */
    default boolean glances() {
        return true;
    }

    /**
     * Decides. Pure: the same snapshot, versions and time give the same decision; it may be taken again and again.
     *
     * @param snapshot what was read: at least the account, and what {@link #reads} says
     * @param programs all versions of the program
     * @param now the time
     */
    Decision decide(Snapshot snapshot, Programs programs, Instant now);
}
