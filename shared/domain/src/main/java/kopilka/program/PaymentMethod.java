package kopilka.program;

/** What an order is paid with, as the shop names it. */
public record PaymentMethod(String value) {
    @Override
    public String toString() {
        return value;
    }
}
