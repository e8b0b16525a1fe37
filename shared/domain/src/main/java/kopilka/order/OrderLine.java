package kopilka.order;

import java.math.BigDecimal;
import java.util.Optional;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Sku;

/**
 * A line of an order.
 *
 * @param id by which refunds name it
 * @param sku what it sells
 * @param category of the goods
 * @param brand of the goods
 * @param quantity how much
 * @param unitPrice for the record only, with up to six decimals; it is not what is summed
 * @param total the price of the whole line in minor units, after the line's own discount
 * @param discount the line's own discount in minor units, already taken off its total
 * @param giftVoucher whether it sells a gift voucher
 */
public record OrderLine(
        LineId id,
        Sku sku,
        Optional<Category> category,
        Optional<Brand> brand,
        Quantity quantity,
        Optional<BigDecimal> unitPrice,
        long total,
        long discount,
        boolean giftVoucher) {
    /** Refuses negative amounts. */
    public OrderLine {
        if (total < 0 || discount < 0) {
            throw new IllegalArgumentException("a line's amounts are not negative");
        }
    }
}
