package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.local.LocalCloud;
import org.yaml.snakeyaml.Yaml;

/** Reads openapi.yaml, and holds requests and answers to it. */
public final class Contract {
    /** What the validator does not look up by itself. Schemas it does: one that contains itself has no end when put in. */
    private static final Pattern SHARED = Pattern.compile("#(/components/(?!schemas/)[a-zA-Z]+/.+)");

    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(
                            withoutShared(read()).toString())
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                            .build())
                    .withResolveRefs(false)
                    .build();

    private Contract() {}

    /** The file, beside the template. */
    static Path file() {
        return LocalCloud.nearestTemplate().orElseThrow().resolveSibling("openapi.yaml");
    }

    /** The contract as it is written. */
    public static JsonNode read() {
        try {
            ObjectMapper mapper = new ObjectMapper();
            // By way of text: the reader's maps know no schema.
            return mapper.readTree(mapper.writeValueAsString(new Yaml().<Object>load(Files.readString(file()))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withoutShared(JsonNode contract) {
        return withoutShared(contract, contract);
    }

    private static JsonNode withoutShared(JsonNode node, JsonNode contract) {
        Matcher shared = SHARED.matcher(node.path("$ref").asText());
        if (shared.matches()) {
            return withoutShared(contract.at(shared.group(1)), contract);
        }
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(member -> member.setValue(withoutShared(member.getValue(), contract)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, withoutShared(array.get(i), contract));
                }
            }
            default -> {}
        }
        return node;
    }

    /** A request that is meant to be well-formed is so by the contract. */
    static void request(Call call, String authorization) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(
                        call.endpoint().method(), call.path())
                .withHeader("Authorization", authorization);
        call.query().forEach(request::withQueryParam);
        call.allHeaders().forEach(request::withHeader);
        call.body().ifPresent(request::withBody);
        assertThat(errors(VALIDATOR.validateRequest(request.build())))
                .as("%s", call)
                .isEmpty();
    }

    /** Any answer is one that the contract has for the operation. */
    static void response(Reply reply) {
        Call example = reply.call().endpoint().call();
        SimpleResponse.Builder response = SimpleResponse.Builder.status(reply.status());
        reply.headers().map().forEach(response::withHeader);
        if (!reply.text().isEmpty()) {
            response.withBody(reply.text());
        }
        assertThat(errors(VALIDATOR.validateResponse(
                        example.path(),
                        Request.Method.valueOf(example.endpoint().method()),
                        response.build())))
                .as("%s%n-> %s %s", reply.call(), reply.status(), reply.text())
                .isEmpty();
    }

    private static List<String> errors(ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(message -> message.getKey() + ": " + message.getMessage())
                .toList();
    }
}
