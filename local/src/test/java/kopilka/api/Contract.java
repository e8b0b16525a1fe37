package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.file.Path;
import java.util.List;
import kopilka.local.LocalCloud;

/** Holds requests and answers to openapi.yaml. */
final class Contract {
    private static final OpenApiInteractionValidator VALIDATOR = OpenApiInteractionValidator.createFor(
                    file().toString())
            .withLevelResolver(LevelResolver.create()
                    .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                    .build())
            .build();

    private Contract() {}

    /** The file, beside the template. */
    static Path file() {
        return LocalCloud.nearestTemplate().orElseThrow().resolveSibling("openapi.yaml");
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
