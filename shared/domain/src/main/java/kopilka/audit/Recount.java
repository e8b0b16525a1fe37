package kopilka.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kopilka.earning.Earning;
import kopilka.earning.Kept;
import kopilka.ledger.Account.Referral;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Term;
import kopilka.money.Points;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.Returned;
import kopilka.program.Program;
import kopilka.program.ReferralRules;

/**
 * Computes a member's postings once more: what each order earns under the version that its posting names, what returns take
 * back and give back, what a referral brings. Its input is a chain that is whole.
 */
final class Recount {
    private final MemberKey member;
    private final Rulebook rulebook;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Integer, Optional<Program>> versions = new HashMap<>();
    private final Map<OrderId, OrderStory> orders = new LinkedHashMap<>();
    private final Map<RedemptionId, OrderId> uses = new LinkedHashMap<>();
    private final Map<RedemptionId, Long> captured = new HashMap<>();
    private Optional<Referral> referral = Optional.empty();
    private boolean closed;

    /** What a posting accrues beside what its order is paid: rewards, and what less of an order earns more by rounding. */
    private long accrued;

    private Recount(MemberKey member, Rulebook rulebook) {
        this.member = member;
        this.rulebook = rulebook;
    }

    /** Counts all of a member's postings, the first one first. */
    static Recount of(MemberKey member, List<Posting> postings, Rulebook rulebook) {
        Recount recount = new Recount(member, rulebook);
        postings.forEach(recount::add);
        return recount;
    }

    /** What came out otherwise. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Where the member came from, and what came of it. */
    Optional<Referral> referral() {
        return referral;
    }

    /** What redemptions paid for. */
    Map<RedemptionId, OrderId> uses() {
        return Map.copyOf(uses);
    }

    /** How orders stand to which something happened beside being paid. */
    Map<OrderId, OrderState> orders() {
        Map<OrderId, OrderState> states = new HashMap<>();
        orders.forEach((order, story) -> story.state().ifPresent(state -> states.put(order, state)));
        return states;
    }

    private void add(Posting posting) {
        Optional<Program> rules = versions.computeIfAbsent(
                posting.programVersion(),
                version -> rulebook.rules(posting.member().program(), version));
        if (rules.isEmpty()) {
            report(posting, Flaw.VERSION);
            return;
        }
        try {
            accrued = 0;
            Told told = tell(posting, rules.get());
            if (!told.movements().and(Kind.ACCRUE, accrued).holds(posting.movements())) {
                report(posting, Flaw.MOVEMENTS);
            }
            if (!told.same() || !told.signal().equals(posting.signal())) {
                report(posting, Flaw.RECOMPUTED);
            }
        } catch (RuntimeException contradiction) {
            // Pure arithmetic on what is stored: what it can't compute was never computed.
            report(posting, Flaw.RECOMPUTED);
        }
    }

    private void report(Posting posting, Flaw flaw) {
        findings.add(
                new Finding(new Finding.OfPosting(member, posting.sequence(), Optional.of(posting.operation())), flaw));
    }

    /** What a posting has to be. */
    private record Told(boolean same, Sums movements, Optional<ReferralSignal> signal) {
        static Told that(boolean same, Sums movements) {
            return new Told(same, movements, Optional.empty());
        }

        static Told nothing() {
            return that(true, Sums.none());
        }
    }

    /**
     * What movements have to come to by their kind: for all kinds that an operation makes, and 0 where nothing else is said.
     * Those that time makes can't be told from one posting.
     */
    private record Sums(Map<Kind, Long> points) {
        private static final Set<Kind> OF_OPERATIONS = EnumSet.of(
                Kind.ACCRUE,
                Kind.SCHEDULE,
                Kind.HOLD,
                Kind.CAPTURE,
                Kind.RELEASE,
                Kind.REVERSE,
                Kind.RESTORE,
                Kind.INCUR_DEBT,
                Kind.WRITE_OFF);

        static Sums none() {
            return new Sums(Map.of());
        }

        Sums and(Kind kind, long more) {
            Map<Kind, Long> sum = new EnumMap<>(Kind.class);
            sum.putAll(points);
            sum.merge(kind, more, Math::addExact);
            return new Sums(sum);
        }

        boolean holds(List<Movement> movements) {
            return OF_OPERATIONS.stream().allMatch(kind -> points.getOrDefault(kind, 0L) == moved(movements, kind))
                    && points.getOrDefault(Kind.VOID, 0L) == voided(movements);
        }

        static long moved(List<Movement> movements, Kind kind) {
            return movements.stream()
                    .filter(movement -> movement.kind() == kind)
                    .mapToLong(Movement::points)
                    .reduce(0, Math::addExact);
        }

        /** By an operation: holds also run out. */
        private static long voided(List<Movement> movements) {
            return moved(
                    movements.stream()
                            .filter(movement -> movement.reason() == Reason.CHECKOUT_VOIDED)
                            .toList(),
                    Kind.VOID);
        }
    }

    private static long moved(Posting posting, Kind kind) {
        return Sums.moved(posting.movements(), kind);
    }

    private Told tell(Posting posting, Program rules) {
        return switch (posting.facts()) {
            case Facts.Enrolled enrolled -> Told.nothing();
            case Facts.Settled settled -> Told.nothing();
            case Facts.CodeIssued issued -> Told.nothing();
            case Facts.Closed leaves -> {
                closed = true;
                yield Told.that(true, Sums.none().and(Kind.REVERSE, moved(posting, Kind.REVERSE)));
            }
            case Facts.OrderNoted noted -> noted(posting, noted);
            case Facts.RefundWaiting waiting -> {
                story(waiting.order()).await(posting);
                yield Told.nothing();
            }
            case Facts.OrderPaid paid -> paid(posting, paid, rules);
            case Facts.OrderDelivered delivered -> delivered(posting, delivered);
            case Facts.OrderCancelled cancelled -> {
                OrderStory story = pinned(posting, cancelled.order());
                yield returned(posting, story, story.cancel(), cancelled.effect());
            }
            case Facts.Refunded refunded -> {
                OrderStory story = pinned(posting, refunded.order());
                story.giveBack(refunded.returned(), refunded.effect().value());
                yield returned(posting, story, refunded.effect().value(), refunded.effect());
            }
            case Facts.Held held ->
                Told.that(
                        held.worth().minor() == rules.redemption().worth().of(Points.of(held.points())),
                        Sums.none().and(Kind.HOLD, held.points()));
            case Facts.Captured spent -> {
                captured.put(spent.redemption(), spent.captured());
                yield Told.that(
                        true, Sums.none().and(Kind.CAPTURE, spent.captured()).and(Kind.RELEASE, spent.returned()));
            }
            case Facts.Voided voided -> Told.that(true, Sums.none().and(Kind.VOID, voided.points()));
            case Facts.RefereeAttached attached -> {
                boolean first = referral.isEmpty();
                referral = Optional.of(new Referral(attached.referrer(), Optional.empty(), 0, false));
                yield Told.that(first, Sums.none());
            }
            case Facts.ReferrerRewarded rewarded -> Told.that(true, Sums.none().and(Kind.ACCRUE, rewarded.points()));
            case Facts.RewardTakenBack taken ->
                Told.that(
                        true,
                        Sums.none()
                                .and(Kind.REVERSE, taken.reversed() - taken.debt() - taken.writtenOff())
                                .and(Kind.INCUR_DEBT, taken.debt())
                                .and(Kind.WRITE_OFF, taken.writtenOff()));
        };
    }

    private OrderStory story(OrderId order) {
        return orders.computeIfAbsent(order, id -> new OrderStory(member, id));
    }

    /** The story of an order that is paid, under the version that it was paid under. */
    private OrderStory pinned(Posting posting, OrderId order) {
        OrderStory story = story(order);
        if (story.payment().orElseThrow().version() != posting.programVersion()) {
            throw new IllegalStateException("an order is earned under one version");
        }
        return story;
    }

    private Told noted(Posting posting, Facts.OrderNoted noted) {
        if (noted.waiting()) {
            story(noted.order()).await(posting);
            return Told.that(noted.earned() == 0, Sums.none());
        }
        if (noted.kind() != OrderEventKind.DELIVERED) {
            return Told.that(noted.earned() == 0, Sums.none());
        }
        OrderStory story = pinned(posting, noted.order());
        boolean learns = story.delivered(noted.at());
        return Told.that(!learns && noted.earned() == story.earned(), Sums.none());
    }

    private Told paid(Posting posting, Facts.OrderPaid paid, Program rules) {
        OrderStory story = story(paid.order());
        List<Posting> waiting = story.waiting();
        Earning earning = Earning.of(paid.basis(), Kept.of(paid.basis(), Returned.NOTHING), rules.earning());
        long points = earning.points().value();
        story.paid(new OrderStory.Payment(paid.basis(), rules, posting.programVersion()), paid.at(), points);
        paid.basis().redemptions().forEach(redemption -> uses.put(redemption, paid.order()));
        Sums sums = Sums.none().and(Kind.ACCRUE, points);
        Optional<ReferralSignal> signal = Optional.empty();
        if (story.qualifies()
                && referral.filter(r -> r.order().isEmpty() && !r.ended()).isPresent()) {
            referral = Optional.of(new Referral(referral.get().referrer(), Optional.of(paid.order()), 0, false));
            signal = story.term().map(term -> reward(rules, paid.order(), term));
        }
        boolean same = paid.earning().equals(earning);
        Set<OperationId> told = new HashSet<>(paid.applied());
        told.addAll(paid.ignored());
        same &= told.equals(
                new HashSet<>(waiting.stream().map(Posting::operation).toList()));
        if (!waiting.isEmpty()) {
            Applied applied = new Applied(story, paid.order(), signal);
            for (OperationId operation : paid.applied()) {
                waiting.stream()
                        .filter(posted -> posted.operation().equals(operation))
                        .forEach(applied::apply);
            }
            signal = applied.signal;
            Return effect = paid.effect();
            same &= effect.value() == applied.value
                    && effect.reversed() == applied.reversed
                    && effect.earned() == (applied.returns ? story.earned() : 0);
            sums = takenBack(sums, effect).and(Kind.SCHEDULE, applied.scheduled);
            story.note(effect);
        } else {
            same &= paid.effect().equals(Return.NONE);
        }
        same &= paid.term().equals(story.term());
        return new Told(same, sums, signal);
    }

    /** Takes what waited for a payment, one by one. */
    private final class Applied {
        private final OrderStory story;
        private final OrderId order;
        private Optional<ReferralSignal> signal;
        private long scheduled;
        private long value;
        private long reversed;
        private boolean returns;

        Applied(OrderStory story, OrderId order, Optional<ReferralSignal> signal) {
            this.story = story;
            this.order = order;
            this.signal = signal;
        }

        void apply(Posting waited) {
            switch (waited.facts()) {
                case Facts.OrderNoted noted
                when noted.kind() == OrderEventKind.DELIVERED -> {
                    if (story.delivered(noted.at())) {
                        scheduled = story.earned();
                        if (isReferralOrder(order)) {
                            Program rules = story.payment().orElseThrow().rules();
                            signal = story.term().map(term -> reward(rules, order, term));
                        }
                    }
                }
                case Facts.OrderNoted noted -> back(story.cancel());
                case Facts.RefundWaiting refund -> back(refund(refund.content()));
                default -> throw new IllegalStateException("only deliveries, refunds and cancellations wait");
            }
        }

        private void back(long money) {
            returns = true;
            value = Math.addExact(value, money);
            reversed = Math.addExact(reversed, less(story));
            long reward = takeReferralBack(story, order);
            if (reward >= 0) {
                reversed = Math.addExact(reversed, reward);
                signal = disqualified(order);
            }
        }

        /** What a refund gives back, and the money that it comes to: lines without an amount count by what is kept less. */
        private long refund(RefundContent content) {
            var basis = story.payment().orElseThrow().basis();
            Kept before = story.kept();
            Returned all = new Returned(new TreeMap<>(), content.delivery(), content.amount());
            Returned unpriced = all;
            long named = 0;
            for (RefundContent.Line line : content.lines()) {
                var quantities = new TreeMap<Integer, Long>();
                quantities.put(
                        basis.indexOf(line.line()).orElseThrow(),
                        line.quantity().thousandths());
                Returned one = new Returned(quantities, 0, 0);
                all = all.plus(one);
                if (line.amount().isPresent()) {
                    named = Math.addExact(named, line.amount().getAsLong());
                } else {
                    unpriced = unpriced.plus(one);
                }
            }
            Kept without = story.keptWithout(unpriced);
            long money = Math.addExact(named, before.value() - without.value());
            story.giveBack(all, money);
            return money;
        }
    }

    private Told delivered(Posting posting, Facts.OrderDelivered delivered) {
        OrderStory story = pinned(posting, delivered.order());
        boolean learns = story.delivered(delivered.at());
        boolean same =
                learns && story.term().equals(Optional.of(delivered.term())) && story.earned() == delivered.earned();
        Optional<ReferralSignal> signal = Optional.empty();
        if (!closed && isReferralOrder(delivered.order())) {
            signal = Optional.of(reward(story.payment().orElseThrow().rules(), delivered.order(), delivered.term()));
        }
        return new Told(same, Sums.none().and(Kind.SCHEDULE, closed ? 0 : story.earned()), signal);
    }

    private Told returned(Posting posting, OrderStory story, long money, Return effect) {
        OrderId order = story.order();
        long spent = 0;
        for (RedemptionId redemption : story.payment().orElseThrow().basis().redemptions()) {
            spent = Math.addExact(spent, captured.getOrDefault(redemption, 0L));
        }
        long back = closed ? 0 : story.restorable(spent);
        long reversed = less(story);
        Optional<ReferralSignal> signal = Optional.empty();
        if (!closed) {
            long reward = takeReferralBack(story, order);
            if (reward >= 0) {
                reversed = Math.addExact(reversed, reward);
                signal = disqualified(order);
            }
        }
        long missing = Math.subtractExact(reversed, moved(posting, Kind.REVERSE));
        Return expected = story.borne(money, reversed, back, missing);
        story.note(effect);
        return new Told(effect.equals(expected), takenBack(Sums.none(), effect), signal);
    }

    /** How many points less an order earns now than before. */
    private long less(OrderStory story) {
        long before = story.earned();
        long now = story.recount();
        if (closed) {
            return 0;
        }
        accrued = Math.addExact(accrued, Math.max(0, now - before));
        return Math.max(0, before - now);
    }

    private static Sums takenBack(Sums sums, Return effect) {
        return sums.and(Kind.REVERSE, effect.reversed() - effect.shortfall())
                .and(Kind.RESTORE, effect.restored())
                .and(Kind.INCUR_DEBT, effect.debt())
                .and(Kind.WRITE_OFF, effect.deducted() + effect.writtenOff());
    }

    private boolean isReferralOrder(OrderId order) {
        return referral.filter(r -> !r.ended() && r.order().equals(Optional.of(order)))
                .isPresent();
    }

    private ReferralSignal reward(Program rules, OrderId order, Term term) {
        Referral attached = referral.orElseThrow();
        ReferralRules rewards = rules.referral().orElseThrow();
        referral = Optional.of(new Referral(attached.referrer(), Optional.of(order), rewards.refereePoints(), false));
        accrued = Math.addExact(accrued, rewards.refereePoints());
        return new ReferralSignal.Qualified(attached.referrer(), order, term, rewards.referrerPoints());
    }

    /** Takes the referral's reward back if the order no longer qualifies; how many points, or -1: it stays. */
    private long takeReferralBack(OrderStory story, OrderId order) {
        if (!isReferralOrder(order) || story.qualifies()) {
            return -1;
        }
        Referral attached = referral.orElseThrow();
        referral = Optional.of(new Referral(attached.referrer(), attached.order(), 0, true));
        return attached.rewarded();
    }

    private Optional<ReferralSignal> disqualified(OrderId order) {
        return referral.map(attached -> new ReferralSignal.Disqualified(attached.referrer(), order));
    }
}
