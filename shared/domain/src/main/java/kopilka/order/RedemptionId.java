package kopilka.order;

/** A redemption's id, which the shop chose. Unique in a program. */
public record RedemptionId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
