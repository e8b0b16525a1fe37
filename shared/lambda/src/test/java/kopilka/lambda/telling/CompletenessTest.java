package kopilka.lambda.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import kopilka.earning.Dropped;
import kopilka.earning.Dropped.Why;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Brand;
import kopilka.program.Channel;
import kopilka.program.Condition;
import kopilka.program.Coupon;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.Language;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PaymentMethod;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Qualification;
import kopilka.program.Range;
import kopilka.program.RefundRules;
import kopilka.program.Region;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.ShopId;
import kopilka.program.Sku;
import kopilka.program.Texts;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;
import kopilka.program.WalletRules;
import org.junit.jupiter.api.Test;

/** Whatever a program can say is told, in each language in its own words. A kind that is new fails here until it is. */
class CompletenessTest {
    private static final Range RANGE = new Range(50_00, 100_00);
    private static final Condition ON_MONDAYS = new Condition.OnDays(Set.of(DayOfWeek.MONDAY));

    @Test
    void every_condition_is_told() {
        List<Condition> conditions = List.of(
                new Condition.Amount(RANGE),
                new Condition.Matching(RANGE),
                new Condition.AtShop(Set.of(new ShopId("x"))),
                new Condition.ByChannel(Set.of(new Channel("x"))),
                new Condition.InRegion(Set.of(new Region("x"))),
                ON_MONDAYS,
                new Condition.InHours(LocalTime.of(22, 0), LocalTime.of(6, 0)),
                new Condition.InDates(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31)),
                new Condition.NthOrder(2, Period.YEAR),
                new Condition.EveryNthOrder(2, Period.WEEK),
                new Condition.Spent(RANGE),
                new Condition.InTier(Set.of(ToldPrograms.GOLD)),
                new Condition.InSegment(Set.of(new Segment("x"))),
                new Condition.NearBirthday(new BirthdayWindow(1, 2)),
                new Condition.JoinedWithin(30),
                new Condition.JoinedBefore(LocalDate.of(2026, 1, 1)),
                new Condition.PaidBy(Set.of(new PaymentMethod("x"))),
                new Condition.WithCoupon(Set.of(new Coupon("x"))),
                new Condition.All(List.of(ON_MONDAYS, new Condition.JoinedWithin(0))),
                new Condition.AnyOf(List.of(ON_MONDAYS, new Condition.JoinedWithin(0))),
                new Condition.Not(ON_MONDAYS));

        allTold(Condition.class, conditions, CompletenessTest::told);
        allTold(
                Condition.class,
                conditions,
                (condition, language) -> Reasons.of(
                        new Dropped(new RuleId("x"), new Why.Unmet(condition, 1, 1)),
                        ToldPrograms.teaClub(),
                        language));
    }

    @Test
    void whatever_is_negated_is_told_otherwise() {
        for (Language language : Language.values()) {
            for (Condition condition : List.of(
                    new Condition.Amount(RANGE),
                    new Condition.Amount(new Range(0, 1)),
                    new Condition.Spent(new Range(1, Range.OPEN)),
                    ON_MONDAYS,
                    new Condition.InTier(Set.of(ToldPrograms.GOLD)))) {
                assertThat(told(new Condition.Not(condition), language)).isNotEqualTo(told(condition, language));
                assertThat(told(new Condition.Not(new Condition.Not(condition)), language))
                        .isEqualTo(told(condition, language));
            }
        }
    }

    @Test
    void a_negation_is_moved_down_to_single_circumstances() {
        Condition shop = new Condition.AtShop(Set.of(new ShopId("x")));

        assertThat(told(new Condition.Not(new Condition.All(List.of(ON_MONDAYS, shop))), Language.EN))
                .isEqualTo("only (not on Mondays, or not in the shop “x”)");
        assertThat(told(new Condition.Not(new Condition.AnyOf(List.of(ON_MONDAYS, shop))), Language.EN))
                .isEqualTo("not on Mondays, and not in the shop “x”");
        assertThat(told(new Condition.Not(new Condition.Amount(RANGE)), Language.EN))
                .isEqualTo("only with goods for less than 50.00 EUR, or with goods for at least 100.00 EUR");
    }

    @Test
    void hours_that_end_at_midnight_or_never() {
        assertThat(told(new Condition.InHours(LocalTime.of(18, 0), LocalTime.MIDNIGHT), Language.EN))
                .isEqualTo("only from 18:00 to 24:00");
        assertThat(told(new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(18, 0)), Language.EN))
                .isEqualTo("only at any hour");
    }

    @Test
    void birthdays_before_after_and_on_the_day() {
        for (Language language : Language.values()) {
            assertThat(List.of(
                            told(new Condition.NearBirthday(new BirthdayWindow(0, 0)), language),
                            told(new Condition.NearBirthday(new BirthdayWindow(3, 0)), language),
                            told(new Condition.NearBirthday(new BirthdayWindow(0, 3)), language),
                            told(new Condition.NearBirthday(new BirthdayWindow(3, 3)), language)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void every_period_is_told() {
        for (Language language : Language.values()) {
            assertThat(Arrays.stream(Period.values()).map(per -> told(new Condition.NthOrder(1, per), language)))
                    .doesNotHaveDuplicates();
            assertThat(Arrays.stream(Period.values())
                            .map(per -> Phrases.in(language).atMostTimes(2, per)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void every_line_condition_is_told() {
        LineCondition tea = ToldPrograms.category("tea");
        List<LineCondition> lines = List.of(
                ToldPrograms.EVERY,
                tea,
                new LineCondition.OfBrand(Set.of(new Brand("x"))),
                new LineCondition.OfSku(Set.of(new Sku("x"))),
                new LineCondition.All(List.of(tea, new LineCondition.OfSku(Set.of(new Sku("y"))))),
                new LineCondition.AnyOf(List.of(tea, new LineCondition.OfSku(Set.of(new Sku("y"))))),
                new LineCondition.Not(tea));

        allTold(
                LineCondition.class,
                lines,
                (each, language) -> conditions(language).forGoods(each));
        for (LineCondition each : lines) {
            for (Language language : Language.values()) {
                assertThat(conditions(language).forGoods(new LineCondition.Not(each)))
                        .isNotEqualTo(conditions(language).forGoods(each));
            }
        }
    }

    @Test
    void every_effect_is_told() {
        allTold(
                Effect.class,
                List.of(
                        ToldPrograms.earn(ToldPrograms.POINTS, 1, 100),
                        new Effect.Bonus(ToldPrograms.POINTS, 5),
                        new Effect.Multiply(ToldPrograms.POINTS, 200),
                        new Effect.PercentOff(100),
                        new Effect.AmountOff(100),
                        new Effect.Grant(new Benefit(Benefit.Kind.GIFT, Optional.empty()))),
                (effect, language) -> RuleSentences.of(
                                with(ToldPrograms.rule("x", ToldPrograms.EVERY, Optional.empty(), effect)), language)
                        .getFirst()
                        .sentence());
    }

    @Test
    void every_benefit_is_told() {
        for (Language language : Language.values()) {
            assertThat(Arrays.stream(Benefit.Kind.values())
                            .map(kind -> EarningSentences.benefit(
                                    new Benefit(kind, Optional.empty()), Phrases.in(language))))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void every_qualification_is_told() {
        Qualification orders = new Qualification.Orders(3);
        allTold(
                Qualification.class,
                List.of(
                        new Qualification.Spend(1_00),
                        orders,
                        new Qualification.PointsEarned(7),
                        new Qualification.All(List.of(orders, new Qualification.Spend(1_00))),
                        new Qualification.AnyOf(List.of(orders, new Qualification.Spend(1_00)))),
                (qualification, language) -> sentence(
                        with(new TierRules(
                                new TierPeriod.RollingDays(90),
                                false,
                                0,
                                List.of(new TierLevel(
                                        ToldPrograms.GOLD,
                                        Texts.NONE,
                                        Optional.of(qualification),
                                        Optional.empty(),
                                        List.of())))),
                        "tiers/gold",
                        language));
    }

    @Test
    void every_period_of_tiers_is_told() {
        allTold(
                TierPeriod.class,
                List.of(
                        new TierPeriod.Calendar(TierPeriod.Calendar.Unit.MONTH),
                        new TierPeriod.RollingMonths(1),
                        new TierPeriod.RollingDays(90),
                        new TierPeriod.Anniversary(1)),
                (period, language) ->
                        sentence(with(new TierRules(period, true, 5, List.of(tier()))), "tiers", language));
        for (Language language : Language.values()) {
            assertThat(Arrays.stream(TierPeriod.Calendar.Unit.values())
                            .map(unit -> Phrases.in(language).within(new TierPeriod.Calendar(unit))))
                    .doesNotHaveDuplicates();
        }
        assertThat(Phrases.in(Language.RU).within(new TierPeriod.RollingMonths(1)))
                .isEqualTo("за последний 1 месяц");
        assertThat(Phrases.in(Language.UK).within(new TierPeriod.Anniversary(3)))
                .isEqualTo("за кожні 3 місяці від дня вступу");
    }

    @Test
    void levels_that_go_down_in_each_way_are_told_apart() {
        for (Language language : Language.values()) {
            Phrases phrases = Phrases.in(language);
            assertThat(List.of(
                            phrases.levels("x", true, true, 0),
                            phrases.levels("x", true, true, 2),
                            phrases.levels("x", true, false, 0),
                            phrases.levels("x", true, false, 2),
                            phrases.levels("x", false, true, 0),
                            phrases.levels("x", false, true, 2),
                            phrases.levels("x", false, false, 0),
                            phrases.levels("x", false, false, 2)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void every_reason_is_told() {
        allTold(
                Why.class,
                List.of(
                        new Why.NotYet(),
                        new Why.NoLonger(),
                        new Why.NoMatchingLines(),
                        new Why.Unmet(ON_MONDAYS, 1, 1),
                        new Why.ExcludedBy(new RuleId("gold-rate")),
                        new Why.BelowMinimum(2, 1),
                        new Why.DiscountTrimmed(2, 1),
                        new Why.NotGiven()),
                (why, language) -> Reasons.of(new Dropped(new RuleId("base"), why), ToldPrograms.teaClub(), language));
    }

    @Test
    void every_expiry_is_told() {
        ExpiryRule days = new ExpiryRule.AfterDays(1, false);
        allTold(
                ExpiryRule.class,
                List.of(
                        new ExpiryRule.Never(),
                        days,
                        new ExpiryRule.AfterMonths(1, true),
                        new ExpiryRule.OnDates(Set.of(MonthDay.of(1, 31)), 0),
                        new ExpiryRule.Earliest(List.of(days, new ExpiryRule.AfterMonths(1, false)))),
                CompletenessTest::told);
        assertThat(told(new ExpiryRule.Earliest(List.of(days, new ExpiryRule.Never())), Language.EN))
                .as("what never ends is never the earliest")
                .isEqualTo(told(days, Language.EN));
    }

    @Test
    void every_shortfall_is_told() {
        allTold(
                RefundRules.Shortfall.class,
                List.of(
                        new RefundRules.Shortfall.Debt(),
                        new RefundRules.Shortfall.Deduct(),
                        new RefundRules.Shortfall.WriteOff(5)),
                (shortfall, language) ->
                        sentence(with(ToldPrograms.teaClub(), new RefundRules(shortfall, 0)), "refunds", language));
    }

    @Test
    void every_title_and_all_that_counts_is_told() {
        for (Language language : Language.values()) {
            Phrases phrases = Phrases.in(language);
            assertThat(Arrays.stream(Topic.values()).map(phrases::title)).doesNotHaveDuplicates();
            assertThat(Arrays.stream(Counted.values()).map(phrases::counted)).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_unit_is_named_as_the_document_does() {
        for (Map.Entry<String, String> name : Map.of(
                        "points", "5 баллов", "Баллы", "5 баллов", "ұпай", "5 баллов", "miles", "5 × miles")
                .entrySet()) {
            Program program = named(new Texts(Map.of(Language.RU, name.getKey())));

            assertThat(new Units(program, Language.RU).amount(ToldPrograms.POINTS, 5))
                    .as(name.getKey())
                    .isEqualTo(name.getValue());
        }
        assertThat(new Units(named(new Texts(Map.of(Language.EN, "miles"))), Language.KK)
                        .amount(ToldPrograms.POINTS, 5))
                .as("in English where the language has none")
                .isEqualTo("5 × miles");
    }

    /**
     * Each kind has a sample; each sample is told in each language; no two languages tell it alike, nor does one language
     * tell two samples alike.
     */
    private static <T> void allTold(Class<T> sealed, List<T> samples, BiFunction<T, Language, String> tell) {
        assertThat(samples.stream().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
                .as("each kind of %s has a sample", sealed.getSimpleName())
                .isEqualTo(Set.of(sealed.getPermittedSubclasses()));
        for (T sample : samples) {
            Collection<String> told = Arrays.stream(Language.values())
                    .map(language -> tell.apply(sample, language))
                    .toList();
            assertThat(told)
                    .as("%s", sample)
                    .allSatisfy(text -> assertThat(text).isNotBlank());
            assertThat(told).as("%s", sample).doesNotHaveDuplicates();
        }
        for (Language language : Language.values()) {
            assertThat(samples.stream().map(sample -> tell.apply(sample, language)))
                    .doesNotHaveDuplicates();
        }
    }

    private static Conditions conditions(Language language) {
        Program program = ToldPrograms.teaClub();
        return new Conditions(program, Phrases.in(language), new Units(program, language));
    }

    private static String told(Condition condition, Language language) {
        return conditions(language).terms(condition).only(Phrases.in(language));
    }

    private static String told(ExpiryRule rule, Language language) {
        WalletRules main = ToldPrograms.teaClub().main();
        return sentence(
                with(
                        ToldPrograms.teaClub(),
                        new WalletRules(
                                main.id(),
                                main.unit(),
                                main.name(),
                                main.pending(),
                                Expiry.by(rule),
                                main.redemption(),
                                OptionalLong.empty())),
                "wallets/points/expiry",
                language);
    }

    private static String sentence(Program program, String pointer, Language language) {
        return RuleSentences.of(program, language).stream()
                .filter(rule -> rule.pointer().equals(pointer))
                .map(ToldRule::sentence)
                .findFirst()
                .orElseThrow();
    }

    private static TierLevel tier() {
        return new TierLevel(ToldPrograms.GOLD, Texts.NONE, Optional.empty(), Optional.empty(), List.of());
    }

    private static Program with(Rule rule) {
        Program tea = ToldPrograms.teaClub();
        return with(
                tea,
                new RuleBook(
                        List.of(rule),
                        0,
                        EarningRules.Include.USUAL,
                        EarningRules.Rounding.DOWN_ON_ORDER,
                        Multipliers.USUAL,
                        10_000),
                tea.main(),
                tea.refunds(),
                tea.tiers());
    }

    private static Program with(TierRules tiers) {
        Program tea = ToldPrograms.teaClub();
        return with(tea, (RuleBook) tea.scheme(), tea.main(), tea.refunds(), Optional.of(tiers));
    }

    private static Program with(Program program, RefundRules refunds) {
        return with(program, (RuleBook) program.scheme(), program.main(), refunds, program.tiers());
    }

    private static Program with(Program program, WalletRules wallet) {
        return with(program, (RuleBook) program.scheme(), wallet, program.refunds(), program.tiers());
    }

    private static Program with(
            Program program, RuleBook rules, WalletRules wallet, RefundRules refunds, Optional<TierRules> tiers) {
        return new Program(
                program.name(),
                program.currency(),
                program.zone(),
                rules,
                List.of(wallet),
                refunds,
                program.referral(),
                tiers,
                program.activities(),
                program.segments(),
                program.giveBackLimit());
    }

    private static Program named(Texts name) {
        WalletRules main = ToldPrograms.teaClub().main();
        return with(
                ToldPrograms.teaClub(),
                new WalletRules(
                        main.id(),
                        main.unit(),
                        name,
                        main.pending(),
                        main.expiry(),
                        main.redemption(),
                        main.maximumPerOrder()));
    }
}
