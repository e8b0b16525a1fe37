package kopilka.referral;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Mover;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Reason;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.program.Programs;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.WalletId;

/**
 * Takes a referrer's reward back, since the referee's order was returned. What of it is spent becomes debt where the
 * program lets members owe, and is written off where it does not: there is no refund to keep it back from.
 *
 * @param member the referrer
 * @param referee for whom it had been given
 * @param disqualified the signal from the referee's posting
 */
public record TakeBackReward(MemberKey member, MemberId referee, ReferralSignal.Disqualified disqualified)
        implements Operation {
    @Override
    public OperationId id() {
        return OperationId.rewardTakenBack(referee);
    }

    @Override
    public Hash fingerprint() {
        return new Digest()
                .text("take back/1")
                .text(member.member().value())
                .text(referee.value())
                .text(disqualified.order().value())
                .hash();
    }

    @Override
    public Set<StoredKey> reads() {
        return Set.of(new StoredKey.PostingKey(member.program(), OperationId.referrerRewarded(referee)));
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            Optional<Facts.ReferrerRewarded> given = snapshot.posting(
                            member.program(), OperationId.referrerRewarded(referee))
                    .filter(posting -> posting.member().equals(member))
                    .map(posting -> posting.facts() instanceof Facts.ReferrerRewarded rewarded ? rewarded : null);
            long reversed = opened.account().isClosed()
                    ? 0
                    : given.map(Facts.ReferrerRewarded::points).orElse(0L);
            WalletId wallet = given.map(Facts.ReferrerRewarded::wallet)
                    .orElseGet(() -> opened.calendar().rules().main().id());
            Mover points = opened.moves().in(wallet);
            long missing = reversed == 0
                    ? 0
                    : points.reverse(reversed, given.map(Facts.ReferrerRewarded::term), Reason.REFERRAL_TAKEN_BACK);
            long writtenOff = switch (opened.calendar().rules().refunds().shortfall()) {
                case Shortfall.Debt policy -> 0;
                case Shortfall.Deduct policy -> missing;
                case Shortfall.WriteOff policy -> Math.min(missing, policy.limit());
            };
            points.incurDebt(missing - writtenOff, Reason.REFERRAL_TAKEN_BACK);
            points.writeOff(writtenOff, Reason.WRITTEN_OFF);
            return opened.post(
                    opened.account(),
                    new Facts.RewardTakenBack(
                            referee, disqualified.order(), wallet, reversed, missing - writtenOff, writtenOff));
        });
    }
}
