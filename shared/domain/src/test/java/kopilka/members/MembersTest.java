package kopilka.members;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kopilka.ledger.Balance;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;

class MembersTest {
    private final ShopFixture shop = aShop(Rules.usual()).enrol("anna");

    @Test
    void nobody_joins_a_program_that_is_not_there() {
        MemberKey nowhere = new MemberKey(new ProgramId("nowhere"), new MemberId("anna"));

        assertThat(shop.refused(new EnrolMember(nowhere))).isEqualTo(new Refusal.ProgramNotFound());
        assertThat(shop.refused(new CloseAccount(nowhere, Optional.empty()))).isEqualTo(new Refusal.ProgramNotFound());
    }

    @Test
    void who_is_not_a_member_cannot_leave() {
        assertThat(shop.refused(new CloseAccount(member("boris"), Optional.empty())))
                .isEqualTo(new Refusal.MemberNotFound());
    }

    @Test
    void who_leaves_loses_all_points_and_the_first_reason_stands() {
        shop.pays("anna", "A-1", orderOf(10_00));
        CloseAccount leaves = new CloseAccount(member("anna"), Optional.of("moved"));

        assertThat(shop.done(leaves).balance(POINTS)).isEqualTo(Balance.ZERO);
        assertThat(shop.carryOut(leaves)).isInstanceOf(Teller.Answer.Done.class);
        assertThat(shop.carryOut(new CloseAccount(member("anna"), Optional.of("died"))))
                .isInstanceOf(Teller.Answer.Conflict.class);
        assertThat(shop.account("anna").isClosed()).isTrue();
        shop.audit("anna");
    }
}
