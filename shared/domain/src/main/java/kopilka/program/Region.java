package kopilka.program;

/** Where an order is bought from, as the shop names it. */
public record Region(String value) {
    @Override
    public String toString() {
        return value;
    }
}
