package kopilka.accrual;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.OrderDigest;
import kopilka.ledger.OrderState;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.order.OrderBasis;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RefundContent;
import kopilka.order.RefundId;
import kopilka.order.Returned;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;

/**
 * Refunds a part of an order, or all of it. Comes in any sequence: before the order's payment it waits for that.
 *
 * <p>Refusals, in this order: member not found, time, currency, order of another member, a redemption still open, a line
 * that the order does not have, more than is kept or was paid, too much that waits.
 *
 * @param member whose order
 * @param order which
 * @param refund which
 * @param at when it was made
 * @param content what goes back
 */
public record RefundOrder(MemberKey member, OrderId order, RefundId refund, Instant at, RefundContent content)
        implements Operation {
    @Override
    public OperationId id() {
        return OperationId.refund(order, refund);
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest();
        digest.text("refund/1")
                .text(member.member().value())
                .text(order.value())
                .text(refund.value())
                .instant(at);
        OrderDigest.feed(digest, content);
        return digest.hash();
    }

    private OperationId payment() {
        return OperationId.orderEvent(order, OrderEventKind.PAID);
    }

    @Override
    public Set<StoredKey> reads() {
        return Set.of(new StoredKey.PostingKey(member.program(), payment()), new StoredKey.OrderKey(member, order));
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> decide(opened, snapshot));
    }

    private Decision decide(Opened opened, Snapshot snapshot) {
        Optional<Refusal> time = opened.timeFault(at);
        if (time.isPresent()) {
            return new Decision.Refuse(time.get());
        }
        Optional<Posting> posting = snapshot.posting(member.program(), payment());
        var currency = posting.map(Posting::facts)
                .map(facts ->
                        facts instanceof Facts.OrderPaid paid ? paid.basis().currency() : null)
                .orElse(opened.calendar().rules().currency());
        if (!content.currency().equals(currency)) {
            return new Decision.Refuse(new Refusal.CurrencyMismatch(currency));
        }
        if (posting.isEmpty()) {
            return Waiting.forPayment(
                    opened, order, snapshot.order(member, order), new Facts.RefundWaiting(order, refund, at, content));
        }
        if (!posting.get().member().equals(member) || !(posting.get().facts() instanceof Facts.OrderPaid paid)) {
            return new Decision.Refuse(new Refusal.OrderNotFound());
        }
        Set<StoredKey> redemptions = OrderPoints.redemptions(opened.account(), paid.basis());
        if (!snapshot.missing(redemptions).isEmpty()) {
            return new Decision.Read(redemptions);
        }
        var open = OrderPoints.open(opened, paid.basis());
        if (open.isPresent()) {
            return new Decision.Refuse(new Refusal.RedemptionOpen(open.get()));
        }
        ProgramVersion version = PaidOrder.version(opened, posting.get());
        OrderState state = PaidOrder.state(snapshot, posting.get(), paid);
        OrderPoints points = new OrderPoints(
                opened, Purchase.of(paid, version), OrderPoints.spent(snapshot, opened.account(), paid.basis()), state);
        return switch (resolve(content, paid.basis(), points)) {
            case Resolved.Contradicts contradicts -> new Decision.Refuse(contradicts.refusal());
            case Resolved.Fits fits -> {
                Facts facts = new Facts.Refunded(
                        order,
                        refund,
                        at,
                        fits.returned(),
                        points.giveBack(fits.returned(), fits.money(), Reason.REFUND));
                yield opened.post(points.account(), version, facts, points.signal())
                        .with(points.state());
            }
        };
    }

    /** Whether a refund fits an order. */
    sealed interface Resolved {
        /** It does; this comes back, and so much money goes back. */
        record Fits(Returned returned, long money) implements Resolved {}

        /** It does not. */
        record Contradicts(Refusal refusal) implements Resolved {}
    }

    /** Finds the lines that a refund names, and the money that it comes to. */
    static Resolved resolve(RefundContent content, OrderBasis basis, OrderPoints points) {
        SortedMap<Integer, Long> quantities = new TreeMap<>();
        long named = 0;
        Returned unnamed = new Returned(new TreeMap<>(), content.delivery(), content.amount());
        Returned unpriced = unnamed;
        for (int i = 0; i < content.lines().size(); i++) {
            RefundContent.Line line = content.lines().get(i);
            var index = basis.indexOf(line.line());
            if (index.isEmpty()) {
                return new Resolved.Contradicts(new Refusal.LineNotFound(i));
            }
            SortedMap<Integer, Long> one = new TreeMap<>();
            one.put(index.getAsInt(), line.quantity().thousandths());
            quantities.merge(index.getAsInt(), line.quantity().thousandths(), Math::addExact);
            if (line.amount().isPresent()) {
                named = Math.addExact(named, line.amount().getAsLong());
            } else {
                unpriced = unpriced.plus(new Returned(one, 0, 0));
            }
        }
        Returned returned = new Returned(quantities, content.delivery(), content.amount());
        Optional<Refusal> fault = points.fault(returned, 0);
        if (fault.isPresent()) {
            return new Resolved.Contradicts(fault.get());
        }
        long money = Math.addExact(named, points.valueOf(unpriced));
        fault = points.fault(returned, money);
        return fault.<Resolved>map(Resolved.Contradicts::new).orElseGet(() -> new Resolved.Fits(returned, money));
    }
}
