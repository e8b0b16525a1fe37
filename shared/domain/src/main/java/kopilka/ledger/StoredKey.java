package kopilka.ledger;

import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;

/** Where something is stored. Every key belongs to a program, so that no program can reach into another. */
public sealed interface StoredKey {
    /** Whose. */
    ProgramId program();

    /** A member's account. */
    record AccountKey(MemberKey member) implements StoredKey {
        @Override
        public ProgramId program() {
            return member.program();
        }
    }

    /** The posting of an operation. */
    record PostingKey(ProgramId program, OperationId operation) implements StoredKey {}

    /** How an order of a member stands. */
    record OrderKey(MemberKey member, OrderId order) implements StoredKey {
        @Override
        public ProgramId program() {
            return member.program();
        }
    }

    /** Which order a redemption of a member paid for. */
    record UseKey(MemberKey member, RedemptionId redemption) implements StoredKey {
        @Override
        public ProgramId program() {
            return member.program();
        }
    }

    /** Who has a referral code. */
    record CodeKey(ProgramId program, ReferralCode code) implements StoredKey {}
}
