package kopilka.lambda.wire;

import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kopilka.accrual.RecordOrderEvent;
import kopilka.accrual.RefundOrder;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import kopilka.ledger.Operation;
import kopilka.ledger.Refusal;
import kopilka.money.Money;
import kopilka.order.GivenDiscount;
import kopilka.order.Order;
import kopilka.order.OrderLine;
import kopilka.referral.AttachReferee;

/** Puts the domain's refusals into the problems of the API, with the facts that a caller's program can go by. */
public final class Refusals {
    private Refusals() {}

    /** Why an operation was refused. */
    public static Problem problem(Refusal refusal, Operation operation) {
        return switch (refusal) {
            // A key of a program that is not there can do nothing: to its holder it is as good as revoked.
            case Refusal.ProgramNotFound none -> Problem.of(ProblemCode.UNAUTHENTICATED);
            case Refusal.MemberNotFound none -> Problem.of(ProblemCode.MEMBER_NOT_FOUND);
            case Refusal.MemberClosed closed -> Problem.of(ProblemCode.MEMBER_CLOSED);
            case Refusal.OrderNotFound none -> Problem.of(ProblemCode.ORDER_NOT_FOUND);
            case Refusal.OrderInvalid invalid -> invalid(invalid.fault(), operation);
            case Refusal.CurrencyMismatch mismatch -> otherCurrency(mismatch.expected(), currencyOf(operation));
            case Refusal.TimeInFuture future -> untimely(ProblemCode.TIME_IN_FUTURE);
            case Refusal.TimeTooOld old -> untimely(ProblemCode.TIME_TOO_OLD);
            case Refusal.LineNotFound none ->
                Problem.of(ProblemCode.LINE_NOT_FOUND)
                        .pointer(
                                Place.BODY.child("lines").child(none.position()).child("line"));
            case Refusal.RefundExceedsOrder exceeds ->
                Problem.of(ProblemCode.REFUND_EXCEEDS_ORDER).fact("left", money(exceeds.left()));
            case Refusal.RedemptionOpen open ->
                Problem.of(ProblemCode.REDEMPTION_OPEN)
                        .detail("Capture or void it, then send this again.")
                        .fact("redemption", open.redemption().value());
            case Refusal.RedemptionUsed used ->
                Problem.of(ProblemCode.CONFLICT)
                        .detail("A redemption pays for one order, and this one has paid for another.")
                        .pointer(Place.BODY.child("content").child("payments"));
            case Refusal.TooManyWaiting waiting ->
                Problem.of(ProblemCode.TOO_MANY_WAITING).fact("maximum", waiting.limit());
            case Refusal.DiscountUnknown unknown ->
                Problem.of(ProblemCode.DISCOUNT_UNKNOWN)
                        .pointer(Place.BODY.child("content").child("discounts"));
            case Refusal.DiscountTooLarge large ->
                Problem.of(ProblemCode.DISCOUNT_ABOVE_LINES)
                        .pointer(Place.BODY.child("content").child("discounts"));
            case Refusal.WalletNotSpendableNow now ->
                Problem.of(ProblemCode.WALLET_NOT_SPENDABLE_NOW)
                        .fact("condition", Evaluated.condition(now.condition()));
            case Refusal.ActivityUnknown unknown ->
                Problem.of(ProblemCode.ACTIVITY_UNKNOWN).pointer(Place.BODY.child("kind"));
            case Refusal.ActivityNotVerified not ->
                Problem.of(ProblemCode.ACTIVITY_NOT_VERIFIED).pointer(Place.BODY.child("verified"));
            case Refusal.ActivityNotNow not ->
                Problem.of(ProblemCode.ACTIVITY_NOT_NOW).fact("condition", Evaluated.condition(not.condition()));
            case Refusal.ActivityLimit limit ->
                Problem.of(ProblemCode.ACTIVITY_LIMIT)
                        .fact("times", limit.times())
                        .fact("per", limit.per().code());
            case Refusal.SegmentUnknown unknown ->
                Problem.of(ProblemCode.SEGMENT_UNKNOWN).pointer(Place.BODY.child("segments"));
            case Refusal.InsufficientPoints insufficient ->
                Problem.of(ProblemCode.INSUFFICIENT_POINTS).fact("available", insufficient.available());
            case Refusal.WalletNotFound none ->
                Problem.of(ProblemCode.WALLET_NOT_FOUND).pointer(Place.BODY.child("wallet"));
            case Refusal.WalletNotSpendable never -> Problem.of(ProblemCode.WALLET_NOT_SPENDABLE);
            case Refusal.BelowMinimum below ->
                Problem.of(ProblemCode.BELOW_MINIMUM).fact("minimum", below.minimum());
            case Refusal.PointsNotInSteps steps ->
                Problem.of(ProblemCode.POINTS_NOT_IN_STEPS).fact("step", steps.step());
            case Refusal.OverCap over -> Problem.of(ProblemCode.OVER_CAP).fact("maximumPoints", over.maximumPoints());
            // Requests are decoded within this bound already.
            case Refusal.TimeoutTooLong tooLong ->
                Problem.invalid(Place.BODY
                        .child("timeoutMinutes")
                        .error(Code.OUT_OF_RANGE, "must be from 1 to " + tooLong.maximumMinutes()));
            case Refusal.TooManyRedemptions tooMany ->
                Problem.of(ProblemCode.TOO_MANY_REDEMPTIONS).fact("maximum", tooMany.limit());
            case Refusal.RedemptionNotFound none -> Problem.of(ProblemCode.REDEMPTION_NOT_FOUND);
            case Refusal.RedemptionNotOpen ended ->
                Problem.of(ProblemCode.REDEMPTION_NOT_OPEN)
                        .fact("redemptionStatus", ended.ended().name().toLowerCase(Locale.ROOT));
            case Refusal.CaptureExceedsHold exceeds ->
                Problem.of(ProblemCode.CAPTURE_EXCEEDS_HOLD).fact("held", exceeds.held());
            case Refusal.OpenRedemptions open ->
                Problem.of(ProblemCode.OPEN_REDEMPTIONS)
                        .detail("Capture or void them first.")
                        .fact("open", open.open());
            case Refusal.CodeNotFound none -> Problem.of(ProblemCode.CODE_NOT_FOUND);
            // Whoever draws codes draws again; if none was free so often, another try later is all that helps.
            case Refusal.CodeTaken taken -> Problem.of(ProblemCode.UNAVAILABLE);
            case Refusal.SelfReferral self -> Problem.of(ProblemCode.SELF_REFERRAL);
            case Refusal.ExistingCustomer existing ->
                Problem.of(ProblemCode.EXISTING_CUSTOMER)
                        .detail("The member has orders, or joined no later than the referrer.");
            case Refusal.ReferralCycle cycle -> Problem.of(ProblemCode.REFERRAL_CYCLE);
        };
    }

    /** Why an operation was refused that was recorded before with other content. */
    public static Problem conflict(Operation operation) {
        // A member has one referrer: another code is another referrer, whatever else may be said about it.
        return operation instanceof AttachReferee
                ? Problem.of(ProblemCode.ALREADY_REFERRED)
                : Problem.of(ProblemCode.CONFLICT)
                        .detail("An operation with this id was recorded before with other content.");
    }

    /** The time that a request names is out of range. */
    static Problem untimely(ProblemCode code) {
        return Problem.of(code).pointer(Place.BODY.child("at"));
    }

    /** A request names money in another currency than the program's. */
    static Problem otherCurrency(Currency expected, Place place) {
        return Problem.of(ProblemCode.CURRENCY_MISMATCH).pointer(place).fact("currency", expected.getCurrencyCode());
    }

    /** What is wrong with a basket. */
    static Problem invalid(Order.Fault fault) {
        return invalid(fault, Optional.empty());
    }

    private static Problem invalid(Order.Fault fault, Operation operation) {
        return invalid(fault, expected(operation));
    }

    private static Problem invalid(Order.Fault fault, Optional<String> expected) {
        Place content = Place.BODY.child("content");
        return switch (fault) {
            case TOTAL_MISMATCH -> {
                Problem problem = Problem.of(ProblemCode.TOTAL_MISMATCH)
                        .detail("Lines, delivery and tax less the discounts are not the total.")
                        .pointer(content.child("total"));
                yield expected.map(sum -> problem.fact("expected", sum)).orElse(problem);
            }
            case DISCOUNT_ABOVE_LINES ->
                Problem.of(ProblemCode.DISCOUNT_ABOVE_LINES).pointer(content.child("discount"));
            case PAYMENTS_MISMATCH -> Problem.of(ProblemCode.PAYMENTS_MISMATCH).pointer(content.child("payments"));
            // What follows is found when a request is decoded, but for a sum of lines that is out of range.
            case AMOUNT_OUT_OF_RANGE ->
                Problem.invalid(content.child("lines").error(Code.OUT_OF_RANGE, "the amounts add up to too much"));
            case LINES ->
                Problem.invalid(content.child("lines")
                        .error(Code.TOO_MANY, "from 1 to " + Order.MAX_LINES + " lines are taken"));
            case LINE_ID_TWICE -> Problem.invalid(content.child("lines").error(Code.REPEATED, "two lines have one id"));
            case REDEMPTION_TWICE ->
                Problem.invalid(content.child("payments").error(Code.REPEATED, "a redemption pays once in an order"));
        };
    }

    /** What the figures of an order add up to; empty where that is no amount. */
    private static Optional<String> expected(Operation operation) {
        return operation instanceof RecordOrderEvent event
                ? event.content()
                        .map(order -> {
                            long lines = order.lines().stream()
                                    .mapToLong(OrderLine::total)
                                    .sum();
                            long off = order.given().stream()
                                    .mapToLong(GivenDiscount::amount)
                                    .sum();
                            return lines + order.delivery() + order.tax() - order.discount() - off;
                        })
                        .filter(sum -> sum >= 0 && sum <= Money.MAX_MINOR)
                        .map(sum -> new Money(sum, event.content().orElseThrow().currency()).amount())
                : Optional.empty();
    }

    private static Place currencyOf(Operation operation) {
        if (operation instanceof RecordOrderEvent) {
            return Place.BODY.child("content").child("currency");
        }
        return operation instanceof RefundOrder
                ? Place.BODY.child("currency")
                : Place.BODY.child("order").child("total").child("currency");
    }

    private static JsonValue money(Money money) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("amount", new JsonString(money.amount()));
        members.put("currency", new JsonString(money.currency().getCurrencyCode()));
        return new JsonObject(members);
    }
}
