package kopilka.expiry;

import java.time.Instant;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Snapshot;
import kopilka.program.Programs;

/**
 * Writes down what time did to an account. Balances are right without it, since whoever reads or moves an account settles
 * it first; where nothing is due, nothing is written.
 *
 * @param member whose account
 * @param sequence of the account's last posting, when it was seen to be due
 */
public record SettleAccount(MemberKey member, long sequence) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.settled(member.member(), sequence + 1);
    }

    @Override
    public Hash fingerprint() {
        return new Digest()
                .text("settle/1")
                .text(member.member().value())
                .number(sequence)
                .hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            boolean outrun = opened.account().sequence() != sequence;
            boolean idle = opened.moves().movements().isEmpty()
                    && opened.progress().changes().isEmpty();
            return outrun || idle ? new Decision.Nothing() : opened.post(opened.account(), new Facts.Settled());
        });
    }
}
