package kopilka.order;

import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import kopilka.money.Money;
import kopilka.order.Order.Fault;
import kopilka.program.Brand;
import kopilka.program.Channel;
import kopilka.program.Sku;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order's own contradictions, each at its limit and one beyond. */
class OrderTest {
    private static final long MAX = Money.MAX_MINOR;

    private static Optional<Fault> fault(
            List<OrderLine> lines, long delivery, long tax, long discount, long total, Payment... payments) {
        return new Order(
                        EUR,
                        lines,
                        delivery,
                        tax,
                        discount,
                        total,
                        List.of(payments),
                        Optional.empty(),
                        Optional.empty())
                .fault();
    }

    private static Payment card(long amount) {
        return new Payment("card", amount, Optional.empty());
    }

    private static Payment points(String redemption, long amount) {
        return new Payment(Payment.POINTS, amount, Optional.of(new RedemptionId(redemption)));
    }

    private static OrderLine discounted(long discount) {
        OrderLine line = line("1", 1, 1_00);
        return new OrderLine(
                line.id(),
                line.sku(),
                line.category(),
                line.brand(),
                line.quantity(),
                line.unitPrice(),
                line.total(),
                discount,
                false);
    }

    @Test
    void lines_delivery_and_tax_less_the_discount_are_the_total() {
        List<OrderLine> lines = List.of(line("1", 1, 60_00), line("2", 1, 40_00));

        assertThat(fault(lines, 5_00, 20_00, 10_00, 115_00)).isEmpty();
        assertThat(fault(lines, 5_00, 20_00, 10_00, 115_01)).contains(Fault.TOTAL_MISMATCH);
        assertThat(fault(lines, 5_00, 20_00, 10_00, 114_99)).contains(Fault.TOTAL_MISMATCH);
        assertThat(fault(lines, 5_00, 20_00, 10_00, 105_00)).contains(Fault.TOTAL_MISMATCH);
    }

    @Test
    void the_largest_amounts_are_accepted_and_nothing_above() {
        assertThat(fault(List.of(line("1", 1, MAX)), 0, 0, 0, MAX)).isEmpty();
        assertThat(fault(List.of(line("1", 1, MAX + 1)), 0, 0, 1, MAX)).contains(Fault.AMOUNT_OUT_OF_RANGE);
        assertThat(fault(List.of(discounted(MAX)), 0, 0, 0, 1_00)).isEmpty();
        assertThat(fault(List.of(discounted(MAX + 1)), 0, 0, 0, 1_00)).contains(Fault.AMOUNT_OUT_OF_RANGE);
        assertThat(fault(List.of(line("1", 1, MAX), line("2", 1, 1)), 0, 0, 1, MAX))
                .contains(Fault.AMOUNT_OUT_OF_RANGE);
        assertThat(fault(List.of(line("1", 1, 0)), MAX, 0, 0, MAX)).isEmpty();
        assertThat(fault(List.of(line("1", 1, 0)), MAX, 1, 0, MAX + 1)).contains(Fault.AMOUNT_OUT_OF_RANGE);
        assertThat(fault(List.of(line("1", 1, 1_00)), -1, 0, 0, 99)).contains(Fault.AMOUNT_OUT_OF_RANGE);
        assertThat(fault(List.of(line("1", 1, 0)), 0, 0, 0, 0)).isEmpty();
    }

    @Test
    void the_discount_takes_off_the_lines_and_no_more() {
        List<OrderLine> lines = List.of(line("1", 1, 10_00));

        assertThat(fault(lines, 5_00, 0, 10_00, 5_00)).isEmpty();
        assertThat(fault(lines, 5_00, 0, 10_01, 4_99)).contains(Fault.DISCOUNT_ABOVE_LINES);
    }

    @Test
    void an_order_has_a_thousand_lines_at_most() {
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 0; i < Order.MAX_LINES; i++) {
            lines.add(line("l" + i, 1, 1));
        }
        assertThat(fault(lines, 0, 0, 0, 1_000)).isEmpty();
        lines.add(line("one more", 1, 1));
        assertThat(fault(lines, 0, 0, 0, 1_001)).contains(Fault.LINES);
        assertThat(fault(List.of(), 1_00, 0, 0, 1_00)).contains(Fault.LINES);
    }

    @Test
    void payments_that_are_told_come_to_the_total_and_name_each_redemption_once() {
        List<OrderLine> lines = List.of(line("1", 1, 10_00));

        assertThat(fault(lines, 0, 0, 0, 10_00, card(4_00), points("H-1", 5_00), points("H-2", 1_00)))
                .isEmpty();
        assertThat(fault(lines, 0, 0, 0, 10_00, card(9_99))).contains(Fault.PAYMENTS_MISMATCH);
        assertThat(fault(lines, 0, 0, 0, 10_00, card(6_00), points("H-1", 5_00)))
                .contains(Fault.PAYMENTS_MISMATCH);
        assertThat(fault(lines, 0, 0, 0, 10_00, points("H-1", 5_00), points("H-1", 5_00)))
                .contains(Fault.REDEMPTION_TWICE);
        assertThat(fault(List.of(line("1", 1, MAX)), 0, 0, 0, MAX, card(MAX))).isEmpty();
        assertThat(fault(lines, 0, 0, 0, 10_00, card(MAX + 1))).contains(Fault.AMOUNT_OUT_OF_RANGE);
    }

    @Test
    void of_an_order_is_kept_what_earning_depends_on() {
        Order order = new Order(
                EUR,
                List.of(discounted(0), line("2", 3, 9_00, "premium")),
                0,
                0,
                0,
                10_00,
                List.of(card(4_00), points("H-1", 5_00), points("H-2", 1_00)),
                Optional.empty(),
                Optional.empty());

        OrderBasis basis = order.basis();

        assertThat(basis.paidWithPoints()).isEqualTo(6_00);
        assertThat(basis.redemptions()).containsExactly(new RedemptionId("H-1"), new RedemptionId("H-2"));
        assertThat(basis.lines()).extracting(OrderBasis.Line::discounted).containsExactly(false, false);
        assertThat(basis.indexOf(new LineId("2"))).hasValue(1);
        assertThat(basis.indexOf(new LineId("3"))).isEmpty();
        assertThat(basis.lines().get(1).category()).contains(new kopilka.program.Category("premium"));
    }

    @Test
    void a_line_a_payment_and_what_goes_back_are_not_negative() {
        OrderLine free = line("1", 1, 0);
        assertThat(free.total()).isZero();
        assertThatThrownBy(() -> line("1", 1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> discounted(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(card(0).amount()).isZero();
        assertThatThrownBy(() -> card(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Payment(Payment.POINTS, 1, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Payment("card", 1, Optional.of(new RedemptionId("H-1"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RefundContent(EUR, List.of(), -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RefundContent(EUR, List.of(), 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Returned(new TreeMap<>(), -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Returned(new TreeMap<>(), 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_came_back_adds_up() {
        TreeMap<Integer, Long> one = new TreeMap<>();
        one.put(2, 1_000L);
        Returned first = new Returned(one, 5, 7);

        Returned both = first.plus(first).plus(Returned.NOTHING);

        assertThat(both.of(2)).isEqualTo(2_000);
        assertThat(both.of(1)).isZero();
        assertThat(both.delivery()).isEqualTo(10);
        assertThat(both.amount()).isEqualTo(14);
        assertThat(Returned.NOTHING.isNothing()).isTrue();
        assertThat(first.isNothing()).isFalse();
        assertThat(new Returned(new TreeMap<>(), 1, 0).isNothing()).isFalse();
        assertThat(new Returned(new TreeMap<>(), 0, 1).isNothing()).isFalse();
        assertThat(new Returned(one, 0, 0).isNothing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "0.001, 1", "2.50, 2500", "1000000, 1000000000", "10, 10000", "1e3, 1000000"})
    void a_quantity_has_up_to_three_decimals(String told, long thousandths) {
        assertThat(Quantity.of(new BigDecimal(told))).contains(new Quantity(thousandths));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "0.0001", "1.0005", "1000000.001"})
    void a_quantity_out_of_range_is_none(String told) {
        assertThat(Quantity.of(new BigDecimal(told))).isEmpty();
    }

    @Test
    void quantities_are_ordered_and_positive_and_a_million_at_most() {
        assertThat(Quantity.of(2)).isGreaterThan(Quantity.of(1)).isEqualByComparingTo(Quantity.of(2));
        assertThat(Quantity.of(1_000_000).thousandths()).isEqualTo(Quantity.MAX);
        assertThatThrownBy(() -> Quantity.of(1_000_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PLACED, placed", "PAID, paid", "DELIVERED, delivered", "CANCELLED, cancelled"})
    void events_are_named_in_lower_case(OrderEventKind kind, String code) {
        assertThat(kind.code()).isEqualTo(code);
    }

    @Test
    void names_are_written_as_they_are() {
        assertThat(new Sku("mug-7")).hasToString("mug-7");
        assertThat(new LineId("1")).hasToString("1");
        assertThat(new Brand("acme")).hasToString("acme");
        assertThat(new Channel("web")).hasToString("web");
    }
}
