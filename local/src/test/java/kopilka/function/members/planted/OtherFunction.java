package kopilka.function.members.planted;

/** Something that belongs to one function alone. */
public final class OtherFunction {
    private OtherFunction() {}

    /** Does nothing. */
    public static void call() {}
}
