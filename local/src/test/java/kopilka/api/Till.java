package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kopilka.local.LocalCloud;

/** A shop of a program of its own, for tests outside this package: it speaks to the API, within the contract. */
public final class Till {
    private static final String SCOPES = """
            ["members:write","members:read","orders:write","redemptions:write","program:read"]""";

    private final Api api;
    private final Map<String, Till> others = new HashMap<>();

    private Till(Api api) {
        this.api = api;
    }

    /** What the API answered. */
    public record Answer(int status, JsonNode json) {
        /** Whether it was done. */
        public boolean isDone() {
            return status < 300;
        }

        /** The code of the problem; empty where there is none. */
        public String code() {
            return json.path("code").asText();
        }
    }

    /**
     * Opens a program.
     *
     * @param program its id, which no other test has
     */
    public static Till open(LocalCloud cloud, String program, String document) {
        return new Till(Shop.open(cloud, program, document).api());
    }

    /** The same program as another shop's till sees it, with a key of that shop. */
    public Till of(String shop) {
        return others.computeIfAbsent(shop, name -> {
            Answer issued =
                    send("POST /v1/keys", Map.of(), Map.of(), Optional.of(Json.read("""
                    {"shop":"%s","scopes":%s}""".formatted(name, SCOPES))));
            assertThat(issued.status()).isEqualTo(201);
            return new Till(api.with(issued.json().path("key").asText()));
        });
    }

    /**
     * Sends a request.
     *
     * @param route as the contract writes it, such as {@code GET /v1/members/{member}}
     * @param parameters of the path
     * @param headers beside the key
     */
    public Answer send(
            String route, Map<String, String> parameters, Map<String, String> headers, Optional<JsonNode> body) {
        Call call = Endpoint.all().stream()
                .filter(endpoint -> endpoint.route().equals(route))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the API has no " + route))
                .call()
                .withoutQuery();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            call = call.at(parameter.getKey(), parameter.getValue());
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        Reply reply = api.send(body.isPresent() ? call.body(body.get()) : call.withoutBody());
        return new Answer(reply.status(), reply.json());
    }
}
