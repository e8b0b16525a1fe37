package kopilka.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.Template.Section;

/** The API's Lambda authorizer, with the cache that API Gateway keeps of its answers. */
final class Authorizer {
    private static final int MAX_CACHED = 10_000;

    private final LambdaFunction function;
    private final List<String> headers;
    private final List<String> queries;
    private final Duration remembered;
    private final LongSupplier nanos;
    private final Map<List<String>, Remembered> cache = new ConcurrentHashMap<>();

    private record Remembered(Decision decision, long until) {}

    /** What the authorizer said of a request. */
    sealed interface Decision {
        /** It may pass; the function gets the context. */
        record Allowed(ObjectNode context) implements Decision {}

        /** It may not. */
        record Denied() implements Decision {}

        /** It came without the identity that the authorizer judges, and the function was not asked. */
        record Anonymous() implements Decision {}

        /** The function failed, or said something that is no decision. */
        record Unclear() implements Decision {}
    }

    Authorizer(Section authorizer, LambdaFunction function, LongSupplier nanos) {
        if (!authorizer.flagOr("EnableSimpleResponses", false)
                || !authorizer.textOr("AuthorizerPayloadFormatVersion", "").equals("2.0")) {
            throw authorizer.mistake(
                    "EnableSimpleResponses", "must be true, with payload format 2.0: the local run knows nothing else");
        }
        Section identity = authorizer.sectionOrEmpty("Identity");
        if (identity.has("Context") || identity.has("StageVariables")) {
            throw identity.mistake("Context", "is an identity that the local run does not know");
        }
        this.function = function;
        this.headers = identity.texts("Headers").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        this.queries = identity.texts("QueryStrings");
        this.remembered = Duration.ofSeconds(identity.numberOr("ReauthorizeEvery", 0));
        this.nanos = nanos;
    }

    /** Judges a request by the parts of the event that it would be invoked with. */
    Decision decide(ObjectNode event) {
        List<String> identity = new ArrayList<>();
        for (String header : headers) {
            identity.add(event.path("headers").path(header).asText(""));
        }
        for (String query : queries) {
            identity.add(event.path("queryStringParameters").path(query).asText(""));
        }
        if (identity.contains("")) {
            return new Decision.Anonymous();
        }
        Remembered known = cache.get(identity);
        if (known != null && known.until - nanos.getAsLong() > 0) {
            return known.decision;
        }
        Decision decision = ask(event, identity);
        if (!(decision instanceof Decision.Unclear) && remembered.isPositive()) {
            if (cache.size() >= MAX_CACHED) {
                cache.clear();
            }
            cache.put(identity, new Remembered(decision, nanos.getAsLong() + remembered.toNanos()));
        }
        return decision;
    }

    /** Asks anew for every request from now on. */
    void forget() {
        cache.clear();
    }

    private Decision ask(ObjectNode event, List<String> identity) {
        ObjectNode request = event.deepCopy();
        request.remove(List.of("body", "isBase64Encoded"));
        request.put("type", "REQUEST");
        request.put(
                "routeArn",
                "arn:aws:execute-api:" + Template.REGION + ":" + Template.ACCOUNT + ":local/$default/"
                        + event.path("requestContext")
                                .path("http")
                                .path("method")
                                .asText()
                        + event.path("rawPath").asText());
        var source = request.putArray("identitySource");
        identity.forEach(source::add);
        return switch (function.invoke(Json.bytes(request))) {
            case Failed failed -> new Decision.Unclear();
            case Answered answered -> decision(Json.read(answered.text()));
        };
    }

    private static Decision decision(Optional<JsonNode> answer) {
        JsonNode verdict = answer.map(json -> json.path("isAuthorized")).orElse(null);
        if (verdict == null || !verdict.isBoolean()) {
            return new Decision.Unclear();
        }
        if (!verdict.booleanValue()) {
            return new Decision.Denied();
        }
        return answer.map(json -> json.path("context")).orElseThrow() instanceof ObjectNode context
                ? new Decision.Allowed(context)
                : new Decision.Allowed(Json.object());
    }
}
