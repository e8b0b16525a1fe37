package kopilka.program;

/** A category of goods, as the shop names it and rules speak of it. */
public record Category(String value) {
    @Override
    public String toString() {
        return value;
    }
}
