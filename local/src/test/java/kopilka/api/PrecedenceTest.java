package kopilka.api;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of several things that are wrong, the first of docs/outcomes.md is the answer. Each test begins with all of them and
 * mends them from the top.
 */
@ExtendWith(OneCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrecedenceTest {
    private final LocalCloud cloud;
    private final Shop shop;
    private final Api without;

    PrecedenceTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
        this.without = shop.api().with(shop.keyWith("nothing", Set.of("keys:write")));
        shop.enrolWith("m-1", 1000);
        shop.enrol("m-2");
        shop.enrol("gone");
        shop.pays("gone", "gone-1", "20.00");
        shop.send(Shop.close("gone")).is(200);
        shop.send(Endpoint.ENROL.call().at("member", "m-1").header("Idempotency-Key", "taken"))
                .is(201);
    }

    @BeforeEach
    void this_is_now() {
        cloud.clock().stopAt(OneCloud.OPENING);
    }

    // ------------------------------------------------------------------------------------------------ every request

    static Stream<Endpoint> replayedWithBody() {
        return Endpoint.withBody().stream()
                .filter(Endpoint::isReplayed)
                .filter(endpoint -> !endpoint.scope().equals("keys:write"));
    }

    @ParameterizedTest
    @MethodSource("replayedWithBody")
    void of_all_that_can_be_wrong_with_a_request_the_first_is_answered(Endpoint endpoint) {
        String malformed = "{\"x\":\"" + "y".repeat(endpoint.bodyLimit());
        Call all = endpoint.call()
                .query("x", "1")
                .header("Idempotency-Key", "x".repeat(256))
                .header("Content-Type", "text/plain")
                .body(malformed);
        shop.api().withoutKey().sendWrong(all).is(401);
        shop.api().with("nobody").sendWrong(all).is(401, "unauthenticated");
        without.sendWrong(all).is(403, "missing_scope");
        shop.sendWrong(all).is(400, "unknown_field");
        Call query = all.withoutQuery();
        shop.sendWrong(query).is(400, "invalid_field");
        Call key = query.header("Idempotency-Key", "taken");
        shop.sendWrong(key).is(413, "payload_too_large");
        Call size = key.body("{");
        shop.sendWrong(size).is(415, "unsupported_media_type");
        Call type = size.header("Content-Type", "application/json");
        shop.sendWrong(type).is(400, "malformed_json");
        shop.sendWrong(type.body("[]")).is(400, "invalid_field");
        // The key was used for enrolling m-1: of another request nothing more is read.
        Call fields = type.body("{\"x\":1}");
        shop.sendWrong(fields).is(422, "idempotency_key_reused");
        Call object = endpoint.call().header("Idempotency-Key", "taken");
        if (endpoint != Endpoint.ENROL) {
            shop.send(object).is(422, "idempotency_key_reused");
        }
    }

    @Test
    void a_field_of_another_form_is_answered_before_one_that_is_not_known() {
        Call call = Endpoint.HOLD.call().changed("/points", "0").changed("/x", "1");
        shop.sendWrong(call).is(400, "invalid_field");
        shop.sendWrong(call.changed("/points", "100")).is(400, "unknown_field");
    }

    @Test
    void what_was_recorded_is_answered_before_any_rule_is_asked() {
        Shop own = Shop.open(cloud);
        own.enrolWith("m-1", 1000);
        Call hold = Shop.hold("m-1", "H-1", 1000);
        own.send(hold).is(201);
        own.send(Shop.capture("m-1", "H-1")).is(200);
        own.send(Shop.close("m-1")).is(200);
        // Now: closed, no points, and ended; with other content it is a conflict all the same.
        own.send(hold).is(201);
        own.send(Shop.capture("m-1", "H-1")).is(200);
        own.send(Shop.hold("m-1", "H-1", 999)).is(409, "conflict");
        own.send(Shop.hold("m-1", "H-1", 1)).is(409, "conflict");
        own.send(Shop.capture("m-1", "H-1").changed("/points", "5000")).is(409, "conflict");
        own.send(Orders.paid("first-of-m-1", "m-1", "1.00", own.now().plus(Duration.ofDays(9))))
                .is(409, "conflict");
    }

    // ------------------------------------------------------------------------------------------------ orders

    @Test
    void an_order_event_is_asked_for_its_member_its_time_its_figures_and_its_currency_in_this_order() {
        Call call = Endpoint.ORDER_EVENT
                .call()
                .changed("/order", "\"P-1\"")
                .changed("/member", "\"nobody\"")
                .changed("/at", "\"2027-01-01T00:00:00Z\"")
                .changed("/content/currency", "\"USD\"")
                .changed("/content/discount", "\"25.00\"")
                .changed("/content/delivery", "\"6.00\"")
                .changed("/content/total", "\"20.00\"")
                .changed("/content/payments", "[{\"method\":\"card\",\"amount\":\"3.00\"}]");
        shop.send(call).is(404, "member_not_found");
        shop.send(call.changed("/member", "\"gone\"")).is(409, "member_closed");
        call = call.changed("/member", "\"m-1\"");
        shop.send(call).is(422, "time_in_future");
        shop.send(call.changed("/at", "\"1980-01-01T00:00:00Z\"")).is(422, "time_too_old");
        call = call.changed("/at", "\"2026-03-01T08:00:00Z\"");
        shop.send(call).is(422, "total_mismatch");
        call = call.changed("/content/total", "\"1.00\"");
        shop.send(call).is(422, "discount_above_lines");
        call = call.changed("/content/discount", "\"5.00\"").changed("/content/total", "\"21.00\"");
        shop.send(call).is(422, "payments_mismatch");
        call = call.changed("/content/payments", "(none)");
        shop.send(call).is(422, "currency_mismatch");
        shop.send(call.changed("/content/currency", "\"EUR\"")).is(201);
    }

    @Test
    void the_discounts_of_an_order_are_asked_for_after_all_else_that_can_be_wrong_with_it() {
        Shop own = Shop.open(cloud, Rules.CLUB);
        own.enrolWith("m-1", 1000);
        own.holds("m-1", "H-1", 100);
        own.send(Shop.capture("m-1", "H-1")).is(200);
        Call order = Orders.paid("A-1", "m-1", "20.00", own.now());
        own.send(order.changed("/content/payments", """
                                [{"method":"card","amount":"19.00"},{"method":"points","amount":"1.00","redemption":"H-1"}]""")).is(201);
        Call call = order.changed("/order", "\"A-2\"")
                .changed("/content/currency", "\"USD\"")
                .changed("/content/lines/0/category", "\"coffee\"")
                .changed("/content/discounts", "[{\"rule\":\"base\",\"amount\":\"2.00\"}]")
                .changed("/content/payments", """
                        [{"method":"card","amount":"17.00"},{"method":"points","amount":"1.00","redemption":"H-1"}]""");
        own.send(call).is(422, "total_mismatch");
        call = call.changed("/content/total", "\"18.00\"");
        own.send(call).is(422, "currency_mismatch");
        call = call.changed("/content/currency", "\"EUR\"");
        own.send(call).is(409, "conflict");
        call = call.changed("/content/payments", "(none)");
        own.send(call).is(422, "discount_unknown");
        call = call.changed("/content/discounts/0/rule", "\"tea\"");
        own.send(call).is(422, "discount_unknown");
        own.send(call.changed("/content/lines", """
                        [{"sku":"S-1","quantity":1,"total":"1.99","category":"tea"},{"sku":"S-2","quantity":1,"total":"18.01"}]""")).is(422, "discount_above_lines");
        own.send(call.changed("/content/lines/0/category", "\"tea\"")).is(201);
    }

    @Test
    void an_order_that_gives_discounts_is_recorded_as_placed_whatever_the_rules_say() {
        Shop own = Shop.open(cloud);
        own.enrol("m-1");
        Call placed = Orders.placed("A-1", "m-1", "20.00", own.now())
                .changed("/content/discounts", "[{\"rule\":\"tea\",\"amount\":\"2.00\"}]")
                .changed("/content/total", "\"18.00\"");
        own.send(placed).is(201);
        own.send(placed.changed("/event", "\"paid\"")).is(422, "discount_unknown");
    }

    @Test
    void a_cancellation_is_asked_for_its_member_its_time_and_its_order_in_this_order() {
        shop.pays("m-1", "P-2", "20.00");
        Call call = Orders.cancelled("P-2", "nobody", shop.now().plus(Duration.ofDays(2)));
        shop.send(call).is(404, "member_not_found");
        call = call.changed("/member", "\"m-2\"");
        shop.send(call).is(422, "time_in_future");
        call = call.changed("/at", "\"2026-03-01T08:00:00Z\"");
        shop.send(call).is(404, "order_not_found");
        shop.send(call.changed("/member", "\"m-1\"")).is(201);
        // A member who left can still have an order cancelled.
        shop.send(Orders.cancelled("gone-1", "gone", shop.now())).is(201);
    }

    @Test
    void a_refund_is_asked_for_its_member_its_time_its_currency_and_its_order_in_this_order() {
        Shop own = Shop.open(cloud);
        own.enrolWith("m-1", 1000);
        own.enrol("m-2");
        own.holds("m-1", "H-1", 100);
        own.send(Orders.paid("A-1", "m-1", "20.00", own.now()).changed("/content/payments", """
                                [{"method":"card","amount":"19.00"},{"method":"points","amount":"1.00","redemption":"H-1"}]"""))
                .is(201);
        Call call = Endpoint.REFUND.call().at("order", "A-1").body("""
                {"refund":"R-1","member":"nobody","at":"2027-01-01T00:00:00Z","currency":"USD","amount":"30.00",
                 "lines":[{"line":"7","quantity":"1"}]}""");
        own.send(call).is(404, "member_not_found");
        call = call.changed("/member", "\"m-2\"");
        own.send(call).is(422, "time_in_future");
        own.send(call.changed("/at", "\"1980-01-01T00:00:00Z\"")).is(422, "time_too_old");
        call = call.changed("/at", "\"2026-03-01T08:00:00Z\"");
        own.send(call).is(422, "currency_mismatch");
        call = call.changed("/currency", "\"EUR\"");
        own.send(call).is(404, "order_not_found");
        call = call.changed("/member", "\"m-1\"");
        own.send(call).is(409, "redemption_open");
        own.send(Shop.capture("m-1", "H-1")).is(200);
        own.send(call).is(422, "line_not_found");
        call = call.changed("/lines/0/line", "\"1\"");
        own.send(call).is(422, "refund_exceeds_order");
        own.send(call.changed("/amount", "(none)")).is(201);
    }

    @Test
    void at_most_so_much_waits_for_payments_that_never_came() {
        Shop own = Shop.open(cloud);
        own.enrol("m-1");
        UnaryOperator<String> nothing = UnaryOperator.identity();
        Reply reply = own.send(Orders.delivered("W-0", "m-1", own.now()).changed(nothing))
                .is(202);
        int waiting = 1;
        while (reply.status() == 202) {
            reply = own.send(Orders.delivered("W-" + waiting++, "m-1", own.now()));
        }
        reply.is(409, "too_many_waiting");
        own.send(Orders.refund("W-x", "R-1", "m-1", "1.00", own.now())).is(409, "too_many_waiting");
        own.pays("m-1", "W-0", "20.00");
        own.send(Orders.refund("W-x", "R-1", "m-1", "1.00", own.now())).is(202);
    }

    // ------------------------------------------------------------------------------------------------ quotes

    @Test
    void a_quote_is_asked_for_its_time_its_figures_its_currency_and_then_its_member() {
        Call call = Endpoint.QUOTE
                .call()
                .changed("/member", "\"nobody\"")
                .changed("/at", "\"2028-01-01T00:00:00Z\"")
                .changed("/content/currency", "\"USD\"")
                .changed("/content/discount", "\"25.00\"");
        shop.send(call).is(422, "time_in_future");
        shop.send(call.changed("/at", "\"2026-02-01T00:00:00Z\"")).is(422, "time_too_old");
        call = call.changed("/at", "(none)");
        shop.send(call).is(422, "discount_above_lines");
        call = call.changed("/content/discount", "\"5.00\"");
        shop.send(call).is(422, "currency_mismatch");
        call = call.changed("/content/currency", "\"EUR\"");
        shop.send(call).is(404, "member_not_found");
        shop.send(call.changed("/member", "\"gone\"")).is(409, "member_closed");
        shop.send(call.changed("/member", "\"m-1\"")).is(200);
        shop.send(call.changed("/member", "(none)")).is(200);
    }

    // ------------------------------------------------------------------------------------------------ redemptions

    @Test
    void a_hold_is_asked_for_its_member_its_currency_its_bounds_and_then_the_balance() {
        Call call = Endpoint.HOLD.call().body("""
                {"redemption":"P-H","member":"nobody","points":50,"order":{"total":{"amount":"0.50","currency":"USD"}}}""");
        shop.send(call).is(404, "member_not_found");
        shop.send(call.changed("/member", "\"gone\"")).is(409, "member_closed");
        call = call.changed("/member", "\"m-2\"");
        shop.send(call).is(422, "currency_mismatch");
        call = call.changed("/order/total/currency", "\"EUR\"");
        shop.send(call.changed("/wallet", "\"stars\"")).is(404, "wallet_not_found");
        shop.send(call.changed("/wallet", "\"points\"")).is(422, "below_minimum");
        shop.send(call).is(422, "below_minimum");
        call = call.changed("/points", "100");
        shop.send(call).is(422, "over_cap");
        shop.send(call.changed("/order/total/amount", "\"2.00\"")).is(409, "insufficient_points");
    }

    @Test
    void a_hold_is_asked_whether_its_wallet_can_be_spent_at_all_and_now_before_its_bounds() {
        Shop own = Shop.open(cloud, Rules.CLUB);
        own.enrol("m-1");
        Call call = Shop.hold("m-1", "H-1", 1).changed("/order/total/currency", "\"USD\"");
        own.send(call.changed("/wallet", "\"cups\"")).is(422, "currency_mismatch");
        call = call.changed("/order/total/currency", "\"EUR\"");
        own.send(call.changed("/wallet", "\"cups\"")).is(404, "wallet_not_found");
        own.send(call.changed("/wallet", "\"stars\"")).is(422, "wallet_not_spendable");
        call = call.changed("/wallet", "\"cashback\"");
        own.send(call).is(422, "wallet_not_spendable_now");
        own.pays("m-1", "A-1", "1000.00");
        own.pays("m-1", "A-2", "20.00");
        own.send(call).is(422, "below_minimum");
        own.send(call.changed("/points", "100")).is(201);
    }

    @Test
    void insufficient_points_are_answered_before_too_many_redemptions() {
        Shop own = Shop.open(cloud);
        own.enrolWith("m-1", 2100);
        for (int i = 1; i <= 20; i++) {
            own.holds("m-1", "H-" + i, 100);
        }
        own.send(Shop.hold("m-1", "H-21", 101)).is(409, "insufficient_points");
        own.send(Shop.hold("m-1", "H-21", 100)).is(409, "too_many_redemptions");
    }

    @Test
    void a_capture_is_asked_for_its_member_its_redemption_its_end_and_its_points_in_this_order() {
        Shop own = Shop.open(cloud);
        own.enrolWith("m-1", 1000);
        own.enrol("m-2");
        own.holds("m-1", "H-1", 100);
        Call call = Shop.capture("nobody", "H-1").changed("/points", "101");
        own.send(call).is(404, "member_not_found");
        own.send(call.changed("/member", "\"m-2\"")).is(404, "redemption_not_found");
        call = call.changed("/member", "\"m-1\"");
        own.send(call).is(422, "capture_exceeds_hold");
        own.wait(Duration.ofHours(1));
        own.send(call).is(409, "redemption_not_open");
    }

    // ------------------------------------------------------------------------------------------------ members,
    // referrals

    @Test
    void an_activity_is_asked_for_its_member_its_time_its_kind_its_proof_its_moment_and_its_limit() {
        Shop own = Shop.open(cloud, Rules.CLUB);
        own.enrol("m-1");
        own.enrol("gone");
        own.send(Shop.close("gone")).is(200);
        Call call = Shop.activity("nobody", "V-1", "sleep", own.now().plus(Duration.ofDays(9)));
        own.send(call).is(404, "member_not_found");
        own.send(call.changed("/member", "\"gone\"")).is(409, "member_closed");
        call = call.changed("/member", "\"m-1\"");
        own.send(call).is(422, "time_in_future");
        own.send(call.changed("/at", "\"1980-01-01T00:00:00Z\"")).is(422, "time_too_old");
        call = call.changed("/at", "\"2026-03-01T08:00:00Z\"");
        own.send(call).is(422, "activity_unknown");
        own.send(call.changed("/kind", "\"join\"")).is(422, "activity_unknown");
        call = call.changed("/kind", "\"review\"");
        own.send(call).is(422, "activity_not_verified");
        call = call.changed("/verified", "true");
        own.send(call).is(422, "activity_not_now");
        own.send(Shop.profile("m-1", "{\"birthday\":\"--03-01\"}")).is(200);
        own.send(call).is(201);
        own.send(call.changed("/verified", "false")).is(409, "conflict");
        call = call.changed("/activity", "\"V-2\"");
        own.send(call.changed("/verified", "false")).is(422, "activity_not_verified");
        own.send(call).is(409, "activity_limit");
        own.isSound("m-1");
    }

    @Test
    void a_profile_is_asked_for_its_key_its_fields_its_member_and_its_labels() {
        Shop own = Shop.open(cloud, Rules.CLUB);
        own.enrol("m-1");
        own.enrol("gone");
        own.send(Shop.close("gone")).is(200);
        own.send(Endpoint.ENROL.call().at("member", "m-1").header("Idempotency-Key", "taken"))
                .is(201);
        Call call = Shop.profile("nobody", "{\"segments\":[\"staff\"],\"x\":1}");
        own.sendWrong(call.header("Idempotency-Key", "taken")).is(422, "idempotency_key_reused");
        own.sendWrong(call.withoutHeader("Idempotency-Key")).is(400, "invalid_field");
        own.sendWrong(call).is(400, "unknown_field");
        call = call.changed("/x", "(none)");
        own.send(call).is(404, "member_not_found");
        own.send(Shop.profile("gone", "{\"segments\":[\"staff\"]}")).is(409, "member_closed");
        own.send(Shop.profile("m-1", "{\"segments\":[\"staff\"]}")).is(422, "segment_unknown");
        own.send(Shop.profile("m-1", "{\"segments\":[\"vip\"]}").header("Idempotency-Key", "another"))
                .is(200);
    }

    @Test
    void an_entry_and_a_level_are_asked_for_the_member_first() {
        Shop own = Shop.open(cloud, Rules.CLUB);
        own.enrol("m-1");
        own.send(Endpoint.EXPLANATION.call().at("member", "nobody").at("posting", "2"))
                .is(404, "member_not_found");
        own.send(Endpoint.EXPLANATION.call().at("posting", "2")).is(404, "posting_not_found");
        own.send(Endpoint.EXPLANATION.call()).is(200);
        shop.send(Endpoint.TIER.call().at("member", "nobody")).is(404, "member_not_found");
        shop.send(Endpoint.TIER.call()).is(404, "tiers_not_found");
        own.send(Endpoint.TIER.call()).is(200);
        own.send(Shop.close("m-1")).is(200);
        own.send(Endpoint.TIER.call()).is(200);
        own.send(Endpoint.EXPLANATION.call()).is(200);
    }

    @Test
    void closing_is_asked_for_the_member_and_then_for_open_redemptions() {
        Shop own = Shop.open(cloud);
        own.send(Shop.close("m-1")).is(404, "member_not_found");
        own.enrolWith("m-1", 1000);
        own.holds("m-1", "H-1", 100);
        own.send(Shop.close("m-1")).is(409, "open_redemptions");
        own.send(Shop.voidOf("m-1", "H-1")).is(200);
        own.send(Shop.close("m-1")).is(200);
        own.send(Shop.close("m-1").body("{\"reason\":\"again\"}")).is(409, "conflict");
    }

    @Test
    void a_referral_is_asked_for_what_was_recorded_its_member_its_code_and_its_referrer_in_this_order() {
        Shop own = Shop.open(cloud);
        own.enrol("olga");
        own.wait(Duration.ofSeconds(1));
        own.enrol("anna");
        own.pays("anna", "A-1", "20.00");
        own.enrol("gone");
        String olga = own.codeOf("olga");
        String anna = own.codeOf("anna");
        own.send(Shop.close("gone")).is(200);

        own.send(Shop.attach("nobody", "ZZZZZZZZ")).is(404, "member_not_found");
        own.send(Shop.attach("gone", "ZZZZZZZZ")).is(409, "member_closed");
        own.send(Shop.attach("anna", "ZZZZZZZZ")).is(404, "code_not_found");
        own.send(Shop.attach("anna", anna)).is(422, "self_referral");
        own.send(Shop.attach("anna", olga)).is(409, "existing_customer");

        own.wait(Duration.ofSeconds(1));
        own.enrol("eva");
        own.send(Shop.attach("eva", anna)).is(201);
        String eva = own.codeOf("eva");
        // Anna joined before Eva and has orders: that it would be a circle is said first.
        own.send(Shop.attach("anna", eva)).is(409, "referral_cycle");
        // Eva has a referrer for good: whatever else may be wrong with another.
        own.send(Shop.attach("eva", "ZZZZZZZZ")).is(409, "already_referred");
        own.send(Shop.attach("eva", eva)).is(409, "already_referred");
        own.send(Shop.close("eva")).is(200);
        own.send(Shop.attach("eva", olga)).is(409, "already_referred");
        own.send(Shop.attach("eva", anna)).is(201);
    }

    // ------------------------------------------------------------------------------------------------ program and keys

    @Test
    void publishing_is_asked_for_its_tag_its_document_and_then_the_version_before() {
        Shop own = Shop.open(cloud);
        own.enrol("m-1");
        own.send(Endpoint.ENROL.call().at("member", "m-1").header("Idempotency-Key", "taken"))
                .is(201);
        Call call = Endpoint.PUBLISH
                .call()
                .changed("/name", "1")
                .withoutHeader("If-Match")
                .header("Idempotency-Key", "taken");
        own.sendWrong(call.header("If-Match", "*")).is(422, "idempotency_key_reused");
        call = call.withoutHeader("Idempotency-Key");
        own.sendWrong(call).is(428, "precondition_required");
        own.sendWrong(call.header("If-Match", "*")).is(400, "invalid_field");
        call = call.header("If-Match", "\"7\"");
        own.sendWrong(call).is(422, "invalid_program");
        own.send(call.changed("/name", "\"x\"").changed("/currency", "\"USD\"")).is(412, "precondition_failed");
        own.send(call.changed("/name", "\"x\"").changed("/currency", "\"USD\"").header("If-Match", "\"1\""))
                .is(422, "invalid_program");
        own.send(call.changed("/name", "\"x\"").header("If-Match", "\"1\"")).is(200);
    }

    @Test
    void a_moment_is_asked_for_its_form_first_and_for_its_bounds_last() {
        Shop own = Shop.open(cloud);
        Call call = Endpoint.PUBLISH
                .call()
                .changed("/name", "1")
                .withoutHeader("If-Match")
                .query("effectiveFrom", "tomorrow");
        own.sendWrong(call).is(400, "invalid_field");
        call = call.query("effectiveFrom", "2026-03-01T08:00:59Z");
        own.sendWrong(call).is(428, "precondition_required");
        call = call.header("If-Match", "\"7\"");
        own.sendWrong(call).is(422, "invalid_program");
        call = call.changed("/name", "\"Second\"");
        own.send(call).is(412, "precondition_failed");
        call = call.header("If-Match", "\"1\"");
        own.send(call).is(422, "effective_too_soon");
        own.send(call.query("effectiveFrom", "2027-03-02T08:00:01Z")).is(422, "effective_too_late");
        own.send(call.query("effectiveFrom", "2026-04-01T00:00:00Z")).is(200);
        call = call.changed("/name", "\"Third\"").header("If-Match", "\"2\"");
        own.send(call).is(422, "effective_too_soon");
        own.send(call.query("effectiveFrom", "2026-03-31T23:59:59Z")).is(422, "effective_before_previous");
        own.send(call.query("effectiveFrom", "2026-04-01T00:00:00Z")).is(200);
    }

    @Test
    void restoring_is_asked_for_its_tag_its_version_its_document_the_version_before_and_its_moment() {
        Shop own = Shop.open(cloud);
        own.enrol("m-1");
        own.send(Endpoint.ENROL.call().at("member", "m-1").header("Idempotency-Key", "taken"))
                .is(201);
        // Stored by an earlier release, say, which took it.
        own.publishUnchecked(Rules.simpleWith("/name", "\"\""));
        own.publishUnchecked(Rules.simpleWith("/name", "\"Third\""));
        Call call = Endpoint.RESTORE
                .call()
                .at("version", "9")
                .body("{\"reason\":1}")
                .header("If-Match", "*")
                .query("effectiveFrom", "2020-01-01T00:00:00Z")
                .header("Idempotency-Key", "taken");
        own.sendWrong(call).is(422, "idempotency_key_reused");
        call = call.withoutHeader("Idempotency-Key");
        own.sendWrong(call).is(400, "invalid_field");
        call = call.withoutHeader("If-Match");
        own.sendWrong(call).is(400, "unknown_field");
        call = call.body("{}");
        own.sendWrong(call).is(428, "precondition_required");
        call = call.header("If-Match", "\"7\"");
        own.send(call).is(404, "version_not_found");
        call = call.at("version", "2");
        own.send(call).is(422, "invalid_program");
        call = call.at("version", "1");
        own.send(call).is(412, "precondition_failed");
        call = call.header("If-Match", "\"3\"");
        own.send(call).is(422, "effective_too_soon");
        own.send(call.withoutQuery()).is(200);
    }

    @Test
    void issuing_a_key_is_asked_for_its_fields_its_scopes_and_then_how_many_there_are() {
        Shop own = Shop.open(cloud);
        Api clerk = own.api().with(own.keyWith("till", Set.of("keys:write")));
        own.keyWith("till", Set.of("orders:write"));
        Call call = Endpoint.ISSUE_KEY.call().changed("/shop", "\"till\"").changed("/scopes", "[]");
        clerk.sendWrong(call).is(400, "invalid_field");
        call = call.changed("/scopes", "[\"orders:write\"]");
        clerk.send(call).is(403, "missing_scope");
        clerk.send(call.changed("/scopes", "[\"keys:write\"]")).is(409, "too_many_keys");
    }
}
