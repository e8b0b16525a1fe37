package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.OperationId;
import kopilka.local.replay.Planned.Shape;
import kopilka.local.replay.Summary.RowClass;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import org.junit.jupiter.api.Test;

/** That a summary tells when something is wrong. */
final class SummaryTest {
    private static final OperationId PAID = OperationId.orderEvent(new OrderId("A"), OrderEventKind.PAID);
    private static final OperationId ENROLLED = OperationId.enrolled(new MemberId("x"));

    private static final String RULES = """
            {"format": 2, "name": "x", "currency": "EUR", "timeZone": "Europe/Kyiv",
             "wallets": {"points": {"unit": "points", "pending": {"from": "paid", "days": 0}}}, "rules": [],
             "refunds": {"shortfall": {"policy": "debt"}}}
            """;

    private static Summary summary(Books books, Optional<String> before, boolean byQueue) {
        Row row = new Row(
                1,
                "A",
                "x",
                OffsetDateTime.parse("2024-01-01T00:00:00Z"),
                BigDecimal.TEN,
                "EUR",
                Row.Kind.ORDER,
                Optional.empty(),
                List.of(),
                List.of());
        return new Summary(
                Map.of(),
                List.of(new Summary.Entry(row, Optional.of(Shape.ORDER), List.of(PAID), Optional.empty())),
                Map.of(),
                new Notes(),
                books,
                new Versions(List.of(Versions.Version.of(1, Instant.EPOCH, RULES))),
                Instant.EPOCH,
                before,
                byQueue);
    }

    private static Books books(List<String> faults, int unsettled, Set<OperationId> operations) {
        return new Books(
                1,
                faults,
                unsettled,
                new TreeMap<>(),
                new TreeMap<>(Map.of(1, new Books.Postings(2, 0))),
                Map.of(),
                Map.of(),
                Hash.START,
                operations);
    }

    @Test
    void nothing_is_wrong_where_every_row_has_its_posting_and_every_posting_its_row() {
        Summary summary = summary(books(List.of(), 0, Set.of(PAID, ENROLLED)), Optional.of(Hash.START.hex()), false);
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.classes()).containsEntry(RowClass.ORDER, 1);
    }

    @Test
    void a_row_without_a_posting_is_a_fault() {
        assertThat(summary(books(List.of(), 0, Set.of(ENROLLED)), Optional.empty(), false)
                        .faults())
                .containsExactly("row 1 has no posting");
    }

    @Test
    void what_the_queue_did_not_take_is_rejected_and_no_fault() {
        Summary summary = summary(books(List.of(), 0, Set.of(ENROLLED)), Optional.empty(), true);
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.rejections()).containsEntry("left in the dead letters of the queue", 1);
    }

    @Test
    void a_posting_without_a_row_is_a_fault() {
        OperationId other = OperationId.orderEvent(new OrderId("B"), OrderEventKind.PAID);
        assertThat(summary(books(List.of(), 0, Set.of(PAID, ENROLLED, other)), Optional.empty(), false)
                        .faults())
                .containsExactly("1 postings that no row explains");
    }

    @Test
    void another_state_than_before_a_fault_of_the_audit_and_an_unsettled_account_are_faults() {
        assertThat(summary(
                                books(List.of("member x, posting 2: TAMPERED"), 1, Set.of(PAID, ENROLLED)),
                                Optional.of("f"),
                                false)
                        .faults())
                .containsExactly(
                        "member x, posting 2: TAMPERED",
                        "1 accounts that the sweep left behind",
                        "the run before ended in another state: f");
    }
}
