package kopilka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kopilka.local.Template.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFilterTest {
    private static final Path PROJECT = Path.of("../template.yaml");
    private static final Path SAMPLE = Path.of("../events/referral/dynamodb-postings-table.json");

    @TempDir
    private Path folder;

    private static Section postings(Template template) {
        return template.resource("ReferralFunction")
                .properties()
                .section("Events")
                .section("Postings")
                .section("Properties");
    }

    private static JsonNode json(String text) {
        return Json.read(text).orElseThrow();
    }

    @Test
    void the_referral_function_is_invoked_for_new_postings_with_a_signal_and_for_no_others() throws IOException {
        StreamFilter filter = StreamFilter.of(postings(Template.read(PROJECT)));
        String record = json(Files.readString(SAMPLE)).path("Records").path(0).toString();

        assertThat(record).contains("\"signal\"").contains("\"INSERT\"");
        assertThat(filter.passes(json(record))).isTrue();
        assertThat(filter.passes(json(record.replace("\"signal\"", "\"other\""))))
                .isFalse();
        assertThat(filter.passes(json(record.replace("\"INSERT\"", "\"MODIFY\""))))
                .isFalse();
    }

    private StreamFilter filter(String criteria) throws IOException {
        Path template = folder.resolve("template.yaml");
        Files.writeString(template, "Resources:\n  F:\n    Type: T\n    Properties:\n      Stream: s\n" + criteria);
        return StreamFilter.of(Template.read(template).resource("F").properties());
    }

    private StreamFilter pattern(String pattern) throws IOException {
        return filter("      FilterCriteria:\n        Filters:\n          - Pattern: '" + pattern + "'\n");
    }

    @Test
    void without_criteria_everything_passes() throws IOException {
        assertThat(filter("").passes(json("{}"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": [\"x\", \"y\"]}            | {\"a\": \"y\"}           | true",
                "{\"a\": [\"x\", \"y\"]}            | {\"a\": \"z\"}           | false",
                "{\"a\": [\"x\"]}                   | {}                       | false",
                "{\"a\": [1]}                       | {\"a\": 1}               | true",
                "{\"a\": {\"b\": [{\"exists\": true}]}}  | {\"a\": {\"b\": \"\"}}   | true",
                "{\"a\": {\"b\": [{\"exists\": true}]}}  | {\"a\": {\"c\": \"\"}}   | false",
                "{\"a\": {\"b\": [{\"exists\": true}]}}  | {\"a\": {\"b\": {}}}     | false",
                "{\"a\": [{\"exists\": false}]}     | {}                       | true",
                "{\"a\": [{\"exists\": false}]}     | {\"a\": \"x\"}           | false",
                "{\"a\": [\"x\"], \"b\": [\"y\"]}   | {\"a\": \"x\"}           | false"
            })
    void a_record_passes_if_it_has_all_that_a_pattern_names(String pattern, String record, boolean passes)
            throws IOException {
        assertThat(pattern(pattern).passes(json(record))).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                               | must be a JSON object",
                "{\"a\": \"x\"}                   | not known",
                "{\"a\": []}                      | not known",
                "{\"a\": [{\"prefix\": \"x\"}]}   | not known",
                "{\"a\": [{\"exists\": 1}]}       | not known"
            })
    void what_the_local_run_does_not_know_is_a_mistake(String pattern, String why) {
        assertThatThrownBy(() -> pattern(pattern))
                .isInstanceOf(Template.Mistake.class)
                .hasMessageContaining(why);
    }
}
