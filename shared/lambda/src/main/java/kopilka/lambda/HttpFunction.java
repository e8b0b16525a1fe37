package kopilka.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import kopilka.lambda.Route.BodyRule;
import kopilka.lambda.http.Caller;
import kopilka.lambda.http.HttpRequest;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.lambda.http.JsonBody;
import kopilka.lambda.http.Problem;
import kopilka.lambda.http.ProblemCode;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;

/**
 * Answers the requests of a function's routes.
 *
 * <p>Its guards stand in this order, and the first that refuses answers: the caller is known (401), the route is known
 * (404), the key has the scope (403), the query has no unknown parameter (400), the {@code Idempotency-Key} is
 * well-formed (400), the body is not too large (413), is JSON by its media type (415), and is a JSON object (400).
 * What then comes is the route's own answer, or the one that the key's first use left behind. A system that does not
 * answer gives 503, and anything else that is thrown 500: logged here, once, and told to nobody.
 */
final class HttpFunction {
    private final Map<String, Route> routes;
    private final Optional<Idempotency> idempotency;
    private final Log log;

    HttpFunction(List<Route> routes, Optional<Idempotency> idempotency, Log log) {
        Map<String, Route> byKey = new LinkedHashMap<>();
        for (Route route : routes) {
            if (byKey.put(route.key(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.key());
            }
        }
        this.routes = Map.copyOf(byKey);
        this.idempotency = idempotency;
        this.log = log;
    }

    HttpResponse answer(HttpRequest request) {
        try {
            return guarded(request);
        } catch (RuntimeException e) {
            if (Unavailability.isWhy(e)) {
                log.warn("unavailable", request.requestId(), e);
                log.count("Unavailable", 1);
                return Problem.of(ProblemCode.UNAVAILABLE).response();
            }
            log.error("request_failed", request.requestId(), e);
            return Problem.of(ProblemCode.INTERNAL_ERROR).response();
        }
    }

    private HttpResponse guarded(HttpRequest request) {
        Optional<Caller> caller = request.caller();
        if (caller.isEmpty()) {
            return Problem.of(ProblemCode.UNAUTHENTICATED).response();
        }
        Route route = routes.get(request.routeKey());
        if (route == null) {
            return HttpResponse.noSuchRoute();
        }
        if (!caller.get().may(route.scope())) {
            return Problem.of(ProblemCode.MISSING_SCOPE)
                    .fact("scope", route.scope().code())
                    .response();
        }
        if (!route.query().containsAll(request.query().keySet())) {
            return Problem.invalid(unknownParameter(route)).response();
        }
        Decoded<Optional<IdempotencyKey>> key = IdempotencyKey.of(request.headers());
        return switch (key) {
            case Decoded.Invalid<Optional<IdempotencyKey>>(List<FieldError> errors) ->
                Problem.invalid(errors).response();
            case Decoded.Valid<Optional<IdempotencyKey>>(Optional<IdempotencyKey> valid) ->
                switch (body(route, request)) {
                    case JsonBody.Taken(JsonObject body) -> answer(route, new Call(caller.get(), request, body), valid);
                    case JsonBody.Refused(Problem problem) -> problem.response();
                };
        };
    }

    private static JsonBody body(Route route, HttpRequest request) {
        return route.body() == BodyRule.NONE
                ? new JsonBody.Taken(JsonObject.EMPTY)
                : JsonBody.of(request, route.bodyLimit(), route.body() == BodyRule.REQUIRED);
    }

    private HttpResponse answer(Route route, Call call, Optional<IdempotencyKey> key) {
        try {
            HttpResponse answer = idempotency.isPresent() && route.replayed() && key.isPresent()
                    ? idempotency
                            .get()
                            .answer(
                                    call.caller(),
                                    key.get(),
                                    call.request(),
                                    call.body(),
                                    route.personal(),
                                    () -> route.answer().to(call))
                    : route.answer().to(call);
            return route.completion().apply(answer);
        } catch (RuntimeException e) {
            if (route.whenUnavailable().isPresent() && Unavailability.isWhy(e)) {
                log.warn("unavailable", call.request().requestId(), e);
                return route.whenUnavailable().get().to(call);
            }
            throw e;
        }
    }

    private static FieldError unknownParameter(Route route) {
        return Place.PARAMETERS.error(
                FieldError.Code.UNKNOWN_FIELD,
                route.query().isEmpty()
                        ? "this operation takes no query parameters"
                        : "only these are taken here: " + String.join(", ", new TreeSet<>(route.query())));
    }
}
