package kopilka.earning;

import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.ledger.ShopFixture.paidWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import kopilka.earning.Earning.Excluded;
import kopilka.earning.Earning.Excluded.What;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.money.Points;
import kopilka.order.Order;
import kopilka.order.OrderLine;
import kopilka.order.Returned;
import kopilka.program.EarningRules;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Rate;
import kopilka.program.Worth;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarningTest {
    private static final Include EVERYTHING = new Include(true, true, true, true, true);

    private static Earning earning(Order order, Rules rules) {
        EarningRules earning = rules.program().earning();
        return Earning.of(order.basis(), Kept.of(order.basis(), Returned.NOTHING), earning);
    }

    private static long points(Order order, Rules rules) {
        return earning(order, rules).points().value();
    }

    private static Order with(Order order, long delivery, long tax, long discount) {
        return new Order(
                EUR,
                order.lines(),
                delivery,
                tax,
                discount,
                order.total() + delivery + tax - discount,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static OrderLine marked(OrderLine line, long discount, boolean voucher) {
        return new OrderLine(
                line.id(),
                line.sku(),
                line.category(),
                line.brand(),
                line.quantity(),
                line.unitPrice(),
                line.total(),
                discount,
                voucher);
    }

    @Test
    void fractions_of_lines_add_up_before_the_order_is_rounded_down() {
        Order order = order(line("1", 1, 1_50), line("2", 1, 1_50), line("3", 1, 99));

        assertThat(points(order, Rules.usual())).isEqualTo(3);
        assertThat(points(order, Rules.usual().rounding(Rounding.DOWN_ON_LINE))).isEqualTo(2);
    }

    @Test
    void fractions_of_different_rates_add_up_exactly() {
        // 10/3 + 10/3 + 10/3 of different rates is 10, not 9.
        Rules rules = Rules.usual().earning(1, 3).earningOn("a", 2, 6).earningOn("b", 3, 9);
        assertThat(points(order(line("1", 1, 10), line("2", 1, 10, "a"), line("3", 1, 10, "b")), rules))
                .isEqualTo(10);
    }

    @Test
    void a_percentage_gives_back_that_share_in_points_at_their_worth() {
        Rate fivePercent = Rate.percentage(5, 1, new Worth(100, 100));
        assertThat(points(orderOf(100_00), Rules.usual().earning(fivePercent.points(), fivePercent.perMinor())))
                .isEqualTo(500);
    }

    @Test
    void a_category_earns_at_its_own_rate() {
        Rules rules = Rules.usual().earningOn("premium", 2, 100).earningOn("alcohol", 0, 1);
        Earning earning = earning(
                order(line("1", 1, 10_00), line("2", 1, 10_00, "premium"), line("3", 1, 10_00, "alcohol")), rules);

        assertThat(earning.points()).isEqualTo(Points.of(30));
        assertThat(earning.parts()).extracting(Earning.Part::base).containsExactly(10_00L, 10_00L, 10_00L);
    }

    @Test
    void an_order_below_the_minimum_earns_nothing_and_says_so() {
        Earning earning = earning(orderOf(49_99), Rules.usual().minimum(50_00));

        assertThat(earning.points()).isEqualTo(Points.NONE);
        assertThat(earning.excluded()).containsExactly(new Excluded(What.BELOW_MINIMUM, 49_99));
        assertThat(points(orderOf(50_00), Rules.usual().minimum(50_00))).isEqualTo(50);
    }

    @Test
    void a_cap_trims_and_says_so() {
        Earning earning = earning(orderOf(100_00), Rules.usual().atMost(60));

        assertThat(earning.points()).isEqualTo(Points.of(60));
        assertThat(earning.uncapped()).isEqualTo(Points.of(100));
    }

    @Test
    void delivery_and_tax_count_where_the_program_says_so() {
        Order order = with(orderOf(100_00), 5_00, 20_00, 0);

        assertThat(points(order, Rules.usual())).isEqualTo(100);
        assertThat(earning(order, Rules.usual()).excluded())
                .containsExactly(new Excluded(What.DELIVERY, 5_00), new Excluded(What.TAX, 20_00));
        assertThat(points(order, Rules.usual().including(EVERYTHING))).isEqualTo(125);
    }

    @Test
    void an_order_discount_is_spread_over_the_lines() {
        Order order = with(order(line("1", 1, 60_00, "premium"), line("2", 1, 40_00)), 0, 0, 10_00);

        assertThat(points(order, Rules.usual().earningOn("premium", 2, 100))).isEqualTo(2 * 54 + 36);
    }

    @Test
    void discounted_lines_and_gift_vouchers_can_be_left_out() {
        Order order = order(
                marked(line("1", 1, 30_00), 5_00, false), marked(line("2", 1, 50_00), 0, true), line("3", 1, 20_00));
        Include strict = new Include(false, false, false, false, false);

        assertThat(points(order, Rules.usual())).isEqualTo(50);
        assertThat(points(order, Rules.usual().including(strict))).isEqualTo(20);
        assertThat(earning(order, Rules.usual().including(strict)).excluded())
                .containsExactly(new Excluded(What.DISCOUNTED_LINES, 30_00), new Excluded(What.GIFT_VOUCHERS, 50_00));
        assertThat(points(order, Rules.usual().including(EVERYTHING))).isEqualTo(100);
    }

    @Test
    void the_part_paid_with_points_earns_nothing_unless_the_program_says_so() {
        Order order = paidWith(orderOf(100_00), "H-1", 30_00);

        assertThat(points(order, Rules.usual())).isEqualTo(70);
        assertThat(points(order, Rules.usual().including(EVERYTHING))).isEqualTo(100);
    }

    @Test
    void an_order_of_nothing_earns_nothing() {
        assertThat(points(orderOf(0), Rules.usual())).isZero();
    }

    @Test
    void the_largest_order_is_computed_without_an_overflow() {
        Rules rules = Rules.usual().earning(999_999, 1_000_000).earningOn("a", 999_983, 1_000_003);
        long half = 4_999_999_999_999L;

        assertThat(points(order(line("1", 1, half), line("2", 1, half, "a")), rules))
                .isEqualTo(Points.MAX);
        assertThat(points(order(line("1", 1, 900_000_000_000L)), rules)).isEqualTo(899_999_100_000L);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void an_order_split_in_two_never_earns_more_than_the_whole(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Rules rules = Rules.usual()
                    .earning(1 + random.nextInt(7), 1 + random.nextInt(500))
                    .earningOn("a", random.nextInt(9), 1 + random.nextInt(700))
                    .minimum(random.nextInt(3) == 0 ? random.nextInt(2_000) : 0)
                    .rounding(random.nextBoolean() ? Rounding.DOWN_ON_ORDER : Rounding.DOWN_ON_LINE);
            List<OrderLine> lines = new ArrayList<>();
            int size = 2 + random.nextInt(6);
            for (int n = 0; n < size; n++) {
                lines.add(line(
                        String.valueOf(n),
                        1 + random.nextInt(5),
                        random.nextInt(3_000),
                        random.nextBoolean() ? "a" : ""));
            }
            int cut = 1 + random.nextInt(size - 1);
            long whole = points(order(lines.toArray(OrderLine[]::new)), rules);
            long first = points(order(lines.subList(0, cut).toArray(OrderLine[]::new)), rules);
            long second = points(order(lines.subList(cut, size).toArray(OrderLine[]::new)), rules);
            assertThat(first + second)
                    .as("seed %d, round %d, %s", seed, i, lines)
                    .isLessThanOrEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void returns_in_any_sequence_leave_the_same(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Order order = with(
                    order(line("1", 3, random.nextInt(9_999)), line("2", 7, random.nextInt(9_999), "a")),
                    random.nextInt(900),
                    random.nextInt(900),
                    0);
            TreeMap<Integer, Long> one = new TreeMap<>();
            one.put(0, 1_000L * (1 + random.nextInt(3)));
            TreeMap<Integer, Long> two = new TreeMap<>();
            two.put(1, 1L + random.nextInt(7_000));
            Returned first = new Returned(one, 0, random.nextInt(500));
            Returned second = new Returned(two, 0, random.nextInt(500));

            Kept kept = Kept.of(order.basis(), first.plus(second));
            assertThat(Kept.of(order.basis(), second.plus(first)))
                    .as("seed %d", seed)
                    .isEqualTo(kept);
            assertThat(kept.value()).isBetween(0L, order.total());
        }
    }

    @Test
    void what_is_kept_of_a_part_of_a_line_is_rounded_down() {
        Order order = order(line("1", 3, 10_00));
        TreeMap<Integer, Long> one = new TreeMap<>();
        one.put(0, 1_000L);

        assertThat(Kept.of(order.basis(), new Returned(one, 0, 0)).goods()).containsExactly(6_66L);
    }

    @Test
    void an_amount_above_the_goods_comes_off_the_delivery() {
        Order order = with(orderOf(10_00), 5_00, 0, 0);

        Kept kept = Kept.of(order.basis(), new Returned(new TreeMap<>(), 0, 12_00));
        assertThat(kept.goodsValue()).isZero();
        assertThat(kept.delivery()).isEqualTo(3_00);
    }

    @Test
    void the_part_that_points_paid_comes_off_goods_and_tax_in_proportion() {
        Order order = paidWith(with(orderOf(100_00), 0, 20_00, 0), "H-1", 30_00);

        // 30.00 of 120.00: 25.00 off the goods and 5.00 off the tax.
        Earning goods = earning(order, Rules.usual());
        assertThat(goods.points()).isEqualTo(Points.of(75));
        assertThat(goods.excluded())
                .containsExactlyInAnyOrder(new Excluded(What.TAX, 15_00), new Excluded(What.PAID_WITH_POINTS, 30_00));
        assertThat(points(order, Rules.usual().including(new Include(false, true, true, false, false))))
                .isEqualTo(90);
    }

    @Test
    void what_points_paid_of_an_order_that_went_back_in_part_is_the_share_of_what_is_kept() {
        Order order = paidWith(order(line("1", 2, 100_00)), "H-1", 30_00);
        TreeMap<Integer, Long> one = new TreeMap<>();
        one.put(0, 1_000L);
        Kept kept = Kept.of(order.basis(), new Returned(one, 0, 0));

        Earning earning =
                Earning.of(order.basis(), kept, Rules.usual().program().earning());

        assertThat(earning.points()).isEqualTo(Points.of(35));
        assertThat(earning.excluded()).containsExactly(new Excluded(What.PAID_WITH_POINTS, 15_00));
    }

    @Test
    void a_line_that_costs_nothing_is_no_part_of_what_is_earned() {
        Earning earning = earning(
                order(line("1", 1, 0, "a"), line("2", 1, 10_00)), Rules.usual().earningOn("a", 2, 1_00));

        assertThat(earning.parts()).extracting(Earning.Part::base).containsExactly(10_00L);
    }

    @Test
    void an_order_that_earns_just_the_cap_is_not_trimmed() {
        Earning earning = earning(orderOf(60_00), Rules.usual().atMost(60));

        assertThat(earning.points()).isEqualTo(earning.uncapped()).isEqualTo(Points.of(60));
    }

    @Test
    void tax_goes_with_the_lines_that_are_kept() {
        Order order = with(order(line("1", 2, 60_00), line("2", 1, 40_00)), 0, 10_00, 0);
        TreeMap<Integer, Long> one = new TreeMap<>();
        one.put(0, 1_000L);

        Kept kept = Kept.of(order.basis(), new Returned(one, 0, 0));
        assertThat(kept.goods()).containsExactly(30_00L, 40_00L);
        assertThat(kept.tax()).containsExactly(3_00L, 4_00L);
        assertThat(kept.value()).isEqualTo(77_00);

        Kept less = Kept.of(order.basis(), new Returned(one, 0, 11_00));
        assertThat(less.goods()).containsExactly(30_00L - 4_29, 40_00L - 5_72);
        assertThat(less.tax()).containsExactly(3_00L - 42, 4_00L - 57);
        assertThat(less.value()).isEqualTo(66_00);
    }
}
