package kopilka.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.local.simulation.Command.Back;
import kopilka.local.simulation.Command.Basket;
import kopilka.local.simulation.Command.Line;
import kopilka.local.simulation.Picture.Days;
import kopilka.local.simulation.Rules.Fraction;
import kopilka.local.simulation.Rules.Life;
import kopilka.local.simulation.Rules.Referral;
import kopilka.local.simulation.Rules.Shortfall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model is right on its own: examples worked by hand from the documents, none of them computed by the engine. */
class ModelTest {
    private final Model model = new Model();
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    /** One point per 1.00, two for premium; 14 days from the payment, 12 months; 100 points pay 1.00. */
    static Rules rules(Shortfall shortfall, int graceDays, int windowDays, Life life, boolean fromDelivery) {
        return new Rules(
                "EUR",
                ZoneId.of("Europe/Kyiv"),
                new Fraction(1, 100),
                Map.of("premium", new Fraction(2, 100)),
                0,
                OptionalLong.empty(),
                false,
                false,
                true,
                false,
                false,
                false,
                fromDelivery,
                windowDays,
                life,
                100,
                100,
                1,
                10_000,
                30,
                shortfall,
                40,
                graceDays,
                Optional.of(new Referral(30, 20, 10_00)));
    }

    private static final Life A_YEAR = new Life(0, 12, false);
    private static final Life THIRTY_DAYS = new Life(30, 0, false);

    @BeforeEach
    void anna_joins() {
        model.publish("p", rules(Shortfall.DEBT, 0, 14, A_YEAR, false), Instant.EPOCH);
        done(new Command.Enrol("p", "anna"));
    }

    private void rulesChange(Rules rules) {
        model.publish("p", rules, now);
    }

    private void at(String instant) {
        now = Instant.parse(instant);
    }

    private SortedMap<String, Long> done(Command command) {
        Verdict verdict = model.apply(command, now);
        assertThat(verdict).isInstanceOf(Verdict.Done.class);
        return ((Verdict.Done) verdict).figures();
    }

    private String refused(Command command) {
        Verdict verdict = model.apply(command, now);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).why();
    }

    private Picture picture(String member) {
        return Objects.requireNonNull(model.picture("p", member, now));
    }

    private static Line line(String id, String category, long pieces, long total) {
        return new Line(id, category, pieces * 1_000, total, 0, false);
    }

    private Command.Pay pay(String member, String order, Basket basket) {
        return new Command.Pay("p", member, order, now, basket);
    }

    private static Basket basket(long discount, Map<String, Long> paidByPoints, Line... lines) {
        long goods = List.of(lines).stream().mapToLong(Line::total).sum();
        return new Basket("EUR", List.of(lines), 0, 0, discount, goods - discount, new TreeMap<>(paidByPoints));
    }

    private static Basket goods(long total) {
        return basket(0, Map.of(), line("1", "", 1, total));
    }

    private Command.Refund refund(String member, String order, String refund, List<Back> lines, long amount) {
        return new Command.Refund("p", member, order, refund, now, "EUR", lines, 0, amount);
    }

    private static Back back(String line, long pieces) {
        return new Back(line, pieces * 1_000, OptionalLong.empty());
    }

    private Command.Hold hold(String redemption, long points) {
        return new Command.Hold("p", "anna", redemption, points, "EUR", 1_000_00, OptionalLong.empty());
    }

    private static Days days(String from, String last) {
        return new Days(LocalDate.parse(from), LocalDate.parse(last));
    }

    private void spends(String redemption, long points) {
        done(hold(redemption, points));
        done(new Command.Capture("p", "anna", redemption, OptionalLong.empty()));
    }

    @Test
    void tea_and_a_premium_mug_earn_85_and_half_the_tea_takes_back_11() {
        Basket basket = basket(6_00, Map.of(), line("tea", "", 2, 25_00), line("mug", "premium", 1, 35_00));

        assertThat(done(pay("anna", "A-1", basket))).containsEntry("earned", 85L);
        assertThat(done(refund("anna", "A-1", "R-1", List.of(back("tea", 1)), 0)))
                .containsEntry("earned", 74L)
                .containsEntry("reversed", 11L)
                .containsEntry("value", 11_25L);
        assertThat(picture("anna").pending()).isEqualTo(Map.of(days("2026-03-15", "2027-03-15"), 74L));
    }

    @Test
    void points_can_be_spent_from_the_start_of_the_first_day_to_the_end_of_the_last_in_the_programs_zone() {
        done(pay("anna", "A-1", goods(80_00)));

        at("2026-03-14T21:59:59Z");
        assertThat(refused(hold("H-1", 1))).isEqualTo("insufficient_points 0");
        at("2026-03-14T22:00:00Z");
        assertThat(model.verdict(hold("H-1", 80), now)).isInstanceOf(Verdict.Done.class);
        at("2027-03-15T21:59:59Z");
        assertThat(model.verdict(hold("H-1", 80), now)).isInstanceOf(Verdict.Done.class);
        at("2027-03-15T22:00:00Z");
        assertThat(refused(hold("H-1", 1))).isEqualTo("insufficient_points 0");
        assertThat(picture("anna").lapsed()).isEqualTo(Map.of(days("2026-03-15", "2027-03-15"), 80L));
    }

    @Test
    void a_capture_in_time_takes_points_whose_last_day_ended_and_the_rest_expires() {
        rulesChange(rules(Shortfall.DEBT, 0, 0, THIRTY_DAYS, false));
        done(pay("anna", "A-1", goods(80_00)));
        at("2026-03-31T20:50:00Z");
        done(hold("H-1", 50));
        at("2026-03-31T21:10:00Z");
        assertThat(picture("anna").available()).isEmpty();

        assertThat(done(new Command.Capture("p", "anna", "H-1", OptionalLong.of(40))))
                .containsEntry("captured", 40L)
                .containsEntry("returned", 10L);
        assertThat(picture("anna").lapsed()).isEqualTo(Map.of(days("2026-03-01", "2026-03-31"), 40L));
    }

    @Test
    void a_hold_is_over_at_its_very_end() {
        rulesChange(rules(Shortfall.DEBT, 0, 0, A_YEAR, false));
        done(pay("anna", "A-1", goods(80_00)));
        done(hold("H-1", 50));
        at("2026-03-01T09:30:00Z");

        assertThat(refused(new Command.Capture("p", "anna", "H-1", OptionalLong.empty())))
                .isEqualTo("redemption_not_open timed_out");
        assertThat(picture("anna").available()).isEqualTo(Map.of(days("2026-03-01", "2027-03-01"), 80L));
    }

    @Test
    void the_three_policies_part_what_is_gone() {
        Map<Shortfall, Map<String, Long>> expected = Map.of(
                Shortfall.DEBT, Map.of("debt", 70L),
                Shortfall.DEDUCT, Map.of("deducted", 70L, "deduction", 70L),
                Shortfall.WRITE_OFF, Map.of("writtenOff", 40L, "debt", 30L));
        for (Shortfall policy : Shortfall.values()) {
            rulesChange(rules(policy, 0, 0, A_YEAR, false));
            String order = "A-" + policy;
            done(pay("anna", order, goods(80_00)));
            spends("H-" + policy, 70);

            SortedMap<String, Long> figures = done(refund("anna", order, "R-1", List.of(back("1", 1)), 0));

            assertThat(figures).containsAllEntriesOf(expected.get(policy)).containsEntry("reversed", 80L);
            done(pay("anna", order + "-2", goods(picture("anna").debt() * 100 + 1)));
            assertThat(picture("anna").debt()).isZero();
            assertThat(picture("anna").available()).isEmpty();
        }
    }

    @Test
    void points_that_paid_come_back_by_their_share_with_their_old_last_day_or_days_of_grace() {
        rulesChange(rules(Shortfall.DEBT, 5, 0, THIRTY_DAYS, false));
        done(pay("anna", "A-1", goods(100_00)));
        spends("H-1", 100);
        at("2026-03-11T09:00:00Z");
        done(pay("anna", "A-2", basket(0, Map.of("H-1", 1_00L), line("1", "", 3, 3_00))));

        SortedMap<String, Long> inTime = done(refund("anna", "A-2", "R-1", List.of(back("1", 1)), 0));
        assertThat(inTime).containsEntry("restored", 33L);
        assertThat(picture("anna").available()).containsEntry(days("2026-03-01", "2026-03-31"), 33L);
        at("2026-04-20T09:00:00Z");
        SortedMap<String, Long> late = done(refund("anna", "A-2", "R-2", List.of(back("1", 2)), 0));
        assertThat(late).containsEntry("restored", 67L);
        assertThat(picture("anna").available()).containsEntry(days("2026-04-20", "2026-04-25"), 67L);
    }

    @Test
    void what_comes_before_the_payment_waits_for_it() {
        rulesChange(rules(Shortfall.DEBT, 0, 14, A_YEAR, true));
        assertThat(done(new Command.Deliver("p", "anna", "A-1", now))).containsEntry("waiting", 1L);
        assertThat(done(refund("anna", "A-1", "R-1", List.of(back("1", 1)), 0))).containsEntry("waiting", 1L);
        assertThat(done(refund("anna", "A-1", "R-2", List.of(back("no such", 1)), 0)))
                .containsEntry("waiting", 1L);

        SortedMap<String, Long> figures =
                done(pay("anna", "A-1", basket(0, Map.of(), line("1", "", 2, 60_00), line("2", "", 1, 40_00))));

        assertThat(figures)
                .containsEntry("earned", 100L)
                .containsEntry("applied", 2L)
                .containsEntry("ignored", 1L)
                .containsEntry("reversed", 30L);
        assertThat(picture("anna").awaiting()).isZero();
        assertThat(picture("anna").pending()).isEqualTo(Map.of(days("2026-03-15", "2027-03-15"), 70L));
    }

    @Test
    void both_sides_of_a_referral_are_rewarded_with_the_orders_days_and_lose_it_for_good() {
        done(new Command.IssueCode("p", "anna", "ANNA"));
        now = now.plusSeconds(1);
        done(new Command.Enrol("p", "boris"));
        done(new Command.Attach("p", "boris", "ANNA"));
        done(pay("boris", "B-1", goods(9_99)));
        assertThat(model.consequences(pay("boris", "B-1", goods(9_99)))).isEmpty();

        Command.Pay pay = pay("boris", "B-2", goods(50_00));
        done(pay);
        Command.Reward reward = new Command.Reward(
                "p", "anna", "boris", "B-2", 30, LocalDate.parse("2026-03-15"), LocalDate.parse("2027-03-15"));
        assertThat(model.consequences(pay)).containsExactly(reward);
        done(reward);
        assertThat(picture("anna").pending()).isEqualTo(Map.of(days("2026-03-15", "2027-03-15"), 30L));
        assertThat(picture("boris").pending()).isEqualTo(Map.of(days("2026-03-15", "2027-03-15"), 79L));

        Command.Refund refund = refund("boris", "B-2", "R-1", List.of(), 40_01);
        assertThat(done(refund)).containsEntry("reversed", 41L + 20L);
        Command.TakeBack takeBack = new Command.TakeBack("p", "anna", "boris", "B-2");
        assertThat(model.consequences(refund)).containsExactly(takeBack);
        done(takeBack);
        assertThat(picture("anna").pending()).isEmpty();
        Command.Pay another = pay("boris", "B-3", goods(50_00));
        done(another);
        assertThat(model.consequences(another)).isEmpty();
    }

    @Test
    void a_refund_goes_by_the_rules_that_the_order_was_earned_with() {
        done(pay("anna", "A-1", goods(80_00)));
        now = now.plusSeconds(60);
        rulesChange(rules(Shortfall.DEBT, 0, 0, THIRTY_DAYS, false));

        SortedMap<String, Long> figures = done(refund("anna", "A-1", "R-1", List.of(), 20_00));

        assertThat(figures).containsEntry("version", 1L).containsEntry("reversed", 20L);
        assertThat(picture("anna").pending()).isEqualTo(Map.of(days("2026-03-15", "2027-03-15"), 60L));
    }

    @Test
    void the_same_again_is_told_what_it_was_told_and_other_content_is_a_conflict() {
        Command.Pay pay = pay("anna", "A-1", goods(80_00));
        Verdict first = model.apply(pay, now);
        done(refund("anna", "A-1", "R-1", List.of(), 20_00));

        assertThat(model.apply(pay, now)).isEqualTo(new Verdict.Again((Verdict.Done) first));
        assertThat(model.apply(pay("anna", "A-1", goods(80_01)), now)).isEqualTo(new Verdict.Conflict());
        assertThat(picture("anna").sequence()).isEqualTo(3);
    }

    @Test
    void an_accounts_time_never_goes_back() {
        done(pay("anna", "A-1", goods(80_00)));
        at("2026-03-15T00:00:00Z");
        done(new Command.Settle("p", "anna", 2));
        at("2026-03-01T10:00:00Z");

        assertThat(done(hold("H-1", 80)))
                .containsEntry("at", Instant.parse("2026-03-15T00:00:00Z").toEpochMilli());
    }

    @Test
    void who_leaves_has_nothing_to_come_and_what_was_there_expires() {
        rulesChange(rules(Shortfall.DEBT, 0, 0, A_YEAR, false));
        done(pay("anna", "A-1", goods(80_00)));
        done(hold("H-1", 10));
        assertThat(refused(new Command.Leave("p", "anna"))).isEqualTo("open_redemptions 1");
        done(new Command.VoidHold("p", "anna", "H-1"));
        rulesChange(rules(Shortfall.DEBT, 0, 14, A_YEAR, false));
        done(pay("anna", "A-2", goods(50_00)));

        done(new Command.Leave("p", "anna"));

        assertThat(picture("anna").available()).isEmpty();
        assertThat(picture("anna").pending()).isEmpty();
        assertThat(refused(pay("anna", "A-3", goods(1_00)))).isEqualTo("member_closed");
        assertThat(done(refund("anna", "A-1", "R-1", List.of(), 80_00))).doesNotContainKey("reversed");
    }

    @Test
    void a_copy_goes_its_own_way() {
        Model copy = model.copy();
        done(pay("anna", "A-1", goods(80_00)));

        assertThat(Objects.requireNonNull(copy.picture("p", "anna", now)).sequence())
                .isEqualTo(1);
        assertThat(copy.apply(pay("anna", "A-1", goods(80_00)), now))
                .isEqualTo(((Verdict.Again) model.apply(pay("anna", "A-1", goods(80_00)), now)).then());
    }
}
