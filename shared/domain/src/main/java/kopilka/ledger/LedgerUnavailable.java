package kopilka.ledger;

/** The store did not answer, or not in time. Whether something was written is unknown; trying again tells. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what the store's client said. */
    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without a cause of another layer. */
    public LedgerUnavailable(String message) {
        super(message);
    }
}
