package kopilka.program;

/** A label that the shop gives to members: rules may ask for it. */
public record Segment(String value) {
    @Override
    public String toString() {
        return value;
    }
}
