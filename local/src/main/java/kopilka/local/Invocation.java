package kopilka.local;

import java.util.Optional;

/** How a function's invocation ended: with an answer, or with an error of the function. */
public sealed interface Invocation {
    /**
     * The function returned.
     *
     * @param text what it wrote, JSON as a rule
     */
    record Answered(String text) implements Invocation {}

    /**
     * The function threw, took too long or could not be made.
     *
     * @param type the kind of error, in Lambda's words
     * @param message what it said
     */
    record Failed(String type, String message) implements Invocation {}

    /** The answer's text, if there is one. */
    default Optional<String> answer() {
        return switch (this) {
            case Answered answered -> Optional.of(answered.text());
            case Failed failed -> Optional.empty();
        };
    }
}
