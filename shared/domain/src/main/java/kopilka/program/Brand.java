package kopilka.program;

/** A brand of goods, as the shop names it. */
public record Brand(String value) {
    @Override
    public String toString() {
        return value;
    }
}
