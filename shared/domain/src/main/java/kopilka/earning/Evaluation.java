package kopilka.earning;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.earning.Dropped.Why;
import kopilka.earning.Earning.Excluded;
import kopilka.earning.Rewards.Granted;
import kopilka.earning.Rewards.OnValue;
import kopilka.earning.Rewards.Once;
import kopilka.earning.Rewards.Part;
import kopilka.earning.Rewards.Reward;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.GivenDiscount;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.Multipliers;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a program make of an order, or of a basket that is not an order yet. Pure: the same order, what is kept
 * of it, circumstances and rules give the same, forever.
 *
 * <p>Rules are asked one by one, the highest priority first. A rule is about those of the lines kept that its line condition
 * selects, and applies where its condition holds. Of the rules of one group, each line goes to the first that takes it.
 *
 * <p>Values are exact fractions until a wallet's units are rounded down: a line's part of a discount, or of what points
 * paid, is a fraction of the line. So neither the sequence of lines nor splitting them changes what is earned.
 *
 * @param discounts what comes off the price, in the sequence of the rules
 * @param rewards what is earned, and what else it is entitled to
 * @param dropped the rules that brought nothing, or less than they say
 */
public record Evaluation(List<Discount> discounts, Rewards rewards, List<Dropped> dropped) {
    /** Copies what it is given. */
    public Evaluation {
        discounts = List.copyOf(discounts);
        dropped = List.copyOf(dropped);
    }

    /**
     * A discount by a rule.
     *
     * @param rule which rule
     * @param amount in minor units, rounded down
     * @param lines what each line bears of it, by position; they add up to the amount
     */
    public record Discount(RuleId rule, long amount, List<Long> lines) {
        /** Copies what it is given. */
        public Discount {
            lines = List.copyOf(lines);
        }
    }

    /** Why the discounts that a shop gave can't be those of the program. */
    public sealed interface Fault {
        /** The program has no such rule, or it takes nothing off the lines of this order. */
        record UnknownDiscount(RuleId rule) implements Fault {}

        /** More is taken off than the rule's lines are worth. */
        record DiscountAboveLines(RuleId rule) implements Fault {}
    }

    /**
     * Of a basket: what would come off the price, and what the order that follows would earn.
     *
     * @param basket as it would be ordered, before any discount of the program
     * @param circumstances under which
     * @param at when
     * @param program whose rules; it is one that is earned by rules
     */
    public static Evaluation quote(OrderBasis basket, Circumstances circumstances, Instant at, Program program) {
        return new Run(basket, Returned.NOTHING, circumstances, at, program, true, null).evaluation();
    }

    /**
     * Of an order: what is kept of it earns so much, with the discounts that were given.
     *
     * @param order what was ordered, {@link #bearing bearing} the discounts
     * @param returned what came back
     * @param circumstances those of the payment
     * @param at when it was paid
     * @param program whose rules; it is one that is earned by rules
     */
    public static Evaluation of(
            OrderBasis order, Returned returned, Circumstances circumstances, Instant at, Program program) {
        if (returned.isNothing() || order.given().isEmpty()) {
            return new Run(order, returned, circumstances, at, program, false, null).evaluation();
        }
        // A discount was given on the order as it was: each line bears of it what it bore then.
        Run before = new Run(order, Returned.NOTHING, circumstances, at, program, false, null);
        before.apply();
        return new Run(order, returned, circumstances, at, program, false, before).evaluation();
    }

    /**
     * Finds the lines that bear the discounts that a shop gave.
     *
     * @return what is wrong with them; or the order, each line with what it bears
     */
    public static Borne bearing(OrderBasis order, Circumstances circumstances, Instant at, Program program) {
        if (order.given().isEmpty()) {
            return new Borne.Fits(order);
        }
        Run run = new Run(order, Returned.NOTHING, circumstances, at, program, false, null);
        run.apply();
        return run.borne();
    }

    /** Whether the discounts that a shop gave are those of the program. */
    public sealed interface Borne {
        /** They are, and each line bears its part. */
        record Fits(OrderBasis order) implements Borne {}

        /** They are not. */
        record Contradicts(Fault fault) implements Borne {}
    }

    /** What a line's earnings are multiplied with. */
    private record Factor(long tenThousandths, List<RuleId> by) {
        static final Factor ONCE = new Factor(OnValue.ONCE, List.of());
    }

    /** A rule's claim on lines within its group. */
    private record Claim(RuleId rule, LineSet lines) {}

    /** What a rule earns on lines. */
    private record EarnOn(RuleId rule, Effect.Earn earn, LineSet lines) {}

    /** A discount, and the lines that it is taken off. */
    private record Taken(GivenDiscount discount, LineSet lines) {}

    /** One evaluation. Position {@code lines} stands for the delivery, which rules without a line condition are about too. */
    private static final class Run {
        private final OrderBasis order;
        private final Circumstances circumstances;
        private final Instant at;
        private final LocalDateTime local;
        private final Program program;
        private final RuleBook book;
        private final boolean quote;
        private final @Nullable Run before;

        private final int lines;
        /** What is kept of each line at the price before any discount of the order, and the delivery. */
        private final long[] values;

        private final LineSet present;
        private final long total;
        /** Of the price, what the shop's own discount on the order leaves. */
        private final Share undiscounted;
        /** Of what is kept, what is left after money went back without naming lines. */
        private final Share left;

        private final long goods;
        private final Map<RuleId, Long> given;
        private final Partition<Share> shares;
        private final List<Taken> taken = new ArrayList<>();
        private final Map<WalletId, Partition<Factor>> factors = new HashMap<>();
        private final Map<RuleGroup, List<Claim>> claims = new HashMap<>();
        private final List<EarnOn> earning = new ArrayList<>();
        private final Map<WalletId, List<Once>> bonuses = new HashMap<>();
        private final List<Granted> benefits = new ArrayList<>();
        private final List<Dropped> dropped = new ArrayList<>();
        private long off;
        private @Nullable Fault fault;

        Run(
                OrderBasis order,
                Returned returned,
                Circumstances circumstances,
                Instant at,
                Program program,
                boolean quote,
                @Nullable Run before) {
            this.order = order;
            this.circumstances = circumstances;
            this.at = at;
            this.local = LocalDateTime.ofInstant(at, program.zone());
            this.program = program;
            this.book = rules(program);
            this.quote = quote;
            this.before = before;
            this.lines = order.lines().size();
            this.values = new long[lines + 1];
            this.present = new LineSet(lines + 1);
            long sum = 0;
            long keptSum = 0;
            for (int i = 0; i < lines; i++) {
                OrderBasis.Line line = order.lines().get(i);
                long back = returned.of(i);
                sum = Math.addExact(sum, line.total());
                values[i] = back == 0
                        ? line.total()
                        : Proportion.floor(line.total(), line.quantity() - back, line.quantity());
                keptSum = Math.addExact(keptSum, values[i]);
                if (back < line.quantity()) {
                    present.add(i);
                }
            }
            this.total = sum;
            this.undiscounted = sum == 0 ? Share.WHOLE : Share.of(sum - order.discount(), sum);
            long keptDelivery = order.delivery() - returned.delivery();
            if (returned.amount() == 0) {
                this.left = Share.WHOLE;
            } else {
                Kept named = Kept.of(order, new Returned(returned.quantities(), returned.delivery(), 0));
                long kept = Math.subtractExact(named.value(), named.delivery());
                long gone = Math.min(kept, returned.amount());
                this.left = kept == 0 ? Share.WHOLE : Share.of(kept - gone, kept);
                keptDelivery = Math.max(0, keptDelivery - (returned.amount() - gone));
            }
            values[lines] = keptDelivery;
            this.goods = asked(keptSum);
            this.shares = new Partition<>(lines + 1, undiscounted);
            this.given = new LinkedHashMap<>();
            for (GivenDiscount discount : order.given()) {
                given.put(discount.rule(), discount.amount());
            }
        }

        private static RuleBook rules(Program program) {
            return switch (program.scheme()) {
                case RuleBook rules -> rules;
                case EarningRules rates ->
                    throw new IllegalArgumentException("a program that is earned by rates has no rules");
            };
        }

        /** What an amount at full price comes to for conditions: after the shop's discount, and what went back. */
        private long asked(long amount) {
            return undiscounted.times(left).floorOf(amount);
        }

        Evaluation evaluation() {
            apply();
            List<Discount> discounts = new ArrayList<>(taken.size());
            if (!taken.isEmpty()) {
                long[] room = room();
                for (Taken each : taken) {
                    discounts.add(
                            new Discount(each.discount().rule(), each.discount().amount(), boxed(spread(each, room))));
                }
            }
            return new Evaluation(discounts, rewards(), dropped);
        }

        /** Asks all rules. */
        void apply() {
            for (Rule rule : book.rules()) {
                apply(rule);
            }
            for (RuleId unused : given.keySet()) {
                if (fault == null
                        && before == null
                        && taken.stream()
                                .noneMatch(each -> each.discount().rule().equals(unused))) {
                    fault = new Fault.UnknownDiscount(unused);
                }
            }
        }

        private void apply(Rule rule) {
            LineSet selected = selected(rule);
            Why why = whyNot(rule, selected);
            // What the shop gave is given: the rule keeps its lines, whatever else has become of its conditions.
            boolean isGiven = !given.isEmpty() && given.containsKey(rule.id());
            if (why != null) {
                dropped.add(new Dropped(rule.id(), why));
                if (!isGiven) {
                    return;
                }
            }
            if (rule.group().isEmpty()) {
                effects(rule, selected, why == null);
                return;
            }
            List<Claim> others = claims.computeIfAbsent(rule.group().get(), group -> new ArrayList<>());
            LineSet free = selected;
            if (!others.isEmpty()) {
                free = copy(selected);
                for (Claim claim : others) {
                    free.remove(claim.lines());
                }
                if (free.isEmpty() && !selected.isEmpty()) {
                    dropped.add(new Dropped(rule.id(), new Why.ExcludedBy(firstClaimOn(selected, others))));
                    if (!isGiven) {
                        return;
                    }
                    effects(rule, selected, false);
                    return;
                }
            }
            if (effects(rule, free, why == null)) {
                others.add(new Claim(rule.id(), isGiven && before != null ? before.linesOf(rule.id()) : free));
            }
        }

        private RuleId firstClaimOn(LineSet selected, List<Claim> others) {
            for (Claim claim : others) {
                for (int i = 0; i <= lines; i++) {
                    if (selected.has(i) && claim.lines().has(i)) {
                        return claim.rule();
                    }
                }
            }
            throw new IllegalStateException("lines that nobody took are free");
        }

        private LineSet copy(LineSet set) {
            LineSet copy = new LineSet(lines + 1);
            copy.add(set);
            return copy;
        }

        private LineSet selected(Rule rule) {
            LineSet selected = new LineSet(lines + 1);
            boolean every = rule.lines() instanceof kopilka.program.LineCondition.Every;
            for (int i = 0; i < lines; i++) {
                if (present.has(i)) {
                    OrderBasis.Line line = order.lines().get(i);
                    if (every || rule.lines().selects(line.category(), line.brand(), line.sku())) {
                        selected.add(i);
                    }
                }
            }
            if (every && !selected.isEmpty() && book.include().delivery()) {
                selected.add(lines);
            }
            return selected;
        }

        private LineSet linesOf(RuleId rule) {
            return taken.stream()
                    .filter(each -> each.discount().rule().equals(rule))
                    .findFirst()
                    .map(Taken::lines)
                    .orElseGet(() -> new LineSet(lines + 1));
        }

        private @Nullable Why whyNot(Rule rule, LineSet selected) {
            if (!rule.inForce(at)) {
                return rule.from().isPresent() && at.isBefore(rule.from().get())
                        ? new Why.NotYet()
                        : new Why.NoLonger();
            }
            if (selected.isEmpty()) {
                return new Why.NoMatchingLines();
            }
            if (rule.when().isPresent()) {
                Condition condition = rule.when().get();
                long matching = asked(valueOf(selected));
                if (!circumstances.meet(condition, local, goods, matching)) {
                    return new Why.Unmet(circumstances.unmet(condition, local, goods, matching), goods, matching);
                }
            }
            return null;
        }

        /** The goods of some lines at full price. */
        private long valueOf(LineSet set) {
            long sum = 0;
            for (int i = 0; i < lines; i++) {
                if (set.has(i)) {
                    sum += values[i];
                }
            }
            return sum;
        }

        /**
         * Lets a rule have its effects.
         *
         * @param applies whether it applies: where it does not, only the discount that was given stands
         * @return whether there were any
         */
        private boolean effects(Rule rule, LineSet selected, boolean applies) {
            boolean discounts = false;
            boolean others = false;
            long said = 0;
            for (Effect effect : rule.then()) {
                switch (effect) {
                    case Effect.PercentOff percent -> {
                        discounts = true;
                        said += undiscounted
                                .times(Share.of(percent.hundredths(), 10_000))
                                .floorOf(valueOf(selected));
                    }
                    case Effect.AmountOff amount -> {
                        discounts = true;
                        said += amount.minor();
                    }
                    case Effect.Earn earn -> others = true;
                    case Effect.Bonus bonus -> others = true;
                    case Effect.Multiply multiply -> others = true;
                    case Effect.Grant grant -> others = true;
                }
            }
            boolean had = others && applies;
            if (discounts) {
                had |= discount(rule, selected, said);
            }
            if (others && applies) {
                rule.then().forEach(effect -> effect(rule, effect, selected));
            }
            return had;
        }

        private void effect(Rule rule, Effect effect, LineSet selected) {
            switch (effect) {
                case Effect.PercentOff percent -> {}
                case Effect.AmountOff amount -> {}
                case Effect.Earn earn -> earning.add(new EarnOn(rule.id(), earn, selected));
                case Effect.Bonus bonus ->
                    bonuses.computeIfAbsent(bonus.wallet(), wallet -> new ArrayList<>())
                            .add(new Once(rule.id(), bonus.points()));
                case Effect.Multiply multiply ->
                    factors.computeIfAbsent(multiply.wallet(), wallet -> new Partition<>(lines + 1, Factor.ONCE))
                            .refine(selected, factor -> multiplied(factor, rule.id(), multiply.hundredths()));
                case Effect.Grant grant -> benefits.add(new Granted(rule.id(), grant.benefit()));
            }
        }

        private Factor multiplied(Factor factor, RuleId by, long hundredths) {
            long product = switch (book.multipliers().combine()) {
                case ADD -> Math.max(0, factor.tenThousandths() + (hundredths - 100) * 100);
                case MULTIPLY -> factor.tenThousandths() * hundredths / 100;
            };
            List<RuleId> all = new ArrayList<>(factor.by());
            all.add(by);
            return new Factor(Math.min(product, uncapped(book.multipliers())), List.copyOf(all));
        }

        /** Far above any cap: what is above it is cut in any case. */
        private static long uncapped(Multipliers multipliers) {
            return multipliers.maximum() * 100L * Effect.Multiply.MAX_HUNDREDTHS;
        }

        /** Takes a discount off. Whether there was anything to take. */
        private boolean discount(Rule rule, LineSet selected, long said) {
            if (before != null) {
                return given.containsKey(rule.id());
            }
            if (!quote && !given.containsKey(rule.id())) {
                dropped.add(new Dropped(rule.id(), new Why.NotGiven()));
                return false;
            }
            LineSet priced = new LineSet(lines + 1);
            long whole = 0;
            for (int i = 0; i < lines; i++) {
                if (selected.has(i) && values[i] > 0) {
                    priced.add(i);
                    whole += values[i];
                }
            }
            long room = whole == 0 ? 0 : smallest(priced).floorOf(whole);
            long amount;
            if (quote) {
                long allowed = undiscounted
                        .times(Share.of(book.maximumDiscount(), 10_000))
                        .floorOf(total);
                amount = Math.min(said, Math.min(room, Math.max(0, allowed - off)));
                if (amount < said) {
                    dropped.add(new Dropped(rule.id(), new Why.DiscountTrimmed(said, amount)));
                }
            } else {
                amount = given.getOrDefault(rule.id(), 0L);
                if (amount > room) {
                    fault = fault == null ? new Fault.DiscountAboveLines(rule.id()) : fault;
                    return false;
                }
            }
            if (amount == 0) {
                return false;
            }
            off += amount;
            Share borne = Share.of(amount, whole);
            shares.refine(priced, share -> share.minus(borne));
            taken.add(new Taken(new GivenDiscount(rule.id(), amount), priced));
            return true;
        }

        private Share smallest(LineSet set) {
            Share smallest = Share.WHOLE;
            for (int i = 0; i < lines; i++) {
                if (set.has(i) && shares.of(i).isLessThan(smallest)) {
                    smallest = shares.of(i);
                }
            }
            return smallest;
        }

        /** What discounts of the program can be taken off each line: its price less what it bears of the shop's own. */
        private long[] room() {
            long[] room = new long[lines];
            for (int i = 0; i < lines; i++) {
                room[i] = order.lines().get(i).total();
            }
            long[] own = Proportion.spread(order.discount(), room);
            for (int i = 0; i < lines; i++) {
                room[i] -= own[i];
            }
            return room;
        }

        /** What each line bears of a discount, in whole minor units: taken out of the room that is left. */
        private long[] spread(Taken each, long[] room) {
            long[] weights = new long[lines];
            for (int i = 0; i < lines; i++) {
                weights[i] = each.lines().has(i) ? room[i] : 0;
            }
            long[] borne = Proportion.spread(each.discount().amount(), weights);
            for (int i = 0; i < lines; i++) {
                room[i] -= borne[i];
            }
            return borne;
        }

        private static List<Long> boxed(long[] values) {
            return Arrays.stream(values).boxed().toList();
        }

        Borne borne() {
            if (fault != null) {
                return new Borne.Contradicts(fault);
            }
            long[] room = room();
            long[] borne = new long[lines];
            for (Taken each : taken) {
                long[] more = spread(each, room);
                for (int i = 0; i < lines; i++) {
                    if (room[i] < 0) {
                        return new Borne.Contradicts(
                                new Fault.DiscountAboveLines(each.discount().rule()));
                    }
                    borne[i] += more[i];
                }
            }
            List<OrderBasis.Line> bearing = new ArrayList<>(lines);
            for (int i = 0; i < lines; i++) {
                bearing.add(order.lines().get(i).bearing(borne[i]));
            }
            return new Borne.Fits(order.with(bearing));
        }

        private Rewards rewards() {
            Partition<Share> kept = before == null ? shares : before.shares;
            Share common = common();
            Map<Excluded.What, Long> excluded = new LinkedHashMap<>();
            boolean[] counts = counting(kept, excluded);
            SortedMap<WalletId, Reward> rewards = new TreeMap<>();
            if (goods < book.minimumOrder()) {
                exclude(excluded, Excluded.What.BELOW_MINIMUM, goods);
            } else {
                for (WalletRules wallet : program.wallets()) {
                    reward(wallet, kept, common, counts).ifPresent(reward -> rewards.put(wallet.id(), reward));
                }
            }
            return new Rewards(
                    rewards,
                    benefits,
                    goods,
                    excluded.entrySet().stream()
                            .map(each -> new Excluded(each.getKey(), each.getValue()))
                            .toList());
        }

        /** Of what a line is worth after its discounts, what counts: with its tax, without what points paid. */
        private Share common() {
            Share common = left;
            long net = total - order.discount() - order.off() - (quote ? off : 0);
            if (book.include().tax() && order.tax() > 0 && net > 0) {
                common = common.times(Share.of(net + order.tax(), net));
            }
            if (order.paidWithPoints() > 0 && !book.include().paidWithPoints()) {
                common = common.times(byMoney());
            }
            return common;
        }

        /** Of the price, what money paid. */
        private Share byMoney() {
            long price = order.total() - (quote ? off : 0);
            long money = Math.max(0, price - order.paidWithPoints());
            return price <= 0 ? Share.WHOLE : Share.of(money, price);
        }

        /** Which lines count. */
        private boolean[] counting(Partition<Share> kept, Map<Excluded.What, Long> excluded) {
            boolean[] counts = new boolean[lines + 1];
            EarningRules.Include include = book.include();
            for (int i = 0; i < lines; i++) {
                OrderBasis.Line line = order.lines().get(i);
                boolean voucher = line.giftVoucher() && !include.giftVouchers();
                boolean discounted = line.discounted() && !include.discountedLines();
                counts[i] = !voucher && !discounted;
                if (!counts[i]) {
                    exclude(
                            excluded,
                            voucher ? Excluded.What.GIFT_VOUCHERS : Excluded.What.DISCOUNTED_LINES,
                            kept.of(i).times(left).floorOf(values[i]));
                }
            }
            counts[lines] = include.delivery();
            if (!include.delivery()) {
                exclude(excluded, Excluded.What.DELIVERY, values[lines]);
            }
            if (!include.tax()) {
                exclude(excluded, Excluded.What.TAX, order.tax());
            }
            if (!include.paidWithPoints()) {
                exclude(excluded, Excluded.What.PAID_WITH_POINTS, order.paidWithPoints());
            }
            return counts;
        }

        private static void exclude(Map<Excluded.What, Long> excluded, Excluded.What what, long amount) {
            if (amount > 0) {
                excluded.merge(what, amount, Math::addExact);
            }
        }

        private Optional<Reward> reward(WalletRules wallet, Partition<Share> kept, Share common, boolean[] counts) {
            Partition<Factor> factor = factors.get(wallet.id());
            List<Part> parts = new ArrayList<>();
            ExactSum sum = new ExactSum();
            ExactSum[] byLine = book.rounding() == EarningRules.Rounding.DOWN_ON_LINE ? sums() : new ExactSum[0];
            for (EarnOn earn : earning) {
                if (earn.earn().wallet().equals(wallet.id())) {
                    earn(earn, kept, factor, common, counts, parts, sum, byLine);
                }
            }
            long bonus = 0;
            for (Once once : bonuses.getOrDefault(wallet.id(), List.of())) {
                bonus = Math.addExact(bonus, once.units());
                parts.add(once);
            }
            long units = sum.floor();
            if (byLine.length > 0) {
                units = 0;
                for (ExactSum line : byLine) {
                    units = Math.addExact(units, line.floor());
                }
            }
            long uncapped = Math.min(Points.MAX, Math.addExact(units, bonus));
            OptionalLong cap = wallet.maximumPerOrder();
            long capped = cap.isPresent() ? Math.min(cap.getAsLong(), uncapped) : uncapped;
            return parts.isEmpty() ? Optional.empty() : Optional.of(new Reward(capped, uncapped, parts));
        }

        private ExactSum[] sums() {
            ExactSum[] sums = new ExactSum[lines + 1];
            for (int i = 0; i <= lines; i++) {
                sums[i] = new ExactSum();
            }
            return sums;
        }

        /** Adds what a rule earns: the lines of one share and one factor together. */
        private void earn(
                EarnOn earn,
                Partition<Share> kept,
                @Nullable Partition<Factor> factor,
                Share common,
                boolean[] counts,
                List<Part> parts,
                ExactSum sum,
                ExactSum[] byLine) {
            int factorClasses = factor == null ? 1 : factor.size();
            long[] cells = new long[(kept.size() + 1) * factorClasses];
            for (int i = 0; i <= lines; i++) {
                if (counts[i] && earn.lines().has(i) && values[i] > 0) {
                    // The delivery bears no discount: it has a class of its own.
                    int share = i == lines ? kept.size() : kept.classOf(i);
                    int times = factor == null ? 0 : factor.classOf(i);
                    cells[share * factorClasses + times] += values[i];
                    if (byLine.length > 0) {
                        add(
                                byLine[i],
                                values[i],
                                earn.earn().rate(),
                                factor == null ? Factor.ONCE : capped(factor.of(i)),
                                i == lines ? deliveryShare() : kept.of(i).times(common));
                    }
                }
            }
            for (int cell = 0; cell < cells.length; cell++) {
                if (cells[cell] > 0) {
                    int share = cell / factorClasses;
                    Factor times = factor == null ? Factor.ONCE : capped(factor.value(cell % factorClasses));
                    Share of = share == kept.size()
                            ? deliveryShare()
                            : kept.value(share).times(common);
                    add(sum, cells[cell], earn.earn().rate(), times, of);
                    parts.add(new OnValue(
                            earn.rule(),
                            of.floorOf(cells[cell]),
                            earn.earn().rate(),
                            times.tenThousandths(),
                            times.by()));
                }
            }
        }

        private Share deliveryShare() {
            return order.paidWithPoints() > 0 && !book.include().paidWithPoints() ? byMoney() : Share.WHOLE;
        }

        private Factor capped(Factor factor) {
            long most = book.multipliers().maximum() * 100L;
            return factor.tenThousandths() <= most ? factor : new Factor(most, factor.by());
        }

        private static void add(ExactSum sum, long value, Rate rate, Factor factor, Share share) {
            if (factor.tenThousandths() == OnValue.ONCE && share.isWhole()) {
                sum.add(value, rate.points(), rate.perMinor());
                return;
            }
            Share all = new Share(
                            BigInteger.valueOf(rate.points()).multiply(BigInteger.valueOf(factor.tenThousandths())),
                            BigInteger.valueOf(rate.perMinor()).multiply(BigInteger.valueOf(OnValue.ONCE)))
                    .times(share);
            sum.add(all.numerator().multiply(BigInteger.valueOf(value)), all.denominator());
        }
    }
}
