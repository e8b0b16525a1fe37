package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.PROGRAM;
import static kopilka.lambda.wire.ShopByJson.json;
import static kopilka.lambda.wire.ShopByJson.line;
import static kopilka.lambda.wire.ShopByJson.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Refusal;
import kopilka.members.EnrolMember;
import kopilka.money.Money;
import kopilka.order.Order;
import kopilka.order.RedemptionId;
import kopilka.program.BirthdayWindow;
import kopilka.program.Condition;
import kopilka.program.Period;
import kopilka.program.RuleId;
import kopilka.program.Segment;
import kopilka.referral.AttachReferee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final MemberKey ANNA = new MemberKey(PROGRAM, new MemberId("m-anna"));
    private static final Operation ENROL = new EnrolMember(ANNA);
    private static final Operation ORDER = valid(Requests.orderEvent(PROGRAM, json(RepliesTest.PAID), Place.BODY));
    private static final Operation REFUND =
            valid(Requests.refund(PROGRAM, parameters("order", "A-1"), json(RepliesTest.TEA_BACK)));
    private static final Operation HOLD = valid(
            Requests.hold(
                    PROGRAM,
                    json(
                            "{'redemption':'H-1','member':'m','points':200,'order':{'total':{'amount':'40.00','currency':'EUR'}}}")));

    private static <T extends Operation> Operation valid(Decoded<T> decoded) {
        return ((Decoded.Valid<T>) decoded).value();
    }

    static Stream<Row> refusals() {
        return Stream.of(
                new Row(new Refusal.ProgramNotFound(), ENROL, "401 unauthenticated {}"),
                new Row(new Refusal.MemberNotFound(), ORDER, "404 member_not_found {}"),
                new Row(new Refusal.MemberClosed(), ORDER, "409 member_closed {}"),
                new Row(new Refusal.OrderNotFound(), REFUND, "404 order_not_found {}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.TOTAL_MISMATCH),
                        ORDER,
                        "422 total_mismatch {pointer=/content/total, expected=58.90}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.DISCOUNT_ABOVE_LINES),
                        ORDER,
                        "422 discount_above_lines {pointer=/content/discount}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.PAYMENTS_MISMATCH),
                        ORDER,
                        "422 payments_mismatch {pointer=/content/payments}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.AMOUNT_OUT_OF_RANGE),
                        ORDER,
                        "400 invalid_field {pointer=/content/lines}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.LINES),
                        ORDER,
                        "400 invalid_field {pointer=/content/lines}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.LINE_ID_TWICE),
                        ORDER,
                        "400 invalid_field {pointer=/content/lines}"),
                new Row(
                        new Refusal.OrderInvalid(Order.Fault.REDEMPTION_TWICE),
                        ORDER,
                        "400 invalid_field {pointer=/content/payments}"),
                new Row(
                        new Refusal.CurrencyMismatch(EUR),
                        ORDER,
                        "422 currency_mismatch {pointer=/content/currency, currency=EUR}"),
                new Row(
                        new Refusal.CurrencyMismatch(EUR),
                        REFUND,
                        "422 currency_mismatch {pointer=/currency, currency=EUR}"),
                new Row(
                        new Refusal.CurrencyMismatch(EUR),
                        HOLD,
                        "422 currency_mismatch {pointer=/order/total/currency, currency=EUR}"),
                new Row(new Refusal.TimeInFuture(), ORDER, "422 time_in_future {pointer=/at}"),
                new Row(new Refusal.TimeTooOld(), REFUND, "422 time_too_old {pointer=/at}"),
                new Row(new Refusal.LineNotFound(3), REFUND, "422 line_not_found {pointer=/lines/3/line}"),
                new Row(
                        new Refusal.RefundExceedsOrder(new Money(4765, EUR)),
                        REFUND,
                        "422 refund_exceeds_order {left={amount=47.65, currency=EUR}}"),
                new Row(
                        new Refusal.RedemptionOpen(new RedemptionId("H-1")),
                        REFUND,
                        "409 redemption_open {redemption=H-1}"),
                new Row(
                        new Refusal.RedemptionUsed(new RedemptionId("H-1")),
                        ORDER,
                        "409 conflict {pointer=/content/payments}"),
                new Row(new Refusal.TooManyWaiting(500), ORDER, "409 too_many_waiting {maximum=500}"),
                new Row(new Refusal.InsufficientPoints(174), HOLD, "409 insufficient_points {available=174}"),
                new Row(new Refusal.WalletNotFound(), HOLD, "404 wallet_not_found {pointer=/wallet}"),
                new Row(new Refusal.WalletNotSpendable(), HOLD, "422 wallet_not_spendable {}"),
                new Row(new Refusal.BelowMinimum(100), HOLD, "422 below_minimum {minimum=100}"),
                new Row(new Refusal.PointsNotInSteps(100), HOLD, "422 points_not_in_steps {step=100}"),
                new Row(new Refusal.OverCap(2000), HOLD, "422 over_cap {maximumPoints=2000}"),
                new Row(new Refusal.TimeoutTooLong(10080), HOLD, "400 invalid_field {pointer=/timeoutMinutes}"),
                new Row(new Refusal.TooManyRedemptions(20), HOLD, "409 too_many_redemptions {maximum=20}"),
                new Row(
                        new Refusal.DiscountUnknown(new RuleId("card")),
                        ORDER,
                        "422 discount_unknown {pointer=/content/discounts}"),
                new Row(
                        new Refusal.DiscountTooLarge(new RuleId("card")),
                        ORDER,
                        "422 discount_above_lines {pointer=/content/discounts}"),
                new Row(
                        new Refusal.WalletNotSpendableNow(new Condition.JoinedWithin(3)),
                        HOLD,
                        "422 wallet_not_spendable_now {condition=joined}"),
                new Row(new Refusal.ActivityUnknown(), ENROL, "422 activity_unknown {pointer=/kind}"),
                new Row(new Refusal.ActivityNotVerified(), ENROL, "422 activity_not_verified {pointer=/verified}"),
                new Row(
                        new Refusal.ActivityNotNow(new Condition.NearBirthday(new BirthdayWindow(1, 1))),
                        ENROL,
                        "422 activity_not_now {condition=birthday}"),
                new Row(new Refusal.ActivityLimit(2, Period.MONTH), ENROL, "409 activity_limit {times=2, per=month}"),
                new Row(
                        new Refusal.SegmentUnknown(new Segment("whale")),
                        ENROL,
                        "422 segment_unknown {pointer=/segments}"),
                new Row(new Refusal.RedemptionNotFound(), HOLD, "404 redemption_not_found {}"),
                new Row(
                        new Refusal.RedemptionNotOpen(Refusal.RedemptionNotOpen.Ended.TIMED_OUT),
                        HOLD,
                        "409 redemption_not_open {redemptionStatus=timed_out}"),
                new Row(new Refusal.CaptureExceedsHold(200), HOLD, "422 capture_exceeds_hold {held=200}"),
                new Row(new Refusal.OpenRedemptions(1), ENROL, "409 open_redemptions {open=1}"),
                new Row(new Refusal.CodeNotFound(), ENROL, "404 code_not_found {}"),
                new Row(new Refusal.CodeTaken(), ENROL, "503 unavailable {}"),
                new Row(new Refusal.SelfReferral(), ENROL, "422 self_referral {}"),
                new Row(new Refusal.ExistingCustomer(), ENROL, "409 existing_customer {}"),
                new Row(new Refusal.ReferralCycle(), ENROL, "409 referral_cycle {}"));
    }

    record Row(Refusal refusal, Operation operation, String expected) {}

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_becomes_a_problem_with_its_facts(Row row) {
        assertThat(summary(Refusals.problem(row.refusal(), row.operation()).response()))
                .isEqualTo(row.expected());
    }

    @Test
    void every_refusal_is_in_the_table() {
        assertThat(refusals().map(row -> row.refusal().getClass().getName()).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Refusal.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        assertThat(refusals()
                        .map(Row::refusal)
                        .filter(Refusal.OrderInvalid.class::isInstance)
                        .map(invalid -> ((Refusal.OrderInvalid) invalid).fault()))
                .containsAll(Arrays.asList(Order.Fault.values()));
    }

    @Test
    void another_referrer_is_no_conflict() {
        assertThat(line(Refusals.conflict(new AttachReferee(ANNA, new ReferralCode("K7Q2M9XA")))
                        .response()))
                .contains("'code':'already_referred'");
        assertThat(line(Refusals.conflict(ORDER).response())).contains("'code':'conflict'");
    }

    @Test
    void what_does_not_add_up_says_what_it_should() {
        ShopByJson shop = new ShopByJson();
        shop.enrol("m-anna");

        assertThat(summary(shop.at("2026-03-02T08:05:02Z").order(RepliesTest.PAID.replace("'58.90'", "'58.91'"))))
                .isEqualTo("422 total_mismatch {pointer=/content/total, expected=58.90}");
        assertThat(summary(shop.order(RepliesTest.PAID.replace("'discount':'6.00'", "'discount':'70.00'"))))
                .isEqualTo("422 total_mismatch {pointer=/content/total}");
        assertThat(summary(shop.order(RepliesTest.PAID.replace("EUR", "USD"))))
                .isEqualTo("422 currency_mismatch {pointer=/content/currency, currency=EUR}");
        assertThat(summary(shop.hold("H-1", "m-anna", 99))).isEqualTo("422 below_minimum {minimum=100}");
        assertThat(summary(shop.hold("H-1", "m-anna", 50_001))).isEqualTo("422 over_cap {maximumPoints=50000}");
        assertThat(summary(shop.hold("H-1", "m-anna", 50_000))).isEqualTo("409 insufficient_points {available=0}");
        assertThat(summary(shop.enrol("m anna"))).isEqualTo("400 invalid_field {parameter=member}");
    }

    /** Status, code and facts: without what is the same for every problem of its code, and without prose. */
    private static String summary(HttpResponse response) {
        JsonObject problem = (JsonObject) ShopByJson.read(response.body().bytes());
        Map<String, JsonValue> members = new LinkedHashMap<>(problem.members());
        String code = problem.text("code").orElseThrow();
        for (String common : new String[] {"type", "title", "status", "code", "detail", "errors"}) {
            members.remove(common);
        }
        return response.status() + " " + code + " " + plain(new JsonObject(members));
    }

    private static String plain(JsonValue value) {
        return switch (value) {
            case JsonString string -> string.text();
            case JsonNumber number -> number.text();
            case JsonObject object -> {
                Map<String, String> members = new LinkedHashMap<>();
                object.members().forEach((name, member) -> members.put(name, plain(member)));
                yield members.toString();
            }
            default -> value.toString();
        };
    }
}
