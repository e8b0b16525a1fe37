package kopilka.programmes;

/** A page says something that is none of its sentences. The message names it. */
final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message);
    }
}
