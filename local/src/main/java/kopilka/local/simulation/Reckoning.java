package kopilka.local.simulation;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import kopilka.local.simulation.Command.Back;
import kopilka.local.simulation.Command.Basket;
import kopilka.local.simulation.Command.Line;
import kopilka.local.simulation.Command.Refund;
import kopilka.local.simulation.Picture.Days;

/** What an order is worth and earns: always from the basket and the list of all that came back, never from the last result. */
final class Reckoning {
    private Reckoning() {}

    /** What of an order is kept, in minor units: the goods and the tax of each line, and the delivery. */
    record Kept(List<Long> goods, List<Long> tax, long delivery) {
        long goodsValue() {
            return sum(goods);
        }

        long value() {
            return sum(goods) + sum(tax) + delivery;
        }
    }

    static long sum(List<Long> amounts) {
        return amounts.stream().reduce(0L, Math::addExact);
    }

    /** {@code amount × part ÷ whole}, rounded down. */
    static long share(long amount, long part, long whole) {
        return big(amount).multiply(big(part)).divide(big(whole)).longValueExact();
    }

    /** The same, rounded up. */
    static long shareUp(long amount, long part, long whole) {
        return big(amount)
                .multiply(big(part))
                .add(big(whole - 1))
                .divide(big(whole))
                .longValueExact();
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    /** Spreads an amount: up to each weight the running share is rounded down, and each bears the difference. */
    static List<Long> spread(long amount, List<Long> weights) {
        List<Long> shares = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            long whole = sum(weights);
            long upTo = whole == 0 ? 0 : share(amount, sum(weights.subList(0, i + 1)), whole);
            shares.add(upTo - sum(shares));
        }
        return shares;
    }

    /** Takes shares of the lines' values with tax off them: of each its part of tax, rounded down, the rest of the goods. */
    private static Kept less(Kept kept, List<Long> shares) {
        List<Long> goods = new ArrayList<>();
        List<Long> tax = new ArrayList<>();
        for (int i = 0; i < kept.goods().size(); i++) {
            long gross = kept.goods().get(i) + kept.tax().get(i);
            long ofTax = gross == 0 ? 0 : share(shares.get(i), kept.tax().get(i), gross);
            tax.add(kept.tax().get(i) - ofTax);
            goods.add(kept.goods().get(i) - (shares.get(i) - ofTax));
        }
        return new Kept(goods, tax, kept.delivery());
    }

    private static List<Long> gross(Kept kept) {
        List<Long> gross = new ArrayList<>();
        for (int i = 0; i < kept.goods().size(); i++) {
            gross.add(kept.goods().get(i) + kept.tax().get(i));
        }
        return gross;
    }

    /** What is kept after all these returns. */
    static Kept kept(Basket basket, List<Refund> returns) {
        List<Long> totals = basket.lines().stream().map(Line::total).toList();
        List<Long> discounts = spread(basket.discount(), totals);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < totals.size(); i++) {
            values.add(totals.get(i) - discounts.get(i));
        }
        List<Long> taxes = new ArrayList<>(spread(basket.tax(), values));
        if (sum(values) == 0) {
            taxes.set(0, basket.tax());
        }
        List<Long> goods = new ArrayList<>();
        List<Long> tax = new ArrayList<>();
        for (int i = 0; i < totals.size(); i++) {
            Line line = basket.lines().get(i);
            long left = line.quantity() - returned(line.id(), returns);
            goods.add(share(values.get(i), left, line.quantity()));
            tax.add(share(taxes.get(i), left, line.quantity()));
        }
        long delivery =
                basket.delivery() - sum(returns.stream().map(Refund::delivery).toList());
        long amount = sum(returns.stream().map(Refund::amount).toList());
        Kept named = new Kept(goods, tax, delivery);
        List<Long> gross = gross(named);
        long fromLines = Math.min(amount, sum(gross));
        Kept left = less(named, spread(fromLines, gross));
        return new Kept(left.goods(), left.tax(), Math.max(0, delivery - (amount - fromLines)));
    }

    /** How much of a line came back. */
    static long returned(String line, List<Refund> returns) {
        return sum(returns.stream()
                .flatMap(refund -> refund.lines().stream())
                .filter(back -> back.line().equals(line))
                .map(Back::quantity)
                .toList());
    }

    /** The points that what is kept earns, without the cap. */
    static long uncapped(Basket basket, Kept kept, Rules rules) {
        if (kept.goodsValue() < rules.minimumOrder()) {
            return 0;
        }
        long paid = sum(List.copyOf(basket.paidByPoints().values()));
        Kept counts = kept;
        if (paid > 0 && !rules.paidWithPoints()) {
            List<Long> gross = gross(kept);
            gross.add(kept.delivery());
            long part = Math.min(sum(gross), shareUp(paid, sum(gross), basket.total()));
            List<Long> shares = spread(part, gross);
            counts = less(new Kept(kept.goods(), kept.tax(), kept.delivery() - shares.getLast()), shares);
        }
        List<Long> values = new ArrayList<>();
        List<Rules.Fraction> rates = new ArrayList<>();
        for (int i = 0; i < basket.lines().size(); i++) {
            Line line = basket.lines().get(i);
            boolean out =
                    (line.giftVoucher() && !rules.giftVouchers()) || (line.discount() > 0 && !rules.discountedLines());
            values.add(
                    out
                            ? 0
                            : counts.goods().get(i)
                                    + (rules.tax() ? counts.tax().get(i) : 0));
            rates.add(rules.categories().getOrDefault(line.category(), rules.rate()));
        }
        values.add(rules.delivery() ? counts.delivery() : 0);
        rates.add(rules.rate());
        return rules.roundEachLine() ? roundedEach(values, rates) : roundedOnce(values, rates);
    }

    private static long roundedEach(List<Long> values, List<Rules.Fraction> rates) {
        long points = 0;
        for (int i = 0; i < values.size(); i++) {
            points += share(values.get(i), rates.get(i).points(), rates.get(i).perMinor());
        }
        return points;
    }

    /** Adds fractions of one denominator, that of all of them multiplied, and drops what is left over. */
    private static long roundedOnce(List<Long> values, List<Rules.Fraction> rates) {
        BigInteger denominator = BigInteger.ONE;
        for (long per :
                new HashSet<>(rates.stream().map(Rules.Fraction::perMinor).toList())) {
            denominator = denominator.multiply(big(per));
        }
        BigInteger numerator = BigInteger.ZERO;
        for (int i = 0; i < values.size(); i++) {
            numerator = numerator.add(big(values.get(i))
                    .multiply(big(rates.get(i).points()))
                    .multiply(denominator.divide(big(rates.get(i).perMinor()))));
        }
        return numerator.divide(denominator).longValueExact();
    }

    /** The points that what is kept earns. */
    static long earned(Basket basket, Kept kept, Rules rules) {
        return Math.min(uncapped(basket, kept, rules), rules.maximumPerOrder().orElse(Long.MAX_VALUE));
    }

    /** What points pay, rounded down. */
    static long worth(long points, Rules rules) {
        return share(points, rules.worthMinor(), rules.worthPoints());
    }

    /** The most points whose worth is not above an amount. */
    static long payable(long amount, Rules rules) {
        long points = share(amount, rules.worthPoints(), rules.worthMinor());
        while (worth(points + 1, rules) <= amount) {
            points++;
        }
        return points;
    }

    /** The days of points whose return window starts with an event. */
    static Days days(Rules rules, Instant event) {
        LocalDate from = LocalDate.ofInstant(event, rules.zone()).plusDays(rules.windowDays());
        Rules.Life life = rules.life();
        if (life.days() == 0 && life.months() == 0) {
            return new Days(from, Purse.FOR_GOOD);
        }
        LocalDate last = from.plusMonths(life.months()).plusDays(life.days());
        return new Days(from, life.toMonthEnd() ? last.with(TemporalAdjusters.lastDayOfMonth()) : last);
    }
}
