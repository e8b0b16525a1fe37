package kopilka.referral;

import java.time.Instant;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.program.Programs;

/**
 * Issues a member's referral code: one, for good. Asked again, the first one stands.
 *
 * <p>Refusals, in this order: member not found, member closed, code taken (draw another).
 *
 * @param member whose
 * @param candidate a code drawn at random; not part of what is asked
 */
public record IssueReferralCode(MemberKey member, ReferralCode candidate) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.codeIssued(member.member());
    }

    @Override
    public Hash fingerprint() {
        return new Digest()
                .text("referral code/1")
                .text(member.member().value())
                .hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            if (opened.account().isClosed()) {
                return new Decision.Refuse(new Refusal.MemberClosed());
            }
            return opened.post(opened.account().withCode(candidate), new Facts.CodeIssued(candidate))
                    .with(new CodeOwner(candidate, member));
        });
    }
}
