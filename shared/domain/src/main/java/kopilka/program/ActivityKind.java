package kopilka.program;

/** A kind of action beside buying that a program rewards, such as a review. */
public record ActivityKind(String value) implements Comparable<ActivityKind> {
    @Override
    public int compareTo(ActivityKind other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
