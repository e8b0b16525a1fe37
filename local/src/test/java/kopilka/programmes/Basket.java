package kopilka.programmes;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What somebody buys, or wants a quote for, and under which circumstances.
 *
 * @param lines at least one
 * @param place where
 * @param delivery what the delivery costs
 * @param discount the shop's own on the whole order
 * @param coupons the codes entered
 * @param region where it is bought from
 * @param paidBy the method of payment, as orders name it
 * @param pays what of a wallet pays a part
 */
record Basket(
        List<Line> lines,
        Place place,
        BigDecimal delivery,
        BigDecimal discount,
        List<String> coupons,
        Optional<String> region,
        Optional<String> paidBy,
        Optional<Units> pays) {
    /** Nothing, for money. */
    static final BigDecimal NOTHING = new BigDecimal("0.00");

    Basket {
        lines = List.copyOf(lines);
        coupons = List.copyOf(coupons);
    }

    /**
     * Where somebody buys.
     *
     * @param shop one of several
     * @param channel such as an app
     */
    record Place(Optional<String> shop, Optional<String> channel) {
        static final Place ANY = new Place(Optional.empty(), Optional.empty());
    }

    /**
     * Some goods of one kind.
     *
     * @param quantity how much
     * @param sku what
     * @param category to which it belongs
     * @param brand who makes it
     * @param voucher whether it is a gift voucher
     * @param total what all of it costs
     */
    record Line(
            BigDecimal quantity,
            String sku,
            Optional<String> category,
            Optional<String> brand,
            boolean voucher,
            BigDecimal total) {}

    /** What it costs without the programme's discounts. */
    BigDecimal price() {
        BigDecimal sum = delivery.subtract(discount);
        for (Line line : lines) {
            sum = sum.add(line.total());
        }
        return sum;
    }
}
