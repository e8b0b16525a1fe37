package kopilka.earning;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What discounts leave of each line of an order, as an exact share of its price. All shares have one denominator: so the
 * numbers grow with the discounts, and not with the lines.
 */
final class Remainder {
    private final long[] prices;
    private final int lines;
    /** What the shop's own discount leaves: the same share of each line. */
    private final Exact own;
    /** The numerators, whole; none: no discount was taken yet, and each line has what the shop's own leaves. */
    private Exact @Nullable [] shares;

    private Exact denominator;

    /**
     * Before any discount of the program.
     *
     * @param prices of the lines, and of what else there is after them
     * @param lines how many lines
     * @param own what the shop's own discount leaves of each
     */
    Remainder(long[] prices, int lines, Exact own) {
        this.prices = prices;
        this.lines = lines;
        this.own = own;
        this.denominator = own.denominator();
    }

    /** Of a line's share, the numerator. */
    Exact share(int line) {
        return shares == null ? own.numerator() : shares[line];
    }

    /** The denominator of all shares. */
    Exact denominator() {
        return denominator;
    }

    /** What is left of some lines, in minor units rounded down. */
    long of(LineSet set) {
        return sum(set, null).floor();
    }

    /**
     * What a part of the price of some lines comes to where it takes from no line more than that has left.
     *
     * @param part of the price after the shop's own discount
     */
    long of(LineSet set, Exact part) {
        return sum(set, part.times(own)).floor();
    }

    private Exact sum(LineSet set, @Nullable Exact atMost) {
        Exact left = Exact.ZERO;
        long whole = 0;
        for (int i = 0; i < lines; i++) {
            if (set.has(i)) {
                if (atMost == null || share(i).isLessThan(atMost.times(denominator))) {
                    left = left.plus(share(i).times(prices[i]));
                } else {
                    whole += prices[i];
                }
            }
        }
        Exact sum = left.over(denominator);
        return atMost == null ? sum : sum.plus(atMost.times(whole));
    }

    /**
     * Takes a discount off some lines: each bears the same share of its price, or all that it has left where that is less.
     *
     * @param amount in minor units, not more than is left of them
     * @return what each line bears of it in whole minor units: the differences of the running totals rounded down
     */
    List<Long> take(LineSet set, long amount) {
        LineSet open = set.copy();
        Exact rest = denominator.times(amount);
        long whole = 0;
        for (int i = 0; i < lines; i++) {
            whole += set.has(i) ? prices[i] : 0;
        }
        boolean emptied;
        do {
            emptied = false;
            Exact bound = rest;
            long of = whole;
            for (int i = 0; i < lines; i++) {
                if (open.has(i) && share(i).times(of).compareTo(bound) <= 0) {
                    rest = rest.minus(share(i).times(prices[i]));
                    whole -= prices[i];
                    open.remove(i);
                    emptied = true;
                }
            }
        } while (emptied);
        return bear(set, open, rest, whole);
    }

    /** The lines that are not open bear all that they have left, the open ones the rest, in proportion to their prices. */
    private List<Long> bear(LineSet set, LineSet open, Exact rest, long whole) {
        long divisor = whole == 0 ? 1 : rest.gcd(whole);
        long scale = whole == 0 ? 1 : whole / divisor;
        Exact each = rest.dividedBy(divisor);
        Exact[] after = new Exact[lines];
        Long[] borne = new Long[lines];
        Arrays.fill(borne, 0L);
        Exact running = Exact.ZERO;
        long told = 0;
        denominator = denominator.times(scale);
        for (int i = 0; i < lines; i++) {
            after[i] = share(i).times(scale);
            if (set.has(i)) {
                Exact bears = open.has(i) ? each : after[i];
                after[i] = after[i].minus(bears);
                running = running.plus(bears.times(prices[i]));
                long upTo = running.over(denominator).floor();
                borne[i] = upTo - told;
                told = upTo;
            }
        }
        shares = after;
        return List.of(borne);
    }
}
