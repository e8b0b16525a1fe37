package kopilka.quote;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import kopilka.earning.Dropped;
import kopilka.earning.Rewards;
import kopilka.ledger.ShopFixture;
import kopilka.order.LineId;
import kopilka.order.OrderBasis;
import kopilka.order.Quoted;
import kopilka.program.Benefit;
import kopilka.program.Category;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;
import kopilka.program.Qualification;
import kopilka.program.Range;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.Scheme;
import kopilka.program.ShopId;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import kopilka.quote.Quote.NextBenefit;
import kopilka.quote.Redeemable.Why;
import org.junit.jupiter.api.Test;

class QuoteTest {
    /** A Wednesday at noon in Kyiv. */
    private static final Instant NOON = Instant.parse("2026-06-10T09:00:00Z");

    private static final Condition AT_THE_BAKERY = new Condition.AtShop(Set.of(new ShopId("bakery")));

    private static final Circumstances BAKERY = new Circumstances(
            Optional.of(new ShopId("bakery")),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Map.of(),
            0,
            Set.of(),
            Optional.of(LocalDate.of(2026, 6, 1)),
            Set.of());

    // A point pays 0.01, from 100 points on, in steps of 50, half of an order at most.
    private static final RedemptionRules IN_STEPS = new RedemptionRules(
            new Worth(1, 1), 100, 50, RedemptionRules.WHOLE / 2, RedemptionRules.DEFAULT_HOLD, Optional.empty());

    private static final RedemptionRules AT_THE_BAKERY_ONLY = new RedemptionRules(
            IN_STEPS.worth(),
            IN_STEPS.minimumPoints(),
            IN_STEPS.step(),
            IN_STEPS.maximumShare(),
            IN_STEPS.holdTimeout(),
            Optional.of(AT_THE_BAKERY));

    private static Rule gift(String id, Condition when) {
        return rule(id, new LineCondition.Every(), Optional.of(when), gift());
    }

    private static Effect points(long points, long perMinor) {
        return new Effect.Earn(WalletId.POINTS, new Rate(points, perMinor), Optional.empty());
    }

    private static Effect gift() {
        return new Effect.Grant(new Benefit(Benefit.Kind.GIFT, Optional.empty()));
    }

    private static LineCondition of(String category) {
        return new LineCondition.OfCategory(Set.of(new Category(category)));
    }

    private static Condition from(long minor) {
        return new Condition.Amount(new Range(minor, Range.OPEN));
    }

    private static Condition matchingFrom(long minor) {
        return new Condition.Matching(new Range(minor, Range.OPEN));
    }

    private static Program program(
            Scheme scheme, Optional<RedemptionRules> redemption, List<WalletRules> more, Optional<TierRules> tiers) {
        Program usual = ShopFixture.Rules.usual().program();
        WalletRules main = usual.main();
        WalletRules points = new WalletRules(
                main.id(),
                main.unit(),
                main.name(),
                main.pending(),
                main.expiry(),
                redemption,
                scheme instanceof EarningRules rates ? rates.maximumPerOrder() : main.maximumPerOrder());
        return new Program(
                usual.name(),
                EUR,
                usual.zone(),
                scheme,
                Stream.concat(Stream.of(points), more.stream()).toList(),
                usual.refunds(),
                Optional.empty(),
                tiers,
                Map.of(),
                Set.of(),
                OptionalLong.empty());
    }

    private static Scheme book(Rule... rules) {
        return new RuleBook(
                Arrays.asList(rules),
                0,
                EarningRules.Include.USUAL,
                EarningRules.Rounding.DOWN_ON_ORDER,
                Multipliers.USUAL,
                10_000);
    }

    private static Program by(Rule... rules) {
        return program(book(rules), Optional.empty(), List.of(), Optional.empty());
    }

    private static OrderBasis.Line line(String category, long total) {
        return new OrderBasis.Line(
                new LineId(category), 1_000, total, Optional.of(new Category(category)), false, false);
    }

    private static OrderBasis basket(long delivery, long discount, OrderBasis.Line... lines) {
        long total = delivery - discount;
        for (OrderBasis.Line line : lines) {
            total += line.total();
        }
        return new OrderBasis(EUR, Arrays.asList(lines), delivery, 0, discount, total, 0, List.of());
    }

    private static OrderBasis basket(OrderBasis.Line... lines) {
        return basket(0, 0, lines);
    }

    private static Quote quote(
            Program rules,
            OrderBasis basket,
            Circumstances circumstances,
            Optional<TierId> level,
            ToLongFunction<WalletId> available) {
        ProgramVersion version = new ProgramVersion(ShopFixture.PROGRAM, 7, Instant.EPOCH, rules);
        return Quote.of(version, basket, circumstances, level, NOON, available);
    }

    private static Quote quote(Program rules, OrderBasis basket) {
        return quote(rules, basket, Circumstances.UNKNOWN, Optional.empty(), wallet -> 0);
    }

    // Price.

    @Test
    void a_basket_costs_what_is_left_after_all_discounts_with_the_delivery() {
        Program rules = by(
                rule("tenth", new Effect.PercentOff(1_000)),
                rule("mug", of("mug"), Optional.empty(), new Effect.AmountOff(5_00)));

        Quote quote = quote(rules, basket(4_90, 10_00, line("tea", 60_00), line("mug", 40_00)));

        // The shop takes 10.00 of 100.00, a tenth of 90.00 comes off, and 5.00 of the mug.
        assertThat(quote.price()).isEqualTo(90_00 - 9_00 - 5_00 + 4_90);
        assertThat(quote.quoted()).isEqualTo(new Quoted(7, NOON));
    }

    // What can be redeemed.

    private static Redeemable redeemable(RedemptionRules redemption, long available, long price) {
        return redeemable(redemption, available, price, Circumstances.UNKNOWN);
    }

    private static Redeemable redeemable(
            RedemptionRules redemption, long available, long price, Circumstances circumstances) {
        Program rules = program(book(), Optional.of(redemption), List.of(), Optional.empty());
        return quote(rules, basket(line("tea", price)), circumstances, Optional.empty(), wallet -> available)
                .redeemable()
                .getFirst();
    }

    private static Redeemable none(Why why) {
        return new Redeemable(WalletId.POINTS, 100, 0, 50, 0, Optional.of(why));
    }

    private static Redeemable upTo(long maximum, long worth) {
        return new Redeemable(WalletId.POINTS, 100, maximum, 50, worth, Optional.empty());
    }

    @Test
    void as_much_can_be_redeemed_as_there_is_in_whole_steps() {
        assertThat(redeemable(IN_STEPS, 349, 100_00)).isEqualTo(upTo(300, 3_00));
        assertThat(redeemable(IN_STEPS, 350, 100_00)).isEqualTo(upTo(350, 3_50));
    }

    @Test
    void no_more_can_be_redeemed_than_the_share_of_the_order_in_whole_steps() {
        assertThat(redeemable(IN_STEPS, 10_000, 6_98)).isEqualTo(upTo(300, 3_00));
        assertThat(redeemable(IN_STEPS, 10_000, 6_99)).isEqualTo(upTo(300, 3_00));
        assertThat(redeemable(IN_STEPS, 10_000, 7_00)).isEqualTo(upTo(350, 3_50));
    }

    @Test
    void the_share_is_one_of_the_price_after_discounts_with_the_delivery() {
        Program rules = program(
                book(rule("tenth", new Effect.PercentOff(1_000))), Optional.of(IN_STEPS), List.of(), Optional.empty());

        // 10.00 less a tenth and 2.00 for the delivery: half of 11.00.
        Quote quote = quote(
                rules, basket(2_00, 0, line("tea", 10_00)), Circumstances.UNKNOWN, Optional.empty(), wallet -> 9_999);

        assertThat(quote.redeemable()).containsExactly(upTo(550, 5_50));
    }

    @Test
    void the_minimum_is_told_as_the_first_step_that_reaches_it() {
        RedemptionRules uneven = new RedemptionRules(
                new Worth(1, 1), 100, 30, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD, Optional.empty());

        assertThat(redeemable(uneven, 119, 100_00))
                .isEqualTo(new Redeemable(WalletId.POINTS, 120, 0, 30, 0, Optional.of(new Why.TooFew(119))));
        assertThat(redeemable(uneven, 149, 100_00))
                .isEqualTo(new Redeemable(WalletId.POINTS, 120, 120, 30, 1_20, Optional.empty()));
    }

    @Test
    void what_the_most_pays_is_rounded_down_and_never_above_the_share() {
        // Three points pay 0.02; of 0.67 a half is 0.33, and 50 points pay 0.33, as 51 would pay 0.34.
        RedemptionRules thirds = new RedemptionRules(
                new Worth(3, 2), 1, 1, RedemptionRules.WHOLE / 2, RedemptionRules.DEFAULT_HOLD, Optional.empty());

        assertThat(redeemable(thirds, 1_000, 67))
                .isEqualTo(new Redeemable(WalletId.POINTS, 1, 50, 1, 33, Optional.empty()));
    }

    @Test
    void the_reason_for_nothing_is_the_first_of_several() {
        Program spentNowhere = program(book(), Optional.empty(), List.of(), Optional.empty());
        assertThat(quote(spentNowhere, basket(line("tea", 1_00))).redeemable())
                .containsExactly(new Redeemable(WalletId.POINTS, 0, 0, 1, 0, Optional.of(new Why.NotSpendable())));
        // Of a member elsewhere who has too little for a basket that is too small.
        assertThat(redeemable(AT_THE_BAKERY_ONLY, 99, 1_99)).isEqualTo(none(new Why.Unmet(AT_THE_BAKERY)));
        assertThat(redeemable(AT_THE_BAKERY_ONLY, 99, 1_99, BAKERY)).isEqualTo(none(new Why.TooFew(99)));
        assertThat(redeemable(AT_THE_BAKERY_ONLY, 100, 1_99, BAKERY)).isEqualTo(none(new Why.OrderTooSmall(99)));
        assertThat(redeemable(AT_THE_BAKERY_ONLY, 100, 2_00, BAKERY)).isEqualTo(upTo(100, 1_00));
    }

    @Test
    void each_wallet_is_told_in_the_programs_sequence_with_what_is_in_it() {
        Program usual = ShopFixture.Rules.usual().program();
        WalletRules cashback = new WalletRules(
                CASHBACK,
                WalletRules.Unit.MONEY,
                Texts.NONE,
                usual.pending(),
                usual.main().expiry(),
                Optional.of(
                        new RedemptionRules(new Worth(1, 1), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD)),
                OptionalLong.empty());
        Program rules = program(book(), Optional.of(IN_STEPS), List.of(cashback), Optional.empty());

        Quote quote = quote(
                rules,
                basket(line("tea", 10_00)),
                Circumstances.UNKNOWN,
                Optional.empty(),
                wallet -> wallet.equals(CASHBACK) ? 12_34 : 200);

        assertThat(quote.redeemable())
                .containsExactly(upTo(200, 2_00), new Redeemable(CASHBACK, 1, 10_00, 1, 10_00, Optional.empty()));
    }

    // What a larger basket would get.

    private static NextBenefit more(String rule, long missing) {
        return new NextBenefit(new RuleId(rule), missing, false);
    }

    @Test
    void what_is_missing_to_a_rule_is_told_the_nearest_first_and_five_at_most() {
        List<Rule> rules = new ArrayList<>();
        for (long hundreds : new long[] {7, 3, 6, 2, 5, 4}) {
            rules.add(gift("from-" + hundreds + "00", from(hundreds * 100_00)));
        }

        assertThat(quote(by(rules.toArray(Rule[]::new)), basket(line("tea", 199_99)))
                        .next())
                .containsExactly(
                        more("from-200", 1),
                        more("from-300", 100_01),
                        more("from-400", 200_01),
                        more("from-500", 300_01),
                        more("from-600", 400_01));
    }

    @Test
    void what_is_missing_of_a_rules_own_goods_is_told_as_such() {
        Program rules = by(rule("tea", of("tea"), Optional.of(matchingFrom(50_00)), gift()));

        assertThat(quote(rules, basket(line("tea", 30_00), line("mug", 70_00))).next())
                .containsExactly(new NextBenefit(new RuleId("tea"), 20_00, true));
        assertThat(quote(rules, basket(line("tea", 50_00))).next()).isEmpty();
        // None of its goods: that a larger basket would have some is not for the quote to say.
        assertThat(quote(rules, basket(line("mug", 70_00))).next()).isEmpty();
    }

    @Test
    void what_is_missing_of_the_order_has_to_be_bought_of_a_rules_own_goods_where_these_fall_short_too() {
        Condition both = new Condition.All(List.of(from(100_00), matchingFrom(50_00)));
        Program tea = by(rule("tea", of("tea"), Optional.of(both), gift()));
        Program all = by(gift("all", both));

        // Another 40.00 of mugs would not do: there would still be too little tea.
        assertThat(quote(tea, basket(line("tea", 30_00), line("mug", 30_00))).next())
                .containsExactly(new NextBenefit(new RuleId("tea"), 40_00, true));
        assertThat(quote(tea, basket(line("tea", 50_00), line("mug", 10_00))).next())
                .containsExactly(more("tea", 40_00));
        // A rule about all goods is about whatever is bought.
        assertThat(quote(all, basket(line("tea", 30_00))).next()).containsExactly(more("all", 70_00));
    }

    @Test
    void a_rule_that_asks_for_something_else_besides_is_not_near() {
        Condition onSundays = new Condition.OnDays(Set.of(DayOfWeek.SUNDAY));
        Program rules = by(
                gift("sundays", onSundays),
                gift("large-sundays", new Condition.All(List.of(from(100_00), onSundays))),
                gift("large-bakery", new Condition.All(List.of(from(100_00), AT_THE_BAKERY))),
                gift("small", new Condition.Amount(new Range(0, 50_00))),
                gift("between", new Condition.All(List.of(from(100_00), new Condition.Amount(new Range(0, 90_00))))));

        assertThat(quote(rules, basket(line("tea", 60_00)), BAKERY, Optional.empty(), wallet -> 0)
                        .next())
                .containsExactly(more("large-bakery", 40_00));
    }

    @Test
    void a_rule_that_applies_is_not_ahead() {
        assertThat(quote(by(gift("large", from(50_00))), basket(line("tea", 50_00))))
                .satisfies(quote -> {
                    assertThat(quote.next()).isEmpty();
                    assertThat(quote.benefits())
                            .extracting(Rewards.Granted::rule)
                            .containsExactly(new RuleId("large"));
                });
    }

    // Line by line.

    @Test
    void lines_have_what_rates_bring_on_them_and_none_of_a_bonus() {
        Program rules = by(
                rule("base", points(1, 1_00)),
                rule("tea", of("tea"), Optional.empty(), new Effect.Multiply(WalletId.POINTS, 200)),
                rule("bonus", new Effect.Bonus(WalletId.POINTS, 10)));

        Quote quote = quote(rules, basket(line("mug", 5_60), line("gift", 50), line("tea", 4_30)));

        // 5.6 + 0.5 + 8.6 = 14.7, and 10.
        assertThat(quote.evaluation().rewards().units(WalletId.POINTS)).isEqualTo(24);
        assertThat(quote.byLine()).containsOnlyKeys(WalletId.POINTS);
        assertThat(quote.byLine().get(WalletId.POINTS)).isEqualTo(new TreeMap<>(Map.of(0, 5L, 2, 8L)));
    }

    @Test
    void lines_bear_their_part_of_a_discount() {
        Program rules = by(rule("base", points(1, 1_00)), rule("half", new Effect.PercentOff(5_000)));

        Quote quote = quote(rules, basket(line("mug", 5_00), line("tea", 8_00)));

        assertThat(quote.evaluation().rewards().units(WalletId.POINTS)).isEqualTo(6);
        assertThat(quote.byLine().get(WalletId.POINTS)).isEqualTo(new TreeMap<>(Map.of(0, 2L, 1, 4L)));
    }

    // Levels.

    private static final Benefit SUPPORT = new Benefit(Benefit.Kind.SUPPORT, Optional.empty());
    private static final Benefit LOUNGE = new Benefit(Benefit.Kind.LABEL, Optional.of("The lounge"));

    private static TierLevel level(String id, Optional<Qualification> qualify, Benefit... benefits) {
        return new TierLevel(new TierId(id), Texts.NONE, qualify, Optional.empty(), List.of(benefits));
    }

    private static List<Rewards.Granted> benefits(Optional<String> level) {
        TierRules tiers = new TierRules(
                new TierPeriod.RollingMonths(12),
                true,
                30,
                List.of(
                        level("bronze", Optional.empty()),
                        level("gold", Optional.of(new Qualification.Spend(500_00)), SUPPORT, LOUNGE)));
        Program rules = program(book(rule("gift", gift())), Optional.empty(), List.of(), Optional.of(tiers));
        return quote(rules, basket(line("tea", 10_00)), Circumstances.UNKNOWN, level.map(TierId::new), wallet -> 0)
                .benefits();
    }

    @Test
    void a_level_brings_its_own_benefits_after_those_of_rules() {
        Rewards.Granted byRule =
                new Rewards.Granted(new RuleId("gift"), new Benefit(Benefit.Kind.GIFT, Optional.empty()));

        assertThat(benefits(Optional.of("gold")))
                .containsExactly(
                        byRule,
                        new Rewards.Granted(new RuleId("tiers.gold"), SUPPORT),
                        new Rewards.Granted(new RuleId("tiers.gold"), LOUNGE));
        assertThat(benefits(Optional.of("bronze"))).containsExactly(byRule);
        assertThat(benefits(Optional.empty())).containsExactly(byRule);
        assertThat(benefits(Optional.of("platinum"))).containsExactly(byRule);
    }

    // Programs that are earned by rates.

    private static EarningRules rates(long minimumOrder, OptionalLong most) {
        return new EarningRules(
                new Rate(1, 1_00),
                Map.of(new Category("premium"), new Rate(2, 1_00)),
                minimumOrder,
                most,
                EarningRules.Include.USUAL,
                EarningRules.Rounding.DOWN_ON_ORDER);
    }

    private static Program byRates(EarningRules rates) {
        return program(rates, Optional.of(IN_STEPS), List.of(), Optional.empty());
    }

    @Test
    void rates_are_told_as_rules_are() {
        Program rules = byRates(rates(10_00, OptionalLong.of(60)));

        Quote quote = quote(
                rules,
                basket(4_90, 0, line("tea", 25_50), line("premium", 35_25)),
                Circumstances.UNKNOWN,
                Optional.empty(),
                wallet -> 200);

        // 25.5 + 70.5 = 96, of which the cap leaves 60.
        assertThat(quote.evaluation().rewards().wallets())
                .containsExactly(Map.entry(
                        WalletId.POINTS,
                        new Rewards.Reward(
                                60,
                                96,
                                List.of(
                                        new Rewards.OnValue(
                                                new RuleId("earning.rate"),
                                                25_50,
                                                new Rate(1, 1_00),
                                                Rewards.OnValue.ONCE,
                                                List.of()),
                                        new Rewards.OnValue(
                                                new RuleId("earning.categories.premium"),
                                                35_25,
                                                new Rate(2, 1_00),
                                                Rewards.OnValue.ONCE,
                                                List.of())))));
        assertThat(quote.evaluation().dropped()).isEmpty();
        assertThat(quote.evaluation().discounts()).isEmpty();
        assertThat(quote.byLine()).isEmpty();
        assertThat(quote.next()).isEmpty();
        assertThat(quote.price()).isEqualTo(25_50 + 35_25 + 4_90);
        assertThat(quote.redeemable()).containsExactly(upTo(200, 2_00));
    }

    @Test
    void a_basket_below_the_minimum_of_rates_says_so() {
        Quote quote = quote(byRates(rates(10_00, OptionalLong.empty())), basket(line("tea", 9_99)));

        assertThat(quote.evaluation().rewards().units()).isEmpty();
        assertThat(quote.evaluation().dropped())
                .containsExactly(new Dropped(new RuleId("earning.rate"), new Dropped.Why.BelowMinimum(10_00, 9_99)));
    }
}
