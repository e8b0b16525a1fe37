package kopilka.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import kopilka.ledger.Account;
import kopilka.ledger.Audit;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Posting;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.local.simulation.Rules.Life;
import kopilka.local.simulation.Rules.Shortfall;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The engine and the model are told the same, one command after another, and have to come to the same: verdict, figures, each
 * movement and its moment, what is signalled to other accounts, and the accounts of all members.
 *
 * <p>Other histories: {@code -Dkopilka.model.seed=1000 -Dkopilka.model.histories=500}.
 */
class ModelAgreesTest {
    private static final Instant START = Instant.parse("2026-02-20T09:00:00Z");

    /** How often something was seen, by name. */
    private final Map<String, Integer> seen = new TreeMap<>();

    private void saw(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    @Test
    void the_engine_comes_to_the_same_as_the_model() {
        long first = Long.getLong("kopilka.model.seed", 1);
        int histories = Integer.getInteger("kopilka.model.histories", 100);
        for (long seed = first; seed < first + histories; seed++) {
            new History(seed).play(300);
        }
        System.out.println("model and engine agree on seeds " + first + " to " + (first + histories - 1) + ": " + seen);
        assertThat(seen.keySet()).containsAll(EXPECTED);
    }

    /** What random histories have to bring about, or they prove nothing. */
    private static final List<String> EXPECTED = Stream.of(
                    "Enrol: done again",
                    "Leave: done open_redemptions member_not_found",
                    "Place: done conflict member_closed order_invalid_total_mismatch",
                    "Pay: done again conflict member_not_found member_closed time_in_future time_too_old currency_mismatch",
                    "Pay: order_invalid_lines order_invalid_line_id_twice order_invalid_total_mismatch redemption_used",
                    "Pay: order_invalid_discount_above_lines order_invalid_payments_mismatch applied ignored reversed",
                    "Deliver: done again conflict waiting order_not_found time_in_future time_too_old",
                    "Cancel: done again conflict waiting order_not_found reversed restored redemption_open",
                    "Refund: done again conflict waiting order_not_found currency_mismatch time_in_future time_too_old",
                    "Refund: line_not_found refund_exceeds_order redemption_open reversed restored",
                    "Refund: debt deducted deduction writtenOff",
                    "Hold: done again conflict member_closed currency_mismatch timeout_too_long below_minimum over_cap",
                    "Hold: insufficient_points",
                    "Capture: done again conflict returned redemption_not_found capture_exceeds_hold",
                    "Capture: redemption_not_open_timed_out redemption_not_open_voided",
                    "VoidHold: done redemption_not_found redemption_not_open_captured redemption_not_open_timed_out",
                    "Settle: done nothing",
                    "IssueCode: done again code_taken member_closed",
                    "Attach: done again conflict member_closed code_not_found self_referral referral_cycle",
                    "Attach: existing_customer",
                    "Reward: done again rewarded",
                    "TakeBack: done again reversed",
                    "accrue: outside",
                    "schedule: awaiting",
                    "mature: pending",
                    "hold: available",
                    "capture: held",
                    "release: held",
                    "void: held",
                    "expire: available",
                    "reverse: awaiting pending available lapsed",
                    "restore: outside",
                    "incur_debt: debt",
                    "settle_debt: available",
                    "write_off: outside")
            .flatMap(line -> Stream.of(line.substring(line.indexOf(' ') + 1).split(" "))
                    .map(what -> line.substring(0, line.indexOf(':')) + " " + what))
            .toList();

    private static final Life A_DAY = new Life(1, 0, false);
    private static final Life LONG = new Life(30_000, 0, false);

    /** A history with one member, m, whose orders earn a point for 1.00 at once. */
    private History quiet(Life life) {
        History history = new History(0);
        history.publish(ModelTest.rules(Shortfall.DEBT, 0, 0, life, false));
        history.tell(new Command.Enrol("p", "m"));
        return history;
    }

    private static Command.Pay pay(String order, Instant at) {
        Command.Line line = new Command.Line("1", "", 1_000, 10_00, 0, false);
        return new Command.Pay(
                "p", "m", order, at, new Command.Basket("EUR", List.of(line), 0, 0, 0, 10_00, new TreeMap<>()));
    }

    @Test
    void the_most_checkouts_at_once_are_the_same() {
        History history = quiet(LONG);
        for (int i = 0; i < 3; i++) {
            history.tell(pay("A-" + i, history.now));
        }
        for (int i = 0; i <= 20; i++) {
            history.tell(new Command.Hold("p", "m", "H-" + i, 1, "EUR", 10_00, OptionalLong.empty()));
        }
        history.tell(new Command.Leave("p", "m"));
        assertThat(seen).containsEntry("Hold too_many_redemptions", 1).containsEntry("Leave open_redemptions", 1);
    }

    @Test
    void of_too_many_lots_the_same_become_one() {
        History history = quiet(LONG);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 415; i++) {
            history.now = history.now.plus(Duration.ofDays(1 + random.nextInt(3)));
            history.tell(pay("A-" + i, history.now));
        }
        assertThat(seen.get("merge available")).isGreaterThan(10);
        history.tell(new Command.Cancel("p", "m", "A-7", history.now));
    }

    @Test
    void of_what_lapsed_the_same_is_remembered() {
        History history = quiet(A_DAY);
        for (int i = 0; i < 40; i++) {
            history.now = history.now.plus(Duration.ofDays(1));
            history.tell(pay("A-" + i, history.now));
        }
        history.now = history.now.plus(Duration.ofDays(3));
        history.tell(new Command.Cancel("p", "m", "A-39", history.now));
        assertThat(seen).containsEntry("reverse lapsed", 1).doesNotContainKey("incur_debt debt");
        history.tell(new Command.Cancel("p", "m", "A-7", history.now));
        assertThat(seen).containsEntry("incur_debt debt", 1);
    }

    @Test
    void as_much_may_wait_for_payments() {
        History history = quiet(LONG);
        for (int i = 0; i < 101; i++) {
            history.tell(new Command.Refund("p", "m", "A", "R-" + i, history.now, "EUR", List.of(), 0, 1));
        }
        assertThat(seen).containsEntry("Refund too_many_waiting", 1);
        for (int i = 0; i < 500; i++) {
            history.tell(new Command.Deliver("p", "m", "B-" + i, history.now));
        }
        assertThat(seen).containsEntry("Deliver too_many_waiting", 1);
        history.tell(pay("A", history.now));
        history.tell(new Command.Deliver("p", "m", "B-499", history.now));
        assertThat(seen).containsEntry("Deliver too_many_waiting", 1);
    }

    /** One shop's history, from one seed. */
    private final class History implements Programs {
        private final long seed;
        private final SplittableRandom random;
        private final RandomShop shop;
        private final Model model = new Model();
        private final InMemoryLedger ledger = new InMemoryLedger();
        private final List<ProgramVersion> versions = new ArrayList<>();
        private final List<Command> stream = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private Instant now = START;
        private final Teller teller = new Teller(ledger, this, () -> now, Teller.Pause.NONE);

        History(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.shop = new RandomShop(random, "p");
        }

        @Override
        public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
            return versions.stream()
                    .filter(version -> !version.effectiveFrom().isAfter(instant))
                    .reduce((one, later) -> later)
                    .or(() -> versions.stream().findFirst());
        }

        @Override
        public Optional<ProgramVersion> version(ProgramId program, int number) {
            return Optional.of(versions.get(number - 1));
        }

        void publish(Rules rules) {
            Instant last = versions.isEmpty() ? now : versions.getLast().effectiveFrom();
            Instant from = now.isBefore(last) ? last : now;
            int number = versions.size() + 1;
            versions.add(new ProgramVersion(new ProgramId("p"), number, from, Translation.program(rules)));
            model.publish("p", rules, from);
            told.add(now + " " + rules);
        }

        void play(int length) {
            publish(shop.rules());
            for (Command command : shop.opening()) {
                tell(command);
                now = now.plusSeconds(random.nextLong(5));
            }
            for (int i = 0; i < length; i++) {
                if (random.nextInt(100) < 60) {
                    now = shop.later(now, versions.getLast().rules().zone());
                }
                if (random.nextInt(100) == 0) {
                    publish(shop.rules());
                }
                if (!stream.isEmpty() && random.nextInt(3) == 0) {
                    Command signal = stream.get(random.nextInt(stream.size()));
                    tell(signal);
                    if (random.nextInt(3) > 0) {
                        stream.remove(signal);
                    }
                } else if (random.nextInt(12) == 0) {
                    sweep();
                } else {
                    tell(shop.next(now, member -> Optional.ofNullable(model.picture("p", member, now))));
                }
            }
            for (MemberKey member : members()) {
                List<Posting> postings = new ArrayList<>(ledger.history(member, Long.MAX_VALUE, Integer.MAX_VALUE));
                assertThat(Audit.of(account(member).orElseThrow(), postings.reversed()))
                        .as("seed %s", seed)
                        .isEmpty();
            }
        }

        private void sweep() {
            List<MemberKey> all = members();
            if (!all.isEmpty()) {
                MemberKey member = all.get(random.nextInt(all.size()));
                long sequence = account(member).orElseThrow().sequence() - (random.nextInt(5) == 0 ? 1 : 0);
                tell(new Command.Settle("p", member.member().value(), sequence));
            }
        }

        private List<MemberKey> members() {
            return ledger.accounts(new ProgramId("p"), 100, Optional.empty()).accounts().stream()
                    .map(Account::key)
                    .toList();
        }

        private Optional<Account> account(MemberKey member) {
            return ledger.read(Set.of(new StoredKey.AccountKey(member))).account(member);
        }

        void tell(Command command) {
            told.add(now + " " + command);
            Verdict must = model.verdict(command, now);
            Verdict done = model.apply(command, now);
            Teller.Answer answer = teller.carryOut(Translation.operation(command));
            same("the model's own", must, done);
            same("verdict", must, Translation.verdict(answer));
            if (answer instanceof Teller.Answer.Done posted) {
                List<Command> signals = Translation.consequences(posted.posting());
                same("consequences", model.consequences(command), signals);
                if (!posted.replayed()) {
                    stream.addAll(signals);
                }
            }
            for (MemberKey member : members()) {
                same(
                        "account of " + member.member(),
                        model.picture("p", member.member().value(), now),
                        Translation.picture(account(member).orElseThrow(), this, now));
            }
            String kind = command.getClass().getSimpleName();
            switch (must) {
                case Verdict.Done it -> {
                    saw(kind + " done");
                    it.figures().keySet().stream()
                            .filter(figure ->
                                    !figure.equals("at") && !figure.equals("sequence") && !figure.equals("version"))
                            .filter(figure -> !figure.endsWith("After"))
                            .forEach(figure -> saw(kind + " " + figure));
                    it.moved()
                            .keySet()
                            .forEach(moved ->
                                    saw(moved.replaceAll(" (of|at) .*", "").replace(" from ", " ")));
                }
                case Verdict.Again it -> saw(kind + " again");
                case Verdict.Conflict it -> saw(kind + " conflict");
                case Verdict.Refused it ->
                    saw(kind + " "
                            + it.why()
                                    .replaceAll(" ([A-Z]*-?[0-9]+|[A-Z]{3})$", "")
                                    .replace(' ', '_'));
                case Verdict.Nothing it -> saw(kind + " nothing");
            }
        }

        private void same(String what, @Nullable Object model, Object engine) {
            if (!engine.equals(model)) {
                throw new AssertionError("seed " + seed + ", step " + told.size() + ", " + what + ":\nmodel:  " + model
                        + "\nengine: " + engine + "\nafter\n" + String.join("\n", told));
            }
        }
    }
}
