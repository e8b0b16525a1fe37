package kopilka.local.cost;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import kopilka.local.LocalCloud;
import kopilka.local.cost.Bill.Group;
import kopilka.local.cost.Bill.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostTest {
    private static final Path TEMPLATE = LocalCloud.nearestTemplate().orElseThrow();
    private static final Path DOCS =
            Objects.requireNonNull(TEMPLATE.getParent()).resolve("docs");

    /** As little as there can be: 1 GB, no traces, no metrics, one queue, one table, a sweep an hour, an audit a day. */
    private static final Deployment SMALL = new Deployment(
            new BigDecimal(1024),
            false,
            false,
            3,
            30,
            174,
            60,
            60,
            1,
            false,
            1,
            new BigDecimal("730.00"),
            new BigDecimal("30.42"));

    private static Shop shop(String arguments) {
        return Shop.parse(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
    }

    private static Bill bill(String arguments, Deployment deployment) {
        return Bill.of(shop(arguments), deployment, Quantities.counted(), PriceList.usual());
    }

    private static Map<String, String> amounts(Bill bill, Group group) {
        return bill.terms().stream()
                .filter(term -> term.group() == group)
                .collect(Collectors.toMap(
                        Term::what, term -> term.amount().stripTrailingZeros().toPlainString()));
    }

    @Test
    void a_bill_is_quantities_times_prices_to_the_last_decimal() {
        Bill bill = bill("--orders 1000 --lines 50 --millis 30 --cold 10 --cold-millis 500 --months 1", SMALL);
        BigDecimal reads = Quantities.counted().order().reads();

        assertThat(amounts(bill, Group.REQUESTS))
                // 1,000 of 1.00 a million.
                .containsEntry("API requests", "0.001")
                // 1,000 and as many authorizations, since there are fewer requests than minutes.
                .containsEntry("Lambda invocations", "0.0004")
                // 2,000 × 0.03 GB-s × 0.0000133334.
                .containsEntry("Lambda at work", "0.000800004")
                // 20 × 0.5 GB-s × 0.0000133334.
                .containsEntry("Lambda, cold starts", "0.000133334")
                // 5,000 of 0.625 a million.
                .containsEntry("Table writes", "0.003125")
                .containsEntry(
                        "Table reads",
                        reads.add(BigDecimal.ONE)
                                .multiply(new BigDecimal("0.000125"))
                                .stripTrailingZeros()
                                .toPlainString())
                // 1,000 × 200 bytes of 0.50 a GB.
                .containsEntry("Log of the API", "0.0001")
                .doesNotContainKeys("Queue", "Traces");
        // 1,000 × 860 bytes of 0.25 a GB.
        assertThat(amounts(bill, Group.KEPT))
                .containsEntry("Tables", "0.000215")
                .containsEntry("Indexes", "0.000215")
                .containsEntry("Point-in-time recovery", "0.000172");
        assertThat(amounts(bill, Group.ROUND_THE_CLOCK))
                .containsEntry("Alarms", "0.3")
                // 15 × 43,800 of 0.40 a million.
                .containsEntry("Waiting at queues", "0.2628")
                .doesNotContainKey("Metrics of each route");
        assertThat(bill.total())
                .isEqualByComparingTo(
                        bill.total(Group.REQUESTS).add(bill.total(Group.KEPT)).add(bill.total(Group.ROUND_THE_CLOCK)));
    }

    @Test
    void the_queue_takes_the_place_of_the_api() {
        Map<String, String> amounts = amounts(bill("--orders 1000 --queued 100", SMALL), Group.REQUESTS);
        assertThat(amounts)
                .doesNotContainKeys("API requests", "Log of the API", "Data out")
                .containsEntry("Lambda invocations", "0.0002")
                .containsEntry("Queue", "0.0012")
                .containsEntry("Table writes", "0.003125");
    }

    @Test
    void traces_are_one_a_second_of_each_function_and_a_twentieth_of_the_rest() {
        Deployment traced = new Deployment(
                SMALL.memory(), true, true, 3, 30, 174, 60, 60, 1, true, 1, SMALL.sweeps(), SMALL.audits());
        // Of three million: 2,628,000 and a twentieth of 372,000; so of the postings passed over; and 43,800
        // authorizations.
        assertThat(amounts(bill("--orders 3000000", traced), Group.REQUESTS)).containsEntry("Traces", "26.685");
        assertThat(amounts(bill("--orders 1 --balances 1", traced), Group.ROUND_THE_CLOCK))
                .containsEntry("Metrics of each route", "3.6");
    }

    /** The row of an operation in the decision's table: its cells, without blanks. */
    private static List<String> row(String operation) throws IOException {
        String document = Files.readString(DOCS.resolve("decisions/0001-data-model.md"));
        return document.lines()
                .filter(line -> line.startsWith("| " + operation + " |"))
                .map(line -> List.of(line.substring(2).split(" *\\| *")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + operation));
    }

    /** A figure that the meter of request units left. */
    private static Optional<String> units(String what, String unit) throws IOException {
        JsonNode figures = Documents.file(DOCS.resolve("performance/units.json"));
        return figures.valueStream()
                .filter(figure -> figure.path("what").asText().equals(what)
                        && figure.path("unit").asText().equals(unit))
                .map(figure -> figure.path("figure")
                        .decimalValue()
                        .stripTrailingZeros()
                        .toPlainString())
                .findFirst();
    }

    @Test
    void what_is_counted_is_what_the_meter_and_the_decision_on_the_data_model_publish() throws IOException {
        JsonNode counted = Documents.resource("quantities.json");
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : counted.properties()) {
            JsonNode json = entry.getValue();
            if (json.has("figure")) {
                String what = json.path("figure").asText();
                for (String kind : List.of("writes", "reads")) {
                    String said = json.path(kind).asText();
                    String unit = kind.substring(0, kind.length() - 1) + " units";
                    if (json.has(kind) && !units(what, unit).equals(Optional.of(said))) {
                        wrong.add(entry.getKey() + ": " + said + " " + kind + ", measured " + units(what, unit));
                    }
                }
            }
            if (json.has("row")
                    && !json.path("posting")
                            .asText()
                            .equals(row(json.path("row").asText()).get(3))) {
                wrong.add(entry.getKey() + ": the posting");
            }
        }
        assertThat(wrong).isEmpty();
        Quantities quantities = Quantities.counted();
        for (String lines : List.of("5", "50", "500")) {
            List<String> row = row("order of " + lines + " lines");
            BigInteger count = new BigInteger(lines);
            assertThat(quantities.orderWrites(count)).as(lines).isEqualByComparingTo(row.get(1));
            assertThat(quantities.orderPosting(count))
                    .as(lines)
                    .isEqualTo(new BigInteger(row.get(3).replace(",", "")));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 534", "1, 534", "5, 534", "6, 540", "50, 760", "51, 764", "500, 2508", "501, 2512"})
    void between_what_was_measured_an_order_has_the_bytes_of_the_line_that_joins_it(String lines, String bytes) {
        assertThat(Quantities.counted().orderPosting(new BigInteger(lines))).isEqualTo(bytes);
    }

    /** Run {@code mvn -q compile exec:exec -Dargs="cost page"} where it fails. */
    @Test
    void the_page_shows_what_the_tool_prints() throws IOException {
        String document = Files.readString(DOCS.resolve("cost.md"));
        assertThat(document).contains("<!-- cost --orders 1000000 -->");
        assertThat(CostPage.rendered(document)).isEqualTo(document);
        assertThat(CostPage.figures().json()).isEqualTo(Files.readString(DOCS.resolve("performance/cost.json")));
    }

    @Test
    void an_order_that_is_due_next_and_a_first_one_move_the_index() {
        // 100 × 5, 10 joins × 5, 10 first orders, 25 × 2.
        assertThat(amounts(bill("--orders 100 --joins 10 --due 25", SMALL), Group.REQUESTS))
                .containsEntry("Table writes", "0.00038125");
    }

    @Test
    void other_prices_make_another_bill(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("prices.json");
        String list = Documents.resource("prices.json").toString();
        Files.writeString(file, list.replace("\"1.00\"", "\"2.00\""));
        Bill dearer = Bill.of(shop("--orders 1000000"), SMALL, Quantities.counted(), PriceList.read(file));
        assertThat(dearer.total().subtract(bill("--orders 1000000", SMALL).total()))
                .isEqualByComparingTo("1");

        Files.writeString(file, list.replaceFirst("1000000", "1024"));
        assertThatThrownBy(() -> PriceList.read(file)).hasMessageContaining("1024");
        Files.writeString(file, list.replaceFirst("api-request", "api-requests"));
        PriceList incomplete = PriceList.read(file);
        assertThatThrownBy(() -> Bill.of(shop("--orders 1"), SMALL, Quantities.counted(), incomplete))
                .hasMessageContaining("api-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--order 1",
                "--orders",
                "--orders x",
                "--orders -1",
                "--orders 1.5",
                "--orders 1 --orders 2",
                "--queued 101",
                "--keyed 101",
                "--due 101",
                "--cold 1001",
                "orders 1",
                "--orders 9999999999999999"
            })
    void what_makes_no_sense_on_the_command_line_is_refused(String arguments) {
        assertThatThrownBy(() -> shop(arguments)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_near_the_money_is_a_floating_point_number() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("kopilka.local.cost");
        noFields()
                .should()
                .haveRawType(double.class)
                .orShould()
                .haveRawType(float.class)
                .check(classes);
        noClasses()
                .should()
                .callMethod(BigDecimal.class, "doubleValue")
                .orShould()
                .callMethod(BigDecimal.class, "valueOf", double.class)
                .orShould()
                .callConstructor(BigDecimal.class, double.class)
                .check(classes);
    }
}
