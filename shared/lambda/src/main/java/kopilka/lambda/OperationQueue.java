package kopilka.lambda;

import java.util.List;
import java.util.function.Function;
import kopilka.ledger.Operation;

/**
 * A queue whose messages ask for operations on accounts. What a batch asks for one member is carried out together, for one read
 * and one write.
 *
 * @param read what a message asks for
 * @param work carries operations of one member out, at most {@value kopilka.ledger.Teller#TOGETHER}, and tells what became of
 *     each
 */
public record OperationQueue(Function<QueueMessage, Demand> read, Function<List<Operation>, List<Taken>> work) {
    /** What a message asks for. */
    public sealed interface Demand {
        /** An operation. */
        record For(Operation operation) implements Demand {}

        /**
         * Nothing that can be understood. It is to come again, until it is put aside for a person to look at.
         *
         * @param code why, in lower case with underscores; goes into the log
         */
        record Unreadable(String code) implements Demand {}
    }
}
