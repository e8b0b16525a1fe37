package kopilka.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every operation of the API, with a request that is well-formed whatever is in the ledger. */
enum Endpoint {
    ENROL("PUT", "/v1/members/{member}", "members:write", "{}"),
    READ_MEMBER("GET", "/v1/members/{member}", "members:read"),
    BALANCE("GET", "/v1/members/{member}/balance", "members:read"),
    LEDGER("GET", "/v1/members/{member}/ledger", "members:read"),
    EXPLANATION("GET", "/v1/members/{member}/ledger/{posting}/explanation", "members:read"),
    TIER("GET", "/v1/members/{member}/tier", "members:read"),
    PROFILE(
            "PUT",
            "/v1/members/{member}/profile",
            "members:write",
            "{\"birthday\":\"--05-14\",\"segments\":[],\"region\":\"Kyiv\"}"),
    CLOSE("POST", "/v1/members/{member}/close", "members:write", "{\"reason\":\"moved\"}"),
    ACTIVITY("POST", "/v1/activities", "members:write", """
            {"activity":"V-1","member":"m-1","kind":"review","at":"2026-03-01T10:00:00+02:00","verified":true}"""),
    QUOTE("POST", "/v1/quotes", "members:read", """
            {"member":"m-1","at":"2026-03-01T10:00:00+02:00","language":"uk","content":{"currency":"EUR",
             "lines":[{"sku":"S-1","quantity":"1","total":"20.00"}],"payments":["card"],"coupons":["SPRING"]}}"""),
    ORDER_EVENT("POST", "/v1/orders", "orders:write", """
            {"order":"A-1","member":"m-1","event":"paid","at":"2026-03-01T10:00:00+02:00","content":{"currency":"EUR",
             "lines":[{"sku":"S-1","quantity":"1","total":"20.00"}],"total":"20.00"}}"""),
    READ_ORDER("GET", "/v1/orders/{order}", "members:read"),
    REFUND("POST", "/v1/orders/{order}/refunds", "orders:write", """
            {"refund":"R-1","member":"m-1","at":"2026-03-01T11:00:00+02:00","amount":"5.00","currency":"EUR"}"""),
    HOLD("POST", "/v1/redemptions", "redemptions:write", """
            {"redemption":"H-1","member":"m-1","points":100,"order":{"total":{"amount":"40.00","currency":"EUR"}}}"""),
    READ_REDEMPTION("GET", "/v1/redemptions/{redemption}", "members:read"),
    CAPTURE("POST", "/v1/redemptions/{redemption}/capture", "redemptions:write", "{\"member\":\"m-1\",\"points\":50}"),
    VOID("POST", "/v1/redemptions/{redemption}/void", "redemptions:write", "{\"member\":\"m-1\"}"),
    CODE("POST", "/v1/referrals/codes", "referrals:write", "{\"member\":\"m-1\"}"),
    ATTACH("POST", "/v1/referrals", "referrals:write", "{\"member\":\"m-1\",\"code\":\"K7Q2M9XA\"}"),
    READ_PROGRAM("GET", "/v1/program", "program:read"),
    RULES("GET", "/v1/program/rules", "program:read"),
    LIST_VERSIONS("GET", "/v1/program/versions", "program:read"),
    READ_VERSION("GET", "/v1/program/versions/{version}", "program:read"),
    COMPARE("GET", "/v1/program/versions/{version}/compare/{other}", "program:read"),
    VALIDATE("POST", "/v1/program/validate", "program:read", Rules.SIMPLE),
    PUBLISH("PUT", "/v1/program", "program:write", Rules.SIMPLE),
    RESTORE("POST", "/v1/program/versions/{version}/restore", "program:write", "{}"),
    LIST_KEYS("GET", "/v1/keys", "keys:write"),
    ISSUE_KEY("POST", "/v1/keys", "keys:write", "{\"shop\":\"s-2\",\"scopes\":[\"orders:write\"]}"),
    REVOKE_KEY("DELETE", "/v1/keys/{key}", "keys:write");

    private static final Map<String, String> EXAMPLES = Map.of(
            "member",
            "m-1",
            "posting",
            "1",
            "order",
            "A-1",
            "redemption",
            "H-1",
            "version",
            "1",
            "other",
            "1",
            "key",
            "EXAMPLEkey01");

    private final String method;
    private final String path;
    private final String scope;
    private final Optional<String> body;

    Endpoint(String method, String path, String scope) {
        this.method = method;
        this.path = path;
        this.scope = scope;
        this.body = Optional.empty();
    }

    Endpoint(String method, String path, String scope, String body) {
        this.method = method;
        this.path = path;
        this.scope = scope;
        this.body = Optional.of(body);
    }

    String method() {
        return method;
    }

    /** The path as the template and the contract write it. */
    String path() {
        return path;
    }

    /** As the template names the route. */
    String route() {
        return method + " " + path;
    }

    String scope() {
        return scope;
    }

    boolean hasBody() {
        return body.isPresent();
    }

    /** Whether the ledger heeds an {@code Idempotency-Key} here. */
    boolean isReplayed() {
        return !method.equals("GET") && this != QUOTE && this != VALIDATE && this != ISSUE_KEY;
    }

    /** Bytes that a body may have. */
    int bodyLimit() {
        return switch (this) {
            case QUOTE, ORDER_EVENT, PUBLISH, VALIDATE -> 256 * 1024;
            default -> 64 * 1024;
        };
    }

    /** A request that is well-formed. */
    Call call() {
        Call call = new Call(this, EXAMPLES, Map.of(), Map.of(), body);
        return switch (this) {
            case READ_ORDER -> call.query("member", "m-1");
            case PROFILE -> call.header("Idempotency-Key", "profile-1");
            case PUBLISH, RESTORE -> call.header("If-Match", "\"1\"");
            default -> call;
        };
    }

    static List<Endpoint> all() {
        return Arrays.asList(values());
    }

    static List<Endpoint> withBody() {
        return all().stream().filter(Endpoint::hasBody).toList();
    }
}
