package kopilka.earning;

import static kopilka.earning.Club.CASHBACK;
import static kopilka.earning.Club.NOON;
import static kopilka.earning.Club.POINTS;
import static kopilka.earning.Club.and;
import static kopilka.earning.Club.base;
import static kopilka.earning.Club.basket;
import static kopilka.earning.Club.discounted;
import static kopilka.earning.Club.given;
import static kopilka.earning.Club.line;
import static kopilka.earning.Club.ofBrand;
import static kopilka.earning.Club.ofCategory;
import static kopilka.earning.Club.ofSku;
import static kopilka.earning.Club.paidWithPoints;
import static kopilka.earning.Club.returned;
import static kopilka.earning.Club.returnedAmount;
import static kopilka.earning.Club.returnedDelivery;
import static kopilka.earning.Club.rule;
import static kopilka.earning.Club.voucher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kopilka.earning.Dropped.Why;
import kopilka.earning.Earning.Excluded;
import kopilka.earning.Evaluation.Borne;
import kopilka.earning.Evaluation.Discount;
import kopilka.earning.Evaluation.Fault;
import kopilka.earning.Rewards.OnValue;
import kopilka.earning.Rewards.Once;
import kopilka.ledger.ShopFixture;
import kopilka.order.GivenDiscount;
import kopilka.order.OrderBasis;
import kopilka.program.Benefit;
import kopilka.program.BirthdayWindow;
import kopilka.program.Channel;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.Coupon;
import kopilka.program.EarningRules.Include;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers.Combine;
import kopilka.program.PaymentMethod;
import kopilka.program.Period;
import kopilka.program.Range;
import kopilka.program.Rate;
import kopilka.program.Region;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.program.ShopId;
import kopilka.program.TierId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
    private static final Include EVERYTHING = new Include(true, true, true, true, true);
    private static final Include GOODS_ONLY = new Include(false, false, false, false, false);

    // Conditions. A rule with the condition brings one point.

    /** Somebody about whom all is known. */
    private static final Circumstances KNOWN = new Circumstances(
            Optional.of(new ShopId("main")),
            Optional.of(new Channel("app")),
            Optional.of(new Region("north")),
            Set.of(new PaymentMethod("card"), new PaymentMethod("points")),
            Set.of(new Coupon("SPRING")),
            Optional.of(new TierId("gold")),
            Map.of(Period.EVER, 8L, Period.MONTH, 2L),
            500_00,
            Set.of(new Segment("vip"), new Segment("early")),
            Optional.of(LocalDate.of(2026, 5, 11)),
            Set.of(new BirthdayWindow(3, 3)));

    private static boolean holds(Condition condition, Circumstances circumstances, Instant at, OrderBasis basket) {
        return Club.of(rule("r").bonus(1).when(condition))
                        .quote(basket, circumstances, at)
                        .rewards()
                        .units(POINTS)
                == 1;
    }

    private static boolean holds(Condition condition) {
        return holds(condition, KNOWN, NOON, basket(line(50_00)));
    }

    private static boolean holdsOfAGuest(Condition condition) {
        return holds(condition, Circumstances.UNKNOWN, NOON, basket(line(50_00)));
    }

    private static boolean holdsAt(Condition condition, String instant) {
        return holds(condition, KNOWN, Instant.parse(instant), basket(line(50_00)));
    }

    @Test
    void an_amount_is_that_of_the_goods_after_the_shops_own_discounts() {
        OrderBasis basket = and(basket(line(60_00), discounted(40_00)), 9_00, 5_00, 10_00);
        assertThat(holds(new Condition.Amount(new Range(90_00, Range.OPEN)), KNOWN, NOON, basket))
                .isTrue();
        assertThat(holds(new Condition.Amount(new Range(90_01, Range.OPEN)), KNOWN, NOON, basket))
                .isFalse();
        assertThat(holds(new Condition.Amount(new Range(0, 90_01)), KNOWN, NOON, basket))
                .isTrue();
        assertThat(holds(new Condition.Amount(new Range(0, 90_00)), KNOWN, NOON, basket))
                .isFalse();
    }

    @Test
    void an_amount_does_not_lack_what_the_programs_discounts_take_off() {
        Club club = Club.of(
                rule("card").percentOff(50).priority(1),
                rule("large").bonus(1).when(new Condition.Amount(new Range(100_00, Range.OPEN))));
        assertThat(club.quote(basket(line(100_00))).rewards().units(POINTS)).isEqualTo(1);
        assertThat(club.points(given(basket(line(100_00)), "card", 50_00))).isEqualTo(1);
    }

    @Test
    void what_matches_is_the_same_of_the_lines_that_the_rule_is_about() {
        // 10 % off the order: the tea comes to 27.00 and the mug to 36.00.
        OrderBasis basket = and(basket(line("tea", 30_00), line("mug", 40_00)), 0, 0, 7_00);
        Condition from27 = new Condition.Matching(new Range(27_00, Range.OPEN));
        Condition above27 = new Condition.Matching(new Range(27_01, Range.OPEN));
        assertThat(Club.of(rule("r").bonus(1).on("tea").when(from27)).points(basket))
                .isEqualTo(1);
        assertThat(Club.of(rule("r").bonus(1).on("tea").when(above27)).points(basket))
                .isZero();
        assertThat(Club.of(rule("r").bonus(1).on("mug").when(above27)).points(basket))
                .isEqualTo(1);
    }

    @Test
    void shop_channel_and_region_are_one_of_those_named() {
        assertThat(holds(new Condition.AtShop(Set.of(new ShopId("other"), new ShopId("main")))))
                .isTrue();
        assertThat(holds(new Condition.AtShop(Set.of(new ShopId("other"))))).isFalse();
        assertThat(holdsOfAGuest(new Condition.AtShop(Set.of(new ShopId("main")))))
                .isFalse();
        assertThat(holds(new Condition.ByChannel(Set.of(new Channel("app"))))).isTrue();
        assertThat(holds(new Condition.ByChannel(Set.of(new Channel("web"))))).isFalse();
        assertThat(holdsOfAGuest(new Condition.ByChannel(Set.of(new Channel("app")))))
                .isFalse();
        assertThat(holds(new Condition.InRegion(Set.of(new Region("north"))))).isTrue();
        assertThat(holds(new Condition.InRegion(Set.of(new Region("south"))))).isFalse();
        assertThat(holdsOfAGuest(new Condition.InRegion(Set.of(new Region("north")))))
                .isFalse();
    }

    @Test
    void days_of_the_week_are_those_of_the_programs_zone() {
        Condition saturday = new Condition.OnDays(Set.of(DayOfWeek.SATURDAY));
        // In Kyiv it is Saturday from 21:00 UTC of Friday on.
        assertThat(holdsAt(saturday, "2026-06-12T20:59:59Z")).isFalse();
        assertThat(holdsAt(saturday, "2026-06-12T21:00:00Z")).isTrue();
        assertThat(holdsAt(saturday, "2026-06-13T20:59:59Z")).isTrue();
        assertThat(holdsAt(saturday, "2026-06-13T21:00:00Z")).isFalse();
    }

    @Test
    void hours_begin_with_their_first_moment_and_end_before_their_last() {
        Condition evening = new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(20, 0));
        assertThat(holdsAt(evening, "2026-06-10T14:59:59.999Z")).isFalse();
        assertThat(holdsAt(evening, "2026-06-10T15:00:00Z")).isTrue();
        assertThat(holdsAt(evening, "2026-06-10T16:59:59.999Z")).isTrue();
        assertThat(holdsAt(evening, "2026-06-10T17:00:00Z")).isFalse();
    }

    @Test
    void hours_that_end_before_they_begin_go_past_midnight() {
        Condition night = new Condition.InHours(LocalTime.of(22, 0), LocalTime.of(2, 0));
        assertThat(holdsAt(night, "2026-06-10T18:59:59Z")).isFalse();
        assertThat(holdsAt(night, "2026-06-10T19:00:00Z")).isTrue();
        assertThat(holdsAt(night, "2026-06-10T21:30:00Z")).isTrue();
        assertThat(holdsAt(night, "2026-06-10T22:59:59Z")).isTrue();
        assertThat(holdsAt(night, "2026-06-10T23:00:00Z")).isFalse();
    }

    @Test
    void an_hour_that_summer_time_leaves_out_holds_at_no_moment() {
        // Kyiv, 29 March 2026: the clock goes from 02:59:59 to 04:00:00.
        Condition three = new Condition.InHours(LocalTime.of(3, 0), LocalTime.of(4, 0));
        assertThat(holdsAt(three, "2026-03-29T00:59:59Z")).isFalse();
        assertThat(holdsAt(three, "2026-03-29T01:00:00Z")).isFalse();
        assertThat(holdsAt(three, "2026-03-28T01:30:00Z")).isTrue();
    }

    @Test
    void an_hour_that_comes_twice_when_summer_time_ends_holds_twice() {
        // Kyiv, 25 October 2026: from 03:00 to 04:00 twice.
        Condition three = new Condition.InHours(LocalTime.of(3, 0), LocalTime.of(4, 0));
        assertThat(holdsAt(three, "2026-10-24T23:59:59Z")).isFalse();
        assertThat(holdsAt(three, "2026-10-25T00:30:00Z")).isTrue();
        assertThat(holdsAt(three, "2026-10-25T01:30:00Z")).isTrue();
        assertThat(holdsAt(three, "2026-10-25T02:00:00Z")).isFalse();
    }

    @Test
    void dates_include_their_first_and_their_last_day() {
        Condition december = new Condition.InDates(LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 31));
        assertThat(holdsAt(december, "2026-11-30T21:59:59Z")).isFalse();
        assertThat(holdsAt(december, "2026-11-30T22:00:00Z")).isTrue();
        assertThat(holdsAt(december, "2026-12-31T21:59:59Z")).isTrue();
        assertThat(holdsAt(december, "2026-12-31T22:00:00Z")).isFalse();
    }

    @Test
    void an_order_is_counted_within_its_period_itself_included() {
        assertThat(holds(new Condition.NthOrder(9, Period.EVER))).isTrue();
        assertThat(holds(new Condition.NthOrder(8, Period.EVER))).isFalse();
        assertThat(holds(new Condition.NthOrder(3, Period.MONTH))).isTrue();
        assertThat(holds(new Condition.NthOrder(1, Period.DAY))).isTrue();
        assertThat(holds(new Condition.NthOrder(2, Period.DAY))).isFalse();
        assertThat(holdsOfAGuest(new Condition.NthOrder(1, Period.EVER))).isTrue();
    }

    @Test
    void every_so_manieth_order_is_a_multiple() {
        assertThat(holds(new Condition.EveryNthOrder(3, Period.EVER))).isTrue();
        assertThat(holds(new Condition.EveryNthOrder(9, Period.EVER))).isTrue();
        assertThat(holds(new Condition.EveryNthOrder(2, Period.EVER))).isFalse();
        assertThat(holds(new Condition.EveryNthOrder(18, Period.EVER))).isFalse();
        assertThat(holds(new Condition.EveryNthOrder(1, Period.DAY))).isTrue();
    }

    @Test
    void what_was_spent_before_is_without_this_order() {
        assertThat(holds(new Condition.Spent(new Range(500_00, 500_01)))).isTrue();
        assertThat(holds(new Condition.Spent(new Range(500_01, Range.OPEN)))).isFalse();
        assertThat(holds(new Condition.Spent(new Range(0, 500_00)))).isFalse();
    }

    @Test
    void level_segment_payment_and_coupon_are_one_of_those_named() {
        assertThat(holds(new Condition.InTier(Set.of(new TierId("gold"), new TierId("silver")))))
                .isTrue();
        assertThat(holds(new Condition.InTier(Set.of(new TierId("silver"))))).isFalse();
        assertThat(holdsOfAGuest(new Condition.InTier(Set.of(new TierId("gold")))))
                .isFalse();
        assertThat(holds(new Condition.InSegment(Set.of(new Segment("vip"), new Segment("staff")))))
                .isTrue();
        assertThat(holds(new Condition.InSegment(Set.of(new Segment("staff"))))).isFalse();
        assertThat(holds(new Condition.PaidBy(Set.of(new PaymentMethod("card")))))
                .isTrue();
        assertThat(holds(new Condition.PaidBy(Set.of(new PaymentMethod("cash")))))
                .isFalse();
        assertThat(holds(new Condition.WithCoupon(Set.of(new Coupon("SPRING")))))
                .isTrue();
        assertThat(holds(new Condition.WithCoupon(Set.of(new Coupon("spring")))))
                .isFalse();
    }

    @Test
    void a_birthday_is_near_where_its_window_is_among_those_that_hold() {
        assertThat(holds(new Condition.NearBirthday(new BirthdayWindow(3, 3)))).isTrue();
        assertThat(holds(new Condition.NearBirthday(new BirthdayWindow(3, 4)))).isFalse();
        assertThat(holdsOfAGuest(new Condition.NearBirthday(new BirthdayWindow(3, 3))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--12-30, 3, 3, 2026-12-26, false",
        "--12-30, 3, 3, 2026-12-27, true",
        "--12-30, 3, 3, 2027-01-02, true",
        "--12-30, 3, 3, 2027-01-03, false",
        "--01-02, 3, 3, 2026-12-30, true",
        "--01-02, 3, 3, 2026-12-29, false",
        "--05-14, 0, 0, 2026-05-14, true",
        "--05-14, 0, 0, 2026-05-15, false",
        "--02-29, 0, 0, 2026-02-28, true",
        "--02-29, 0, 0, 2026-03-01, false",
        "--02-29, 0, 0, 2028-02-28, false",
        "--02-29, 0, 0, 2028-02-29, true",
        "--02-29, 1, 1, 2028-03-01, true",
        "--02-29, 1, 1, 2026-03-01, true",
        "--02-29, 1, 1, 2026-03-02, false",
    })
    void a_birthdays_window_goes_across_new_year_and_knows_29_february(
            String birthday, int before, int after, String day, boolean within) {
        assertThat(new BirthdayWindow(before, after).contains(LocalDate.parse(day), MonthDay.parse(birthday)))
                .isEqualTo(within);
    }

    @Test
    void joined_within_counts_from_the_day_of_joining_as_day_0() {
        // Joined on 11 May, which is 30 days before 10 June.
        assertThat(holds(new Condition.JoinedWithin(30))).isTrue();
        assertThat(holds(new Condition.JoinedWithin(29))).isFalse();
        assertThat(holdsAt(new Condition.JoinedWithin(0), "2026-05-11T09:00:00Z"))
                .isTrue();
        assertThat(holdsAt(new Condition.JoinedWithin(0), "2026-05-12T09:00:00Z"))
                .isFalse();
        assertThat(holdsAt(new Condition.JoinedWithin(30), "2026-05-10T09:00:00Z"))
                .isFalse();
        assertThat(holdsOfAGuest(new Condition.JoinedWithin(30))).isFalse();
    }

    @Test
    void joined_before_is_before_that_day() {
        assertThat(holds(new Condition.JoinedBefore(LocalDate.of(2026, 5, 12)))).isTrue();
        assertThat(holds(new Condition.JoinedBefore(LocalDate.of(2026, 5, 11)))).isFalse();
        assertThat(holdsOfAGuest(new Condition.JoinedBefore(LocalDate.of(2026, 5, 12))))
                .isFalse();
    }

    @Test
    void conditions_are_combined_by_all_any_and_not() {
        Condition yes = new Condition.InTier(Set.of(new TierId("gold")));
        Condition no = new Condition.InTier(Set.of(new TierId("silver")));
        assertThat(holds(new Condition.All(List.of(yes, yes)))).isTrue();
        assertThat(holds(new Condition.All(List.of(yes, no)))).isFalse();
        assertThat(holds(new Condition.AnyOf(List.of(no, yes)))).isTrue();
        assertThat(holds(new Condition.AnyOf(List.of(no, no)))).isFalse();
        assertThat(holds(new Condition.Not(no))).isTrue();
        assertThat(holds(new Condition.Not(yes))).isFalse();
    }

    // Lines. A rule on some lines brings 1 point for 1.00.

    private static long onLines(LineCondition condition) {
        OrderBasis basket = basket(
                line("tea", "ronn", "T-1", 1_00),
                line("tea", "basi", "T-2", 2_00),
                line("mug", "ronn", "M-1", 4_00),
                line(8_00));
        return Club.of(base().on(condition)).points(basket);
    }

    @Test
    void lines_are_selected_by_category_brand_and_sku() {
        assertThat(onLines(new LineCondition.Every())).isEqualTo(15);
        assertThat(onLines(ofCategory("tea"))).isEqualTo(3);
        assertThat(onLines(ofCategory("tea", "mug"))).isEqualTo(7);
        assertThat(onLines(ofCategory("cup"))).isZero();
        assertThat(onLines(ofBrand("ronn"))).isEqualTo(5);
        assertThat(onLines(ofBrand("other"))).isZero();
        assertThat(onLines(ofSku("T-2"))).isEqualTo(2);
        assertThat(onLines(ofSku("T-3"))).isZero();
    }

    @Test
    void lines_are_selected_by_all_any_and_not() {
        assertThat(onLines(new LineCondition.All(List.of(ofCategory("tea"), ofBrand("ronn")))))
                .isEqualTo(1);
        assertThat(onLines(new LineCondition.AnyOf(List.of(ofCategory("mug"), ofSku("T-1")))))
                .isEqualTo(5);
        assertThat(onLines(new LineCondition.Not(ofCategory("tea")))).isEqualTo(12);
        assertThat(onLines(new LineCondition.Not(new LineCondition.Every()))).isZero();
    }

    // Rules among each other.

    @Test
    void all_rules_apply_that_no_group_keeps_apart() {
        Club club =
                Club.of(base(), rule("tea").earns(2).on("tea"), rule("thanks").bonus(5));
        assertThat(club.points(basket(line("tea", 10_00), line("mug", 10_00)))).isEqualTo(20 + 20 + 5);
    }

    @Test
    void in_a_group_each_line_goes_to_the_first_rule_that_takes_it() {
        Club club = Club.of(
                base().group("rate"),
                rule("tea").earns(3).on("tea").group("rate").priority(2),
                rule("goods")
                        .earns(2)
                        .on(ofCategory("tea", "mug"))
                        .group("rate")
                        .priority(1));
        OrderBasis basket = basket(line("tea", 10_00), line("mug", 10_00), line(10_00));
        assertThat(club.points(basket)).isEqualTo(30 + 20 + 10);
    }

    @Test
    void equal_priorities_go_by_the_document() {
        Club club = Club.of(
                rule("first").earns(1).group("rate"), rule("second").earns(9).group("rate"));
        assertThat(club.points(basket(line(10_00)))).isEqualTo(10);
        Club other = Club.of(
                rule("first").earns(1).group("rate"),
                rule("second").earns(9).group("rate").priority(1));
        assertThat(other.points(basket(line(10_00)))).isEqualTo(90);
    }

    @Test
    void a_rule_that_does_not_apply_leaves_its_lines_to_the_next_of_its_group() {
        Club club = Club.of(
                rule("gold").earns(9).group("rate").when(new Condition.InTier(Set.of(new TierId("gold")))),
                rule("base").earns(1).group("rate"));
        assertThat(club.points(basket(line(10_00)))).isEqualTo(10);
    }

    @Test
    void a_rule_without_lines_of_its_own_is_excluded_by_the_first_that_has_one_of_them() {
        Club club = Club.of(
                rule("mugs").earns(1).on("mug").group("rate"),
                rule("teas").earns(1).on("tea").group("rate"),
                rule("late").bonus(100).on(ofCategory("tea", "mug")).group("rate"));
        OrderBasis basket = basket(line("tea", 10_00), line("mug", 10_00));
        assertThat(club.points(basket)).isEqualTo(20);
        assertThat(club.of(basket).dropped()).containsExactly(dropped("late", new Why.ExcludedBy(new RuleId("mugs"))));
    }

    @Test
    void groups_know_nothing_of_each_other() {
        Club club = Club.of(rule("a").bonus(1).group("g"), rule("b").bonus(2).group("h"));
        assertThat(club.points(basket(line(1_00)))).isEqualTo(3);
    }

    @Test
    void the_delivery_is_left_to_the_general_rule_of_a_group() {
        Club club = Club.of(rule("tea").earns(5).on("tea").group("rate").priority(1), base().group("rate"))
                .including(EVERYTHING);
        assertThat(club.points(and(basket(line("tea", 10_00)), 7_00, 0, 0))).isEqualTo(57);
    }

    private static Dropped dropped(String rule, Why why) {
        return new Dropped(new RuleId(rule), why);
    }

    // Earning.

    @Test
    void fractions_of_lines_and_rules_add_up_before_they_are_rounded_down() {
        Club club = Club.of(
                rule("a").earns(POINTS, 1, 3),
                rule("b").earns(POINTS, 1, 6),
                rule("c").earns(POINTS, 1, 2));
        assertThat(club.points(basket(line(1)))).isEqualTo(1);
        assertThat(Club.of(base()).points(basket(line(50), line(49)))).isZero();
        assertThat(Club.of(base()).points(basket(line(50), line(50)))).isEqualTo(1);
    }

    @Test
    void line_by_line_each_lines_fraction_of_all_rules_is_dropped() {
        Club club = Club.of(base(), rule("more").earns(1)).roundedLineByLine();
        assertThat(club.points(basket(line(50), line(49), line(1_49)))).isEqualTo(1 + 2);
    }

    @Test
    void the_shops_own_discount_comes_off_every_line() {
        Club club = Club.of(rule("tea").earns(1).on("tea"), rule("mug").earns(2).on("mug"));
        // The example of the first format: 22.50 × 1 + 31.50 × 2.
        assertThat(club.points(and(basket(line("tea", 25_00), line("mug", 35_00)), 0, 0, 6_00)))
                .isEqualTo(85);
    }

    @Test
    void a_bonus_comes_once_an_order_and_is_not_multiplied() {
        Club club = Club.of(rule("twice").multiplies(200), rule("thanks").bonus(50), base());
        Evaluation evaluation = club.of(basket(line(1_00), line(1_00), line(1_00)));
        assertThat(evaluation.rewards().units(POINTS)).isEqualTo(56);
        assertThat(evaluation.rewards().wallets().get(POINTS))
                .isNotNull()
                .satisfies(reward -> assertThat(reward.parts())
                        .containsExactly(
                                new Once(new RuleId("thanks"), 50),
                                new OnValue(
                                        new RuleId("base"),
                                        3_00,
                                        new Rate(1, 1_00),
                                        20_000,
                                        List.of(new RuleId("twice")))));
    }

    @Test
    void multipliers_are_added_or_multiplied() {
        Club club = Club.of(
                base(),
                rule("twice").multiplies(200),
                rule("thrice").multiplies(300),
                rule("half").multiplies(50));
        assertThat(club.points(basket(line(100_00)))).isEqualTo(350);
        assertThat(club.multipliers(Combine.MULTIPLY, 1_000).points(basket(line(100_00))))
                .isEqualTo(300);
    }

    @Test
    void the_factor_of_all_multipliers_is_capped() {
        Club club = Club.of(base(), rule("ten").multiplies(1_000), rule("more").multiplies(1_000));
        assertThat(club.points(basket(line(10_00)))).isEqualTo(100);
        assertThat(club.multipliers(Combine.ADD, 1_950).points(basket(line(10_00))))
                .isEqualTo(190);
        assertThat(club.multipliers(Combine.MULTIPLY, 9_999).points(basket(line(10_00))))
                .isEqualTo(999);
    }

    @Test
    void surpluses_are_added_up_before_what_is_below_nothing_is_nothing() {
        Club club = Club.of(
                base(),
                rule("a").multiplies(0),
                rule("b").multiplies(0),
                rule("c").multiplies(300));
        // 1 - 1 - 1 + 2
        assertThat(club.points(basket(line(10_00)))).isEqualTo(10);
        assertThat(Club.of(base(), rule("a").multiplies(0), rule("b").multiplies(50))
                        .points(basket(line(10_00))))
                .isZero();
    }

    @Test
    void a_product_of_factors_is_rounded_down_once() {
        Club club = Club.of(
                        base(),
                        rule("a").multiplies(1),
                        rule("b").multiplies(1),
                        rule("c").multiplies(1),
                        rule("d").multiplies(10_000),
                        rule("e").multiplies(10_000),
                        rule("f").multiplies(10_000))
                .multipliers(Combine.MULTIPLY, 10_000);
        assertThat(club.points(basket(line(10_00)))).isEqualTo(10);
        // 1.11 × 1.11 × 1.11 = 1.3676|31
        Club odd = Club.of(
                        rule("base").earns(POINTS, 10_000, 1_00),
                        rule("a").multiplies(111),
                        rule("b").multiplies(111),
                        rule("c").multiplies(111))
                .multipliers(Combine.MULTIPLY, 10_000);
        assertThat(odd.points(basket(line(1_00)))).isEqualTo(13_676);
    }

    @Test
    void a_multiplier_is_for_its_lines_and_its_wallet_alone() {
        Club club = Club.of(
                        base().earns(CASHBACK, 5, 100),
                        rule("twice").multiplies(200).on("tea"))
                .withCashback();
        Rewards rewards =
                club.of(basket(line("tea", 10_00), line("mug", 10_00))).rewards();
        assertThat(rewards.units(POINTS)).isEqualTo(30);
        assertThat(rewards.units(CASHBACK)).isEqualTo(1_00);
    }

    @Test
    void several_wallets_earn_beside_each_other_and_each_has_its_cap() {
        Club club = Club.of(base().earns(CASHBACK, 5, 100), rule("thanks").bonus(CASHBACK, 25))
                .withCashback();
        OrderBasis basket = basket(line(100_00));
        assertThat(club.of(basket).rewards().units()).isEqualTo(new TreeMap<>(Map.of(POINTS, 100L, CASHBACK, 5_25L)));
        Rewards capped = club.capped(CASHBACK, 3_00).of(basket).rewards();
        assertThat(capped.units()).isEqualTo(new TreeMap<>(Map.of(POINTS, 100L, CASHBACK, 3_00L)));
        assertThat(capped.wallets().get(CASHBACK))
                .isNotNull()
                .satisfies(reward -> assertThat(reward.uncapped()).isEqualTo(5_25));
    }

    @Test
    void below_the_minimum_nothing_is_earned_but_discounts_and_benefits_stand() {
        Club club = Club.of(
                        base().percentOff(10).grants(Benefit.Kind.GIFT),
                        rule("twice").multiplies(200),
                        rule("thanks").bonus(5))
                .minimumOrder(50_00);
        assertThat(club.quote(basket(line(50_00))).rewards().units(POINTS)).isEqualTo(90 + 5);
        Evaluation below = club.quote(and(basket(line(50_00)), 9_00, 0, 1));
        assertThat(below.rewards().units()).isEmpty();
        assertThat(below.rewards().benefits()).hasSize(1);
        assertThat(below.rewards().excluded()).contains(new Excluded(Excluded.What.BELOW_MINIMUM, 49_99));
        assertThat(below.discounts()).extracting(Discount::amount).containsExactly(4_99L);
        Why why = new Why.BelowMinimum(50_00, 49_99);
        assertThat(below.dropped())
                .containsExactly(dropped("base", why), dropped("twice", why), dropped("thanks", why));
    }

    @Test
    void a_rule_below_the_minimum_leaves_its_lines_to_a_discount_of_its_group() {
        Club club = Club.of(base().group("g"), rule("card").percentOff(10).group("g"))
                .minimumOrder(50_00);
        assertThat(club.quote(basket(line(50_00))).discounts()).isEmpty();
        assertThat(club.quote(basket(line(49_00))).discounts()).hasSize(1);
    }

    @Test
    void the_delivery_counts_where_the_program_says_so_and_bears_no_discount() {
        OrderBasis basket = and(basket(line(10_00)), 5_00, 0, 1_00);
        Club club = Club.of(rule("card").percentOff(50).priority(1), base());
        Evaluation without = club.quote(basket);
        assertThat(without.rewards().units(POINTS)).isEqualTo(4);
        assertThat(without.rewards().excluded()).containsExactly(new Excluded(Excluded.What.DELIVERY, 5_00));
        assertThat(club.including(new Include(true, false, true, false, false))
                        .quote(basket)
                        .rewards()
                        .units(POINTS))
                .isEqualTo(9);
        assertThat(Club.of(base().on("tea")).including(EVERYTHING).points(and(basket(line("tea", 10_00)), 5_00, 0, 0)))
                .as("a rule about lines is not about the delivery")
                .isEqualTo(10);
    }

    @Test
    void tax_beside_the_prices_counts_where_the_program_says_so() {
        OrderBasis basket = and(basket(line("tea", 10_00), line("mug", 10_00)), 0, 4_00, 0);
        Club club = Club.of(base().on("tea"));
        assertThat(club.points(basket)).isEqualTo(10);
        assertThat(club.of(basket).rewards().excluded()).containsExactly(new Excluded(Excluded.What.TAX, 4_00));
        assertThat(club.including(new Include(false, true, true, false, false)).points(basket))
                .isEqualTo(12);
    }

    @Test
    void discounted_lines_and_vouchers_count_where_the_program_says_so() {
        OrderBasis basket = basket(line(1_00), discounted(2_00), voucher(4_00));
        Club club = Club.of(base());
        assertThat(club.points(basket)).isEqualTo(3);
        assertThat(club.including(EVERYTHING).points(basket)).isEqualTo(7);
        assertThat(club.including(GOODS_ONLY).points(basket)).isEqualTo(1);
        assertThat(club.including(GOODS_ONLY).of(basket).rewards().excluded())
                .containsExactly(
                        new Excluded(Excluded.What.DISCOUNTED_LINES, 2_00),
                        new Excluded(Excluded.What.GIFT_VOUCHERS, 4_00));
    }

    @Test
    void what_points_paid_comes_off_each_line_in_proportion() {
        OrderBasis basket = paidWithPoints(and(basket(line("tea", 60_00), line("mug", 20_00)), 20_00, 0, 0), 50_00);
        Club club = Club.of(base().on("tea"));
        assertThat(club.points(basket)).isEqualTo(30);
        assertThat(club.of(basket).rewards().excluded())
                .containsExactly(
                        new Excluded(Excluded.What.DELIVERY, 10_00),
                        new Excluded(Excluded.What.PAID_WITH_POINTS, 50_00));
        assertThat(club.including(EVERYTHING).points(basket)).isEqualTo(60);
    }

    @Test
    void benefits_come_with_the_rule_that_brings_them() {
        Club club = Club.of(
                rule("large")
                        .grants(Benefit.Kind.FREE_DELIVERY)
                        .when(new Condition.Amount(new Range(50_00, Range.OPEN))),
                rule("tea").grants(Benefit.Kind.GIFT).on("tea"));
        assertThat(club.of(basket(line("tea", 49_99))).rewards().benefits())
                .extracting(each -> each.rule().value(), each -> each.benefit().kind())
                .containsExactly(tuple("tea", Benefit.Kind.GIFT));
        assertThat(club.of(basket(line("mug", 50_00))).rewards().benefits())
                .extracting(each -> each.rule().value())
                .containsExactly("large");
    }

    @Test
    void a_line_that_costs_nothing_is_none_that_a_rule_is_about() {
        Club club = Club.of(rule("sample").bonus(5).on("sample"), rule("thanks").bonus(1));
        assertThat(club.points(basket(line("sample", 0), line("tea", 1_00)))).isEqualTo(1);
        assertThat(club.points(and(basket(line("sample", 5_00)), 3_00, 0, 5_00)))
                .isZero();
    }

    // Discounts.

    private static List<Long> discounts(Club club, OrderBasis basket) {
        return club.quote(basket).discounts().stream().map(Discount::amount).toList();
    }

    @Test
    void a_percentage_is_of_the_lines_after_the_shops_own_discount_rounded_down() {
        Club club = Club.of(rule("tea").percentOff(10).on("tea"));
        Evaluation quote = club.quote(and(basket(line("tea", 9_99), line("mug", 9_99)), 0, 0, 1_00));
        // 10 % of 9.49
        assertThat(quote.discounts()).containsExactly(new Discount(new RuleId("tea"), 94, List.of(94L, 0L)));
    }

    @Test
    void percentages_of_one_rule_are_rounded_together() {
        Club club = Club.of(rule("r").percentOff(1).percentOff(1));
        assertThat(discounts(club, basket(line(1_50)))).containsExactly(3L);
    }

    @Test
    void an_amount_off_is_spread_over_the_lines_by_price() {
        Club club = Club.of(rule("tea").off(10_00).on(ofCategory("tea", "mug")));
        assertThat(club.quote(basket(line("tea", 30_00), line("mug", 10_00), line(50_00)))
                        .discounts())
                .containsExactly(new Discount(new RuleId("tea"), 10_00, List.of(7_50L, 2_50L, 0L)));
    }

    @Test
    void discounts_are_all_of_the_undiscounted_value_and_add_up() {
        Club club = Club.of(
                rule("a").percentOff(20), rule("b").percentOff(20), rule("c").off(5_00));
        assertThat(discounts(club, basket(line(100_00)))).containsExactly(20_00L, 20_00L, 5_00L);
    }

    @Test
    void an_amount_off_takes_no_more_than_the_lines_are_worth() {
        Club club = Club.of(rule("tea").off(10_00).on("tea"));
        Evaluation quote = club.quote(basket(line("tea", 7_00), line("mug", 7_00)));
        assertThat(quote.discounts()).containsExactly(new Discount(new RuleId("tea"), 7_00, List.of(7_00L, 0L)));
        assertThat(quote.dropped()).containsExactly(dropped("tea", new Why.DiscountTrimmed(10_00, 7_00)));
    }

    @Test
    void a_percentage_takes_from_each_line_no_more_than_it_has_left() {
        Club club = Club.of(
                rule("sample").percentOff(90).on("sample").priority(1),
                rule("card").percentOff(20));
        Evaluation quote = club.quote(basket(line("sample", 10_00), line("tea", 100_00)));
        assertThat(quote.discounts())
                .containsExactly(
                        new Discount(new RuleId("sample"), 9_00, List.of(9_00L, 0L)),
                        new Discount(new RuleId("card"), 21_00, List.of(1_00L, 20_00L)));
        assertThat(quote.dropped()).containsExactly(dropped("card", new Why.DiscountTrimmed(22_00, 21_00)));
    }

    @Test
    void a_free_line_does_not_stop_an_amount_off_the_order() {
        Club club = Club.of(
                rule("sample").percentOff(100).on("sample").priority(1),
                rule("five").off(5_00));
        Evaluation quote = club.quote(basket(line("sample", 10_00), line("tea", 100_00)));
        assertThat(quote.discounts())
                .containsExactly(
                        new Discount(new RuleId("sample"), 10_00, List.of(10_00L, 0L)),
                        new Discount(new RuleId("five"), 5_00, List.of(0L, 5_00L)));
        assertThat(quote.dropped()).isEmpty();
    }

    @Test
    void all_discounts_together_take_off_no_more_than_the_program_allows() {
        Club club = Club.of(
                        rule("a").percentOff(20),
                        rule("b").percentOff(20),
                        rule("c").percentOff(20))
                .maximumDiscount(30_00);
        Evaluation quote = club.quote(and(basket(line(110_00)), 0, 0, 10_00));
        assertThat(quote.discounts()).extracting(Discount::amount).containsExactly(20_00L, 10_00L);
        assertThat(quote.dropped())
                .containsExactly(
                        dropped("b", new Why.DiscountTrimmed(20_00, 10_00)),
                        dropped("c", new Why.DiscountTrimmed(20_00, 0)));
    }

    @Test
    void a_discount_with_nothing_left_to_take_has_no_lines_of_its_group() {
        Club club = Club.of(
                rule("all").percentOff(100).priority(1),
                rule("none").off(1).group("g"),
                rule("thanks").bonus(7).group("g"));
        assertThat(club.quote(basket(line(10_00))).rewards().units(POINTS)).isEqualTo(7);
    }

    @Test
    void what_is_earned_is_on_what_discounts_leave_exactly() {
        Club club = Club.of(
                rule("off").off(1_00).priority(1),
                rule("tea").earns(POINTS, 3, 1).on("tea"));
        // A third of 1.00 off 1.00: 3 × 66 2/3.
        assertThat(club.quote(basket(line("tea", 1_00), line("a", 1_00), line("b", 1_00)))
                        .rewards()
                        .units(POINTS))
                .isEqualTo(200);
    }

    @Test
    void minor_units_that_a_line_does_not_have_are_borne_by_another_of_the_rules() {
        // Of the shop's own 0.01 the second line bears all, and has nothing left; of the rule's 0.01 it would bear all
        // too.
        Club club = Club.of(rule("all").percentOff(100));
        OrderBasis basket = and(basket(line(1), line(1)), 0, 0, 1);
        assertThat(club.quote(basket).discounts()).containsExactly(new Discount(new RuleId("all"), 1, List.of(1L, 0L)));
        assertThat(club.bearing(given(basket, "all", 1))).isInstanceOf(Borne.Fits.class);
    }

    @Test
    void minor_units_that_the_lines_of_a_rule_do_not_have_are_borne_by_any_line() {
        // Of the shop's own 0.02 the lines of the rule bear 0.01 each, though half of each is left by the fractions.
        Club club = Club.of(rule("a").percentOff(100).on("a"));
        OrderBasis basket = and(basket(line("b", 1), line("a", 1), line("b", 1), line("a", 1)), 0, 0, 2);
        assertThat(club.quote(basket).discounts())
                .containsExactly(new Discount(new RuleId("a"), 1, List.of(1L, 0L, 0L, 0L)));
        assertThat(club.bearing(given(basket, "a", 1))).isInstanceOf(Borne.Fits.class);
    }

    // Why a rule brought nothing.

    private static final Instant LATER = NOON.plusSeconds(1);

    @Test
    void a_rule_is_in_force_from_its_first_moment_until_before_its_last() {
        OrderBasis basket = basket(line(1_00));
        assertThat(Club.of(base().from(NOON).to(LATER)).points(basket)).isEqualTo(1);
        assertThat(Club.of(base().from(LATER)).of(basket).dropped()).containsExactly(dropped("base", new Why.NotYet()));
        assertThat(Club.of(base().to(NOON)).of(basket).dropped()).containsExactly(dropped("base", new Why.NoLonger()));
    }

    @Test
    void reasons_are_told_in_the_sequence_in_which_they_are_looked_for() {
        Condition never = new Condition.InTier(Set.of(new TierId("gold")));
        OrderBasis basket = basket(line("tea", 1_00));
        Club.Said all = base().group("g")
                .percentOff(10)
                .when(never)
                .on("mug")
                .from(LATER)
                .priority(-1);
        Club.Said first = rule("first").bonus(1).grants(Benefit.Kind.GIFT).group("g");
        assertThat(why(basket, first, all)).containsExactly(new Why.NotYet());
        Club.Said inForce =
                base().group("g").percentOff(10).when(never).on("mug").priority(-1);
        assertThat(why(basket, first, inForce)).containsExactly(new Why.NoMatchingLines());
        Club.Said matching = inForce.on("tea");
        assertThat(why(basket, first, matching)).containsExactly(new Why.Unmet(never, 1_00, 1_00));
        Club.Said met = base().group("g").percentOff(10).on("tea").priority(-1);
        assertThat(why(basket, first, met)).containsExactly(new Why.ExcludedBy(new RuleId("first")));
        assertThat(why(basket, met)).containsExactly(new Why.BelowMinimum(2_00, 1_00), new Why.NotGiven());
        assertThat(Club.of(met)
                        .maximumDiscount(5_00)
                        .minimumOrder(2_00)
                        .quote(basket)
                        .dropped())
                .extracting(Dropped::why)
                .containsExactly(new Why.BelowMinimum(2_00, 1_00), new Why.DiscountTrimmed(10, 5));
    }

    private static List<Why> why(OrderBasis order, Club.Said... rules) {
        return Club.of(rules).minimumOrder(2_00).of(order).dropped().stream()
                .filter(each -> each.rule().value().equals("base"))
                .map(Dropped::why)
                .toList();
    }

    @Test
    void a_condition_that_is_not_met_is_told_as_far_down_as_one_can_tell() {
        Condition yes = new Condition.NthOrder(1, Period.EVER);
        Condition no = new Condition.InTier(Set.of(new TierId("gold")));
        Condition any = new Condition.AnyOf(List.of(no, no));
        Condition all = new Condition.All(List.of(yes, new Condition.All(List.of(yes, any)), no));
        assertThat(Club.of(base().when(all)).of(basket(line(1_00))).dropped())
                .containsExactly(dropped("base", new Why.Unmet(any, 1_00, 1_00)));
    }

    // Orders with discounts.

    @Test
    void an_order_has_the_discounts_that_it_says_and_no_others() {
        Club club = Club.of(rule("card").percentOff(10), rule("tea").off(5_00).on("tea"), base());
        OrderBasis order = given(basket(line("tea", 20_00), line("mug", 20_00)), "tea", 4_00);
        Evaluation evaluation = club.of(order);
        assertThat(evaluation.discounts()).containsExactly(new Discount(new RuleId("tea"), 4_00, List.of(4_00L, 0L)));
        assertThat(evaluation.rewards().units(POINTS)).isEqualTo(36);
        assertThat(evaluation.dropped()).containsExactly(dropped("card", new Why.NotGiven()));
    }

    @Test
    void a_discount_that_was_not_given_leaves_its_lines_to_the_next_of_its_group() {
        Club club = Club.of(rule("sale").percentOff(50).group("g"), base().group("g"));
        OrderBasis basket = basket(line(10_00));
        assertThat(club.quote(basket).rewards().units(POINTS)).isZero();
        assertThat(club.points(basket)).isEqualTo(10);
        assertThat(club.points(given(basket, "sale", 5_00))).isZero();
    }

    @Test
    void a_discount_that_was_given_stands_though_its_condition_does_not_hold() {
        Club club = Club.of(
                base().percentOff(10).when(new Condition.WithCoupon(Set.of(new Coupon("SPRING")))),
                rule("goods").earns(2));
        OrderBasis order = given(basket(line(10_00)), "base", 1_00);
        Evaluation evaluation = club.of(order);
        assertThat(evaluation.discounts()).hasSize(1);
        assertThat(evaluation.rewards().units(POINTS)).isEqualTo(18);
        assertThat(evaluation.dropped()).extracting(Dropped::why).hasOnlyElementsOfType(Why.Unmet.class);
    }

    @Test
    void each_line_bears_its_part_of_what_was_given() {
        Club club = Club.of(rule("tea").percentOff(10).on("tea"), rule("all").off(3_00));
        OrderBasis order = given(
                basket(line("tea", 20_00), line("mug", 10_00)),
                List.of(new GivenDiscount(new RuleId("all"), 3_00), new GivenDiscount(new RuleId("tea"), 2_00)));
        assertThat(club.bearing(order))
                .isInstanceOfSatisfying(
                        Borne.Fits.class,
                        fits -> assertThat(fits.order().lines())
                                .extracting(OrderBasis.Line::off)
                                .containsExactly(4_00L, 1_00L));
    }

    @Test
    void what_one_rule_gave_in_two_parts_counts_together() {
        Club club = Club.of(rule("card").percentOff(10));
        OrderBasis order = given(
                basket(line(10_00)),
                List.of(new GivenDiscount(new RuleId("card"), 1_00), new GivenDiscount(new RuleId("card"), 2_00)));
        assertThat(club.of(order).discounts()).extracting(Discount::amount).containsExactly(3_00L);
    }

    @Test
    void a_discount_is_unknown_where_no_rule_takes_it_off_these_lines() {
        Club club = Club.of(base(), rule("tea").percentOff(10).on("tea"));
        assertThat(club.bearing(given(basket(line(10_00)), "other", 1_00))).isEqualTo(unknown("other"));
        assertThat(club.bearing(given(basket(line(10_00)), "base", 1_00))).isEqualTo(unknown("base"));
        assertThat(club.bearing(given(basket(line("mug", 10_00)), "tea", 1_00))).isEqualTo(unknown("tea"));
    }

    private static Borne unknown(String rule) {
        return new Borne.Contradicts(new Fault.UnknownDiscount(new RuleId(rule)));
    }

    @Test
    void a_discount_above_what_its_lines_have_left_contradicts() {
        Club club = Club.of(rule("tea").percentOff(10).on("tea"), rule("all").off(1_00));
        OrderBasis basket = basket(line("tea", 10_00), line("mug", 10_00));
        assertThat(club.bearing(given(basket, "tea", 10_00))).isInstanceOf(Borne.Fits.class);
        assertThat(club.bearing(given(basket, "tea", 10_01)))
                .isEqualTo(new Borne.Contradicts(new Fault.DiscountAboveLines(new RuleId("tea"))));
        assertThat(club.bearing(given(
                        basket,
                        List.of(
                                new GivenDiscount(new RuleId("tea"), 9_00),
                                new GivenDiscount(new RuleId("all"), 11_01)))))
                .isEqualTo(new Borne.Contradicts(new Fault.DiscountAboveLines(new RuleId("all"))));
    }

    @Test
    void an_order_without_discounts_is_as_it_was() {
        OrderBasis order = basket(line(10_00));
        assertThat(Club.of(rule("card").percentOff(10)).bearing(order)).isEqualTo(new Borne.Fits(order));
    }

    @Test
    void a_program_of_rates_is_none_of_rules() {
        assertThatThrownBy(() -> Offer.of(
                        basket(line(1_00)),
                        Circumstances.UNKNOWN,
                        NOON,
                        ShopFixture.Rules.usual().program()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // Refunds.

    @Test
    void a_part_of_a_line_that_is_kept_earns_its_part() {
        OrderBasis order = basket(line(3, 10_00), line(1, 5_00));
        Club club = Club.of(base());
        // 6.66 and 5.00: a part of a line is rounded down.
        assertThat(club.points(order, returned(1, 1))).isEqualTo(11);
        assertThat(club.of(order, returned(1, 1)).rewards().goodsValue()).isEqualTo(11_66);
        assertThat(club.points(order, returned(1, 3))).isEqualTo(5);
    }

    @Test
    void a_refunded_amount_comes_off_every_line_in_proportion() {
        Club club = Club.of(base().on("tea"));
        OrderBasis order = and(basket(line("tea", 60_00), line("mug", 40_00)), 10_00, 0, 0);
        assertThat(club.points(order, returnedAmount(50_00))).isEqualTo(30);
        assertThat(club.points(order, returned(2, 1).plus(returnedAmount(30_00))))
                .isEqualTo(30);
    }

    @Test
    void a_refunded_delivery_no_longer_counts() {
        Club club = Club.of(base()).including(EVERYTHING);
        OrderBasis order = and(basket(line(10_00)), 6_00, 0, 0);
        assertThat(club.points(order)).isEqualTo(16);
        assertThat(club.points(order, returnedDelivery(2_00))).isEqualTo(14);
        assertThat(club.points(order, returnedDelivery(6_00))).isEqualTo(10);
    }

    @Test
    void when_all_goods_are_refunded_the_delivery_earns_nothing() {
        Club club = Club.of(base()).including(EVERYTHING);
        OrderBasis order = and(basket(line(10_00)), 6_00, 0, 0);
        assertThat(club.points(order, returned(1, 1))).isZero();
        assertThat(club.points(order, returnedAmount(10_00))).isZero();
    }

    @Test
    void an_order_that_is_wholly_refunded_as_an_amount_earns_no_bonus() {
        Club club = Club.of(rule("thanks").bonus(50).grants(Benefit.Kind.GIFT));
        Evaluation evaluation = club.of(basket(line(10_00)), returnedAmount(10_00));
        assertThat(evaluation.rewards().units()).isEmpty();
        assertThat(evaluation.rewards().benefits()).isEmpty();
        assertThat(club.points(basket(line(10_00)), returnedAmount(9_99))).isEqualTo(50);
    }

    @Test
    void when_nothing_is_left_of_what_was_paid_nothing_is_earned() {
        Club club = Club.of(rule("gift").percentOff(100).bonus(5));
        OrderBasis order = given(and(basket(line(10_00)), 4_00, 0, 0), "gift", 10_00);
        assertThat(club.points(order)).isEqualTo(5);
        assertThat(club.points(order, returnedAmount(3_99))).isEqualTo(5);
        assertThat(club.points(order, returnedAmount(4_00))).isZero();
    }

    @Test
    void a_refund_that_takes_the_amount_below_a_threshold_takes_what_it_had_brought() {
        Club club = Club.of(base(), rule("large").bonus(100).when(new Condition.Amount(new Range(50_00, Range.OPEN))));
        OrderBasis order = basket(line(2, 40_00), line(30_00));
        assertThat(club.points(order)).isEqualTo(170);
        assertThat(club.points(order, returned(1, 1))).isEqualTo(150);
        assertThat(club.points(order, returned(1, 1).plus(returnedAmount(1)))).isEqualTo(49);
        assertThat(club.points(order, returned(2, 1))).isEqualTo(40);
    }

    @Test
    void a_refund_below_the_minimum_leaves_nothing() {
        Club club = Club.of(base()).minimumOrder(50_00);
        OrderBasis order = basket(line(40_00), line(30_00));
        assertThat(club.points(order, returned(2, 1))).isZero();
    }

    @Test
    void what_a_line_bore_of_a_discount_it_bears_for_good() {
        Club club = Club.of(
                rule("large").percentOff(20).on("tea").when(new Condition.Amount(new Range(50_00, Range.OPEN))),
                base());
        OrderBasis order = given(basket(line("tea", 4, 40_00), line("mug", 2, 20_00)), "large", 8_00);
        assertThat(club.points(order)).isEqualTo(52);
        // 3/4 of the tea at 32.00, and the mugs: though 50.00 is no longer reached.
        Evaluation after = club.of(order, returned(1, 1).plus(returned(2, 1)));
        assertThat(after.rewards().units(POINTS)).isEqualTo(24 + 10);
        assertThat(after.discounts()).isEqualTo(club.of(order).discounts());
        assertThat(after.dropped()).extracting(Dropped::why).hasOnlyElementsOfType(Why.Unmet.class);
        // And the other way round: what is gone has taken its part of the discount along.
        assertThat(club.points(order, returned(1, 4))).isEqualTo(20);
    }

    @Test
    void a_line_stays_with_the_rule_of_its_group_whose_discount_it_bears() {
        Club club = Club.of(
                rule("small").earns(9).group("g").priority(1).when(new Condition.Amount(new Range(0, 50_00))),
                rule("card").percentOff(10).group("g"),
                base());
        OrderBasis order = given(basket(line(2, 80_00)), "card", 8_00);
        assertThat(club.points(order)).isEqualTo(72);
        // Now it is small, but its line has had its discount.
        assertThat(club.points(order, returned(1, 1))).isEqualTo(36);
        assertThat(club.of(order, returned(1, 1)).dropped())
                .containsExactly(dropped("small", new Why.ExcludedBy(new RuleId("card"))));
    }

    @Test
    void a_discount_that_was_not_given_is_told_after_a_refund_too() {
        Club club = Club.of(rule("card").percentOff(10), rule("tea").off(1_00).on("tea"));
        OrderBasis order = given(basket(line("tea", 2, 10_00)), "tea", 1_00);
        assertThat(club.of(order, returned(1, 1)).dropped()).containsExactly(dropped("card", new Why.NotGiven()));
    }

    @Test
    void money_is_earned_in_minor_units_and_taken_back_likewise() {
        Club club = Club.of(rule("cashback").earns(CASHBACK, 5, 100)).withCashback();
        OrderBasis order = basket(line(3, 99_99));
        assertThat(club.of(order).rewards().units()).isEqualTo(new TreeMap<>(Map.of(CASHBACK, 4_99L)));
        // 5 % of 66.66
        assertThat(club.of(order, returned(1, 1)).rewards().units(CASHBACK)).isEqualTo(3_33);
    }

    @Test
    void refunds_scale_what_tax_and_points_did_not_count() {
        Club club = Club.of(base());
        OrderBasis order = paidWithPoints(and(basket(line(2, 100_00)), 0, 20_00, 0), 60_00);
        Evaluation after = club.of(order, returned(1, 1));
        assertThat(after.rewards().units(POINTS)).isEqualTo(25);
        assertThat(after.rewards().excluded())
                .containsExactly(
                        new Excluded(Excluded.What.TAX, 10_00), new Excluded(Excluded.What.PAID_WITH_POINTS, 30_00));
    }

    /** The example of docs/domain.md. */
    @Test
    void the_example_of_the_documentation() {
        Club club = Club.of(
                base(),
                rule("tea").multiplies(200).on("tea"),
                rule("large").bonus(50).when(new Condition.Amount(new Range(100_00, Range.OPEN))),
                rule("card").percentOff(10).on("mug"));
        OrderBasis basket = and(basket(line("tea", 2, 80_00), line("mug", 1, 40_00)), 0, 0, 12_00);

        Evaluation quote = club.quote(basket);
        assertThat(quote.discounts()).containsExactly(new Discount(new RuleId("card"), 3_60, List.of(0L, 3_60L)));
        assertThat(quote.rewards().units(POINTS)).isEqualTo(226);

        OrderBasis order = given(basket, "card", 3_60);
        assertThat(club.points(order)).isEqualTo(226);
        assertThat(club.points(order, returned(1, 1))).isEqualTo(104);
    }
}
