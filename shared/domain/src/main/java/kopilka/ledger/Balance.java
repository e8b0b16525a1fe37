package kopilka.ledger;

/**
 * The sums of an account.
 *
 * @param available to be spent
 * @param pending earned, not yet available
 * @param held reserved for redemptions
 * @param debt owed
 */
public record Balance(long available, long pending, long held, long debt) {
    /** An empty account. */
    public static final Balance ZERO = new Balance(0, 0, 0, 0);
}
