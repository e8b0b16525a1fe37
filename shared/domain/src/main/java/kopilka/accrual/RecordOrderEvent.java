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
import kopilka.earning.Earning;
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
import kopilka.order.Order;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;

/**
 * Records that something happened to an order. Events come in any sequence: what comes before the payment waits for it.
 *
 * <p>Refusals, in this order: member not found, member closed (placed and paid alone), time, the order's own
 * contradictions, currency, a redemption that paid for another order, order of another member, a redemption still open,
 * too much that waits.
 *
 * @param member whose order
 * @param order which
 * @param kind what happened
 * @param at when
 * @param content what was ordered; there for {@code PLACED} and {@code PAID}
 */
public record RecordOrderEvent(
        MemberKey member, OrderId order, OrderEventKind kind, Instant at, Optional<Order> content)
        implements Operation {
    /** Refuses a placed or paid order without content. */
    public RecordOrderEvent {
        boolean needed = kind == OrderEventKind.PLACED || kind == OrderEventKind.PAID;
        if (needed && content.isEmpty()) {
            throw new IllegalArgumentException("a placed or paid order has content");
        }
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
                case PLACED -> opened.post(opened.account(), new Facts.OrderNoted(order, kind, at, false, 0));
                case PAID -> paid(opened, snapshot, content.orElseThrow().basis());
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

    private Decision paid(Opened opened, Snapshot snapshot, OrderBasis basis) {
        Account account = opened.account();
        Optional<RedemptionUse> elsewhere = uses().filter(use -> snapshot.use(member, use.redemption())
                        .filter(known -> !known.equals(use))
                        .isPresent())
                .findFirst();
        if (elsewhere.isPresent()) {
            return new Decision.Refuse(
                    new Refusal.RedemptionUsed(elsewhere.get().redemption()));
        }
        ProgramVersion version = opened.versionAt(at);
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
                basis,
                version,
                waiting.isEmpty() ? List.of() : OrderPoints.spent(snapshot, account, basis),
                OrderState.unpaid(member, order, List.of()));
        Earning earning = points.earn(at);
        Applied applied = new Applied();
        for (Posting posting : waiting) {
            // As if it came right after the payment, when time has done its part: the end has to be the same.
            opened.moves().settle();
            applied.apply(posting, points, basis);
        }
        Facts facts = new Facts.OrderPaid(
                order, at, basis, earning, points.state().term(), applied.applied, applied.ignored, applied.effect);
        Decision.Post post =
                opened.post(points.account(), version, facts, points.signal()).with(uses().toList());
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
            effect = new Return(
                    effect.value() + more.value(),
                    more.earned(),
                    effect.reversed() + more.reversed(),
                    effect.restored() + more.restored(),
                    effect.debt() + more.debt(),
                    effect.deducted() + more.deducted(),
                    effect.deduction() + more.deduction(),
                    effect.writtenOff() + more.writtenOff());
        }
    }

    private Decision afterPayment(Opened opened, Snapshot snapshot) {
        Optional<Posting> posting =
                snapshot.posting(member.program(), OperationId.orderEvent(order, OrderEventKind.PAID));
        if (posting.isEmpty()) {
            return Waiting.forPayment(
                    opened, order, snapshot.order(member, order), new Facts.OrderNoted(order, kind, at, true, 0));
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
            OrderPoints points = new OrderPoints(opened, paid.basis(), version, List.of(), state);
            boolean learns = state.term().isEmpty();
            points.deliver(at);
            Facts facts = learns
                    ? new Facts.OrderDelivered(order, at, points.state().term().orElseThrow(), state.earned())
                    : new Facts.OrderNoted(order, kind, at, false, state.earned());
            Decision.Post post = opened.post(points.account(), version, facts, points.signal());
            return post.with(points.state());
        }
        var open = OrderPoints.open(opened, paid.basis());
        if (open.isPresent()) {
            return new Decision.Refuse(new Refusal.RedemptionOpen(open.get()));
        }
        OrderPoints points = new OrderPoints(
                opened, paid.basis(), version, OrderPoints.spent(snapshot, opened.account(), paid.basis()), state);
        Facts facts = new Facts.OrderCancelled(order, at, points.cancel());
        return opened.post(points.account(), version, facts, points.signal()).with(points.state());
    }
}
