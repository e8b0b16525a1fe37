package kopilka.lambda.telling;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.Condition;
import kopilka.program.Coupon;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.Inactivity;
import kopilka.program.Language;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PaymentMethod;
import kopilka.program.PendingRule;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Qualification;
import kopilka.program.Range;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.ReferralRules;
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
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;

/** Programs that have about everything, for telling them. */
final class ToldPrograms {
    static final WalletId POINTS = WalletId.POINTS;
    static final WalletId CASHBACK = new WalletId("cashback");
    static final WalletId STARS = new WalletId("stars");
    static final TierId SILVER = new TierId("silver");
    static final TierId GOLD = new TierId("gold");

    static final LineCondition EVERY = new LineCondition.Every();

    private ToldPrograms() {}

    /** One wallet of points, tiers by the calendar, rules that exclude one another. */
    static Program teaClub() {
        return new Program(
                "Tea club",
                Currency.getInstance("EUR"),
                ZoneId.of("Europe/Kyiv"),
                new RuleBook(
                        List.of(
                                ofGroup("rate", 0, rule("base", EVERY, Optional.empty(), earn(POINTS, 1, 100))),
                                titled(
                                        "Gold rate",
                                        "Золотой курс",
                                        "Золотий курс",
                                        "Алтын мөлшерлеме",
                                        ofGroup(
                                                "rate",
                                                10,
                                                rule(
                                                        "gold-rate",
                                                        EVERY,
                                                        Optional.of(new Condition.InTier(Set.of(GOLD, SILVER))),
                                                        earn(POINTS, 21, 1000)))),
                                rule(
                                        "evening",
                                        new LineCondition.All(List.of(
                                                category("tea", "coffee"),
                                                new LineCondition.Not(new LineCondition.AnyOf(List.of(
                                                        new LineCondition.OfBrand(Set.of(new Brand("Lux"))),
                                                        new LineCondition.OfSku(
                                                                Set.of(new Sku("S-1"), new Sku("S-2")))))))),
                                        Optional.of(new Condition.All(List.of(
                                                new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(20, 0)),
                                                new Condition.OnDays(Set.of(
                                                        DayOfWeek.MONDAY, DayOfWeek.FRIDAY, DayOfWeek.WEDNESDAY)),
                                                new Condition.AnyOf(List.of(
                                                        new Condition.AtShop(
                                                                Set.of(new ShopId("north"), new ShopId("south"))),
                                                        new Condition.Not(new Condition.ByChannel(
                                                                Set.of(new Channel("web"))))))))),
                                        new Effect.Multiply(POINTS, 250),
                                        new Effect.Bonus(POINTS, 5),
                                        new Effect.Grant(new Benefit(Benefit.Kind.GIFT, Optional.of("Mug")))),
                                titled(
                                        "December",
                                        "Декабрь",
                                        "Грудень",
                                        "Желтоқсан",
                                        inForce(
                                                "2026-12-01T22:00:00Z",
                                                "2026-12-31T22:00:00Z",
                                                rule(
                                                        "december",
                                                        category("tea"),
                                                        Optional.of(new Condition.Amount(new Range(50_00, 100_00))),
                                                        new Effect.PercentOff(1250),
                                                        new Effect.AmountOff(1_00)))),
                                inForce(
                                        "2026-12-01T15:30:00Z",
                                        "2026-12-02T04:00:00Z",
                                        rule(
                                                "night",
                                                EVERY,
                                                Optional.of(new Condition.Not(
                                                        new Condition.Amount(new Range(50_00, 1_000_00)))),
                                                new Effect.Grant(
                                                        new Benefit(Benefit.Kind.FREE_DELIVERY, Optional.empty())))),
                                rule(
                                        "third",
                                        category("tea"),
                                        Optional.of(new Condition.All(List.of(
                                                new Condition.EveryNthOrder(3, Period.MONTH),
                                                new Condition.Matching(new Range(20_00, Range.OPEN))))),
                                        new Effect.Bonus(POINTS, 21))),
                        10_00,
                        EarningRules.Include.USUAL,
                        EarningRules.Rounding.DOWN_ON_ORDER,
                        Multipliers.USUAL,
                        3_000),
                List.of(new WalletRules(
                        POINTS,
                        WalletRules.Unit.POINTS,
                        texts("points", "баллы", "бали", "ұпай"),
                        new PendingRule(PendingRule.From.DELIVERED, 14),
                        new Expiry(
                                new ExpiryRule.Earliest(List.of(
                                        new ExpiryRule.AfterMonths(12, true),
                                        new ExpiryRule.OnDates(Set.of(MonthDay.of(12, 31), MonthDay.of(6, 30)), 30))),
                                Map.of(GOLD, new ExpiryRule.AfterMonths(24, false), SILVER, new ExpiryRule.Never()),
                                Optional.of(
                                        new Inactivity(6, 0, Set.of(Inactivity.Sign.ORDER, Inactivity.Sign.ACTIVITY)))),
                        Optional.of(new RedemptionRules(
                                new Worth(100, 1_00),
                                200,
                                50,
                                5_000,
                                Duration.ofMinutes(30),
                                Optional.of(new Condition.Not(new Condition.OnDays(Set.of(DayOfWeek.SUNDAY)))))),
                        OptionalLong.of(1_000))),
                new RefundRules(new RefundRules.Shortfall.WriteOff(100), 10),
                Optional.of(new ReferralRules(100, 50, 20_00)),
                Optional.of(new TierRules(
                        new TierPeriod.Calendar(TierPeriod.Calendar.Unit.YEAR),
                        true,
                        30,
                        List.of(
                                new TierLevel(
                                        new TierId("bronze"),
                                        Texts.NONE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of()),
                                new TierLevel(
                                        SILVER,
                                        texts("Silver", "Серебро", "Срібло", "Күміс"),
                                        Optional.of(new Qualification.AnyOf(List.of(
                                                new Qualification.Spend(1_000_00),
                                                new Qualification.All(List.of(
                                                        new Qualification.Orders(3),
                                                        new Qualification.PointsEarned(500)))))),
                                        Optional.of(new Qualification.Orders(2)),
                                        List.of(new Benefit(Benefit.Kind.EARLY_ACCESS, Optional.empty()))),
                                new TierLevel(
                                        GOLD,
                                        texts("Gold", "Золото", "Золото", "Алтын"),
                                        Optional.of(new Qualification.Spend(12_500_50)),
                                        Optional.empty(),
                                        List.of(
                                                new Benefit(Benefit.Kind.SUPPORT, Optional.empty()),
                                                new Benefit(Benefit.Kind.FREE_DELIVERY, Optional.empty()),
                                                new Benefit(Benefit.Kind.LABEL, Optional.of("Lounge"))))))),
                activities(
                        new ActivityRules(
                                ActivityRules.JOIN,
                                Texts.NONE,
                                List.of(new Effect.Bonus(POINTS, 100)),
                                List.of(),
                                false,
                                Optional.empty()),
                        new ActivityRules(
                                new ActivityKind("review"),
                                texts("A review", "Отзыв", "Відгук", "Пікір"),
                                List.of(new Effect.Bonus(POINTS, 22)),
                                List.of(
                                        new ActivityRules.Limit(1, Period.DAY),
                                        new ActivityRules.Limit(5, Period.MONTH)),
                                true,
                                Optional.of(new Condition.InTier(Set.of(SILVER))))),
                Set.of(new Segment("vip")),
                OptionalLong.empty());
    }

    /** Three wallets, of money, points and stars, and tiers that roll. */
    static Program market() {
        return new Program(
                "Market",
                Currency.getInstance("KZT"),
                ZoneId.of("Asia/Almaty"),
                new RuleBook(
                        List.of(
                                rule("cashback", EVERY, Optional.empty(), percent(CASHBACK, "5", 1, 20)),
                                rule("points", EVERY, Optional.empty(), percent(POINTS, "2.5", 1, 40)),
                                rule(
                                        "welcome",
                                        EVERY,
                                        Optional.of(new Condition.NthOrder(1, Period.EVER)),
                                        new Effect.Bonus(STARS, 20),
                                        new Effect.Bonus(CASHBACK, 500_00)),
                                rule(
                                        "yearly",
                                        new LineCondition.OfSku(Set.of(new Sku("S-1"))),
                                        Optional.of(new Condition.NthOrder(22, Period.YEAR)),
                                        new Effect.Multiply(STARS, 0),
                                        new Effect.Multiply(CASHBACK, 200)),
                                rule(
                                        "birthday",
                                        EVERY,
                                        Optional.of(new Condition.AnyOf(List.of(
                                                new Condition.NearBirthday(new BirthdayWindow(3, 5)),
                                                new Condition.All(List.of(
                                                        new Condition.JoinedWithin(21),
                                                        new Condition.PaidBy(Set.of(new PaymentMethod("card_x"))))),
                                                new Condition.WithCoupon(Set.of(new Coupon("SPRING")))))),
                                        earn(STARS, 3, 1_000_00)),
                                rule(
                                        "regulars",
                                        EVERY,
                                        Optional.of(new Condition.All(List.of(
                                                new Condition.Spent(new Range(0, 100_000_00)),
                                                new Condition.InRegion(Set.of(new Region("KZ-10"))),
                                                new Condition.InSegment(Set.of(new Segment("vip"))),
                                                new Condition.JoinedBefore(LocalDate.of(2026, 1, 1)),
                                                new Condition.InDates(
                                                        LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 8)),
                                                new Condition.InHours(LocalTime.of(22, 0), LocalTime.of(6, 30))))),
                                        new Effect.Grant(new Benefit(Benefit.Kind.LABEL, Optional.empty())))),
                        0,
                        new EarningRules.Include(true, true, false, true, true),
                        EarningRules.Rounding.DOWN_ON_LINE,
                        new Multipliers(Multipliers.Combine.MULTIPLY, 450),
                        10_000),
                List.of(
                        new WalletRules(
                                CASHBACK,
                                WalletRules.Unit.MONEY,
                                Texts.NONE,
                                new PendingRule(PendingRule.From.PAID, 0),
                                Expiry.by(new ExpiryRule.Never()),
                                Optional.of(new RedemptionRules(
                                        new Worth(1_00, 1_00),
                                        100_00,
                                        1,
                                        10_000,
                                        Duration.ofHours(2),
                                        Optional.empty())),
                                OptionalLong.of(10_000_00)),
                        new WalletRules(
                                POINTS,
                                WalletRules.Unit.POINTS,
                                Texts.NONE,
                                new PendingRule(PendingRule.From.PAID, 1),
                                Expiry.by(new ExpiryRule.AfterDays(365, false)),
                                Optional.of(new RedemptionRules(new Worth(1, 1_00), 1, 10_000, Duration.ofHours(1))),
                                OptionalLong.empty()),
                        new WalletRules(
                                STARS,
                                WalletRules.Unit.POINTS,
                                texts("stars", "звёзды", "зірки", "жұлдыз"),
                                new PendingRule(PendingRule.From.DELIVERED, 0),
                                new Expiry(
                                        new ExpiryRule.OnDates(Set.of(MonthDay.of(12, 31)), 0),
                                        Map.of(),
                                        Optional.of(new Inactivity(0, 90, Set.of(Inactivity.Sign.values())))),
                                Optional.empty(),
                                OptionalLong.empty())),
                new RefundRules(new RefundRules.Shortfall.Deduct(), 0),
                Optional.of(new ReferralRules(0, 100_00, 1)),
                Optional.of(new TierRules(
                        new TierPeriod.RollingMonths(12),
                        false,
                        0,
                        List.of(
                                new TierLevel(SILVER, Texts.NONE, Optional.empty(), Optional.empty(), List.of()),
                                new TierLevel(
                                        GOLD,
                                        Texts.NONE,
                                        Optional.of(new Qualification.PointsEarned(1_000_00)),
                                        Optional.empty(),
                                        List.of())))),
                activities(new ActivityRules(
                        new ActivityKind("visit"),
                        Texts.NONE,
                        List.of(new Effect.Bonus(STARS, 1), new Effect.Bonus(CASHBACK, 10_00)),
                        List.of(new ActivityRules.Limit(21, Period.EVER)),
                        false,
                        Optional.empty())),
                Set.of(),
                OptionalLong.of(3_000));
    }

    /** By rates, as documents of the first format say it, in a currency without decimals. */
    static Program firstFormat() {
        return new Program(
                "Corner shop",
                Currency.getInstance("JPY"),
                ZoneId.of("Asia/Tokyo"),
                new EarningRules(
                        new Rate(1, 100),
                        Map.of(new Category("tea"), new Rate(1, 50), new Category("a/b"), Rate.NOTHING),
                        1_000,
                        OptionalLong.of(5_000),
                        EarningRules.Include.USUAL,
                        EarningRules.Rounding.DOWN_ON_ORDER),
                new PendingRule(PendingRule.From.PAID, 21),
                new ExpiryRule.AfterDays(90, true),
                new RedemptionRules(new Worth(1, 1), 1, 3_333, Duration.ofMinutes(45)),
                new RefundRules(new RefundRules.Shortfall.Debt(), 1),
                Optional.of(new ReferralRules(0, 0, 1)));
    }

    /** A rule without a title, always in force, in no group. */
    static Rule rule(String id, LineCondition lines, Optional<Condition> when, Effect... then) {
        return new Rule(
                new RuleId(id),
                Texts.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lines,
                when,
                List.of(then));
    }

    private static Rule titled(String en, String ru, String uk, String kk, Rule rule) {
        return new Rule(
                rule.id(),
                texts(en, ru, uk, kk),
                rule.priority(),
                rule.group(),
                rule.from(),
                rule.to(),
                rule.lines(),
                rule.when(),
                rule.then());
    }

    private static Rule ofGroup(String group, int priority, Rule rule) {
        return new Rule(
                rule.id(),
                rule.title(),
                priority,
                Optional.of(new RuleGroup(group)),
                rule.from(),
                rule.to(),
                rule.lines(),
                rule.when(),
                rule.then());
    }

    private static Rule inForce(String from, String to, Rule rule) {
        return new Rule(
                rule.id(),
                rule.title(),
                rule.priority(),
                rule.group(),
                Optional.of(Instant.parse(from)),
                Optional.of(Instant.parse(to)),
                rule.lines(),
                rule.when(),
                rule.then());
    }

    static Effect.Earn earn(WalletId wallet, long points, long per) {
        return new Effect.Earn(wallet, new Rate(points, per), Optional.empty());
    }

    static Effect.Earn percent(WalletId wallet, String percent, long points, long per) {
        return new Effect.Earn(wallet, new Rate(points, per), Optional.of(new BigDecimal(percent)));
    }

    static LineCondition category(String... names) {
        return new LineCondition.OfCategory(
                Set.copyOf(Arrays.stream(names).map(Category::new).toList()));
    }

    static Texts texts(String en, String ru, String uk, String kk) {
        return new Texts(Map.of(Language.EN, en, Language.RU, ru, Language.UK, uk, Language.KK, kk));
    }

    private static Map<ActivityKind, ActivityRules> activities(ActivityRules... rules) {
        Map<ActivityKind, ActivityRules> activities = new LinkedHashMap<>();
        for (ActivityRules each : rules) {
            activities.put(each.kind(), each);
        }
        return activities;
    }
}
