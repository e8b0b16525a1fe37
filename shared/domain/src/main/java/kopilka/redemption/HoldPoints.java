package kopilka.redemption;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Wallet;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.Programs;
import kopilka.program.RedemptionRules;

/**
 * Reserves points to pay a part of an order, until they are captured, voided or the time is out.
 *
 * <p>Refusals, in this order: member not found, member closed, currency, time-out too long, below the minimum, over the
 * cap, insufficient points, too many redemptions.
 *
 * @param member whose points
 * @param redemption for what
 * @param points how many
 * @param orderTotal the total of the order that they pay a part of
 * @param order that order's id, where it has one already
 * @param timeout how long they stay reserved; empty: as the program says
 */
public record HoldPoints(
        MemberKey member,
        RedemptionId redemption,
        Points points,
        Money orderTotal,
        Optional<OrderId> order,
        Optional<Duration> timeout)
        implements Operation {
    @Override
    public OperationId id() {
        return OperationId.held(redemption);
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest();
        digest.text("hold/1")
                .text(member.member().value())
                .text(redemption.value())
                .number(points.value())
                .number(orderTotal.minor())
                .text(orderTotal.currency().getCurrencyCode())
                .optional(order, id -> digest.text(id.value()))
                .optional(timeout, duration -> digest.number(duration.toSeconds()));
        return digest.hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            Optional<Refusal> fault = fault(opened);
            if (fault.isPresent()) {
                return new Decision.Refuse(fault.get());
            }
            RedemptionRules rules = opened.calendar().rules().redemption();
            Instant until = opened.now().plus(timeout.orElse(rules.holdTimeout()));
            opened.moves().hold(redemption, points.value(), until);
            Money worth = new Money(rules.worth().of(points), orderTotal.currency());
            return opened.post(
                    opened.account(), new Facts.Held(redemption, points.value(), worth, until, orderTotal, order));
        });
    }

    private Optional<Refusal> fault(Opened opened) {
        RedemptionRules rules = opened.calendar().rules().redemption();
        if (opened.account().isClosed()) {
            return Optional.of(new Refusal.MemberClosed());
        }
        if (!orderTotal.currency().equals(opened.calendar().rules().currency())) {
            return Optional.of(
                    new Refusal.CurrencyMismatch(opened.calendar().rules().currency()));
        }
        if (timeout.isPresent() && timeout.get().compareTo(RedemptionRules.LONGEST_HOLD) > 0) {
            return Optional.of(new Refusal.TimeoutTooLong(RedemptionRules.LONGEST_HOLD.toMinutes()));
        }
        if (points.value() < rules.minimumPoints()) {
            return Optional.of(new Refusal.BelowMinimum(rules.minimumPoints()));
        }
        long share = Proportion.floor(orderTotal.minor(), rules.maximumShare(), RedemptionRules.WHOLE);
        Points most = rules.worth().affordableWith(share);
        if (points.compareTo(most) > 0) {
            return Optional.of(new Refusal.OverCap(most.value()));
        }
        Wallet wallet = opened.moves().wallet();
        if (points.value() > wallet.available().total()) {
            return Optional.of(new Refusal.InsufficientPoints(wallet.available().total()));
        }
        return wallet.holds().size() >= Wallet.MAX_HOLDS
                ? Optional.of(new Refusal.TooManyRedemptions(Wallet.MAX_HOLDS))
                : Optional.empty();
    }
}
