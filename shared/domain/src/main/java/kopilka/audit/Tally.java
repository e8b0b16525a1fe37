package kopilka.audit;

/**
 * How much was audited.
 *
 * @param accounts audited
 * @param postings of these
 * @param findings how many things are wrong
 * @param moving accounts that others wrote to all the while: their chains, balances and wallets were audited, what is kept
 *     beside them was not
 */
public record Tally(long accounts, long postings, long findings, long moving) {
    /** Nothing yet. */
    public static final Tally NOTHING = new Tally(0, 0, 0, 0);

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                accounts + other.accounts, postings + other.postings, findings + other.findings, moving + other.moving);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return findings == 0;
    }
}
