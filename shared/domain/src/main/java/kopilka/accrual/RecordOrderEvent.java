package kopilka.accrual;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.earning.Earnings;
import kopilka.earning.Evaluation;
import kopilka.ledger.Account;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Facts.Return;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderDigest;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.RedemptionUse;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Under;
import kopilka.order.Order;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.Quoted;
import kopilka.program.Asked;
import kopilka.program.ByWallet;
import kopilka.program.Circumstances;
import kopilka.program.EarningRules;
import kopilka.program.PaymentMethod;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.RuleBook;
import kopilka.program.ShopId;
import kopilka.standing.Told;

/**
 * Records that something happened to an order. Events come in any sequence: what comes before the payment waits for it.
 *
 * <p>Refusals, in this order: member not found, member closed (placed and paid alone), time, the order's own
 * contradictions, currency, a redemption that paid for another order, discounts that are not the program's, order of another member, a redemption still open,
 * too much that waits.
 *
 * @param member whose order
 * @param order which
 * @param kind what happened
 * @param at when
 * @param content what was ordered; there for {@code PLACED} and {@code PAID}
 * @param seller the shop that tells it, which sold it unless the content names another
 */
public record RecordOrderEvent(
        MemberKey member,
        OrderId order,
        OrderEventKind kind,
        Instant at,
        Optional<Order> content,
        Optional<ShopId> seller)
        implements Operation {
    /** Told by nobody in particular. */
    public RecordOrderEvent(MemberKey member, OrderId order, OrderEventKind kind, Instant at, Optional<Order> content) {
        this(member, order, kind, at, content, Optional.empty());
    }

    /** Refuses a placed or paid order without content. */
    public RecordOrderEvent {
        boolean needed = kind == OrderEventKind.PLACED || kind == OrderEventKind.PAID;
        if (needed && content.isEmpty()) {
            throw new IllegalArgumentException("a placed or paid order has content");
        }
    }

    /** Told by that shop. It is the same event whoever tells it. */
    public RecordOrderEvent toldBy(ShopId shop) {
        return new RecordOrderEvent(member, order, kind, at, content, Optional.of(shop));
    }

    @Override
    public OperationId id() {
        return OperationId.orderEvent(order, kind);
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest();
        digest.text("order event/1")
                .text(member.member().value())
                .text(order.value())
                .text(kind.code())
                .instant(at)
                .optional(content, told -> OrderDigest.feed(digest, told));
        return digest.hash();
    }

    @Override
    public Set<StoredKey> reads() {
        return switch (kind) {
            case PLACED -> Set.of();
            case PAID -> uses().map(RedemptionUse::storedAs).collect(Collectors.toUnmodifiableSet());
            case DELIVERED, CANCELLED -> Set.of(paidKey(), stateKey());
        };
    }

    /** The redemptions that pay a part of it, as used by it. */
    private Stream<RedemptionUse> uses() {
        return content.stream()
                .flatMap(told -> told.redemptions().stream())
                .map(redemption -> new RedemptionUse(member, redemption, order));
    }

    private StoredKey paidKey() {
        return new StoredKey.PostingKey(member.program(), OperationId.orderEvent(order, OrderEventKind.PAID));
    }

    private StoredKey stateKey() {
        return new StoredKey.OrderKey(member, order);
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            Optional<Refusal> fault = fault(opened);
            if (fault.isPresent()) {
                return new Decision.Refuse(fault.get());
            }
            return switch (kind) {
                case PLACED ->
                    opened.post(opened.account(), new Facts.OrderNoted(order, kind, at, false, ByWallet.none()));
                case PAID -> paid(opened, snapshot, content.orElseThrow());
                case DELIVERED, CANCELLED -> afterPayment(opened, snapshot);
            };
        });
    }

    private Optional<Refusal> fault(Opened opened) {
        boolean buys = kind == OrderEventKind.PLACED || kind == OrderEventKind.PAID;
        if (buys && opened.account().isClosed()) {
            return Optional.of(new Refusal.MemberClosed());
        }
        Optional<Refusal> time = opened.timeFault(at);
        if (time.isPresent() || content.isEmpty()) {
            return time;
        }
        Optional<Order.Fault> fault = content.get().fault();
        if (fault.isPresent()) {
            return Optional.of(new Refusal.OrderInvalid(fault.get()));
        }
        var expected = opened.versionAt(at).rules().currency();
        return content.get().currency().equals(expected)
                ? Optional.empty()
                : Optional.of(new Refusal.CurrencyMismatch(expected));
    }

    /** The quote that it follows, if that holds for it. */
    private Optional<Quoted> quote(Opened opened) {
        return content.flatMap(Order::quote)
                .filter(quote -> quote.holds(at))
                .filter(quote -> opened.versionAt(quote.at()).number() == quote.version());
    }

    /** The version that it is earned under, and under which circumstances. */
    private Purchase purchase(Opened opened, Order told) {
        Optional<Quoted> quote = quote(opened);
        ProgramVersion version = opened.versionAt(quote.map(Quoted::at).orElse(at));
        return switch (version.rules().scheme()) {
            case EarningRules rates -> new Purchase(told.basis(), version, at, Under.NOTHING);
            case RuleBook book -> {
                Asked asked = Asked.by(version.rules());
                Circumstances circumstances = opened.progress()
                        .standing()
                        .circumstances(
                                version.rules(),
                                asked,
                                told(told),
                                version.rules().dayOf(quote.map(Quoted::at).orElse(at)),
                                opened.progress().joined());
                yield new Purchase(
                        told.basis(asked.brands(), asked.skus()), version, at, new Under(circumstances, quote));
            }
        };
    }

    private Told told(Order told) {
        return new Told(
                told.shop().or(() -> seller),
                told.channel(),
                told.region(),
                told.payments().stream()
                        .map(payment -> new PaymentMethod(payment.method()))
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(told.coupons()));
    }

    /** With what each line bears of the discounts that the shop gave by the program; or why it can't. */
    private static Evaluation.Borne bearing(Purchase purchase) {
        if (purchase.basis().given().isEmpty()) {
            return new Evaluation.Borne.Fits(purchase.basis());
        }
        return switch (purchase.rules().scheme()) {
            case EarningRules rates ->
                new Evaluation.Borne.Contradicts(new Evaluation.Fault.UnknownDiscount(
                        purchase.basis().given().getFirst().rule()));
            case RuleBook book ->
                Evaluation.bearing(
                        purchase.basis(), purchase.under().circumstances(), purchase.ruledAt(), purchase.rules());
        };
    }

    private Decision paid(Opened opened, Snapshot snapshot, Order told) {
        Optional<RedemptionUse> elsewhere = uses().filter(use -> snapshot.use(member, use.redemption())
                        .filter(known -> !known.equals(use))
                        .isPresent())
                .findFirst();
        if (elsewhere.isPresent()) {
            return new Decision.Refuse(
                    new Refusal.RedemptionUsed(elsewhere.get().redemption()));
        }
        Purchase purchase = purchase(opened, told);
        return switch (bearing(purchase)) {
            case Evaluation.Borne.Contradicts contradicts ->
                new Decision.Refuse(
                        switch (contradicts.fault()) {
                            case Evaluation.Fault.UnknownDiscount unknown ->
                                new Refusal.DiscountUnknown(unknown.rule());
                            case Evaluation.Fault.DiscountAboveLines above ->
                                new Refusal.DiscountTooLarge(above.rule());
                        });
            case Evaluation.Borne.Fits fits ->
                paid(
                        opened,
                        snapshot,
                        new Purchase(fits.order(), purchase.version(), purchase.paidAt(), purchase.under()));
        };
    }

    private Decision paid(Opened opened, Snapshot snapshot, Purchase purchase) {
        Account account = opened.account();
        OrderBasis basis = purchase.basis();
        List<Posting> waiting = List.of();
        if (account.early().contains(Account.mark(order))) {
            Set<StoredKey> needed = new HashSet<>(OrderPoints.redemptions(account, basis));
            needed.add(stateKey());
            if (!snapshot.missing(needed).isEmpty()) {
                return new Decision.Read(needed);
            }
            List<OperationId> operations =
                    snapshot.order(member, order).map(OrderState::waiting).orElse(List.of());
            for (OperationId operation : operations) {
                needed.add(new StoredKey.PostingKey(member.program(), operation));
            }
            if (!snapshot.missing(needed).isEmpty()) {
                return new Decision.Read(needed);
            }
            waiting = operations.stream()
                    .flatMap(operation -> snapshot.posting(member.program(), operation).stream())
                    .sorted(Comparator.comparingInt(RecordOrderEvent::rank)
                            .thenComparing(posting -> posting.operation().value()))
                    .toList();
            boolean returns = waiting.stream().anyMatch(posting -> rank(posting) > 0);
            var open = OrderPoints.open(opened, basis);
            if (returns && open.isPresent()) {
                return new Decision.Refuse(new Refusal.RedemptionOpen(open.get()));
            }
        }
        OrderPoints points = new OrderPoints(
                waiting.isEmpty() ? opened : opened.with(account.awaited(order)),
                purchase,
                waiting.isEmpty() ? ByWallet.none() : OrderPoints.spent(snapshot, account, basis),
                OrderState.unpaid(member, order, List.of()));
        Earnings earning = points.earn();
        Applied applied = new Applied();
        for (Posting posting : waiting) {
            // As if it came right after the payment, when time has done its part: the end has to be the same.
            opened.moves().settle();
            applied.apply(posting, points, basis);
        }
        Facts facts = new Facts.OrderPaid(
                order,
                at,
                basis,
                purchase.under(),
                earning,
                points.earnedAtPayment(),
                applied.applied,
                applied.ignored,
                applied.effect);
        Decision.Post post = opened.post(points.account(), purchase.version(), facts, points.signal())
                .with(uses().toList());
        return waiting.isEmpty() ? post : post.with(points.state());
    }

    /** The sequence in which what waited takes effect: the delivery, the refunds, the cancellation. */
    private static int rank(Posting posting) {
        return switch (posting.facts()) {
            case Facts.OrderNoted noted -> noted.kind() == OrderEventKind.DELIVERED ? 0 : 2;
            default -> 1;
        };
    }

    /** Gathers the effect of what waited. */
    private static final class Applied {
        private final List<OperationId> applied = new ArrayList<>();
        private final List<OperationId> ignored = new ArrayList<>();
        private Return effect = Return.NONE;

        void apply(Posting posting, OrderPoints points, OrderBasis basis) {
            switch (posting.facts()) {
                case Facts.OrderNoted noted -> {
                    if (noted.kind() == OrderEventKind.DELIVERED) {
                        points.deliver(noted.at());
                        applied.add(posting.operation());
                    } else {
                        add(posting, points.cancel());
                    }
                }
                case Facts.RefundWaiting refund -> {
                    var resolved = RefundOrder.resolve(refund.content(), basis, points);
                    if (resolved instanceof RefundOrder.Resolved.Fits fits) {
                        add(posting, points.giveBack(fits.returned(), fits.money(), Reason.REFUND));
                    } else {
                        ignored.add(posting.operation());
                    }
                }
                default -> throw new IllegalStateException("only deliveries, refunds and cancellations wait");
            }
        }

        private void add(Posting posting, Return more) {
            applied.add(posting.operation());
            effect = effect.plus(more);
        }
    }

    private Decision afterPayment(Opened opened, Snapshot snapshot) {
        Optional<Posting> posting =
                snapshot.posting(member.program(), OperationId.orderEvent(order, OrderEventKind.PAID));
        if (posting.isEmpty()) {
            return Waiting.forPayment(
                    opened,
                    order,
                    snapshot.order(member, order),
                    new Facts.OrderNoted(order, kind, at, true, ByWallet.none()));
        }
        if (!posting.get().member().equals(member) || !(posting.get().facts() instanceof Facts.OrderPaid paid)) {
            return new Decision.Refuse(new Refusal.OrderNotFound());
        }
        Set<StoredKey> redemptions =
                kind == OrderEventKind.CANCELLED ? OrderPoints.redemptions(opened.account(), paid.basis()) : Set.of();
        if (!snapshot.missing(redemptions).isEmpty()) {
            return new Decision.Read(redemptions);
        }
        ProgramVersion version = PaidOrder.version(opened, posting.get());
        OrderState state = PaidOrder.state(snapshot, posting.get(), paid);
        if (kind == OrderEventKind.DELIVERED) {
            OrderPoints points = new OrderPoints(opened, Purchase.of(paid, version), ByWallet.none(), state);
            Facts facts = points.deliver(at)
                    ? new Facts.OrderDelivered(order, at, points.state().earned())
                    : new Facts.OrderNoted(
                            order, kind, at, false, points.state().units());
            Decision.Post post = opened.post(points.account(), version, facts, points.signal());
            return post.with(points.state());
        }
        var open = OrderPoints.open(opened, paid.basis());
        if (open.isPresent()) {
            return new Decision.Refuse(new Refusal.RedemptionOpen(open.get()));
        }
        OrderPoints points = new OrderPoints(
                opened, Purchase.of(paid, version), OrderPoints.spent(snapshot, opened.account(), paid.basis()), state);
        Facts facts = new Facts.OrderCancelled(order, at, points.cancel());
        return opened.post(points.account(), version, facts, points.signal()).with(points.state());
    }
}
