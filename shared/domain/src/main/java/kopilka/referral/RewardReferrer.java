package kopilka.referral;

import java.time.Instant;
import java.util.Set;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.program.Programs;
import kopilka.program.WalletId;

/**
 * Rewards a referrer whose referee's order qualifies: once for each referee, pending until that order's return window is
 * over. Where the reward was taken back before it came, or the referrer has left, it is recorded and nothing is credited.
 *
 * @param member the referrer
 * @param referee for whom
 * @param qualified the signal from the referee's posting
 */
public record RewardReferrer(MemberKey member, MemberId referee, ReferralSignal.Qualified qualified)
        implements Operation {
    @Override
    public OperationId id() {
        return OperationId.referrerRewarded(referee);
    }

    @Override
    public Hash fingerprint() {
        Digest digest = new Digest()
                .text("reward/1")
                .text(member.member().value())
                .text(referee.value())
                .text(qualified.order().value())
                .number(qualified.points());
        // Fed only where it is another than the only one there was at first.
        return qualified.wallet().equals(WalletId.POINTS)
                ? digest.hash()
                : digest.text("wallet").text(qualified.wallet().value()).hash();
    }

    @Override
    public Set<StoredKey> reads() {
        return Set.of(new StoredKey.PostingKey(member.program(), OperationId.rewardTakenBack(referee)));
    }

    @Override
    public boolean glances() {
        return false;
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            boolean gone = opened.account().isClosed()
                    || snapshot.posting(member.program(), OperationId.rewardTakenBack(referee))
                            .isPresent();
            long points = gone ? 0 : qualified.points();
            opened.moves().in(qualified.wallet()).accrue(points, qualified.term(), Reason.REFERRER_REWARD);
            return opened.post(
                    opened.account(),
                    new Facts.ReferrerRewarded(
                            referee, qualified.order(), qualified.wallet(), points, qualified.term()));
        });
    }
}
