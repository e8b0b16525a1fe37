package kopilka.ledger;

import java.util.Optional;
import kopilka.order.Quoted;
import kopilka.program.Circumstances;

/**
 * What an order was paid under, as far as its program's rules ask for it. Kept with the payment: what is computed of the order
 * later is computed under the same.
 *
 * @param circumstances how the order came, and how its member stood
 * @param quote the quote that it followed, which held: rules go by its moment
 */
public record Under(Circumstances circumstances, Optional<Quoted> quote) {
    /** Nothing is asked for: the program is earned by rates. */
    public static final Under NOTHING = new Under(Circumstances.UNKNOWN, Optional.empty());
}
