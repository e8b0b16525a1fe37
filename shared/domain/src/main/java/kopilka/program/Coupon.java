package kopilka.program;

/** A code that a customer enters at the checkout. */
public record Coupon(String value) {
    @Override
    public String toString() {
        return value;
    }
}
