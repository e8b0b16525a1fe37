package kopilka.program;

/** A kind of action beside buying that a program rewards, such as a review. */
public record ActivityKind(String value) {
    @Override
    public String toString() {
        return value;
    }
}
