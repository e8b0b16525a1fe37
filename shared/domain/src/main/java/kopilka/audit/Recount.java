package kopilka.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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
import kopilka.earning.Earnings;
import kopilka.earning.Evaluation;
import kopilka.earning.Kept;
import kopilka.ledger.Account.Referral;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Term;
import kopilka.ledger.Under;
import kopilka.money.Points;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.Quoted;
import kopilka.order.RedemptionId;
import kopilka.order.RefundContent;
import kopilka.order.Returned;
import kopilka.program.ActivityRules;
import kopilka.program.Asked;
import kopilka.program.ByWallet;
import kopilka.program.Circumstances;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.Inactivity;
import kopilka.program.Program;
import kopilka.program.ReferralRules;
import kopilka.program.RuleBook;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.standing.Progress;
import kopilka.standing.Standing;
import org.jspecify.annotations.Nullable;

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
    private final Map<RedemptionId, Facts.Captured> captured = new HashMap<>();
    private Optional<Referral> referral = Optional.empty();
    private boolean closed;
    private Standing standing = Standing.NEW;
    private Instant enrolledAt = Instant.EPOCH;
    private Optional<Instant> last = Optional.empty();

    /** What a posting accrues beside what its order is paid: rewards, and what less of an order earns more. */
    private final SortedMap<WalletId, Long> accrued = new TreeMap<>();

    /** How the member stands in the course of one posting. */
    private @Nullable Progress current;

    private Recount(MemberKey member, Rulebook rulebook) {
        this.member = member;
        this.rulebook = rulebook;
    }

    private Progress progress() {
        return Objects.requireNonNull(current);
    }

    /** Counts all of a member's postings, the first one first. */
    static Recount of(MemberKey member, List<Posting> postings, Rulebook rulebook) {
        Recount recount = new Recount(member, rulebook);
        postings.forEach(recount::add);
        return recount;
    }

    /** How the member stands, but for what the shop told, of which no posting speaks. */
    Standing standing() {
        return standing;
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
            accrued.clear();
            enrolledAt = posting.facts() instanceof Facts.Enrolled ? posting.at() : enrolledAt;
            current = Progress.settled(
                            standing, rulebook, member.program(), enrolledAt, last.orElse(enrolledAt), posting.at())
                    .orElseThrow();
            last = Optional.of(posting.at());
            Told told = tell(posting, rules.get());
            standing = progress().standing();
            if (!told.movements().and(Kind.ACCRUE, accrued).holds(posting.movements())) {
                report(posting, Flaw.MOVEMENTS);
            }
            boolean levels = posting.tierChanges().equals(progress().changes());
            if (!told.same() || !levels || !told.signal().equals(posting.signal())) {
                report(posting, Flaw.RECOMPUTED);
            }
        } catch (LedgerUnavailable unanswered) {
            // Which rules were in force meanwhile is asked of the store: that it does not answer says nothing of the
            // posting.
            throw unanswered;
        } catch (RuntimeException contradiction) {
            // Arithmetic on what is stored: what it can't compute was never computed.
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
     * What movements have to come to in each wallet by their kind: for all kinds that an operation makes, and 0 where nothing
     * else is said. Those that time makes can't be told from one posting.
     */
    private record Sums(SortedMap<WalletId, Map<Kind, Long>> points) {
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
            return new Sums(new TreeMap<>());
        }

        Sums and(WalletId wallet, Kind kind, long more) {
            SortedMap<WalletId, Map<Kind, Long>> sum = new TreeMap<>(points);
            Map<Kind, Long> ofWallet = new EnumMap<>(Kind.class);
            ofWallet.putAll(points.getOrDefault(wallet, Map.of()));
            ofWallet.merge(kind, more, Math::addExact);
            sum.put(wallet, ofWallet);
            return new Sums(sum);
        }

        Sums and(Kind kind, SortedMap<WalletId, Long> more) {
            Sums sum = this;
            for (Map.Entry<WalletId, Long> some : more.entrySet()) {
                sum = sum.and(some.getKey(), kind, some.getValue());
            }
            return sum;
        }

        boolean holds(List<Movement> movements) {
            Set<WalletId> wallets = new HashSet<>(points.keySet());
            movements.forEach(movement -> wallets.add(movement.wallet()));
            return wallets.stream()
                    .allMatch(wallet -> holds(
                            points.getOrDefault(wallet, Map.of()),
                            movements.stream()
                                    .filter(movement -> movement.wallet().equals(wallet))
                                    .toList()));
        }

        private static boolean holds(Map<Kind, Long> told, List<Movement> movements) {
            return OF_OPERATIONS.stream().allMatch(kind -> told.getOrDefault(kind, 0L) == moved(movements, kind))
                    && told.getOrDefault(Kind.VOID, 0L) == voided(movements);
        }

        private static long moved(List<Movement> movements, Kind kind) {
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

    /** What a posting takes back in each wallet. */
    private static SortedMap<WalletId, Long> takenBack(Posting posting) {
        SortedMap<WalletId, Long> sums = new TreeMap<>();
        posting.movements().stream()
                .filter(movement -> movement.kind() == Kind.REVERSE)
                .forEach(movement -> sums.merge(movement.wallet(), movement.points(), Math::addExact));
        return sums;
    }

    private Told tell(Posting posting, Program rules) {
        return switch (posting.facts()) {
            case Facts.Enrolled enrolled -> joined(posting, rules);
            case Facts.Settled settled -> Told.nothing();
            case Facts.ProfileChanged changed -> Told.nothing();
            case Facts.ActivityRewarded rewarded -> {
                progress().did(rewarded.kind(), rules.dayOf(rewarded.at()));
                yield Told.that(true, rewarded(Sums.none(), rules.activities().get(rewarded.kind())));
            }
            case Facts.CodeIssued issued -> Told.nothing();
            case Facts.Closed leaves -> {
                closed = true;
                yield Told.that(true, Sums.none().and(Kind.REVERSE, takenBack(posting)));
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
                        rules.wallet(held.wallet())
                                .flatMap(WalletRules::worth)
                                .filter(worth -> held.worth().minor() == worth.of(Points.of(held.points())))
                                .isPresent(),
                        Sums.none().and(held.wallet(), Kind.HOLD, held.points()));
            case Facts.Captured spent -> {
                progress().seen(Inactivity.Sign.REDEMPTION);
                captured.put(spent.redemption(), spent);
                yield Told.that(
                        true,
                        Sums.none()
                                .and(spent.wallet(), Kind.CAPTURE, spent.captured())
                                .and(spent.wallet(), Kind.RELEASE, spent.returned()));
            }
            case Facts.Voided voided -> Told.that(true, Sums.none().and(voided.wallet(), Kind.VOID, voided.points()));
            case Facts.RefereeAttached attached -> {
                boolean first = referral.isEmpty();
                referral = Optional.of(new Referral(attached.referrer(), Optional.empty(), 0, false));
                yield Told.that(first, Sums.none());
            }
            case Facts.ReferrerRewarded rewarded ->
                Told.that(true, Sums.none().and(rewarded.wallet(), Kind.ACCRUE, rewarded.points()));
            case Facts.RewardTakenBack taken ->
                Told.that(
                        true,
                        Sums.none()
                                .and(taken.wallet(), Kind.REVERSE, taken.reversed() - taken.debt() - taken.writtenOff())
                                .and(taken.wallet(), Kind.INCUR_DEBT, taken.debt())
                                .and(taken.wallet(), Kind.WRITE_OFF, taken.writtenOff()));
        };
    }

    /** What an activity brings. */
    private static Sums rewarded(Sums sums, @Nullable ActivityRules activity) {
        Sums all = sums;
        for (Effect.Bonus reward : Objects.requireNonNull(activity).rewards()) {
            all = all.and(reward.wallet(), Kind.ACCRUE, reward.points());
        }
        return all;
    }

    /** An enrolment brings what joining brings, or nothing where that was bound to a condition. */
    private Told joined(Posting posting, Program rules) {
        ActivityRules joining = rules.activities().get(ActivityRules.JOIN);
        if (joining == null || posting.movements().isEmpty()) {
            return Told.nothing();
        }
        progress().did(ActivityRules.JOIN, rules.dayOf(posting.at()));
        return Told.that(true, rewarded(Sums.none(), joining));
    }

    /** Whether an order was paid under the circumstances that the member's postings tell, as far as they tell any. */
    private boolean isTold(Facts.OrderPaid paid, Program rules) {
        Circumstances said = paid.under().circumstances();
        return switch (rules.scheme()) {
            case EarningRules rates -> paid.under().equals(Under.NOTHING);
            case RuleBook book -> {
                LocalDate day = rules.dayOf(paid.under().quote().map(Quoted::at).orElse(paid.at()));
                Circumstances told = progress()
                        .standing()
                        .circumstances(
                                rules,
                                Asked.by(rules),
                                new kopilka.standing.Told(
                                        said.shop(), said.channel(), said.region(), said.payments(), said.coupons()),
                                day,
                                progress().joined());
                yield said.tier().equals(told.tier())
                        && said.ordersBefore().equals(told.ordersBefore())
                        && said.spentBefore() == told.spentBefore()
                        && said.joined().equals(told.joined());
            }
        };
    }

    /** Whether each line bears what it has to of the discounts that were given. */
    private static boolean isBorne(OrderStory.Payment payment) {
        OrderBasis basis = payment.basis();
        if (basis.given().isEmpty()) {
            return basis.lines().stream().allMatch(line -> line.off() == 0);
        }
        return payment.rules().scheme() instanceof RuleBook
                && Evaluation.bearing(basis, payment.under().circumstances(), payment.ruledAt(), payment.rules())
                        .equals(new Evaluation.Borne.Fits(basis));
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
            return Told.that(noted.earned().isEmpty(), Sums.none());
        }
        if (noted.kind() != OrderEventKind.DELIVERED) {
            return Told.that(noted.earned().isEmpty(), Sums.none());
        }
        OrderStory story = pinned(posting, noted.order());
        boolean learns = !story.delivered(noted.at()).isEmpty();
        return Told.that(!learns && noted.earned().equals(story.units()), Sums.none());
    }

    private Told paid(Posting posting, Facts.OrderPaid paid, Program rules) {
        OrderStory story = story(paid.order());
        List<Posting> waiting = story.waiting();
        OrderStory.Payment payment =
                new OrderStory.Payment(paid.basis(), paid.under(), paid.at(), rules, posting.programVersion());
        Earnings earnings = payment.earnings(Returned.NOTHING);
        WalletId main = rules.main().id();
        story.paid(payment, earnings.units());
        paid.basis().redemptions().forEach(redemption -> uses.put(redemption, paid.order()));
        Sums sums = Sums.none().and(Kind.ACCRUE, earnings.units());
        Optional<ReferralSignal> signal = Optional.empty();
        if (story.qualifies()
                && referral.filter(r -> r.order().isEmpty() && !r.ended()).isPresent()) {
            referral = Optional.of(new Referral(referral.get().referrer(), Optional.of(paid.order()), 0, false));
            signal = story.term(main).map(term -> reward(rules, paid.order(), term));
        }
        boolean same = paid.earning().equals(earnings) && isTold(paid, rules) && isBorne(payment);
        story.count(progress());
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
            same &= effect.value() == applied.value && applied.isToldBy(effect);
            sums = takenBack(sums, effect).and(Kind.SCHEDULE, applied.scheduled);
            story.note(effect);
        } else {
            same &= paid.effect().equals(Return.NONE);
        }
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        earned.put(main, new Earned(0, story.term(main)));
        earnings.units().forEach((wallet, points) -> earned.put(wallet, new Earned(points, story.term(wallet))));
        same &= paid.earned().equals(ByWallet.of(earned, Earned.NONE));
        return new Told(same, sums, signal);
    }

    /** Takes what waited for a payment, one by one. */
    private final class Applied {
        private final OrderStory story;
        private final OrderId order;
        private Optional<ReferralSignal> signal;
        private final SortedMap<WalletId, Long> scheduled = new TreeMap<>();
        private final SortedMap<WalletId, Long> reversed = new TreeMap<>();
        private long value;
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
                    Set<WalletId> learning = story.delivered(noted.at());
                    learning.forEach(wallet -> scheduled.put(wallet, story.earned(wallet)));
                    Program rules = story.payment().orElseThrow().rules();
                    WalletId main = rules.main().id();
                    if (learning.contains(main) && isReferralOrder(order)) {
                        signal = story.term(main).map(term -> reward(rules, order, term));
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
            less(story).forEach((wallet, points) -> reversed.merge(wallet, points, Math::addExact));
            story.countLess(progress());
            if (takesReferralBack(story, order, reversed)) {
                signal = disqualified(order);
            }
        }

        /** Whether that is what all this together has taken back, and how the order stands after it. */
        boolean isToldBy(Return effect) {
            Set<WalletId> all = new HashSet<>(effect.wallets().keySet());
            all.addAll(reversed.keySet());
            all.addAll(story.units().keySet());
            return all.stream()
                    .allMatch(wallet -> effect.in(wallet).reversed() == reversed.getOrDefault(wallet, 0L)
                            && effect.in(wallet).earned() == (returns ? story.earned(wallet) : 0));
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
        Set<WalletId> learning = story.delivered(delivered.at());
        boolean same = !learning.isEmpty() && story.earned().equals(delivered.earned());
        Program rules = story.payment().orElseThrow().rules();
        WalletId main = rules.main().id();
        Optional<ReferralSignal> signal = Optional.empty();
        Sums sums = Sums.none();
        if (!closed) {
            for (WalletId wallet : learning) {
                sums = sums.and(wallet, Kind.SCHEDULE, story.earned(wallet));
            }
            if (learning.contains(main) && isReferralOrder(delivered.order())) {
                signal = story.term(main).map(term -> reward(rules, delivered.order(), term));
            }
        }
        return new Told(same, sums, signal);
    }

    private Told returned(Posting posting, OrderStory story, long money, Return effect) {
        OrderId order = story.order();
        SortedMap<WalletId, Long> spent = new TreeMap<>();
        for (RedemptionId redemption : story.payment().orElseThrow().basis().redemptions()) {
            Facts.Captured some = captured.get(redemption);
            if (some != null) {
                spent.merge(some.wallet(), some.captured(), Math::addExact);
            }
        }
        SortedMap<WalletId, Long> back = new TreeMap<>();
        spent.forEach((wallet, points) -> back.put(wallet, closed ? 0 : story.restorable(wallet, points)));
        SortedMap<WalletId, Long> reversed = less(story);
        if (!closed) {
            story.countLess(progress());
        }
        Optional<ReferralSignal> signal =
                !closed && takesReferralBack(story, order, reversed) ? disqualified(order) : Optional.empty();
        SortedMap<WalletId, Long> missing = new TreeMap<>(reversed);
        takenBack(posting).forEach((wallet, points) -> missing.merge(wallet, -points, Math::addExact));
        Return expected = story.borne(money, reversed, back, missing);
        story.note(effect);
        return new Told(effect.equals(expected), takenBack(Sums.none(), effect), signal);
    }

    /** How many points less an order earns in each wallet now than before. */
    private SortedMap<WalletId, Long> less(OrderStory story) {
        SortedMap<WalletId, Long> less = new TreeMap<>();
        SortedMap<WalletId, Long> more = story.recount();
        if (!closed) {
            more.forEach((wallet, points) -> {
                accrued.merge(wallet, Math.max(0, points), Math::addExact);
                less.put(wallet, Math.max(0, -points));
            });
        }
        return less;
    }

    private static Sums takenBack(Sums sums, Return effect) {
        Sums all = sums;
        for (Map.Entry<WalletId, WalletReturn> entry : effect.wallets().entrySet()) {
            WalletId wallet = entry.getKey();
            WalletReturn some = entry.getValue();
            all = all.and(wallet, Kind.REVERSE, some.reversed() - some.shortfall())
                    .and(wallet, Kind.RESTORE, some.restored())
                    .and(wallet, Kind.INCUR_DEBT, some.debt())
                    .and(wallet, Kind.WRITE_OFF, some.deducted() + some.writtenOff());
        }
        return all;
    }

    private boolean isReferralOrder(OrderId order) {
        return referral.filter(r -> !r.ended() && r.order().equals(Optional.of(order)))
                .isPresent();
    }

    private ReferralSignal reward(Program rules, OrderId order, Term term) {
        Referral attached = referral.orElseThrow();
        ReferralRules rewards = rules.referral().orElseThrow();
        referral = Optional.of(new Referral(attached.referrer(), Optional.of(order), rewards.refereePoints(), false));
        WalletId main = rules.main().id();
        accrued.merge(main, rewards.refereePoints(), Math::addExact);
        return new ReferralSignal.Qualified(attached.referrer(), order, main, term, rewards.referrerPoints());
    }

    /** Takes the referral's reward back if the order no longer qualifies; whether it does. */
    private boolean takesReferralBack(OrderStory story, OrderId order, SortedMap<WalletId, Long> reversed) {
        if (!isReferralOrder(order) || story.qualifies()) {
            return false;
        }
        Referral attached = referral.orElseThrow();
        referral = Optional.of(new Referral(attached.referrer(), attached.order(), 0, true));
        reversed.merge(story.payment().orElseThrow().main(), attached.rewarded(), Math::addExact);
        return true;
    }

    private Optional<ReferralSignal> disqualified(OrderId order) {
        return referral.map(attached -> new ReferralSignal.Disqualified(attached.referrer(), order));
    }
}
