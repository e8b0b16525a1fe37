package kopilka.audit;

import java.util.Optional;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;

/** A number of an account's history, and what is found there. */
public sealed interface Slot {
    /** The number; of several, the first. */
    long sequence();

    /** A posting of that number. */
    record Filled(Posting posting) implements Slot {
        @Override
        public long sequence() {
            return posting.sequence();
        }
    }

    /** What the chain names here says of itself that it belongs elsewhere: to another number or another member. */
    record Foreign(long sequence, Posting posting) implements Slot {}

    /**
     * What is here can't be read.
     *
     * @param key as the store has it
     */
    record Damaged(long sequence, OperationId key) implements Slot {}

    /**
     * There is nothing, from one number to another.
     *
     * @param sequence the first
     * @param last the last
     * @param operation of the last, where what follows or the account names it
     */
    record Empty(long sequence, long last, Optional<OperationId> operation) implements Slot {}
}
