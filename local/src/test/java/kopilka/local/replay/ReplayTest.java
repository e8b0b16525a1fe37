package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.ledger.Balance;
import kopilka.ledger.Movement.Kind;
import kopilka.local.LocalCloud;
import kopilka.local.replay.Summary.RowClass;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The sample shop, replayed through the whole of the local cloud. */
final class ReplayTest {
    private static final Optional<Path> MEMORY = Optional.empty();

    @Test
    void every_row_is_accounted_for_and_neither_repetition_nor_the_queue_changes_the_state()
            throws IOException, InterruptedException {
        Summary summary;
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            summary = Samples.replay(cloud, MEMORY, false, row -> false);

            assertThat(summary.faults()).isEmpty();
            assertThat(summary.rows()).isEqualTo(28);
            assertThat(summary.classes())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            RowClass.ORDER, 9,
                            RowClass.REFUND, 5,
                            RowClass.SPLIT, 2,
                            RowClass.UNKNOWN, 3,
                            RowClass.REPEATED, 1,
                            RowClass.REJECTED, 8));
            assertThat(summary.rejections())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "amount is not a number", 1,
                            "currency is not one of ISO 4217", 1,
                            "currency_mismatch", 1,
                            "id stands for another row already", 1,
                            "invalid_field", 1,
                            "kind is neither order nor refund", 1,
                            "ordered_at is not a time", 1,
                            "refund_exceeds_order", 1));
            assertThat(summary.books().members()).isEqualTo(6);
            // Orders earn 61 + 20 + 30 + 0 + 20 + 15 + 25 + 9 + 80; refunds take back 10 + 21 + 10 + 30 + 5 + 8 + 40 +
            // 9.
            assertThat(summary.books().in(WalletId.POINTS).moved(Kind.ACCRUE)).isEqualTo(260);
            assertThat(summary.books().in(WalletId.POINTS).moved(Kind.REVERSE)).isEqualTo(133);
            assertThat(summary.books().in(WalletId.POINTS).moved(Kind.EXPIRE)).isEqualTo(70);
            assertThat(summary.books().in(WalletId.POINTS).balance()).isEqualTo(new Balance(17, 40, 0, 0));

            Summary again = Samples.replay(cloud, MEMORY, false, row -> false);
            assertThat(again.faults()).isEmpty();
            assertThat(again.fingerprint()).isEqualTo(summary.fingerprint());
            assertThat(again.books().postings()).isEqualTo(summary.books().postings());
            assertThat(again.classes()).isEqualTo(summary.classes());
        }
        same(summary, Samples.inMemory(List.of()));
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Summary queued = Samples.replay(cloud, MEMORY, true, row -> false);
            assertThat(queued.faults()).isEmpty();
            assertThat(queued.fingerprint()).isEqualTo(summary.fingerprint());
            assertThat(queued.classes()).isEqualTo(summary.classes());
            assertThat(queued.rejections()).containsEntry("left in the dead letters of the queue", 2);
        }
    }

    /** Without a cloud it comes to the same. */
    static void same(Summary byHttp, Summary inMemory) {
        assertThat(inMemory.faults()).isEmpty();
        assertThat(inMemory.fingerprint()).isEqualTo(byHttp.fingerprint());
        assertThat(inMemory.rejections()).isEqualTo(byHttp.rejections());
        // Who is swept when in the course of a day depends on the threads of the cloud.
        List<String> bySweep = List.of("postings of the sweep (they depend on its timing)");
        assertThat(figures(inMemory, bySweep)).isEqualTo(figures(byHttp, bySweep));
    }

    private static Map<String, Map<String, String>> figures(Summary summary, List<String> but) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        for (Summary.Section section : summary.sections()) {
            Map<String, String> figures = new LinkedHashMap<>(section.figures());
            figures.keySet().removeAll(but);
            figures.keySet().removeIf(name -> name.startsWith("version "));
            sections.put(section.title(), figures);
        }
        return sections;
    }

    @Test
    void in_memory_goes_without_what_needs_a_cloud() {
        String orders = Samples.file("orders.csv").toString();
        for (List<String> with : List.of(List.of("--queue"), List.of("--data", "x"), List.of("--report", "x.md"))) {
            List<String> arguments = new ArrayList<>(List.of("--orders", orders, "--in-memory"));
            arguments.addAll(with);
            assertThatThrownBy(() -> new ReplayJob().withoutCloud(arguments))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("it goes without --queue, --data and --report");
        }
        assertThat(new ReplayJob().withoutCloud(List.of("--orders", orders))).isEmpty();
    }

    @Test
    void in_memory_it_tells_the_same_and_what_it_took() throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "--in-memory",
                "--orders",
                Samples.file("orders.csv").toString(),
                "--lines",
                Samples.file("lines.csv").toString(),
                "--refund-links",
                Samples.file("refund-links.csv").toString(),
                "--zone",
                "Europe/London");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = new ReplayJob()
                .withoutCloud(arguments)
                .orElseThrow()
                .run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(Samples.inMemory(List.of()).fingerprint())
                .contains("reading the files")
                .contains("replaying them")
                .contains("auditing the accounts");
    }

    @Test
    void a_replay_that_was_stopped_goes_on_and_ends_in_the_same_state(@TempDir Path folder)
            throws IOException, InterruptedException {
        Optional<Path> data = Optional.of(folder);
        for (int stopAt : new int[] {7, 19}) {
            try (LocalCloud cloud = Samples.cloud(data)) {
                assertThat(catchThrowable(() -> Samples.replay(cloud, data, false, row -> row == stopAt)))
                        .isInstanceOf(Course.Stopped.class);
            }
        }
        Summary resumed;
        try (LocalCloud cloud = Samples.cloud(data)) {
            resumed = Samples.replay(cloud, data, false, row -> false);
            assertThat(resumed.faults()).isEmpty();

            // A complete run is followed by one from the beginning, which finds the same.
            Summary again = Samples.replay(cloud, data, false, row -> false);
            assertThat(again.before()).contains(resumed.fingerprint());
            assertThat(again.faults()).isEmpty();

            assertThat(catchThrowable(() -> new Replay(
                                    cloud,
                                    new Replay.Task(
                                            History.read(Samples.sources(), Samples.ZONE),
                                            "other files",
                                            "{}",
                                            List.of(),
                                            data,
                                            false,
                                            row -> false),
                                    System.err,
                                    false)
                            .run()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Summary straight = Samples.replay(cloud, MEMORY, false, row -> false);
            assertThat(resumed.fingerprint()).isEqualTo(straight.fingerprint());
            assertThat(resumed.classes()).isEqualTo(straight.classes());
            assertThat(resumed.rejections()).isEqualTo(straight.rejections());
        }
    }

    @Test
    void what_somebody_did_to_the_tables_is_a_fault_with_its_posting() throws IOException, InterruptedException {
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Samples.replay(cloud, MEMORY, false, row -> false);
            cloud.dynamoDb()
                    .updateItem(update -> update.tableName(cloud.tableName("PostingsTable"))
                            .key(Map.of("pk", AttributeValue.fromS(Replay.PROGRAM + "#order#P-1#paid")))
                            .updateExpression("SET balance.pending = :more")
                            .conditionExpression("attribute_exists(pk)")
                            .expressionAttributeValues(Map.of(":more", AttributeValue.fromN("1000000"))));

            assertThat(Samples.replay(cloud, MEMORY, false, row -> false).faults())
                    .anySatisfy(fault ->
                            assertThat(fault).startsWith("member ann, posting ").contains(" (order#P-1#paid): "));
        }
    }

    @Test
    void the_report_has_every_figure_and_no_folder_of_this_machine() throws IOException, InterruptedException {
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Summary summary = Samples.replay(cloud, MEMORY, false, row -> false);
            String markdown = Report.markdown(summary, "a sample", "mvn -q compile exec:exec", "{}", List.of());
            assertThat(markdown)
                    .startsWith("# Replay: a sample\n")
                    .contains("| all rows | 28 |")
                    .contains("| - refund_exceeds_order | 1 |")
                    .contains("| earned | 260 |")
                    .contains("| liability with pending points | 0.57 GBP |")
                    .contains("| state fingerprint | " + summary.fingerprint() + " |")
                    .doesNotContain("/resources/");
            assertThat(Report.text(summary)).contains("accounts audited").doesNotContain("Faults");
        }
    }
}
