package kopilka.lambda.wire.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.program.Asked;
import kopilka.program.Category;
import kopilka.program.Condition;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.Program;
import kopilka.program.RedemptionRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;

/**
 * The most of an order that a program gives back, as a part of what its goods cost.
 *
 * <p>For every moment, level, day of the week and category of goods, of all rules that may hold together there:
 *
 * <pre>{@code
 *   min(discounts.maximumShare, sum of percent discounts)
 *     + for each wallet: (sum of earn rates at the wallet's worth)
 *                        * min(multipliers.maximum, all multipliers above 1 together)
 * }</pre>
 *
 * and the largest of these. Of an exclusive group the best member counts: for discounts, for earning in each wallet and for
 * multiplying each on its own. A rule may hold unless its level, its days of the week, its category, its time or its dates
 * say that it does not; all that other conditions ask is taken to be met. So the figure is never below what an order of that
 * kind gives back in percent, and may be above. What is no percentage is not in it: bonuses, amounts off, benefits, and the
 * points of a wallet that is not spent.
 *
 * @param millionths the part, in millionths of a percent, rounded up
 * @param rules those that add up to it, by priority
 */
record GiveBack(long millionths, List<Rule> rules) {
    private static final long MILLIONTHS_OF_HUNDREDTH = 10_000;

    /** Ten thousand times the value of an order: what is above is told as this. */
    private static final long MOST = 1_000_000_000_000L;

    /** Sums that are computed at most. With more circumstances than that, some are not told apart: the figure grows. */
    private static final long BUDGET = 20_000_000;

    /** Copies what it is given. */
    GiveBack {
        rules = List.copyOf(rules);
    }

    /** Whether it is more than so many hundredths of a percent. */
    boolean isAbove(long hundredths) {
        return millionths > hundredths * MILLIONTHS_OF_HUNDREDTH;
    }

    /** The part in percent, to two decimals, rounded up. */
    String percent() {
        return BigDecimal.valueOf(millionths, 6)
                .setScale(2, RoundingMode.CEILING)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The worst case of a program. */
    static GiveBack worst(Program program, RuleBook book) {
        Map<RuleGroup, Integer> groups = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        for (Rule rule : book.rules()) {
            int unit = rule.group()
                    .map(group -> groups.computeIfAbsent(group, any -> groups.size()))
                    .orElse(-1);
            Part part = Part.of(rule, unit, program, book.multipliers());
            if (part.givesBack(neutral(book.multipliers()))) {
                parts.add(part);
            }
        }
        return new Search(program, book, parts, groups.size()).worst();
    }

    /** What matters of one rule. */
    private static final class Part {
        private final Rule rule;

        /** The number of its group; -1: none. */
        private final int group;

        /** Percent off, in millionths. */
        private final long discount;

        /** By wallet, in millionths of a percent at the wallet's worth. */
        private final long[] earned;

        /** By wallet: what multipliers add to 1 or are multiplied, in hundredths. */
        private final long[] factor;

        /** When it can hold. */
        private final Span span;

        private Part(Rule rule, int group, long discount, long[] earned, long[] factor, Span span) {
            this.rule = rule;
            this.group = group;
            this.discount = discount;
            this.earned = earned;
            this.factor = factor;
            this.span = span;
        }

        static Part of(Rule rule, int group, Program program, Multipliers multipliers) {
            List<WalletRules> wallets = program.wallets();
            long discount = 0;
            long[] earned = new long[wallets.size()];
            long[] factor = new long[wallets.size()];
            boolean adds = multipliers.combine() == Multipliers.Combine.ADD;
            Arrays.fill(factor, neutral(multipliers));
            for (Effect effect : rule.then()) {
                switch (effect) {
                    case Effect.PercentOff off -> discount += off.hundredths() * MILLIONTHS_OF_HUNDREDTH;
                    case Effect.Earn earn -> {
                        int wallet = indexOf(earn.wallet(), wallets);
                        earned[wallet] = Math.min(MOST, earned[wallet] + percent(earn, wallets.get(wallet)));
                    }
                    case Effect.Multiply multiply -> {
                        int wallet = indexOf(multiply.wallet(), wallets);
                        long above = Math.max(100, multiply.hundredths());
                        factor[wallet] = adds
                                ? factor[wallet] + above - 100
                                : product(factor[wallet], above, multipliers.maximum());
                    }
                    case Effect.Bonus bonus -> {}
                    case Effect.AmountOff off -> {}
                    case Effect.Grant grant -> {}
                }
            }
            return new Part(rule, group, discount, earned, factor, Span.of(rule, program.zone()));
        }

        private static int indexOf(WalletId id, List<WalletRules> wallets) {
            for (int i = 0; i < wallets.size(); i++) {
                if (wallets.get(i).id().equals(id)) {
                    return i;
                }
            }
            throw new IllegalArgumentException("a rule of a wallet that is not there");
        }

        private static long percent(Effect.Earn earn, WalletRules wallet) {
            Optional<Worth> worth = wallet.redemption().map(RedemptionRules::worth);
            if (worth.isEmpty()) {
                return 0;
            }
            BigInteger value = BigInteger.valueOf(earn.rate().points())
                    .multiply(BigInteger.valueOf(worth.get().minor()))
                    .multiply(BigInteger.valueOf(100_000_000));
            BigInteger of = BigInteger.valueOf(earn.rate().perMinor())
                    .multiply(BigInteger.valueOf(worth.get().points()));
            return value.add(of)
                    .subtract(BigInteger.ONE)
                    .divide(of)
                    .min(BigInteger.valueOf(MOST))
                    .longValueExact();
        }

        boolean givesBack(long neutral) {
            return discount > 0
                    || Arrays.stream(earned).anyMatch(part -> part > 0)
                    || Arrays.stream(factor).anyMatch(part -> part > neutral);
        }

        boolean isInForce(Instant moment) {
            return !moment.isBefore(span.from()) && moment.isBefore(span.to());
        }
    }

    /** What multipliers come to where there are none: nothing to add, or one. */
    private static long neutral(Multipliers multipliers) {
        return switch (multipliers.combine()) {
            case ADD -> 0;
            case MULTIPLY -> 100;
        };
    }

    private static long product(long one, long other, int maximum) {
        return Math.min(maximum, (one * other + 99) / 100);
    }

    /**
     * When a rule can hold.
     *
     * @param from the first moment
     * @param to the first moment that is too late
     */
    private record Span(Instant from, Instant to) {
        static Span of(Rule rule, ZoneId zone) {
            Span span = new Span(rule.from().orElse(Instant.MIN), rule.to().orElse(Instant.MAX));
            return rule.when().map(when -> span.within(when, zone)).orElse(span);
        }

        /** Narrower by the dates that all of a condition needs. */
        private Span within(Condition condition, ZoneId zone) {
            if (condition instanceof Condition.InDates dates) {
                Instant first = dates.from().atStartOfDay(zone).toInstant();
                Instant past = dates.to().plusDays(1).atStartOfDay(zone).toInstant();
                return new Span(first.isAfter(from) ? first : from, past.isBefore(to) ? past : to);
            }
            Span span = this;
            if (condition instanceof Condition.All all) {
                for (Condition part : all.parts()) {
                    span = span.within(part, zone);
                }
            }
            return span;
        }
    }

    /**
     * What is known of an order. Empty: anything.
     *
     * @param tier the member's level
     * @param day of the week
     */
    private record OfOrder(Optional<TierId> tier, Optional<DayOfWeek> day) {
        boolean mayMeet(Optional<Condition> condition) {
            return condition.map(this::holds).orElse(Truth.YES) != Truth.NO;
        }

        private Truth holds(Condition condition) {
            return switch (condition) {
                case Condition.InTier in ->
                    tier.map(known -> Truth.of(in.tiers().contains(known))).orElse(Truth.UNKNOWN);
                case Condition.OnDays on ->
                    day.map(known -> Truth.of(on.days().contains(known))).orElse(Truth.UNKNOWN);
                case Condition.All all -> Truth.all(all.parts().stream().map(this::holds));
                case Condition.AnyOf any -> Truth.any(any.parts().stream().map(this::holds));
                case Condition.Not not -> holds(not.part()).not();
                case Condition.Amount amount -> Truth.UNKNOWN;
                case Condition.Matching matching -> Truth.UNKNOWN;
                case Condition.AtShop at -> Truth.UNKNOWN;
                case Condition.ByChannel by -> Truth.UNKNOWN;
                case Condition.InRegion in -> Truth.UNKNOWN;
                case Condition.InHours hours -> Truth.UNKNOWN;
                case Condition.InDates dates -> Truth.UNKNOWN;
                case Condition.NthOrder nth -> Truth.UNKNOWN;
                case Condition.EveryNthOrder every -> Truth.UNKNOWN;
                case Condition.Spent spent -> Truth.UNKNOWN;
                case Condition.InSegment in -> Truth.UNKNOWN;
                case Condition.NearBirthday near -> Truth.UNKNOWN;
                case Condition.JoinedWithin within -> Truth.UNKNOWN;
                case Condition.JoinedBefore before -> Truth.UNKNOWN;
                case Condition.PaidBy by -> Truth.UNKNOWN;
                case Condition.WithCoupon with -> Truth.UNKNOWN;
            };
        }
    }

    /**
     * What is known of a line. Empty: anything.
     *
     * @param category of it
     */
    private record OfLine(Optional<Category> category) {
        boolean mayBeOf(LineCondition lines) {
            return selects(lines) != Truth.NO;
        }

        private Truth selects(LineCondition lines) {
            return switch (lines) {
                case LineCondition.Every every -> Truth.YES;
                case LineCondition.OfCategory of ->
                    category.map(known -> Truth.of(of.categories().contains(known)))
                            .orElse(Truth.UNKNOWN);
                case LineCondition.OfBrand of -> Truth.UNKNOWN;
                case LineCondition.OfSku of -> Truth.UNKNOWN;
                case LineCondition.All all -> Truth.all(all.parts().stream().map(this::selects));
                case LineCondition.AnyOf any -> Truth.any(any.parts().stream().map(this::selects));
                case LineCondition.Not not -> selects(not.part()).not();
            };
        }
    }

    /** Whether something holds, as far as is known. In this sequence, what is less true comes first. */
    private enum Truth {
        NO,
        UNKNOWN,
        YES;

        static Truth of(boolean known) {
            return known ? YES : NO;
        }

        static Truth all(Stream<Truth> parts) {
            return parts.min(Comparator.naturalOrder()).orElse(YES);
        }

        static Truth any(Stream<Truth> parts) {
            return parts.max(Comparator.naturalOrder()).orElse(NO);
        }

        Truth not() {
            return switch (this) {
                case NO -> YES;
                case UNKNOWN -> UNKNOWN;
                case YES -> NO;
            };
        }
    }

    /** Goes through all that can be told apart. */
    private static final class Search {
        private final RuleBook book;
        private final List<Part> parts;
        private final int groups;
        private final int wallets;
        private final Set<Instant> moments = new TreeSet<>();
        private final List<Optional<TierId>> tiers;
        private final List<Optional<DayOfWeek>> days;
        private final List<Optional<Category>> categories;
        private GiveBack worst = new GiveBack(0, List.of());

        Search(Program program, RuleBook book, List<Part> parts, int groups) {
            this.book = book;
            this.parts = parts;
            this.groups = groups;
            this.wallets = program.wallets().size();
            parts.forEach(part -> moments.add(part.span.from()));
            Set<TierId> named = new LinkedHashSet<>();
            Set<Category> sold = new LinkedHashSet<>();
            for (Part part : parts) {
                named.addAll(Asked.by(part.rule.when()).tiers());
                gather(part.rule.lines(), sold);
            }
            tiers = choices(named, new TierId(""));
            long sums = (long) parts.size() * moments.size() * tiers.size();
            days = sums * DayOfWeek.values().length <= BUDGET
                    ? Stream.of(DayOfWeek.values()).map(Optional::of).toList()
                    : List.of(Optional.empty());
            sums *= days.size();
            categories =
                    sums * (sold.size() + 1) <= BUDGET ? choices(sold, new Category("")) : List.of(Optional.empty());
        }

        private static void gather(LineCondition lines, Set<Category> categories) {
            switch (lines) {
                case LineCondition.OfCategory of -> categories.addAll(of.categories());
                case LineCondition.All all -> all.parts().forEach(part -> gather(part, categories));
                case LineCondition.AnyOf any -> any.parts().forEach(part -> gather(part, categories));
                case LineCondition.Not not -> gather(not.part(), categories);
                case LineCondition.Every every -> {}
                case LineCondition.OfBrand of -> {}
                case LineCondition.OfSku of -> {}
            }
        }

        /** What rules name, and one that none of them does. */
        private static <T> List<Optional<T>> choices(Set<T> named, T other) {
            return named.isEmpty()
                    ? List.of(Optional.empty())
                    : Stream.concat(named.stream(), Stream.of(other))
                            .map(Optional::of)
                            .toList();
        }

        GiveBack worst() {
            List<Set<Part>> byCategory = categories.stream()
                    .map(OfLine::new)
                    .map(line -> parts.stream()
                            .filter(part -> line.mayBeOf(part.rule.lines()))
                            .collect(Collectors.toSet()))
                    .toList();
            for (Optional<TierId> tier : tiers) {
                for (Optional<DayOfWeek> day : days) {
                    OfOrder order = new OfOrder(tier, day);
                    List<Part> possible = parts.stream()
                            .filter(part -> order.mayMeet(part.rule.when()))
                            .toList();
                    for (Set<Part> selected : byCategory) {
                        List<Part> both =
                                possible.stream().filter(selected::contains).toList();
                        moments.forEach(moment -> at(moment, both));
                    }
                }
            }
            return worst;
        }

        private void at(Instant moment, List<Part> possible) {
            Sum sum = new Sum(groups, wallets, book.multipliers());
            for (Part part : possible) {
                if (part.isInForce(moment)) {
                    sum.add(part);
                }
            }
            long millionths = sum.total(book.maximumDiscount() * MILLIONTHS_OF_HUNDREDTH);
            if (millionths > worst.millionths()) {
                worst = new GiveBack(
                        millionths,
                        possible.stream()
                                .filter(part -> part.isInForce(moment))
                                .map(part -> part.rule)
                                .toList());
            }
        }
    }

    /** The sum of what rules give back that hold together; row 0 of each wallet is the rules without a group. */
    private static final class Sum {
        private final Multipliers multipliers;
        private final long[] discounts;
        private final long[][] earned;
        private final long[][] factors;

        Sum(int groups, int wallets, Multipliers multipliers) {
            this.multipliers = multipliers;
            discounts = new long[groups + 1];
            earned = new long[wallets][groups + 1];
            factors = new long[wallets][groups + 1];
            for (long[] ofWallet : factors) {
                Arrays.fill(ofWallet, neutral(multipliers));
            }
        }

        private boolean adds() {
            return multipliers.combine() == Multipliers.Combine.ADD;
        }

        void add(Part part) {
            int row = part.group + 1;
            boolean alone = row == 0;
            discounts[row] = alone ? discounts[row] + part.discount : Math.max(discounts[row], part.discount);
            for (int wallet = 0; wallet < earned.length; wallet++) {
                long told = earned[wallet][row];
                earned[wallet][row] =
                        alone ? Math.min(MOST, told + part.earned[wallet]) : Math.max(told, part.earned[wallet]);
                long factor = factors[wallet][row];
                factors[wallet][row] =
                        alone ? both(factor, part.factor[wallet]) : Math.max(factor, part.factor[wallet]);
            }
        }

        private long both(long one, long other) {
            return adds() ? one + other : product(one, other, multipliers.maximum());
        }

        long total(long maximumDiscount) {
            long total = Math.min(maximumDiscount, Arrays.stream(discounts).sum());
            for (int wallet = 0; wallet < earned.length; wallet++) {
                long percent = Math.min(MOST, Arrays.stream(earned[wallet]).sum());
                long factor = neutral(multipliers);
                for (long told : factors[wallet]) {
                    factor = both(factor, told);
                }
                long times = Math.min(multipliers.maximum(), adds() ? factor + 100 : factor);
                total += (percent * times + 99) / 100;
            }
            return Math.min(MOST, total);
        }
    }
}
