package kopilka.ledger;

/**
 * Points that become available on one day and expire on one day.
 *
 * @param term those days
 * @param points how many, more than 0
 */
public record Lot(Term term, long points) {
    /** Refuses an empty lot. */
    public Lot {
        if (points <= 0) {
            throw new ArithmeticException("a lot has points");
        }
    }
}
