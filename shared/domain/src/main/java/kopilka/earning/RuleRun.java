package kopilka.earning;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.earning.Dropped.Why;
import kopilka.earning.Earning.Excluded;
import kopilka.earning.Evaluation.Borne;
import kopilka.earning.Evaluation.Discount;
import kopilka.earning.Evaluation.Fault;
import kopilka.earning.Rewards.Granted;
import kopilka.earning.Rewards.Reward;
import kopilka.money.Proportion;
import kopilka.order.GivenDiscount;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Program;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.WalletId;
import org.jspecify.annotations.Nullable;

/** Asks all rules of a program about one order, and keeps what they say. Position {@code lines} stands for the delivery. */
final class RuleRun {
    /** A whole, in hundredths of a percent. */
    private static final int WHOLE = 10_000;

    private final OrderBasis order;
    private final Returned returned;
    private final Circumstances circumstances;
    private final Instant at;
    private final LocalDateTime local;
    private final RuleBook book;
    /** Whether discounts are those that the rules offer, and not those that the shop gave. */
    private final boolean quote;
    /** The order before anything came back: what its lines bear of discounts stays as it was. */
    private final @Nullable RuleRun before;

    private final int lines;
    /** What is kept of each line at its price, and of the delivery. */
    private final long[] prices;
    /** All lines of which something is kept that has a price. */
    private final LineSet valued;
    /** The same with the delivery, where it counts. */
    private final LineSet valuedWithDelivery;

    private final long total;
    /** Of the price, what the shop's own discount on the order leaves. */
    private final Exact own;
    /** Of what is kept, what is left after money went back without naming lines. */
    private final Exact left;
    /** What both leave: the part of a price that conditions see. */
    private final Exact seen;

    private final long goods;
    private final Map<RuleId, Long> given;
    private final Remainder remainder;
    private final Map<RuleGroup, Group> groups;
    private final Purse[] purses;
    private final List<Taken> taken = new ArrayList<>();
    private final List<Granted> benefits = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private long off;
    private @Nullable Fault fault;

    /** A discount, and what each line bears of it, in whole minor units as if there were no others. */
    private record Taken(RuleId rule, long amount, LineSet lines, List<Long> shares) {}

    /** The lines that a rule of a group has. */
    private record Claim(RuleId rule, LineSet lines) {}

    /** What the rules of a group have: no line is of two. */
    private static final class Group {
        private final List<Claim> claims = new ArrayList<>();
        private final LineSet claimed;

        Group(int positions) {
            claimed = new LineSet(positions);
        }

        void claim(RuleId rule, LineSet lines) {
            claims.add(new Claim(rule, lines));
            claimed.add(lines);
        }

        /** Of some lines, those that no rule has yet. */
        LineSet free(LineSet selected) {
            if (claims.isEmpty()) {
                return selected;
            }
            LineSet free = selected.copy();
            free.remove(claimed);
            return free;
        }

        /** The first rule that has one of these lines, all of which some rule has. */
        RuleId firstOn(LineSet selected) {
            for (Claim claim : claims) {
                if (claim.lines().meets(selected)) {
                    return claim.rule();
                }
            }
            throw new IllegalStateException("lines that no rule has are free");
        }
    }

    private RuleRun(
            OrderBasis order,
            Returned returned,
            Circumstances circumstances,
            Instant at,
            Program program,
            boolean quote,
            @Nullable RuleRun before) {
        this.order = order;
        this.returned = returned;
        this.circumstances = circumstances;
        this.at = at;
        this.local = LocalDateTime.ofInstant(at, program.zone());
        this.book = rules(program);
        this.quote = quote;
        this.before = before;
        this.lines = order.lines().size();
        this.prices = new long[lines + 1];
        long all = 0;
        long kept = 0;
        for (int i = 0; i < lines; i++) {
            OrderBasis.Line line = order.lines().get(i);
            all = Math.addExact(all, line.total());
            prices[i] = kept(line, returned.of(i));
            kept += prices[i];
        }
        this.total = all;
        this.own = all == 0 ? Exact.ONE : Exact.of(all - order.discount(), all);
        this.left = returned.amount() == 0 ? Exact.ONE : left(order, returned);
        prices[lines] = returned.amount() == 0
                ? order.delivery() - returned.delivery()
                : Kept.of(order, returned).delivery();
        this.seen = own.times(left);
        this.goods = asked(kept);
        this.valued = new LineSet(lines + 1);
        if (!seen.isZero()) {
            for (int i = 0; i < lines; i++) {
                if (prices[i] > 0) {
                    valued.add(i);
                }
            }
        }
        this.valuedWithDelivery = valued.copy();
        if (book.include().delivery() && !valued.isEmpty()) {
            valuedWithDelivery.add(lines);
        }
        this.remainder = before == null ? new Remainder(prices, lines, own) : before.remainder;
        this.given = given(order);
        this.purses = new Purse[program.wallets().size()];
        for (int i = 0; i < purses.length; i++) {
            purses[i] = new Purse(program.wallets().get(i), lines + 1);
        }
        this.groups = new HashMap<>();
        if (before != null) {
            before.groups.forEach((id, group) -> group.claims.stream()
                    .filter(claim -> given.containsKey(claim.rule()))
                    .forEach(claim -> group(id).claim(claim.rule(), claim.lines())));
        }
    }

    private static Exact left(OrderBasis order, Returned returned) {
        Kept named = Kept.of(order, new Returned(returned.quantities(), returned.delivery(), 0));
        long goods = named.value() - named.delivery();
        if (goods > 0) {
            return Exact.of(goods - Math.min(goods, returned.amount()), goods);
        }
        // Goods that came to nothing stay until all else went back too.
        return returned.amount() < named.delivery() ? Exact.ONE : Exact.ZERO;
    }

    /** What would come of a basket. */
    static RuleRun quote(OrderBasis basket, Circumstances circumstances, Instant at, Program program) {
        return new RuleRun(basket, Returned.NOTHING, circumstances, at, program, true, null).askAll();
    }

    /** What comes of an order. */
    static RuleRun of(OrderBasis order, Returned returned, Circumstances circumstances, Instant at, Program program) {
        if (returned.isNothing() || order.given().isEmpty()) {
            return new RuleRun(order, returned, circumstances, at, program, false, null).askAll();
        }
        RuleRun before = of(order, Returned.NOTHING, circumstances, at, program);
        return new RuleRun(order, returned, circumstances, at, program, false, before).askAll();
    }

    private static RuleBook rules(Program program) {
        return switch (program.scheme()) {
            case RuleBook rules -> rules;
            case EarningRules rates ->
                throw new IllegalArgumentException("a program that is earned by rates has no rules");
        };
    }

    private static long kept(OrderBasis.Line line, long back) {
        return back == 0 ? line.total() : Proportion.floor(line.total(), line.quantity() - back, line.quantity());
    }

    private static Map<RuleId, Long> given(OrderBasis order) {
        if (order.given().isEmpty()) {
            return Map.of();
        }
        Map<RuleId, Long> given = new LinkedHashMap<>();
        for (GivenDiscount discount : order.given()) {
            given.merge(discount.rule(), discount.amount(), Math::addExact);
        }
        return given;
    }

    private Group group(RuleGroup id) {
        return groups.computeIfAbsent(id, none -> new Group(lines + 1));
    }

    /** What a price comes to for conditions: after the shop's own discount, and what went back. */
    private long asked(long price) {
        return seen.times(price).floor();
    }

    private long priceOf(LineSet set) {
        long sum = 0;
        for (int i = 0; i < lines; i++) {
            if (set.has(i)) {
                sum += prices[i];
            }
        }
        return sum;
    }

    private void drop(Rule rule, Why why) {
        dropped.add(new Dropped(rule.id(), why));
    }

    private RuleRun askAll() {
        book.rules().forEach(this::ask);
        if (before == null && fault == null) {
            for (RuleId rule : given.keySet()) {
                if (fault == null
                        && taken.stream().noneMatch(each -> each.rule().equals(rule))) {
                    fault = new Fault.UnknownDiscount(rule);
                }
            }
        }
        return this;
    }

    private void ask(Rule rule) {
        LineSet selected = selected(rule.lines());
        Why why = whyNot(rule, selected);
        if (why != null) {
            drop(rule, why);
        }
        // What the shop gave stands, whatever became of the rule's conditions, and keeps its lines.
        boolean stands = before == null && given.containsKey(rule.id());
        if (why != null && !stands) {
            return;
        }
        if (rule.group().isEmpty()) {
            effects(rule, selected, why == null);
            return;
        }
        Group group = group(rule.group().get());
        LineSet free = free(rule, selected, group);
        if (!free.isEmpty()) {
            if (effects(rule, free, why == null)) {
                group.claim(rule.id(), free);
            }
            return;
        }
        if (why == null) {
            drop(rule, new Why.ExcludedBy(group.firstOn(selected)));
        }
        if (stands) {
            discount(rule, selected);
        }
    }

    private LineSet free(Rule rule, LineSet selected, Group group) {
        LineSet free = group.free(selected);
        if (before != null && given.containsKey(rule.id())) {
            // Lines that bear its discount are its own for good.
            for (Claim claim : group.claims) {
                if (claim.rule().equals(rule.id())) {
                    free.add(claim.lines().and(selected));
                }
            }
        }
        return free;
    }

    private LineSet selected(LineCondition condition) {
        if (condition instanceof LineCondition.Every) {
            return valuedWithDelivery;
        }
        LineSet selected = new LineSet(lines + 1);
        for (int i = 0; i < lines; i++) {
            if (valued.has(i)) {
                OrderBasis.Line line = order.lines().get(i);
                if (condition.selects(line.category(), line.brand(), line.sku())) {
                    selected.add(i);
                }
            }
        }
        return selected;
    }

    private @Nullable Why whyNot(Rule rule, LineSet selected) {
        if (!rule.inForce(at)) {
            return rule.from().isPresent() && at.isBefore(rule.from().get()) ? new Why.NotYet() : new Why.NoLonger();
        }
        if (selected.isEmpty()) {
            return new Why.NoMatchingLines();
        }
        if (rule.when().isPresent()) {
            long matching = asked(priceOf(selected));
            Optional<Condition> unmet = circumstances.unmet(rule.when().get(), local, goods, matching);
            if (unmet.isPresent()) {
                return new Why.Unmet(unmet.get(), goods, matching);
            }
        }
        return null;
    }

    /**
     * Lets a rule have its effects.
     *
     * @param applies whether it applies: where it does not, only the discount that was given stands
     * @return whether there were any
     */
    private boolean effects(Rule rule, LineSet selected, boolean applies) {
        boolean had = false;
        boolean earns = false;
        if (applies) {
            boolean below = goods < book.minimumOrder();
            for (Effect effect : rule.then()) {
                switch (effect) {
                    case Effect.PercentOff percent -> {}
                    case Effect.AmountOff amount -> {}
                    case Effect.Grant grant -> {
                        benefits.add(new Granted(rule.id(), grant.benefit()));
                        had = true;
                    }
                    case Effect.Earn earn -> {
                        earns = true;
                        if (!below) {
                            purse(earn.wallet()).earn(rule.id(), earn, selected);
                        }
                    }
                    case Effect.Bonus bonus -> {
                        earns = true;
                        if (!below) {
                            purse(bonus.wallet()).add(rule.id(), bonus);
                        }
                    }
                    case Effect.Multiply multiply -> {
                        earns = true;
                        if (!below) {
                            purse(multiply.wallet()).multiply(rule.id(), multiply, selected);
                        }
                    }
                }
            }
            if (earns && below) {
                drop(rule, new Why.BelowMinimum(book.minimumOrder(), goods));
            }
            had |= earns && !below;
        }
        had |= discount(rule, selected);
        return had;
    }

    private Purse purse(WalletId id) {
        for (Purse purse : purses) {
            if (purse.wallet().id().equals(id)) {
                return purse;
            }
        }
        throw new IllegalArgumentException("the program has no such wallet");
    }

    /** Takes off what a rule takes off. Whether it takes anything off. */
    private boolean discount(Rule rule, LineSet selected) {
        int hundredths = 0;
        long minor = 0;
        for (Effect effect : rule.then()) {
            if (effect instanceof Effect.PercentOff percent) {
                hundredths += percent.hundredths();
            } else if (effect instanceof Effect.AmountOff amount) {
                minor += amount.minor();
            }
        }
        if (hundredths == 0 && minor == 0) {
            return false;
        }
        if (!quote && !given.containsKey(rule.id())) {
            drop(rule, new Why.NotGiven());
            return false;
        }
        if (before != null) {
            return false;
        }
        long price = priceOf(selected);
        if (price == 0) {
            return false;
        }
        long amount =
                quote ? offered(rule, selected, price, Exact.of(hundredths, WHOLE), minor) : given(rule, selected);
        if (amount == 0) {
            return false;
        }
        off += amount;
        taken.add(new Taken(rule.id(), amount, selected, remainder.take(selected, amount)));
        return true;
    }

    /** What a rule takes off in a quote. */
    private long offered(Rule rule, LineSet selected, long price, Exact part, long minor) {
        long said = part.times(own).times(price).floor() + minor;
        long room = Math.min(
                remainder.of(selected),
                own.times(total).times(book.maximumDiscount()).over(WHOLE).floor() - off);
        long amount = Math.min(remainder.of(selected, part) + minor, room);
        if (amount < said) {
            drop(rule, new Why.DiscountTrimmed(said, amount));
        }
        return amount;
    }

    /** What the shop gave by a rule; 0: it is more than the lines have left. */
    private long given(Rule rule, LineSet selected) {
        long amount = given.getOrDefault(rule.id(), 0L);
        if (amount <= remainder.of(selected)) {
            return amount;
        }
        fault = fault == null ? new Fault.DiscountAboveLines(rule.id()) : fault;
        return 0;
    }

    Evaluation evaluation() {
        return new Evaluation(before == null ? discounts() : before.discounts(), rewards(), dropped);
    }

    /** What each line brings into each wallet by the rates on it, rounded down; lines that bring nothing are not there. */
    SortedMap<WalletId, SortedMap<Integer, Long>> byLine() {
        Bases bases = bases(new EnumMap<>(Excluded.What.class));
        SortedMap<WalletId, SortedMap<Integer, Long>> wallets = new TreeMap<>();
        for (Purse purse : purses) {
            List<Long> each = purse.byLine(bases, book);
            SortedMap<Integer, Long> brought = new TreeMap<>();
            for (int line = 0; line < lines; line++) {
                if (each.get(line) > 0) {
                    brought.put(line, each.get(line));
                }
            }
            wallets.put(purse.wallet().id(), brought);
        }
        return wallets;
    }

    /** The order with what each line bears. */
    Borne borne() {
        if (fault != null) {
            return new Borne.Contradicts(fault);
        }
        long[] borne = new long[lines];
        for (Discount discount : discounts()) {
            for (int i = 0; i < lines; i++) {
                borne[i] += discount.lines().get(i);
            }
        }
        List<OrderBasis.Line> bearing = new ArrayList<>(lines);
        for (int i = 0; i < lines; i++) {
            bearing.add(order.lines().get(i).bearing(borne[i]));
        }
        return new Borne.Fits(order.with(bearing));
    }

    /**
     * The discounts in whole minor units of each line. A line bears its exact part, rounded, but not more than is left of
     * it beside what it bears of the shop's own discount, which is rounded too: what is too much for it the next ones
     * bear, and the rule's own before all others.
     */
    private List<Discount> discounts() {
        if (taken.isEmpty()) {
            return List.of();
        }
        long[] room = Arrays.copyOf(prices, lines);
        long[] ownShares = Proportion.spread(order.discount(), room);
        for (int i = 0; i < lines; i++) {
            room[i] -= ownShares[i];
        }
        List<Discount> discounts = new ArrayList<>(taken.size());
        for (Taken each : taken) {
            Long[] borne = new Long[lines];
            long over = 0;
            for (int i = 0; i < lines; i++) {
                long bears = Math.min(room[i], each.shares.get(i) + (each.lines.has(i) ? over : 0));
                over += each.shares.get(i) - bears;
                room[i] -= bears;
                borne[i] = bears;
            }
            for (int i = 0; over > 0 && i < 2 * lines; i++) {
                int line = i % lines;
                if (i >= lines || each.lines.has(line)) {
                    long more = Math.min(room[line], over);
                    over -= more;
                    room[line] -= more;
                    borne[line] += more;
                }
            }
            discounts.add(new Discount(each.rule, each.amount, List.of(borne)));
        }
        return discounts;
    }

    private Rewards rewards() {
        Map<Excluded.What, Long> excluded = new EnumMap<>(Excluded.What.class);
        Bases bases = bases(excluded);
        SortedMap<WalletId, Reward> rewards = new TreeMap<>();
        for (Purse purse : purses) {
            purse.reward(bases, book)
                    .ifPresent(reward -> rewards.put(purse.wallet().id(), reward));
        }
        if (goods < book.minimumOrder()) {
            exclude(excluded, Excluded.What.BELOW_MINIMUM, goods);
        }
        List<Excluded> left = new ArrayList<>(excluded.size());
        excluded.forEach((what, amount) -> left.add(new Excluded(what, amount)));
        return new Rewards(rewards, benefits, goods, left);
    }

    private static void exclude(Map<Excluded.What, Long> excluded, Excluded.What what, long amount) {
        if (amount > 0) {
            excluded.put(what, amount);
        }
    }

    /** What of each line counts: what discounts leave of it, with its tax, without what points paid. */
    private Bases bases(Map<Excluded.What, Long> excluded) {
        EarningRules.Include include = book.include();
        Exact ofGoods = left.times(withTax());
        Exact ofMoney = byMoney();
        Exact each = ofGoods.numerator().times(ofMoney.numerator());
        Exact denominator = remainder.denominator().times(ofGoods.denominator()).times(ofMoney.denominator());
        Exact[] bases = new Exact[lines + 1];
        Exact vouchers = Exact.ZERO;
        Exact discounted = Exact.ZERO;
        for (int i = 0; i < lines; i++) {
            OrderBasis.Line line = order.lines().get(i);
            Exact base = remainder.share(i).times(prices[i]).times(each);
            if (line.giftVoucher() && !include.giftVouchers()) {
                vouchers = vouchers.plus(base);
                base = Exact.ZERO;
            } else if (line.discounted() && !include.discountedLines()) {
                discounted = discounted.plus(base);
                base = Exact.ZERO;
            }
            bases[i] = base;
        }
        exclude(
                excluded,
                Excluded.What.GIFT_VOUCHERS,
                vouchers.over(denominator).floor());
        exclude(
                excluded,
                Excluded.What.DISCOUNTED_LINES,
                discounted.over(denominator).floor());
        if (include.delivery()) {
            bases[lines] = remainder
                    .denominator()
                    .times(ofGoods.denominator())
                    .times(ofMoney.numerator())
                    .times(prices[lines]);
        } else {
            bases[lines] = Exact.ZERO;
            exclude(
                    excluded,
                    Excluded.What.DELIVERY,
                    ofMoney.times(prices[lines]).floor());
        }
        excludeTaxAndPoints(excluded);
        return new Bases(bases, denominator);
    }

    private void excludeTaxAndPoints(Map<Excluded.What, Long> excluded) {
        boolean tax = !book.include().tax() && order.tax() > 0;
        boolean points = !book.include().paidWithPoints() && order.paidWithPoints() > 0;
        if (!tax && !points) {
            return;
        }
        if (returned.isNothing()) {
            exclude(excluded, Excluded.What.TAX, tax ? order.tax() : 0);
            exclude(excluded, Excluded.What.PAID_WITH_POINTS, points ? order.paidWithPoints() : 0);
            return;
        }
        Kept kept = Kept.of(order, returned);
        if (tax) {
            long sum = 0;
            for (long each : kept.tax()) {
                sum += each;
            }
            exclude(excluded, Excluded.What.TAX, sum);
        }
        if (points) {
            exclude(
                    excluded,
                    Excluded.What.PAID_WITH_POINTS,
                    Proportion.ceiling(order.paidWithPoints(), kept.value(), order.total()));
        }
    }

    /** What the goods come to with their tax, where that counts. */
    private Exact withTax() {
        long net = total - order.discount() - (quote ? off : order.off());
        return book.include().tax() && net > 0 ? Exact.of(net + order.tax(), net) : Exact.ONE;
    }

    /** Of the price, what money paid, where what points paid does not count. */
    private Exact byMoney() {
        long price = order.total() - (quote ? off : 0);
        return book.include().paidWithPoints() || price <= 0
                ? Exact.ONE
                : Exact.of(Math.max(0, price - order.paidWithPoints()), price);
    }
}
