package kopilka.lambda;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Scope;

/**
 * One route of the template and what answers it.
 *
 * @param key the route as the template names it, such as {@code POST /v1/orders}
 * @param scope what the caller's key must allow
 * @param query the query parameters that it knows
 * @param body what body it takes
 * @param bodyLimit bytes that its body may have
 * @param replayed whether an {@code Idempotency-Key} is heeded: then its answers are remembered
 * @param personal whether its body says something of a person: then nothing is remembered that it could be guessed from
 * @param answer what answers it
 * @param whenUnavailable what answers it instead where the store does not; without one the answer is 503
 * @param completion adds to an answer what follows from its body: of a remembered answer nothing else is left
 */
public record Route(
        String key,
        Scope scope,
        Set<String> query,
        BodyRule body,
        int bodyLimit,
        boolean replayed,
        boolean personal,
        Answer answer,
        Optional<Answer> whenUnavailable,
        UnaryOperator<HttpResponse> completion) {
    /** Bytes that a body may have. */
    public static final int BODY_LIMIT = 64 * 1024;

    /** Bytes that an order may have: 1,000 lines. */
    public static final int ORDER_LIMIT = 256 * 1024;

    /**
     * Bytes that a program document may have: 500 rules of half a kilobyte. Stored as one item, of which DynamoDB takes
     * 400 KB.
     */
    public static final int DOCUMENT_LIMIT = 256 * 1024;

    /** What body a route takes. */
    public enum BodyRule {
        /** None; one that comes is not looked at. */
        NONE,
        /** A JSON object, or none, which is the same as an empty object. */
        OPTIONAL,
        /** A JSON object. */
        REQUIRED
    }

    /**
     * Answers a call that has passed all guards of the edge. Refusals of the domain are answers; what is thrown is a
     * bug, or a part of the system that does not answer.
     */
    @FunctionalInterface
    public interface Answer {
        HttpResponse to(Call call);
    }

    public Route {
        query = Set.copyOf(query);
    }

    /** A route that changes nothing and takes no body. */
    public static Route read(String key, Scope scope, Answer answer) {
        return new Route(
                key,
                scope,
                Set.of(),
                BodyRule.NONE,
                BODY_LIMIT,
                false,
                false,
                answer,
                Optional.empty(),
                UnaryOperator.identity());
    }

    /** A route that writes, takes a JSON object, and heeds an {@code Idempotency-Key}. */
    public static Route write(String key, Scope scope, Answer answer) {
        return new Route(
                key,
                scope,
                Set.of(),
                BodyRule.REQUIRED,
                BODY_LIMIT,
                true,
                false,
                answer,
                Optional.empty(),
                UnaryOperator.identity());
    }

    /** This route with these query parameters. */
    public Route withQuery(String... names) {
        return new Route(
                key, scope, Set.of(names), body, bodyLimit, replayed, personal, answer, whenUnavailable, completion);
    }

    /** This route with another rule for its body. */
    public Route withBody(BodyRule rule) {
        return new Route(key, scope, query, rule, bodyLimit, replayed, personal, answer, whenUnavailable, completion);
    }

    /** This route with a body of up to so many bytes. */
    public Route withBodyLimit(int bytes) {
        return new Route(key, scope, query, body, bytes, replayed, personal, answer, whenUnavailable, completion);
    }

    /** This route without a memory for its answers: they hold a secret, or nothing is written. */
    public Route notReplayed() {
        return new Route(key, scope, query, body, bodyLimit, false, personal, answer, whenUnavailable, completion);
    }

    /** This route with a body that says something of a person. */
    public Route withPersonalBody() {
        return new Route(key, scope, query, body, bodyLimit, replayed, true, answer, whenUnavailable, completion);
    }

    /** This route with something else to do where the store does not answer. */
    public Route whenUnavailable(Answer instead) {
        return new Route(
                key, scope, query, body, bodyLimit, replayed, personal, answer, Optional.of(instead), completion);
    }

    /** This route with headers, say, that each of its answers gets from what is in its body. */
    public Route completedBy(UnaryOperator<HttpResponse> completing) {
        return new Route(key, scope, query, body, bodyLimit, replayed, personal, answer, whenUnavailable, completing);
    }
}
