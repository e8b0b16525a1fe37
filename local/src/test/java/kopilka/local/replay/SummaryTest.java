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
import java.util.stream.Collectors;
import kopilka.ledger.Balance;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.OperationId;
import kopilka.local.replay.Planned.Shape;
import kopilka.local.replay.Summary.RowClass;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.program.WalletId;
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

    private static final String WITH_CASHBACK = """
            {"format": 2, "name": "x", "currency": "EUR", "timeZone": "Europe/Kyiv",
             "wallets": {
              "points": {"unit": "points", "pending": {"from": "paid", "days": 0},
               "redemption": {"worth": {"points": 100, "amount": "1.00"}}},
              "cashback": {"unit": "money", "pending": {"from": "paid", "days": 0}, "redemption": {}},
              "stars": {"unit": "points", "pending": {"from": "paid", "days": 0}}},
             "rules": [], "refunds": {"shortfall": {"policy": "debt"}}}
            """;

    private static Summary summary(Books books, Optional<String> before, boolean byQueue) {
        return summary(books, RULES, before, byQueue);
    }

    private static Summary summary(Books books, String rules, Optional<String> before, boolean byQueue) {
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
                new Versions(List.of(Versions.Version.of(1, Instant.EPOCH, rules))),
                Instant.EPOCH,
                before,
                byQueue);
    }

    private static Books books(List<String> faults, int unsettled, Set<OperationId> operations) {
        return books(faults, unsettled, Map.of(), operations);
    }

    private static Books books(
            List<String> faults, int unsettled, Map<WalletId, Books.Sums> wallets, Set<OperationId> operations) {
        return new Books(
                1,
                faults,
                unsettled,
                new TreeMap<>(wallets),
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
    void each_wallet_is_told_in_its_unit_and_what_can_be_spent_is_owed() {
        Map<WalletId, Books.Sums> wallets = Map.of(
                WalletId.POINTS,
                new Books.Sums(new Balance(120, 50, 30, 0), Map.of(), 0),
                new WalletId("cashback"),
                new Books.Sums(new Balance(200, 30, 0, 0), Map.of(Kind.ACCRUE, 230L), 0),
                new WalletId("stars"),
                new Books.Sums(new Balance(7, 0, 0, 0), Map.of(), 0));
        Map<String, Map<String, String>> told = summary(
                        books(List.of(), 0, wallets, Set.of(PAID, ENROLLED)), WITH_CASHBACK, Optional.empty(), false)
                .sections()
                .stream()
                .collect(Collectors.toMap(Summary.Section::title, Summary.Section::figures));

        assertThat(told.get("Points")).containsEntry("held at the end", "30");
        assertThat(told.get("Wallet cashback"))
                .containsEntry("earned", "2.30 EUR")
                .containsEntry("available at the end", "2.00 EUR");
        assertThat(told.get("Wallet stars")).containsEntry("available at the end", "7");
        assertThat(told.get("Members and money"))
                .containsEntry("liability: worth of available points", "3.50 EUR")
                .containsEntry("liability with pending points", "4.30 EUR");
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
