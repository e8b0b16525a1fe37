package kopilka.members;

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
import kopilka.program.Programs;

/**
 * Closes a member's account for good: what is available in any wallet expires, what is pending is never paid out, and
 * a debt stays on record.
 *
 * <p>Refusals, in this order: member not found, open redemptions.
 *
 * @param member who leaves
 * @param reason as the shop puts it
 */
public record CloseAccount(MemberKey member, Optional<String> reason) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.closed(member.member());
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest();
        return digest.text("close/1")
                .text(member.member().value())
                .optional(reason, digest::text)
                .hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            int open = opened.moves().openHolds();
            if (open > 0) {
                return new Decision.Refuse(new Refusal.OpenRedemptions(open));
            }
            opened.moves().close();
            return opened.post(opened.account().closed(opened.now()), new Facts.Closed(reason));
        });
    }
}
