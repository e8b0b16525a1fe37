package kopilka.order;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kopilka.program.Category;

/**
 * What is kept of an order's content, for good: just what its points were computed from, so that any later refund is
 * computed from the same. Amounts are minor units.
 *
 * @param currency of all amounts
 * @param lines in the order's sequence
 * @param delivery the price of the delivery
 * @param tax beside the prices
 * @param discount on the whole order
 * @param total what the customer pays
 * @param paidWithPoints the part of the total that points paid
 * @param redemptions whose points these were
 */
public record OrderBasis(
        Currency currency,
        List<Line> lines,
        long delivery,
        long tax,
        long discount,
        long total,
        long paidWithPoints,
        List<RedemptionId> redemptions) {
    /** Copies what it is given. */
    public OrderBasis {
        lines = List.copyOf(lines);
        redemptions = List.copyOf(redemptions);
    }

    /**
     * A line, reduced to what earning depends on.
     *
     * @param id by which refunds name it
     * @param quantity in thousandths
     * @param total the price of the whole line, in minor units
     * @param category of the goods
     * @param discounted whether it carries a discount of its own
     * @param giftVoucher whether it sells a gift voucher
     */
    public record Line(
            LineId id,
            long quantity,
            long total,
            Optional<Category> category,
            boolean discounted,
            boolean giftVoucher) {}

    /** The position of a line, from 0. Empty: the order has no such line. */
    public OptionalInt indexOf(LineId id) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).id().equals(id)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
