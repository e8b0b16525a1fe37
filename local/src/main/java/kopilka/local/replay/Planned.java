package kopilka.local.replay;

import java.util.List;

/** What is to be done about a row. */
sealed interface Planned {
    /** It is sent. */
    record Send(Shape shape, List<Message> messages) implements Planned {
        /** Copies what it is given. */
        public Send {
            messages = List.copyOf(messages);
        }
    }

    /** It says again what a row before it said, under the same id. */
    record Repeat() implements Planned {}

    /**
     * It is not sent.
     *
     * @param reason why
     */
    record Reject(String reason) implements Planned {}

    /** As what a row is sent. */
    enum Shape {
        /** An order. */
        ORDER,
        /** A refund of one order. */
        REFUND,
        /** A refund of several orders, or in part of one that is not known. */
        SPLIT,
        /** A refund of an order that is not known. */
        UNKNOWN
    }
}
