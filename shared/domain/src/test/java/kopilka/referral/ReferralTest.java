package kopilka.referral;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import kopilka.ledger.Balance;
import kopilka.ledger.Facts;
import kopilka.ledger.MemberId;
import kopilka.ledger.Movement;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.program.PendingRule.From;
import kopilka.program.RefundRules.Shortfall;
import org.junit.jupiter.api.Test;

class ReferralTest {
    private final ShopFixture shop =
            aShop(Rules.usual().rewarding(500, 300, 20_00)).enrol("anna").enrol("boris");

    @Test
    void both_sides_are_rewarded_when_the_referees_first_order_matures() {
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", orderOf(20_00));
        shop.deliverSignals("boris");

        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 500, 0, 0));
        assertThat(shop.balance("boris")).isEqualTo(new Balance(0, 320, 0, 0));
        shop.at("2026-03-14T22:00:00Z");
        assertThat(shop.balance("anna")).isEqualTo(new Balance(500, 0, 0, 0));
        assertThat(shop.balance("boris")).isEqualTo(new Balance(320, 0, 0, 0));
        shop.audit("anna");
        shop.audit("boris");
    }

    @Test
    void one_order_is_rewarded_and_no_other() {
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-0", orderOf(19_99));
        shop.pays("boris", "B-1", orderOf(20_00));
        shop.pays("boris", "B-2", orderOf(20_00));
        shop.deliverSignals("boris");
        shop.deliverSignals("boris");

        assertThat(shop.balance("anna").pending()).isEqualTo(500);
        assertThat(shop.balance("boris").pending()).isEqualTo(19 + 20 + 20 + 300);
    }

    @Test
    void where_points_wait_for_the_delivery_so_do_the_rewards() {
        ShopFixture careful = aShop(Rules.usual().pending(From.DELIVERED, 14).rewarding(500, 300, 20_00))
                .enrol("anna")
                .enrol("boris");
        careful.recommends("anna", "boris");
        careful.pays("boris", "B-1", orderOf(20_00));
        careful.deliverSignals("boris");
        assertThat(careful.balance("anna")).isEqualTo(Balance.ZERO);

        careful.done(careful.event("boris", "B-1", OrderEventKind.DELIVERED));
        careful.deliverSignals("boris");

        assertThat(careful.balance("anna").pending()).isEqualTo(500);
        assertThat(careful.balance("boris").pending()).isEqualTo(320);
    }

    @Test
    void a_refund_below_the_minimum_takes_both_rewards_back() {
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", order(line("1", 1, 15_00), line("2", 1, 15_00)));
        shop.deliverSignals("boris");
        shop.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 400);

        shop.refunded(shop.refundOf("boris", "B-1", "R-1", "1", 1));
        shop.deliverSignals("boris");

        assertThat(shop.balance("boris")).isEqualTo(new Balance(15, 0, 0, 0));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 0, 0, 400));
        shop.audit("anna");
        shop.audit("boris");

        shop.pays("boris", "B-2", orderOf(100_00));
        shop.deliverSignals("boris");
        assertThat(shop.balance("anna").debt()).isEqualTo(400);
    }

    @Test
    void a_small_refund_leaves_the_rewards() {
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", orderOf(30_00));
        shop.refunded(shop.refundOf("boris", "B-1", "R-1", 10_00));
        shop.deliverSignals("boris");

        assertThat(shop.balance("anna").pending()).isEqualTo(500);
        assertThat(shop.balance("boris").pending()).isEqualTo(320);
    }

    @Test
    void a_reward_that_was_taken_back_before_it_came_is_never_paid() {
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", orderOf(30_00));
        shop.done(shop.event("boris", "B-1", OrderEventKind.CANCELLED));
        var signals = shop.postings("boris").stream()
                .flatMap(posting -> ReferrerSide.of(posting).stream())
                .toList();
        assertThat(signals).hasSize(2);

        for (Operation late : signals.reversed()) {
            shop.done(late);
        }

        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        assertThat(shop.balance("boris")).isEqualTo(Balance.ZERO);
    }

    @Test
    void a_refund_that_came_before_the_order_leaves_no_reward_either_way() {
        shop.recommends("anna", "boris");
        shop.done(shop.refundOf("boris", "B-1", "R-1", 15_00));
        shop.pays("boris", "B-1", orderOf(30_00));
        shop.deliverSignals("boris");

        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        assertThat(shop.balance("boris")).isEqualTo(new Balance(0, 15, 0, 0));
        assertThat(shop.account("boris").referral().orElseThrow().ended()).isTrue();
    }

    @Test
    void nobody_recommends_oneself() {
        assertThat(shop.refused(attach("anna", "anna"))).isEqualTo(new Refusal.SelfReferral());
    }

    @Test
    void nobody_is_recommended_twice() {
        shop.recommends("anna", "boris");
        shop.enrol("clara");
        Teller.Answer again = shop.carryOut(attach("anna", "boris"));
        assertThat(again).isInstanceOf(Teller.Answer.Done.class);
        assertThat(shop.carryOut(attach("clara", "boris"))).isInstanceOf(Teller.Answer.Conflict.class);
    }

    @Test
    void who_was_there_before_is_no_new_customer() {
        assertThat(shop.refused(attach("boris", "anna"))).isEqualTo(new Refusal.ExistingCustomer());
        shop.pays("boris", "B-1", orderOf(1_00));
        assertThat(shop.refused(attach("anna", "boris"))).isEqualTo(new Refusal.ExistingCustomer());
    }

    @Test
    void referrals_never_close_to_a_cycle() {
        shop.recommends("anna", "boris");
        assertThat(shop.refused(attach("boris", "anna"))).isEqualTo(new Refusal.ReferralCycle());
        shop.enrol("clara");
        shop.recommends("boris", "clara");
        assertThat(shop.refused(attach("clara", "anna"))).isEqualTo(new Refusal.ExistingCustomer());
    }

    @Test
    void a_code_is_one_members_for_good() {
        Posting first = shop.done(new IssueReferralCode(member("anna"), new ReferralCode("ONE")));
        Posting again = shop.done(new IssueReferralCode(member("anna"), new ReferralCode("TWO")));

        assertThat(again).isEqualTo(first);
        assertThat(((Facts.CodeIssued) first.facts()).code()).isEqualTo(new ReferralCode("ONE"));
        assertThat(shop.refused(new IssueReferralCode(member("boris"), new ReferralCode("ONE"))))
                .isEqualTo(new Refusal.CodeTaken());
        assertThat(shop.refused(new AttachReferee(member("boris"), new ReferralCode("TWO"))))
                .isEqualTo(new Refusal.CodeNotFound());
    }

    /** Anna spent 400 of the 500 points that her recommendation of Boris brought, and he returns his order. */
    private Posting takenBack(Shortfall policy) {
        ShopFixture shop = aShop(Rules.usual().rewarding(500, 300, 20_00).shortfall(policy))
                .enrol("anna")
                .enrol("boris");
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", orderOf(30_00));
        shop.deliverSignals("boris");
        shop.at("2026-04-01T00:00:00Z").spends("anna", "H-1", 400);
        shop.refunded(shop.refundOf("boris", "B-1", "R-1", 30_00));
        shop.deliverSignals("boris");
        shop.audit("anna");
        return shop.postings("anna").getLast();
    }

    private static Facts.RewardTakenBack takenBack(long debt, long writtenOff) {
        return new Facts.RewardTakenBack(new MemberId("boris"), new OrderId("B-1"), POINTS, 500, debt, writtenOff);
    }

    private static long moved(Posting posting, Movement.Kind kind) {
        return posting.movements().stream()
                .filter(movement -> movement.kind() == kind)
                .mapToLong(Movement::points)
                .sum();
    }

    @Test
    void a_reward_that_is_spent_is_borne_by_whom_the_program_says() {
        Posting owed = takenBack(new Shortfall.Debt());
        assertThat(owed.facts()).isEqualTo(takenBack(400, 0));
        assertThat(moved(owed, Movement.Kind.INCUR_DEBT)).isEqualTo(400);

        Posting given = takenBack(new Shortfall.Deduct());
        assertThat(given.facts()).isEqualTo(takenBack(0, 400));
        assertThat(moved(given, Movement.Kind.WRITE_OFF)).isEqualTo(400);
        assertThat(given.balance(POINTS)).isEqualTo(Balance.ZERO);

        Posting shared = takenBack(new Shortfall.WriteOff(150));
        assertThat(shared.facts()).isEqualTo(takenBack(250, 150));
        assertThat(moved(shared, Movement.Kind.WRITE_OFF)).isEqualTo(150);
        assertThat(shared.balance(POINTS)).isEqualTo(new Balance(0, 0, 0, 250));
    }

    @Test
    void a_reward_is_taken_back_from_the_one_who_got_it_and_from_nobody_else() {
        shop.enrol("clara");
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", orderOf(30_00));
        shop.deliverSignals("boris");
        var signal = new ReferralSignal.Disqualified(new MemberId("clara"), new OrderId("B-1"));

        Posting posting = shop.done(new TakeBackReward(member("clara"), new MemberId("boris"), signal));

        assertThat(posting.movements()).isEmpty();
        assertThat(shop.balance("anna").pending()).isEqualTo(500);
    }

    @Test
    void who_has_left_is_neither_rewarded_nor_charged() {
        shop.recommends("anna", "boris");
        shop.pays("boris", "B-1", orderOf(30_00));
        shop.close("anna");
        shop.deliverSignals("boris");
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);

        shop.done(shop.event("boris", "B-1", OrderEventKind.CANCELLED));
        shop.deliverSignals("boris");
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }

    @Test
    void who_has_left_recommends_nobody_and_is_recommended_by_nobody() {
        AttachReferee attach = attach("anna", "boris");
        shop.enrol("clara").close("clara");
        assertThat(shop.refused(new AttachReferee(member("clara"), attach.code())))
                .isEqualTo(new Refusal.MemberClosed());
        assertThat(shop.refused(new IssueReferralCode(member("clara"), new ReferralCode("CLARA"))))
                .isEqualTo(new Refusal.MemberClosed());
        shop.close("anna");
        assertThat(shop.refused(attach)).isEqualTo(new Refusal.CodeNotFound());
    }

    private AttachReferee attach(String referrer, String referee) {
        ReferralCode code = new ReferralCode(referrer.toUpperCase(java.util.Locale.ROOT));
        shop.carryOut(new IssueReferralCode(member(referrer), code));
        return new AttachReferee(member(referee), code);
    }
}
