package kopilka.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import kopilka.local.Invocation;
import kopilka.local.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function counts what it audits and what it finds where the alarms look, and its log names it. */
class AuditFunctionTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    /** What the function logs in one run. */
    private List<JsonNode> run(AuditedShop shop) throws IOException {
        int before = log().size();
        String event = Files.readString(AuditedShop.template().resolveSibling("events/audit/schedule.json"));
        assertThat(shop.cloud().invoke("AuditFunction", event)).isInstanceOf(Invocation.Answered.class);
        List<JsonNode> log = log();
        return log.subList(before, log.size());
    }

    private List<JsonNode> log() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("log"))) {
            int json = line.indexOf(" AuditFunction: {");
            if (json >= 0) {
                lines.add(MAPPER.readTree(line.substring(line.indexOf('{'))));
            }
        }
        return lines;
    }

    private static Template.Section alarm(AuditedShop shop, String name) {
        return shop.cloud().template().resource(name).properties();
    }

    /** A metric is what an alarm looks at if namespace, name and every dimension are the same. */
    private static void assertIsWatched(JsonNode line, Template.Section alarm) {
        JsonNode metrics = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(metrics.path("Namespace").asText()).isEqualTo(alarm.text("Namespace"));
        assertThat(StreamSupport.stream(metrics.path("Metrics").spliterator(), false)
                        .map(metric -> metric.path("Name").asText()))
                .contains(alarm.text("MetricName"));
        JsonNode dimensions = metrics.at("/Dimensions/0");
        assertThat(dimensions).hasSameSizeAs(alarm.sections("Dimensions"));
        for (Template.Section dimension : alarm.sections("Dimensions")) {
            String name = dimension.text("Name");
            assertThat(dimensions).anyMatch(one -> one.asText().equals(name));
            assertThat(line.path(name).asText()).isEqualTo(dimension.text("Value"));
        }
        assertThat(line.path(alarm.text("MetricName")).isIntegralNumber()).isTrue();
    }

    @Test
    void what_is_found_is_counted_and_named() throws IOException {
        try (AuditedShop shop = AuditedShop.open(folder).trade()) {
            List<JsonNode> sound = run(shop);
            assertThat(sound).hasSize(1);
            assertThat(sound.getFirst().path("AuditedAccounts").asInt()).isEqualTo(2);
            assertThat(sound.getFirst().path("AuditFindings").asInt()).isEqualTo(0);
            assertThat(sound.getFirst().at("/_aws/Timestamp").asLong())
                    .isEqualTo(shop.cloud().clock().millis());
            assertIsWatched(sound.getFirst(), alarm(shop, "AuditFoundSomething"));
            assertIsWatched(sound.getFirst(), alarm(shop, "AuditMissing"));

            shop.tamper("order#boris-1#paid");
            List<JsonNode> unsound = run(shop);
            assertThat(unsound.getLast().path("AuditedAccounts").asInt()).isEqualTo(2);
            assertThat(unsound.getLast().path("AuditFindings").asInt()).isEqualTo(unsound.size() - 1);
            JsonNode named = unsound.getFirst();
            assertThat(named.path("level").asText()).isEqualTo("ERROR");
            assertThat(named.path("event").asText()).isEqualTo("audit_finding");
            assertThat(named.path("requestId").asText()).isNotEmpty();
            assertThat(named.path("program").asText()).isEqualTo("tea");
            assertThat(named.path("member").asText()).isEqualTo("boris");
            assertThat(named.path("sequence").asText()).isEqualTo("2");
            assertThat(named.path("operation").asText()).isEqualTo("order#boris-1#paid");
            assertThat(named.path("flaw").asText()).isEqualTo("tampered");
            // Every line of a finding has these names and no other: nothing of what an order was, or of a person.
            assertThat(unsound.subList(0, unsound.size() - 1))
                    .allSatisfy(line -> assertThat(line.fieldNames())
                            .toIterable()
                            .isSubsetOf(
                                    "timestamp",
                                    "level",
                                    "event",
                                    "requestId",
                                    "flaw",
                                    "program",
                                    "member",
                                    "sequence",
                                    "operation"));
        }
    }

    @Test
    void the_schedule_of_the_template_runs_it() throws IOException {
        try (AuditedShop shop = AuditedShop.open(folder).trade()) {
            shop.cloud().fireSchedules();

            assertThat(shop.cloud().invocations("AuditFunction")).isEqualTo(1);
            assertThat(log().getLast().path("AuditedAccounts").asInt()).isEqualTo(2);
        }
    }
}
