package kopilka.order;

import java.util.Currency;
import java.util.List;
import java.util.OptionalLong;

/**
 * What goes back in one refund: lines, a part of the delivery's price, an amount, or several of these. Amounts are minor
 * units.
 *
 * @param currency of its amounts
 * @param lines which lines, and how much of each
 * @param delivery how much of the delivery's price
 * @param amount what is refunded without naming lines; spread over the lines kept
 */
public record RefundContent(Currency currency, List<Line> lines, long delivery, long amount) {
    /** Copies what it is given. */
    public RefundContent {
        lines = List.copyOf(lines);
        if (delivery < 0 || amount < 0) {
            throw new IllegalArgumentException("what goes back is not negative");
        }
    }

    /**
     * A line of which something goes back.
     *
     * @param line which
     * @param quantity how much of it
     * @param amount the money given back for it, where that is not its share of the price
     */
    public record Line(LineId line, Quantity quantity, OptionalLong amount) {}
}
