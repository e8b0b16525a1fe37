package kopilka.earning;

import java.util.Arrays;
import java.util.List;
import kopilka.money.Proportion;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;

/**
 * What a customer keeps of an order, in money: a function of the order's content and of all that came back, so that
 * refunds in any sequence come to the same. Minor units throughout.
 *
 * <p>A line's value is its total less its share of the order's discount and what it bears of the program's discounts; of a line of which a part came back, the part
 * kept counts, rounded down. Amounts refunded without naming lines are then spread over the kept values in proportion,
 * and so is tax; where no line has a value, the first one has it.
 *
 * @param goods the kept value of each line, in the order's sequence
 * @param tax the kept tax of each line
 * @param delivery the kept price of the delivery
 */
public record Kept(List<Long> goods, List<Long> tax, long delivery) {
    /** Copies what it is given. */
    public Kept {
        goods = List.copyOf(goods);
        tax = List.copyOf(tax);
    }

    /** What is kept of an order after what came back. */
    public static Kept of(OrderBasis order, Returned returned) {
        int lines = order.lines().size();
        long[] totals = new long[lines];
        for (int i = 0; i < lines; i++) {
            totals[i] = order.lines().get(i).total();
        }
        long[] discounts = Proportion.spread(order.discount(), totals);
        long[] nets = new long[lines];
        for (int i = 0; i < lines; i++) {
            nets[i] = totals[i] - discounts[i] - order.lines().get(i).off();
        }
        long[] taxes = Proportion.spread(order.tax(), nets);
        if (Arrays.stream(nets).sum() == 0 && lines > 0) {
            taxes[0] = order.tax();
        }
        if (!returned.quantities().isEmpty()) {
            for (var entry : returned.quantities().entrySet()) {
                int i = entry.getKey();
                long quantity = order.lines().get(i).quantity();
                long kept = quantity - entry.getValue();
                nets[i] = Proportion.floor(nets[i], kept, quantity);
                taxes[i] = Proportion.floor(taxes[i], kept, quantity);
            }
        }
        long delivery = takeOff(returned.amount(), nets, taxes, order.delivery() - returned.delivery());
        return new Kept(boxed(nets), boxed(taxes), delivery);
    }

    /** Takes an amount off goods and tax in proportion; what is above both comes off the delivery, which is left. */
    private static long takeOff(long amount, long[] nets, long[] taxes, long delivery) {
        long[] gross = new long[nets.length];
        long sum = 0;
        for (int i = 0; i < nets.length; i++) {
            gross[i] = nets[i] + taxes[i];
            sum += gross[i];
        }
        long[] shares = Proportion.spread(Math.min(amount, sum), gross);
        for (int i = 0; i < nets.length; i++) {
            if (shares[i] > 0) {
                long fromTax = Proportion.floor(shares[i], taxes[i], gross[i]);
                taxes[i] -= fromTax;
                nets[i] -= shares[i] - fromTax;
            }
        }
        return Math.max(0, delivery - Math.max(0, amount - sum));
    }

    private static List<Long> boxed(long[] values) {
        Long[] boxed = new Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return List.of(boxed);
    }

    /** The value of the goods kept. */
    public long goodsValue() {
        return sum(goods);
    }

    /** The value of all that is kept: goods, their tax, delivery. */
    public long value() {
        return sum(goods) + sum(tax) + delivery;
    }

    private static long sum(List<Long> values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }
}
