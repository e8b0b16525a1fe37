package kopilka.program;

/** Where an order was placed: web, app, till or another name of the shop's. */
public record Channel(String value) {
    @Override
    public String toString() {
        return value;
    }
}
