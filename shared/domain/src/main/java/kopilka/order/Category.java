package kopilka.order;

/** A category of goods, as the shop names it. */
public record Category(String value) {
    @Override
    public String toString() {
        return value;
    }
}
