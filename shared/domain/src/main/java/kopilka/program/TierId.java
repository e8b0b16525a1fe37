package kopilka.program;

/** Names a level of a program's tiers. */
public record TierId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
