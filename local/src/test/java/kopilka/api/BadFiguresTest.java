package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are well-formed JSON and still say what cannot be. None of them changes anything. */
@ExtendWith(OneCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFiguresTest {
    private final LocalCloud cloud;
    private final Shop shop;
    private String before = "";

    BadFiguresTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    @BeforeAll
    void a_member_has_points_and_orders() {
        shop.enrolWith("m-1", 1000);
        shop.pays("m-1", "kept", "20.00");
        shop.enrol("m-2");
    }

    @BeforeEach
    void this_is_so() {
        cloud.clock().stopAt(OneCloud.OPENING);
        before = shop.head("m-1") + shop.head("m-2");
    }

    @AfterEach
    void nothing_has_changed() {
        assertThat(shop.head("m-1") + shop.head("m-2")).isEqualTo(before);
    }

    // ------------------------------------------------------------------------------------------------ single fields

    /** Amounts wherever one can stand. */
    static Stream<Arguments> wrongAmounts() {
        Call order = Endpoint.ORDER_EVENT.call();
        Call refund = Endpoint.REFUND.call().at("order", "kept");
        Call lines = refund.body("""
                {"refund":"R-1","member":"m-1","at":"2026-03-01T08:00:00Z","currency":"EUR","delivery":"1.00",
                 "lines":[{"line":"1","quantity":"1","amount":"1.00"}]}""");
        Call paid = order.changed("/content/payments", "[{\"method\":\"card\",\"amount\":\"20.00\"}]");
        Call quoted = order.changed("/content/discounts", "[{\"rule\":\"tea\",\"amount\":\"1.00\"}]");
        Call quote = Endpoint.QUOTE.call();
        return Stream.of(
                        Arguments.of(order, "/content/total"),
                        Arguments.of(order, "/content/delivery"),
                        Arguments.of(order, "/content/tax"),
                        Arguments.of(order, "/content/discount"),
                        Arguments.of(order, "/content/lines/0/total"),
                        Arguments.of(order, "/content/lines/0/discount"),
                        Arguments.of(paid, "/content/payments/0/amount"),
                        Arguments.of(quoted, "/content/discounts/0/amount"),
                        Arguments.of(quote, "/content/delivery"),
                        Arguments.of(quote, "/content/tax"),
                        Arguments.of(quote, "/content/discount"),
                        Arguments.of(quote, "/content/lines/0/total"),
                        Arguments.of(quote, "/content/lines/0/discount"),
                        Arguments.of(refund, "/amount"),
                        Arguments.of(lines, "/delivery"),
                        Arguments.of(lines, "/lines/0/amount"),
                        Arguments.of(Endpoint.HOLD.call(), "/order/total/amount"))
                .flatMap(place -> Stream.of(
                                "\"-1.00\" out_of_range",
                                "\"-0\" out_of_range",
                                "\"1.001\" too_many_decimals",
                                "\"1e3\" bad_format",
                                "\"NaN\" bad_format",
                                "\"Infinity\" bad_format",
                                "\"+1\" bad_format",
                                "\"01.00\" bad_format",
                                "\".5\" bad_format",
                                "\"1.\" bad_format",
                                "\"1,00\" bad_format",
                                "\" 1.00\" bad_format",
                                "\"\" bad_format",
                                "\"\u0661\" bad_format",
                                "\"9223372036854775808\" out_of_range",
                                "\"100000000000.01\" out_of_range",
                                "\"" + "9".repeat(400) + "\" too_long",
                                "10 wrong_type",
                                "10.5 wrong_type",
                                "true wrong_type",
                                "{} wrong_type",
                                "[] wrong_type")
                        .map(value -> Arguments.of(
                                place.get()[0],
                                place.get()[1],
                                value.substring(0, value.lastIndexOf(' ')),
                                value.substring(value.lastIndexOf(' ') + 1))));
    }

    @ParameterizedTest(name = "{1} = {2}")
    @MethodSource("wrongAmounts")
    void what_is_no_amount_is_refused_at_its_place(Call call, String pointer, String value, String code) {
        Reply reply = shop.sendWrong(call.changed(pointer, value)).is(400, "invalid_field");
        assertThat(reply.errors()).containsExactly(pointer + " " + code);
    }

    static Stream<Arguments> wrongPoints() {
        return Stream.of(Endpoint.HOLD, Endpoint.CAPTURE)
                .flatMap(endpoint -> Stream.of(
                                "0 out_of_range",
                                "-1 out_of_range",
                                "-0 out_of_range",
                                "-1.0 out_of_range",
                                "1e-2 not_an_integer",
                                "100.5 not_an_integer",
                                "1e13 out_of_range",
                                "\"10\" wrong_type",
                                "1000000000001 out_of_range",
                                "9223372036854775807 out_of_range",
                                "9223372036854775808 out_of_range",
                                "true wrong_type",
                                "{} wrong_type",
                                "[1] wrong_type")
                        .map(value -> Arguments.of(
                                endpoint,
                                value.substring(0, value.indexOf(' ')),
                                value.substring(value.indexOf(' ') + 1))));
    }

    @ParameterizedTest
    @MethodSource("wrongPoints")
    void what_is_no_number_of_points_is_refused(Endpoint endpoint, String value, String code) {
        // Written into the text: a JSON library would write 1e-2 and -1.0 in a way of its own.
        Reply reply = shop.sendWrong(
                        endpoint.call().changed(body -> body.replaceFirst("\"points\":\\d+", "\"points\":" + value)))
                .is(400, "invalid_field");
        assertThat(reply.errors()).containsExactly("/points " + code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ORDER_EVENT | /order                      | (none)                      | missing
            ORDER_EVENT | /order                      | ""                          | bad_format
            ORDER_EVENT | /order                      | "a b"                       | bad_format
            ORDER_EVENT | /order                      | "A#1"                       | bad_format
            ORDER_EVENT | /order                      | "."                         | bad_format
            ORDER_EVENT | /member                     | ".."                        | bad_format
            ORDER_EVENT | /order                      | 17                          | wrong_type
            ORDER_EVENT | /member                     | (none)                      | missing
            ORDER_EVENT | /member                     | "ü"                         | bad_format
            ORDER_EVENT | /event                      | (none)                      | missing
            ORDER_EVENT | /event                      | "PAID"                      | unknown_value
            ORDER_EVENT | /event                      | "returned"                  | unknown_value
            ORDER_EVENT | /at                         | (none)                      | missing
            ORDER_EVENT | /at                         | "2026-03-01T10:00:00"       | bad_format
            ORDER_EVENT | /at                         | "2026-03-01"                | bad_format
            ORDER_EVENT | /at                         | "2026-02-29T10:00:00Z"      | bad_format
            ORDER_EVENT | /at                         | "2026-03-01T24:00:00Z"      | bad_format
            ORDER_EVENT | /at                         | "2026-03-01T10:00:00+25:00" | bad_format
            ORDER_EVENT | /at                         | "2026-03-01 10:00:00Z"      | bad_format
            ORDER_EVENT | /at                         | "1.3.2026"                  | bad_format
            ORDER_EVENT | /at                         | 1772359200                  | wrong_type
            ORDER_EVENT | /content                    | (none)                      | missing
            ORDER_EVENT | /content                    | []                          | wrong_type
            ORDER_EVENT | /content/currency           | (none)                      | missing
            ORDER_EVENT | /content/currency           | "eur"                       | unknown_value
            ORDER_EVENT | /content/currency           | "XYZ"                       | unknown_value
            ORDER_EVENT | /content/currency           | "XAU"                       | unknown_value
            ORDER_EVENT | /content/lines              | (none)                      | missing
            ORDER_EVENT | /content/lines              | []                          | too_few
            ORDER_EVENT | /content/lines/0/sku        | ""                          | too_short
            ORDER_EVENT | /content/lines/0/sku        | "a\\nb"                     | bad_format
            ORDER_EVENT | /content/lines/0/quantity   | (none)                      | missing
            ORDER_EVENT | /content/lines/0/quantity   | "0"                         | out_of_range
            ORDER_EVENT | /content/lines/0/quantity   | 0                           | out_of_range
            ORDER_EVENT | /content/lines/0/quantity   | -1                          | out_of_range
            ORDER_EVENT | /content/lines/0/quantity   | "-1"                        | out_of_range
            ORDER_EVENT | /content/lines/0/quantity   | 1.5                         | not_an_integer
            ORDER_EVENT | /content/lines/0/quantity   | "1.0001"                    | too_many_decimals
            ORDER_EVENT | /content/lines/0/quantity   | "1000000.001"               | out_of_range
            ORDER_EVENT | /content/lines/0/quantity   | 9223372036854775808         | out_of_range
            ORDER_EVENT | /content/lines/0/unitPrice  | "1.1234567"                 | too_many_decimals
            ORDER_EVENT | /content/lines/0/unitPrice  | "-1"                        | out_of_range
            ORDER_EVENT | /content/lines/0/giftVoucher| "yes"                       | wrong_type
            ORDER_EVENT | /content/lines/0/total      | (none)                      | missing
            ORDER_EVENT | /content/total              | (none)                      | missing
            ORDER_EVENT | /content/payments           | []                          | too_few
            ORDER_EVENT | /content/channel            | ""                          | bad_format
            ORDER_EVENT | /content/region             | ""                          | too_short
            ORDER_EVENT | /content/region             | "a\\u0007b"                  | bad_format
            ORDER_EVENT | /content/region             | 7                           | wrong_type
            ORDER_EVENT | /content/coupons            | []                          | too_few
            ORDER_EVENT | /content/coupons            | "SPRING"                    | wrong_type
            ORDER_EVENT | /content/discounts          | []                          | too_few
            ORDER_EVENT | /content/discounts          | {"tea":"1.00"}              | wrong_type
            ORDER_EVENT | /content/quote              | "q-1"                       | unknown_value
            ORDER_EVENT | /content/quote              | "q-1-mm7gl4w0-000000000000" | unknown_value
            ORDER_EVENT | /content/quote              | "q-0-mm7gl4w0-000000000000" | unknown_value
            ORDER_EVENT | /content/quote              | "a b"                       | bad_format
            ORDER_EVENT | /content/quote              | 1                           | wrong_type
            QUOTE       | /member                     | null                        | wrong_type
            QUOTE       | /member                     | "a b"                       | bad_format
            QUOTE       | /at                         | "2026-03-01T10:00:00"       | bad_format
            QUOTE       | /at                         | "2026-02-29T10:00:00Z"      | bad_format
            QUOTE       | /at                         | 1772359200                  | wrong_type
            QUOTE       | /language                   | "de"                        | unknown_value
            QUOTE       | /language                   | "EN"                        | unknown_value
            QUOTE       | /language                   | null                        | wrong_type
            QUOTE       | /content                    | (none)                      | missing
            QUOTE       | /content                    | []                          | wrong_type
            QUOTE       | /content/currency           | (none)                      | missing
            QUOTE       | /content/currency           | "eur"                       | unknown_value
            QUOTE       | /content/lines              | (none)                      | missing
            QUOTE       | /content/lines              | []                          | too_few
            QUOTE       | /content/lines/0/quantity   | "0"                         | out_of_range
            QUOTE       | /content/lines/0/total      | (none)                      | missing
            QUOTE       | /content/payments           | []                          | too_few
            QUOTE       | /content/payments/0         | "Card"                      | bad_format
            QUOTE       | /content/payments/0         | {"method":"card"}           | wrong_type
            QUOTE       | /content/coupons            | []                          | too_few
            QUOTE       | /content/coupons/0          | ""                          | too_short
            QUOTE       | /content/region             | ""                          | too_short
            QUOTE       | /content/shop               | "?"                         | bad_format
            ACTIVITY    | /activity                   | (none)                      | missing
            ACTIVITY    | /activity                   | "a#b"                       | bad_format
            ACTIVITY    | /member                     | (none)                      | missing
            ACTIVITY    | /kind                       | (none)                      | missing
            ACTIVITY    | /kind                       | "Review"                    | bad_format
            ACTIVITY    | /kind                       | ""                          | bad_format
            ACTIVITY    | /kind                       | "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr" | too_long
            ACTIVITY    | /at                         | (none)                      | missing
            ACTIVITY    | /at                         | "2026-03-01T10:00:00"       | bad_format
            ACTIVITY    | /verified                   | "true"                      | wrong_type
            ACTIVITY    | /verified                   | 1                           | wrong_type
            PROFILE     | /birthday                   | "--02-30"                   | bad_format
            PROFILE     | /birthday                   | "--13-01"                   | bad_format
            PROFILE     | /birthday                   | "--04-31"                   | bad_format
            PROFILE     | /birthday                   | "--00-10"                   | bad_format
            PROFILE     | /birthday                   | "05-14"                     | bad_format
            PROFILE     | /birthday                   | "1990-05-14"                | too_long
            PROFILE     | /birthday                   | 514                         | wrong_type
            PROFILE     | /birthday                   | null                        | wrong_type
            PROFILE     | /segments                   | "vip"                       | wrong_type
            PROFILE     | /region                     | ""                          | too_short
            PROFILE     | /region                     | []                          | wrong_type
            REFUND      | /refund                     | (none)                      | missing
            REFUND      | /refund                     | "#"                         | bad_format
            REFUND      | /member                     | (none)                      | missing
            REFUND      | /at                         | "2026-03-01T10:00:00"       | bad_format
            REFUND      | /currency                   | (none)                      | missing
            REFUND      | /lines                      | []                          | too_few
            HOLD        | /redemption                 | (none)                      | missing
            HOLD        | /member                     | null                        | wrong_type
            HOLD        | /points                     | (none)                      | missing
            HOLD        | /order                      | (none)                      | missing
            HOLD        | /order/total                | (none)                      | missing
            HOLD        | /order/total/currency       | "EURO"                      | unknown_value
            HOLD        | /order/id                   | "?"                         | bad_format
            HOLD        | /timeoutMinutes             | 0                           | out_of_range
            HOLD        | /timeoutMinutes             | -5                          | out_of_range
            HOLD        | /timeoutMinutes             | 10081                       | out_of_range
            HOLD        | /timeoutMinutes             | "30"                        | wrong_type
            CAPTURE     | /member                     | (none)                      | missing
            VOID        | /member                     | (none)                      | missing
            CODE        | /member                     | (none)                      | missing
            ATTACH      | /member                     | (none)                      | missing
            ATTACH      | /code                       | (none)                      | missing
            ATTACH      | /code                       | "k7q2m9xa"                  | bad_format
            ATTACH      | /code                       | "K7Q2M9X"                   | bad_format
            ATTACH      | /code                       | "K7Q2M9XAA"                 | too_long
            CLOSE       | /reason                     | ""                          | too_short
            CLOSE       | /reason                     | 1                           | wrong_type
            ISSUE_KEY   | /shop                       | (none)                      | missing
            ISSUE_KEY   | /shop                       | "a b"                       | bad_format
            ISSUE_KEY   | /scopes                     | (none)                      | missing
            ISSUE_KEY   | /scopes                     | []                          | too_few
            ISSUE_KEY   | /scopes                     | "orders:write"              | wrong_type
            """)
    void a_wrong_field_is_refused_at_its_place(Endpoint endpoint, String pointer, String value, String code) {
        Reply reply = shop.sendWrong(endpoint.call().changed(pointer, value)).is(400, "invalid_field");
        assertThat(reply.errors()).containsExactly(pointer + " " + code);
    }

    @Test
    void every_error_is_named_at_once() {
        Reply reply = shop.sendWrong(Endpoint.ORDER_EVENT.call().body("""
                        {"order":"a b","member":1,"event":"paid","at":"now","more":1,
                         "content":{"currency":"EUR","lines":[{"quantity":"0","total":"x"}],"total":"1.001"}}""")).is(400, "invalid_field");
        assertThat(reply.errors())
                .containsExactlyInAnyOrder(
                        "/order bad_format",
                        "/member wrong_type",
                        "/at bad_format",
                        "/content/lines/0/sku missing",
                        "/content/lines/0/quantity out_of_range",
                        "/content/lines/0/total bad_format",
                        "/content/total too_many_decimals",
                        " unknown_field");
    }

    @Test
    void a_payment_by_points_names_its_redemption_and_no_other_does() {
        Call order = Endpoint.ORDER_EVENT.call();
        assertThat(shop.sendWrong(order.changed("/content/payments", "[{\"method\":\"points\",\"amount\":\"20.00\"}]"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/payments/0/redemption missing");
        assertThat(shop.sendWrong(order.changed(
                                "/content/payments",
                                "[{\"method\":\"card\",\"amount\":\"20.00\",\"redemption\":\"H-1\"}]"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/payments/0/redemption not_allowed");
        assertThat(shop.sendWrong(order.changed("/content/payments", """
                        [{"method":"points","amount":"10.00","redemption":"H-1"},
                         {"method":"points","amount":"10.00","redemption":"H-1"}]"""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/payments/1/redemption repeated");
    }

    @Test
    void two_lines_have_two_ids() {
        Call order = Endpoint.ORDER_EVENT.call();
        assertThat(shop.sendWrong(order.changed("/content/lines", """
                        [{"id":"a","sku":"S","quantity":1,"total":"10.00"},{"id":"a","sku":"S","quantity":1,"total":"10.00"}]"""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/lines/1/id repeated");
        assertThat(shop.sendWrong(order.changed("/content/lines", """
                        [{"id":"2","sku":"S","quantity":1,"total":"10.00"},{"sku":"S","quantity":1,"total":"10.00"}]"""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/lines/1/id repeated");
    }

    @Test
    void what_can_stand_once_stands_once() {
        assertThat(shop.sendWrong(Endpoint.ORDER_EVENT.call().changed("/content/discounts", """
                        [{"rule":"tea","amount":"1.00"},{"rule":"cup","amount":"1.00"},{"rule":"tea","amount":"2.00"}]"""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/discounts/2/rule repeated");
        assertThat(shop.sendWrong(Endpoint.PROFILE.call().changed("/segments", "[\"vip\",\"staff\",\"vip\"]"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/segments/2 repeated");
        assertThat(shop.sendWrong(Endpoint.QUOTE.call().changed("/content/lines", """
                        [{"id":"2","sku":"S","quantity":1,"total":"10.00"},{"sku":"S","quantity":1,"total":"10.00"}]"""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/lines/1/id repeated");
    }

    @Test
    void a_discount_of_nothing_is_none() {
        assertThat(shop.sendWrong(Endpoint.ORDER_EVENT
                                .call()
                                .changed("/content/discounts", "[{\"rule\":\"tea\",\"amount\":\"0.00\"}]"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/discounts/0/amount out_of_range");
    }

    static Stream<Arguments> longLists() {
        return Stream.of(
                Arguments.of(Endpoint.PROFILE, "/segments", "\"s-%d\"", 20),
                Arguments.of(Endpoint.QUOTE, "/content/coupons", "\"C-%d\"", 20),
                Arguments.of(Endpoint.QUOTE, "/content/payments", "\"card_%d\"", 20),
                Arguments.of(
                        Endpoint.QUOTE,
                        "/content/lines",
                        "{\"id\":\"%d\",\"sku\":\"S\",\"quantity\":1,\"total\":\"0\"}",
                        1000),
                Arguments.of(Endpoint.ORDER_EVENT, "/content/coupons", "\"C-%d\"", 20),
                Arguments.of(
                        Endpoint.ORDER_EVENT, "/content/discounts", "{\"rule\":\"r-%d\",\"amount\":\"0.01\"}", 500));
    }

    @ParameterizedTest
    @MethodSource("longLists")
    void a_list_has_at_most_so_many(Endpoint endpoint, String pointer, String item, int most) {
        String items =
                IntStream.rangeClosed(0, most).mapToObj(item::formatted).collect(Collectors.joining(",", "[", "]"));
        assertThat(shop.sendWrong(endpoint.call().changed(pointer, items))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly(pointer + " too_many");
    }

    @Test
    void an_order_has_at_most_1000_lines() {
        String line = "{\"sku\":\"S\",\"quantity\":1,\"total\":\"0.01\"}";
        String lines = "[" + (line + ",").repeat(1000) + line + "]";
        assertThat(shop.sendWrong(Endpoint.ORDER_EVENT.call().changed("/content/lines", lines))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/lines too_many");
    }

    @Test
    void a_refund_says_what_comes_back() {
        assertThat(shop.sendWrong(Endpoint.REFUND.call().changed("/amount", "(none)"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly(" missing");
    }

    @Test
    void amounts_have_the_decimals_of_their_currency() {
        Call yen = Endpoint.HOLD.call().changed("/order/total/currency", "\"JPY\"");
        assertThat(shop.sendWrong(yen.changed("/order/total/amount", "\"40.0\""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/order/total/amount too_many_decimals");
        Call dinar = Endpoint.HOLD.call().changed("/order/total/currency", "\"KWD\"");
        shop.send(dinar.changed("/order/total/amount", "\"40.123\"")).is(422, "currency_mismatch");
        assertThat(shop.sendWrong(dinar.changed("/order/total/amount", "\"40.1234\""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/order/total/amount too_many_decimals");
    }

    // ------------------------------------------------------------------------------------------------ orders

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /content/total    | "20.01"                                                                    | total_mismatch       | /content/total
            /content/total    | "0"                                                                        | total_mismatch       | /content/total
            /content/delivery | "0.01"                                                                     | total_mismatch       | /content/total
            /content/tax      | "4.00"                                                                     | total_mismatch       | /content/total
            /content/discount | "1.00"                                                                     | total_mismatch       | /content/total
            /content/payments | [{"method":"card","amount":"19.99"}]                                       | payments_mismatch    | /content/payments
            /content/payments | [{"method":"card","amount":"20.00"},{"method":"cash","amount":"0.01"}]     | payments_mismatch    | /content/payments
            /content/currency | "USD"                                                                      | currency_mismatch    | /content/currency
            /at               | "2026-03-02T08:00:01Z"                                                     | time_in_future       | /at
            /at               | "9999-12-31T23:59:59Z"                                                     | time_in_future       | /at
            /at               | "1989-12-31T23:59:59Z"                                                     | time_too_old         | /at
            /at               | "0001-01-01T00:00:00Z"                                                     | time_too_old         | /at
            """)
    void an_order_that_cannot_be_is_refused(String pointer, String value, String code, String blamed) {
        Reply reply =
                shop.send(Endpoint.ORDER_EVENT.call().changed(pointer, value)).is(422, code);
        assertThat(reply.string("/pointer")).isEqualTo(blamed);
    }

    @Test
    void an_order_whose_figures_do_not_add_up_is_told_what_they_come_to() {
        Reply reply = shop.send(Endpoint.ORDER_EVENT
                        .call()
                        .changed("/content/delivery", "\"4.90\"")
                        .changed("/content/total", "\"20.00\""))
                .is(422, "total_mismatch");
        assertThat(reply.string("/expected")).isEqualTo("24.90");
    }

    @Test
    void a_discount_above_the_lines_is_refused() {
        shop.send(Endpoint.ORDER_EVENT
                        .call()
                        .changed("/content/delivery", "\"10.00\"")
                        .changed("/content/discount", "\"25.00\"")
                        .changed("/content/total", "\"5.00\""))
                .is(422, "discount_above_lines");
    }

    @Test
    void a_discount_that_no_rule_gives_is_refused() {
        Reply reply = shop.send(Endpoint.ORDER_EVENT
                        .call()
                        .changed("/content/discounts", "[{\"rule\":\"tea\",\"amount\":\"2.00\"}]")
                        .changed("/content/total", "\"18.00\""))
                .is(422, "discount_unknown");
        assertThat(reply.string("/pointer")).isEqualTo("/content/discounts");
    }

    @Test
    void discounts_of_the_program_are_a_part_of_the_figures() {
        Call order =
                Endpoint.ORDER_EVENT.call().changed("/content/discounts", "[{\"rule\":\"tea\",\"amount\":\"2.00\"}]");
        assertThat(shop.send(order).is(422, "total_mismatch").string("/expected"))
                .isEqualTo("18.00");
        shop.send(order.changed("/content/discounts/0/amount", "\"20.01\"")
                        .changed("/content/delivery", "\"1.00\"")
                        .changed("/content/total", "\"0.99\""))
                .is(422, "discount_above_lines");
    }

    // ------------------------------------------------------------------------------------------------ quotes

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /at                    | "2026-02-28T07:59:59Z"      | time_too_old         | /at
            /at                    | "0001-01-01T00:00:00Z"      | time_too_old         | /at
            /at                    | "2027-03-02T08:00:01Z"      | time_in_future       | /at
            /at                    | "9999-12-31T23:59:59Z"      | time_in_future       | /at
            /content/discount      | "20.01"                     | discount_above_lines | /content/discount
            /content/discount      | "100000000000.00"           | discount_above_lines | /content/discount
            /content/currency      | "USD"                       | currency_mismatch    | /content/currency
            """)
    void a_quote_that_cannot_be_is_refused(String pointer, String value, String code, String blamed) {
        Reply reply = shop.send(Endpoint.QUOTE.call().changed(pointer, value)).is(422, code);
        assertThat(reply.string("/pointer")).isEqualTo(blamed);
    }

    @Test
    void a_quote_of_the_last_year_of_time_or_of_goods_for_nothing_is_one() {
        Call quote = Endpoint.QUOTE.call();
        shop.send(quote.changed("/at", "\"2026-02-28T08:00:00Z\"")).is(200);
        shop.send(quote.changed("/at", "\"2027-03-02T08:00:00Z\"")).is(200);
        assertThat(shop.send(quote.changed("/content/discount", "\"20.00\""))
                        .is(200)
                        .string("/price/amount"))
                .isEqualTo("0.00");
        shop.send(quote.changed("/content/lines/0/total", "\"0\"")).is(200);
    }

    @Test
    void a_basket_that_comes_to_too_much_is_refused() {
        Call quote = Endpoint.QUOTE.call();
        assertThat(shop.sendWrong(quote.changed("/content/lines", """
                        [{"sku":"S","quantity":1,"total":"100000000000.00"},{"sku":"S","quantity":1,"total":"100000000000.00"}]"""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/lines out_of_range");
        assertThat(shop.sendWrong(quote.changed("/content/delivery", "\"100000000000.00\""))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/content/lines out_of_range");
    }

    @Test
    void nobody_is_quoted_for_who_is_no_member() {
        shop.send(Endpoint.QUOTE.call().changed("/member", "\"nobody\"")).is(404, "member_not_found");
    }

    // ------------------------------------------------------------------------------------------------ members

    @Test
    void what_the_program_does_not_have_is_not_found() {
        shop.send(Endpoint.TIER.call()).is(404, "tiers_not_found");
        shop.send(Endpoint.TIER.call().at("member", "nobody")).is(404, "member_not_found");
        shop.send(Endpoint.EXPLANATION.call().at("posting", "4")).is(404, "posting_not_found");
        shop.send(Endpoint.EXPLANATION.call().at("posting", "999999999999")).is(404, "posting_not_found");
        shop.send(Endpoint.EXPLANATION.call().at("member", "nobody")).is(404, "member_not_found");
        Reply unknown = shop.send(Endpoint.ACTIVITY.call()).is(422, "activity_unknown");
        assertThat(unknown.string("/pointer")).isEqualTo("/kind");
        Reply label = shop.send(Shop.profile("m-1", "{\"segments\":[\"vip\"]}")).is(422, "segment_unknown");
        assertThat(label.string("/pointer")).isEqualTo("/segments");
    }

    @Test
    void lines_that_come_to_too_much_are_refused() {
        shop.send(Endpoint.ORDER_EVENT.call().changed("/content/lines", """
                        [{"sku":"S","quantity":1,"total":"100000000000.00"},{"sku":"S","quantity":1,"total":"100000000000.00"}]""")).is(400, "invalid_field");
    }

    @Test
    void the_same_order_with_other_content_is_a_conflict() {
        shop.send(Orders.paid("kept", "m-1", "20.01", shop.now())).is(409, "conflict");
        shop.send(Orders.paid("kept", "m-1", "20.00", shop.now().plusSeconds(1)))
                .is(409, "conflict");
        shop.send(Orders.paid("kept", "m-2", "20.00", shop.now())).is(409, "conflict");
    }

    @Test
    void an_order_of_nobody_or_of_another_member_is_not_found() {
        shop.send(Orders.paid("A-9", "nobody", "20.00", shop.now())).is(404, "member_not_found");
        shop.send(Orders.delivered("kept", "m-2", shop.now())).is(404, "order_not_found");
        shop.send(Orders.cancelled("kept", "m-2", shop.now())).is(404, "order_not_found");
        shop.send(Orders.refund("kept", "R-1", "m-2", "1.00", shop.now())).is(404, "order_not_found");
        shop.send(Endpoint.READ_ORDER.call().at("order", "kept").query("member", "m-2"))
                .is(404, "order_not_found");
        shop.send(Endpoint.READ_ORDER.call().at("order", "nothing")).is(404, "order_not_found");
        assertThat(shop.sendWrong(Endpoint.READ_ORDER.call().withoutQuery())
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("member missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"amount":"20.01"}                                                  | refund_exceeds_order
            {"amount":"10000000000.00"}                                         | refund_exceeds_order
            {"delivery":"0.01"}                                                 | refund_exceeds_order
            {"lines":[{"line":"1","quantity":"1.001"}]}                         | refund_exceeds_order
            {"lines":[{"line":"1","quantity":"1","amount":"20.01"}]}            | refund_exceeds_order
            {"lines":[{"line":"1","quantity":"1"}],"amount":"0.01"}             | refund_exceeds_order
            {"lines":[{"line":"1","quantity":"0.6"},{"line":"1","quantity":"0.6"}]} | refund_exceeds_order
            {"lines":[{"line":"2","quantity":"1"}]}                             | line_not_found
            """)
    void a_refund_of_more_than_was_paid_is_refused(String content, String code) {
        var refund = Json.object(content);
        refund.put("refund", "R-9")
                .put("member", "m-1")
                .put("at", shop.now().toString())
                .put("currency", "EUR");
        Reply reply = shop.send(Endpoint.REFUND.call().at("order", "kept").body(refund))
                .is(422, code);
        if (code.equals("refund_exceeds_order")) {
            assertThat(reply.string("/left/currency")).isEqualTo("EUR");
        }
    }

    @Test
    void a_refund_of_another_time_or_currency_is_refused() {
        Call refund = Orders.refund("kept", "R-9", "m-1", "1.00", shop.now());
        shop.send(refund.changed("/currency", "\"USD\"")).is(422, "currency_mismatch");
        shop.send(refund.changed("/at", "\"2027-03-01T08:00:00Z\"")).is(422, "time_in_future");
        shop.send(refund.changed("/at", "\"1980-03-01T08:00:00Z\"")).is(422, "time_too_old");
        shop.send(refund.changed("/member", "\"nobody\"")).is(404, "member_not_found");
    }

    // ------------------------------------------------------------------------------------------------ redemptions

    @Test
    void more_points_than_there_are_cannot_be_held() {
        Reply reply = shop.send(Shop.hold("m-1", "H-9", 1021)).is(409, "insufficient_points");
        assertThat(reply.number("/available")).isEqualTo(1020);
        shop.send(Shop.hold("m-2", "H-9", 100)).is(409, "insufficient_points");
    }

    @Test
    void points_pay_no_more_than_their_share_of_an_order() {
        Reply reply = shop.send(Shop.hold("m-1", "H-9", 101).changed("/order/total/amount", "\"2.00\""))
                .is(422, "over_cap");
        assertThat(reply.number("/maximumPoints")).isEqualTo(100);
        shop.send(Shop.hold("m-1", "H-9", 100).changed("/order/total/amount", "\"0\""))
                .is(422, "over_cap");
    }

    @Test
    void fewer_than_the_minimum_cannot_be_held() {
        Reply reply = shop.send(Shop.hold("m-1", "H-9", 99)).is(422, "below_minimum");
        assertThat(reply.number("/minimum")).isEqualTo(100);
    }

    @Test
    void a_redemption_of_nobody_is_not_found() {
        shop.send(Shop.hold("nobody", "H-9", 100)).is(404, "member_not_found");
        shop.send(Shop.capture("m-1", "H-9")).is(404, "redemption_not_found");
        shop.send(Shop.capture("nobody", "H-9")).is(404, "member_not_found");
        shop.send(Shop.voidOf("m-1", "H-9")).is(404, "redemption_not_found");
        shop.send(Endpoint.READ_REDEMPTION.call().at("redemption", "H-9")).is(404, "redemption_not_found");
    }

    @Test
    void a_hold_ends_once() {
        Shop own = Shop.open(cloud);
        own.enrolWith("m-1", 1000);
        own.enrol("m-2");
        own.holds("m-1", "captured", 100);
        own.holds("m-1", "voided", 100);
        own.holds("m-1", "late", 100);
        own.holds("m-1", "open", 200);
        Reply exceeds =
                own.send(Shop.capture("m-1", "open").changed("/points", "201")).is(422, "capture_exceeds_hold");
        assertThat(exceeds.number("/held")).isEqualTo(200);
        own.send(Shop.capture("m-2", "open")).is(404, "redemption_not_found");
        own.send(Shop.voidOf("m-2", "open")).is(404, "redemption_not_found");
        own.send(Shop.capture("m-1", "captured")).is(200);
        own.send(Shop.voidOf("m-1", "voided")).is(200);
        own.wait(Duration.ofMinutes(30));
        String head = own.head("m-1");

        for (String[] ended : new String[][] {{"captured", "captured"}, {"voided", "voided"}, {"late", "timed_out"}}) {
            if (!ended[0].equals("captured")) {
                assertThat(own.send(Shop.capture("m-1", ended[0]))
                                .is(409, "redemption_not_open")
                                .string("/redemptionStatus"))
                        .isEqualTo(ended[1]);
            }
            if (!ended[0].equals("voided")) {
                assertThat(own.send(Shop.voidOf("m-1", ended[0]))
                                .is(409, "redemption_not_open")
                                .string("/redemptionStatus"))
                        .isEqualTo(ended[1]);
            }
            assertThat(own.send(Endpoint.READ_REDEMPTION.call().at("redemption", ended[0]))
                            .is(200)
                            .string("/status"))
                    .isEqualTo(ended[1]);
        }
        own.send(Shop.capture("m-1", "captured").changed("/points", "50")).is(409, "conflict");
        assertThat(own.head("m-1")).isEqualTo(head);
        own.isSound("m-1");
    }

    @Test
    void at_most_20_redemptions_are_open() {
        Shop own = Shop.open(cloud);
        own.enrolWith("m-1", 3000);
        for (int i = 1; i <= 20; i++) {
            own.holds("m-1", "H-" + i, 100);
        }
        Reply reply = own.send(Shop.hold("m-1", "H-21", 100)).is(409, "too_many_redemptions");
        assertThat(reply.number("/maximum")).isEqualTo(20);
        Reply close = own.send(Shop.close("m-1")).is(409, "open_redemptions");
        assertThat(close.number("/open")).isEqualTo(20);
        assertThat(own.points("m-1")).isEqualTo(new Shop.Points(1000, 0, 2000, 0));
    }

    // ------------------------------------------------------------------------------------------------ referrals

    @Test
    void nobody_refers_oneself_twice_in_a_circle_or_an_old_customer() {
        Shop own = Shop.open(cloud);
        own.enrol("old");
        own.wait(Duration.ofSeconds(1));
        own.enrol("olga");
        own.wait(Duration.ofSeconds(1));
        own.enrol("anna");
        own.wait(Duration.ofSeconds(1));
        own.enrol("late");
        String olga = own.codeOf("olga");
        String anna = own.codeOf("anna");
        own.send(Shop.attach("anna", olga)).is(201);
        own.pays("late", "A-1", "5.00");
        String heads = own.head("old") + own.head("olga") + own.head("anna") + own.head("late");

        own.send(Shop.attach("olga", olga)).is(422, "self_referral");
        own.send(Shop.attach("olga", anna)).is(409, "referral_cycle");
        own.send(Shop.attach("anna", anna)).is(409, "already_referred");
        own.send(Shop.attach("old", anna)).is(409, "existing_customer");
        own.send(Shop.attach("late", olga)).is(409, "existing_customer");
        own.send(Shop.attach("late", "ZZZZZZZZ")).is(404, "code_not_found");
        own.send(Shop.attach("nobody", olga)).is(404, "member_not_found");
        own.send(Endpoint.CODE.call().body("{\"member\":\"nobody\"}")).is(404, "member_not_found");
        assertThat(own.head("old") + own.head("olga") + own.head("anna") + own.head("late"))
                .isEqualTo(heads);
    }

    @Test
    void the_code_of_a_member_who_left_is_nobodys() {
        Shop own = Shop.open(cloud);
        own.enrol("olga");
        own.wait(Duration.ofSeconds(1));
        own.enrol("anna");
        String code = own.codeOf("olga");
        own.send(Shop.close("olga")).is(200);
        own.send(Shop.attach("anna", code)).is(404, "code_not_found");
        own.send(Shop.close("anna")).is(200);
        own.send(Endpoint.CODE.call().body("{\"member\":\"anna\"}")).is(409, "member_closed");
        own.send(Shop.attach("anna", code)).is(409, "member_closed");
        own.send(Shop.hold("anna", "H-1", 100)).is(409, "member_closed");
        own.send(Orders.paid("A-1", "anna", "20.00", own.now())).is(409, "member_closed");
    }

    // ------------------------------------------------------------------------------------------------ programs

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /format                            | 3                                    | unknown_value
            /format                            | "1"                                  | wrong_type
            /name                              | ""                                   | too_short
            /name                              | (none)                               | missing
            /currency                          | "eur"                                | unknown_value
            /currency                          | "XXX"                                | unknown_value
            /timeZone                          | "Mars/Olympus"                       | unknown_value
            /timeZone                          | "+02:00"                             | unknown_value
            /timeZone                          | ""                                   | unknown_value
            /timeZone                          | "../etc/passwd"                      | unknown_value
            /earning                           | (none)                               | missing
            /earning/rate                      | (none)                               | missing
            /earning/rate                      | []                                   | wrong_type
            /earning/rate/points               | 0                                    | out_of_range
            /earning/rate/points               | -1                                   | out_of_range
            /earning/rate/points               | 1.5                                  | not_an_integer
            /earning/rate/points               | 1000001                              | out_of_range
            /earning/rate/points               | 9223372036854775808                  | out_of_range
            /earning/rate/per                  | "0"                                  | out_of_range
            /earning/rate/per                  | "-1.00"                              | out_of_range
            /earning/rate/per                  | "0.001"                              | too_many_decimals
            /earning/rate/per                  | 1                                    | wrong_type
            /earning/categories                | []                                   | wrong_type
            /earning/categories                | {"":{"percent":"1"}}                 | bad_format
            /earning/minimumOrder              | "-1"                                 | out_of_range
            /earning/maximumPerOrder           | 0                                    | out_of_range
            /earning/rounding                  | "up"                                 | unknown_value
            /earning/include                   | {"delivery":"no"}                    | wrong_type
            /pending                           | (none)                               | missing
            /pending/from                      | "placed"                             | unknown_value
            /pending/days                      | -1                                   | out_of_range
            /pending/days                      | 367                                  | out_of_range
            /expiry/months                     | 0                                    | out_of_range
            /expiry/months                     | 1201                                 | out_of_range
            /expiry/days                       | 10                                   | not_allowed
            /redemption                        | (none)                               | missing
            /redemption/worth/points           | 0                                    | out_of_range
            /redemption/worth/amount           | "0"                                  | out_of_range
            /redemption/minimumPoints          | 0                                    | out_of_range
            /redemption/maximumShare           | "0"                                  | out_of_range
            /redemption/maximumShare           | "100.01"                             | out_of_range
            /redemption/maximumShare           | "33.333"                             | too_many_decimals
            /redemption/maximumShare           | 50                                   | wrong_type
            /redemption/holdMinutes            | 0                                    | out_of_range
            /redemption/holdMinutes            | 10081                                | out_of_range
            /refunds/shortfall/policy          | "forgive"                            | unknown_value
            /refunds/shortfall/limit           | 5                                    | not_allowed
            /refunds/graceDays                 | 367                                  | out_of_range
            /referral/referrerPoints           | -1                                   | out_of_range
            /referral/refereePoints            | (none)                               | missing
            /referral/minimumOrder             | "1.001"                              | too_many_decimals
            """)
    void a_wrong_document_is_refused_at_its_place(String pointer, String value, String code) {
        Reply verdict =
                shop.send(Endpoint.VALIDATE.call().changed(pointer, value)).is(200);
        Reply refused =
                shop.sendWrong(Endpoint.PUBLISH.call().changed(pointer, value)).is(422, "invalid_program");
        String at = value.startsWith("{\"") && !value.startsWith("{\"\"") ? pointer + "/delivery" : pointer;

        assertThat(refused.errors()).hasSize(1).allMatch(error -> error.endsWith(" " + code));
        assertThat(refused.errors().getFirst()).startsWith(at);
        assertThat(verdict.json().path("valid").asBoolean()).isFalse();
        assertThat(verdict.errors()).isEqualTo(refused.errors());
        shop.send(Endpoint.READ_PROGRAM.call()).is(200);
        assertThat(shop.send(Endpoint.READ_PROGRAM.call()).number("/version")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /earning/rate                | {"percent":"0"}                           | /earning/rate/percent out_of_range
            /earning/rate                | {"percent":"100.01"}                      | /earning/rate/percent out_of_range
            /earning/rate                | {"percent":"5","points":1}                | /earning/rate/points not_allowed
            /earning/rate                | {"percent":5}                             | /earning/rate/percent wrong_type
            /earning/rate                | {"points":1000000,"per":"0.01"}           | /earning/rate out_of_range
            /earning/categories          | {"tea":{"percent":"-1"}}                  | /earning/categories/tea/percent out_of_range
            /earning/categories          | {"tea":{}}                                | /earning/categories/tea/points missing,/earning/categories/tea/per missing
            /redemption/worth            | {"points":1000000,"amount":"0.01"}        | /redemption/worth out_of_range
            /expiry                      | {}                                        | /expiry/months missing
            /expiry                      | {"roundToMonthEnd":true}                  | /expiry/months missing
            /refunds/shortfall           | {"policy":"write_off"}                    | /refunds/shortfall/limit missing
            """)
    void a_rule_that_makes_no_sense_is_refused(String pointer, String value, String errors) {
        Reply verdict =
                shop.send(Endpoint.VALIDATE.call().changed(pointer, value)).is(200);
        assertThat(verdict.errors()).containsExactlyInAnyOrder(errors.split(","));
    }

    @Test
    void currency_and_zone_of_a_program_stay() {
        Reply reply = shop.send(Endpoint.PUBLISH
                        .call()
                        .changed("/currency", "\"USD\"")
                        .changed("/timeZone", "\"Europe/Paris\""))
                .is(422, "invalid_program");
        assertThat(reply.errors()).containsExactlyInAnyOrder("/currency unchangeable", "/timeZone unchangeable");
    }

    @Test
    void a_version_is_published_on_top_of_the_one_before() {
        Shop own = Shop.open(cloud);
        Call next = Endpoint.PUBLISH.call().changed("/name", "\"Second\"");
        own.sendWrong(next.withoutHeader("If-Match")).is(428, "precondition_required");
        for (String tag :
                new String[] {"*", "1", "W/\"1\"", "\"0\"", "\"one\"", "\"1\",\"2\"", "\"" + "9".repeat(30) + "\""}) {
            assertThat(own.sendWrong(next.header("If-Match", tag))
                            .is(400, "invalid_field")
                            .errors())
                    .containsExactly("If-Match bad_format");
        }
        own.send(next.header("If-Match", "\"2\"")).is(412, "precondition_failed");
        Reply published = own.send(next).is(200);
        assertThat(published.header("etag")).contains("\"2\"");
        own.send(Endpoint.PUBLISH.call().changed("/name", "\"Third\"")).is(412, "precondition_failed");
        assertThat(own.send(Endpoint.READ_PROGRAM.call()).is(200).string("/document/name"))
                .isEqualTo("Second");
        assertThat(own.send(Endpoint.READ_VERSION.call()).is(200).string("/document/name"))
                .isEqualTo("Test shop");
        own.send(Endpoint.READ_VERSION.call().at("version", "3")).is(404, "version_not_found");
        own.send(Endpoint.READ_VERSION.call().at("version", "999999999")).is(404, "version_not_found");
    }

    // ------------------------------------------------------------------------------------------------ keys

    @Test
    void a_scope_stands_once_and_is_one_that_there_is() {
        assertThat(shop.sendWrong(Endpoint.ISSUE_KEY.call().changed("/scopes", "[\"orders:write\",\"orders:write\"]"))
                        .is(400, "invalid_field")
                        .errors())
                .hasSize(1);
        assertThat(shop.sendWrong(Endpoint.ISSUE_KEY.call().changed("/scopes", "[\"orders:write\",\"*\"]"))
                        .is(400, "invalid_field")
                        .errors())
                .containsExactly("/scopes/1 unknown_value");
    }
}
