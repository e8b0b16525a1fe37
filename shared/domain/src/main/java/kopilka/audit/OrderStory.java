package kopilka.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.earning.Earnings;
import kopilka.earning.Kept;
import kopilka.ledger.Earned;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Facts.WalletReturn;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OrderState;
import kopilka.ledger.OrderState.InWallet;
import kopilka.ledger.Posting;
import kopilka.ledger.Term;
import kopilka.ledger.Under;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.OrderBasis;
import kopilka.order.OrderId;
import kopilka.order.Quoted;
import kopilka.order.Returned;
import kopilka.program.ByWallet;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.RuleBook;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import kopilka.standing.Progress;

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
    private Counted counted = new Counted(0, false, 0);
    private final SortedMap<WalletId, InWallet> wallets = new TreeMap<>();

    OrderStory(MemberKey member, OrderId order) {
        this.member = member;
        this.order = order;
    }

    /** What an order was paid with, when, and what it is earned under. */
    record Payment(OrderBasis basis, Under under, Instant at, Program rules, int version) {
        /** What it earns, if that has come back. */
        Earnings earnings(Returned returned) {
            return Earnings.of(basis, returned, rules, under.circumstances(), ruledAt());
        }

        /** The moment that rules go by. */
        Instant ruledAt() {
            return under.quote().map(Quoted::at).orElse(at);
        }

        WalletId main() {
            return rules.main().id();
        }
    }

    /** What of it counts for levels. */
    private record Counted(long goods, boolean stands, long points) {}

    OrderId order() {
        return order;
    }

    Optional<Payment> payment() {
        return payment;
    }

    List<Posting> waiting() {
        return List.copyOf(waiting);
    }

    private InWallet in(WalletId wallet) {
        return wallets.getOrDefault(wallet, InWallet.NONE);
    }

    Optional<Term> term(WalletId wallet) {
        return in(wallet).term();
    }

    long earned(WalletId wallet) {
        return in(wallet).earned();
    }

    /** What it has earned in each wallet. */
    SortedMap<WalletId, Long> units() {
        SortedMap<WalletId, Long> units = new TreeMap<>();
        wallets.forEach((wallet, stands) -> units.put(wallet, stands.earned()));
        return ByWallet.of(units, 0L);
    }

    /** What it has earned in each wallet, and the lots. */
    SortedMap<WalletId, Earned> earned() {
        SortedMap<WalletId, Earned> earned = new TreeMap<>();
        wallets.forEach((wallet, stands) -> earned.put(wallet, new Earned(stands.earned(), stands.term())));
        return ByWallet.of(earned, Earned.NONE);
    }

    /** All wallets that it has to do with: those of its version first, in their sequence. */
    private Set<WalletId> all() {
        Set<WalletId> all = new LinkedHashSet<>();
        payment.orElseThrow().rules().wallets().forEach(wallet -> all.add(wallet.id()));
        all.addAll(wallets.keySet());
        return all;
    }

    /** Something came before the payment. */
    void await(Posting posting) {
        waiting.add(posting);
        isStored = true;
    }

    /** The payment, and what the order earns by it; what waited is told after it. */
    void paid(Payment paid, SortedMap<WalletId, Long> units) {
        payment = Optional.of(paid);
        for (WalletRules wallet : paid.rules().wallets()) {
            long points = units.getOrDefault(wallet.id(), 0L);
            if (points > 0 || wallet.id().equals(paid.main())) {
                wallets.put(wallet.id(), new InWallet(termByEvents(wallet), points, 0, 0));
            }
        }
        waiting.clear();
    }

    /** The days that points of a wallet have by what has happened so far. */
    private Optional<Term> termByEvents(WalletRules wallet) {
        Payment paid = payment.orElseThrow();
        Optional<Instant> event =
                wallet.pending().from() == PendingRule.From.PAID ? Optional.of(paid.at()) : deliveredAt;
        return event.map(moment -> {
            var from = paid.rules().dayOf(moment).plusDays(wallet.pending().days());
            return new Term(from, wallet.expiry().lastDay(from, tierAtPayment()));
        });
    }

    /** The member's level when the order was paid, on which the life of its points depends. */
    private Optional<TierId> tierAtPayment() {
        return payment.orElseThrow().under().circumstances().tier();
    }

    /** The delivery; the wallets whose points learn their days by it. */
    Set<WalletId> delivered(Instant at) {
        isStored = true;
        deliveredAt = Optional.of(at);
        Payment paid = payment.orElseThrow();
        Set<WalletId> learning = new LinkedHashSet<>();
        for (WalletRules wallet : paid.rules().wallets()) {
            InWallet stands = in(wallet.id());
            boolean counts = stands.earned() > 0 || wallet.id().equals(paid.main());
            if (counts && stands.term().isEmpty() && wallet.pending().from() == PendingRule.From.DELIVERED) {
                learning.add(wallet.id());
                wallets.put(
                        wallet.id(),
                        new InWallet(termByEvents(wallet), stands.earned(), stands.restored(), stands.writtenOff()));
            }
        }
        return learning;
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

    /** Computes what it earns as it stands now, and how much more that is in each wallet than it was; less where negative. */
    SortedMap<WalletId, Long> recount() {
        Payment paid = payment.orElseThrow();
        SortedMap<WalletId, Long> units =
                cancelled ? ByWallet.none() : paid.earnings(returned).units();
        SortedMap<WalletId, Long> more = new TreeMap<>();
        for (WalletRules wallet : paid.rules().wallets()) {
            InWallet stood = in(wallet.id());
            long now = units.getOrDefault(wallet.id(), 0L);
            Optional<Term> term = stood.term().isEmpty() && now > stood.earned() ? termByEvents(wallet) : stood.term();
            more.put(wallet.id(), now - stood.earned());
            wallets.put(wallet.id(), new InWallet(term, now, stood.restored(), stood.writtenOff()));
        }
        return ByWallet.of(more, 0L);
    }

    /** How many more of the points of a wallet that had paid for it are to be given back now. */
    long restorable(WalletId wallet, long spent) {
        long kept = cancelled ? 0 : kept().value();
        long needed = kept == 0
                ? 0
                : Math.min(
                        spent,
                        Proportion.ceiling(
                                spent, kept, payment.orElseThrow().basis().total()));
        return Math.max(0, spent - needed - in(wallet).restored());
    }

    /** Who bears the points that should be taken back and are spent. */
    Return borne(
            long money,
            SortedMap<WalletId, Long> reversed,
            SortedMap<WalletId, Long> back,
            SortedMap<WalletId, Long> missing) {
        Set<WalletId> each = all();
        each.addAll(back.keySet());
        SortedMap<WalletId, WalletReturn> effects = new TreeMap<>();
        long cash = money;
        for (WalletId wallet : each) {
            cash -= worth(wallet)
                    .map(worth -> worth.of(Points.of(back.getOrDefault(wallet, 0L))))
                    .orElse(0L);
        }
        for (WalletId wallet : each) {
            long all = missing.getOrDefault(wallet, 0L);
            long taken = reversed.getOrDefault(wallet, 0L);
            long given = back.getOrDefault(wallet, 0L);
            effects.put(
                    wallet,
                    switch (payment.orElseThrow().rules().refunds().shortfall()) {
                        case Shortfall.Debt policy -> new WalletReturn(earned(wallet), taken, given, all, 0, 0, 0);
                        case Shortfall.Deduct policy -> {
                            long most = Math.max(0, cash);
                            long deducted = worth(wallet)
                                    .map(worth -> Math.min(
                                            all, worth.affordableWith(most).value()))
                                    .orElse(0L);
                            long deduction = deducted == 0
                                    ? 0
                                    : worth(wallet).orElseThrow().of(Points.of(deducted));
                            cash -= deduction;
                            yield new WalletReturn(
                                    earned(wallet), taken, given, 0, deducted, deduction, all - deducted);
                        }
                        case Shortfall.WriteOff policy -> {
                            long borne = Math.min(
                                    all, Math.max(0, policy.limit() - in(wallet).writtenOff()));
                            yield new WalletReturn(earned(wallet), taken, given, all - borne, 0, 0, borne);
                        }
                    });
        }
        return new Return(money, effects);
    }

    private Optional<Worth> worth(WalletId wallet) {
        return payment.orElseThrow().rules().wallet(wallet).flatMap(WalletRules::worth);
    }

    /** Notes what a return came to. */
    void note(Return effect) {
        boolean limited = payment.orElseThrow().rules().refunds().shortfall() instanceof Shortfall.WriteOff;
        effect.wallets().forEach((wallet, some) -> {
            InWallet stood = in(wallet);
            wallets.put(
                    wallet,
                    new InWallet(
                            stood.term(),
                            stood.earned(),
                            Math.addExact(stood.restored(), some.restored()),
                            limited ? Math.addExact(stood.writtenOff(), some.writtenOff()) : stood.writtenOff()));
        });
    }

    /** Lets it count for its member, when it is paid. */
    void count(Progress progress) {
        Payment paid = payment.orElseThrow();
        if (paid.rules().scheme() instanceof RuleBook) {
            counted = counted();
            progress.bought(paid.rules().dayOf(paid.at()), counted.goods(), counted.points());
        }
    }

    /** Lets it count for less, when something came back. */
    void countLess(Progress progress) {
        Payment paid = payment.orElseThrow();
        if (paid.rules().scheme() instanceof RuleBook) {
            Counted before = counted;
            counted = counted();
            progress.returned(
                    paid.rules().dayOf(paid.at()),
                    before.goods() - counted.goods(),
                    before.stands() && !counted.stands(),
                    before.points() - counted.points());
        }
    }

    private Counted counted() {
        Payment paid = payment.orElseThrow();
        long goods = cancelled ? 0 : kept().goodsValue();
        boolean anything = false;
        for (int line = 0; line < paid.basis().lines().size(); line++) {
            anything |= returned.of(line) < paid.basis().lines().get(line).quantity();
        }
        boolean refunded = goods == 0 && Kept.of(paid.basis(), Returned.NOTHING).goodsValue() > 0;
        return new Counted(goods, anything && !cancelled && !refunded, earned(paid.main()));
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
                        wallets))
                : Optional.empty();
    }
}
