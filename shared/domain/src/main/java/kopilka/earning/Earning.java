package kopilka.earning;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.OrderBasis;
import kopilka.program.Category;
import kopilka.program.EarningRules;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Rate;
import kopilka.program.WalletId;

/**
 * What an order earns as it is kept, and how that came about.
 *
 * @param points what it earns
 * @param parts what each rule contributes, before rounding
 * @param goodsValue the value of the goods kept, in minor units, which a minimum is held against
 * @param rounding how the fraction was rounded
 * @param uncapped what it would earn without the cap; more than {@code points} only where the cap trimmed it
 * @param excluded what did not count, and how much of it there was
 */
public record Earning(
        Points points, List<Part> parts, long goodsValue, Rounding rounding, Points uncapped, List<Excluded> excluded)
        implements Earnings {
    /** Copies what it is given. */
    public Earning {
        parts = List.copyOf(parts);
        excluded = List.copyOf(excluded);
    }

    @Override
    public SortedMap<WalletId, Long> units() {
        SortedMap<WalletId, Long> units = new TreeMap<>();
        if (!points.isNone()) {
            units.put(WalletId.POINTS, points.value());
        }
        return units;
    }

    /**
     * What one rule contributes.
     *
     * @param category the category whose rate it is; empty for the general rate
     * @param base the value it applies to, in minor units
     * @param rate points for the value
     */
    public record Part(Optional<Category> category, long base, Rate rate) {}

    /**
     * A value that did not count.
     *
     * @param what why not
     * @param amount in minor units
     */
    public record Excluded(What what, long amount) {
        /** What a program can leave out. */
        public enum What {
            /** The price of the delivery. */
            DELIVERY,
            /** Tax beside the prices. */
            TAX,
            /** Lines with a discount of their own. */
            DISCOUNTED_LINES,
            /** Lines that sell gift vouchers. */
            GIFT_VOUCHERS,
            /** The part that points paid. */
            PAID_WITH_POINTS,
            /** All of it: the goods are worth less than the program's minimum. */
            BELOW_MINIMUM
        }
    }

    /**
     * Computes it. Pure: the same order, what is kept of it and rules give the same, forever.
     *
     * @param order the content it is computed from
     * @param kept what is kept of it
     * @param rules of the version that the order is earned under
     */
    public static Earning of(OrderBasis order, Kept kept, EarningRules rules) {
        return new Computation(order, kept, rules).earning();
    }

    /** One run of the computation: gathers each value under its rate. */
    private static final class Computation {
        private final OrderBasis order;
        private final Kept kept;
        private final EarningRules rules;
        private final Map<Optional<Category>, Long> bases = new LinkedHashMap<>();
        private final Map<Excluded.What, Long> excluded = new EnumMap<>(Excluded.What.class);
        private long roundedByLine;

        Computation(OrderBasis order, Kept kept, EarningRules rules) {
            this.order = order;
            this.kept = kept;
            this.rules = rules;
        }

        Earning earning() {
            int lines = order.lines().size();
            // One value for each line, and the delivery as the last.
            long[] values = new long[lines + 1];
            long[] taxes = new long[lines + 1];
            for (int i = 0; i < lines; i++) {
                values[i] = kept.goods().get(i);
                taxes[i] = kept.tax().get(i);
            }
            values[lines] = kept.delivery();
            long goods = kept.goodsValue();
            takeOffPoints(values, taxes);
            for (int i = 0; i < lines; i++) {
                OrderBasis.Line line = order.lines().get(i);
                long value = values[i];
                if (rules.include().tax()) {
                    value += taxes[i];
                } else {
                    exclude(Excluded.What.TAX, taxes[i]);
                }
                if (line.giftVoucher() && !rules.include().giftVouchers()) {
                    exclude(Excluded.What.GIFT_VOUCHERS, value);
                } else if (line.discounted() && !rules.include().discountedLines()) {
                    exclude(Excluded.What.DISCOUNTED_LINES, value);
                } else {
                    count(line.category().filter(rules.categories()::containsKey), value);
                }
            }
            if (rules.include().delivery()) {
                count(Optional.empty(), values[lines]);
            } else {
                exclude(Excluded.What.DELIVERY, values[lines]);
            }
            if (goods < rules.minimumOrder()) {
                exclude(Excluded.What.BELOW_MINIMUM, goods);
                return result(Points.NONE, goods, List.of());
            }
            List<Part> parts = new ArrayList<>(bases.size());
            bases.forEach((category, base) -> parts.add(new Part(category, base, rate(category))));
            long points = switch (rules.rounding()) {
                case DOWN_ON_ORDER -> roundedDown(parts);
                case DOWN_ON_LINE -> roundedByLine;
            };
            return result(Points.of(Math.min(Points.MAX, points)), goods, parts);
        }

        /** The part that points paid earns nothing: it comes off each value in proportion, rounded against earning. */
        private void takeOffPoints(long[] values, long[] taxes) {
            if (order.paidWithPoints() == 0 || rules.include().paidWithPoints()) {
                return;
            }
            long[] gross = new long[values.length];
            long sum = 0;
            for (int i = 0; i < values.length; i++) {
                gross[i] = values[i] + taxes[i];
                sum += gross[i];
            }
            long part = Math.min(sum, Proportion.ceiling(order.paidWithPoints(), sum, order.total()));
            exclude(Excluded.What.PAID_WITH_POINTS, part);
            long[] shares = Proportion.spread(part, gross);
            for (int i = 0; i < values.length; i++) {
                if (shares[i] > 0) {
                    long fromTax = Proportion.floor(shares[i], taxes[i], gross[i]);
                    taxes[i] -= fromTax;
                    values[i] -= shares[i] - fromTax;
                }
            }
        }

        private void count(Optional<Category> category, long value) {
            if (value > 0) {
                bases.merge(category, value, Math::addExact);
                Rate rate = rate(category);
                roundedByLine = Math.addExact(roundedByLine, Proportion.floor(value, rate.points(), rate.perMinor()));
            }
        }

        private Rate rate(Optional<Category> category) {
            return category.map(rules.categories()::get).orElse(rules.rate());
        }

        private void exclude(Excluded.What what, long amount) {
            if (amount > 0) {
                excluded.merge(what, amount, Math::addExact);
            }
        }

        private Earning result(Points uncapped, long goods, List<Part> parts) {
            OptionalLong cap = rules.maximumPerOrder();
            Points points = cap.isPresent() ? uncapped.min(Points.of(cap.getAsLong())) : uncapped;
            List<Excluded> left = new ArrayList<>(excluded.size());
            excluded.forEach((what, amount) -> left.add(new Excluded(what, amount)));
            return new Earning(points, parts, goods, rules.rounding(), uncapped, left);
        }

        /** The sum of the parts' fractions, exactly, then rounded down. */
        private static long roundedDown(List<Part> parts) {
            if (parts.size() == 1) {
                Part only = parts.getFirst();
                return Proportion.floor(
                        only.base(), only.rate().points(), only.rate().perMinor());
            }
            BigInteger numerator = BigInteger.ZERO;
            BigInteger denominator = BigInteger.ONE;
            for (Part part : parts) {
                BigInteger per = BigInteger.valueOf(part.rate().perMinor());
                BigInteger of = BigInteger.valueOf(part.base())
                        .multiply(BigInteger.valueOf(part.rate().points()));
                numerator = numerator.multiply(per).add(of.multiply(denominator));
                denominator = denominator.multiply(per);
            }
            return numerator.divide(denominator).longValueExact();
        }
    }
}
