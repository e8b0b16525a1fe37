package kopilka.ledger;

/** A customer enrolled in a program, by an id that the shop chose. Pseudonymous: never an e-mail or a phone. */
public record MemberId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
