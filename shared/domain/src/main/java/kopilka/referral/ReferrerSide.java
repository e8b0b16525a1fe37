package kopilka.referral;

import java.util.Optional;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralSignal;

/** What a committed posting of a referee asks to be done in the referrer's account. */
public final class ReferrerSide {
    private ReferrerSide() {}

    /** The operation that a posting's signal asks for. Empty: it means nothing for a referrer. */
    public static Optional<Operation> of(Posting posting) {
        return posting.signal().map(signal -> of(posting, signal));
    }

    private static Operation of(Posting posting, ReferralSignal signal) {
        MemberKey referrer = new MemberKey(posting.member().program(), signal.referrer());
        MemberId referee = posting.member().member();
        return switch (signal) {
            case ReferralSignal.Qualified qualified -> new RewardReferrer(referrer, referee, qualified);
            case ReferralSignal.Disqualified disqualified -> new TakeBackReward(referrer, referee, disqualified);
        };
    }
}
