package kopilka.accrual;

import static kopilka.ledger.ShopFixture.EUR;
import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import kopilka.ledger.Account;
import kopilka.ledger.Balance;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.Refusal;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller;
import kopilka.ledger.Wallet;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.program.PendingRule.From;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrderEventTest {
    private final ShopFixture shop = aShop(Rules.usual()).enrol("anna");

    @Test
    void a_paid_order_earns_pending_points_that_mature_when_the_return_window_is_over() {
        Facts.OrderPaid paid = shop.pays("anna", "A-1", orderOf(100_00));

        assertThat(paid.earned()
                        .getOrDefault(POINTS, Earned.NONE)
                        .term()
                        .orElseThrow()
                        .availableFrom())
                .isEqualTo("2026-03-15");
        assertThat(paid.earned()
                        .getOrDefault(POINTS, Earned.NONE)
                        .term()
                        .orElseThrow()
                        .expires())
                .isEqualTo("2027-03-15");
        assertThat(shop.balance("anna")).isEqualTo(new Balance(0, 100, 0, 0));
        // The start of 15 March in Kyiv.
        assertThat(shop.at("2026-03-14T21:59:59Z").balance("anna")).isEqualTo(new Balance(0, 100, 0, 0));
        assertThat(shop.at("2026-03-14T22:00:00Z").balance("anna")).isEqualTo(new Balance(100, 0, 0, 0));
    }

    @Test
    void with_a_window_of_no_days_points_are_available_at_once() {
        ShopFixture quick = aShop(Rules.usual().pending(From.PAID, 0)).enrol("anna");
        quick.pays("anna", "A-1", orderOf(100_00));

        assertThat(quick.balance("anna")).isEqualTo(new Balance(100, 0, 0, 0));
    }

    @Test
    void placed_and_delivered_are_recorded_and_move_nothing_where_the_window_runs_from_the_payment() {
        shop.done(shop.event("anna", "A-1", OrderEventKind.PLACED, orderOf(100_00)));
        assertThat(shop.balance("anna")).isEqualTo(Balance.ZERO);
        shop.pays("anna", "A-1", orderOf(100_00));

        shop.later(Duration.ofDays(2)).done(shop.event("anna", "A-1", OrderEventKind.DELIVERED));

        assertThat(shop.wallet("anna").pending().list().getFirst().term().availableFrom())
                .isEqualTo("2026-03-15");
    }

    @Test
    void each_event_counts_once_and_other_content_is_a_conflict() {
        RecordOrderEvent payment = shop.payment("anna", "A-1", orderOf(100_00));
        Posting first = shop.done(payment);

        for (int i = 0; i < 100; i++) {
            assertThat(shop.carryOut(payment)).isEqualTo(new Teller.Answer.Done(first, true));
        }
        assertThat(shop.carryOut(shop.payment("anna", "A-1", orderOf(100_01))))
                .isInstanceOf(Teller.Answer.Conflict.class);
        shop.enrol("boris");
        assertThat(shop.carryOut(shop.payment("boris", "A-1", orderOf(100_00))))
                .isInstanceOf(Teller.Answer.Conflict.class);
        assertThat(shop.postings("anna")).hasSize(2);
        assertThat(shop.balance("boris")).isEqualTo(Balance.ZERO);
    }

    @Test
    void an_order_is_earned_under_the_version_in_force_when_it_was_paid_however_late_it_comes() {
        RecordOrderEvent late = shop.payment("anna", "A-1", orderOf(100_00));
        shop.later(Duration.ofDays(3)).changeRules(Rules.usual().earning(5, 100));

        Posting posting = shop.later(Duration.ofDays(1)).done(late);

        assertThat(posting.programVersion()).isEqualTo(1);
        assertThat(posting.balance(POINTS).pending()).isEqualTo(100);
    }

    static Stream<Arguments> orders_that_are_refused() {
        Order fine = orderOf(100_00);
        return Stream.of(
                Arguments.of(
                        new Order(EUR, fine.lines(), 0, 0, 0, 99_99, List.of(), Optional.empty(), Optional.empty()),
                        new Refusal.OrderInvalid(Order.Fault.TOTAL_MISMATCH)),
                Arguments.of(
                        new Order(EUR, fine.lines(), 1, 1, 1, 100_00, List.of(), Optional.empty(), Optional.empty()),
                        new Refusal.OrderInvalid(Order.Fault.TOTAL_MISMATCH)),
                Arguments.of(
                        new Order(
                                EUR,
                                fine.lines(),
                                20_00,
                                0,
                                100_01,
                                19_99,
                                List.of(),
                                Optional.empty(),
                                Optional.empty()),
                        new Refusal.OrderInvalid(Order.Fault.DISCOUNT_ABOVE_LINES)),
                Arguments.of(
                        order(line("1", 1, 1_00), line("1", 1, 1_00)),
                        new Refusal.OrderInvalid(Order.Fault.LINE_ID_TWICE)),
                Arguments.of(order(), new Refusal.OrderInvalid(Order.Fault.LINES)),
                Arguments.of(
                        new Order(
                                EUR,
                                fine.lines(),
                                0,
                                0,
                                0,
                                100_00,
                                List.of(new kopilka.order.Payment("card", 99_00, Optional.empty())),
                                Optional.empty(),
                                Optional.empty()),
                        new Refusal.OrderInvalid(Order.Fault.PAYMENTS_MISMATCH)),
                Arguments.of(
                        new Order(
                                Currency.getInstance("USD"),
                                fine.lines(),
                                0,
                                0,
                                0,
                                100_00,
                                List.of(),
                                Optional.empty(),
                                Optional.empty()),
                        new Refusal.CurrencyMismatch(EUR)));
    }

    @ParameterizedTest
    @MethodSource("orders_that_are_refused")
    void an_order_that_contradicts_itself_is_refused_and_changes_nothing(Order order, Refusal refusal) {
        assertThat(shop.refused(shop.payment("anna", "A-1", order))).isEqualTo(refusal);
        assertThat(shop.postings("anna")).hasSize(1);
    }

    @Test
    void an_event_from_far_ahead_or_of_another_age_is_refused() {
        RecordOrderEvent event = shop.at("2026-03-03T09:00:00Z").payment("anna", "A-1", orderOf(1_00));
        shop.at("2026-03-02T08:59:59Z");
        assertThat(shop.refused(event)).isInstanceOf(Refusal.TimeInFuture.class);
        shop.at("1989-01-01T00:00:00Z");
        RecordOrderEvent ancient = shop.payment("anna", "A-1", orderOf(1_00));
        shop.at("2026-03-02T00:00:00Z");
        assertThat(shop.refused(ancient)).isInstanceOf(Refusal.TimeTooOld.class);
    }

    @Test
    void who_is_not_enrolled_or_has_left_earns_nothing() {
        assertThat(shop.refused(shop.payment("nobody", "A-1", orderOf(1_00))))
                .isInstanceOf(Refusal.MemberNotFound.class);
        shop.close("anna");
        assertThat(shop.refused(shop.payment("anna", "A-1", orderOf(1_00)))).isInstanceOf(Refusal.MemberClosed.class);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("windows_and_seeds")
    void events_doubled_and_shuffled_end_in_the_same_account(From from, long seed) {
        Rules rules = Rules.usual()
                .pending(from, 14)
                .earning(7, 300)
                .earningOn("a", 11, 170)
                .minimum(5_00);
        Wallet expected = play(rules, new Random(seed), List.of());
        List<Integer> turns = new ArrayList<>();
        for (int copy = 0; copy < 100; copy++) {
            for (int event = 0; event < EVENTS; event++) {
                turns.add(event);
            }
        }
        for (int shuffle = 0; shuffle < 10; shuffle++) {
            Collections.shuffle(turns, new Random(seed * 1_000 + shuffle));
            assertThat(play(rules, new Random(seed), turns))
                    .as("seed %d, shuffle %d", seed, shuffle)
                    .isEqualTo(expected);
        }
    }

    private static final int EVENTS = 9;

    static Stream<Arguments> windows_and_seeds() {
        return Stream.of(From.values())
                .flatMap(from -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(from, seed)));
    }

    /** Two orders, one delivered, one cancelled, with five refunds; in turn, or once each in their own sequence. */
    private static Wallet play(Rules rules, Random random, List<Integer> turns) {
        ShopFixture shop = aShop(rules).enrol("anna");
        Order one = order(
                line("1", 3, random.nextInt(10_000)),
                line("2", 5, random.nextInt(10_000), "a"),
                line("3", 1, 1_000 + random.nextInt(10_000)));
        Order two = order(line("1", 2, random.nextInt(10_000)), line("2", 2, random.nextInt(10_000), "a"));
        List<Operation> events = new ArrayList<>();
        events.add(shop.payment("anna", "A-1", one));
        events.add(shop.payment("anna", "A-2", two));
        shop.later(Duration.ofDays(1));
        events.add(shop.event("anna", "A-1", OrderEventKind.DELIVERED));
        events.add(shop.refundOf("anna", "A-1", "R-1", "1", 1));
        events.add(shop.refundOf("anna", "A-1", "R-2", "1", 1));
        events.add(shop.refundOf("anna", "A-1", "R-3", "2", 1 + random.nextInt(5)));
        events.add(shop.refundOf("anna", "A-1", "R-4", random.nextInt(500)));
        events.add(shop.refundOf("anna", "A-2", "R-1", "1", 1));
        events.add(shop.event("anna", "A-2", OrderEventKind.CANCELLED));
        assertThat(events).hasSize(EVENTS);
        List<Integer> sequence = turns.isEmpty() ? List.of(0, 1, 2, 3, 4, 5, 6, 7, 8) : turns;
        for (int event : sequence) {
            assertThat(shop.carryOut(events.get(event))).isInstanceOf(Teller.Answer.Done.class);
        }
        shop.audit("anna");
        assertThat(shop.postings("anna")).hasSize(EVENTS + 1);
        Account account = shop.account("anna");
        assertThat(account.early()).isEmpty();
        return account.wallet(POINTS);
    }
}
