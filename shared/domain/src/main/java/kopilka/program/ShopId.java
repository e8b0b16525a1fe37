package kopilka.program;

/** A holder of credentials inside a program. One shop is the usual case; several make a coalition. */
public record ShopId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
