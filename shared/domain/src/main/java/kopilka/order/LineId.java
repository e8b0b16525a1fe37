package kopilka.order;

/** The id of a line in its order: the shop's own, or the line's position counted from 1. */
public record LineId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
