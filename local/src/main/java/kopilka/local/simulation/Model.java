package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.local.simulation.Command.Attach;
import kopilka.local.simulation.Command.Back;
import kopilka.local.simulation.Command.Basket;
import kopilka.local.simulation.Command.Cancel;
import kopilka.local.simulation.Command.Capture;
import kopilka.local.simulation.Command.Deliver;
import kopilka.local.simulation.Command.Enrol;
import kopilka.local.simulation.Command.Hold;
import kopilka.local.simulation.Command.IssueCode;
import kopilka.local.simulation.Command.Leave;
import kopilka.local.simulation.Command.Line;
import kopilka.local.simulation.Command.Pay;
import kopilka.local.simulation.Command.Place;
import kopilka.local.simulation.Command.Refund;
import kopilka.local.simulation.Command.Reward;
import kopilka.local.simulation.Command.Settle;
import kopilka.local.simulation.Command.TakeBack;
import kopilka.local.simulation.Command.VoidHold;
import kopilka.local.simulation.Picture.Days;
import kopilka.local.simulation.Purse.Parcel;
import kopilka.local.simulation.Reckoning.Kept;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the ledger, as plainly as they can be told: what must come of a command. It follows {@code docs/domain.md},
 * {@code docs/ledger.md} and {@code docs/outcomes.md}, stores nothing, and is in no hurry: a command works on a copy of
 * the member, which takes the member's place if the command is done.
 *
 * <p>Neither adjustments nor tiers nor promotions are part of the rules yet; a command for each would stand in
 * {@link #happen}.
 */
final class Model {
    private static final Instant OLDEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final int MOST_CHECKOUTS = 20;
    private static final long LONGEST_HOLD_MINUTES = 7 * 24 * 60;
    private static final int MOST_WAITING_FOR_AN_ORDER = 100;
    private static final int MOST_ORDERS_WAITED_FOR = 500;

    private final Map<String, Program> programs = new HashMap<>();

    /** A model without programs. */
    Model() {}

    /** Rules, and since when they hold. */
    private record Version(int number, Instant from, Rules rules) {}

    /** What was done once: by its name, forever. */
    private record Past(Command command, Verdict.Done done, List<Command> consequences) {}

    /** All of one program. Nothing is shared between two. */
    private static final class Program {
        final List<Version> versions = new ArrayList<>();
        final Map<String, Member> members = new HashMap<>();
        final Map<String, Past> past = new HashMap<>();
        final Map<String, String> codes = new HashMap<>();

        /** The version that holds at a moment; the first one for what lies before it. */
        Version at(Instant moment) {
            Version holds = versions.getFirst();
            for (Version version : versions) {
                holds = version.from().isAfter(moment) ? holds : version;
            }
            return holds;
        }

        Member member(String id) {
            Member member = members.get(id);
            if (member == null) {
                throw new Stop(new Verdict.Refused("member_not_found"));
            }
            return new Member(member);
        }
    }

    /** A member's account. */
    private static final class Member {
        final Purse purse;
        final Instant joined;
        final Map<String, Purchase> purchases;
        /** What each captured redemption spent, in the order in which they were captured. */
        final Map<String, List<Parcel>> spent;
        /** Which order each redemption paid for. */
        final Map<String, String> paidFor;

        long postings;
        Instant asOf;
        boolean closed;
        boolean ordered;

        @Nullable
        String code;

        @Nullable
        String referrer;
        /** The order that the referral hangs on. */
        @Nullable
        String qualifying;

        long rewarded;
        boolean rewardGone;

        Member(Instant now) {
            purse = new Purse();
            joined = now;
            asOf = now;
            purchases = new HashMap<>();
            spent = new LinkedHashMap<>();
            paidFor = new HashMap<>();
        }

        Member(Member other) {
            purse = new Purse(other.purse);
            joined = other.joined;
            purchases = new HashMap<>(other.purchases);
            spent = new LinkedHashMap<>(other.spent);
            paidFor = new HashMap<>(other.paidFor);
            postings = other.postings;
            asOf = other.asOf;
            closed = other.closed;
            ordered = other.ordered;
            code = other.code;
            referrer = other.referrer;
            qualifying = other.qualifying;
            rewarded = other.rewarded;
            rewardGone = other.rewardGone;
        }

        /** An order of this member, to be changed. */
        Purchase purchase(String order) {
            Purchase purchase = purchases.containsKey(order) ? new Purchase(purchases.get(order)) : new Purchase();
            purchases.put(order, purchase);
            return purchase;
        }
    }

    /** What is told of an order. */
    private static final class Purchase {
        /** What came before the payment. */
        final List<Command> waiting;
        /** What came back. */
        final List<Refund> returns;

        @Nullable
        Pay pay;

        @Nullable
        Version version;

        Days days = Purse.NO_DAYS;
        boolean cancelled;
        /** The money that went back. */
        long refunded;
        /** How many of the points that had paid for it are given back. */
        long restored;
        /** How many points the shop bore. */
        long borne;

        Purchase() {
            waiting = new ArrayList<>();
            returns = new ArrayList<>();
        }

        Purchase(Purchase other) {
            waiting = new ArrayList<>(other.waiting);
            returns = new ArrayList<>(other.returns);
            pay = other.pay;
            version = other.version;
            days = other.days;
            cancelled = other.cancelled;
            refunded = other.refunded;
            restored = other.restored;
            borne = other.borne;
        }

        Pay paid() {
            return Objects.requireNonNull(pay);
        }

        Basket basket() {
            return paid().basket();
        }

        Rules rules() {
            return Objects.requireNonNull(version).rules();
        }

        Kept kept() {
            return Reckoning.kept(basket(), returns);
        }

        long earned() {
            return cancelled ? 0 : Reckoning.earned(basket(), kept(), rules());
        }
    }

    /** Ends a decision before anything is done. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient Verdict verdict;

        Stop(Verdict verdict) {
            super(null, null, false, false);
            this.verdict = verdict;
        }
    }

    private static void refuse(boolean when, String why) {
        if (when) {
            throw new Stop(new Verdict.Refused(why));
        }
    }

    /** A command that is being done to a copy of its member. */
    private static final class Doing {
        final Program program;
        final Command command;
        final Member member;
        final Instant now;
        final SortedMap<String, Long> figures = new TreeMap<>();
        final List<Command> consequences = new ArrayList<>();
        /** The version that the posting names. */
        Version version;

        Doing(Program program, Command command, Member member, Instant now) {
            this.program = program;
            this.command = command;
            this.member = member;
            this.now = now.isBefore(member.asOf) ? member.asOf : now;
            this.version = program.at(this.now);
            settle();
        }

        Rules today() {
            return program.at(now).rules();
        }

        Purse purse() {
            return member.purse;
        }

        void settle() {
            member.purse.settle(now, today().zone());
        }

        void add(String figure, long value) {
            if (value != 0) {
                figures.merge(figure, value, Math::addExact);
            }
        }

        void addDays(Days days) {
            if (!days.equals(Purse.NO_DAYS)) {
                add("from", days.from().toEpochDay());
                add("last", days.last().toEpochDay());
            }
        }

        Verdict.Done done() {
            settle();
            member.postings++;
            member.asOf = now;
            add("sequence", member.postings);
            add("at", now.toEpochMilli());
            add("version", version.number());
            add("availableAfter", purse().total(Purse.AVAILABLE));
            add("pendingAfter", purse().total(Purse.AWAITING) + purse().total(Purse.PENDING));
            add("heldAfter", purse().total(Purse.HELD));
            add("debtAfter", purse().debt);
            return new Verdict.Done(
                    Collections.unmodifiableSortedMap(figures), Collections.unmodifiableSortedMap(purse().moved));
        }
    }

    // --- what one can ask ---

    /** The next version of a program. */
    void publish(String program, Rules rules, Instant effectiveFrom) {
        List<Version> versions = programs.computeIfAbsent(program, p -> new Program()).versions;
        versions.add(new Version(versions.size() + 1, effectiveFrom, rules));
    }

    /** What must come of a command at a moment. Changes nothing. */
    Verdict verdict(Command command, Instant now) {
        return decide(command, now, false);
    }

    /** The same, and it happens. */
    Verdict apply(Command command, Instant now) {
        return decide(command, now, true);
    }

    /** What must have been signalled to other accounts when the command was done: rewards, or that they are taken back. */
    List<Command> consequences(Command command) {
        Program program = programs.get(command.program());
        Past past = program == null ? null : program.past.get(name(command));
        return past == null ? List.of() : past.consequences();
    }

    /** A member at a moment, as time has left it then. Null: there is none. */
    @Nullable
    Picture picture(String program, String member, Instant now) {
        Program of = programs.get(program);
        if (of == null || !of.members.containsKey(member)) {
            return null;
        }
        Doing looking = new Doing(of, new Settle(program, member, 0), of.member(member), now);
        Purse purse = looking.purse();
        SortedMap<String, Picture.Held> holds = new TreeMap<>();
        purse.checkouts.forEach(checkout -> holds.put(
                checkout.redemption(),
                new Picture.Held(checkout.until(), purse.lots(Purse.heldFor(checkout.redemption())))));
        return new Picture(
                looking.member.postings,
                looking.member.closed,
                Optional.ofNullable(looking.member.code),
                Optional.ofNullable(looking.member.referrer),
                purse.total(Purse.AWAITING),
                purse.lots(Purse.PENDING),
                purse.lots(Purse.AVAILABLE),
                holds,
                purse.debt,
                purse.lots(Purse.LAPSED));
    }

    /** A model that goes its own way from here on. */
    Model copy() {
        Model copy = new Model();
        programs.forEach((name, program) -> {
            // Members and what is past never change once they are here: they are replaced.
            Program same = new Program();
            same.versions.addAll(program.versions);
            same.members.putAll(program.members);
            same.past.putAll(program.past);
            same.codes.putAll(program.codes);
            copy.programs.put(name, same);
        });
        return copy;
    }

    /** Takes over what a command did to its member in a copy that went its own way; here nothing happened to the member since. */
    void adopt(Model other, Command command) {
        Program there = Objects.requireNonNull(other.programs.get(command.program()));
        Program here = Objects.requireNonNull(programs.get(command.program()));
        here.members.put(command.member(), Objects.requireNonNull(there.members.get(command.member())));
        here.past.put(name(command), Objects.requireNonNull(there.past.get(name(command))));
        if (command instanceof IssueCode issue) {
            here.codes.put(issue.code(), issue.member());
        }
    }

    // --- deciding ---

    private Verdict decide(Command command, Instant now, boolean happens) {
        Program program = programs.get(command.program());
        if (program == null) {
            return new Verdict.Refused("program_not_found");
        }
        Past past = program.past.get(name(command));
        if (past != null) {
            return same(past.command(), command) ? new Verdict.Again(past.done()) : new Verdict.Conflict();
        }
        try {
            Member member = command instanceof Enrol ? new Member(now) : program.member(command.member());
            Doing doing = new Doing(program, command, member, now);
            happen(doing);
            Verdict.Done done = doing.done();
            if (happens) {
                program.members.put(command.member(), doing.member);
                program.past.put(name(command), new Past(command, done, doing.consequences));
                if (command instanceof IssueCode issue) {
                    program.codes.put(issue.code(), issue.member());
                }
            }
            return done;
        } catch (Stop stop) {
            return stop.verdict;
        }
    }

    /** What makes two commands the same one. */
    static String name(Command command) {
        return switch (command) {
            case Enrol enrol -> "enrol " + enrol.member();
            case Leave leave -> "leave " + leave.member();
            case Place place -> "place " + place.order();
            case Pay pay -> "pay " + pay.order();
            case Deliver deliver -> "deliver " + deliver.order();
            case Cancel cancel -> "cancel " + cancel.order();
            case Refund refund -> "refund " + refund.order() + " " + refund.refund();
            case Hold hold -> "hold " + hold.redemption();
            case Capture capture -> "capture " + capture.redemption();
            case VoidHold release -> "void " + release.redemption();
            case Settle settle -> "settle " + settle.member() + " " + settle.sequence();
            case IssueCode issue -> "code " + issue.member();
            case Attach attach -> "attach " + attach.member();
            case Reward reward -> "reward " + reward.referee();
            case TakeBack takeBack -> "take back " + takeBack.referee();
        };
    }

    /** Whether two commands of one name ask for the same; the code is drawn anew each time one is asked for. */
    private static boolean same(Command one, Command other) {
        return one instanceof IssueCode || one.equals(other);
    }

    private static void happen(Doing doing) {
        switch (doing.command) {
            case Enrol enrol -> {}
            case Leave leave -> leave(doing);
            case Place place -> checkOrder(doing, place.at(), place.basket());
            case Pay pay -> pay(doing, pay);
            case Deliver deliver -> deliver(doing, deliver);
            case Cancel cancel -> cancel(doing, cancel);
            case Refund refund -> refund(doing, refund);
            case Hold hold -> hold(doing, hold);
            case Capture capture -> capture(doing, capture);
            case VoidHold release -> release(doing, release);
            case Settle settle -> settle(doing, settle);
            case IssueCode issue -> issueCode(doing, issue);
            case Attach attach -> attach(doing, attach);
            case Reward reward -> reward(doing, reward);
            case TakeBack takeBack -> takeBack(doing, takeBack);
        }
    }

    private static void leave(Doing doing) {
        int open = doing.purse().checkouts.size();
        refuse(open > 0, "open_redemptions " + open);
        doing.purse().close(doing.now);
        doing.member.closed = true;
    }

    /** Writes down what time did, where it did something and nothing else was written down since. */
    private static void settle(Doing doing, Settle settle) {
        if (doing.member.postings != settle.sequence() || doing.purse().moved.isEmpty()) {
            throw new Stop(new Verdict.Nothing());
        }
    }

    // --- orders ---

    private static void checkTime(Doing doing, Instant at) {
        refuse(at.isAfter(doing.now.plus(Duration.ofDays(1))), "time_in_future");
        refuse(at.isBefore(OLDEST), "time_too_old");
    }

    private static void checkOrder(Doing doing, Instant at, Basket basket) {
        refuse(doing.member.closed, "member_closed");
        checkTime(doing, at);
        long goods = Reckoning.sum(basket.lines().stream().map(Line::total).toList());
        Set<String> ids = new HashSet<>(basket.lines().stream().map(Line::id).toList());
        long byPoints = Reckoning.sum(List.copyOf(basket.paidByPoints().values()));
        refuse(basket.lines().isEmpty(), "order_invalid lines");
        refuse(ids.size() < basket.lines().size(), "order_invalid line_id_twice");
        refuse(
                goods + basket.delivery() + basket.tax() - basket.discount() != basket.total(),
                "order_invalid total_mismatch");
        refuse(basket.discount() > goods, "order_invalid discount_above_lines");
        refuse(byPoints > basket.total(), "order_invalid payments_mismatch");
        String currency = doing.program.at(at).rules().currency();
        refuse(!basket.currency().equals(currency), "currency_mismatch " + currency);
    }

    private static void pay(Doing doing, Pay pay) {
        checkOrder(doing, pay.at(), pay.basket());
        Member member = doing.member;
        for (String redemption : pay.basket().paidByPoints().keySet()) {
            String order = member.paidFor.getOrDefault(redemption, pay.order());
            refuse(!order.equals(pay.order()), "redemption_used " + redemption);
        }
        Purchase purchase = member.purchase(pay.order());
        List<Command> waiting = purchase.waiting.stream()
                .sorted(Comparator.comparingInt(Model::rank).thenComparing(Model::name))
                .toList();
        if (waiting.stream().anyMatch(command -> !(command instanceof Deliver))) {
            refuseOpen(doing, pay.basket());
        }
        pay.basket().paidByPoints().keySet().forEach(redemption -> member.paidFor.put(redemption, pay.order()));
        doing.version = doing.program.at(pay.at());
        purchase.waiting.clear();
        purchase.pay = pay;
        purchase.version = doing.version;
        purchase.days = purchase.rules().fromDelivery() ? Purse.NO_DAYS : Reckoning.days(purchase.rules(), pay.at());
        member.ordered = true;
        accrue(doing, purchase.earned(), purchase.days);
        doing.add("earned", purchase.earned());
        doing.add("uncapped", Reckoning.uncapped(pay.basket(), purchase.kept(), purchase.rules()));
        boolean first = member.referrer != null && member.qualifying == null;
        if (first && qualifies(purchase)) {
            member.qualifying = pay.order();
            if (!purchase.rules().fromDelivery()) {
                rewardReferee(doing, purchase);
            }
        }
        for (Command command : waiting) {
            // As if it came right after the payment.
            doing.settle();
            switch (command) {
                case Deliver deliver -> arrive(doing, purchase, deliver.at());
                case Cancel cancel -> callOff(doing, purchase);
                case Refund refund when misfit(purchase, refund) == null -> giveBack(doing, purchase, refund);
                default -> doing.add("ignored", 1);
            }
        }
        doing.add("applied", waiting.size() - doing.figures.getOrDefault("ignored", 0L));
        doing.addDays(purchase.days);
    }

    /** What waited takes effect in this order, and refunds by their ids. */
    private static int rank(Command command) {
        return command instanceof Deliver ? 0 : command instanceof Refund ? 1 : 2;
    }

    private static void accrue(Doing doing, long points, Days days) {
        String to = days.equals(Purse.NO_DAYS) ? Purse.AWAITING : Purse.PENDING;
        doing.purse().bring("accrue", points, days, to, doing.now);
    }

    private static void refuseOpen(Doing doing, Basket basket) {
        for (String redemption : basket.paidByPoints().keySet()) {
            refuse(doing.purse().isOpen(redemption), "redemption_open " + redemption);
        }
    }

    /** The order that a message is about, paid by this member; or the message waits for the payment, and there is none. */
    private static @Nullable Purchase paidOrWait(Doing doing, String order) {
        Past payment = doing.program.past.get("pay " + order);
        if (payment != null) {
            refuse(!payment.command().member().equals(doing.command.member()), "order_not_found");
            return doing.member.purchase(order);
        }
        Purchase purchase = doing.member.purchase(order);
        purchase.waiting.add(doing.command);
        long orders = doing.member.purchases.values().stream()
                .filter(other -> !other.waiting.isEmpty())
                .count();
        refuse(purchase.waiting.size() > MOST_WAITING_FOR_AN_ORDER, "too_many_waiting " + MOST_WAITING_FOR_AN_ORDER);
        refuse(orders > MOST_ORDERS_WAITED_FOR, "too_many_waiting " + MOST_ORDERS_WAITED_FOR);
        doing.add("waiting", 1);
        return null;
    }

    private static void deliver(Doing doing, Deliver deliver) {
        checkTime(doing, deliver.at());
        Purchase purchase = paidOrWait(doing, deliver.order());
        if (purchase != null) {
            arrive(doing, purchase, deliver.at());
            doing.version = Objects.requireNonNull(purchase.version);
            doing.add("earned", purchase.earned());
            if (purchase.rules().fromDelivery()) {
                doing.addDays(purchase.days);
            }
        }
    }

    /** Where the window runs from the delivery, the points learn their days. */
    private static void arrive(Doing doing, Purchase purchase, Instant at) {
        if (purchase.rules().fromDelivery()) {
            purchase.days = Reckoning.days(purchase.rules(), at);
            if (!doing.member.closed) {
                doing.purse().schedule(purchase.earned(), purchase.days, doing.now);
                if (carriesReferral(doing.member, purchase)) {
                    rewardReferee(doing, purchase);
                }
            }
        }
    }

    private static void cancel(Doing doing, Cancel cancel) {
        checkTime(doing, cancel.at());
        Purchase purchase = paidOrWait(doing, cancel.order());
        if (purchase != null) {
            refuseOpen(doing, purchase.basket());
            doing.version = Objects.requireNonNull(purchase.version);
            callOff(doing, purchase);
            doing.add("earned", purchase.earned());
        }
    }

    private static void callOff(Doing doing, Purchase purchase) {
        long before = purchase.earned();
        purchase.cancelled = true;
        adjust(doing, purchase, before, Math.max(0, purchase.basket().total() - purchase.refunded));
    }

    private static void refund(Doing doing, Refund refund) {
        checkTime(doing, refund.at());
        Past payment = doing.program.past.get("pay " + refund.order());
        String currency = payment != null && payment.command() instanceof Pay pay
                ? pay.basket().currency()
                : doing.today().currency();
        refuse(!refund.currency().equals(currency), "currency_mismatch " + currency);
        Purchase purchase = paidOrWait(doing, refund.order());
        if (purchase != null) {
            refuseOpen(doing, purchase.basket());
            String misfit = misfit(purchase, refund);
            refuse(misfit != null, String.valueOf(misfit));
            doing.version = Objects.requireNonNull(purchase.version);
            giveBack(doing, purchase, refund);
            doing.add("earned", purchase.earned());
        }
    }

    /** Why a refund does not fit what is kept of an order; null: it fits. */
    private static @Nullable String misfit(Purchase purchase, Refund refund) {
        Basket basket = purchase.basket();
        List<String> ids = basket.lines().stream().map(Line::id).toList();
        for (Back back : refund.lines()) {
            if (!ids.contains(back.line())) {
                return "line_not_found " + refund.lines().indexOf(back);
            }
        }
        String exceeds = "refund_exceeds_order " + Math.max(0, basket.total() - purchase.refunded);
        List<Refund> all = with(purchase.returns, refund);
        for (Line line : basket.lines()) {
            if (Reckoning.returned(line.id(), all) > line.quantity()) {
                return exceeds;
            }
        }
        boolean tooMuch = refund.delivery() > purchase.kept().delivery()
                || refund.amount() > keptAfter(purchase, refund.lines(), refund.delivery(), 0)
                || purchase.refunded + money(purchase, refund) > basket.total();
        return tooMuch ? exceeds : null;
    }

    private static List<Refund> with(List<Refund> returns, Refund more) {
        List<Refund> all = new ArrayList<>(returns);
        all.add(more);
        return all;
    }

    /** What is kept, in money, when this has come back too. */
    private static long keptAfter(Purchase purchase, List<Back> lines, long delivery, long amount) {
        Refund more = new Refund("", "", "", "", Instant.EPOCH, "", lines, delivery, amount);
        return Reckoning.kept(purchase.basket(), with(purchase.returns, more)).value();
    }

    /** The money that goes back: the amounts that the lines name; of all else, what it lessens the value kept by. */
    private static long money(Purchase purchase, Refund refund) {
        long named = 0;
        List<Back> unpriced = new ArrayList<>();
        for (Back back : refund.lines()) {
            if (back.amount().isPresent()) {
                named += back.amount().getAsLong();
            } else {
                unpriced.add(back);
            }
        }
        return named + purchase.kept().value() - keptAfter(purchase, unpriced, refund.delivery(), refund.amount());
    }

    private static void giveBack(Doing doing, Purchase purchase, Refund refund) {
        long before = purchase.earned();
        long money = money(purchase, refund);
        purchase.returns.add(refund);
        purchase.refunded += money;
        adjust(doing, purchase, before, money);
    }

    /** Less is kept of an order: its points follow. What paid for it comes back first, then what it earned is taken. */
    private static void adjust(Doing doing, Purchase purchase, long earnedBefore, long money) {
        doing.add("value", money);
        Member member = doing.member;
        if (member.closed) {
            return;
        }
        long restored = restore(doing, purchase);
        long difference = earnedBefore - purchase.earned();
        accrue(doing, Math.max(0, -difference), purchase.days);
        long reversed = Math.max(0, difference);
        long gone = doing.purse().reverse(reversed, purchase.days, doing.now);
        if (carriesReferral(member, purchase) && (purchase.cancelled || !qualifies(purchase))) {
            reversed += member.rewarded;
            gone += doing.purse().reverse(member.rewarded, purchase.days, doing.now);
            member.rewarded = 0;
            member.rewardGone = true;
            doing.consequences.clear();
            doing.consequences.add(new TakeBack(
                    doing.command.program(),
                    Objects.requireNonNull(member.referrer),
                    doing.command.member(),
                    purchase.paid().order()));
        }
        doing.add("reversed", reversed);
        doing.add("restored", restored);
        bear(doing, purchase, gone, money, restored);
    }

    /** Gives back points that paid: of all of them, what the value still kept does not need. */
    private static long restore(Doing doing, Purchase purchase) {
        List<Parcel> spent = new ArrayList<>();
        doing.member.spent.forEach((redemption, parcels) -> {
            if (purchase.basket().paidByPoints().containsKey(redemption)) {
                spent.addAll(parcels.reversed());
            }
        });
        long all = Purse.sum(spent);
        long kept = purchase.cancelled ? 0 : purchase.kept().value();
        long needed = kept == 0
                ? 0
                : Math.min(all, Reckoning.shareUp(all, kept, purchase.basket().total()));
        long before = purchase.restored;
        long goal = Math.max(before, all - needed);
        long passed = 0;
        LocalDate today = LocalDate.ofInstant(doing.now, doing.today().zone());
        int grace = purchase.rules().graceDays();
        for (Parcel parcel : spent) {
            // Of the points one after another, those from the number given back before to the number due now.
            long part = Math.min(goal, passed + parcel.points()) - Math.max(before, passed);
            boolean late = parcel.days().last().isBefore(today) && grace > 0;
            Days days = late ? new Days(today, today.plusDays(grace)) : parcel.days();
            if (part > 0) {
                doing.purse().bring("restore", part, days, Purse.AVAILABLE, doing.now);
            }
            passed += parcel.points();
        }
        purchase.restored = goal;
        doing.settle();
        return goal - before;
    }

    /** Who bears the points that should be taken back but are gone. */
    private static void bear(Doing doing, Purchase purchase, long gone, long money, long restored) {
        Rules rules = purchase.rules();
        long deducted = 0;
        long writtenOff = 0;
        switch (rules.shortfall()) {
            case DEBT -> {}
            case DEDUCT -> {
                long cash = Math.max(0, money - Reckoning.worth(restored, rules));
                deducted = Math.min(gone, Reckoning.payable(cash, rules));
                writtenOff = gone - deducted;
            }
            case WRITE_OFF -> {
                writtenOff = Math.min(gone, Math.max(0, rules.writeOffLimit() - purchase.borne));
                purchase.borne += writtenOff;
            }
        }
        long owed = gone - deducted - writtenOff;
        doing.purse().owe(owed, doing.now);
        doing.purse().write("write_off", Purse.OUTSIDE, Purse.NO_DAYS, doing.now, deducted + writtenOff);
        doing.add("debt", owed);
        doing.add("deducted", deducted);
        doing.add("deduction", Reckoning.worth(deducted, rules));
        doing.add("writtenOff", writtenOff);
    }

    // --- redemptions ---

    private static void hold(Doing doing, Hold hold) {
        Rules rules = doing.today();
        refuse(doing.member.closed, "member_closed");
        refuse(!hold.currency().equals(rules.currency()), "currency_mismatch " + rules.currency());
        long minutes = hold.minutes().orElse(rules.holdMinutes());
        refuse(minutes > LONGEST_HOLD_MINUTES, "timeout_too_long " + LONGEST_HOLD_MINUTES);
        refuse(hold.points() < rules.minimumPoints(), "below_minimum " + rules.minimumPoints());
        long most = Reckoning.payable(Reckoning.share(hold.orderTotal(), rules.maximumShare(), 10_000), rules);
        refuse(hold.points() > most, "over_cap " + most);
        long available = doing.purse().total(Purse.AVAILABLE);
        refuse(hold.points() > available, "insufficient_points " + available);
        refuse(doing.purse().checkouts.size() >= MOST_CHECKOUTS, "too_many_redemptions " + MOST_CHECKOUTS);
        Instant until = doing.now.plus(Duration.ofMinutes(minutes));
        doing.purse().hold(hold.redemption(), hold.points(), until, doing.now);
        doing.add("held", hold.points());
        doing.add("worth", Reckoning.worth(hold.points(), rules));
        doing.add("until", until.toEpochMilli());
    }

    /** The hold as it began; it must be this member's, and open still. */
    private static Past openHold(Doing doing, String redemption) {
        Past hold = doing.program.past.get("hold " + redemption);
        refuse(hold == null || !hold.command().member().equals(doing.command.member()), "redemption_not_found");
        if (!doing.purse().isOpen(redemption)) {
            boolean captured = doing.program.past.containsKey("capture " + redemption);
            boolean voided = doing.program.past.containsKey("void " + redemption);
            refuse(true, "redemption_not_open " + (captured ? "captured" : voided ? "voided" : "timed_out"));
        }
        return Objects.requireNonNull(hold);
    }

    private static void capture(Doing doing, Capture capture) {
        Past hold = openHold(doing, capture.redemption());
        long held = hold.done().figures().getOrDefault("held", 0L);
        long points = capture.points().orElse(held);
        refuse(points > held, "capture_exceeds_hold " + held);
        doing.member.spent.put(capture.redemption(), doing.purse().capture(capture.redemption(), points, doing.now));
        doing.add("captured", points);
        doing.add("returned", held - points);
        doing.add("worth", Reckoning.share(hold.done().figures().getOrDefault("worth", 0L), points, held));
    }

    private static void release(Doing doing, VoidHold release) {
        Past hold = openHold(doing, release.redemption());
        doing.purse().giveUp(release.redemption(), doing.now);
        doing.add("returned", hold.done().figures().getOrDefault("held", 0L));
        doing.add("worth", hold.done().figures().getOrDefault("worth", 0L));
    }

    // --- referrals ---

    private static void issueCode(Doing doing, IssueCode issue) {
        refuse(doing.member.closed, "member_closed");
        refuse(doing.program.codes.containsKey(issue.code()), "code_taken");
        doing.member.code = issue.code();
    }

    private static void attach(Doing doing, Attach attach) {
        Member referee = doing.member;
        refuse(referee.closed, "member_closed");
        String owner = doing.program.codes.get(attach.code());
        Member referrer = owner == null ? null : doing.program.members.get(owner);
        if (owner == null || referrer == null || referrer.closed) {
            throw new Stop(new Verdict.Refused("code_not_found"));
        }
        refuse(owner.equals(attach.member()), "self_referral");
        refuse(attach.member().equals(referrer.referrer), "referral_cycle");
        refuse(referee.ordered || !referrer.joined.isBefore(referee.joined), "existing_customer");
        referee.referrer = owner;
    }

    private static boolean qualifies(Purchase purchase) {
        return purchase.rules().referral().isPresent()
                && purchase.kept().goodsValue()
                        >= purchase.rules().referral().get().minimumOrder();
    }

    /** Whether the member's referral hangs on this order, and still does. */
    private static boolean carriesReferral(Member member, Purchase purchase) {
        return purchase.paid().order().equals(member.qualifying) && !member.rewardGone;
    }

    /** The referee has the reward at once, pending; the referrer is told. */
    private static void rewardReferee(Doing doing, Purchase purchase) {
        Rules.Referral rewards = purchase.rules().referral().orElseThrow();
        Member referee = doing.member;
        referee.rewarded = rewards.referee();
        accrue(doing, rewards.referee(), purchase.days);
        doing.consequences.clear();
        doing.consequences.add(new Reward(
                doing.command.program(),
                Objects.requireNonNull(referee.referrer),
                doing.command.member(),
                purchase.paid().order(),
                rewards.referrer(),
                purchase.days.from(),
                purchase.days.last()));
    }

    /** Nothing for one who has left, nor where it was taken back before it came. */
    private static void reward(Doing doing, Reward reward) {
        boolean takenBack = doing.program.past.containsKey("take back " + reward.referee());
        Days days = new Days(reward.availableFrom(), reward.lastDay());
        long points = doing.member.closed || takenBack ? 0 : reward.points();
        accrue(doing, points, days);
        doing.add("rewarded", points);
        doing.addDays(days);
    }

    /** No refund is there to keep points back from: what can't be owed is written off. */
    private static void takeBack(Doing doing, TakeBack takeBack) {
        Past given = doing.program.past.get("reward " + takeBack.referee());
        if (given == null
                || doing.member.closed
                || !(given.command() instanceof Reward reward)
                || !reward.member().equals(takeBack.member())) {
            return;
        }
        long points = given.done().figures().getOrDefault("rewarded", 0L);
        Days days = new Days(reward.availableFrom(), reward.lastDay());
        long gone = doing.purse().reverse(points, days, doing.now);
        Rules rules = doing.today();
        long writtenOff = switch (rules.shortfall()) {
            case DEBT -> 0;
            case DEDUCT -> gone;
            case WRITE_OFF -> Math.min(gone, rules.writeOffLimit());
        };
        doing.purse().owe(gone - writtenOff, doing.now);
        doing.purse().write("write_off", Purse.OUTSIDE, Purse.NO_DAYS, doing.now, writtenOff);
        doing.add("reversed", points);
        doing.add("debt", gone - writtenOff);
        doing.add("writtenOff", writtenOff);
    }
}
