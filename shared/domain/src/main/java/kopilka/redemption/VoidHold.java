package kopilka.redemption;

import java.time.Instant;
import java.util.Set;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.order.RedemptionId;
import kopilka.program.Programs;

/**
 * Gives held points back, each lot with its own days.
 *
 * <p>Refusals, in this order: member not found, redemption not found, redemption not open.
 *
 * @param member whose points
 * @param redemption which
 */
public record VoidHold(MemberKey member, RedemptionId redemption) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.voided(redemption);
    }

    @Override
    public Hash fingerprint() {
        return new Digest()
                .text("void/1")
                .text(member.member().value())
                .text(redemption.value())
                .hash();
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
                    opened.moves().in(held.wallet()).voidHold(hold);
                    return opened.post(
                            opened.account(), new Facts.Voided(redemption, held.wallet(), hold.points(), held.worth()));
                }));
    }
}
