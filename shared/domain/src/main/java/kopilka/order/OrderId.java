package kopilka.order;

/** An order's id, which the shop chose. Unique in a program. */
public record OrderId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
