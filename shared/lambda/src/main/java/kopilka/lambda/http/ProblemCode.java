package kopilka.lambda.http;

import java.util.Locale;

/**
 * Every problem that the API answers with. The code, type, title and status of one never change; new ones may come.
 * openapi.yaml lists the same.
 */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    INVALID_FIELD(400, "A field is not valid"),
    UNKNOWN_FIELD(400, "A field is not known"),
    UNAUTHENTICATED(401, "The key is unknown or revoked"),
    MISSING_SCOPE(403, "The key lacks a scope"),
    MEMBER_NOT_FOUND(404, "No such member"),
    ORDER_NOT_FOUND(404, "No such order"),
    REDEMPTION_NOT_FOUND(404, "No such redemption"),
    WALLET_NOT_FOUND(404, "No such wallet"),
    CODE_NOT_FOUND(404, "No such referral code"),
    VERSION_NOT_FOUND(404, "No such version of the program"),
    KEY_NOT_FOUND(404, "No such key"),
    CONFLICT(409, "Recorded before with other content"),
    MEMBER_CLOSED(409, "The member's account is closed"),
    OPEN_REDEMPTIONS(409, "The member has open redemptions"),
    INSUFFICIENT_POINTS(409, "Not enough points"),
    ACTIVITY_LIMIT(409, "The activity was rewarded as often as it may be"),
    TIERS_NOT_FOUND(404, "The program has no tiers"),
    POSTING_NOT_FOUND(404, "No such entry in the ledger"),
    TOO_MANY_REDEMPTIONS(409, "Too many open redemptions"),
    REDEMPTION_NOT_OPEN(409, "The redemption is not open any more"),
    REDEMPTION_OPEN(409, "A redemption that pays for the order is still open"),
    TOO_MANY_WAITING(409, "Too much waits for orders that are not paid"),
    ALREADY_REFERRED(409, "The member has a referrer already"),
    EXISTING_CUSTOMER(409, "The member is not new"),
    REFERRAL_CYCLE(409, "The referral would close a circle"),
    TOO_MANY_KEYS(409, "The shop has two live keys"),
    PRECONDITION_FAILED(412, "There is a newer version"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not application/json"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
    CURRENCY_MISMATCH(422, "Not the program's currency"),
    TOTAL_MISMATCH(422, "The figures do not add up"),
    DISCOUNT_ABOVE_LINES(422, "The discount is more than the lines come to"),
    PAYMENTS_MISMATCH(422, "The payments are not the total"),
    TIME_IN_FUTURE(422, "The time lies in the future"),
    TIME_TOO_OLD(422, "The time lies too far back"),
    LINE_NOT_FOUND(422, "The order has no such line"),
    REFUND_EXCEEDS_ORDER(422, "More than is kept of the order"),
    WALLET_NOT_SPENDABLE(422, "Nothing can be paid from the wallet"),
    BELOW_MINIMUM(422, "Fewer points than the program lets redeem at once"),
    POINTS_NOT_IN_STEPS(422, "Not a multiple of what the program lets redeem"),
    OVER_CAP(422, "More than the share of the order that points may pay"),
    DISCOUNT_UNKNOWN(422, "No rule of the program gives that discount"),
    WALLET_NOT_SPENDABLE_NOW(422, "The wallet cannot be spent now"),
    ACTIVITY_UNKNOWN(422, "The program rewards no such activity"),
    ACTIVITY_NOT_VERIFIED(422, "The activity has to be verified"),
    ACTIVITY_NOT_NOW(422, "The activity is not rewarded now"),
    SEGMENT_UNKNOWN(422, "The program has no such segment"),
    CAPTURE_EXCEEDS_HOLD(422, "More than is held"),
    SELF_REFERRAL(422, "Members cannot refer themselves"),
    INVALID_PROGRAM(422, "The program document has errors"),
    EFFECTIVE_TOO_SOON(422, "The version would take effect too soon"),
    EFFECTIVE_TOO_LATE(422, "The version would take effect too late"),
    EFFECTIVE_BEFORE_PREVIOUS(422, "The version before it takes effect later"),
    PRECONDITION_REQUIRED(428, "If-Match is missing"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    UNAVAILABLE(503, "The ledger cannot answer now");

    private static final String TYPES = "https://kopilka.dev/problems/";

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** What is the matter, in English; the same in every answer with this code. */
    public String title() {
        return title;
    }

    /** The code as answers carry it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The URI that names this kind of problem. */
    public String type() {
        return TYPES + code().replace('_', '-');
    }
}
