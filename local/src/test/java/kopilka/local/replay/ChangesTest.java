package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.ledger.Balance;
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
        return new DynamoDbLedger(cloud.dynamoDb(), cloud.tableName("AccountsTable"), cloud.tableName("PostingsTable"))
                .history(new MemberKey(Replay.PROGRAM, new MemberId(member)), Long.MAX_VALUE, 100);
    }

    @Test
    void orders_earn_and_are_taken_back_under_the_version_that_held_when_they_were_paid()
            throws IOException, InterruptedException {
        Summary summary;
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            summary = Samples.replay(cloud, changes(), MEMORY, false, row -> false);
            assertThat(summary.faults()).isEmpty();
            ReplayTest.same(summary, Samples.inMemory(changes()));
            assertThat(summary.versions().list().stream().map(summary.versions()::since))
                    .containsExactly(
                            LocalDate.parse("2024-01-04"),
                            LocalDate.parse("2024-02-03"),
                            LocalDate.parse("2024-10-01"));
            assertThat(summary.books().postings().keySet()).containsExactly(1, 2, 3);
            assertThat(summary.books().postings().values().stream().map(Books.Postings::business))
                    .containsExactly(14L, 10L, 3L);
            // Orders earn 61 + 20 + 30 + 20, then 0 + 22 + 25 + 9, then 64 + 100; refunds take back 10 + 21 + 10 + 30 +
            // 5,
            // then 8 + 9, then 32.
            assertThat(summary.books().in(WalletId.POINTS).moved(Kind.ACCRUE)).isEqualTo(351);
            assertThat(summary.books().in(WalletId.POINTS).moved(Kind.REVERSE)).isEqualTo(125);
            assertThat(summary.books().in(WalletId.POINTS).balance()).isEqualTo(new Balance(17, 132, 0, 0));

            // Paid in the last hour of the first version, and returned on the first day of the second.
            assertThat(paid(cloud, "bob", "P-5")).isEqualTo(new Paid(1, 20));
            assertThat(refunded(cloud, "bob", "P-5")).isEqualTo(new Paid(1, 5));
            // On a Sunday half as many again.
            assertThat(paid(cloud, "dan", "P-6")).isEqualTo(new Paid(2, 22));
            assertThat(paid(cloud, "fay", "P-15")).isEqualTo(new Paid(3, 164));
            assertThat(refunded(cloud, "fay", "P-15")).isEqualTo(new Paid(3, 32));
            // Paid under the second version, returned under the third.
            assertThat(paid(cloud, "ann", "P-14")).isEqualTo(new Paid(2, 9));
            assertThat(refunded(cloud, "ann", "P-14")).isEqualTo(new Paid(2, 9));

            assertThat(Report.markdown(summary, "a sample", "mvn", Samples.document(), changes()))
                    .contains("- The program changes on the way.")
                    .contains("From 2024-10-01 on:")
                    .contains("| version 2, since 2024-02-03 | 10, and ")
                    .contains("## Wallet cashback")
                    .contains("| members who are bronze | 3 |");

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
                        .isInstanceOf(Course.Stopped.class);
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
    void a_change_with_errors_stops_the_replay_in_memory_too() throws IOException {
        List<Change> bad = List.of(new Change(
                LocalDate.parse("2024-10-01"),
                Samples.document("program-of-rules.json").replace("Europe/London", "Europe/Kyiv")));
        assertThatThrownBy(() -> Samples.inMemory(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the program of 2024-10-01 has errors: /timeZone: ");
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
    void a_program_that_somebody_else_changed_is_left_alone() throws IOException, InterruptedException {
        try (LocalCloud cloud = Samples.cloud(MEMORY)) {
            Samples.replay(cloud, changes(), MEMORY, false, row -> false);
            List<Change> moved = List.of(
                    changes().getFirst(),
                    new Change(
                            LocalDate.parse("2024-10-02"), changes().getLast().document()));
            assertThatThrownBy(() -> Samples.replay(cloud, moved, MEMORY, false, row -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("version 3 since 2024-09-30T23:00:00Z that is none of this replay");
            assertThatThrownBy(() -> Samples.replay(cloud, changes().subList(0, 1), MEMORY, false, row -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("version 3 since 2024-09-30T23:00:00Z that is none of this replay");
        }
    }

    @Test
    void arguments_that_make_no_sense_are_named() {
        LocalCloud.Options options =
                LocalCloud.Options.of(LocalCloud.nearestTemplate().orElseThrow());
        String orders = Samples.file("orders.csv").toString();
        Map.of(
                        List.of("--change", "2010-04-01"),
                        "--change needs DATE=FILE",
                        List.of("--change", "April=" + orders),
                        "--change needs DATE=FILE",
                        List.of("--change", "2010-04-01=nowhere.json"),
                        "--change 2010-04-01: there is no file nowhere.json",
                        List.of("--change", "2010-04-01=" + orders, "--change", "2010-04-01=" + orders),
                        "--change 2010-04-01 must be after the one before it, 2010-04-01",
                        List.of("--changes", "mine"),
                        "--changes takes demo alone",
                        List.of("--changes", "demo", "--change", "2010-04-01=" + orders),
                        "--changes demo goes without --change")
                .forEach((wrong, message) -> {
                    List<String> arguments = new ArrayList<>(List.of("--orders", orders));
                    arguments.addAll(wrong);
                    assertThatThrownBy(() -> new ReplayJob().prepare(arguments, options))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(message);
                });
    }

    @Test
    void changes_are_within_the_days_of_the_orders_one_after_the_other() {
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
