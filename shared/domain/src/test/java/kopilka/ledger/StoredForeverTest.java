package kopilka.ledger;

import static kopilka.ledger.ShopFixture.PROGRAM;
import static kopilka.ledger.ShopFixture.day;
import static kopilka.ledger.ShopFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;
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
                        Movement.Kind.ACCRUE,
                        0,
                        Bucket.OUTSIDE,
                        Bucket.PENDING,
                        Optional.of(term),
                        Instant.EPOCH,
                        Reason.ORDER_PAID))
                .isInstanceOf(ArithmeticException.class);
    }
}
