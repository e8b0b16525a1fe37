package kopilka.redemption;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
import kopilka.ledger.StoredKey;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.money.Proportion;
import kopilka.order.RedemptionId;
import kopilka.program.Inactivity;
import kopilka.program.Programs;

/**
 * Spends held points, all or less, and gives the rest back. Points that were held before their last day was over are
 * spent from the moment of the hold: a lot that expires while the checkout goes on is still captured.
 *
 * <p>Refusals, in this order: member not found, redemption not found, redemption not open, capture above the hold.
 *
 * @param member whose points
 * @param redemption which
 * @param points how many; empty: all that are held
 */
public record CapturePoints(MemberKey member, RedemptionId redemption, Optional<Points> points) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.captured(redemption);
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest();
        digest.text("capture/1")
                .text(member.member().value())
                .text(redemption.value())
                .optional(points, some -> digest.number(some.value()));
        return digest.hash();
    }

    @Override
    public Set<StoredKey> reads() {
        return OpenHold.reads(member, redemption);
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(
                this,
                snapshot,
                programs,
                now,
                opened -> OpenHold.decide(opened, snapshot, redemption, (hold, held) -> {
                    long all = hold.points();
                    long captured = points.map(Points::value).orElse(all);
                    if (captured > all) {
                        return new Decision.Refuse(new Refusal.CaptureExceedsHold(all));
                    }
                    opened.moves().in(held.wallet()).capture(hold, captured);
                    opened.progress().seen(Inactivity.Sign.REDEMPTION);
                    // All of a hold pays what was promised; a part pays its share of that, rounded down.
                    long worth = Proportion.floor(held.worth().minor(), captured, held.points());
                    return opened.post(
                            opened.account(),
                            new Facts.Captured(
                                    redemption,
                                    held.wallet(),
                                    captured,
                                    all - captured,
                                    new Money(worth, held.worth().currency())));
                }));
    }
}
