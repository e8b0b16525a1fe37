package kopilka.benchmark;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import kopilka.earning.Evaluation;
import kopilka.earning.Evaluation.Borne;
import kopilka.earning.Offer;
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
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PaymentMethod;
import kopilka.program.PendingRule;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Range;
import kopilka.program.Rate;
import kopilka.program.RefundRules;
import kopilka.program.Region;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.ShopId;
import kopilka.program.Sku;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import org.jspecify.annotations.Nullable;

/**
 * An order to be decided upon, of a shop with the usual mix of rules: rates by category that exclude one another,
 * multipliers by level, day and hour, bonuses for first orders and large ones, discounts with coupons, benefits.
 */
record Decision(
        Program program,
        Circumstances circumstances,
        Instant at,
        OrderBasis basket,
        OrderBasis order,
        Returned returned) {
    private static final WalletId CASHBACK = new WalletId("cashback");
    private static final int CATEGORIES = 40;

    /** So many different orders that none is known by heart. */
    static List<Decision> some(int lines, int rules) {
        Program program = program(rules);
        Random random = new Random(20261101);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            decisions.add(decision(program, lines, random));
        }
        return decisions;
    }

    private static Decision decision(Program program, int lines, Random random) {
        Circumstances circumstances = circumstances(random);
        Instant at = Instant.parse("2026-06-01T06:00:00Z").plusSeconds(random.nextInt(30 * 86_400));
        OrderBasis basket = basket(lines, random);
        List<GivenDiscount> given = Offer.of(basket, circumstances, at, program).evaluation().discounts().stream()
                .map(each -> new GivenDiscount(each.rule(), each.amount()))
                .toList();
        long off = given.stream().mapToLong(GivenDiscount::amount).sum();
        OrderBasis told = new OrderBasis(
                basket.currency(),
                basket.lines(),
                basket.delivery(),
                basket.tax(),
                basket.discount(),
                basket.total() - off,
                basket.paidWithPoints(),
                List.of(),
                given);
        OrderBasis order = switch (Evaluation.bearing(told, circumstances, at, program)) {
            case Borne.Fits fits -> fits.order();
            case Borne.Contradicts not -> throw new IllegalStateException(not.toString());
        };
        TreeMap<Integer, Long> back = new TreeMap<>();
        back.put(random.nextInt(lines), 1_000L);
        return new Decision(program, circumstances, at, basket, order, new Returned(back, 0, 0));
    }

    private static OrderBasis basket(int lines, Random random) {
        List<OrderBasis.Line> all = new ArrayList<>();
        long goods = 0;
        for (int i = 0; i < lines; i++) {
            long total = 1_00L + random.nextInt(100_00);
            goods += total;
            all.add(new OrderBasis.Line(
                    new LineId(String.valueOf(i + 1)),
                    1_000L * (1 + random.nextInt(3)),
                    total,
                    Optional.of(new Category("category-" + random.nextInt(CATEGORIES))),
                    random.nextInt(5) == 0,
                    false,
                    Optional.of(new Brand("brand-" + random.nextInt(20))),
                    Optional.of(new Sku("sku-" + random.nextInt(1_000))),
                    0));
        }
        long discount = random.nextInt(3) == 0 ? goods / 10 : 0;
        long delivery = random.nextBoolean() ? 4_99 : 0;
        long total = goods + delivery - discount;
        long points = random.nextInt(4) == 0 ? total / 5 : 0;
        return new OrderBasis(Currency.getInstance("EUR"), all, delivery, 0, discount, total, points, List.of());
    }

    private static Circumstances circumstances(Random random) {
        return new Circumstances(
                Optional.of(new ShopId("main")),
                Optional.of(new Channel(random.nextBoolean() ? "app" : "web")),
                Optional.of(new Region("north")),
                Set.of(new PaymentMethod(random.nextBoolean() ? "card" : "cash")),
                random.nextInt(4) == 0 ? Set.of(new Coupon("SPRING")) : Set.of(),
                Optional.of(new TierId(random.nextBoolean() ? "gold" : "silver")),
                Map.of(Period.EVER, (long) random.nextInt(10), Period.MONTH, (long) random.nextInt(4)),
                random.nextInt(1_000_00),
                random.nextInt(3) == 0 ? Set.of(new Segment("vip")) : Set.of(),
                Optional.of(LocalDate.of(2026, 1 + random.nextInt(5), 1 + random.nextInt(28))),
                random.nextInt(20) == 0 ? Set.of(new BirthdayWindow(3, 3)) : Set.of());
    }

    private static Program program(int count) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rules.add(rule(i));
        }
        return new Program(
                "Benchmark",
                Currency.getInstance("EUR"),
                ZoneId.of("Europe/Kyiv"),
                new RuleBook(rules, 5_00, Include.USUAL, Rounding.DOWN_ON_ORDER, Multipliers.USUAL, 50_00),
                List.of(wallet(WalletId.POINTS, WalletRules.Unit.POINTS), wallet(CASHBACK, WalletRules.Unit.MONEY)),
                new RefundRules(new RefundRules.Shortfall.Debt(), 0),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of(new Segment("vip")),
                OptionalLong.empty());
    }

    private static WalletRules wallet(WalletId id, WalletRules.Unit unit) {
        return new WalletRules(
                id,
                unit,
                Texts.NONE,
                new PendingRule(PendingRule.From.PAID, 14),
                Expiry.by(new ExpiryRule.Never()),
                Optional.empty(),
                OptionalLong.of(100_000));
    }

    /** One of twenty sorts of rules; the next twenty are of the same sorts and about other goods. */
    private static Rule rule(int i) {
        LineCondition every = new LineCondition.Every();
        Condition large = new Condition.Amount(new Range(100_00, Range.OPEN));
        Condition app = new Condition.ByChannel(Set.of(new Channel("app")));
        return switch (i % 20) {
            case 0 -> rule(i, -1, "rate", every, null, earn(WalletId.POINTS, 1, 100));
            case 1, 2, 3 -> rule(i, 0, "rate", categories(i), null, earn(WalletId.POINTS, i % 20 + 1, 100));
            case 4 -> rule(i, 1, "rate", skus(i), null, earn(WalletId.POINTS, 10, 100));
            case 5 -> rule(i, 0, null, brands(i), null, earn(CASHBACK, 5, 100));
            case 6 -> rule(i, 0, null, every, tier("gold"), new Effect.Multiply(WalletId.POINTS, 200));
            case 7 -> rule(i, 0, null, every, tier("silver"), new Effect.Multiply(WalletId.POINTS, 150));
            case 8 -> rule(i, 0, null, categories(i), weekend(), new Effect.Multiply(WalletId.POINTS, 125));
            case 9 -> rule(i, 0, null, every, evening(), new Effect.Multiply(CASHBACK, 200));
            case 10 -> rule(i, 0, null, every, new Condition.NthOrder(1, Period.EVER), bonus(100));
            case 11 -> rule(i, 0, null, every, new Condition.EveryNthOrder(3, Period.MONTH), bonus(30));
            case 12 -> rule(i, 0, null, every, large, bonus(50));
            case 13 -> rule(i, 0, null, categories(i), new Condition.Matching(new Range(50_00, Range.OPEN)), bonus(20));
            case 14 -> rule(i, 0, null, every, new Condition.NearBirthday(new BirthdayWindow(3, 3)), bonus(200));
            case 15 ->
                rule(
                        i,
                        0,
                        "price",
                        categories(i),
                        new Condition.WithCoupon(Set.of(new Coupon("SPRING"))),
                        new Effect.PercentOff(10_00));
            case 16 ->
                rule(
                        i,
                        0,
                        "price",
                        brands(i),
                        new Condition.InDates(LocalDate.of(2026, 6, 10), LocalDate.of(2026, 6, 20)),
                        new Effect.AmountOff(2_00));
            case 17 ->
                rule(
                        i,
                        0,
                        null,
                        every,
                        new Condition.All(List.of(
                                large,
                                new Condition.AnyOf(
                                        List.of(app, new Condition.InSegment(Set.of(new Segment("vip"))))))),
                        new Effect.Grant(new Benefit(Benefit.Kind.FREE_DELIVERY, Optional.empty())));
            case 18 ->
                rule(
                        i,
                        0,
                        null,
                        new LineCondition.Not(categories(i)),
                        new Condition.All(List.of(
                                new Condition.PaidBy(Set.of(new PaymentMethod("card"))),
                                new Condition.JoinedWithin(60))),
                        earn(CASHBACK, 1, 100));
            default ->
                rule(
                        i,
                        0,
                        null,
                        every,
                        new Condition.All(List.of(
                                new Condition.Spent(new Range(500_00, Range.OPEN)),
                                new Condition.AtShop(Set.of(new ShopId("main"))),
                                new Condition.InRegion(Set.of(new Region("north"))))),
                        bonus(10));
        };
    }

    private static Rule rule(
            int i, int priority, @Nullable String group, LineCondition lines, @Nullable Condition when, Effect then) {
        return new Rule(
                new RuleId("rule-" + i),
                Texts.NONE,
                priority,
                Optional.ofNullable(group).map(name -> new RuleGroup(name + "-" + i / 20)),
                i % 7 == 0 ? Optional.of(Instant.parse("2026-01-01T00:00:00Z")) : Optional.empty(),
                i % 11 == 0 ? Optional.of(Instant.parse("2026-12-31T00:00:00Z")) : Optional.empty(),
                lines,
                Optional.ofNullable(when),
                List.of(then));
    }

    private static LineCondition categories(int i) {
        return new LineCondition.OfCategory(
                Set.of(new Category("category-" + i % CATEGORIES), new Category("category-" + (i + 9) % CATEGORIES)));
    }

    private static LineCondition brands(int i) {
        return new LineCondition.OfBrand(Set.of(new Brand("brand-" + i % 20), new Brand("brand-" + (i + 1) % 20)));
    }

    private static LineCondition skus(int i) {
        return new LineCondition.OfSku(
                Set.of(new Sku("sku-" + i), new Sku("sku-" + (i + 1)), new Sku("sku-" + (i + 2))));
    }

    private static Effect earn(WalletId wallet, long units, long perMinor) {
        return new Effect.Earn(wallet, new Rate(units, perMinor), Optional.empty());
    }

    private static Effect bonus(long points) {
        return new Effect.Bonus(WalletId.POINTS, points);
    }

    private static Condition tier(String tier) {
        return new Condition.InTier(Set.of(new TierId(tier)));
    }

    private static Condition weekend() {
        return new Condition.OnDays(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
    }

    private static Condition evening() {
        return new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(22, 0));
    }
}
