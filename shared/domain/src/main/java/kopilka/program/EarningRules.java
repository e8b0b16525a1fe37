package kopilka.program;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What an order earns.
 *
 * @param rate what the goods earn
 * @param categories what goods of these categories earn instead
 * @param minimumOrder the least value of the goods, in minor units after discounts, that earns at all
 * @param maximumPerOrder the most points that one order earns
 * @param include what counts beside the goods at full price
 * @param rounding how the order's fraction of a point is rounded
 */
public record EarningRules(
        Rate rate,
        Map<Category, Rate> categories,
        long minimumOrder,
        OptionalLong maximumPerOrder,
        Include include,
        Rounding rounding)
        implements Scheme {
    /** Copies what it is given. */
    public EarningRules {
        categories = Map.copyOf(categories);
        if (minimumOrder < 0) {
            throw new IllegalArgumentException("a minimum is not negative");
        }
    }

    /**
     * Switches: what counts beside the goods.
     *
     * @param delivery the price of the delivery, at the general rate
     * @param tax tax that stands beside the prices
     * @param discountedLines lines that carry a discount of their own
     * @param giftVouchers lines that sell a gift voucher
     * @param paidWithPoints the part of the order that points paid for
     */
    public record Include(
            boolean delivery, boolean tax, boolean discountedLines, boolean giftVouchers, boolean paidWithPoints) {
        /** The usual program: goods only, discounted or not, on the part paid with money. */
        public static final Include USUAL = new Include(false, false, true, false, false);
    }

    /**
     * How fractions of a point are rounded. Only ever down: with any rounding that can go up, an order split in two
     * could earn more than the whole.
     */
    public enum Rounding {
        /** The whole order's sum is rounded down, once. */
        DOWN_ON_ORDER,
        /** Each line's points are rounded down, then added. */
        DOWN_ON_LINE
    }
}
