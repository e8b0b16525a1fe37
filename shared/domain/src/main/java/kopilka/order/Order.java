package kopilka.order;

import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.money.Money;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.Coupon;
import kopilka.program.Region;
import kopilka.program.ShopId;

/**
 * The content of an order. All amounts are minor units of its currency; a line's {@code total} is what counts.
 *
 * @param currency of all its amounts
 * @param lines 1 to {@link #MAX_LINES}
 * @param delivery the price of the delivery
 * @param tax tax that stands beside the prices; 0 where prices include it
 * @param discount a discount on the whole order
 * @param total what the customer pays: lines + delivery + tax - discount - the program's discounts
 * @param payments what it was paid with, where the shop tells; they sum to the total
 * @param channel where it was placed
 * @param shop which shop sold it
 * @param region where it is bought from
 * @param coupons the codes that were entered
 * @param given the program's discounts that the shop gave, beside its own
 * @param quote the quote that it follows
 */
public record Order(
        Currency currency,
        List<OrderLine> lines,
        long delivery,
        long tax,
        long discount,
        long total,
        List<Payment> payments,
        Optional<Channel> channel,
        Optional<ShopId> shop,
        Optional<Region> region,
        List<Coupon> coupons,
        List<GivenDiscount> given,
        Optional<Quoted> quote) {
    /** The most lines: the packed lines of such an order stay within a few write units. */
    public static final int MAX_LINES = 1_000;

    /** Copies what it is given. */
    public Order {
        lines = List.copyOf(lines);
        payments = List.copyOf(payments);
        coupons = List.copyOf(coupons);
        given = List.copyOf(given);
    }

    /** An order that follows no quote. */
    public Order(
            Currency currency,
            List<OrderLine> lines,
            long delivery,
            long tax,
            long discount,
            long total,
            List<Payment> payments,
            Optional<Channel> channel,
            Optional<ShopId> shop) {
        this(
                currency,
                lines,
                delivery,
                tax,
                discount,
                total,
                payments,
                channel,
                shop,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** What is wrong with an order as a whole, each with where. */
    public enum Fault {
        /** It has no line, or more than {@link #MAX_LINES}. */
        LINES,
        /** Two lines have one id. */
        LINE_ID_TWICE,
        /** Lines, delivery, tax and discount don't add up to the total. */
        TOTAL_MISMATCH,
        /** The discounts are above what the lines come to. */
        DISCOUNT_ABOVE_LINES,
        /** The payments don't add up to the total. */
        PAYMENTS_MISMATCH,
        /** One redemption pays twice. */
        REDEMPTION_TWICE,
        /** An amount is negative or above {@link Money#MAX_MINOR}. */
        AMOUNT_OUT_OF_RANGE
    }

    /** The first fault, in the order of {@link Fault}'s constants but for amounts, which come first. */
    public Optional<Fault> fault() {
        long sum = 0;
        for (OrderLine line : lines) {
            if (line.total() > Money.MAX_MINOR || line.discount() > Money.MAX_MINOR) {
                return Optional.of(Fault.AMOUNT_OUT_OF_RANGE);
            }
            sum += line.total();
        }
        long off = 0;
        for (GivenDiscount discounted : given) {
            if (discounted.amount() > Money.MAX_MINOR) {
                return Optional.of(Fault.AMOUNT_OUT_OF_RANGE);
            }
            off += discounted.amount();
        }
        for (long amount : new long[] {delivery, tax, discount, total, sum, off}) {
            if (amount < 0 || amount > Money.MAX_MINOR) {
                return Optional.of(Fault.AMOUNT_OUT_OF_RANGE);
            }
        }
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            return Optional.of(Fault.LINES);
        }
        Set<LineId> ids = new HashSet<>();
        for (OrderLine line : lines) {
            if (!ids.add(line.id())) {
                return Optional.of(Fault.LINE_ID_TWICE);
            }
        }
        if (sum + delivery + tax - discount - off != total) {
            return Optional.of(Fault.TOTAL_MISMATCH);
        }
        if (discount + off > sum) {
            return Optional.of(Fault.DISCOUNT_ABOVE_LINES);
        }
        return paymentFault();
    }

    private Optional<Fault> paymentFault() {
        if (payments.isEmpty()) {
            return Optional.empty();
        }
        long paid = 0;
        Set<RedemptionId> redemptions = new HashSet<>();
        for (Payment payment : payments) {
            if (payment.amount() > Money.MAX_MINOR) {
                return Optional.of(Fault.AMOUNT_OUT_OF_RANGE);
            }
            paid += payment.amount();
            if (payment.redemption().isPresent()
                    && !redemptions.add(payment.redemption().get())) {
                return Optional.of(Fault.REDEMPTION_TWICE);
            }
        }
        return paid == total ? Optional.empty() : Optional.of(Fault.PAYMENTS_MISMATCH);
    }

    /** The redemptions that paid a part of it, in the order told. */
    public List<RedemptionId> redemptions() {
        return payments.stream().flatMap(p -> p.redemption().stream()).toList();
    }

    /** What of it must be kept for exact refunds, where rules ask for nothing but categories. */
    public OrderBasis basis() {
        return basis(false, false);
    }

    /**
     * What of it must be kept for exact refunds.
     *
     * @param brands whether rules ask for brands
     * @param skus whether rules ask for goods by their numbers
     */
    public OrderBasis basis(boolean brands, boolean skus) {
        long points = payments.stream()
                .filter(p -> p.method().equals(Payment.POINTS))
                .mapToLong(Payment::amount)
                .sum();
        Map<Category, Category> shared = new HashMap<>();
        List<OrderBasis.Line> kept = lines.stream()
                .map(line -> new OrderBasis.Line(
                        line.id(),
                        line.quantity().thousandths(),
                        line.total(),
                        line.category().map(c -> shared.computeIfAbsent(c, same -> same)),
                        line.discount() > 0,
                        line.giftVoucher(),
                        brands ? line.brand() : Optional.empty(),
                        skus ? Optional.of(line.sku()) : Optional.empty(),
                        0))
                .toList();
        return new OrderBasis(currency, kept, delivery, tax, discount, total, points, redemptions(), given);
    }
}
