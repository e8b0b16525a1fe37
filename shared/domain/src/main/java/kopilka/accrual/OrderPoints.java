package kopilka.accrual;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kopilka.earning.Earnings;
import kopilka.earning.Kept;
import kopilka.ledger.Account;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Lot;
import kopilka.ledger.Movement;
import kopilka.ledger.Mover;
import kopilka.ledger.Moves;
import kopilka.ledger.Opened;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Term;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.OrderBasis;
import kopilka.order.RedemptionId;
import kopilka.order.Returned;
import kopilka.program.ByWallet;
import kopilka.program.EarningRules;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.RuleBook;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import kopilka.standing.Progress;

/**
 * The points of one order in the course of one decision: what it has earned is at any time what is kept of it earns under
 * the version it was earned with.
 */
final class OrderPoints {
    private final Purchase purchase;
    private final OrderBasis basis;
    private final SortedMap<WalletId, List<Lot>> spent;
    private final Moves moves;
    private final Progress progress;
    private final LocalDate today;
    private Account account;
    private OrderState state;
    private Optional<ReferralSignal> signal = Optional.empty();
    private SortedMap<WalletId, Long> earnedAtPayment = ByWallet.none();

    /**
     * Takes an order up.
     *
     * @param opened the member's account
     * @param purchase the order, and what it is earned under
     * @param spent the points that paid a part of it, in the order in which they come back, by their wallets
     * @param state how it stands
     */
    OrderPoints(Opened opened, Purchase purchase, SortedMap<WalletId, List<Lot>> spent, OrderState state) {
        this.purchase = purchase;
        this.basis = purchase.basis();
        this.progress = opened.progress();
        this.spent = spent;
        this.moves = opened.moves();
        this.today = opened.calendar().rules().dayOf(opened.now());
        this.account = opened.account();
        this.state = state;
    }

    Account account() {
        return account;
    }

    OrderState state() {
        return state;
    }

    Optional<ReferralSignal> signal() {
        return signal;
    }

    private Program rules() {
        return purchase.rules();
    }

    private WalletId main() {
        return rules().main().id();
    }

    /** The wallets that the order has to do with: those of its version in their sequence, then others that paid for it. */
    private Set<WalletId> wallets() {
        Set<WalletId> wallets = new LinkedHashSet<>();
        rules().wallets().forEach(wallet -> wallets.add(wallet.id()));
        wallets.addAll(spent.keySet());
        wallets.addAll(state.wallets().keySet());
        return wallets;
    }

    /** The member's level when the order was paid, on which the life of its points depends. */
    private Optional<TierId> tierAtPayment() {
        return purchase.under().circumstances().tier();
    }

    /** The term of points whose return window starts with an event. */
    private Term term(WalletRules rules, Instant event) {
        LocalDate from = rules().dayOf(event).plusDays(rules.pending().days());
        return new Term(from, rules.expiry().lastDay(from, tierAtPayment()));
    }

    /** The term of a wallet's points; empty while they wait for a delivery. */
    private Optional<Term> termIn(WalletId wallet) {
        Optional<Term> known = state.in(wallet).term();
        return known.isPresent()
                ? known
                : rules().wallet(wallet).flatMap(rules -> switch (rules.pending()
                        .from()) {
                    case PAID -> Optional.of(term(rules, purchase.paidAt()));
                    case DELIVERED -> state.deliveredAt().map(delivered -> term(rules, delivered));
                });
    }

    /** The order is paid: its points are pending, and it may be the one that a referral waited for. */
    Earnings earn() {
        Kept kept = Kept.of(basis, Returned.NOTHING);
        Earnings earnings = purchase.earnings(Returned.NOTHING);
        earnedAtPayment = earnings.units();
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        for (WalletId wallet : wallets()) {
            long points = earnedAtPayment.getOrDefault(wallet, 0L);
            // Of the main wallet the days are on record in any case: a referral's reward has the same.
            if (points > 0 || wallet.equals(main())) {
                earned.put(wallet, new Earned(points, termIn(wallet)));
                accrue(wallet, points, Reason.ORDER_PAID);
            }
        }
        state = OrderState.paid(state.member(), state.order(), earned);
        account = account.withOrder();
        if (isCounted()) {
            progress.bought(day(), kept.goodsValue(), earnedAtPayment.getOrDefault(main(), 0L));
        }
        if (qualifies(kept) && account.referral().isPresent()) {
            Account.Referral referral = account.referral().get();
            if (referral.order().isEmpty() && !referral.ended()) {
                account = account.withReferral(
                        new Account.Referral(referral.referrer(), Optional.of(state.order()), 0, false));
                state.in(main()).term().ifPresent(this::rewardReferral);
            }
        }
        return earnings;
    }

    /** What it earned when it was paid, with the days that its points have by now. */
    SortedMap<WalletId, Earned> earnedAtPayment() {
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        earned.put(main(), new Earned(0, state.in(main()).term()));
        earnedAtPayment.forEach((wallet, points) ->
                earned.put(wallet, new Earned(points, state.in(wallet).term())));
        return earned;
    }

    private void accrue(WalletId wallet, long points, Reason reason) {
        Optional<Term> term = termIn(wallet);
        if (term.isPresent()) {
            moves.in(wallet).accrue(points, term.get(), reason);
        } else {
            moves.in(wallet).accrueAwaiting(points, reason);
        }
    }

    private boolean qualifies(Kept kept) {
        Optional<ReferralRules> referral = rules().referral();
        return referral.isPresent() && kept.goodsValue() >= referral.get().minimumOrder();
    }

    /** Credits the referee, and signals that the referrer is to be credited, with points of the order's own term. */
    private void rewardReferral(Term term) {
        Account.Referral referral = account.referral().orElseThrow();
        ReferralRules rewards = rules().referral().orElseThrow();
        moves.in(main()).accrue(rewards.refereePoints(), term, Reason.REFEREE_REWARD);
        account = account.withReferral(
                new Account.Referral(referral.referrer(), Optional.of(state.order()), rewards.refereePoints(), false));
        signal = Optional.of(new ReferralSignal.Qualified(
                referral.referrer(), state.order(), main(), term, rewards.referrerPoints()));
    }

    /**
     * The order is delivered: where its points waited for that, they learn their days.
     *
     * @return whether any of them did
     */
    boolean deliver(Instant at) {
        SortedMap<WalletId, OrderState.InWallet> wallets = new TreeMap<>(state.wallets());
        boolean learns = false;
        for (WalletRules wallet : rules().wallets()) {
            OrderState.InWallet stands = state.in(wallet.id());
            boolean waits = wallet.pending().from() == PendingRule.From.DELIVERED
                    && stands.term().isEmpty();
            if (waits && (stands.earned() > 0 || wallet.id().equals(main()))) {
                Term learned = term(wallet, at);
                wallets.put(
                        wallet.id(),
                        new OrderState.InWallet(
                                Optional.of(learned), stands.earned(), stands.restored(), stands.writtenOff()));
                learns = true;
                if (!account.isClosed()) {
                    moves.in(wallet.id()).schedule(stands.earned(), learned, Reason.ORDER_DELIVERED);
                    if (wallet.id().equals(main()) && isReferralOrder()) {
                        rewardReferral(learned);
                    }
                }
            }
        }
        state = new OrderState(
                state.member(),
                state.order(),
                state.waiting(),
                state.returned(),
                state.refunded(),
                state.cancelled(),
                Optional.of(at),
                wallets);
        return learns;
    }

    /** Whether it is the order that the member's referral hangs on, and still qualifies. */
    private boolean isReferralOrder() {
        return account.referral()
                .filter(referral -> !referral.ended())
                .filter(referral -> referral.order().equals(Optional.of(state.order())))
                .isPresent();
    }

    /** Why something can't come back, if so. */
    Optional<Refusal> fault(Returned more, long money) {
        Returned all = state.returned().plus(more);
        for (var line : all.quantities().entrySet()) {
            if (line.getValue() > basis.lines().get(line.getKey()).quantity()) {
                return Optional.of(exceeds());
            }
        }
        boolean tooMuch = all.delivery() > basis.delivery()
                || more.delivery() > kept().delivery()
                || more.amount() > keptBeside(more)
                || Math.addExact(state.refunded(), money) > basis.total();
        return tooMuch ? Optional.of(exceeds()) : Optional.empty();
    }

    /** What is still kept, and can come back as an amount, when lines and delivery have. */
    private long keptBeside(Returned more) {
        Returned named = new Returned(more.quantities(), more.delivery(), 0);
        return Kept.of(basis, state.returned().plus(named)).value();
    }

    private Refusal exceeds() {
        return new Refusal.RefundExceedsOrder(
                new Money(Math.max(0, basis.total() - state.refunded()), basis.currency()));
    }

    private Kept kept() {
        return Kept.of(basis, state.returned());
    }

    /** What comes back is worth, in money, what is kept less. */
    long valueOf(Returned more) {
        return kept().value() - Kept.of(basis, state.returned().plus(more)).value();
    }

    /** Something came back. */
    Return giveBack(Returned more, long money, Reason reason) {
        Returned all = state.returned().plus(more);
        return change(all, Math.addExact(state.refunded(), money), state.cancelled(), money, reason);
    }

    /** The order is off: all that is kept of it goes. What was refunded before stays as it is. */
    Return cancel() {
        long value = Math.max(0, basis.total() - state.refunded());
        return change(state.returned(), state.refunded(), true, value, Reason.ORDER_CANCELLED);
    }

    private Return change(Returned all, long refunded, boolean cancelled, long money, Reason reason) {
        Kept kept = Kept.of(basis, all);
        SortedMap<WalletId, Long> earned =
                cancelled ? ByWallet.none() : purchase.earnings(all).units();
        if (isCounted() && !account.isClosed()) {
            long spend = goods(state.returned(), state.cancelled()) - goods(all, cancelled);
            boolean wholly = stands(state.returned(), state.cancelled()) && !stands(all, cancelled);
            progress.returned(day(), spend, wholly, state.in(main()).earned() - earned.getOrDefault(main(), 0L));
        }
        SortedMap<WalletId, Long> restored =
                account.isClosed() ? ByWallet.none() : restore(cancelled ? 0 : kept.value(), reason);
        SortedMap<WalletId, Long> reversed = new TreeMap<>();
        SortedMap<WalletId, Long> shortfall = new TreeMap<>();
        if (!account.isClosed()) {
            for (WalletId wallet : wallets()) {
                long before = state.in(wallet).earned();
                long now = earned.getOrDefault(wallet, 0L);
                // Less may earn more, be it by the rounding of a point. What is earned follows what is kept, whichever
                // way.
                accrue(wallet, Math.max(0, now - before), reason);
                takeBack(wallet, Math.max(0, before - now), reason, reversed, shortfall);
            }
            if (isReferralOrder() && (cancelled || !qualifies(kept))) {
                takeReferralBack(reversed, shortfall);
            }
        }
        Return effect = bear(shortfall, money, earned, reversed, restored, reason);
        boolean limited = rules().refunds().shortfall() instanceof Shortfall.WriteOff;
        SortedMap<WalletId, OrderState.InWallet> wallets = new TreeMap<>();
        for (WalletId wallet : wallets()) {
            OrderState.InWallet stood = state.in(wallet);
            long now = earned.getOrDefault(wallet, 0L);
            wallets.put(
                    wallet,
                    new OrderState.InWallet(
                            now > stood.earned() ? termIn(wallet) : stood.term(),
                            now,
                            stood.restored() + restored.getOrDefault(wallet, 0L),
                            stood.writtenOff() + (limited ? effect.in(wallet).writtenOff() : 0)));
        }
        state = new OrderState(
                state.member(), state.order(), state.waiting(), all, refunded, cancelled, state.deliveredAt(), wallets);
        return effect;
    }

    /** Whether it counts for levels and for what else rules ask: not if it is earned by rates. */
    private boolean isCounted() {
        return switch (rules().scheme()) {
            case EarningRules rates -> false;
            case RuleBook book -> true;
        };
    }

    /** The day on which it was paid. */
    private LocalDate day() {
        return rules().dayOf(purchase.paidAt());
    }

    /** The value of the goods that are kept. */
    private long goods(Returned returned, boolean cancelled) {
        return cancelled ? 0 : Kept.of(basis, returned).goodsValue();
    }

    /** Whether it still counts as an order: something of it is kept, and what it cost was not all refunded. */
    private boolean stands(Returned returned, boolean cancelled) {
        boolean kept = false;
        for (int i = 0; i < basis.lines().size(); i++) {
            kept |= returned.of(i) < basis.lines().get(i).quantity();
        }
        boolean worthless = goods(Returned.NOTHING, false) > 0 && goods(returned, cancelled) == 0;
        return !cancelled && kept && !worthless;
    }

    private void takeBack(
            WalletId wallet,
            long points,
            Reason reason,
            SortedMap<WalletId, Long> reversed,
            SortedMap<WalletId, Long> shortfall) {
        reversed.merge(wallet, points, Math::addExact);
        shortfall.merge(wallet, moves.in(wallet).reverse(points, termIn(wallet), reason), Math::addExact);
    }

    private void takeReferralBack(SortedMap<WalletId, Long> reversed, SortedMap<WalletId, Long> shortfall) {
        Account.Referral referral = account.referral().orElseThrow();
        takeBack(main(), referral.rewarded(), Reason.REFERRAL_TAKEN_BACK, reversed, shortfall);
        account = account.withReferral(new Account.Referral(referral.referrer(), referral.order(), 0, true));
        signal = Optional.of(new ReferralSignal.Disqualified(referral.referrer(), state.order()));
    }

    /**
     * Gives back the points that had paid for what is no longer kept: of all that were spent of a wallet, what is above the
     * share that the kept value still needs. Each lot has its own days; one whose last day has passed gets the program's days
     * of grace, or expires again.
     */
    private SortedMap<WalletId, Long> restore(long keptValue, Reason reason) {
        if (spent.isEmpty()) {
            return ByWallet.none();
        }
        SortedMap<WalletId, Long> given = new TreeMap<>();
        spent.forEach((wallet, lots) -> given.put(wallet, restore(wallet, lots, keptValue, reason)));
        moves.settle();
        return given;
    }

    private long restore(WalletId wallet, List<Lot> lots, long keptValue, Reason reason) {
        long all = lots.stream().mapToLong(Lot::points).sum();
        long target = keptValue == 0 ? all : all - Math.min(all, Proportion.ceiling(all, keptValue, basis.total()));
        long before = state.in(wallet).restored();
        long missing = Math.max(0, target - before);
        long skip = before;
        long given = 0;
        for (Lot lot : lots) {
            long skipped = Math.min(skip, lot.points());
            skip -= skipped;
            long part = Math.min(missing - given, lot.points() - skipped);
            moves.in(wallet).restore(part, graced(lot.term()), reason);
            given += part;
        }
        return given;
    }

    private Term graced(Term term) {
        int grace = rules().refunds().graceDays();
        boolean passed = term.expires().isBefore(today);
        return passed && grace > 0 ? new Term(today, today.plusDays(grace)) : term;
    }

    /**
     * Decides who bears the points that should be taken back but are spent. Cash that is kept back for one wallet is no
     * longer there for the next in the program's sequence.
     */
    private Return bear(
            SortedMap<WalletId, Long> shortfall,
            long money,
            SortedMap<WalletId, Long> earned,
            SortedMap<WalletId, Long> reversed,
            SortedMap<WalletId, Long> restored,
            Reason reason) {
        long cash = Math.max(0, money - worthOf(restored));
        SortedMap<WalletId, Facts.WalletReturn> effects = new TreeMap<>();
        for (WalletId wallet : wallets()) {
            long missing = shortfall.getOrDefault(wallet, 0L);
            long debt = 0;
            long deducted = 0;
            long deduction = 0;
            long writtenOff = 0;
            if (missing > 0) {
                switch (rules().refunds().shortfall()) {
                    case Shortfall.Debt policy -> debt = missing;
                    case Shortfall.Deduct policy -> {
                        Optional<Worth> worth = worthIn(wallet);
                        if (worth.isPresent()) {
                            long affordable = worth.get().affordableWith(cash).value();
                            deducted = Math.min(missing, affordable);
                            deduction = worth.get().of(Points.of(deducted));
                            cash -= deduction;
                        }
                        writtenOff = missing - deducted;
                    }
                    case Shortfall.WriteOff policy -> {
                        long left = policy.limit() - state.in(wallet).writtenOff();
                        writtenOff = Math.min(missing, Math.max(0, left));
                        debt = missing - writtenOff;
                    }
                }
            }
            Mover mover = moves.in(wallet);
            mover.incurDebt(debt, reason);
            mover.writeOff(deducted, Reason.DEDUCTED_FROM_REFUND);
            mover.writeOff(writtenOff, Reason.WRITTEN_OFF);
            effects.put(
                    wallet,
                    new Facts.WalletReturn(
                            earned.getOrDefault(wallet, 0L),
                            reversed.getOrDefault(wallet, 0L),
                            restored.getOrDefault(wallet, 0L),
                            debt,
                            deducted,
                            deduction,
                            writtenOff));
        }
        return new Return(money, effects);
    }

    /** What a wallet's points are worth by the order's version; where it says nothing, they are not held against money. */
    private Optional<Worth> worthIn(WalletId wallet) {
        return rules().wallet(wallet).flatMap(WalletRules::worth);
    }

    private long worthOf(SortedMap<WalletId, Long> points) {
        long sum = 0;
        for (Map.Entry<WalletId, Long> some : points.entrySet()) {
            Optional<Worth> worth = worthIn(some.getKey());
            sum = Math.addExact(sum, worth.isEmpty() ? 0 : worth.get().of(Points.of(some.getValue())));
        }
        return sum;
    }

    /** Where it stands what became of the redemptions that paid a part of an order. */
    static Set<StoredKey> redemptions(Account account, OrderBasis basis) {
        Set<StoredKey> keys = new HashSet<>();
        for (RedemptionId redemption : basis.redemptions()) {
            keys.add(new StoredKey.PostingKey(account.key().program(), OperationId.captured(redemption)));
        }
        return keys;
    }

    /** The redemption that paid a part of an order and is still open, if any: what it will come to is not known yet. */
    static Optional<RedemptionId> open(Opened opened, OrderBasis basis) {
        return basis.redemptions().stream()
                .filter(redemption -> opened.moves().isHeld(redemption))
                .findFirst();
    }

    /**
     * The points that paid a part of an order by their wallets, in the order in which they come back: redemption by redemption as they
     * were captured, and of each what expires last first. A redemption that is captured later comes behind, so those
     * given back before stay the first.
     */
    static SortedMap<WalletId, List<Lot>> spent(Snapshot snapshot, Account account, OrderBasis basis) {
        return basis.redemptions().stream()
                .flatMap(redemption ->
                        snapshot.posting(account.key().program(), OperationId.captured(redemption)).stream())
                .filter(captured -> captured.member().equals(account.key()))
                .sorted(Comparator.comparingLong(Posting::sequence))
                .flatMap(captured -> captured.movements().reversed().stream())
                .filter(movement -> movement.kind() == Movement.Kind.CAPTURE)
                .collect(Collectors.groupingBy(
                        Movement::wallet,
                        TreeMap::new,
                        Collectors.mapping(
                                movement -> new Lot(movement.term().orElseThrow(), movement.points()),
                                Collectors.toUnmodifiableList())));
    }
}
