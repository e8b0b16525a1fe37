package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import kopilka.expiry.SettleAccount;
import kopilka.expiry.Sweep;
import kopilka.ledger.Account;
import kopilka.ledger.Audit;
import kopilka.ledger.Decision;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Stored;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.local.simulation.Step.Delivery;
import kopilka.local.simulation.Step.Message;
import kopilka.program.ProgramId;
import kopilka.referral.ReferrerSide;
import org.jspecify.annotations.Nullable;

/**
 * Some programs, their members, the containers that serve them and the store in which all is kept. It does the steps of a
 * history, one after the other, with the real teller and the real operations, and holds each commit and each answer against
 * the model and the invariants.
 */
final class World {
    /** When every history begins. */
    static final Instant BEGINNING = Instant.parse("2027-03-01T08:00:00Z");

    /** How many retries without any fault may be needed before it is said that they never end. */
    private static final int PATIENCE = 3;

    private static final int PAGE = 7;

    private final Store.Shelf shelf;
    private final Tally tally;
    private final Model model = new Model();
    private final Versions versions = new Versions();
    private final Map<String, Instant> lastVersion = new HashMap<>();
    private final Books books;
    private final Map<Integer, Duration> skews = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<Message> unresolved = new LinkedHashSet<>();
    private final Map<Message, Reward> outbox = new LinkedHashMap<>();
    private final List<Unknown> unknown = new ArrayList<>();
    private Epoch epoch = new Epoch();
    private Instant now = BEGINNING;

    World(Store.Shelf shelf, Tally tally) {
        this.shelf = shelf;
        this.tally = tally;
        this.books = new Books(versions, tally);
        tally.world();
    }

    /** A state of the model. As long as nothing was committed since, it is the model itself. */
    static final class Epoch {
        private @Nullable Model frozen;
    }

    /** What is to be done for a referrer: the posting that asks for it, and what the model makes of it. */
    private record Reward(Posting posting, Command command) {}

    /** A write of which it is not known whether it is, or ever will be, carried out. */
    private record Unknown(Decision.Post post, Instant reading, Command command, List<Epoch> seen) {}

    Instant now() {
        return now;
    }

    Tally tally() {
        return tally;
    }

    Model model() {
        return model;
    }

    Epoch epoch() {
        return epoch;
    }

    /** Signals that the outbox holds. */
    List<Message> signals() {
        return List.copyOf(outbox.keySet());
    }

    /** Some member, for an index that lags behind. */
    Optional<MemberKey> anybody() {
        return books.members().stream()
                .min(Comparator.comparing((MemberKey member) -> member.program().value())
                        .thenComparing(member -> member.member().value()));
    }

    /** All postings, by member. */
    Map<MemberKey, List<Posting>> postings() {
        Map<MemberKey, List<Posting>> all = new HashMap<>();
        books.members().forEach(member -> all.put(member, List.copyOf(books.postings(member))));
        return all;
    }

    /** How every member stands now in the ledger, as time has left it; without the number of postings. */
    Map<MemberKey, Picture> pictures() {
        Map<MemberKey, Picture> all = new HashMap<>();
        for (MemberKey member : books.members()) {
            Picture picture = Translation.picture(books.account(member).orElseThrow(), versions, now);
            all.put(member, picture.numbered(0));
        }
        return all;
    }

    private Picture picture(MemberKey member, Instant moment) {
        Picture picture =
                model.picture(member.program().value(), member.member().value(), moment);
        if (picture == null) {
            throw new Broken(Invariant.TRUE_ANSWER, "no account of " + member, "there is one");
        }
        return picture;
    }

    private void check(Invariant invariant, Object expected, Object actual) {
        tally.checked(invariant);
        if (!expected.equals(actual)) {
            throw new Broken(invariant, String.valueOf(expected), String.valueOf(actual));
        }
    }

    // --- steps ---

    /**
     * Does a step.
     *
     * @throws Broken where an invariant does not hold
     */
    void perform(Step step) {
        tally.step();
        try {
            switch (step) {
                case Step.Clock clock -> {
                    if (clock.now().isBefore(now)) {
                        tally.fault("clock_set_back");
                    }
                    now = clock.now();
                }
                case Step.Skew skew -> {
                    tally.fault("clock_skewed");
                    skews.put(skew.container(), skew.ahead());
                }
                case Step.Publish publish -> publish(publish);
                case Step.Lose lost -> {
                    tally.fault("message_lost");
                    unresolved.add(lost.message());
                }
                case Step.Round round -> round(round);
                case Step.Sweep sweep -> sweep(sweep);
                case Step.Look look -> look(look);
            }
            if (shelf.wired()) {
                shelf.arriveLate();
                resolveUnknown();
            }
        } catch (Broken broken) {
            throw broken;
        } catch (RuntimeException unexpected) {
            Broken broken = new Broken(Invariant.SOUND, "no exception", unexpected.toString());
            broken.initCause(unexpected);
            throw broken;
        }
    }

    private void publish(Step.Publish publish) {
        Instant last = lastVersion.getOrDefault(publish.program(), publish.from());
        Instant from = publish.from().isBefore(last) ? last : publish.from();
        lastVersion.put(publish.program(), from);
        versions.publish(new ProgramId(publish.program()), Translation.program(publish.rules()), from);
        model.publish(publish.program(), publish.rules(), from);
    }

    private void round(Step.Round round) {
        for (Delivery delivery : round.deliveries()) {
            if (!(delivery.message() instanceof Message.Due) && !unresolved.add(delivery.message())) {
                tally.fault("message_delivered_again");
            }
        }
        if (round.deliveries().size() == 1) {
            deliver(round.deliveries().getFirst(), Turns.Turn.ALONE);
        } else {
            long messages = round.deliveries().stream()
                    .map(Delivery::message)
                    .distinct()
                    .count();
            if (messages < round.deliveries().size()) {
                tally.fault("message_handled_twice_at_once");
            }
            Map<Integer, Consumer<Turns.Turn>> doings = new HashMap<>();
            for (Delivery delivery : round.deliveries()) {
                doings.put(delivery.label(), turn -> deliver(delivery, turn));
            }
            Turns.together(doings, round.turns());
        }
        lines.clear();
    }

    private Line line(int container, Turns.Turn turn, SortedMap<Integer, Mishap> faults) {
        Line line = new Line(this, shelf, turn, skews.getOrDefault(container, Duration.ZERO), faults);
        lines.add(line);
        return line;
    }

    /** Delivers a message. Where it is not known whether it had its effect, it stays unresolved. */
    private void deliver(Delivery delivery, Turns.Turn turn) {
        Line line = line(delivery.container(), turn, delivery.faults());
        try {
            Optional<Errand> errand = errand(delivery.message(), line);
            if (errand.isEmpty()) {
                unresolved.remove(delivery.message());
                return;
            }
            Operation operation = errand.get().operation();
            Teller teller = new Teller(line, versions, line, Teller.Pause.NONE);
            Teller.Answer answer = errand.get()
                    .seen()
                    .map(seen -> teller.carryOut(operation, seen))
                    .orElseGet(() -> teller.carryOut(operation));
            answered(delivery.message(), line, operation, answer);
        } catch (LedgerUnavailable unavailable) {
            tally.outcome("unavailable");
        } catch (Death death) {
            tally.outcome("died");
        } finally {
            lines.remove(line);
        }
    }

    /**
     * What a message asks for.
     *
     * @param operation is to be carried out
     * @param seen what was read of it already
     */
    private record Errand(Operation operation, Optional<Snapshot> seen) {
        /** Nothing was read. */
        Errand(Operation operation) {
            this(operation, Optional.empty());
        }
    }

    private Optional<Errand> errand(Message message, Line line) {
        switch (message) {
            case Message.Ask(Command command) -> {
                Operation operation = Translation.operation(command);
                line.carries(operation.id(), command);
                return Optional.of(new Errand(operation));
            }
            case Message.Due due -> {
                MemberKey member = new MemberKey(new ProgramId(due.program()), new MemberId(due.member()));
                Optional<Sweep.Settlement> settlement = Sweep.settlement(line, member);
                return settlement.map(found -> {
                    SettleAccount settle = found.operation();
                    line.carries(settle.id(), new Command.Settle(due.program(), due.member(), settle.sequence()));
                    return new Errand(settle, Optional.of(found.seen()));
                });
            }
            case Message.Signal signal -> {
                Reward reward = outbox.get(signal);
                if (reward == null) {
                    return Optional.empty();
                }
                Optional<Operation> operation = ReferrerSide.of(reward.posting());
                operation.ifPresent(asked -> line.carries(asked.id(), reward.command()));
                return operation.map(Errand::new);
            }
        }
    }

    private void answered(Message message, Line line, Operation operation, Teller.Answer answer) {
        Command command = line.command();
        String name = command.getClass().getSimpleName();
        MemberKey member = operation.member();
        switch (answer) {
            case Teller.Answer.Done done -> {
                tally.outcome(done.replayed() ? "done before" : "done");
                Optional<Posting> known = books.posting(member.program(), operation.id());
                check(Invariant.TRUE_ANSWER, Optional.of(done.posting()), known);
                if (done.replayed()) {
                    expected(line, command, Invariant.SAME_ANSWER, new Verdict.Again(Translation.done(done.posting())));
                }
                unresolved.remove(message);
            }
            case Teller.Answer.Refused refused -> {
                Verdict verdict = Translation.verdict(answer);
                tally.outcome("refused: " + refused.refusal().getClass().getSimpleName());
                expected(line, command, Invariant.TRUE_ANSWER, verdict);
                unresolved.remove(message);
            }
            case Teller.Answer.Conflict conflict -> {
                tally.outcome("conflict");
                expected(line, command, Invariant.SAME_ANSWER, new Verdict.Conflict());
                unresolved.remove(message);
            }
            case Teller.Answer.Nothing nothing -> {
                tally.outcome("nothing to do");
                expected(line, command, Invariant.EXPIRY, new Verdict.Nothing());
                unresolved.remove(message);
            }
            case Teller.Answer.Unavailable unavailable -> {
                tally.outcome("unavailable");
                if (!line.disturbed()) {
                    throw new Broken(Invariant.SOUND, name + " to be answered, nothing went wrong", "unavailable");
                }
            }
        }
    }

    /** An answer must be what the model says at a moment from the attempt's first read on. */
    private void expected(Line line, Command command, Invariant invariant, Verdict verdict) {
        tally.checked(invariant);
        Set<String> possible = new HashSet<>();
        for (Epoch seen : line.seen()) {
            Model then = seen.frozen == null ? model : seen.frozen;
            Verdict right = then.verdict(command, line.reading());
            if (right.equals(verdict)) {
                return;
            }
            possible.add(right.toString());
        }
        throw new Broken(invariant, String.join(" or ", possible) + " of " + command, verdict.toString());
    }

    // --- commits ---

    /** Writes to the ledger for a delivery, and takes note of what is committed. */
    Ledger.Written writing(Line line, Decision.Post post, Optional<Snapshot> glance, Ledger ledger) {
        if (!shelf.wired()) {
            Ledger.Written written = ledger.write(List.of(post), glance);
            if (written == Ledger.Written.DONE) {
                committed(post, line.reading(), line.command(), line.seen());
            } else {
                leftAsItWas(post, written);
            }
            return written;
        }
        unknown.add(new Unknown(post, line.reading(), line.command(), List.copyOf(line.seen())));
        try {
            return ledger.write(List.of(post), glance);
        } finally {
            resolveUnknown();
        }
    }

    private void resolveUnknown() {
        for (Unknown write : List.copyOf(unknown)) {
            Posting posting = write.post().posting();
            StoredKey.PostingKey key = posting.storedAs();
            Optional<Posting> stored = shelf.truth().read(Set.of(key)).posting(key.program(), key.operation());
            if (stored.isPresent()) {
                boolean isNew = books.posting(key.program(), key.operation()).isEmpty();
                if (isNew && stored.get().equals(posting)) {
                    committed(write.post(), write.reading(), write.command(), write.seen());
                }
                unknown.remove(write);
            }
        }
    }

    private void committed(Decision.Post post, Instant reading, Command command, List<Epoch> seen) {
        Posting posting = post.posting();
        tally.posting();
        tally.command(command.getClass().getSimpleName());
        wholly(post);
        books.enter(post, reading);
        if (lines.size() > 1 || !unknown.isEmpty()) {
            epoch.frozen = model.copy();
        }
        Verdict.Done actual = Translation.done(posting);
        Verdict right = model.apply(command, reading);
        if (!right.equals(actual)) {
            right = asOfItsRead(command, reading, seen, actual).orElse(right);
        }
        epoch = new Epoch();
        lines.forEach(line -> line.sees(epoch));
        check(about(command), right, actual);
        actual.figures().keySet().forEach(tally::policy);
        MemberKey member = posting.member();
        Picture expected = picture(member, posting.at());
        check(Invariant.SUMS, expected, Translation.picture(post.account()));
        signals(posting, command);
    }

    /**
     * What another member did after this operation read may not be in it: it is then as if it had come before. The
     * member's own account has not changed since, or the write would have been outrun.
     */
    private Optional<Verdict> asOfItsRead(Command command, Instant reading, List<Epoch> seen, Verdict actual) {
        for (Epoch then : seen) {
            if (then.frozen != null && then.frozen.verdict(command, reading).equals(actual)) {
                Model before = then.frozen.copy();
                Verdict right = before.apply(command, reading);
                model.adopt(before, command);
                return Optional.of(right);
            }
        }
        return Optional.empty();
    }

    private static Invariant about(Command command) {
        return switch (command) {
            case Command.Enrol enrol -> Invariant.ONE_EFFECT;
            case Command.Leave leave -> Invariant.ONE_EFFECT;
            case Command.Place place -> Invariant.ONE_EFFECT;
            case Command.Pay pay -> Invariant.ARITHMETIC;
            case Command.Deliver deliver -> Invariant.ARITHMETIC;
            case Command.Cancel cancel -> Invariant.NEVER_MORE_BACK;
            case Command.Refund refund -> Invariant.NEVER_MORE_BACK;
            case Command.Hold hold -> Invariant.HOLD_ENDS_ONCE;
            case Command.Capture capture -> Invariant.HOLD_ENDS_ONCE;
            case Command.VoidHold release -> Invariant.HOLD_ENDS_ONCE;
            case Command.Settle settle -> Invariant.EXPIRY;
            case Command.IssueCode issue -> Invariant.REFERRAL;
            case Command.Attach attach -> Invariant.REFERRAL;
            case Command.Reward reward -> Invariant.REFERRAL;
            case Command.TakeBack takeBack -> Invariant.REFERRAL;
        };
    }

    /** What a posting says to a referrer goes into the outbox, and is what the model says. */
    private void signals(Posting posting, Command command) {
        List<Command> consequences = model.consequences(command);
        check(Invariant.REFERRAL, consequences, Translation.consequences(posting));
        for (Command consequence : consequences) {
            Message.Signal signal = new Message.Signal(
                    posting.member().program().value(),
                    posting.member().member().value(),
                    consequence instanceof Command.Reward);
            check(Invariant.REFERRAL, Optional.empty(), Optional.ofNullable(outbox.get(signal)));
            outbox.put(signal, new Reward(posting, consequence));
            unresolved.add(signal);
        }
    }

    /** All of a commit is there. */
    private void wholly(Decision.Post post) {
        Map<StoredKey, Stored> expected = new HashMap<>();
        expected.put(post.posting().storedAs(), post.posting());
        expected.put(post.account().storedAs(), post.account());
        post.order().ifPresent(order -> expected.put(order.storedAs(), order));
        post.code().ifPresent(code -> expected.put(code.storedAs(), code));
        post.uses().forEach(use -> expected.put(use.storedAs(), use));
        Snapshot stored = shelf.truth().read(expected.keySet());
        check(Invariant.ALL_OR_NOTHING, expected, stored.found());
    }

    /** Nothing of what was not committed is there. */
    private void leftAsItWas(Decision.Post post, Ledger.Written written) {
        MemberKey member = post.posting().member();
        OperationId operation = post.posting().operation();
        Snapshot stored = shelf.truth()
                .read(Set.of(new StoredKey.AccountKey(member), post.posting().storedAs()));
        check(Invariant.ALL_OR_NOTHING, books.account(member), stored.account(member));
        check(
                Invariant.ALL_OR_NOTHING,
                books.posting(member.program(), operation),
                stored.posting(member.program(), operation));
        check(
                Invariant.ONE_EFFECT,
                written == Ledger.Written.DUPLICATE,
                books.posting(member.program(), operation).isPresent());
    }

    // --- the sweep ---

    private void sweep(Step.Sweep sweep) {
        Line line = line(sweep.container(), Turns.Turn.ALONE, sweep.faults());
        Instant moment = line.instant();
        List<MemberKey> due = new ArrayList<>();
        boolean whole = true;
        try {
            Sweep.of(line, moment, () -> false, due::addAll);
            whole = !line.disturbed();
        } catch (LedgerUnavailable unavailable) {
            whole = false;
        } catch (Death death) {
            tally.outcome("died");
            whole = false;
        }
        lines.clear();
        tally.outcome("swept");
        for (MemberKey member : due) {
            Message message =
                    new Message.Due(member.program().value(), member.member().value());
            deliver(new Delivery(0, sweep.container(), message, new TreeMap<>()), Turns.Turn.ALONE);
        }
        lines.clear();
        if (whole && !shelf.wired()) {
            nothingIsDue(moment);
        }
    }

    /** After a sweep that nothing disturbed, all that was due by then is written down. */
    private void nothingIsDue(Instant moment) {
        for (MemberKey member : books.members()) {
            Account account = books.account(member).orElseThrow();
            Instant then = moment.isBefore(account.asOf()) ? account.asOf() : moment;
            Picture right = picture(member, then);
            Picture stored = Translation.picture(account);
            if (stored.holds().values().stream().allMatch(held -> held.until().isAfter(then))) {
                check(Invariant.EXPIRY, right, stored);
            } else {
                // That a hold ran out is written down by whoever comes next; what matured and expired is not left to
                // them.
                check(
                        Invariant.EXPIRY,
                        List.of(right.pending(), right.lapsed()),
                        List.of(stored.pending(), stored.lapsed()));
            }
        }
    }

    // --- looking ---

    private void look(Step.Look look) {
        Line line = line(look.container(), Turns.Turn.ALONE, new TreeMap<>());
        MemberKey member = new MemberKey(new ProgramId(look.program()), new MemberId(look.member()));
        Optional<Account> account =
                line.read(Set.of(new StoredKey.AccountKey(member))).account(member);
        check(Invariant.LINEARIZABLE, books.account(member), account);
        List<Posting> expected = books.postings(member).reversed();
        List<Posting> history = line.history(member, Long.MAX_VALUE, PAGE);
        check(Invariant.LINEARIZABLE, expected.subList(0, Math.min(PAGE, expected.size())), history);
        lines.clear();
    }

    // --- the end ---

    /** All that is unresolved is sent again until it is answered, without any fault; then everything is checked. */
    void end(boolean sweeps) {
        shelf.arriveLate();
        resolveUnknown();
        for (int again = 0; again < PATIENCE && !unresolved.isEmpty(); again++) {
            for (Message message : List.copyOf(unresolved)) {
                perform(new Step.Round(List.of(new Delivery(0, 0, message, new TreeMap<>())), List.of()));
            }
        }
        check(Invariant.SOUND, Set.of(), Set.copyOf(unresolved));
        if (sweeps) {
            perform(new Step.Sweep(0, new TreeMap<>()));
        }
        for (MemberKey member : books.members()) {
            audit(member);
        }
        referrers();
        shelf.wireFaults().forEach(tally::faults);
    }

    private void audit(MemberKey member) {
        Optional<Account> account =
                shelf.truth().read(Set.of(new StoredKey.AccountKey(member))).account(member);
        check(Invariant.TRUE_ANSWER, books.account(member), account);
        List<Posting> postings = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<Posting> page = shelf.truth().history(member, before, PAGE);
                !page.isEmpty();
                page = shelf.truth().history(member, before, PAGE)) {
            postings.addAll(page);
            before = page.getLast().sequence();
        }
        check(Invariant.GAPLESS, books.postings(member), postings.reversed());
        check(Invariant.CHAINED, List.of(), Audit.of(account.orElseThrow(), postings.reversed()));
    }

    /** Whoever recommended whom: no chain ends where it began. */
    private void referrers() {
        Map<MemberKey, MemberKey> by = new HashMap<>();
        for (MemberKey member : books.members()) {
            books.account(member)
                    .flatMap(Account::referral)
                    .ifPresent(referral -> by.put(member, new MemberKey(member.program(), referral.referrer())));
        }
        for (MemberKey member : by.keySet()) {
            Set<MemberKey> chain = new HashSet<>();
            boolean cycle = false;
            for (MemberKey next = member; next != null && !cycle; next = by.get(next)) {
                cycle = !chain.add(next);
            }
            check(Invariant.REFERRAL, false, cycle);
        }
    }
}
