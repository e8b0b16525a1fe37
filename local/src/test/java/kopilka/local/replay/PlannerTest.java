package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kopilka.local.replay.Planned.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows come to, without a cloud. */
final class PlannerTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final History history;
    private final Planner planner;
    private final Map<String, Planned> plans = new TreeMap<>();

    PlannerTest() throws IOException {
        history = History.read(Samples.sources(), LONDON);
        planner = new Planner(history.rows());
        history.rows().forEach(row -> plans.merge(row.number() + " " + row.id(), planner.plan(row), (a, b) -> a));
    }

    private Planned plan(String row) {
        return Optional.ofNullable(plans.get(row)).orElseThrow();
    }

    private List<String> bodies(String row) {
        return ((Planned.Send) plan(row))
                .messages().stream()
                        .map(message -> message.order() + " " + message.body())
                        .toList();
    }

    private Shape shape(String row) {
        return ((Planned.Send) plan(row)).shape();
    }

    @Test
    void an_order_is_sent_as_paid_with_line_totals_rounded_half_up() {
        assertThat(shape("1 P-1")).isEqualTo(Shape.ORDER);
        assertThat(bodies("1 P-1"))
                .containsExactly("P-1 {\"order\":\"P-1\",\"member\":\"ann\",\"event\":\"paid\","
                        + "\"at\":\"2024-01-10T10:00:00Z\",\"content\":{\"currency\":\"GBP\",\"lines\":["
                        + "{\"sku\":\"tea\",\"category\":\"merchandise\",\"quantity\":\"4\",\"unitPrice\":\"10\",\"total\":\"40.00\"},"
                        + "{\"sku\":\"mug\",\"category\":\"merchandise\",\"quantity\":\"2\",\"unitPrice\":\"10.675\",\"total\":\"21.35\"},"
                        + "{\"sku\":\"leaflet\",\"category\":\"merchandise\",\"quantity\":\"1\",\"unitPrice\":\"0\",\"total\":\"0.00\"}],"
                        + "\"total\":\"61.35\"}}");
        assertThat(bodies("3 P-3").getFirst()).contains("\"unitPrice\":\"30.015\",\"total\":\"30.02\"");
    }

    @Test
    void what_was_noticed_is_counted() {
        Notes notes = planner.notes();
        assertThat(notes.roundedLines()).isEqualTo(1);
        assertThat(notes.roundedRows()).isEqualTo(1);
        assertThat(notes.otherTotals()).isEqualTo(1);
        assertThat(notes.otherBy()).isEqualByComparingTo("0.005");
        assertThat(notes.giftVouchers()).isEqualTo(1);
        assertThat(notes.freeLines()).isEqualTo(1);
        assertThat(notes.discounts()).isEqualTo(1);
        assertThat(notes.emptyLines()).isEqualTo(1);
        assertThat(notes.dearerRefunds()).isEqualTo(1);
    }

    @Test
    void a_gift_voucher_is_marked() {
        assertThat(bodies("2 P-2").getFirst()).contains("\"total\":\"20.00\",\"giftVoucher\":true}");
    }

    @Test
    void a_negative_line_is_a_discount_and_a_line_without_quantity_is_left_out() {
        assertThat(bodies("25 P-14").getFirst())
                .contains("\"total\":\"12.00\"}],\"discount\":\"2.50\",\"total\":\"9.50\"")
                .doesNotContain("sample");
    }

    @Test
    void an_order_without_lines_is_one_line_of_its_amount() {
        assertThat(bodies("9 P-4").getFirst())
                .contains("\"lines\":[{\"sku\":\"order\",\"quantity\":\"1\",\"total\":\"0.00\"}],\"total\":\"0.00\"");
    }

    @Test
    void an_hour_that_never_comes_is_the_one_after_it_and_one_that_comes_twice_the_first() {
        assertThat(bodies("11 P-6").getFirst()).contains("\"at\":\"2024-03-31T02:30:00+01:00\"");
        assertThat(bodies("26 P-15").getFirst()).contains("\"at\":\"2024-10-27T01:30:00+01:00\"");
    }

    @Test
    void a_refund_names_the_line_that_it_takes_back_from() {
        assertThat(shape("5 R-1")).isEqualTo(Shape.REFUND);
        assertThat(bodies("5 R-1"))
                .containsExactly("P-1 {\"refund\":\"R-1\",\"member\":\"ann\",\"at\":\"2024-01-20T10:00:00Z\","
                        + "\"lines\":[{\"line\":\"1\",\"quantity\":\"1\"}],\"currency\":\"GBP\"}");
    }

    @Test
    void a_refund_of_several_orders_is_split_and_never_gives_more_back_than_was_paid() {
        assertThat(shape("6 R-2")).isEqualTo(Shape.SPLIT);
        assertThat(bodies("6 R-2"))
                .containsExactly(
                        "P-1 {\"refund\":\"R-2\",\"member\":\"ann\",\"at\":\"2024-02-01T10:00:00Z\",\"lines\":["
                                + "{\"line\":\"1\",\"quantity\":\"1\"},{\"line\":\"2\",\"quantity\":\"1\"}],\"currency\":\"GBP\"}",
                        "P-2 {\"refund\":\"R-2\",\"member\":\"ann\",\"at\":\"2024-02-01T10:00:00Z\",\"lines\":["
                                + "{\"line\":\"1\",\"quantity\":\"1\"}],\"currency\":\"GBP\"}");
    }

    @Test
    void a_line_without_a_link_is_a_refund_of_an_unknown_order() {
        assertThat(shape("7 R-3")).isEqualTo(Shape.SPLIT);
        assertThat(bodies("7 R-3"))
                .containsExactly(
                        "P-3 {\"refund\":\"R-3\",\"member\":\"bob\",\"at\":\"2024-02-02T10:00:00Z\",\"lines\":["
                                + "{\"line\":\"1\",\"quantity\":\"1\",\"amount\":\"15.50\"}],\"currency\":\"GBP\"}",
                        "unknown:R-3 {\"refund\":\"R-3\",\"member\":\"bob\",\"at\":\"2024-02-02T10:00:00Z\","
                                + "\"amount\":\"2.50\",\"currency\":\"GBP\"}");
        assertThat(shape("4 R-0")).isEqualTo(Shape.UNKNOWN);
        assertThat(shape("24 R-8")).isEqualTo(Shape.UNKNOWN);
    }

    @Test
    void a_refund_without_lines_is_an_amount() {
        assertThat(shape("8 R-4")).isEqualTo(Shape.REFUND);
        assertThat(bodies("8 R-4").getFirst()).startsWith("P-5 ").contains("\"amount\":\"5.00\"");
    }

    @Test
    void a_refund_of_another_customers_order_is_one_of_an_unknown_order() {
        assertThat(shape("23 R-7")).isEqualTo(Shape.UNKNOWN);
        assertThat(planner.notes().unknown()).containsKey("its order is another customer's");
    }

    @Test
    void more_than_is_left_is_left_out_and_counted() {
        assertThat(bodies("28 R-10").getFirst())
                .contains("\"lines\":[{\"line\":\"1\",\"quantity\":\"1\",\"amount\":\"9.50\"}]");
        assertThat(planner.notes().unmatched()).containsOnlyKeys("more than is left of the goods in the order");
    }

    @Test
    void a_row_that_says_the_same_again_is_a_repetition_and_one_that_says_otherwise_is_rejected() {
        assertThat(plan("13 P-7")).isEqualTo(new Planned.Repeat());
        assertThat(plan("14 P-7")).isEqualTo(new Planned.Reject("id stands for another row already"));
        assertThat(plan("16 P-9")).isEqualTo(new Planned.Reject("currency is not one of ISO 4217"));
    }

    @Test
    void rows_that_cannot_be_read_keep_their_number_and_say_why() {
        assertThat(history.unreadable())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        17, "ordered_at is not a time",
                        18, "amount is not a number",
                        19, "kind is neither order nor refund"));
        assertThat(history.size()).isEqualTo(28);
    }

    @Test
    void a_split_over_lines_of_the_same_goods_takes_what_is_left_of_each(@TempDir Path folder) throws IOException {
        Path orders = Files.writeString(folder.resolve("o.csv"), """
                order_id,customer_id,ordered_at,amount,currency,kind,original_order_id
                A,x,2024-01-01T00:00:00,50,EUR,order,
                B,x,2024-01-02T00:00:00,-30,EUR,refund,A
                C,x,2024-01-03T00:00:00,-30,EUR,refund,A
                """);
        Path lines = Files.writeString(folder.resolve("l.csv"), """
                order_id,sku,category,quantity,unit_price
                A,tea,,2,10
                A,tea,,2,12
                A,tea,,1,6
                B,tea,,-3,10
                C,tea,,-3,10
                """);
        History few = History.read(
                new History.Sources(orders, Optional.of(lines), Optional.empty()), ZoneId.of("Europe/Berlin"));
        Planner other = new Planner(few.rows());
        List<String> sent = few.rows().stream()
                .map(row -> ((Planned.Send) other.plan(row))
                        .messages()
                        .getFirst()
                        .body()
                        .path("lines")
                        .toString())
                .toList();
        assertThat(sent.subList(1, 3))
                .containsExactly(
                        "[{\"line\":\"1\",\"quantity\":\"2\"},{\"line\":\"2\",\"quantity\":\"1\",\"amount\":\"10.00\"}]",
                        "[{\"line\":\"2\",\"quantity\":\"1\",\"amount\":\"10.00\"},{\"line\":\"3\",\"quantity\":\"1\"}]");
        assertThat(other.notes().unmatched().values())
                .singleElement()
                .satisfies(part -> assertThat(part.money()).isEqualByComparingTo("10"));
    }

    @Test
    void a_file_without_a_column_is_refused_by_name(@TempDir Path folder) throws IOException {
        Path orders = Files.writeString(folder.resolve("o.csv"), "order_id,amount\nA,1\n");
        assertThat(catchThrowable(
                        () -> History.read(new History.Sources(orders, Optional.empty(), Optional.empty()), LONDON)))
                .isInstanceOf(History.Malformed.class)
                .hasMessage("o.csv: has no column customer_id");
    }
}
