package kopilka.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.earning.Earning;
import kopilka.earning.Kept;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Term;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.OrderBasis;
import kopilka.order.OrderId;
import kopilka.order.Returned;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.RefundRules.Shortfall;

/**
 * How an order stands, told by its postings one after the other. It is computed in a way of its own, so that a mistake in
 * what decides does not hide here as well.
 */
final class OrderStory {
    private final MemberKey member;
    private final OrderId order;
    private final List<Posting> waiting = new ArrayList<>();
    private Optional<Payment> payment = Optional.empty();
    private boolean isStored;
    private Returned returned = Returned.NOTHING;
    private long refunded;
    private boolean cancelled;
    private Optional<Instant> deliveredAt = Optional.empty();
    private Optional<Term> term = Optional.empty();
    private long earned;
    private long restored;
    private long writtenOff;

    OrderStory(MemberKey member, OrderId order) {
        this.member = member;
        this.order = order;
    }

    /** What an order was paid with and is earned under. */
    record Payment(OrderBasis basis, Program rules, int version) {}

    OrderId order() {
        return order;
    }

    Optional<Payment> payment() {
        return payment;
    }

    List<Posting> waiting() {
        return List.copyOf(waiting);
    }

    Optional<Term> term() {
        return term;
    }

    long earned() {
        return earned;
    }

    /** Something came before the payment. */
    void await(Posting posting) {
        waiting.add(posting);
        isStored = true;
    }

    /** The payment; what waited is told after it. */
    void paid(Payment paid, Instant at, long points) {
        payment = Optional.of(paid);
        earned = points;
        if (paid.rules().pending().from() == PendingRule.From.PAID) {
            term = Optional.of(term(paid.rules(), at));
        }
        waiting.clear();
    }

    private static Term term(Program rules, Instant event) {
        var from = rules.dayOf(event).plusDays(rules.pending().days());
        return new Term(from, rules.expiry().lastDay(from));
    }

    /** The delivery; whether the points learn their days by it. */
    boolean delivered(Instant at) {
        isStored = true;
        deliveredAt = Optional.of(at);
        Program rules = payment.orElseThrow().rules();
        boolean learns = term.isEmpty() && rules.pending().from() == PendingRule.From.DELIVERED;
        if (learns) {
            term = Optional.of(term(rules, at));
        }
        return learns;
    }

    /** What is kept of it. */
    Kept kept() {
        return Kept.of(payment.orElseThrow().basis(), returned);
    }

    /** What would be kept of it if that came back too. */
    Kept keptWithout(Returned more) {
        return Kept.of(payment.orElseThrow().basis(), returned.plus(more));
    }

    /** Whether it still qualifies for a referral's reward. */
    boolean qualifies() {
        return !cancelled
                && payment.orElseThrow()
                        .rules()
                        .referral()
                        .filter(referral -> kept().goodsValue() >= referral.minimumOrder())
                        .isPresent();
    }

    /** Something came back. */
    void giveBack(Returned more, long money) {
        isStored = true;
        returned = returned.plus(more);
        refunded = Math.addExact(refunded, money);
    }

    /** It is off; how much money that is. */
    long cancel() {
        isStored = true;
        cancelled = true;
        return Math.max(0, payment.orElseThrow().basis().total() - refunded);
    }

    /** Computes what it earns as it stands now. */
    long recount() {
        Payment paid = payment.orElseThrow();
        earned = cancelled
                ? 0
                : Earning.of(paid.basis(), kept(), paid.rules().earning())
                        .points()
                        .value();
        return earned;
    }

    /** How many more of the points that had paid for it are to be given back now. */
    long restorable(long spent) {
        long kept = cancelled ? 0 : kept().value();
        long needed = kept == 0
                ? 0
                : Math.min(
                        spent,
                        Proportion.ceiling(
                                spent, kept, payment.orElseThrow().basis().total()));
        return Math.max(0, spent - needed - restored);
    }

    /** Who bears the points that should be taken back and are spent. */
    Return borne(long money, long reversed, long back, long missing) {
        var rules = payment.orElseThrow().rules();
        return switch (rules.refunds().shortfall()) {
            case Shortfall.Debt policy -> new Return(money, earned, reversed, back, missing, 0, 0, 0);
            case Shortfall.Deduct policy -> {
                var worth = rules.redemption().worth();
                long cash = Math.max(0, money - worth.of(Points.of(back)));
                long deducted = Math.min(missing, worth.affordableWith(cash).value());
                long deduction = deducted == 0 ? 0 : worth.of(Points.of(deducted));
                yield new Return(money, earned, reversed, back, 0, deducted, deduction, missing - deducted);
            }
            case Shortfall.WriteOff policy -> {
                long given = Math.min(missing, Math.max(0, policy.limit() - writtenOff));
                yield new Return(money, earned, reversed, back, missing - given, 0, 0, given);
            }
        };
    }

    /** Notes what a return came to. */
    void note(Return effect) {
        restored = Math.addExact(restored, effect.restored());
        if (payment.orElseThrow().rules().refunds().shortfall() instanceof Shortfall.WriteOff) {
            writtenOff = Math.addExact(writtenOff, effect.writtenOff());
        }
    }

    /** As it has to be stored. Empty: nothing happened to it but its payment. */
    Optional<OrderState> state() {
        return isStored
                ? Optional.of(new OrderState(
                        member,
                        order,
                        waiting.stream().map(Posting::operation).toList(),
                        returned,
                        refunded,
                        cancelled,
                        deliveredAt,
                        term,
                        earned,
                        restored,
                        writtenOff))
                : Optional.empty();
    }
}
