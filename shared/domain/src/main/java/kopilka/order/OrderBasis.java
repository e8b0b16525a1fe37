package kopilka.order;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Sku;

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
 * @param given the program's discounts that the shop gave
 */
public record OrderBasis(
        Currency currency,
        List<Line> lines,
        long delivery,
        long tax,
        long discount,
        long total,
        long paidWithPoints,
        List<RedemptionId> redemptions,
        List<GivenDiscount> given) {
    /** Copies what it is given. */
    public OrderBasis {
        lines = List.copyOf(lines);
        redemptions = List.copyOf(redemptions);
        given = List.copyOf(given);
    }

    /** Without discounts of the program. */
    public OrderBasis(
            Currency currency,
            List<Line> lines,
            long delivery,
            long tax,
            long discount,
            long total,
            long paidWithPoints,
            List<RedemptionId> redemptions) {
        this(currency, lines, delivery, tax, discount, total, paidWithPoints, redemptions, List.of());
    }

    /** What the program's discounts take off, all together. */
    public long off() {
        long off = 0;
        for (GivenDiscount discount : given) {
            off = Math.addExact(off, discount.amount());
        }
        return off;
    }

    /** With other lines. */
    public OrderBasis with(List<Line> others) {
        return new OrderBasis(currency, others, delivery, tax, discount, total, paidWithPoints, redemptions, given);
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
     * @param brand of the goods, where rules ask for brands
     * @param sku what it sells, where rules ask for that
     * @param off what it bears of the program's discounts, in minor units
     */
    public record Line(
            LineId id,
            long quantity,
            long total,
            Optional<Category> category,
            boolean discounted,
            boolean giftVoucher,
            Optional<Brand> brand,
            Optional<Sku> sku,
            long off) {
        /** A line of which rules ask for nothing but its category. */
        public Line(
                LineId id,
                long quantity,
                long total,
                Optional<Category> category,
                boolean discounted,
                boolean giftVoucher) {
            this(id, quantity, total, category, discounted, giftVoucher, Optional.empty(), Optional.empty(), 0);
        }

        /** Bearing so much of the program's discounts. */
        public Line bearing(long borne) {
            return new Line(id, quantity, total, category, discounted, giftVoucher, brand, sku, borne);
        }
    }

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
