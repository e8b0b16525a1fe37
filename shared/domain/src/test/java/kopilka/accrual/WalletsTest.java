package kopilka.accrual;

import static kopilka.ledger.ShopFixture.CASHBACK;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.day;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kopilka.ledger.Balance;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Term;
import kopilka.ledger.Wallet;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.Payment;
import kopilka.order.RedemptionId;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.PendingRule.From;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;

/** What orders do to the wallets of a program that has points, 1 for 1.00 EUR, and 5 percent of cashback. */
class WalletsTest {
    private static final Rules AT_ONCE = Rules.usual().pending(From.PAID, 0);

    private static ShopFixture shop(Rules rules) {
        return aShop(rules.andCashback()).enrol("anna");
    }

    private static Optional<OrderState> state(ShopFixture shop, String order) {
        var key = new StoredKey.OrderKey(ShopFixture.member("anna"), new OrderId(order));
        return shop.ledger().read(Set.of(key)).order(ShopFixture.member("anna"), new OrderId(order));
    }

    private static Order paidWithBoth(long total, long byPoints, long byCashback) {
        Order order = orderOf(total);
        return new Order(
                order.currency(),
                order.lines(),
                0,
                0,
                0,
                total,
                List.of(
                        new Payment("card", total - byPoints - byCashback, Optional.empty()),
                        new Payment(Payment.POINTS, byPoints, Optional.of(new RedemptionId("H-p"))),
                        new Payment(Payment.POINTS, byCashback, Optional.of(new RedemptionId("H-c")))),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void an_order_earns_in_each_wallet_by_the_days_of_that_wallet() {
        ShopFixture shop = aShop(
                        Rules.usual().andCashback(new PendingRule(From.PAID, 3), new ExpiryRule.AfterDays(10, false)))
                .enrol("anna");

        Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(100_00));

        assertThat(paid.earned())
                .containsOnly(
                        Map.entry(POINTS, new Earned(100, Optional.of(new Term(day("2026-03-15"), day("2027-03-15"))))),
                        Map.entry(
                                CASHBACK,
                                new Earned(5_00, Optional.of(new Term(day("2026-03-04"), day("2026-03-14"))))));
        shop.at("2026-03-04T12:00:00Z");
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 100, 0, 0));
        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(new Balance(5_00, 0, 0, 0));
        shop.at("2026-04-01T12:00:00Z").sweep("anna");
        assertThat(shop.balance("anna")).isEqualTo(new Balance(100, 0, 0, 0));
        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(Balance.ZERO);
        shop.audit("anna");
    }

    @Test
    void a_wallet_in_which_nothing_was_earned_leaves_no_trace() {
        ShopFixture shop = shop(Rules.usual());

        Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(19));
        shop.done(shop.refundOf("anna", "A-1", "R-1", 1));

        assertThat(paid.earned()).containsOnlyKeys(POINTS);
        assertThat(shop.postings("anna"))
                .allSatisfy(posting -> assertThat(posting.wallets()).doesNotContain(CASHBACK));
        assertThat(state(shop, "A-1").orElseThrow().wallets()).containsOnlyKeys(POINTS);
        assertThat(shop.account("anna").wallets()).isEmpty();
    }

    @Test
    void a_refund_takes_back_from_each_wallet_what_the_part_returned_had_earned_there() {
        ShopFixture shop = shop(Rules.usual());
        shop.pays("anna", "A-1", orderOf(100_00));

        Facts.Return effect = shop.returned(shop.refundOf("anna", "A-1", "R-1", 30_00));

        assertThat(effect.in(POINTS)).isEqualTo(new WalletReturn(70, 30, 0, 0, 0, 0, 0));
        assertThat(effect.in(CASHBACK)).isEqualTo(new WalletReturn(3_50, 1_50, 0, 0, 0, 0, 0));
        assertThat(shop.balance("anna", CASHBACK).available()).isEqualTo(3_50);
        shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED));
        assertThat(shop.account("anna").wallets()).isEmpty();
        shop.audit("anna");
    }

    @Test
    void what_is_spent_of_one_wallet_is_owed_there_and_paid_by_that_wallet_alone() {
        ShopFixture shop = shop(AT_ONCE);
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.spends("anna", "H-1", CASHBACK, 4_00);

        Posting posting = shop.done(shop.refundOf("anna", "A-1", "R-1", 100_00));

        assertThat(posting.balance(CASHBACK)).isEqualTo(new Balance(0, 0, 0, 4_00));
        assertThat(posting.balance(POINTS)).isEqualTo(Balance.ZERO);
        shop.pays("anna", "A-2", orderOf(60_00));
        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(new Balance(0, 0, 0, 1_00));
        assertThat(shop.balance("anna")).isEqualTo(new Balance(60, 0, 0, 0));
        shop.audit("anna");
    }

    @Test
    void the_cash_that_goes_back_pays_for_one_wallet_after_the_other() {
        ShopFixture shop = shop(AT_ONCE.minimum(100_00).shortfall(new Shortfall.Deduct()));
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.spends("anna", "H-1", 100);
        shop.spends("anna", "H-2", CASHBACK, 5_00);

        // What is kept is below the minimum: 100 points, worth 1.00, and 5.00 are to be taken back.
        Facts.Return effect = shop.returned(shop.refundOf("anna", "A-1", "R-1", 3_00));

        assertThat(effect.in(POINTS)).isEqualTo(new WalletReturn(0, 100, 0, 0, 100, 1_00, 0));
        assertThat(effect.in(CASHBACK)).isEqualTo(new WalletReturn(0, 5_00, 0, 0, 2_00, 2_00, 3_00));
        assertThat(shop.account("anna").wallets().values()).allMatch(wallet -> wallet.debt() == 0);
        shop.audit("anna");
    }

    @Test
    void the_shop_bears_up_to_its_limit_in_each_wallet() {
        ShopFixture shop = shop(AT_ONCE.shortfall(new Shortfall.WriteOff(60)));
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.spends("anna", "H-1", 100);
        shop.spends("anna", "H-2", CASHBACK, 5_00);

        Facts.Return first = shop.returned(shop.refundOf("anna", "A-1", "R-1", 10_00));
        Facts.Return rest = shop.returned(shop.refundOf("anna", "A-1", "R-2", 90_00));

        assertThat(first.in(POINTS)).isEqualTo(new WalletReturn(90, 10, 0, 0, 0, 0, 10));
        assertThat(first.in(CASHBACK)).isEqualTo(new WalletReturn(4_50, 50, 0, 0, 0, 0, 50));
        assertThat(rest.in(POINTS)).isEqualTo(new WalletReturn(0, 90, 0, 40, 0, 0, 50));
        assertThat(rest.in(CASHBACK)).isEqualTo(new WalletReturn(0, 4_50, 0, 4_40, 0, 0, 10));
        shop.audit("anna");
    }

    @Test
    void what_paid_for_an_order_goes_back_into_the_wallets_it_came_from() {
        ShopFixture shop = shop(AT_ONCE);
        shop.pays("anna", "A-1", orderOf(200_00));
        shop.spends("anna", "H-p", 200);
        shop.spends("anna", "H-c", CASHBACK, 4_00);
        shop.pays("anna", "A-2", paidWithBoth(20_00, 2_00, 4_00));

        Posting half = shop.done(shop.refundOf("anna", "A-2", "R-1", 10_00));
        Facts.Return rest = shop.returned(shop.refundOf("anna", "A-2", "R-2", 10_00));

        assertThat(half.movements())
                .filteredOn(movement -> movement.kind() == Kind.RESTORE)
                .extracting(Movement::wallet, Movement::points)
                .containsExactlyInAnyOrder(tuple(CASHBACK, 2_00L), tuple(POINTS, 100L));
        assertThat(rest.in(POINTS).restored()).isEqualTo(100);
        assertThat(rest.in(CASHBACK).restored()).isEqualTo(2_00);
        assertThat(shop.balance("anna").available()).isEqualTo(200);
        assertThat(shop.balance("anna", CASHBACK).available()).isEqualTo(10_00);
        shop.audit("anna");
    }

    @Test
    void what_is_given_back_in_one_wallet_is_no_cash_to_keep_back_for_another() {
        ShopFixture shop = shop(AT_ONCE.minimum(100_00).shortfall(new Shortfall.Deduct()));
        shop.pays("anna", "A-1", orderOf(200_00));
        shop.spends("anna", "H-p", 200);
        shop.spends("anna", "H-1", CASHBACK, 10_00);
        shop.pays("anna", "A-2", ShopFixture.paidWith(orderOf(100_00), "H-p", 2_00));
        shop.spends("anna", "H-2", CASHBACK, 4_90);

        // Of 3.00, 0.06 go back as points; what is kept is below the minimum, and the cashback is spent.
        Facts.Return effect = shop.returned(shop.refundOf("anna", "A-2", "R-1", 3_00));

        assertThat(effect.in(POINTS)).isEqualTo(new WalletReturn(0, 98, 6, 0, 0, 0, 0));
        assertThat(effect.in(CASHBACK)).isEqualTo(new WalletReturn(0, 4_90, 0, 0, 2_94, 2_94, 1_96));
        shop.audit("anna");
    }

    @Test
    void the_delivery_tells_their_days_to_those_wallets_that_wait_for_it() {
        ShopFixture shop = aShop(Rules.usual()
                        .andCashback(new PendingRule(From.DELIVERED, 2), new ExpiryRule.AfterDays(10, false)))
                .enrol("anna");
        Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(100_00));
        assertThat(paid.earned()).containsEntry(CASHBACK, new Earned(5_00, Optional.empty()));
        assertThat(shop.wallet("anna", CASHBACK).awaiting()).isEqualTo(5_00);

        Posting posting = shop.at("2026-03-05T09:00:00Z").done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));

        assertThat(posting.facts())
                .isEqualTo(new Facts.OrderDelivered(
                        new OrderId("A-1"),
                        shop.now(),
                        new TreeMap<>(Map.of(
                                POINTS, new Earned(100, Optional.of(new Term(day("2026-03-15"), day("2027-03-15")))),
                                CASHBACK,
                                        new Earned(
                                                5_00, Optional.of(new Term(day("2026-03-07"), day("2026-03-17"))))))));
        assertThat(posting.movements())
                .extracting(Movement::wallet, Movement::kind)
                .containsExactly(tuple(CASHBACK, Kind.SCHEDULE));
        shop.audit("anna");
    }

    @Test
    void a_delivery_for_which_nothing_waits_is_noted() {
        ShopFixture shop = aShop(Rules.usual()
                        .andCashback(new PendingRule(From.DELIVERED, 2), new ExpiryRule.AfterDays(10, false)))
                .enrol("anna");
        shop.pays("anna", "A-1", orderOf(19));

        assertThat(shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED))
                        .facts())
                .isInstanceOf(Facts.OrderNoted.class);
        shop.audit("anna");
    }

    @Test
    void what_waited_for_the_payment_takes_effect_in_each_wallet() {
        ShopFixture shop = aShop(Rules.usual()
                        .andCashback(new PendingRule(From.DELIVERED, 2), new ExpiryRule.AfterDays(10, false)))
                .enrol("anna");
        shop.done(shop.refundOf("anna", "A-1", "R-1", 10_00));
        shop.done(shop.refundOf("anna", "A-1", "R-2", 10_00));
        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));

        Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(100_00));

        assertThat(paid.effect().in(CASHBACK)).isEqualTo(new WalletReturn(4_00, 1_00, 0, 0, 0, 0, 0));
        assertThat(paid.effect().in(POINTS)).isEqualTo(new WalletReturn(80, 20, 0, 0, 0, 0, 0));
        assertThat(paid.earned().getOrDefault(CASHBACK, Earned.NONE))
                .isEqualTo(new Earned(5_00, Optional.of(new Term(day("2026-03-03"), day("2026-03-13")))));
        assertThat(shop.wallet("anna", CASHBACK).pending().total()).isEqualTo(4_00);
        shop.audit("anna");
    }

    @Test
    void a_referral_rewards_in_the_main_wallet() {
        ShopFixture shop = aShop(AT_ONCE.rewarding(500, 300, 10_00).andCashback())
                .enrol("boris")
                .enrol("anna");
        shop.recommends("boris", "anna");
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.deliverSignals("anna");

        assertThat(shop.balance("boris")).isEqualTo(new Balance(500, 0, 0, 0));
        assertThat(shop.account("boris").wallets()).containsOnlyKeys(POINTS);
        assertThat(shop.balance("anna")).isEqualTo(new Balance(400, 0, 0, 0));

        shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED));
        shop.audit("anna");
    }

    @Test
    void who_leaves_loses_what_is_in_any_wallet() {
        ShopFixture shop = shop(Rules.usual());
        shop.pays("anna", "A-1", orderOf(100_00));

        Posting closed = shop.close("anna");

        assertThat(closed.movements())
                .extracting(Movement::wallet, Movement::kind, Movement::points, Movement::reason)
                .contains(
                        tuple(CASHBACK, Kind.EXPIRE, 5_00L, Reason.ACCOUNT_CLOSED),
                        tuple(POINTS, Kind.REVERSE, 100L, Reason.ACCOUNT_CLOSED));
        assertThat(closed.balances()).isEmpty();
        assertThat(shop.wallet("anna", CASHBACK)).isNotEqualTo(Wallet.EMPTY);
        shop.audit("anna");
        assertThat(shop.returned(shop.refundOf("anna", "A-1", "R-1", 50_00)).in(CASHBACK))
                .isEqualTo(new WalletReturn(2_50, 0, 0, 0, 0, 0, 0));
        shop.audit("anna");
    }

    @Test
    void a_wallet_that_the_program_gave_up_is_still_there_for_its_orders() {
        ShopFixture shop = shop(AT_ONCE);
        shop.pays("anna", "A-1", orderOf(100_00));
        shop.later(Duration.ofDays(1)).changeRules(AT_ONCE);
        shop.pays("anna", "A-2", orderOf(100_00));

        assertThat(shop.balance("anna", CASHBACK)).isEqualTo(new Balance(5_00, 0, 0, 0));
        shop.returned(shop.refundOf("anna", "A-1", "R-1", 100_00));
        shop.returned(shop.refundOf("anna", "A-2", "R-1", 100_00));
        assertThat(shop.account("anna").wallets()).isEmpty();
        shop.audit("anna");
    }

    @Test
    void a_program_may_have_no_wallet_that_is_called_points() {
        WalletId stars = new WalletId("stars");
        ShopFixture shop = aShop(Rules.usual()
                        .pending(From.DELIVERED, 0)
                        .rewarding(500, 300, 10_00)
                        .calling(stars))
                .enrol("boris")
                .enrol("anna");
        shop.recommends("boris", "anna");

        assertThat(shop.pays("anna", "A-1", orderOf(100_00)).earned())
                .containsOnly(Map.entry(stars, new Earned(100, Optional.empty())));
        assertThat(shop.pays("anna", "A-0", orderOf(99)).earned()).isEmpty();
        shop.done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));
        shop.done(shop.event("anna", "A-0", OrderEventKind.DELIVERED));
        shop.deliverSignals("anna");
        assertThat(shop.balance("anna", stars)).isEqualTo(new Balance(400, 0, 0, 0));
        assertThat(shop.balance("boris", stars)).isEqualTo(new Balance(500, 0, 0, 0));

        shop.spends("anna", "H-1", 350);
        shop.spends("boris", "H-2", 200);
        shop.done(shop.event("anna", "A-1", OrderEventKind.CANCELLED));
        shop.done(kopilka.referral.ReferrerSide.of(shop.postings("anna").getLast())
                .orElseThrow());
        assertThat(shop.balance("anna", stars)).isEqualTo(new Balance(0, 0, 0, 350));
        assertThat(shop.balance("boris", stars)).isEqualTo(new Balance(0, 0, 0, 200));
        for (String member : List.of("anna", "boris")) {
            assertThat(shop.account(member).wallets()).containsOnlyKeys(stars);
            assertThat(shop.postings(member)).allMatch(Posting::isIntact);
            shop.audit(member);
        }
    }
}
