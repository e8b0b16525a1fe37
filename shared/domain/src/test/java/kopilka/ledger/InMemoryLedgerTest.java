package kopilka.ledger;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;

class InMemoryLedgerTest extends LedgerContract {
    @Override
    protected Ledger emptyLedger() {
        return new InMemoryLedger();
    }

    @Test
    void the_page_that_ends_with_the_last_account_is_the_last() {
        ShopFixture shop = aShop(Rules.usual()).enrol("anna").enrol("boris");

        assertThat(shop.ledger()
                        .accounts(ShopFixture.PROGRAM, 2, Optional.empty())
                        .next())
                .isEmpty();
        Ledger.AccountPage first = shop.ledger().accounts(ShopFixture.PROGRAM, 1, Optional.empty());
        assertThat(first.accounts()).containsExactly(shop.account("anna"));
        assertThat(shop.ledger().accounts(ShopFixture.PROGRAM, 1, first.next()))
                .isEqualTo(new Ledger.AccountPage(List.of(shop.account("boris")), Optional.empty()));
    }

    @Test
    void what_is_due_at_one_moment_comes_by_program_and_then_by_member() {
        Ledger ledger = emptyLedger();
        List<MemberKey> sorted = List.of("a", "b").stream()
                .flatMap(program -> IntStream.range(100, 150)
                        .mapToObj(i -> new MemberKey(new ProgramId(program), new MemberId("m-" + i))))
                .filter(member -> Ledger.shardOf(member) == 3)
                .toList();
        assertThat(sorted).hasSizeGreaterThan(8);
        ShopFixture.Versions versions = new ShopFixture.Versions();
        Rules rules = Rules.usual();
        for (MemberKey member : sorted.reversed()) {
            versions.add(member.program(), rules.program(), java.time.Instant.EPOCH);
            ShopFixture shop = aShop(ledger, rules);
            Teller teller = new Teller(ledger, versions, shop::now, Teller.Pause.NONE);
            teller.carryOut(new kopilka.members.EnrolMember(member));
            teller.carryOut(new kopilka.accrual.RecordOrderEvent(
                    member,
                    new kopilka.order.OrderId(member.member().value()),
                    kopilka.order.OrderEventKind.PAID,
                    shop.now(),
                    Optional.of(orderOf(10_00))));
        }

        assertThat(ledger.due(3, java.time.Instant.MAX, 100, Optional.empty()).members())
                .isEqualTo(sorted);
    }
}
