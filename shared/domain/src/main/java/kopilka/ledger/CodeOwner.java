package kopilka.ledger;

/**
 * Says whose a referral code is.
 *
 * @param code the code
 * @param owner the member
 */
public record CodeOwner(ReferralCode code, MemberKey owner) implements Stored {
    @Override
    public StoredKey.CodeKey storedAs() {
        return new StoredKey.CodeKey(owner.program(), code);
    }
}
