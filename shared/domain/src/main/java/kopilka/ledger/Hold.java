package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import kopilka.order.RedemptionId;

/**
 * Points reserved for a redemption, out of reach of everything else until they are captured, voided or the time is out.
 *
 * @param redemption whose
 * @param until when it runs out
 * @param lots what is reserved, in the order in which it will be spent
 */
public record Hold(RedemptionId redemption, Instant until, List<Lot> lots) {
    /** Copies what it is given. */
    public Hold {
        lots = List.copyOf(lots);
    }

    /** The points reserved. */
    public long points() {
        return lots.stream().mapToLong(Lot::points).sum();
    }
}
