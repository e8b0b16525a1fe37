package kopilka.program;

/** A stock keeping unit: what a line sells. */
public record Sku(String value) {
    @Override
    public String toString() {
        return value;
    }
}
