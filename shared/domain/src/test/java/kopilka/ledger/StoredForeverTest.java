package kopilka.ledger;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.PROGRAM;
import static kopilka.ledger.ShopFixture.day;
import static kopilka.ledger.ShopFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kopilka.money.Money;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundId;
import kopilka.order.Returned;
import kopilka.program.ProgramId;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;

/** What stored items depend on: were one of these another, what is stored already would not be found or not be believed. */
class StoredForeverTest {
    @Test
    void values_are_hashed_with_their_lengths_and_in_network_order() {
        Digest digest = new Digest();
        digest.text("n\u00e9")
                .number(258)
                .number(-1)
                .flag(true)
                .flag(false)
                .instant(Instant.ofEpochSecond(1_772_355_600, 5))
                .optional(Optional.<String>empty(), digest::text)
                .optional(Optional.of("x"), digest::text)
                .each(List.of(7L, 8L), digest::number);

        // By sha256sum, from the bytes written out.
        assertThat(digest.hash()).hasToString("8c359ecd4f734f28df6fb5c04867cb98fcba5f6a812cceb20db1df097d54c541");
    }

    @Test
    void an_orders_mark_stays_what_it_is() {
        assertThat(Account.mark(new OrderId("A-17"))).isEqualTo(1981234);
    }

    @Test
    void a_member_stays_in_the_shard_where_it_is() {
        assertThat(Ledger.shardOf(member("anna"))).isEqualTo(5);
        assertThat(Ledger.shardOf(member("boris"))).isEqualTo(4);
        assertThat(Ledger.shardOf(new MemberKey(new ProgramId("other"), new MemberId("anna"))))
                .isEqualTo(0);
        assertThat(Ledger.shardOf(new MemberKey(new ProgramId("shop-7"), new MemberId("m-1"))))
                .isEqualTo(1);
    }

    @Test
    void every_key_belongs_to_the_program_of_its_member() {
        MemberKey anna = member("anna");
        assertThat(List.of(
                        new StoredKey.AccountKey(anna),
                        new StoredKey.OrderKey(anna, new OrderId("A-1")),
                        new StoredKey.UseKey(anna, new RedemptionId("H-1")),
                        new StoredKey.CodeKey(PROGRAM, new ReferralCode("ANNA"))))
                .extracting(StoredKey::program)
                .containsOnly(PROGRAM);
    }

    @Test
    void names_are_written_as_they_are() {
        assertThat(OperationId.enrolled(new MemberId("anna"))).hasToString("member#anna#enrolled");
        assertThat(new ReferralCode("ANNA")).hasToString("ANNA");
        assertThat(Hash.START).hasToString("0".repeat(64));
    }

    @Test
    void neither_a_lot_nor_a_movement_is_of_nothing() {
        Term term = new Term(day("2026-01-01"), day("2027-01-01"));
        assertThatThrownBy(() -> new Lot(term, 0)).isInstanceOf(ArithmeticException.class);
        assertThat(new Lot(term, 1).points()).isEqualTo(1);
        assertThatThrownBy(() -> new Movement(
                        WalletId.POINTS,
                        Movement.Kind.ACCRUE,
                        0,
                        Bucket.OUTSIDE,
                        Bucket.PENDING,
                        Optional.of(term),
                        Instant.EPOCH,
                        Reason.ORDER_PAID))
                .isInstanceOf(ArithmeticException.class);
    }

    // ------------------------------------------------------------------------------------------------ two wallets

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00.000000005Z");
    private static final Term TERM = new Term(day("2026-01-01"), day("2027-01-01"));

    private static Posting posting(
            long sequence,
            OperationId operation,
            List<Movement> movements,
            Facts facts,
            Map<WalletId, Balance> balances,
            OperationId previous) {
        return new Posting(
                member("anna"),
                sequence,
                operation,
                new Hash("ab".repeat(32)),
                NINE,
                3,
                movements,
                facts,
                Optional.empty(),
                List.of(),
                new TreeMap<>(balances),
                Optional.of(previous),
                Hash.START,
                Hash.START);
    }

    private static Movement movement(
            WalletId wallet, Movement.Kind kind, long points, Bucket from, Bucket to, Reason reason) {
        return new Movement(wallet, kind, points, from, to, Optional.of(TERM), NINE, reason);
    }

    @Test
    void other_wallets_are_hashed_behind_what_is_said_of_points() {
        OperationId held = OperationId.held(new RedemptionId("H-1"));
        Money worth = new Money(250, EUR);
        Posting ofHold = posting(
                7,
                held,
                List.of(
                        movement(
                                WalletId.POINTS,
                                Movement.Kind.MATURE,
                                10,
                                Bucket.PENDING,
                                Bucket.AVAILABLE,
                                Reason.WINDOW_OVER),
                        movement(CASHBACK, Movement.Kind.HOLD, 250, Bucket.AVAILABLE, Bucket.HELD, Reason.CHECKOUT)),
                new Facts.Held(
                        new RedemptionId("H-1"),
                        CASHBACK,
                        250,
                        worth,
                        NINE.plusSeconds(1800),
                        new Money(5000, EUR),
                        Optional.of(new OrderId("A-9"))),
                Map.of(WalletId.POINTS, new Balance(10, 0, 0, 0), CASHBACK, new Balance(100, 0, 250, 0)),
                OperationId.enrolled(new MemberId("anna")));
        Facts.Return both = new Facts.Return(
                500,
                new TreeMap<>(Map.of(
                        WalletId.POINTS,
                        new Facts.WalletReturn(1, 2, 3, 4, 5, 6, 7),
                        CASHBACK,
                        new Facts.WalletReturn(10, 20, 30, 40, 50, 60, 70))));
        Posting ofRefund = posting(
                8,
                OperationId.refund(new OrderId("A-9"), new RefundId("R-1")),
                List.of(movement(CASHBACK, Movement.Kind.REVERSE, 20, Bucket.AVAILABLE, Bucket.OUTSIDE, Reason.REFUND)),
                new Facts.Refunded(
                        new OrderId("A-9"),
                        new RefundId("R-1"),
                        NINE,
                        new Returned(new TreeMap<>(Map.of(0, 1000L)), 0, 0),
                        both),
                Map.of(WalletId.POINTS, new Balance(0, 0, 0, 4), CASHBACK, new Balance(0, 0, 0, 40)),
                held);

        // By sha256sum, from the bytes written out.
        assertThat(PostingDigest.of(ofHold))
                .hasToString("42243379faefb9231faaed99c257ec96048ac9969f7eb2eda81a30534bffe391");
        assertThat(PostingDigest.of(ofRefund))
                .hasToString("542e476a96be217730a49d8519fcd9144d0b7f5ea097d0569b366d3a788d9299");
    }

    @Test
    void a_wallet_may_be_called_like_anything_that_is_hashed() {
        OperationId held = OperationId.held(new RedemptionId("H-1"));
        List<Hash> hashes = new ArrayList<>();
        for (String name : List.of("points", "wallet", "earned", "settled", "held", "a")) {
            for (String balance : List.of("wallet", "settled", "a")) {
                hashes.add(PostingDigest.of(posting(
                        7,
                        held,
                        List.of(movement(
                                new WalletId(name),
                                Movement.Kind.HOLD,
                                1,
                                Bucket.AVAILABLE,
                                Bucket.HELD,
                                Reason.CHECKOUT)),
                        new Facts.Settled(),
                        Map.of(new WalletId(balance), new Balance(1, 0, 0, 0)),
                        held)));
            }
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }
}
