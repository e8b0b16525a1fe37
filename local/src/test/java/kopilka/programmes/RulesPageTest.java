package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.lambda.wire.document.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/rules.md leaves out nothing that a document can say, and what it shows is right. */
class RulesPageTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A row of a table whose first cell has examples: that cell, and the others. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`\\{\".+?) \\| (.+) \\|$");

    /** An example of which nothing is left out. */
    private static final Pattern EXAMPLE = Pattern.compile("`(\\{[^`]+})`");

    private static final String LEFT_OUT = "...";

    private final String page;
    private final JsonNode definitions;

    RulesPageTest() throws IOException {
        page = Files.readString(DocumentSchema.beside("docs").resolve("rules.md"));
        definitions = MAPPER.readTree(DocumentSchema.text()).path("$defs");
    }

    private Set<String> fields(String schema) {
        return definitions.path(schema).path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows with examples of what may stand in that field of a rule. */
    private List<MatchResult> rows(String field) {
        int start = page.indexOf(": `" + field + "`\n");
        int end = page.indexOf("\n##", start);
        return ROW.matcher(page.substring(start, end)).results().toList();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<FieldError> errors(JsonNode document) {
        return ProgramDocument.decode(document.toString().getBytes(StandardCharsets.UTF_8))
                .errors();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProgramDocument2",
                "Rule",
                "LineCondition",
                "Condition",
                "AmountRange",
                "FirstOrder",
                "EveryNthOrder",
                "NthOrder",
                "BirthdayWindow",
                "Joined",
                "Effect",
                "PointsWallet",
                "MoneyWallet",
                "WalletExpiry",
                "Inactivity",
                "PointsRedemption",
                "MoneyRedemption",
                "EarningTerms",
                "Inclusions",
                "MultiplierTerms",
                "DiscountTerms",
                "ProgramLimits",
                "RefundRules",
                "Tiers",
                "TierPeriod",
                "Downgrade",
                "Level",
                "Qualification",
                "Activity",
                "ActivityLimit"
            })
    void each_field_is_named(String schema) {
        assertThat(fields(schema))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(page).containsPattern("`" + field + "`|\"" + field + "\":"));
    }

    @Test
    void each_condition_is_said_to_stand_where_it_can() {
        List<String> places = List.of("Condition", "RedemptionCondition", "ActivityCondition");
        Set<String> told = new TreeSet<>();
        for (MatchResult row : rows("when")) {
            String[] cells = row.group(2).split("\\|", -1);
            for (String name : found("`\\{\"(\\w+)\":", row.group(1))) {
                told.add(name);
                for (int i = 0; i < places.size(); i++) {
                    assertThat(cells[i + 1].strip().equals("yes"))
                            .as(name + " in " + places.get(i))
                            .isEqualTo(fields(places.get(i)).contains(name));
                }
            }
        }
        assertThat(told).isEqualTo(fields("Condition"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"for", "when", "then"})
    void each_example_is_right_in_the_document_of_the_page(String field) throws IOException {
        List<String> tried = new ArrayList<>();
        for (MatchResult row : rows(field)) {
            for (String example : found(EXAMPLE.pattern(), row.group(1))) {
                if (!example.contains(LEFT_OUT)) {
                    assertThat(errors(withRule(field, MAPPER.readTree(example))))
                            .as(example)
                            .isEmpty();
                    tried.add(example);
                }
            }
        }
        assertThat(tried).hasSizeGreaterThan(2);
    }

    /** The document of the page, with what its examples name and a rule that has one of them. */
    private ObjectNode withRule(String field, JsonNode example) throws IOException {
        ObjectNode document = document();
        document.set("segments", MAPPER.readTree("[\"vip\"]"));
        document.set("tiers", MAPPER.readTree("""
                        {"period": {"calendar": "year"}, "levels": [{"id": "bronze"}, {"id": "gold", "qualify": {"orders": 5}}]}
                        """));
        document.withObject("/wallets")
                .set(
                        "cashback",
                        MAPPER.readTree("{\"unit\": \"money\", \"pending\": {\"from\": \"paid\", \"days\": 0}}"));
        ObjectNode rule = document.withArray("rules").addObject().put("id", "example");
        rule.set("then", MAPPER.readTree("[{\"bonus\": {\"wallet\": \"points\", \"points\": 1}}]"));
        rule.set(field, field.equals("then") ? MAPPER.createArrayNode().add(example) : example);
        return document;
    }

    private ObjectNode document() throws IOException {
        return (ObjectNode) MAPPER.readTree(found("(?s)```json\n(.+?)```", page).getFirst());
    }

    @Test
    void its_document_is_right_and_nothing_in_it_is_worth_a_warning() throws IOException {
        assertThat(errors(document())).isEmpty();
        assertThat(JsonReader.body(document().toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        JsonReader.Read.class,
                        read -> assertThat(ProgramDocument.check(read.value(), Place.BODY)
                                        .warnings())
                                .isEmpty());
    }

    @Test
    void each_warning_is_named_here_and_in_the_contract() throws IOException {
        String contract = Files.readString(DocumentSchema.beside("openapi.yaml"));

        assertThat(Stream.of(Warning.values()).map(Warning::code))
                .allSatisfy(code -> assertThat(List.of(page, contract))
                        .allSatisfy(text -> assertThat(text).contains("`" + code + "`")));
    }
}
