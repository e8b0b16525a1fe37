package kopilka.local.simulation;

/** Thrown where an invariant does not hold. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;
    private final String expected;
    private final String actual;

    Broken(Invariant invariant, String expected, String actual) {
        super(invariant + ": expected " + expected + ", but " + actual);
        this.invariant = invariant;
        this.expected = expected;
        this.actual = actual;
    }

    Invariant invariant() {
        return invariant;
    }

    String expected() {
        return expected;
    }

    String actual() {
        return actual;
    }
}
