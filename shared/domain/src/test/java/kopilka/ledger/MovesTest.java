package kopilka.ledger;

import static kopilka.ledger.ShopFixture.day;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.ledger.Movement.Kind;
import kopilka.order.RedemptionId;
import kopilka.program.ExpiryRule;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What moves in a wallet, in which sequence and when; told in UTC. */
class MovesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final LocalDate FIRST = day("2026-01-01");

    private static Term term(String from, String expires) {
        return new Term(day(from), day(expires));
    }

    private static Lots lots(Lot... lots) {
        return Lots.of(List.of(lots));
    }

    private static Wallet pending(Lot... lots) {
        return new Wallet(0, lots(lots), Lots.NONE, List.of(), 0, Lots.NONE);
    }

    private static Wallet available(Lot... lots) {
        return new Wallet(0, Lots.NONE, lots(lots), List.of(), 0, Lots.NONE);
    }

    private static SortedMap<WalletId, Wallet> points(Wallet wallet) {
        return new TreeMap<>(Map.of(POINTS, wallet));
    }

    private static Moves moves(Wallet wallet, String now) {
        return new Moves(points(wallet), UTC, Instant.parse(now));
    }

    private static Moves settled(Wallet wallet, String now) {
        Moves moves = moves(wallet, now);
        moves.settle();
        return moves;
    }

    // ------------------------------------------------------------------------------------------------ merging

    /** So many lots of one point, each a week after the one before but one, which comes a day earlier. */
    private static List<Lot> weekly(int size, int close) {
        List<Lot> lots = new ArrayList<>();
        LocalDate expires = day("2027-01-01");
        for (int i = 0; i < size; i++) {
            expires = expires.plusDays(i == close + 1 ? 6 : 7);
            lots.add(new Lot(new Term(FIRST, expires), 1));
        }
        return lots;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200, Wallet.MAX_LOTS - 1})
    void of_one_lot_too_many_the_two_that_are_closest_become_one_with_the_later_days(int close) {
        List<Lot> lots = weekly(Wallet.MAX_LOTS + 1, close);

        Moves moves = settled(available(lots.toArray(Lot[]::new)), "2026-06-01T00:00:00Z");

        List<Lot> expected = new ArrayList<>(lots);
        expected.set(close + 1, new Lot(lots.get(close + 1).term(), 2));
        expected.remove(close);
        assertThat(moves.in(POINTS).wallet().available().list()).isEqualTo(expected);
        assertThat(moves.movements())
                .extracting(Movement::kind, Movement::term, Movement::from, Movement::to)
                .containsExactly(
                        tuple(Kind.MERGE, Optional.of(lots.get(close).term()), Bucket.AVAILABLE, Bucket.OUTSIDE),
                        tuple(Kind.MERGE, Optional.of(lots.get(close + 1).term()), Bucket.OUTSIDE, Bucket.AVAILABLE));
    }

    @Test
    void of_lots_that_are_equally_close_the_first_two_become_one() {
        List<Lot> lots = weekly(Wallet.MAX_LOTS + 1, Wallet.MAX_LOTS + 1);

        Moves moves = settled(available(lots.toArray(Lot[]::new)), "2026-06-01T00:00:00Z");

        assertThat(moves.in(POINTS).wallet().available().list().getFirst())
                .isEqualTo(new Lot(lots.get(1).term(), 2));
    }

    @Test
    void as_many_lots_as_may_be_stay_apart() {
        List<Lot> lots = weekly(Wallet.MAX_LOTS, 7);

        Moves moves = settled(available(lots.toArray(Lot[]::new)), "2026-06-01T00:00:00Z");

        assertThat(moves.movements()).isEmpty();
        assertThat(moves.in(POINTS).wallet().available().list()).isEqualTo(lots);
    }

    // ------------------------------------------------------------------------------------------------ what expired

    @ParameterizedTest
    @ValueSource(ints = {Wallet.LAPSED_REMEMBERED - 1, Wallet.LAPSED_REMEMBERED, Wallet.LAPSED_REMEMBERED + 2})
    void the_latest_lots_that_expired_are_remembered(int size) {
        List<Lot> lots = weekly(size, size);

        Moves moves = settled(available(lots.toArray(Lot[]::new)), "2030-01-01T00:00:00Z");

        assertThat(moves.in(POINTS).wallet().available().isEmpty()).isTrue();
        assertThat(moves.in(POINTS).wallet().lapsed().list())
                .isEqualTo(lots.subList(Math.max(0, size - Wallet.LAPSED_REMEMBERED), size));
    }

    // ------------------------------------------------------------------------------------------------ time

    @Test
    void a_debt_is_paid_by_what_is_available_first_at_the_moment_when_it_is() {
        Lot early = new Lot(term("2026-02-01", "2026-02-10"), 30);
        Lot late = new Lot(term("2026-03-01", "2027-03-01"), 100);
        Wallet owing = new Wallet(0, lots(early, late), Lots.NONE, List.of(), 50, Lots.NONE);

        Moves moves = settled(owing, "2026-06-01T00:00:00Z");

        assertThat(moves.movements())
                .filteredOn(movement -> movement.kind() == Kind.SETTLE_DEBT)
                .extracting(Movement::points, Movement::at, Movement::reason)
                .containsExactly(
                        tuple(30L, Instant.parse("2026-02-01T00:00:00Z"), Reason.DEBT_SETTLED),
                        tuple(20L, Instant.parse("2026-03-01T00:00:00Z"), Reason.DEBT_SETTLED));
        assertThat(moves.in(POINTS).wallet())
                .isEqualTo(new Wallet(0, Lots.NONE, lots(new Lot(late.term(), 80)), List.of(), 0, Lots.NONE));
    }

    @Test
    void at_one_moment_lots_mature_before_holds_run_out_and_those_before_lots_expire() {
        Instant midnight = Instant.parse("2026-02-01T00:00:00Z");
        Lot maturing = new Lot(term("2026-02-01", "2026-03-01"), 1);
        Lot held = new Lot(term("2026-01-01", "2026-04-01"), 2);
        Lot expiring = new Lot(term("2026-01-01", "2026-01-31"), 3);
        Wallet wallet = new Wallet(
                0,
                lots(maturing),
                lots(expiring),
                List.of(new Hold(new RedemptionId("H-1"), midnight, List.of(held))),
                0,
                Lots.NONE);

        assertThat(settled(wallet, "2026-01-31T23:59:59Z").movements()).isEmpty();
        assertThat(settled(wallet, "2026-02-01T00:00:00Z").movements())
                .extracting(Movement::kind, Movement::points, Movement::at)
                .containsExactly(
                        tuple(Kind.MATURE, 1L, midnight),
                        tuple(Kind.VOID, 2L, midnight),
                        tuple(Kind.EXPIRE, 3L, midnight));
    }

    @Test
    void a_wallet_is_due_when_the_first_of_its_lots_is() {
        Lot maturing = new Lot(term("2026-02-03", "2027-02-03"), 1);
        Lot expiring = new Lot(term("2026-01-01", "2026-02-03"), 1);
        Lot lasting = new Lot(new Term(FIRST, ExpiryRule.NEVER), 1);
        Wallet all = new Wallet(0, lots(maturing), lots(expiring, lasting), List.of(), 0, Lots.NONE);

        assertThat(Moves.nextDue(points(all), UTC)).contains(Instant.parse("2026-02-03T00:00:00Z"));
        assertThat(Moves.nextDue(points(available(expiring, lasting)), UTC))
                .contains(Instant.parse("2026-02-04T00:00:00Z"));
        assertThat(Moves.nextDue(points(available(lasting)), UTC)).isEmpty();
        assertThat(Moves.nextDue(points(pending(maturing)), ZoneId.of("Europe/Kyiv")))
                .contains(Instant.parse("2026-02-02T22:00:00Z"));
    }

    @Test
    void a_wallet_is_not_due_because_a_hold_runs_out_but_what_is_held_expires_after_it() {
        Lot expiring = new Lot(term("2026-01-01", "2026-02-03"), 1);
        Lot lasting = new Lot(new Term(FIRST, ExpiryRule.NEVER), 1);
        Instant ends = Instant.parse("2026-02-01T12:00:00Z");
        Instant late = Instant.parse("2026-02-04T12:00:00Z");

        assertThat(Moves.nextDue(points(held(ends, lasting)), UTC)).isEmpty();
        assertThat(Moves.nextDue(points(held(ends, expiring, lasting)), UTC))
                .contains(Instant.parse("2026-02-04T00:00:00Z"));
        assertThat(Moves.nextDue(points(held(late, expiring, lasting)), UTC)).contains(late);
    }

    @Test
    void what_is_held_ends_with_its_wallet_if_it_is_back_by_then() {
        Map<WalletId, Instant> moment = Map.of(POINTS, Instant.parse("2026-02-10T00:00:00Z"));
        Lot lasting = new Lot(new Term(FIRST, ExpiryRule.NEVER), 1);

        assertThat(Moves.nextDue(points(held(Instant.parse("2026-02-10T00:00:00Z"), lasting)), moment, UTC))
                .contains(Instant.parse("2026-02-10T00:00:00Z"));
        assertThat(Moves.nextDue(points(held(Instant.parse("2026-02-10T00:00:01Z"), lasting)), moment, UTC))
                .isEmpty();
    }

    private static Wallet held(Instant until, Lot... lots) {
        Hold hold = new Hold(new RedemptionId("H-1"), until, List.of(lots));
        return new Wallet(0, Lots.NONE, Lots.NONE, List.of(hold), 0, Lots.NONE);
    }

    // ------------------------------------------------------------------------------------------------ operations

    @Test
    void what_waits_for_a_delivery_is_taken_back_as_far_as_it_goes_and_then_from_what_is_available() {
        Lot lot = new Lot(term("2026-01-01", "2027-01-01"), 50);
        Wallet wallet = new Wallet(30, Lots.NONE, lots(lot), List.of(), 0, Lots.NONE);
        Moves moves = moves(wallet, "2026-06-01T00:00:00Z");

        assertThat(moves.in(POINTS).reverse(100, Optional.empty(), Reason.REFUND))
                .isEqualTo(20);

        assertThat(moves.movements())
                .extracting(Movement::points, Movement::from)
                .containsExactly(tuple(30L, Bucket.AWAITING), tuple(50L, Bucket.AVAILABLE));
        assertThat(moves.in(POINTS).wallet()).isEqualTo(Wallet.EMPTY);
    }

    @Test
    void a_lot_is_taken_back_from_where_its_points_are_before_others_are_touched() {
        Term own = term("2026-01-01", "2027-01-01");
        Lot other = new Lot(term("2026-01-02", "2027-01-02"), 500);
        Wallet wallet = new Wallet(
                0, lots(new Lot(own, 10)), lots(new Lot(own, 20), other), List.of(), 0, lots(new Lot(own, 40)));
        Moves moves = moves(wallet, "2026-06-01T00:00:00Z");

        assertThat(moves.in(POINTS).reverse(100, Optional.of(own), Reason.REFUND))
                .isZero();

        assertThat(moves.movements())
                .extracting(Movement::points, Movement::from)
                .containsExactly(
                        tuple(10L, Bucket.PENDING),
                        tuple(20L, Bucket.AVAILABLE),
                        tuple(40L, Bucket.LAPSED),
                        tuple(30L, Bucket.AVAILABLE));
        assertThat(moves.in(POINTS).wallet()).isEqualTo(available(new Lot(other.term(), 470)));
    }

    @Test
    void a_part_of_a_hold_spends_what_expires_first_and_gives_each_rest_back() {
        Lot first = new Lot(term("2026-01-01", "2027-01-01"), 10);
        Lot second = new Lot(term("2026-01-01", "2027-02-01"), 20);
        Lot third = new Lot(term("2026-01-01", "2027-03-01"), 30);
        Moves moves = moves(available(first, second, third), "2026-06-01T00:00:00Z");
        Hold hold = moves.in(POINTS).hold(new RedemptionId("H-1"), 60, Instant.parse("2026-06-02T00:00:00Z"));

        moves.in(POINTS).capture(hold, 15);

        assertThat(moves.movements().subList(3, 6))
                .extracting(Movement::kind, Movement::points, Movement::term)
                .containsExactly(
                        tuple(Kind.CAPTURE, 10L, Optional.of(first.term())),
                        tuple(Kind.CAPTURE, 5L, Optional.of(second.term())),
                        tuple(Kind.RELEASE, 15L, Optional.of(second.term())));
        assertThat(moves.movements()).hasSize(7);
        assertThat(moves.in(POINTS).wallet()).isEqualTo(available(new Lot(second.term(), 15), third));
    }

    @Test
    void what_is_not_there_is_neither_held_nor_captured() {
        Lot lot = new Lot(term("2026-01-01", "2027-01-01"), 10);
        Moves moves = moves(available(lot), "2026-06-01T00:00:00Z");
        RedemptionId redemption = new RedemptionId("H-1");
        Instant until = Instant.parse("2026-06-02T00:00:00Z");

        assertThatThrownBy(() -> moves.in(POINTS).hold(redemption, 11, until)).isInstanceOf(ArithmeticException.class);
        Hold hold = moves.in(POINTS).hold(redemption, 10, until);
        assertThatThrownBy(() -> moves.in(POINTS).capture(hold, 11)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void a_member_who_leaves_keeps_nothing_but_a_debt() {
        Lot lot = new Lot(term("2026-01-01", "2027-01-01"), 10);
        Wallet wallet =
                new Wallet(7, lots(new Lot(term("2026-07-01", "2027-07-01"), 5)), lots(lot), List.of(), 0, Lots.NONE);
        Moves moves = moves(wallet, "2026-06-01T00:00:00Z");

        moves.close();

        assertThat(moves.movements())
                .extracting(Movement::kind, Movement::points, Movement::from, Movement::reason)
                .containsExactly(
                        tuple(Kind.REVERSE, 7L, Bucket.AWAITING, Reason.ACCOUNT_CLOSED),
                        tuple(Kind.REVERSE, 5L, Bucket.PENDING, Reason.ACCOUNT_CLOSED),
                        tuple(Kind.EXPIRE, 10L, Bucket.AVAILABLE, Reason.ACCOUNT_CLOSED));
        assertThat(moves.in(POINTS).wallet().balance()).isEqualTo(Balance.ZERO);
    }

    @Test
    void a_wallet_never_owes_while_something_is_available_and_a_lot_is_never_empty() {
        Lot lot = new Lot(term("2026-01-01", "2027-01-01"), 10);
        Lots some = lots(lot);

        assertThatThrownBy(() -> new Wallet(0, Lots.NONE, some, List.of(), 1, Lots.NONE))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Wallet(-1, Lots.NONE, Lots.NONE, List.of(), 0, Lots.NONE))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Wallet(0, Lots.NONE, Lots.NONE, List.of(), -1, Lots.NONE))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> some.minus(lot.term(), 11)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> lots(new Lot(lot.term(), 0))).isInstanceOf(ArithmeticException.class);
        TreeMap<Term, Long> nothing = new TreeMap<>();
        nothing.put(lot.term(), 0L);
        assertThatThrownBy(() -> new Lots(nothing)).isInstanceOf(ArithmeticException.class);
        assertThat(some.total()).isEqualTo(10);
    }

    // ------------------------------------------------------------------------------------------------ wallets

    @Test
    void what_time_does_is_done_in_each_wallet_and_the_earliest_of_it_is_next() {
        Lot later = new Lot(term("2026-02-03", "2027-02-03"), 1);
        Lot sooner = new Lot(term("2026-02-02", "2027-02-02"), 2);
        SortedMap<WalletId, Wallet> wallets =
                new TreeMap<>(Map.of(POINTS, pending(later), ShopFixture.CASHBACK, pending(sooner)));

        assertThat(Moves.nextDue(wallets, UTC)).contains(Instant.parse("2026-02-02T00:00:00Z"));
        Moves moves = new Moves(wallets, UTC, Instant.parse("2026-03-01T00:00:00Z"));
        moves.settle();
        assertThat(moves.movements())
                .extracting(Movement::wallet, Movement::kind, Movement::points)
                .containsExactlyInAnyOrder(
                        tuple(ShopFixture.CASHBACK, Kind.MATURE, 2L), tuple(POINTS, Kind.MATURE, 1L));
        assertThat(moves.wallets())
                .isEqualTo(Map.of(POINTS, available(later), ShopFixture.CASHBACK, available(sooner)));
    }

    @Test
    void a_wallet_that_is_not_there_is_an_empty_one() {
        Moves moves = moves(Wallet.EMPTY, "2026-03-01T00:00:00Z");

        assertThat(moves.in(ShopFixture.CASHBACK).wallet()).isEqualTo(Wallet.EMPTY);
        assertThat(moves.wallets()).isEmpty();
        moves.in(ShopFixture.CASHBACK).restore(5, term("2026-01-01", "2027-01-01"), Reason.REFUND);
        assertThat(moves.wallets()).containsOnlyKeys(ShopFixture.CASHBACK);
    }

    // ------------------------------------------------------------------------------------------------ inactivity

    private static Moves inactive(Wallet wallet, String moment, String now) {
        Moves moves = new Moves(points(wallet), Map.of(POINTS, Instant.parse(moment)), UTC, Instant.parse(now));
        moves.settle();
        return moves;
    }

    @Test
    void when_nothing_has_happened_for_too_long_all_that_is_available_expires() {
        Lot lasting = new Lot(new Term(FIRST, ExpiryRule.NEVER), 3);
        Lot other = new Lot(term("2026-01-01", "2027-01-01"), 2);
        String moment = "2026-02-01T00:00:00Z";

        assertThat(inactive(available(lasting, other), moment, "2026-01-31T23:59:59Z")
                        .movements())
                .isEmpty();
        Moves moves = inactive(available(lasting, other), moment, "2026-02-05T00:00:00Z");
        assertThat(moves.movements())
                .extracting(Movement::kind, Movement::points, Movement::to, Movement::at, Movement::reason)
                .containsExactly(
                        tuple(Kind.EXPIRE, 2L, Bucket.LAPSED, Instant.parse(moment), Reason.INACTIVE),
                        tuple(Kind.EXPIRE, 3L, Bucket.LAPSED, Instant.parse(moment), Reason.INACTIVE));
        assertThat(moves.in(POINTS).wallet())
                .isEqualTo(new Wallet(0, Lots.NONE, Lots.NONE, List.of(), 0, lots(lasting, other)));
    }

    @Test
    void
            at_one_moment_what_expires_by_its_last_day_comes_before_the_rest_and_what_matures_or_is_released_goes_with_it() {
        Instant midnight = Instant.parse("2026-02-01T00:00:00Z");
        Lot maturing = new Lot(term("2026-02-01", "2026-03-01"), 1);
        Lot held = new Lot(term("2026-01-01", "2026-04-01"), 2);
        Lot expiring = new Lot(term("2026-01-01", "2026-01-31"), 3);
        Wallet wallet = new Wallet(
                0,
                lots(maturing),
                lots(expiring),
                List.of(new Hold(new RedemptionId("H-1"), midnight, List.of(held))),
                0,
                Lots.NONE);

        assertThat(inactive(wallet, "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z")
                        .movements())
                .extracting(Movement::kind, Movement::points, Movement::reason)
                .containsExactly(
                        tuple(Kind.MATURE, 1L, Reason.WINDOW_OVER),
                        tuple(Kind.VOID, 2L, Reason.HOLD_TIMED_OUT),
                        tuple(Kind.EXPIRE, 3L, Reason.LAST_DAY_PASSED),
                        tuple(Kind.EXPIRE, 1L, Reason.INACTIVE),
                        tuple(Kind.EXPIRE, 2L, Reason.INACTIVE));
    }

    @Test
    void what_is_held_or_pending_when_nothing_has_happened_for_too_long_is_left_alone_also_afterwards() {
        Lot maturing = new Lot(term("2026-02-02", "2026-03-01"), 1);
        Lot held = new Lot(term("2026-01-01", "2026-04-01"), 2);
        Wallet wallet = new Wallet(
                7,
                lots(maturing),
                Lots.NONE,
                List.of(new Hold(new RedemptionId("H-1"), Instant.parse("2026-02-01T00:30:00Z"), List.of(held))),
                0,
                Lots.NONE);

        Moves moves = inactive(wallet, "2026-02-01T00:00:00Z", "2026-02-05T00:00:00Z");

        assertThat(moves.movements()).extracting(Movement::kind).containsExactly(Kind.VOID, Kind.MATURE);
        assertThat(moves.in(POINTS).wallet())
                .isEqualTo(new Wallet(7, Lots.NONE, lots(maturing, held), List.of(), 0, Lots.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-01T00:00:00Z", "2026-02-01T00:10:00Z", "2026-02-05T00:00:00Z"})
    void what_comes_back_or_is_earned_after_nothing_has_happened_for_too_long_stays(String now) {
        Lot held = new Lot(term("2026-01-01", "2026-04-01"), 2);
        Lot other = new Lot(term("2026-01-01", "2027-01-01"), 3);
        Lot today = new Lot(new Term(LocalDate.ofInstant(Instant.parse(now), UTC), day("2026-05-01")), 5);
        Hold hold = new Hold(new RedemptionId("H-1"), Instant.parse("2026-03-01T00:00:00Z"), List.of(held));
        Wallet wallet = new Wallet(0, Lots.NONE, lots(other), List.of(hold), 0, Lots.NONE);

        Moves moves = inactive(wallet, "2026-02-01T00:00:00Z", now);
        moves.in(POINTS).voidHold(hold);
        moves.in(POINTS).restore(1, term("2026-01-01", "2026-06-01"), Reason.REFUND);
        moves.in(POINTS).accrue(today.points(), today.term(), Reason.ACTIVITY);
        moves.settle();

        assertThat(moves.in(POINTS).wallet())
                .isEqualTo(new Wallet(
                        0,
                        Lots.NONE,
                        lots(held, today, new Lot(term("2026-01-01", "2026-06-01"), 1)),
                        List.of(),
                        0,
                        lots(other)));
    }

    @Test
    void a_wallet_is_due_for_inactivity_while_there_is_something_to_expire() {
        Map<WalletId, Instant> moment = Map.of(POINTS, Instant.parse("2026-02-01T00:00:00Z"));
        Lot lot = new Lot(term("2026-01-01", "2027-01-01"), 2);

        assertThat(Moves.nextDue(points(available(lot)), moment, UTC)).contains(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(Moves.nextDue(points(available(lot)), UTC)).contains(Instant.parse("2027-01-02T00:00:00Z"));
        assertThat(Moves.nextDue(points(Wallet.EMPTY), moment, UTC)).isEmpty();
        assertThat(Moves.nextDue(points(pending(new Lot(term("2026-03-01", "2027-01-01"), 2))), moment, UTC))
                .contains(Instant.parse("2026-03-01T00:00:00Z"));
    }
}
