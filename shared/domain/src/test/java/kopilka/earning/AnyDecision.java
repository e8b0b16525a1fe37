package kopilka.earning;

import static kopilka.ledger.ShopFixture.EUR;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import kopilka.earning.Club.Terms;
import kopilka.order.GivenDiscount;
import kopilka.order.LineId;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.Coupon;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PaymentMethod;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Range;
import kopilka.program.Rate;
import kopilka.program.Region;
import kopilka.program.Rule;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.ShopId;
import kopilka.program.Sku;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * A program of rules, a member and a basket as they come out of a seed. The world is small, so that its things meet: few
 * categories and labels, and amounts near the bounds that conditions ask for.
 */
final class AnyDecision {
    private static final List<WalletId> WALLETS =
            List.of(new WalletId("points"), new WalletId("cashback"), new WalletId("stars"));
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final List<BirthdayWindow> WINDOWS = List.of(new BirthdayWindow(0, 0), new BirthdayWindow(3, 3));

    private final Random random;

    /** Amounts of one case are of one size: some small, where units of rounding show, some as large as can be. */
    private final long size;

    private final int wallets;

    AnyDecision(long seed) {
        this.random = new Random(seed);
        long[] sizes = {4, 60, 2_000, 100_00, 100_00, 10_000_00, 100_000_000_000L};
        this.size = sizes[random.nextInt(sizes.length)];
        this.wallets = 1 + random.nextInt(WALLETS.size());
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private long upTo(long most) {
        return random.nextLong(most + 1);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> Set<T> some(Function<String, T> type) {
        Set<T> some = new HashSet<>();
        some.add(type.apply(oneOf(LABELS)));
        if (oneIn(2)) {
            some.add(type.apply(oneOf(LABELS)));
        }
        return some;
    }

    private <T> Set<T> noneOrSome(Function<String, T> type) {
        return oneIn(3) ? Set.of() : some(type);
    }

    private <T> Optional<T> maybe(Function<String, T> type) {
        return oneIn(4) ? Optional.empty() : Optional.of(type.apply(oneOf(LABELS)));
    }

    private <T> List<T> parts(Supplier<T> part) {
        List<T> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            parts.add(part.get());
        }
        return parts;
    }

    Program program() {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(10); i >= 0; i--) {
            rules.add(rule("r" + rules.size()));
        }
        List<WalletRules> all = new ArrayList<>();
        for (int i = 0; i < wallets; i++) {
            OptionalLong cap = oneIn(4) ? OptionalLong.of(1 + upTo(size)) : OptionalLong.empty();
            all.add(Club.wallet(WALLETS.get(i), i == 1 ? WalletRules.Unit.MONEY : WalletRules.Unit.POINTS, cap));
        }
        return new Club(rules, all, terms(), oneOf(List.of(ZoneId.of("Europe/Kyiv"), ZoneId.of("Asia/Almaty"))))
                .program();
    }

    private Terms terms() {
        return new Terms(
                oneIn(4) ? upTo(size) : 0,
                oneIn(2) ? Include.USUAL : new Include(oneIn(2), oneIn(2), oneIn(2), oneIn(2), oneIn(2)),
                oneIn(3) ? Rounding.DOWN_ON_LINE : Rounding.DOWN_ON_ORDER,
                new Multipliers(oneOf(List.of(Multipliers.Combine.values())), 100 + random.nextInt(900)),
                oneIn(3) ? random.nextInt(10_001) : 10_000);
    }

    private Rule rule(String id) {
        List<Effect> then = new ArrayList<>();
        for (int i = oneIn(3) ? random.nextInt(3) : 0; i >= 0; i--) {
            then.add(effect());
        }
        return new Rule(
                new RuleId(id),
                Texts.NONE,
                random.nextInt(3) - 1,
                oneIn(2) ? Optional.of(new RuleGroup(oneOf(List.of("g", "h")))) : Optional.empty(),
                oneIn(12) ? Optional.of(instant()) : Optional.empty(),
                oneIn(12) ? Optional.of(instant()) : Optional.empty(),
                oneIn(3) ? new LineCondition.Every() : lineCondition(2),
                oneIn(2) ? Optional.of(condition(2)) : Optional.empty(),
                then);
    }

    private WalletId wallet() {
        return WALLETS.get(random.nextInt(wallets));
    }

    private Effect effect() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 ->
                new Effect.Earn(
                        wallet(),
                        new Rate(upTo(oneIn(5) ? 1_000 : 5), 1 + upTo(oneIn(3) ? size : 100)),
                        Optional.empty());
            case 3 -> new Effect.Bonus(wallet(), 1 + upTo(100));
            case 4 -> new Effect.Multiply(wallet(), oneIn(4) ? random.nextInt(101) : 100 + random.nextInt(300));
            case 5, 6 -> new Effect.PercentOff(1 + random.nextInt(oneIn(3) ? 10_000 : 3_000));
            case 7 -> new Effect.AmountOff(1 + upTo(size));
            default -> new Effect.Grant(new Benefit(oneOf(List.of(Benefit.Kind.values())), Optional.of(oneOf(LABELS))));
        };
    }

    private LineCondition lineCondition(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0, 1 -> new LineCondition.OfCategory(some(Category::new));
            case 2 -> new LineCondition.OfBrand(some(Brand::new));
            case 3 -> new LineCondition.OfSku(some(Sku::new));
            case 4 -> new LineCondition.All(parts(() -> lineCondition(depth - 1)));
            case 5 -> new LineCondition.AnyOf(parts(() -> lineCondition(depth - 1)));
            default -> new LineCondition.Not(lineCondition(depth - 1));
        };
    }

    private Range range() {
        long from = upTo(2 * size);
        return oneIn(2) ? new Range(from, Range.OPEN) : new Range(upTo(from), from + 1 + upTo(size));
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 17 : 23)) {
            case 0 -> new Condition.Amount(range());
            case 1 -> new Condition.Matching(range());
            case 2 -> new Condition.AtShop(some(ShopId::new));
            case 3 -> new Condition.ByChannel(some(Channel::new));
            case 4 -> new Condition.InRegion(some(Region::new));
            case 5 -> {
                Set<DayOfWeek> days = new HashSet<>();
                for (int i = random.nextInt(7); i >= 0; i--) {
                    days.add(DayOfWeek.of(1 + random.nextInt(7)));
                }
                yield new Condition.OnDays(days);
            }
            case 6 -> new Condition.InHours(LocalTime.of(random.nextInt(24), 30), LocalTime.of(random.nextInt(24), 0));
            case 7 -> {
                LocalDate from = day();
                yield new Condition.InDates(from, from.plusDays(random.nextInt(100)));
            }
            case 8 -> new Condition.NthOrder(1 + upTo(3), oneOf(List.of(Period.values())));
            case 9 -> new Condition.EveryNthOrder(1 + upTo(3), oneOf(List.of(Period.values())));
            case 10 -> new Condition.Spent(range());
            case 11 -> new Condition.InTier(some(TierId::new));
            case 12 -> new Condition.InSegment(some(Segment::new));
            case 13 -> new Condition.NearBirthday(oneOf(WINDOWS));
            case 14 -> oneIn(2) ? new Condition.JoinedWithin(random.nextInt(200)) : new Condition.JoinedBefore(day());
            case 15 -> new Condition.PaidBy(some(PaymentMethod::new));
            case 16 -> new Condition.WithCoupon(some(Coupon::new));
            case 17, 18 -> new Condition.All(parts(() -> condition(depth - 1)));
            case 19, 20 -> new Condition.AnyOf(parts(() -> condition(depth - 1)));
            default -> new Condition.Not(condition(depth - 1));
        };
    }

    private LocalDate day() {
        return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365));
    }

    Instant instant() {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 24) * 3_600L);
    }

    Circumstances circumstances() {
        Map<Period, Long> orders = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            if (oneIn(2)) {
                orders.put(period, upTo(4));
            }
        }
        return new Circumstances(
                maybe(ShopId::new),
                maybe(Channel::new),
                maybe(Region::new),
                noneOrSome(PaymentMethod::new),
                noneOrSome(Coupon::new),
                maybe(TierId::new),
                orders,
                upTo(3 * size),
                noneOrSome(Segment::new),
                oneIn(3) ? Optional.empty() : Optional.of(day()),
                oneIn(2) ? Set.of() : Set.of(oneOf(WINDOWS)));
    }

    /** A basket that an order could be, with discounts up to all that it costs. */
    OrderBasis basket() {
        int count = 1 + random.nextInt(oneIn(40) ? 70 : 5);
        List<OrderBasis.Line> lines = new ArrayList<>();
        long goods = 0;
        for (int i = 0; i < count; i++) {
            long total = oneIn(10) ? 0 : upTo(size);
            goods += total;
            lines.add(new OrderBasis.Line(
                    new LineId(String.valueOf(i + 1)),
                    oneIn(4) ? 1 + upTo(5_000) : 1_000L * (1 + random.nextInt(4)),
                    total,
                    maybe(Category::new),
                    oneIn(6),
                    oneIn(8),
                    maybe(Brand::new),
                    maybe(Sku::new),
                    0));
        }
        long delivery = oneIn(3) ? upTo(size) : 0;
        long tax = oneIn(3) ? upTo(size) : 0;
        long discount = oneIn(2) ? 0 : oneIn(10) ? goods : upTo(goods / 2);
        long total = goods + delivery + tax - discount;
        return new OrderBasis(EUR, lines, delivery, tax, discount, total, oneIn(3) ? upTo(total) : 0, List.of());
    }

    /** With as much of it paid with points as there still is to pay. */
    static OrderBasis payable(OrderBasis order) {
        return new OrderBasis(
                order.currency(),
                order.lines(),
                order.delivery(),
                order.tax(),
                order.discount(),
                order.total(),
                Math.min(order.paidWithPoints(), order.total()),
                order.redemptions(),
                order.given());
    }

    /** Something of an order that comes back: now and then all. */
    Returned returned(OrderBasis order) {
        TreeMap<Integer, Long> quantities = new TreeMap<>();
        boolean all = oneIn(20);
        for (int i = 0; i < order.lines().size(); i++) {
            if (all || oneIn(2)) {
                long quantity = order.lines().get(i).quantity();
                quantities.put(i, all || oneIn(3) ? quantity : 1 + upTo(quantity - 1));
            }
        }
        if (oneIn(3)) {
            quantities.clear();
        }
        long delivery = oneIn(3) ? upTo(order.delivery()) : 0;
        long kept = Kept.of(order, new Returned(quantities, delivery, 0)).value();
        return new Returned(quantities, delivery, oneIn(3) ? (oneIn(5) ? kept : upTo(kept)) : 0);
    }

    /** Rules and amounts that a shop might claim to have given, quoted or not. */
    List<GivenDiscount> claimed() {
        List<GivenDiscount> claimed = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            claimed.add(new GivenDiscount(new RuleId("r" + random.nextInt(10)), 1 + upTo(size / 2)));
        }
        return claimed;
    }

    Random random() {
        return random;
    }
}
