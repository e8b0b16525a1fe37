package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.lambda.wire.document.Flaw;
import org.junit.jupiter.api.Test;

/** What the schema and the engine say of documents. */
class SchemaTest {
    private static final long SEED = Long.getLong("kopilka.seed", 20260301L);

    private static final int MUTATIONS = Integer.getInteger("kopilka.mutations", 1_000);

    /** What no schema can say: it shows only when several places are looked at together, or the currency is known. */
    private static final Set<String> BEYOND_SCHEMAS =
            Stream.of(Flaw.values()).map(Flaw::code).collect(Collectors.toSet());

    /** What the schema leaves to lists that others keep: the currencies, and the zones. */
    private static final Pattern LISTED_ELSEWHERE = Pattern.compile("/(currency|timeZone) unknown_value");

    /**
     * What documents of the first format say with codes of form although it depends on the currency: an amount's decimals and
     * size, and the points that a rate gives for one minor unit. Of them the schema can say neither.
     */
    private static final Pattern BY_CURRENCY = Pattern.compile(
            "/(earning/minimumOrder|referral/minimumOrder|earning/.*per|redemption/worth/amount) (too_many_decimals|out_of_range)"
                    + "|/(earning/rate|earning/categories/[^/]*|redemption/worth) out_of_range");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DocumentSchema.text());

    private List<Error> refusals(JsonNode document) {
        return schema.validate(
                document.toString(),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static List<FieldError> errors(JsonNode document) {
        return ProgramDocument.decode(document.toString().getBytes(StandardCharsets.UTF_8))
                .errors();
    }

    /** The schema is written anew by {@code -Dkopilka.write.schema=true}. */
    @Test
    void the_schema_is_that_of_the_contract() throws IOException {
        if (Boolean.getBoolean("kopilka.write.schema")) {
            Files.writeString(DocumentSchema.file(), DocumentSchema.text());
        }

        assertThat(Files.readString(DocumentSchema.file())).isEqualTo(DocumentSchema.text());
    }

    @Test
    void the_examples_are_right_by_both() {
        Mutation.examples().forEach((name, document) -> {
            assertThat(errors(document)).as(name).isEmpty();
            assertThat(refusals(document)).as(name).isEmpty();
        });
    }

    @Test
    void of_documents_that_are_nearly_right_both_refuse_the_same() {
        Mutation mutation = new Mutation(SEED);
        int accepted = 0;
        int refused = 0;
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            JsonNode document = mutation.next();
            List<String> errors = errors(document).stream()
                    .map(error -> error.at() + " " + error.code())
                    .toList();
            List<Error> refusals = refusals(document);
            switch (verdict(document, errors)) {
                case RIGHT -> {
                    accepted++;
                    if (!refusals.isEmpty()) {
                        differences.add("the schema alone refuses " + document + ": " + errors + " but " + refusals);
                    }
                }
                case WRONG -> {
                    refused++;
                    if (refusals.isEmpty()) {
                        differences.add("the engine alone refuses " + document + ": " + errors);
                    }
                }
                case EITHER -> {}
            }
        }
        assertThat(differences).as("seed %d", SEED).isEmpty();
        assertThat(accepted).as("seed %d", SEED).isGreaterThan(MUTATIONS / 20);
        assertThat(refused).as("seed %d", SEED).isGreaterThan(MUTATIONS / 2);
    }

    private enum Verdict {
        RIGHT,
        WRONG,
        EITHER
    }

    /** What the form of a document deserves, by the errors that the engine finds in it. */
    private static Verdict verdict(JsonNode document, List<String> errors) {
        List<String> ofForm = errors.stream()
                .filter(error -> !BEYOND_SCHEMAS.contains(error.substring(error.indexOf(' ') + 1))
                        && !LISTED_ELSEWHERE.matcher(error).matches())
                .toList();
        if (ofForm.isEmpty()) {
            // A currency or a zone may be of the wrong form or only not on the list. Of conditions that are too many or
            // too
            // deep nothing else is said, and of a great many errors only the first.
            return errors.size() == Decoded.MAX_ERRORS
                            || errors.stream()
                                    .anyMatch(error ->
                                            LISTED_ELSEWHERE.matcher(error).matches()
                                                    || error.endsWith(" " + Flaw.TOO_COMPLEX.code())
                                                    || error.endsWith(" " + Flaw.TOO_DEEP.code()))
                    ? Verdict.EITHER
                    : Verdict.RIGHT;
        }
        boolean first = document.path("format").asInt() != 2;
        return first
                        && ofForm.stream()
                                .allMatch(error -> BY_CURRENCY.matcher(error).matches())
                ? Verdict.EITHER
                : Verdict.WRONG;
    }
}
