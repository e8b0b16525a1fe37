package kopilka.earning;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kopilka.earning.Dropped.Why;
import kopilka.earning.Earning.Excluded;
import kopilka.money.Points;
import kopilka.order.GivenDiscount;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers.Combine;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Range;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * What rules make of an order, told once more: line by line, in fractions, and without any thought of speed. Made from what
 * documents say, apart from {@link Evaluation}, which it is compared with.
 */
final class EvaluationModel {
    private final Program program;
    private final RuleBook book;
    private final OrderBasis order;
    private final Returned returned;
    private final Circumstances circumstances;
    private final Instant at;
    private final boolean quote;
    private final Optional<EvaluationModel> asOrdered;

    private final List<Fraction> prices = new ArrayList<>();
    private final Fraction ownShare;
    private final Fraction leftShare;
    private final Fraction delivery;
    private final Fraction goods;
    /** What discounts leave of each line, in minor units. */
    private final List<Fraction> left = new ArrayList<>();

    private final Map<RuleGroup, Map<Integer, RuleId>> owners = new LinkedHashMap<>();
    private final Map<RuleGroup, List<RuleId>> ownersInSequence = new LinkedHashMap<>();
    private final Map<RuleId, List<Integer>> applying = new LinkedHashMap<>();
    private final Set<RuleId> withoutEarning = new HashSet<>();

    private final List<Fraction> bases = new ArrayList<>();

    final Map<RuleId, Long> discounts = new LinkedHashMap<>();
    final List<Dropped> dropped = new ArrayList<>();
    Optional<Evaluation.Fault> fault = Optional.empty();

    private EvaluationModel(
            Program program,
            OrderBasis order,
            Returned returned,
            Circumstances circumstances,
            Instant at,
            boolean quote,
            Optional<EvaluationModel> asOrdered) {
        this.program = program;
        this.book = (RuleBook) program.scheme();
        this.order = order;
        this.returned = returned;
        this.circumstances = circumstances;
        this.at = at;
        this.quote = quote;
        this.asOrdered = asOrdered;
        long total = order.lines().stream().mapToLong(OrderBasis.Line::total).sum();
        this.ownShare = total == 0 ? Fraction.ONE : Fraction.of(total - order.discount(), total);
        for (int i = 0; i < order.lines().size(); i++) {
            OrderBasis.Line line = order.lines().get(i);
            Fraction kept = Fraction.of(line.quantity() - returned.of(i), line.quantity());
            Fraction price = new Fraction(kept.times(line.total()).floor(), BigInteger.ONE);
            prices.add(price);
            left.add(price.times(ownShare));
        }
        Kept named = Kept.of(order, new Returned(returned.quantities(), returned.delivery(), 0));
        long kept = named.value() - named.delivery();
        boolean nothing = returned.amount() > 0 && returned.amount() >= named.value();
        this.leftShare = nothing
                ? Fraction.ZERO
                : kept == 0
                        ? Fraction.ONE
                        : Fraction.of(kept - returned.amount(), kept).max(Fraction.ZERO);
        this.delivery = Fraction.of(named.delivery() - Math.max(0, returned.amount() - kept))
                .max(Fraction.ZERO);
        this.goods = priceOf(IntStream.range(0, order.lines().size()).boxed().toList())
                .times(ownShare)
                .times(leftShare);
        asOrdered.ifPresent(this::keepWhatBearsDiscounts);
        book.rules().forEach(this::apply);
        if (fault.isEmpty() && asOrdered.isEmpty()) {
            fault = order.given().stream()
                    .map(GivenDiscount::rule)
                    .filter(rule -> !discounts.containsKey(rule))
                    .findFirst()
                    .map(Evaluation.Fault.UnknownDiscount::new);
        }
    }

    static EvaluationModel quote(OrderBasis basket, Circumstances circumstances, Instant at, Program program) {
        return new EvaluationModel(program, basket, Returned.NOTHING, circumstances, at, true, Optional.empty());
    }

    static EvaluationModel of(OrderBasis order, Circumstances circumstances, Instant at, Program program) {
        return new EvaluationModel(program, order, Returned.NOTHING, circumstances, at, false, Optional.empty());
    }

    EvaluationModel after(Returned cameBack) {
        return new EvaluationModel(program, order, cameBack, circumstances, at, false, Optional.of(this));
    }

    /** A line stays with the rule of a group whose discount it bears. */
    private void keepWhatBearsDiscounts(EvaluationModel before) {
        before.owners.forEach((group, owned) -> {
            for (RuleId owner : before.ownersInSequence.getOrDefault(group, List.of())) {
                if (before.discounts.containsKey(owner)) {
                    owned.forEach((line, by) -> {
                        if (by.equals(owner)) {
                            own(group, line, owner);
                        }
                    });
                }
            }
        });
    }

    private void own(RuleGroup group, int line, RuleId rule) {
        owners.computeIfAbsent(group, g -> new TreeMap<>()).put(line, rule);
        List<RuleId> sequence = ownersInSequence.computeIfAbsent(group, g -> new ArrayList<>());
        if (!sequence.contains(rule)) {
            sequence.add(rule);
        }
    }

    private int deliveryLine() {
        return order.lines().size();
    }

    private void apply(Rule rule) {
        List<Integer> selected = selected(rule);
        boolean stands = asOrdered.isEmpty()
                && order.given().stream().anyMatch(each -> each.rule().equals(rule.id()));
        Optional<Why> why = whyNot(rule, selected);
        Map<Integer, RuleId> taken =
                rule.group().map(g -> owners.getOrDefault(g, Map.of())).orElse(Map.of());
        List<Integer> free = selected.stream()
                .filter(line -> !taken.containsKey(line) || taken.get(line).equals(rule.id()))
                .toList();
        if (why.isEmpty() && free.isEmpty()) {
            RuleId first = ownersInSequence.getOrDefault(rule.group().get(), List.of()).stream()
                    .filter(owner -> selected.stream().anyMatch(line -> owner.equals(taken.get(line))))
                    .findFirst()
                    .orElseThrow();
            why = Optional.of(new Why.ExcludedBy(first));
        }
        why.ifPresent(reason -> dropped.add(new Dropped(rule.id(), reason)));
        boolean brings = false;
        if (why.isEmpty()) {
            applying.put(rule.id(), free);
            boolean earns = rule.then().stream()
                    .anyMatch(
                            e -> e instanceof Effect.Earn || e instanceof Effect.Bonus || e instanceof Effect.Multiply);
            boolean below = goods().compareTo(Fraction.of(book.minimumOrder())) < 0;
            if (earns && below) {
                withoutEarning.add(rule.id());
                dropped.add(new Dropped(
                        rule.id(),
                        new Why.BelowMinimum(
                                book.minimumOrder(), goods().floor().longValueExact())));
            }
            brings = (earns && !below) || rule.then().stream().anyMatch(e -> e instanceof Effect.Grant);
            brings |= discount(rule, free);
        } else if (stands) {
            brings = discount(rule, free.isEmpty() ? selected : free);
        }
        if (brings && rule.group().isPresent()) {
            free.forEach(line -> own(rule.group().get(), line, rule.id()));
        }
    }

    private List<Integer> selected(Rule rule) {
        List<Integer> goods = IntStream.range(0, order.lines().size())
                .boxed()
                .filter(i -> prices.get(i).times(ownShare).times(leftShare).compareTo(Fraction.ZERO) > 0)
                .toList();
        List<Integer> selected = new ArrayList<>(goods.stream()
                .filter(i -> selects(rule.lines(), order.lines().get(i)))
                .toList());
        if (rule.lines() instanceof LineCondition.Every
                && !goods.isEmpty()
                && book.include().delivery()) {
            selected.add(deliveryLine());
        }
        return selected;
    }

    private static boolean selects(LineCondition condition, OrderBasis.Line line) {
        if (condition instanceof LineCondition.OfCategory of) {
            return line.category().stream().anyMatch(of.categories()::contains);
        } else if (condition instanceof LineCondition.OfBrand of) {
            return line.brand().stream().anyMatch(of.brands()::contains);
        } else if (condition instanceof LineCondition.OfSku of) {
            return line.sku().stream().anyMatch(of.skus()::contains);
        } else if (condition instanceof LineCondition.All all) {
            return all.parts().stream().allMatch(part -> selects(part, line));
        } else if (condition instanceof LineCondition.AnyOf any) {
            return any.parts().stream().anyMatch(part -> selects(part, line));
        } else if (condition instanceof LineCondition.Not not) {
            return !selects(not.part(), line);
        }
        return true;
    }

    private Fraction goods() {
        return goods;
    }

    private Fraction matching(List<Integer> lines) {
        return priceOf(lines).times(ownShare).times(leftShare);
    }

    private Fraction priceOf(List<Integer> lines) {
        return lines.stream()
                .filter(line -> line < deliveryLine())
                .map(prices::get)
                .reduce(Fraction.ZERO, Fraction::plus);
    }

    private Optional<Why> whyNot(Rule rule, List<Integer> selected) {
        if (rule.from().isPresent() && at.isBefore(rule.from().get())) {
            return Optional.of(new Why.NotYet());
        }
        if (rule.to().isPresent() && !at.isBefore(rule.to().get())) {
            return Optional.of(new Why.NoLonger());
        }
        if (selected.isEmpty()) {
            return Optional.of(new Why.NoMatchingLines());
        }
        return rule.when().flatMap(when -> {
            Fraction matching = matching(selected);
            return unmet(when, matching)
                    .map(not -> new Why.Unmet(
                            not,
                            goods().floor().longValueExact(),
                            matching.floor().longValueExact()));
        });
    }

    /** What does not hold of a condition; of several parts of which all have to hold, the first that does not. */
    private Optional<Condition> unmet(Condition condition, Fraction matching) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream()
                    .flatMap(part -> unmet(part, matching).stream())
                    .findFirst();
        }
        return holds(condition, matching) ? Optional.empty() : Optional.of(condition);
    }

    private boolean holds(Condition condition, Fraction matching) {
        ZonedDateTime local = at.atZone(program.zone());
        LocalDate day = local.toLocalDate();
        return switch (condition) {
            case Condition.Amount c -> within(goods(), c.range());
            case Condition.Matching c -> within(matching, c.range());
            case Condition.AtShop c -> circumstances.shop().stream().anyMatch(c.shops()::contains);
            case Condition.ByChannel c -> circumstances.channel().stream().anyMatch(c.channels()::contains);
            case Condition.InRegion c -> circumstances.region().stream().anyMatch(c.regions()::contains);
            case Condition.OnDays c -> c.days().contains(day.getDayOfWeek());
            case Condition.InHours c -> {
                // Walks the clock from the first hour on, a second at a time were it not for the length of a day.
                int from = c.from().toSecondOfDay();
                int length = Math.floorMod(c.to().toSecondOfDay() - from - 1, LocalTime.MAX.toSecondOfDay() + 1) + 1;
                int since =
                        Math.floorMod(local.toLocalTime().toSecondOfDay() - from, LocalTime.MAX.toSecondOfDay() + 1);
                yield since < length;
            }
            case Condition.InDates c -> c.from().datesUntil(c.to().plusDays(1)).anyMatch(day::equals);
            case Condition.NthOrder c -> number(c.per()) == c.number();
            case Condition.EveryNthOrder c -> number(c.per()) / c.every() * c.every() == number(c.per());
            case Condition.Spent c -> within(Fraction.of(circumstances.spentBefore()), c.range());
            case Condition.InTier c -> circumstances.tier().stream().anyMatch(c.tiers()::contains);
            case Condition.InSegment c -> circumstances.segments().stream().anyMatch(c.segments()::contains);
            case Condition.NearBirthday c -> circumstances.birthdays().contains(c.window());
            case Condition.JoinedWithin c ->
                circumstances.joined().stream()
                        .anyMatch(joined -> joined.datesUntil(joined.plusDays(c.days() + 1L))
                                .anyMatch(day::equals));
            case Condition.JoinedBefore c ->
                circumstances.joined().stream().anyMatch(joined -> joined.compareTo(c.day()) < 0);
            case Condition.PaidBy c -> circumstances.payments().stream().anyMatch(c.methods()::contains);
            case Condition.WithCoupon c -> circumstances.coupons().stream().anyMatch(c.coupons()::contains);
            case Condition.All c -> c.parts().stream().allMatch(part -> holds(part, matching));
            case Condition.AnyOf c -> c.parts().stream().anyMatch(part -> holds(part, matching));
            case Condition.Not c -> !holds(c.part(), matching);
        };
    }

    private long number(Period per) {
        return 1 + circumstances.ordersBefore().getOrDefault(per, 0L);
    }

    private static boolean within(Fraction amount, Range range) {
        return amount.compareTo(Fraction.of(range.atLeast())) >= 0
                && (range.below() == Range.OPEN || amount.compareTo(Fraction.of(range.below())) < 0);
    }

    /** Takes a discount off the lines. Whether it takes anything off. */
    private boolean discount(Rule rule, List<Integer> selected) {
        Fraction percent = Fraction.ZERO;
        long amount = 0;
        for (Effect effect : rule.then()) {
            if (effect instanceof Effect.PercentOff off) {
                percent = percent.plus(Fraction.of(off.hundredths(), 10_000));
            } else if (effect instanceof Effect.AmountOff off) {
                amount += off.minor();
            }
        }
        if (percent.equals(Fraction.ZERO) && amount == 0) {
            return false;
        }
        if (!quote && order.given().stream().noneMatch(g -> g.rule().equals(rule.id()))) {
            dropped.add(new Dropped(rule.id(), new Why.NotGiven()));
            return false;
        }
        List<Integer> lines =
                selected.stream().filter(line -> line < deliveryLine()).toList();
        if (asOrdered.isPresent() || lines.isEmpty()) {
            return false;
        }
        Fraction room = lines.stream().map(left::get).reduce(Fraction.ZERO, Fraction::plus);
        long off;
        if (quote) {
            Fraction said = percent.times(ownShare).times(priceOf(lines));
            Fraction can = Fraction.ZERO;
            for (int line : lines) {
                can = can.plus(percent.times(ownShare).times(prices.get(line)).min(left.get(line)));
            }
            long all = IntStream.range(0, order.lines().size())
                    .mapToLong(i -> order.lines().get(i).total())
                    .sum();
            long allowed = Fraction.of(all - order.discount())
                    .times(Fraction.of(book.maximumDiscount(), 10_000))
                    .floor()
                    .longValueExact();
            long others = discounts.values().stream().mapToLong(Long::longValue).sum();
            off = Math.min(
                    can.floor().longValueExact() + amount, Math.min(room.floor().longValueExact(), allowed - others));
            if (off < said.floor().longValueExact() + amount) {
                dropped.add(new Dropped(
                        rule.id(), new Why.DiscountTrimmed(said.floor().longValueExact() + amount, off)));
            }
        } else {
            off = order.given().stream()
                    .filter(g -> g.rule().equals(rule.id()))
                    .mapToLong(GivenDiscount::amount)
                    .sum();
            if (Fraction.of(off).compareTo(room) > 0) {
                fault = fault.or(() -> Optional.of(new Evaluation.Fault.DiscountAboveLines(rule.id())));
                return false;
            }
        }
        if (off == 0) {
            return false;
        }
        discounts.put(rule.id(), off);
        fill(lines, Fraction.of(off));
        return true;
    }

    /** Each line bears the same share of its price, or all that it has left: those that have least, first. */
    private void fill(List<Integer> lines, Fraction amount) {
        List<Integer> leastFirst = lines.stream()
                .sorted(Comparator.comparing(line -> left.get(line).over(prices.get(line))))
                .toList();
        Fraction rest = amount;
        for (int i = 0; i < leastFirst.size(); i++) {
            int line = leastFirst.get(i);
            Fraction share = rest.over(priceOf(leastFirst.subList(i, leastFirst.size())));
            Fraction bears = share.times(prices.get(line)).min(left.get(line));
            rest = rest.minus(bears);
            left.set(line, left.get(line).minus(bears));
        }
        if (!rest.equals(Fraction.ZERO)) {
            throw new AssertionError("a discount that no line bears");
        }
    }

    /** What counts of each line, and of the delivery, for all wallets. */
    private List<Fraction> bases() {
        if (bases.isEmpty()) {
            bases.addAll(computedBases());
        }
        return bases;
    }

    private List<Fraction> computedBases() {
        List<Fraction> bases = new ArrayList<>();
        for (int i = 0; i < order.lines().size(); i++) {
            OrderBasis.Line line = order.lines().get(i);
            boolean voucher = line.giftVoucher() && !book.include().giftVouchers();
            boolean discounted = line.discounted() && !book.include().discountedLines();
            bases.add(voucher || discounted ? Fraction.ZERO : worth(i));
        }
        bases.add(book.include().delivery() ? delivery.times(byMoney()) : Fraction.ZERO);
        return bases;
    }

    /** A line after discounts, with its tax and without what points paid, where the program has it so. */
    private Fraction worth(int line) {
        EvaluationModel bearing = asOrdered.orElse(this);
        Fraction ordered = Fraction.of(order.lines().get(line).total());
        Fraction share = ordered.equals(Fraction.ZERO)
                ? Fraction.ZERO
                : bearing.left.get(line).over(ordered);
        long off = discounts().values().stream().mapToLong(Long::longValue).sum();
        long net = order.lines().stream().mapToLong(OrderBasis.Line::total).sum() - order.discount() - off;
        Fraction withTax = book.include().tax() && net > 0 ? Fraction.of(net + order.tax(), net) : Fraction.ONE;
        return prices.get(line).times(share).times(leftShare).times(withTax).times(byMoney());
    }

    Map<RuleId, Long> discounts() {
        return asOrdered.map(before -> before.discounts).orElse(discounts);
    }

    private Fraction byMoney() {
        long off =
                quote ? discounts.values().stream().mapToLong(Long::longValue).sum() : 0;
        long price = order.total() - off;
        return book.include().paidWithPoints() || price <= 0
                ? Fraction.ONE
                : Fraction.of(price - order.paidWithPoints(), price).max(Fraction.ZERO);
    }

    private List<Rule> rulesFor(int line, Predicate<Effect> effect) {
        return book.rules().stream()
                .filter(rule -> applying.getOrDefault(rule.id(), List.of()).contains(line))
                .filter(rule -> !withoutEarning.contains(rule.id()))
                .filter(rule -> rule.then().stream().anyMatch(effect))
                .toList();
    }

    private Fraction factor(int line, WalletId wallet) {
        Fraction factor = Fraction.ONE;
        boolean any = false;
        for (Rule rule : rulesFor(line, e -> e instanceof Effect.Multiply)) {
            for (Effect effect : rule.then()) {
                if (effect instanceof Effect.Multiply by && by.wallet().equals(wallet)) {
                    any = true;
                    Fraction times = Fraction.of(by.hundredths(), 100);
                    factor = book.multipliers().combine() == Combine.ADD
                            ? factor.plus(times).minus(Fraction.ONE)
                            : factor.times(times);
                }
            }
        }
        if (!any) {
            return factor;
        }
        Fraction most = Fraction.of(book.multipliers().maximum(), 100);
        Fraction inTenThousandths = factor.max(Fraction.ZERO).min(most).times(10_000);
        return new Fraction(inTenThousandths.floor(), BigInteger.valueOf(10_000));
    }

    /** What a line earns in a wallet, by all rules. */
    private Fraction earned(int line, WalletId wallet) {
        Fraction earned = Fraction.ZERO;
        for (Rule rule : rulesFor(line, e -> e instanceof Effect.Earn)) {
            for (Effect effect : rule.then()) {
                if (effect instanceof Effect.Earn earn && earn.wallet().equals(wallet)) {
                    earned = earned.plus(bases().get(line)
                            .times(Fraction.of(earn.rate().points(), earn.rate().perMinor()))
                            .times(factor(line, wallet)));
                }
            }
        }
        return earned;
    }

    /** What it earns in each wallet; without the wallet's cap. */
    Map<WalletId, Long> uncapped() {
        Map<WalletId, Long> units = new TreeMap<>();
        for (WalletRules wallet : program.wallets()) {
            Fraction sum = Fraction.ZERO;
            for (int line = 0; line <= deliveryLine(); line++) {
                Fraction earned = earned(line, wallet.id());
                sum = sum.plus(
                        book.rounding() == Rounding.DOWN_ON_LINE
                                ? new Fraction(earned.floor(), BigInteger.ONE)
                                : earned);
            }
            BigInteger all = sum.floor();
            for (Rule rule : book.rules()) {
                if (applying.containsKey(rule.id()) && !withoutEarning.contains(rule.id())) {
                    for (Effect effect : rule.then()) {
                        if (effect instanceof Effect.Bonus bonus
                                && bonus.wallet().equals(wallet.id())) {
                            all = all.add(BigInteger.valueOf(bonus.points()));
                        }
                    }
                }
            }
            long most = all.min(BigInteger.valueOf(Points.MAX)).longValueExact();
            if (most > 0) {
                units.put(wallet.id(), most);
            }
        }
        return units;
    }

    /** What is left of that by each wallet's cap. */
    Map<WalletId, Long> capped(Map<WalletId, Long> uncapped) {
        Map<WalletId, Long> units = new TreeMap<>(uncapped);
        for (WalletRules wallet : program.wallets()) {
            wallet.maximumPerOrder()
                    .ifPresent(most -> units.computeIfPresent(
                            wallet.id(), (id, earned) -> most == 0 ? null : (Long) Math.min(most, earned)));
        }
        return units;
    }

    List<Rewards.Granted> benefits() {
        List<Rewards.Granted> benefits = new ArrayList<>();
        for (Rule rule : book.rules()) {
            if (applying.containsKey(rule.id())) {
                for (Effect effect : rule.then()) {
                    if (effect instanceof Effect.Grant grant) {
                        benefits.add(new Rewards.Granted(rule.id(), grant.benefit()));
                    }
                }
            }
        }
        return benefits;
    }

    long goodsValue() {
        return goods().floor().longValueExact();
    }

    /** What a rule's rates apply to: lines with the same multipliers together, rounded down. */
    Map<RuleId, Map<String, Long>> bases(WalletId wallet) {
        Map<RuleId, Map<String, Fraction>> exact = new LinkedHashMap<>();
        for (int line = 0; line <= deliveryLine(); line++) {
            Fraction base = bases().get(line);
            if (base.compareTo(Fraction.ZERO) > 0) {
                List<RuleId> by =
                        rulesFor(
                                        line,
                                        e -> e instanceof Effect.Multiply times
                                                && times.wallet().equals(wallet))
                                .stream()
                                .map(Rule::id)
                                .toList();
                String factor = factor(line, wallet).times(10_000).floor() + " by " + by;
                for (Rule rule : rulesFor(
                        line,
                        e -> e instanceof Effect.Earn earn && earn.wallet().equals(wallet))) {
                    exact.computeIfAbsent(rule.id(), r -> new TreeMap<>()).merge(factor, base, Fraction::plus);
                }
            }
        }
        Map<RuleId, Map<String, Long>> rounded = new LinkedHashMap<>();
        exact.forEach((rule, byFactor) ->
                byFactor.forEach((times, base) -> rounded.computeIfAbsent(rule, r -> new TreeMap<>())
                        .put(times, base.floor().longValueExact())));
        return rounded;
    }

    List<Excluded> excluded() {
        List<Excluded> excluded = new ArrayList<>();
        Kept kept = Kept.of(order, returned);
        if (!book.include().delivery()) {
            put(excluded, Excluded.What.DELIVERY, delivery.times(byMoney()));
        }
        if (!book.include().tax()) {
            long tax = returned.isNothing()
                    ? order.tax()
                    : kept.tax().stream().mapToLong(Long::longValue).sum();
            put(excluded, Excluded.What.TAX, Fraction.of(tax));
        }
        Fraction discounted = Fraction.ZERO;
        Fraction vouchers = Fraction.ZERO;
        for (int i = 0; i < order.lines().size(); i++) {
            OrderBasis.Line line = order.lines().get(i);
            if (line.giftVoucher() && !book.include().giftVouchers()) {
                vouchers = vouchers.plus(worth(i));
            } else if (line.discounted() && !book.include().discountedLines()) {
                discounted = discounted.plus(worth(i));
            }
        }
        put(excluded, Excluded.What.DISCOUNTED_LINES, discounted);
        put(excluded, Excluded.What.GIFT_VOUCHERS, vouchers);
        if (!book.include().paidWithPoints() && order.paidWithPoints() > 0) {
            Fraction part = returned.isNothing()
                    ? Fraction.of(order.paidWithPoints())
                    : Fraction.of(order.paidWithPoints()).times(Fraction.of(kept.value(), order.total()));
            boolean whole = part.denominator().equals(BigInteger.ONE);
            put(excluded, Excluded.What.PAID_WITH_POINTS, whole ? part : part.plus(Fraction.ONE));
        }
        if (goods().compareTo(Fraction.of(book.minimumOrder())) < 0) {
            put(excluded, Excluded.What.BELOW_MINIMUM, goods());
        }
        return excluded;
    }

    private static void put(List<Excluded> excluded, Excluded.What what, Fraction amount) {
        if (amount.floor().signum() > 0) {
            excluded.add(new Excluded(what, amount.floor().longValueExact()));
        }
    }
}
