package kopilka.lambda;

/** What became of one record of a batch. */
public sealed interface Taken {
    /** It has had its effect, now or before, or never will have one: it is not to come again. */
    record Done() implements Taken {}

    /**
     * It has had no effect and is to come again, until it is put aside for a person to look at.
     *
     * @param code why, in lower case with underscores; goes into the log
     */
    record Failed(String code) implements Taken {}

    static Taken done() {
        return new Done();
    }

    static Taken failed(String code) {
        return new Failed(code);
    }
}
