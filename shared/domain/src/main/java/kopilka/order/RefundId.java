package kopilka.order;

/** A refund's id, which the shop chose. Unique in its order. */
public record RefundId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
