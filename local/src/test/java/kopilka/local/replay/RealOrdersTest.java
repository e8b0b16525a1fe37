package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kopilka.ledger.Movement.Kind;
import kopilka.local.LocalCloud;
import kopilka.local.replay.Summary.RowClass;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;

/** The first weeks of a real shop, where its orders are at hand: they are not ours to publish. */
final class RealOrdersTest {
    private static final int ROWS = 600;

    @Test
    void a_slice_of_a_real_year_is_accounted_for() throws IOException, InterruptedException {
        History slice = slice();
        try (LocalCloud cloud = Samples.cloud(Optional.empty())) {
            Summary summary = Samples.replay(cloud, slice, Optional.empty(), false, row -> false);
            assertThat(summary.faults()).isEmpty();
            ReplayTest.same(summary, Samples.inMemory(slice, List.of()));
            assertThat(summary.rows()).isEqualTo(ROWS);
            assertThat(summary.classes()).containsEntry(RowClass.REJECTED, 0).containsEntry(RowClass.ORDER, (int)
                    slice.rows().stream()
                            .filter(row -> row.kind() == Row.Kind.ORDER)
                            .count());
        }
    }

    @Test
    void a_slice_of_a_real_year_is_accounted_for_under_a_program_that_changes()
            throws IOException, InterruptedException {
        History slice = slice();
        List<Change> changes = List.of(
                new Change(LocalDate.parse("2009-12-03"), Samples.document("program-of-rules.json")),
                new Change(LocalDate.parse("2009-12-06"), Samples.document("program-of-other-rules.json")));
        try (LocalCloud cloud = Samples.cloud(Optional.empty())) {
            Summary summary = Samples.replay(
                    cloud,
                    new Replay.Task(
                            slice, "changes", Samples.document(), changes, Optional.empty(), false, row -> false));
            assertThat(summary.faults()).isEmpty();
            assertThat(summary.classes()).containsEntry(RowClass.REJECTED, 0);
            assertThat(summary.books().postings().keySet()).containsExactly(1, 2, 3);
            assertThat(summary.books().in(new WalletId("cashback")).moved(Kind.ACCRUE))
                    .isPositive();
        }
    }

    private static History slice() throws IOException {
        Path folder = data().resolve("online-retail");
        boolean there = Files.isReadable(folder.resolve("orders.csv.gz"));
        if (!there) {
            System.out.println("SKIPPED: the replay of real orders. Put the folder of the data, which has"
                    + " online-retail/orders.csv.gz, into KOPILKA_DATA");
        }
        assumeTrue(there, "KOPILKA_DATA names no folder of real orders");
        History year = History.read(
                new History.Sources(
                        folder.resolve("orders.csv.gz"),
                        Optional.of(folder.resolve("lines.csv.gz")),
                        Optional.of(folder.resolve("refund_links.csv.gz"))),
                Samples.ZONE);
        assertThat(year.unreadable()).isEmpty();
        return new History(year.rows().subList(0, ROWS), year.unreadable());
    }

    private static Path data() {
        String named = Optional.ofNullable(System.getProperty("KOPILKA_DATA"))
                .or(() -> Optional.ofNullable(System.getenv("KOPILKA_DATA")))
                .orElse("../shared/data");
        Path repository =
                LocalCloud.nearestTemplate().orElseThrow().toAbsolutePath().getParent();
        return repository == null ? Path.of(named) : repository.resolve(named);
    }
}
