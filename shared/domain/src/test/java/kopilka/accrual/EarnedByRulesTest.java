package kopilka.accrual;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.rule;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kopilka.activities.RecordActivity;
import kopilka.ledger.ActivityId;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Lot;
import kopilka.ledger.Movement;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.members.ChangeProfile;
import kopilka.order.GivenDiscount;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.Quoted;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.BirthdayWindow;
import kopilka.program.Category;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.Inactivity;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PendingRule;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Qualification;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.RefundRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import kopilka.standing.Profile;
import kopilka.tiers.TierChange;
import org.junit.jupiter.api.Test;

class EarnedByRulesTest {
    private static final Effect BASE = new Effect.Earn(POINTS, new Rate(1, 100), Optional.empty());
    private static final TierId BRONZE = new TierId("bronze");
    private static final TierId SILVER = new TierId("silver");
    private static final ActivityKind REVIEW = new ActivityKind("review");

    private final List<Rule> rules = new ArrayList<>(List.of(rule("base", BASE)));
    private final Map<ActivityKind, ActivityRules> activities = new LinkedHashMap<>();
    private Optional<TierRules> tiers = Optional.empty();
    private Expiry expiry = Expiry.by(new ExpiryRule.AfterMonths(12, false));
    private Optional<Condition> spendable = Optional.empty();
    private int windowDays = 14;

    private Rules programme() {
        PendingRule pending = new PendingRule(PendingRule.From.PAID, windowDays);
        return new Rules(new Program(
                "By rules",
                EUR,
                ZoneId.of("Europe/Kyiv"),
                new RuleBook(
                        rules,
                        0,
                        EarningRules.Include.USUAL,
                        EarningRules.Rounding.DOWN_ON_ORDER,
                        Multipliers.USUAL,
                        10_000),
                List.of(
                        new WalletRules(
                                POINTS,
                                WalletRules.Unit.POINTS,
                                Texts.NONE,
                                pending,
                                expiry,
                                Optional.of(new RedemptionRules(
                                        new Worth(100, 100),
                                        1,
                                        1,
                                        RedemptionRules.WHOLE,
                                        RedemptionRules.DEFAULT_HOLD,
                                        spendable)),
                                OptionalLong.empty()),
                        new WalletRules(
                                CASHBACK,
                                WalletRules.Unit.MONEY,
                                Texts.NONE,
                                new PendingRule(PendingRule.From.PAID, 0),
                                Expiry.by(new ExpiryRule.Never()),
                                Optional.of(new RedemptionRules(
                                        new Worth(1, 1), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD)),
                                OptionalLong.empty())),
                new RefundRules(new RefundRules.Shortfall.Debt(), 0),
                Optional.empty(),
                tiers,
                activities,
                Set.of(new Segment("vip")),
                OptionalLong.empty()));
    }

    private ShopFixture open() {
        return aShop(programme()).enrol("anna");
    }

    private static long earned(Facts.OrderPaid paid) {
        return paid.earning().units(POINTS);
    }

    private static Order with(Order order, List<GivenDiscount> given, Optional<Quoted> quote) {
        long off = given.stream().mapToLong(GivenDiscount::amount).sum();
        return new Order(
                order.currency(),
                order.lines(),
                order.delivery(),
                order.tax(),
                order.discount(),
                order.total() - off,
                order.payments(),
                order.channel(),
                order.shop(),
                order.region(),
                order.coupons(),
                given,
                quote);
    }

    @Test
    void an_order_earns_points_and_cashback_in_one_posting_and_a_return_takes_both_back() {
        rules.add(rule("cashback", new Effect.Earn(CASHBACK, new Rate(5, 100), Optional.empty())));
        ShopFixture shop = open();

        Facts.OrderPaid paid = shop.pays("anna", "A-1", order(line("tea", 2, 40_00), line("mug", 1, 19_99)));

        assertThat(earned(paid)).isEqualTo(59);
        assertThat(paid.earning().units(CASHBACK)).isEqualTo(2_99);
        assertThat(shop.balance("anna").pending()).isEqualTo(59);
        assertThat(shop.balance("anna", CASHBACK).available()).isEqualTo(2_99);

        Facts.Return back = shop.returned(shop.refundOf("anna", "A-1", "R-1", "tea", 1));
        assertThat(back.in(POINTS).reversed()).isEqualTo(20);
        assertThat(back.in(CASHBACK).reversed()).isEqualTo(1_00);
        shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED));
        assertThat(shop.balance("anna").pending()).isZero();
        assertThat(shop.balance("anna", CASHBACK).available()).isZero();
        shop.audit("anna");
    }

    @Test
    void what_premium_goods_earned_twice_goes_back_twice() {
        rules.add(rule(
                "premium",
                new LineCondition.OfCategory(Set.of(new Category("premium"))),
                Optional.empty(),
                new Effect.Multiply(POINTS, 200)));
        ShopFixture shop = open();

        assertThat(earned(shop.pays("anna", "A-1", order(line("tea", 1, 25_00), line("mug", 2, 30_00, "premium")))))
                .isEqualTo(85);
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", "mug", 1)).reversed())
                .isEqualTo(30);
        shop.audit("anna");
    }

    @Test
    void the_first_order_brings_a_bonus_once_and_the_next_one_none() {
        rules.add(rule(
                "welcome",
                new LineCondition.Every(),
                Optional.of(new Condition.NthOrder(1, Period.EVER)),
                new Effect.Bonus(POINTS, 50)));
        ShopFixture shop = open();

        assertThat(earned(shop.pays("anna", "A-1", orderOf(10_00)))).isEqualTo(60);
        assertThat(earned(shop.pays("anna", "A-2", orderOf(10_00)))).isEqualTo(10);
        // Part of the first order goes back: it is still the first.
        assertThat(shop.refunded(shop.refundOf("anna", "A-1", "R-1", 4_00)).earned())
                .isEqualTo(56);
        shop.audit("anna");
    }

    @Test
    void every_third_order_of_a_month_counts_from_anew_in_the_next_and_returned_ones_do_not_count() {
        rules.add(rule(
                "third",
                new LineCondition.Every(),
                Optional.of(new Condition.EveryNthOrder(3, Period.MONTH)),
                new Effect.Bonus(POINTS, 100)));
        ShopFixture shop = open().at("2026-04-10T10:00:00Z");

        shop.pays("anna", "A-1", orderOf(10_00));
        shop.pays("anna", "A-2", orderOf(10_00));
        shop.done(shop.event("anna", "A-2", OrderEventKind.CANCELLED));
        assertThat(earned(shop.pays("anna", "A-3", orderOf(10_00)))).isEqualTo(10);
        assertThat(earned(shop.pays("anna", "A-4", orderOf(10_00)))).isEqualTo(110);
        shop.at("2026-05-01T10:00:00Z");
        assertThat(earned(shop.pays("anna", "A-5", orderOf(10_00)))).isEqualTo(10);
        shop.audit("anna");
    }

    private void bronzeAndSilver() {
        tiers = Optional.of(new TierRules(
                new TierPeriod.RollingMonths(12),
                false,
                0,
                List.of(
                        new TierLevel(BRONZE, Texts.NONE, Optional.empty(), Optional.empty(), List.of()),
                        new TierLevel(
                                SILVER,
                                Texts.NONE,
                                Optional.of(new Qualification.Spend(1_000_00)),
                                Optional.empty(),
                                List.of()))));
        rules.add(rule(
                "silver",
                new LineCondition.Every(),
                Optional.of(new Condition.InTier(Set.of(SILVER))),
                new Effect.Multiply(POINTS, 200)));
    }

    @Test
    void a_level_counts_from_the_order_after_the_one_that_reached_it_and_a_return_takes_it_away() {
        bronzeAndSilver();
        ShopFixture shop = open();

        assertThat(earned(shop.pays("anna", "A-1", orderOf(1_000_00)))).isEqualTo(1_000);
        Posting reached = shop.postings("anna").getLast();
        assertThat(reached.tierChanges())
                .containsExactly(new TierChange(BRONZE, SILVER, shop.now(), TierChange.Reason.REACHED));
        assertThat(earned(shop.pays("anna", "A-2", orderOf(100_00)))).isEqualTo(200);

        shop.refunded(shop.refundOf("anna", "A-1", "R-1", 200_00));
        assertThat(shop.postings("anna").getLast().tierChanges())
                .containsExactly(new TierChange(SILVER, BRONZE, shop.now(), TierChange.Reason.REFUNDED));
        assertThat(earned(shop.pays("anna", "A-3", orderOf(10_00)))).isEqualTo(10);
        // What was earned on the level stays as it was earned.
        assertThat(shop.refunded(shop.refundOf("anna", "A-2", "R-2", 50_00)).reversed())
                .isEqualTo(100);
        shop.audit("anna");
    }

    @Test
    void a_level_ends_by_time_alone_and_the_sweep_writes_it_down() {
        bronzeAndSilver();
        ShopFixture shop = open().at("2026-03-10T10:00:00Z");
        shop.pays("anna", "A-1", orderOf(1_000_00));

        shop.at("2027-03-09T21:59:59Z");
        assertThat(shop.progress("anna").changes()).isEmpty();
        shop.at("2027-03-09T22:00:00Z");
        assertThat(shop.progress("anna").changes())
                .containsExactly(new TierChange(SILVER, BRONZE, shop.now(), TierChange.Reason.PERIOD_OVER));
        shop.sweep("anna");
        assertThat(shop.postings("anna").getLast().tierChanges()).hasSize(1);
        assertThat(earned(shop.pays("anna", "A-2", orderOf(10_00)))).isEqualTo(10);
        shop.audit("anna");
    }

    @Test
    void points_last_as_long_as_the_level_says_that_they_were_earned_on() {
        bronzeAndSilver();
        expiry = new Expiry(
                new ExpiryRule.AfterMonths(6, false),
                Map.of(SILVER, new ExpiryRule.AfterMonths(24, false)),
                Optional.empty());
        ShopFixture shop = open().at("2026-03-10T10:00:00Z");
        shop.pays("anna", "A-1", orderOf(1_000_00));
        shop.pays("anna", "A-2", orderOf(10_00));

        assertThat(shop.wallet("anna").pending().list().stream()
                        .map(Lot::term)
                        .map(term -> term.expires().toString()))
                .containsExactly("2026-09-24", "2028-03-24");
        shop.audit("anna");
    }

    @Test
    void a_new_version_without_the_level_moves_its_members_at_the_moment_it_takes_effect() {
        bronzeAndSilver();
        ShopFixture shop = open().at("2026-03-10T10:00:00Z");
        shop.pays("anna", "A-1", orderOf(1_000_00));
        TierRules before = tiers.orElseThrow();
        tiers = Optional.of(
                new TierRules(before.period(), false, 0, List.of(before.levels().getFirst())));
        rules.removeLast();
        shop.at("2026-04-01T00:00:00Z").changeRules(programme());
        Instant changed = shop.now();

        shop.at("2026-04-05T00:00:00Z");
        shop.pays("anna", "A-2", orderOf(10_00));

        assertThat(shop.postings("anna").getLast().tierChanges())
                .containsExactly(new TierChange(SILVER, BRONZE, changed, TierChange.Reason.RULES_CHANGED));
        shop.audit("anna");
    }

    @Test
    void an_order_that_follows_a_quote_counts_under_its_version_and_its_moment() {
        rules.add(rule(
                "evening",
                new LineCondition.Every(),
                Optional.of(new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(20, 0))),
                new Effect.Multiply(POINTS, 300)));
        ShopFixture shop = open().at("2026-03-10T17:55:00Z");
        Instant quoted = shop.now();
        rules.clear();
        rules.add(rule("base", BASE));
        shop.at("2026-03-10T18:05:00Z").changeRules(programme());

        Order followed = with(orderOf(100_00), List.of(), Optional.of(new Quoted(1, quoted)));
        assertThat(earned(shop.pays("anna", "A-1", followed))).isEqualTo(300);
        assertThat(earned(shop.pays("anna", "A-2", orderOf(100_00)))).isEqualTo(100);
        // A quote that is over is as none at all, and one that no version backs too.
        shop.at("2026-03-10T18:25:01Z");
        assertThat(earned(shop.pays("anna", "A-3", followed))).isEqualTo(100);
        Order forged = with(orderOf(100_00), List.of(), Optional.of(new Quoted(2, quoted)));
        shop.at("2026-03-10T18:10:00Z");
        assertThat(earned(shop.pays("anna", "A-4", forged))).isEqualTo(100);
        shop.audit("anna");
    }

    @Test
    void a_discount_of_the_program_comes_off_what_its_lines_earn_and_what_a_return_pays_back() {
        rules.add(rule(
                "card",
                new LineCondition.OfCategory(Set.of(new Category("tea"))),
                Optional.empty(),
                new Effect.PercentOff(10_00)));
        ShopFixture shop = open();
        Order told = order(line("tea", 2, 40_00, "tea"), line("mug", 1, 20_00));
        Order paid = with(told, List.of(new GivenDiscount(new RuleId("card"), 4_00)), Optional.empty());

        assertThat(earned(shop.pays("anna", "A-1", paid))).isEqualTo(56);
        Facts.Return back = shop.returned(shop.refundOf("anna", "A-1", "R-1", "tea", 1));
        assertThat(back.value()).isEqualTo(18_00);
        assertThat(back.in(POINTS).reversed()).isEqualTo(18);

        Order unknown = with(told, List.of(new GivenDiscount(new RuleId("cart"), 4_00)), Optional.empty());
        assertThat(shop.refused(shop.payment("anna", "A-2", unknown)))
                .isEqualTo(new Refusal.DiscountUnknown(new RuleId("cart")));
        Order tooMuch = with(told, List.of(new GivenDiscount(new RuleId("card"), 40_01)), Optional.empty());
        assertThat(shop.refused(shop.payment("anna", "A-2", tooMuch)))
                .isEqualTo(new Refusal.DiscountTooLarge(new RuleId("card")));
        shop.audit("anna");
    }

    @Test
    void a_return_that_waited_comes_to_what_it_comes_to_after_the_payment() {
        bronzeAndSilver();
        rules.add(rule("cashback", new Effect.Earn(CASHBACK, new Rate(5, 100), Optional.empty())));
        ShopFixture shop = open().enrol("boris");
        shop.done(shop.refundOf("anna", "A-1", "R-1", "1", 1));
        Order order = order(line("1", 2, 900_00), line("2", 1, 200_00));
        shop.pays("anna", "A-1", order);
        shop.pays("boris", "B-1", order);
        shop.done(shop.refundOf("boris", "B-1", "R-1", "1", 1));

        assertThat(shop.balance("anna")).isEqualTo(shop.balance("boris"));
        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(shop.balance("boris", CASHBACK));
        assertThat(shop.account("anna").standing().spent())
                .isEqualTo(shop.account("boris").standing().spent())
                .isEqualTo(650_00);
        assertThat(shop.account("anna").standing().history())
                .isEqualTo(shop.account("boris").standing().history());
        assertThat(shop.account("anna").standing().level(programme().program())).contains(BRONZE);
        shop.audit("anna");
        shop.audit("boris");
    }

    private RecordActivity review(ShopFixture shop, String id, boolean verified) {
        return new RecordActivity(member("anna"), new ActivityId(id), REVIEW, shop.now(), verified);
    }

    @Test
    void an_activity_is_rewarded_once_each_and_as_often_as_its_limits_allow() {
        activities.put(
                REVIEW,
                new ActivityRules(
                        REVIEW,
                        Texts.NONE,
                        List.of(new Effect.Bonus(POINTS, 20), new Effect.Bonus(CASHBACK, 50)),
                        List.of(new ActivityRules.Limit(2, Period.MONTH), new ActivityRules.Limit(3, Period.YEAR)),
                        true,
                        Optional.empty()));
        ShopFixture shop = open().at("2026-03-10T10:00:00Z");

        assertThat(shop.refused(review(shop, "r-1", false))).isEqualTo(new Refusal.ActivityNotVerified());
        RecordActivity first = review(shop, "r-1", true);
        shop.done(first);
        shop.done(first);
        shop.done(review(shop, "r-2", true));
        assertThat(shop.balance("anna").available()).isEqualTo(40);
        assertThat(shop.balance("anna", CASHBACK).available()).isEqualTo(1_00);
        assertThat(shop.refused(review(shop, "r-3", true))).isEqualTo(new Refusal.ActivityLimit(2, Period.MONTH));
        shop.at("2026-04-01T10:00:00Z").done(review(shop, "r-3", true));
        assertThat(shop.refused(review(shop, "r-4", true))).isEqualTo(new Refusal.ActivityLimit(3, Period.YEAR));
        shop.at("2027-01-01T10:00:00Z").done(review(shop, "r-5", true));
        assertThat(shop.refused(new RecordActivity(
                        member("anna"), new ActivityId("x"), new ActivityKind("visit"), shop.now(), true)))
                .isEqualTo(new Refusal.ActivityUnknown());
        shop.audit("anna");
    }

    @Test
    void joining_is_rewarded_with_the_enrolment() {
        activities.put(
                ActivityRules.JOIN,
                new ActivityRules(
                        ActivityRules.JOIN,
                        Texts.NONE,
                        List.of(new Effect.Bonus(POINTS, 100)),
                        List.of(),
                        false,
                        Optional.empty()));
        ShopFixture shop = open();

        assertThat(shop.balance("anna").available()).isEqualTo(100);
        assertThat(shop.postings("anna").getFirst().movements())
                .anyMatch(movement -> movement.reason() == Reason.ACTIVITY);
        assertThat(shop.refused(
                        new RecordActivity(member("anna"), new ActivityId("x"), ActivityRules.JOIN, shop.now(), true)))
                .isEqualTo(new Refusal.ActivityUnknown());
        shop.audit("anna");
    }

    @Test
    void points_are_spent_in_the_week_of_the_birthday_alone_and_no_posting_says_when_that_is() {
        spendable = Optional.of(new Condition.NearBirthday(new BirthdayWindow(3, 3)));
        ShopFixture shop = open().at("2026-03-01T10:00:00Z");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.done(new ChangeProfile(
                member("anna"),
                new Digest().text("first").hash(),
                new Profile(Optional.of(MonthDay.of(5, 14)), Set.of(new Segment("vip")), Optional.empty())));

        shop.at("2026-05-10T10:00:00Z");
        assertThat(shop.refused(shop.holding("anna", "H-1", 50, 100_00)))
                .isEqualTo(new Refusal.WalletNotSpendableNow(spendable.get()));
        shop.at("2026-05-11T10:00:00Z").holds("anna", "H-1", 50);
        assertThat(shop.postings("anna").toString()).doesNotContain("--05-14").doesNotContain("vip");
        assertThat(shop.refused(new ChangeProfile(
                        member("anna"),
                        new Digest().text("second").hash(),
                        new Profile(Optional.empty(), Set.of(new Segment("whale")), Optional.empty()))))
                .isEqualTo(new Refusal.SegmentUnknown(new Segment("whale")));
        shop.audit("anna");
    }

    @Test
    void points_end_when_nothing_happens_for_a_while_and_a_purchase_in_time_keeps_them() {
        expiry = new Expiry(
                new ExpiryRule.Never(),
                Map.of(),
                Optional.of(new Inactivity(0, 90, Set.of(Inactivity.Sign.ORDER, Inactivity.Sign.REDEMPTION))));
        ShopFixture shop = open().at("2026-03-01T10:00:00Z");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-05-20T10:00:00Z").pays("anna", "A-2", orderOf(1_00));
        // 90 days after 20 May.
        shop.at("2026-08-18T20:59:59Z");
        assertThat(shop.balance("anna").available()).isEqualTo(101);
        shop.at("2026-08-18T21:00:00Z");
        assertThat(shop.balance("anna").available()).isZero();
        shop.sweep("anna");
        assertThat(shop.postings("anna").getLast().movements().stream()
                        .filter(movement -> movement.reason() == Reason.INACTIVE)
                        .map(Movement::points))
                .containsExactlyInAnyOrder(100L, 1L);
        shop.audit("anna");
    }

    @Test
    void what_an_order_earns_on_the_day_on_which_everything_before_it_ended_stays() {
        windowDays = 0;
        expiry = new Expiry(
                new ExpiryRule.Never(),
                Map.of(),
                Optional.of(new Inactivity(0, 90, Set.of(Inactivity.Sign.ORDER, Inactivity.Sign.REDEMPTION))));
        ShopFixture shop = open().at("2026-05-20T10:00:00Z");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.at("2026-08-19T10:00:00Z").pays("anna", "A-2", orderOf(1_00));
        assertThat(shop.balance("anna").available()).isEqualTo(1);
        shop.audit("anna");
    }

    @Test
    void before_a_program_looks_at_signs_nobody_is_inactive() {
        windowDays = 0;
        ShopFixture shop = open();
        Instant joined = shop.account("anna").enrolledAt();
        shop.at(joined.plus(Duration.ofDays(80)).toString()).pays("anna", "A-1", orderOf(100_00));
        expiry = new Expiry(
                new ExpiryRule.Never(),
                Map.of(),
                Optional.of(new Inactivity(0, 90, Set.of(Inactivity.Sign.ORDER, Inactivity.Sign.REDEMPTION))));
        Instant changed = joined.plus(Duration.ofDays(85));
        shop.at(changed.toString()).changeRules(programme());

        shop.at(changed.plus(Duration.ofDays(90)).toString()).sweep("anna");
        assertThat(shop.balance("anna").available()).isEqualTo(100);
        shop.at(changed.plus(Duration.ofDays(91)).toString()).sweep("anna");
        assertThat(shop.balance("anna").available()).isZero();
        shop.audit("anna");
    }

    @Test
    void who_joined_long_ago_gets_no_welcome_and_the_day_is_that_of_the_programs_clock() {
        rules.add(rule(
                "welcome",
                new LineCondition.Every(),
                Optional.of(new Condition.JoinedWithin(30)),
                new Effect.Bonus(POINTS, 7)));
        ShopFixture shop = open();
        LocalDate joined = programme().program().dayOf(shop.account("anna").enrolledAt());
        ZoneId kyiv = ZoneId.of("Europe/Kyiv");

        shop.at(joined.plusDays(31).atStartOfDay(kyiv).toInstant().minusNanos(1).toString());
        assertThat(earned(shop.pays("anna", "A-1", orderOf(1_00)))).isEqualTo(8);
        shop.at(joined.plusDays(31).atStartOfDay(kyiv).toInstant().toString());
        assertThat(earned(shop.pays("anna", "A-2", orderOf(1_00)))).isEqualTo(1);
        shop.audit("anna");
    }
}
