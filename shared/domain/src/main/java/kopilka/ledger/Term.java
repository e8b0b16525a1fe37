package kopilka.ledger;

import java.time.LocalDate;
import kopilka.program.ExpiryRule;

/**
 * From when to when points can be used, in days of the program's calendar.
 *
 * @param availableFrom the first day
 * @param expires the last day; {@link ExpiryRule#NEVER} where they stay for good
 */
public record Term(LocalDate availableFrom, LocalDate expires) implements Comparable<Term> {
    /** Whether points of this term never expire. */
    public boolean neverExpires() {
        return expires.equals(ExpiryRule.NEVER);
    }

    /** The order in which lots are spent: what expires first, then what is oldest; what never expires goes last. */
    @Override
    public int compareTo(Term other) {
        int byLastDay = expires.compareTo(other.expires);
        return byLastDay == 0 ? availableFrom.compareTo(other.availableFrom) : byLastDay;
    }
}
