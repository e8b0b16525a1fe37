package kopilka.expiry;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.day;
import static kopilka.ledger.ShopFixture.orderOf;
import static kopilka.program.WalletId.POINTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.stream.LongStream;
import kopilka.ledger.Balance;
import kopilka.ledger.Movement;
import kopilka.ledger.Moves;
import kopilka.ledger.OperationId;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller;
import kopilka.ledger.Wallet;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule.From;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpiryTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 1, false, 2026-02-28",
        "2028-01-31, 1, false, 2028-02-29",
        "2028-02-29, 12, false, 2029-02-28",
        "2026-03-15, 12, false, 2027-03-15",
        "2026-03-15, 12, true, 2027-03-31",
        "2027-03-31, 11, true, 2028-02-29",
        "2026-12-01, 1, true, 2027-01-31",
    })
    void months_end_on_the_same_day_or_the_months_last(String from, int months, boolean toMonthEnd, String last) {
        assertThat(new ExpiryRule.AfterMonths(months, toMonthEnd).lastDay(day(from)))
                .isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 30, false, 2026-03-02",
        "2028-02-28, 1, false, 2028-02-29",
        "2026-03-02, 5, true, 2026-03-31"
    })
    void days_are_counted_in_the_calendar(String from, int days, boolean toMonthEnd, String last) {
        assertThat(new ExpiryRule.AfterDays(days, toMonthEnd).lastDay(day(from)))
                .isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        // The last day is 29 March 2026; in Kyiv and Lisbon clocks go forward that very night.
        "Europe/Kyiv, 2026-03-29T20:59:59Z, 2026-03-29T21:00:00Z",
        "Europe/Lisbon, 2026-03-29T22:59:59Z, 2026-03-29T23:00:00Z",
        "Asia/Almaty, 2026-03-29T18:59:59Z, 2026-03-29T19:00:00Z",
        "America/New_York, 2026-03-30T03:59:59Z, 2026-03-30T04:00:00Z",
    })
    void a_lot_is_good_to_the_end_of_its_last_day_in_the_programs_zone(String zone, String still, String over) {
        ShopFixture shop = aShop(
                        Rules.usual().in(zone).pending(From.PAID, 0).expiring(new ExpiryRule.AfterDays(28, false)))
                .enrol("anna");
        shop.at("2026-03-01T12:00:00Z").pays("anna", "A-1", orderOf(10_00));

        assertThat(shop.at(still).balance("anna").available()).isEqualTo(10);
        assertThat(shop.at(over).balance("anna").available()).isZero();
    }

    @Test
    void points_without_an_expiry_stay() {
        ShopFixture shop = aShop(Rules.usual().pending(From.PAID, 0).expiring(new ExpiryRule.Never()))
                .enrol("anna");
        shop.pays("anna", "A-1", orderOf(10_00));

        assertThat(shop.at("2999-01-01T00:00:00Z").balance("anna").available()).isEqualTo(10);
        assertThat(Moves.nextDue(shop.account("anna").wallets(), ZoneId.of("UTC")))
                .isEmpty();
    }

    @Test
    void the_sweep_writes_down_what_had_been_true_and_changes_no_balance() {
        ShopFixture shop = aShop(Rules.usual().expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        shop.pays("anna", "A-1", orderOf(10_00));
        shop.at("2026-03-20T00:00:00Z");
        Balance before = shop.balance("anna");

        Teller.Answer swept = shop.sweep("anna");

        assertThat(swept).isInstanceOf(Teller.Answer.Done.class);
        assertThat(shop.account("anna").wallet(POINTS).balance())
                .isEqualTo(before)
                .isEqualTo(new Balance(10, 0, 0, 0));
        assertThat(shop.sweep("anna")).isInstanceOf(Teller.Answer.Nothing.class);
    }

    @Test
    void what_a_sweep_writes_is_named_by_the_number_of_its_posting() {
        ShopFixture shop = aShop(Rules.usual()).enrol("anna");
        shop.pays("anna", "A-1", orderOf(10_00));
        shop.at("2026-03-20T00:00:00Z").sweep("anna");

        assertThat(shop.postings("anna").getLast().sequence()).isEqualTo(3);
        assertThat(shop.postings("anna").getLast().operation())
                .isEqualTo(OperationId.settled(ShopFixture.member("anna").member(), 3));
    }

    @Test
    void a_movement_of_time_is_dated_when_it_was_due_and_not_when_it_was_seen() {
        ShopFixture shop = aShop(Rules.usual().expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        shop.pays("anna", "A-1", orderOf(10_00));

        shop.at("2027-01-01T00:00:00Z").sweep("anna");

        assertThat(shop.postings("anna").getLast().movements())
                .extracting(Movement::kind, Movement::at)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Movement.Kind.MATURE, Instant.parse("2026-03-14T22:00:00Z")),
                        org.assertj.core.groups.Tuple.tuple(
                                Movement.Kind.EXPIRE, Instant.parse("2026-04-14T21:00:00Z")));
    }

    @Test
    void a_clock_that_goes_back_takes_nothing_back() {
        ShopFixture shop = aShop(Rules.usual().pending(From.PAID, 0).expiring(new ExpiryRule.AfterDays(30, false)))
                .enrol("anna");
        shop.pays("anna", "A-1", orderOf(10_00));
        shop.at("2026-05-01T00:00:00Z").sweep("anna");

        shop.at("2026-03-02T00:00:00Z").pays("anna", "A-2", orderOf(5_00));

        shop.audit("anna");
        assertThat(shop.postings("anna").getLast().at()).isEqualTo("2026-05-01T00:00:00Z");
    }

    @Tag("long")
    @Test
    void of_too_many_lots_those_that_expire_closest_become_one_and_nothing_expires_sooner() {
        ShopFixture shop = aShop(Rules.usual().pending(From.PAID, 0).expiring(new ExpiryRule.AfterMonths(36, false)))
                .enrol("anna");
        long total = 0;
        for (int i = 0; i < Wallet.MAX_LOTS + 5; i++) {
            shop.later(Duration.ofDays(1)).pays("anna", "A-" + i, orderOf(1_00));
            total++;
        }

        Wallet wallet = shop.wallet("anna");
        assertThat(wallet.available().byTerm()).hasSize(Wallet.MAX_LOTS);
        assertThat(wallet.available().total()).isEqualTo(total);
        shop.audit("anna");
        shop.later(Duration.ofDays(3 * 365 - Wallet.MAX_LOTS - 5));
        assertThat(shop.balance("anna").available()).isEqualTo(total);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    /** The same random story twice, once with sweeps strewn in: the balances are the same all along. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("seeds")
    void when_the_sweep_runs_changes_nothing(long seed) {
        Rules rules = Rules.usual().pending(From.PAID, 5).expiring(new ExpiryRule.AfterDays(20, false));
        ShopFixture swept = aShop(rules).enrol("anna");
        ShopFixture unswept = aShop(rules).enrol("anna");
        Random random = new Random(seed);
        for (int step = 0; step < 60; step++) {
            Duration pause = Duration.ofMinutes(random.nextInt(4 * 24 * 60));
            int what = random.nextInt(4);
            long amount = 1_00L + random.nextInt(50_00);
            for (ShopFixture shop : java.util.List.of(swept, unswept)) {
                shop.later(pause);
                switch (what) {
                    case 0, 1 -> shop.pays("anna", "A-" + step, orderOf(amount));
                    case 2 -> shop.carryOut(shop.holding("anna", "H-" + step, 1 + amount / 200, 1_000_00));
                    default -> shop.carryOut(shop.refundOf("anna", "A-" + (step / 2), "R-" + step, amount / 3));
                }
            }
            if (random.nextInt(3) == 0) {
                swept.sweep("anna");
            }
            assertThat(swept.wallet("anna")).as("seed %d, step %d", seed, step).isEqualTo(unswept.wallet("anna"));
        }
        swept.audit("anna");
        unswept.audit("anna");
    }
}
