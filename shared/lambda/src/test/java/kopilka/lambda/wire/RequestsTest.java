package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.PROGRAM;
import static kopilka.lambda.wire.ShopByJson.errors;
import static kopilka.lambda.wire.ShopByJson.json;
import static kopilka.lambda.wire.ShopByJson.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.lambda.http.Cursor;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Place;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.ReferralCode;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.LineId;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.OrderLine;
import kopilka.order.Payment;
import kopilka.order.Quantity;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.program.Brand;
import kopilka.program.Category;
import kopilka.program.Channel;
import kopilka.program.ShopId;
import kopilka.program.Sku;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.HoldPoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final MemberKey ANNA = new MemberKey(PROGRAM, new MemberId("m-anna"));

    private static final String ORDER = """
            {'order':'A-1','member':'m-anna','event':'paid','at':'2026-03-02T10:05:00+02:00','content':{'currency':'EUR',
             'lines':[{'id':'tea','sku':'S-TEA','category':'grocery','brand':'Assam House','quantity':'2','unitPrice':'12.50',
             'total':'25.00'},{'sku':'S-MUG','quantity':1,'total':'35.00','discount':'5.00','giftVoucher':true}],
             'delivery':'4.90','tax':'0.50','discount':'6.00','total':'59.40','payments':[{'method':'card','amount':'57.40'},
             {'method':'points','amount':'2.00','redemption':'H-1'}],'channel':'web','shop':'s1'}}
            """;

    private static final String REFUND = """
            {'refund':'R-1','member':'m-anna','at':'2026-03-05T15:00:00+02:00','lines':[{'line':'tea','quantity':'1'},
             {'line':'2','quantity':'0.5','amount':'9.99'}],'delivery':'4.90','amount':'1.00','currency':'EUR'}
            """;

    private static final String HOLD = """
            {'redemption':'H-1','member':'m-anna','points':200,'order':{'id':'A-2','total':{'amount':'40.00','currency':'EUR'}},
             'timeoutMinutes':45}
            """;

    @Test
    void an_order_event_is_decoded_to_the_last_field() {
        assertThat(valid(Requests.orderEvent(PROGRAM, json(ORDER), Place.BODY)))
                .isEqualTo(new RecordOrderEvent(
                        ANNA,
                        new OrderId("A-1"),
                        OrderEventKind.PAID,
                        Instant.parse("2026-03-02T08:05:00Z"),
                        Optional.of(new Order(
                                EUR,
                                List.of(
                                        new OrderLine(
                                                new LineId("tea"),
                                                new Sku("S-TEA"),
                                                Optional.of(new Category("grocery")),
                                                Optional.of(new Brand("Assam House")),
                                                Quantity.of(2),
                                                Optional.of(new BigDecimal("12.50")),
                                                2500,
                                                0,
                                                false),
                                        new OrderLine(
                                                new LineId("2"),
                                                new Sku("S-MUG"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Quantity.of(1),
                                                Optional.empty(),
                                                3500,
                                                500,
                                                true)),
                                490,
                                50,
                                600,
                                5940,
                                List.of(
                                        new Payment("card", 5740, Optional.empty()),
                                        new Payment("points", 200, Optional.of(new RedemptionId("H-1")))),
                                Optional.of(new Channel("web")),
                                Optional.of(new ShopId("s1"))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "cancelled"})
    void what_comes_after_the_payment_needs_no_content(String event) {
        String body = "{'order':'A-1','member':'m-anna','event':'%s','at':'2026-03-04T18:20:00Z'}".formatted(event);

        assertThat(valid(Requests.orderEvent(PROGRAM, json(body), Place.BODY)).content())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"placed", "paid"})
    void an_order_that_is_placed_or_paid_has_content(String event) {
        String body = "{'order':'A-1','member':'m-anna','event':'%s','at':'2026-03-04T18:20:00Z'}".formatted(event);

        assertThat(errors(Requests.orderEvent(PROGRAM, json(body), Place.BODY)))
                .containsExactly("pointer /content missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'A-1' | 'A 1' | /order bad_format",
                "'A-1' | 'A#1' | /order bad_format",
                "'A-1' | '' | /order bad_format",
                "'A-1' | 17 | /order wrong_type",
                "'order':'A-1', | `` | /order missing",
                "'m-anna' | null | /member wrong_type",
                "'paid' | 'shipped' | /event unknown_value",
                "+02:00' | ' | /at bad_format",
                "'2026-03-02T | '2026-02-30T | /at bad_format",
                "'EUR' | 'EURO' | /content/currency unknown_value",
                "'total':'25.00' | 'total':'25.001' | /content/lines/0/total too_many_decimals",
                "'total':'25.00' | 'total':25.00 | /content/lines/0/total wrong_type",
                "'total':'25.00' | 'total':25 | /content/lines/0/total wrong_type",
                "'total':'25.00' | 'total':'-25.00' | /content/lines/0/total out_of_range",
                "'total':'25.00' | 'total':'-0.00' | /content/lines/0/total out_of_range",
                "'total':'25.00' | 'total':'+25.00' | /content/lines/0/total bad_format",
                "'total':'25.00' | 'total':'025.00' | /content/lines/0/total bad_format",
                "'total':'25.00' | 'total':'25,00' | /content/lines/0/total bad_format",
                "'total':'25.00' | 'total':'2.5e1' | /content/lines/0/total bad_format",
                "'total':'25.00' | 'total':'NaN' | /content/lines/0/total bad_format",
                "'total':'25.00' | 'total':'100000000000.01' | /content/lines/0/total out_of_range",
                "'total':'25.00' | 'total':'92233720368547758.08' | /content/lines/0/total out_of_range",
                "'quantity':'2' | 'quantity':0 | /content/lines/0/quantity out_of_range",
                "'quantity':'2' | 'quantity':-1 | /content/lines/0/quantity out_of_range",
                "'quantity':'2' | 'quantity':2.5 | /content/lines/0/quantity not_an_integer",
                "'quantity':'2' | 'quantity':1e30 | /content/lines/0/quantity out_of_range",
                "'quantity':'2' | 'quantity':'0' | /content/lines/0/quantity out_of_range",
                "'quantity':'2' | 'quantity':'0.0005' | /content/lines/0/quantity too_many_decimals",
                "'quantity':'2' | 'quantity':'1000000.001' | /content/lines/0/quantity out_of_range",
                "'12.50' | '12.5000001' | /content/lines/0/unitPrice too_many_decimals",
                "'12.50' | '-12.50' | /content/lines/0/unitPrice out_of_range",
                "'12.50' | 12.5 | /content/lines/0/unitPrice wrong_type",
                "'S-TEA' | '' | /content/lines/0/sku too_short",
                "'sku':'S-TEA', | `` | /content/lines/0/sku missing",
                "'giftVoucher':true | 'giftVoucher':'yes' | /content/lines/1/giftVoucher wrong_type",
                "'id':'tea' | 'id':'2' | /content/lines/1/id repeated",
                "'id':'tea' | 'name':'tea' | /content/lines/0 unknown_field",
                "'delivery':'4.90' | 'delivery':'4.905' | /content/delivery too_many_decimals",
                "'tax':'0.50' | 'tax':null | /content/tax wrong_type",
                "'discount':'6.00' | 'discount':'-6.00' | /content/discount out_of_range",
                "'total':'59.40', | `` | /content/total missing",
                "'card' | 'Card' | /content/payments/0/method bad_format",
                "'method':'card' | 'method':'points' | /content/payments/0/redemption missing",
                "'method':'card' | 'method':'card','redemption':'H-2' | /content/payments/0/redemption not_allowed",
                "'57.40' | '57.4.0' | /content/payments/0/amount bad_format",
                "'web' | 'the web' | /content/channel bad_format",
                "'shop':'s1' | 'shop':'' | /content/shop bad_format",
                "'shop':'s1' | 'till':'3' | /content unknown_field",
            })
    void an_error_in_an_order_is_named_by_its_place_and_code(String what, String instead, String error) {
        assertThat(ORDER).contains(what);

        assertThat(errors(Requests.orderEvent(PROGRAM, json(replaced(ORDER, what, instead)), Place.BODY)))
                .containsExactly("pointer " + error);
    }

    @Test
    void a_redemption_pays_once_in_an_order() {
        String twice = replaced(ORDER, "'method':'card'", "'method':'points','redemption':'H-1'");

        assertThat(errors(Requests.orderEvent(PROGRAM, json(twice), Place.BODY)))
                .containsExactly("pointer /content/payments/1/redemption repeated");
    }

    @Test
    void an_order_has_from_one_to_a_thousand_lines() {
        assertThat(errors(Requests.orderEvent(PROGRAM, json(withLines(0)), Place.BODY)))
                .containsExactly("pointer /content/lines too_few");
        assertThat(errors(Requests.orderEvent(PROGRAM, json(withLines(1_001)), Place.BODY)))
                .containsExactly("pointer /content/lines too_many");
        assertThat(valid(Requests.orderEvent(PROGRAM, json(withLines(1_000)), Place.BODY))
                        .content()
                        .orElseThrow()
                        .lines()
                        .getLast()
                        .id())
                .isEqualTo(new LineId("1000"));
    }

    private static String withLines(int count) {
        String lines = IntStream.range(0, count)
                .mapToObj(i -> "{'sku':'S','quantity':1,'total':'0.00'}")
                .collect(Collectors.joining(","));
        return "{'order':'A-1','member':'m','event':'paid','at':'2026-03-02T10:05:00Z',"
                + "'content':{'currency':'EUR','total':'0.00','lines':[" + lines + "]}}";
    }

    @Test
    void amounts_have_the_decimals_of_their_currency() {
        String yen = ORDER.replace("'EUR'", "'JPY'");

        assertThat(errors(Requests.orderEvent(PROGRAM, json(yen), Place.BODY)))
                .hasSize(9)
                .contains("pointer /content/lines/0/total too_many_decimals", "pointer /content/tax too_many_decimals");
        String dinars = replaced(ORDER, "'EUR'", "'KWD'").replace("'25.00'", "'25.001'");
        assertThat(valid(Requests.orderEvent(PROGRAM, json(dinars), Place.BODY))
                        .content()
                        .orElseThrow()
                        .lines()
                        .getFirst()
                        .total())
                .isEqualTo(25_001);
    }

    @Test
    void an_unknown_currency_does_not_hide_what_else_is_wrong() {
        String both = replaced(replaced(ORDER, "'EUR'", "'EURO'"), "'25.00'", "'a lot'");

        assertThat(errors(Requests.orderEvent(PROGRAM, json(both), Place.BODY)))
                .containsExactly(
                        "pointer /content/currency unknown_value", "pointer /content/lines/0/total bad_format");
    }

    @Test
    void a_refund_is_decoded_to_the_last_field() {
        assertThat(valid(Requests.refund(PROGRAM, parameters("order", "A-1"), json(REFUND))))
                .isEqualTo(new RefundOrder(
                        ANNA,
                        new OrderId("A-1"),
                        new RefundId("R-1"),
                        Instant.parse("2026-03-05T13:00:00Z"),
                        new RefundContent(
                                EUR,
                                List.of(
                                        new RefundContent.Line(new LineId("tea"), Quantity.of(1), OptionalLong.empty()),
                                        new RefundContent.Line(
                                                new LineId("2"), new Quantity(500), OptionalLong.of(999))),
                                490,
                                100)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'R-1' | 'R 1' | /refund bad_format",
                "'m-anna' | '' | /member bad_format",
                "'quantity':'1' | 'quantity':'0.000' | /lines/0/quantity out_of_range",
                "'line':'tea', | `` | /lines/0/line missing",
                "'9.99' | '9.999' | /lines/1/amount too_many_decimals",
                "'9.99' | '-9.99' | /lines/1/amount out_of_range",
                "'4.90' | 4.9 | /delivery wrong_type",
                "'1.00' | '1.005' | /amount too_many_decimals",
                "'EUR' | 'ZZZ' | /currency unknown_value",
                ",'currency':'EUR' | `` | /currency missing",
                "'refund':'R-1' | 'refund':'R-1','reason':'broken' | (whole) unknown_field",
            })
    void an_error_in_a_refund_is_named_by_its_place_and_code(String what, String instead, String error) {
        assertThat(REFUND).contains(what);

        assertThat(errors(Requests.refund(PROGRAM, parameters("order", "A-1"), json(replaced(REFUND, what, instead)))))
                .containsExactly("pointer " + error.replace("(whole)", ""));
    }

    @Test
    void a_refund_says_what_goes_back() {
        String nothing = "{'refund':'R-1','member':'m','at':'2026-03-05T15:00:00Z','currency':'EUR'}";

        assertThat(errors(Requests.refund(PROGRAM, parameters("order", "A-1"), json(nothing))))
                .containsExactly("pointer  missing");
    }

    @Test
    void errors_of_the_path_and_the_body_are_named_together() {
        assertThat(errors(Requests.refund(PROGRAM, parameters("order", "A/1"), json(replaced(REFUND, "'R-1'", "1")))))
                .containsExactly("parameter order bad_format", "pointer /refund wrong_type");
        assertThat(errors(Requests.capture(PROGRAM, parameters("redemption", ""), json("{}"))))
                .containsExactly("parameter redemption bad_format", "pointer /member missing");
        assertThat(errors(Requests.close(PROGRAM, parameters("member", "a b"), json("{'reason':''}"))))
                .containsExactly("parameter member bad_format", "pointer /reason too_short");
        assertThat(errors(Requests.enrol(PROGRAM, parameters("member", "a@b.c"), json("{'name':'Anna'}"))))
                .containsExactly("parameter member bad_format", "pointer  unknown_field");
    }

    @Test
    void a_hold_is_decoded_to_the_last_field() {
        assertThat(valid(Requests.hold(PROGRAM, json(HOLD))))
                .isEqualTo(new HoldPoints(
                        ANNA,
                        new RedemptionId("H-1"),
                        Points.of(200),
                        new Money(4000, EUR),
                        Optional.of(new OrderId("A-2")),
                        Optional.of(Duration.ofMinutes(45))));
    }

    @Test
    void a_whole_number_may_be_written_with_a_point_or_an_exponent() {
        String rewritten = HOLD.replace("200", "2.00e2").replace("45", "45.0");

        assertThat(rewritten).isNotEqualTo(HOLD);
        assertThat(valid(Requests.hold(PROGRAM, json(rewritten)))).isEqualTo(valid(Requests.hold(PROGRAM, json(HOLD))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | 0 | /points out_of_range",
                "200 | -200 | /points out_of_range",
                "200 | '200' | /points wrong_type",
                "200 | 200.5 | /points not_an_integer",
                "200 | 2e-2 | /points not_an_integer",
                "200 | 1000000000001 | /points out_of_range",
                "200 | 9223372036854775808 | /points out_of_range",
                "'40.00' | '40.000' | /order/total/amount too_many_decimals",
                "'EUR' | 'euro' | /order/total/currency unknown_value",
                "'currency':'EUR' | 'currency':'EUR','vat':'1' | /order/total unknown_field",
                "'id':'A-2' | 'id':'' | /order/id bad_format",
                "45 | 0 | /timeoutMinutes out_of_range",
                "45 | 10081 | /timeoutMinutes out_of_range",
                "'redemption':'H-1', | `` | /redemption missing",
            })
    void an_error_in_a_hold_is_named_by_its_place_and_code(String what, String instead, String error) {
        assertThat(HOLD).contains(what);

        assertThat(errors(Requests.hold(PROGRAM, json(replaced(HOLD, what, instead)))))
                .containsExactly("pointer " + error);
    }

    @Test
    void the_small_requests_are_decoded() {
        RedemptionId redemption = new RedemptionId("H-1");
        var path = parameters("redemption", "H-1");
        assertThat(valid(Requests.capture(PROGRAM, path, json("{'member':'m-anna','points':150}"))))
                .isEqualTo(new CapturePoints(ANNA, redemption, Optional.of(Points.of(150))));
        assertThat(valid(Requests.capture(PROGRAM, parameters("redemption", "H-1"), json("{'member':'m-anna'}"))))
                .isEqualTo(new CapturePoints(ANNA, redemption, Optional.empty()));
        assertThat(valid(Requests.voidHold(PROGRAM, parameters("redemption", "H-1"), json("{'member':'m-anna'}"))))
                .isEqualTo(new VoidHold(ANNA, redemption));
        assertThat(valid(Requests.enrol(PROGRAM, parameters("member", "m-anna"), json("{}"))))
                .isEqualTo(new EnrolMember(ANNA));
        assertThat(valid(Requests.close(PROGRAM, parameters("member", "m-anna"), json("{'reason':'moved'}"))))
                .isEqualTo(new CloseAccount(ANNA, Optional.of("moved")));
        assertThat(valid(Requests.issueCode(PROGRAM, new ReferralCode("K7Q2M9XA"), json("{'member':'m-anna'}"))))
                .isEqualTo(new IssueReferralCode(ANNA, new ReferralCode("K7Q2M9XA")));
        assertThat(valid(Requests.attach(PROGRAM, json("{'member':'m-anna','code':'K7Q2M9XA'}"))))
                .isEqualTo(new AttachReferee(ANNA, new ReferralCode("K7Q2M9XA")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k7q2m9xa", "K7Q2M9X", "K7Q2M9X-", ""})
    void a_referral_code_has_eight_digits_and_capital_letters(String code) {
        assertThat(errors(Requests.attach(PROGRAM, json("{'member':'m','code':'%s'}".formatted(code)))))
                .containsExactly("pointer /code bad_format");
    }

    @Test
    void nothing_that_is_no_object_is_taken() {
        for (String body : List.of("[]", "1", "'x'", "true", "null")) {
            assertThat(errors(Requests.orderEvent(PROGRAM, json(body), Place.BODY)))
                    .containsExactly("pointer  wrong_type");
            assertThat(errors(Requests.hold(PROGRAM, json(body)))).containsExactly("pointer  wrong_type");
            assertThat(errors(Requests.enrol(PROGRAM, parameters("member", "m"), json(body))))
                    .containsExactly("pointer  wrong_type");
        }
    }

    @Test
    void a_page_of_the_ledger_has_fifty_entries_from_the_newest_on() {
        assertThat(valid(Requests.ledger(PROGRAM, parameters("member", "m-anna"))))
                .isEqualTo(new Requests.LedgerPage(ANNA, Long.MAX_VALUE, 50));
    }

    @Test
    void a_cursor_belongs_to_one_members_ledger() {
        String cursor = new Cursor("4").text(new Requests.LedgerPage(ANNA, 0, 1).list());

        assertThat(valid(Requests.ledger(
                        PROGRAM, parameters(Map.of("member", "m-anna", "limit", "100", "cursor", cursor)))))
                .isEqualTo(new Requests.LedgerPage(ANNA, 4, 100));
        assertThat(errors(Requests.ledger(PROGRAM, parameters(Map.of("member", "m-olga", "cursor", cursor)))))
                .containsExactly("parameter cursor bad_format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "9223372036854775808"})
    void a_page_has_at_most_a_hundred_entries(String limit) {
        assertThat(errors(Requests.ledger(PROGRAM, parameters(Map.of("member", "m", "limit", limit)))))
                .containsExactly("parameter limit out_of_range");
    }

    @Test
    void an_order_is_read_by_its_member() {
        assertThat(valid(Requests.order(PROGRAM, parameters(Map.of("order", "A-1", "member", "m-anna")))))
                .isEqualTo(new Requests.MembersOrder(ANNA, new OrderId("A-1")));
        assertThat(errors(Requests.order(PROGRAM, parameters("order", "A-1"))))
                .containsExactly("parameter member missing");
    }

    private static <T> T valid(Decoded<T> decoded) {
        assertThat(errors(decoded)).isEmpty();
        return ((Decoded.Valid<T>) decoded).value();
    }

    private static String replaced(String text, String what, String instead) {
        return text.replaceFirst(Pattern.quote(what), instead);
    }
}
