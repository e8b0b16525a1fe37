package kopilka.ledger;

/** The code by which a member recommends the shop: unguessable, and the member's only one for good. */
public record ReferralCode(String value) {
    @Override
    public String toString() {
        return value;
    }
}
