package kopilka.accrual;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kopilka.earning.Earning;
import kopilka.earning.Kept;
import kopilka.ledger.Account;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Lot;
import kopilka.ledger.Movement;
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
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules.Shortfall;

/**
 * The points of one order in the course of one decision: what it has earned is at any time what is kept of it earns under
 * the version it was earned with.
 */
final class OrderPoints {
    private final OrderBasis basis;
    private final ProgramVersion pinned;
    private final List<Lot> spent;
    private final Moves moves;
    private final LocalDate today;
    private Account account;
    private OrderState state;
    private Optional<ReferralSignal> signal = Optional.empty();

    /**
     * Takes an order up.
     *
     * @param opened the member's account
     * @param basis the order's content
     * @param pinned the version that it is earned under
     * @param spent the points that paid a part of it, in the order in which they come back
     * @param state how it stands
     */
    OrderPoints(Opened opened, OrderBasis basis, ProgramVersion pinned, List<Lot> spent, OrderState state) {
        this.basis = basis;
        this.pinned = pinned;
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
        return pinned.rules();
    }

    /** The term of points whose return window starts with an event. */
    static Term term(Program rules, Instant event) {
        LocalDate from = rules.dayOf(event).plusDays(rules.pending().days());
        return new Term(from, rules.expiry().lastDay(from));
    }

    /** The order is paid: its points are pending, and it may be the one that a referral waited for. */
    Earning earn(Instant at) {
        Kept kept = Kept.of(basis, Returned.NOTHING);
        Earning earning = Earning.of(basis, kept, rules().earning());
        long points = earning.points().value();
        Optional<Term> term = switch (rules().pending().from()) {
            case PAID -> Optional.of(term(rules(), at));
            case DELIVERED -> Optional.empty();
        };
        if (term.isPresent()) {
            moves.accrue(points, term.get(), Reason.ORDER_PAID);
        } else {
            moves.accrueAwaiting(points, Reason.ORDER_PAID);
        }
        state = OrderState.paid(state.member(), state.order(), points, term);
        account = account.withOrder();
        if (qualifies(kept) && account.referral().isPresent()) {
            Account.Referral referral = account.referral().get();
            if (referral.order().isEmpty() && !referral.ended()) {
                account = account.withReferral(
                        new Account.Referral(referral.referrer(), Optional.of(state.order()), 0, false));
                term.ifPresent(this::rewardReferral);
            }
        }
        return earning;
    }

    private boolean qualifies(Kept kept) {
        Optional<ReferralRules> referral = rules().referral();
        return referral.isPresent() && kept.goodsValue() >= referral.get().minimumOrder();
    }

    /** Credits the referee, and signals that the referrer is to be credited, with points of the order's own term. */
    private void rewardReferral(Term term) {
        Account.Referral referral = account.referral().orElseThrow();
        ReferralRules rewards = rules().referral().orElseThrow();
        moves.accrue(rewards.refereePoints(), term, Reason.REFEREE_REWARD);
        account = account.withReferral(
                new Account.Referral(referral.referrer(), Optional.of(state.order()), rewards.refereePoints(), false));
        signal = Optional.of(
                new ReferralSignal.Qualified(referral.referrer(), state.order(), term, rewards.referrerPoints()));
    }

    /** The order is delivered: where its points waited for that, they learn their days. */
    void deliver(Instant at) {
        Optional<Term> term = state.term();
        if (term.isEmpty() && rules().pending().from() == PendingRule.From.DELIVERED) {
            Term learned = term(rules(), at);
            term = Optional.of(learned);
            if (!account.isClosed()) {
                moves.schedule(state.earned(), learned, Reason.ORDER_DELIVERED);
                if (isReferralOrder()) {
                    rewardReferral(learned);
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
                term,
                state.earned(),
                state.restored(),
                state.writtenOff());
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
        long earned = cancelled
                ? 0
                : Earning.of(basis, kept, rules().earning()).points().value();
        long restored = account.isClosed() ? 0 : restore(cancelled ? 0 : kept.value(), reason);
        long reversed = 0;
        long shortfall = 0;
        if (!account.isClosed()) {
            // Rounding may, by a point, let less earn more. What is earned follows what is kept, whichever way.
            accrueMore(Math.max(0, earned - state.earned()), reason);
            reversed = Math.max(0, state.earned() - earned);
            shortfall = moves.reverse(reversed, state.term(), reason);
            if (isReferralOrder() && (cancelled || !qualifies(kept))) {
                long reward = account.referral().orElseThrow().rewarded();
                reversed += reward;
                shortfall += takeReferralBack();
            }
        }
        Return effect = bear(shortfall, money, earned, reversed, restored, reason);
        state = new OrderState(
                state.member(),
                state.order(),
                state.waiting(),
                all,
                refunded,
                cancelled,
                state.deliveredAt(),
                state.term(),
                earned,
                state.restored() + restored,
                state.writtenOff()
                        + (rules().refunds().shortfall() instanceof Shortfall.WriteOff ? effect.writtenOff() : 0));
        return effect;
    }

    private void accrueMore(long points, Reason reason) {
        if (state.term().isPresent()) {
            moves.accrue(points, state.term().get(), reason);
        } else {
            moves.accrueAwaiting(points, reason);
        }
    }

    private long takeReferralBack() {
        Account.Referral referral = account.referral().orElseThrow();
        long shortfall = moves.reverse(referral.rewarded(), state.term(), Reason.REFERRAL_TAKEN_BACK);
        account = account.withReferral(new Account.Referral(referral.referrer(), referral.order(), 0, true));
        signal = Optional.of(new ReferralSignal.Disqualified(referral.referrer(), state.order()));
        return shortfall;
    }

    /**
     * Gives back the points that had paid for what is no longer kept: of all that were spent, what is above the share
     * that the kept value still needs. Each lot has its own days; one whose last day has passed gets the program's days of
     * grace, or expires again.
     */
    private long restore(long keptValue, Reason reason) {
        long all = spent.stream().mapToLong(Lot::points).sum();
        if (all == 0) {
            return 0;
        }
        long target = keptValue == 0 ? all : all - Math.min(all, Proportion.ceiling(all, keptValue, basis.total()));
        long missing = Math.max(0, target - state.restored());
        long skip = state.restored();
        long given = 0;
        for (Lot lot : spent) {
            long skipped = Math.min(skip, lot.points());
            skip -= skipped;
            long part = Math.min(missing - given, lot.points() - skipped);
            moves.restore(part, graced(lot.term()), reason);
            given += part;
        }
        moves.settle();
        return given;
    }

    private Term graced(Term term) {
        int grace = rules().refunds().graceDays();
        boolean passed = term.expires().isBefore(today);
        return passed && grace > 0 ? new Term(today, today.plusDays(grace)) : term;
    }

    /** Decides who bears the points that should be taken back but are spent. */
    private Return bear(long shortfall, long money, long earned, long reversed, long restored, Reason reason) {
        long debt = 0;
        long deducted = 0;
        long deduction = 0;
        long writtenOff = 0;
        if (shortfall > 0) {
            switch (rules().refunds().shortfall()) {
                case Shortfall.Debt policy -> debt = shortfall;
                case Shortfall.Deduct policy -> {
                    var worth = rules().redemption().worth();
                    long cash = Math.max(0, money - worth.of(Points.of(restored)));
                    deducted = Math.min(shortfall, worth.affordableWith(cash).value());
                    deduction = worth.of(Points.of(deducted));
                    writtenOff = shortfall - deducted;
                }
                case Shortfall.WriteOff policy -> {
                    writtenOff = Math.min(shortfall, Math.max(0, policy.limit() - state.writtenOff()));
                    debt = shortfall - writtenOff;
                }
            }
        }
        moves.incurDebt(debt, reason);
        moves.writeOff(deducted, Reason.DEDUCTED_FROM_REFUND);
        moves.writeOff(writtenOff, Reason.WRITTEN_OFF);
        return new Return(money, earned, reversed, restored, debt, deducted, deduction, writtenOff);
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
                .filter(redemption -> opened.moves().wallet().hold(redemption).isPresent())
                .findFirst();
    }

    /**
     * The points that paid a part of an order, in the order in which they come back: redemption by redemption as they
     * were captured, and of each what expires last first. A redemption that is captured later comes behind, so those
     * given back before stay the first.
     */
    static List<Lot> spent(Snapshot snapshot, Account account, OrderBasis basis) {
        return basis.redemptions().stream()
                .flatMap(redemption ->
                        snapshot.posting(account.key().program(), OperationId.captured(redemption)).stream())
                .filter(captured -> captured.member().equals(account.key()))
                .sorted(Comparator.comparingLong(Posting::sequence))
                .flatMap(captured -> captured.movements().reversed().stream())
                .filter(movement -> movement.kind() == Movement.Kind.CAPTURE)
                .map(movement -> new Lot(movement.term().orElseThrow(), movement.points()))
                .toList();
    }
}
