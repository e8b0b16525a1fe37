package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kopilka.ledger.Facts;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.Posting;
import kopilka.local.LocalCloud;
import kopilka.order.OrderId;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample shop, replayed under a program that changes twice. */
final class ChangesTest {
    private static final Optional<Path> MEMORY = Optional.empty();

    private static List<Change> changes() throws IOException {
        return List.of(
                new Change(LocalDate.parse("2024-02-03"), Samples.document("program-of-rules.json")),
                new Change(LocalDate.parse("2024-10-01"), Samples.document("program-of-other-rules.json")));
    }

    /** How many points an order earned, by the version that it was paid under. */
    private record Paid(int version, long points) {}

    private static Paid paid(LocalCloud cloud, String member, String order) {
        return history(cloud, member).stream()
                .filter(posting -> posting.facts() instanceof Facts.OrderPaid paid
                        && paid.order().equals(new OrderId(order)))
                .map(posting -> new Paid(posting.programVersion(), moved(posting, Kind.ACCRUE)))
                .findFirst()
                .orElseThrow();
    }

    /** How many points a refund took back of an order, by the version that it went by. */
    private static Paid refunded(LocalCloud cloud, String member, String order) {
        return history(cloud, member).stream()
                .filter(posting -> posting.facts() instanceof Facts.Refunded refunded
                        && refunded.order().equals(new OrderId(order)))
                .map(posting -> new Paid(posting.programVersion(), moved(posting, Kind.REVERSE)))
                .findFirst()
                .orElseThrow();
    }

    private static long moved(Posting posting, Kind kind) {
        return posting.movements().stream()
                .filter(movement -> movement.kind() == kind && movement.wallet().equals(WalletId.POINTS))
                .mapToLong(movement -> movement.points())
                .sum();
    }

    private static List<Posting> history(LocalCloud cloud, String member) {
        return new kopilka.dynamodb.DynamoDbLedger(
                        cloud.dynamoDb(), cloud.tableName("AccountsTable"), cloud.tableName("PostingsTable"))
                .history(new MemberKey(Replay.PROGRAM, new MemberId(member)), Long.MAX_VALUE, 100);
    }

    @Test
    void orders_earn_and_are_taken_back_under_the_version_that_held_when_they_were_paid()
            throws IOException, InterruptedException {
        Summary summary;
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            summary = Samples.replay(cloud, changes(), MEMORY, false, row -> false);
            assertThat(summary.faults()).isEmpty();
            for (String m : List.of("ann", "bob", "dan", "eve", "fay", "cat")) {
                for (Posting p : history(cloud, m).reversed()) {
                    System.out.println("DEBUG " + m + " v" + p.programVersion() + " " + p.operation() + " "
                            + p.movements().stream()
                                    .map(x -> x.kind() + ":" + x.wallet() + ":" + x.points())
                                    .toList() + " " + p.tierChanges());
                }
            }
            System.out.println(Report.text(summary));

            // On the last day of the first version, and on the first of the second.
            assertThat(paid(cloud, "bob", "P-5")).isEqualTo(new Paid(1, 20));
            assertThat(refunded(cloud, "bob", "P-5")).isEqualTo(new Paid(1, 5));
            // Half as many again on a Sunday, of which nobody had heard before.
            assertThat(paid(cloud, "dan", "P-6")).isEqualTo(new Paid(2, 22));
            assertThat(paid(cloud, "fay", "P-15")).isEqualTo(new Paid(3, 164));
            assertThat(refunded(cloud, "fay", "P-15")).isEqualTo(new Paid(3, 32));
            // Paid under the second version, returned under the third.
            assertThat(refunded(cloud, "ann", "P-14").version()).isEqualTo(2);

            Summary again = Samples.replay(cloud, changes(), MEMORY, false, row -> false);
            assertThat(again.faults()).isEmpty();
            assertThat(again.versions().list()).hasSize(3);
            assertThat(again.books().postings()).isEqualTo(summary.books().postings());
            assertThat(again.fingerprint()).isEqualTo(summary.fingerprint());
        }
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Summary queued = Samples.replay(cloud, changes(), MEMORY, true, row -> false);
            assertThat(queued.faults()).isEmpty();
            assertThat(queued.fingerprint()).isEqualTo(summary.fingerprint());
        }
    }

    @Test
    void a_stopped_replay_goes_on_without_publishing_twice(@TempDir Path folder)
            throws IOException, InterruptedException {
        Optional<Path> data = Optional.of(folder);
        for (int stopAt : new int[] {0, 9, 19}) {
            try (LocalCloud cloud = Samples.cloud(data)) {
                assertThat(catchThrowable(() -> Samples.replay(cloud, changes(), data, false, row -> row == stopAt)))
                        .isInstanceOf(Replay.Stopped.class);
            }
        }
        Summary resumed;
        try (LocalCloud cloud = Samples.cloud(data)) {
            resumed = Samples.replay(cloud, changes(), data, false, row -> false);
            assertThat(resumed.faults()).isEmpty();
            assertThat(resumed.versions().list()).hasSize(3);
            assertThat(resumed.versions().list().stream()
                            .map(resumed.versions()::since)
                            .skip(1))
                    .containsExactly(LocalDate.parse("2024-02-03"), LocalDate.parse("2024-10-01"));
        }
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Summary straight = Samples.replay(cloud, changes(), MEMORY, false, row -> false);
            assertThat(resumed.fingerprint()).isEqualTo(straight.fingerprint());
        }
    }

    @Test
    void a_change_that_the_api_refuses_stops_the_replay_before_its_first_row() throws IOException {
        List<Change> bad = List.of(
                changes().getFirst(),
                new Change(
                        LocalDate.parse("2024-10-01"),
                        Samples.document("program-of-other-rules.json")
                                .replace("\"percent\": \"2\"", "\"percent\": \"x\"")));
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            assertThatThrownBy(() -> Samples.replay(cloud, bad, MEMORY, false, row -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the program of 2024-10-01 is refused: /rules/5/then/0/earn/percent: ");
            assertThat(cloud.invocations("OrdersFunction")).isZero();
        }
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            List<Change> another = List.of(new Change(
                    LocalDate.parse("2024-10-01"),
                    Samples.document("program-of-rules.json").replace("Europe/London", "Europe/Kyiv")));
            assertThatThrownBy(() -> Samples.replay(cloud, another, MEMORY, false, row -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the program of 2024-10-01 is refused: /timeZone: ");
        }
    }

    @Test
    void changes_are_within_the_days_of_the_orders_one_after_the_other() throws IOException {
        LocalDate first = LocalDate.parse("2024-01-05");
        LocalDate last = LocalDate.parse("2024-11-03");
        assertThatThrownBy(() -> Change.check(List.of(new Change(first, "{}")), first, last))
                .hasMessageContaining("2024-01-05 is not within the orders");
        assertThatThrownBy(() -> Change.check(List.of(new Change(last.plusDays(1), "{}")), first, last))
                .hasMessageContaining("2024-11-04 is not within the orders");
        assertThatThrownBy(() -> Change.check(List.of(new Change(last, "{}"), new Change(last, "{}")), first, last))
                .hasMessageContaining("2024-11-03 is not after the one before it");
        Change.check(List.of(new Change(first.plusDays(1), "{}"), new Change(last, "{}")), first, last);
    }
}
