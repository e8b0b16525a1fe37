package kopilka.local.fault;

/**
 * What may become of a request. A fault happens only where it can: DynamoDB says of nothing but a transaction that it is in
 * progress, say.
 */
public enum Fault {
    /** It never arrives, and the client is told so. */
    REQUEST_LOST,
    /** It is carried out, and the connection breaks before the reply. */
    REPLY_LOST,
    /** The client gives up waiting, and it arrives after that: when {@link Wire#deliverLate()} says. */
    REQUEST_LATE,
    /** It is carried out at once, and the reply comes later than any client waits for. */
    REPLY_LATE,
    /** Carried out, and the reply breaks off in the middle. */
    REPLY_CUT_OFF,
    /** Carried out, and the reply's bytes are not those that were sent. */
    REPLY_GARBLED,
    /** The table or the queue has no more throughput. */
    THROTTLED,
    /** The account has no more throughput. */
    ACCOUNT_THROTTLED,
    /** Another transaction is busy with one of the items. */
    CONFLICT,
    /** A transaction with this token has not ended yet. */
    IN_PROGRESS,
    /** The service fails before it did anything. */
    INTERNAL_ERROR,
    /** The service fails after it did everything. */
    INTERNAL_ERROR_AFTERWARDS,
    /** The service is away. */
    UNAVAILABLE,
    /** Nothing of a batch is carried out, and the reply says so. */
    UNPROCESSED,
    /** The process dies before it sends the request: a {@link Death} is thrown. */
    DEATH_BEFORE,
    /** The request is carried out, and the process dies: a {@link Death} is thrown. */
    DEATH_AFTER;

    /** Whether this can happen to such a request. */
    public boolean canHappenTo(HttpCall call) {
        return switch (this) {
            case CONFLICT ->
                switch (call.operation()) {
                    case "TransactWriteItems", "TransactGetItems", "PutItem", "UpdateItem", "DeleteItem" -> true;
                    default -> false;
                };
            case IN_PROGRESS -> call.operation().equals("TransactWriteItems");
            case UNPROCESSED -> call.operation().equals("BatchGetItem");
            case REQUEST_LOST,
                    REPLY_LOST,
                    REQUEST_LATE,
                    REPLY_LATE,
                    REPLY_CUT_OFF,
                    REPLY_GARBLED,
                    THROTTLED,
                    ACCOUNT_THROTTLED,
                    INTERNAL_ERROR,
                    INTERNAL_ERROR_AFTERWARDS,
                    UNAVAILABLE,
                    DEATH_BEFORE,
                    DEATH_AFTER -> true;
        };
    }

    /** Whether the service may have done its work although the client cannot know. */
    public boolean isAfterwards() {
        return switch (this) {
            case REPLY_LOST,
                    REQUEST_LATE,
                    REPLY_LATE,
                    REPLY_CUT_OFF,
                    REPLY_GARBLED,
                    INTERNAL_ERROR_AFTERWARDS,
                    DEATH_AFTER -> true;
            case REQUEST_LOST,
                    THROTTLED,
                    ACCOUNT_THROTTLED,
                    CONFLICT,
                    IN_PROGRESS,
                    INTERNAL_ERROR,
                    UNAVAILABLE,
                    UNPROCESSED,
                    DEATH_BEFORE -> false;
        };
    }

    /** The end of a process: nothing catches it, as nothing survives it. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death(HttpCall call, Fault fault) {
            super(fault + " " + call);
        }
    }
}
