package kopilka.local.simulation;

/** The end of a process: nothing catches it, as nothing survives it. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
        super("the process dies", null, false, false);
    }
}
