package kopilka.lambda.wire.document;

import static kopilka.lambda.wire.document.Examples.CASHBACK;
import static kopilka.lambda.wire.document.Examples.SMALLEST;
import static kopilka.lambda.wire.document.Examples.TEA_CLUB;
import static kopilka.lambda.wire.document.Examples.errors;
import static kopilka.lambda.wire.document.Examples.quoted;
import static kopilka.lambda.wire.document.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.Condition;
import kopilka.program.Coupon;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecondFormatTest {
    private static final WalletId POINTS = new WalletId("points");
    private static final WalletId CASH = new WalletId("cashback");
    private static final WalletId STARS = new WalletId("stars");
    private static final TierId SILVER = new TierId("silver");
    private static final TierId GOLD = new TierId("gold");

    private static Program program(String document) {
        return ProgramDocument.parse(document);
    }

    private static RuleBook book(String document) {
        return (RuleBook) program(document).scheme();
    }

    @Test
    void a_document_says_what_its_program_is_called_and_counts_in() {
        Program program = program(TEA_CLUB);

        assertThat(program.name()).isEqualTo("Tea club");
        assertThat(program.currency()).isEqualTo(Currency.getInstance("EUR"));
        assertThat(program.zone()).isEqualTo(ZoneId.of("Europe/Kyiv"));
        assertThat(program.segments()).containsExactlyInAnyOrder(new Segment("vip"), new Segment("staff"));
        assertThat(program.refunds()).isEqualTo(new RefundRules(new RefundRules.Shortfall.WriteOff(500), 30));
        assertThat(program.referral()).contains(new ReferralRules(500, 300, 2000));
        assertThat(program.giveBackLimit()).hasValue(3000);
    }

    @Test
    void the_first_wallet_is_the_main_one() {
        ExpiryRule dates = new ExpiryRule.OnDates(Set.of(MonthDay.of(12, 31), MonthDay.of(6, 30)), 30);

        assertThat(program(TEA_CLUB).wallets())
                .containsExactly(
                        new WalletRules(
                                POINTS,
                                WalletRules.Unit.POINTS,
                                new Texts(Map.of(
                                        Language.EN, "points",
                                        Language.RU, "баллы",
                                        Language.UK, "бали",
                                        Language.KK, "ұпай")),
                                new PendingRule(PendingRule.From.DELIVERED, 14),
                                new Expiry(
                                        new ExpiryRule.Earliest(List.of(new ExpiryRule.AfterMonths(12, true), dates)),
                                        Map.of(
                                                GOLD,
                                                new ExpiryRule.Earliest(
                                                        List.of(new ExpiryRule.AfterMonths(24, true), dates))),
                                        Optional.of(new Inactivity(
                                                0, 180, Set.of(Inactivity.Sign.ORDER, Inactivity.Sign.ACTIVITY)))),
                                Optional.of(new RedemptionRules(
                                        new Worth(100, 100),
                                        100,
                                        50,
                                        5000,
                                        Duration.ofMinutes(15),
                                        Optional.of(new Condition.All(List.of(
                                                new Condition.InTier(Set.of(SILVER, GOLD)),
                                                new Condition.ByChannel(Set.of(new Channel("web"))),
                                                new Condition.Not(new Condition.OnDays(Set.of(DayOfWeek.SUNDAY)))))))),
                                OptionalLong.of(5000)),
                        new WalletRules(
                                CASH,
                                WalletRules.Unit.MONEY,
                                Texts.NONE,
                                new PendingRule(PendingRule.From.PAID, 0),
                                Expiry.by(new ExpiryRule.AfterDays(90, false)),
                                Optional.of(new RedemptionRules(
                                        new Worth(1, 1), 100, 10_000, RedemptionRules.DEFAULT_HOLD)),
                                OptionalLong.of(2500)),
                        new WalletRules(
                                STARS,
                                WalletRules.Unit.POINTS,
                                Texts.NONE,
                                new PendingRule(PendingRule.From.PAID, 0),
                                Expiry.by(new ExpiryRule.Never()),
                                Optional.empty(),
                                OptionalLong.empty()));
    }

    @Test
    void levels_may_have_a_life_of_their_own_where_others_never_expire() {
        Expiry expiry = program(CASHBACK).main().expiry();

        assertThat(expiry)
                .isEqualTo(new Expiry(
                        new ExpiryRule.Never(),
                        Map.of(new TierId("top"), new ExpiryRule.AfterDays(400, true)),
                        Optional.of(new Inactivity(6, 0, Set.of(Inactivity.Sign.values())))));
    }

    @Test
    void rules_stand_by_priority_and_say_all_that_rules_can() {
        RuleBook book = book(TEA_CLUB);

        assertThat(book.include()).isEqualTo(new Include(true, false, false, false, false));
        assertThat(book.rounding()).isEqualTo(Rounding.DOWN_ON_LINE);
        assertThat(book.minimumOrder()).isEqualTo(1000);
        assertThat(book.multipliers()).isEqualTo(new Multipliers(Multipliers.Combine.MULTIPLY, 550));
        assertThat(book.maximumDiscount()).isEqualTo(4000);
        assertThat(book.rules())
                .containsExactly(
                        advent(),
                        new Rule(
                                new RuleId("gold"),
                                Texts.NONE,
                                10,
                                Optional.of(new RuleGroup("rate")),
                                Optional.empty(),
                                Optional.empty(),
                                new LineCondition.Every(),
                                Optional.of(new Condition.InTier(Set.of(GOLD))),
                                List.of(
                                        // 2.5 % of 100.00 is 2.50, which is 250 points.
                                        new Effect.Earn(
                                                POINTS, new Rate(250, 10_000), Optional.of(new BigDecimal("2.5"))),
                                        new Effect.Earn(CASH, new Rate(5, 100), Optional.of(new BigDecimal("5"))),
                                        new Effect.Bonus(STARS, 50),
                                        new Effect.Bonus(CASH, 100),
                                        new Effect.Grant(new Benefit(Benefit.Kind.FREE_DELIVERY, Optional.empty())),
                                        new Effect.Grant(
                                                new Benefit(Benefit.Kind.LABEL, Optional.of("A cup for free"))))),
                        new Rule(
                                new RuleId("base"),
                                new Texts(Map.of(
                                        Language.EN, "A point for each euro", Language.RU, "Балл за каждый евро")),
                                0,
                                Optional.of(new RuleGroup("rate")),
                                Optional.empty(),
                                Optional.empty(),
                                new LineCondition.Every(),
                                Optional.empty(),
                                List.of(new Effect.Earn(POINTS, new Rate(1, 100), Optional.empty()))));
    }

    private static Rule advent() {
        return new Rule(
                new RuleId("advent"),
                Texts.NONE,
                20,
                Optional.empty(),
                Optional.of(Instant.parse("2026-11-30T22:00:00Z")),
                Optional.of(Instant.parse("2026-12-31T22:00:00Z")),
                new LineCondition.All(List.of(
                        new LineCondition.AnyOf(List.of(
                                new LineCondition.OfCategory(Set.of(new Category("tea"), new Category("coffee"))),
                                new LineCondition.OfBrand(Set.of(new Brand("Ronnefeldt"))),
                                new LineCondition.OfSku(Set.of(new Sku("S-1"), new Sku("S-2"))))),
                        new LineCondition.Not(new LineCondition.OfCategory(Set.of(new Category("outlet")))))),
                Optional.of(new Condition.All(List.of(
                        new Condition.Amount(new Range(5000, 10_000)),
                        new Condition.Matching(new Range(500, Range.OPEN)),
                        new Condition.AtShop(Set.of(new ShopId("s1"))),
                        new Condition.ByChannel(Set.of(new Channel("web"), new Channel("app"))),
                        new Condition.InRegion(Set.of(new Region("Київ"))),
                        new Condition.OnDays(Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
                        new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(2, 0)),
                        new Condition.InDates(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 31)),
                        new Condition.AnyOf(List.of(
                                new Condition.NthOrder(1, Period.EVER),
                                new Condition.EveryNthOrder(3, Period.MONTH),
                                new Condition.NthOrder(1, Period.YEAR))),
                        new Condition.Spent(new Range(0, 100_000)),
                        new Condition.InSegment(Set.of(new Segment("vip"))),
                        new Condition.NearBirthday(new BirthdayWindow(3, 4)),
                        new Condition.JoinedWithin(30),
                        new Condition.Not(new Condition.JoinedBefore(LocalDate.of(2026, 1, 1))),
                        new Condition.PaidBy(Set.of(new PaymentMethod("card_x"))),
                        new Condition.WithCoupon(Set.of(new Coupon("SPRING")))))),
                List.of(new Effect.Multiply(POINTS, 250), new Effect.PercentOff(1000), new Effect.AmountOff(500)));
    }

    @Test
    void levels_ascend() {
        assertThat(program(TEA_CLUB).tiers())
                .contains(new TierRules(
                        new TierPeriod.Calendar(TierPeriod.Calendar.Unit.HALF_YEAR),
                        true,
                        30,
                        List.of(
                                new TierLevel(
                                        new TierId("bronze"),
                                        new Texts(Map.of(Language.EN, "Bronze")),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of()),
                                new TierLevel(
                                        SILVER,
                                        Texts.NONE,
                                        Optional.of(new Qualification.AnyOf(
                                                List.of(new Qualification.Spend(30_000), new Qualification.Orders(5)))),
                                        Optional.empty(),
                                        List.of()),
                                new TierLevel(
                                        GOLD,
                                        Texts.NONE,
                                        Optional.of(new Qualification.All(List.of(
                                                new Qualification.Spend(100_000),
                                                new Qualification.PointsEarned(5000)))),
                                        Optional.of(new Qualification.Spend(80_000)),
                                        List.of(
                                                new Benefit(Benefit.Kind.EARLY_ACCESS, Optional.empty()),
                                                new Benefit(Benefit.Kind.SUPPORT, Optional.empty()),
                                                new Benefit(Benefit.Kind.GIFT, Optional.of("A tin of tea")))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'calendar': 'month'} | Calendar[unit=MONTH]",
                "{'calendar': 'quarter'} | Calendar[unit=QUARTER]",
                "{'calendar': 'year'} | Calendar[unit=YEAR]",
                "{'rolling': {'months': 12}} | RollingMonths[months=12]",
                "{'rolling': {'days': 90}} | RollingDays[days=90]",
                "{'anniversary': {'months': 12}} | Anniversary[months=12]",
            })
    void a_level_is_qualified_for_within_a_period(String told, String period) {
        String document = with(TEA_CLUB, "{'calendar': 'half_year'}", told);

        assertThat(program(document).tiers().orElseThrow().period()).hasToString(period);
    }

    @Test
    void activities_are_rewarded() {
        ActivityKind review = new ActivityKind("review");

        assertThat(program(TEA_CLUB).activities())
                .containsExactly(
                        Map.entry(
                                ActivityRules.JOIN,
                                new ActivityRules(
                                        ActivityRules.JOIN,
                                        Texts.NONE,
                                        List.of(new Effect.Bonus(POINTS, 100)),
                                        List.of(),
                                        false,
                                        Optional.empty())),
                        Map.entry(
                                review,
                                new ActivityRules(
                                        review,
                                        new Texts(Map.of(Language.EN, "A review")),
                                        List.of(new Effect.Bonus(POINTS, 20), new Effect.Bonus(CASH, 50)),
                                        List.of(
                                                new ActivityRules.Limit(1, Period.DAY),
                                                new ActivityRules.Limit(10, Period.YEAR)),
                                        true,
                                        Optional.of(new Condition.AnyOf(List.of(
                                                new Condition.JoinedWithin(0),
                                                new Condition.InSegment(Set.of(new Segment("vip"))),
                                                new Condition.InRegion(Set.of(new Region("Київ")))))))));
    }

    @Test
    void what_is_left_out_is_as_usual() {
        assertThat(program(SMALLEST))
                .isEqualTo(new Program(
                        "S",
                        Currency.getInstance("JPY"),
                        ZoneId.of("UTC"),
                        new RuleBook(
                                List.of(),
                                0,
                                Include.USUAL,
                                Rounding.DOWN_ON_ORDER,
                                new Multipliers(Multipliers.Combine.ADD, 1000),
                                10_000),
                        List.of(new WalletRules(
                                POINTS,
                                WalletRules.Unit.POINTS,
                                Texts.NONE,
                                new PendingRule(PendingRule.From.PAID, 0),
                                Expiry.by(new ExpiryRule.Never()),
                                Optional.empty(),
                                OptionalLong.empty())),
                        new RefundRules(new RefundRules.Shortfall.Debt(), 0),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Set.of(),
                        OptionalLong.empty()));
    }

    @Test
    void money_is_earned_as_a_part_and_given_as_an_amount() {
        RuleBook book = book(CASHBACK);

        assertThat(book.rules().getFirst().then())
                .containsExactly(new Effect.Earn(CASH, new Rate(5, 100), Optional.of(new BigDecimal("5"))));
        assertThat(book.rules().getLast().then()).containsExactly(new Effect.Bonus(CASH, 500));
    }

    @Test
    void rules_of_one_priority_stay_as_the_document_has_them() {
        String document = with(TEA_CLUB, "'priority': 10,", "");

        assertThat(book(document).rules().stream().map(rule -> rule.id().value()))
                .containsExactly("advent", "base", "gold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2.0", "2e0"})
    void the_format_is_a_number_however_it_is_written(String format) {
        assertThat(errors(with(SMALLEST, "'format': 2", "'format': " + format))).isEmpty();
    }

    @Test
    void conditions_of_eight_levels_are_read_even_where_they_stand_deepest() {
        String nested = quoted("{'all':[").repeat(7) + quoted("{'tier':['gold']}") + "]}".repeat(7);
        String document = with(TEA_CLUB, "{'channel': ['web']}", "{'channel': ['app']}")
                .replaceFirst("\"when\": \\{\"all\": \\[\\{\"tier.*\\]\\}", "\"when\": " + nested);

        assertThat(errors(document)).isEmpty();
    }
}
