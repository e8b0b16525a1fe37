package kopilka.ledger;

/** Names one doing of an activity, in the shop's words: each counts once. */
public record ActivityId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
