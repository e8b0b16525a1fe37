package kopilka.audit;

import java.util.Optional;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.ReferralCode;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;

/**
 * Something that is not as it should be.
 *
 * @param place where
 * @param flaw what
 */
public record Finding(Place place, Flaw flaw) {
    /** Where something is wrong. */
    public sealed interface Place {
        /** Whose it is, as far as that can be told. */
        Optional<MemberKey> whose();
    }

    /** A member's account. */
    public record OfAccount(MemberKey member) implements Place {
        @Override
        public Optional<MemberKey> whose() {
            return Optional.of(member);
        }
    }

    /**
     * A member's posting, or the place where there should be one.
     *
     * @param member whose
     * @param sequence its number; of several that are missing, the first one's
     * @param operation which, where that is known
     */
    public record OfPosting(MemberKey member, long sequence, Optional<OperationId> operation) implements Place {
        @Override
        public Optional<MemberKey> whose() {
            return Optional.of(member);
        }
    }

    /** How an order of a member stands. */
    public record OfOrder(MemberKey member, OrderId order) implements Place {
        @Override
        public Optional<MemberKey> whose() {
            return Optional.of(member);
        }
    }

    /** What a redemption of a member paid for. */
    public record OfRedemption(MemberKey member, RedemptionId redemption) implements Place {
        @Override
        public Optional<MemberKey> whose() {
            return Optional.of(member);
        }
    }

    /** Whose a referral code is. */
    public record OfCode(MemberKey member, ReferralCode code) implements Place {
        @Override
        public Optional<MemberKey> whose() {
            return Optional.of(member);
        }
    }

    /**
     * An item of the store that can't be read.
     *
     * @param whose as far as its key tells
     * @param key as the store has it
     */
    public record OfItem(Optional<MemberKey> whose, String key) implements Place {}
}
