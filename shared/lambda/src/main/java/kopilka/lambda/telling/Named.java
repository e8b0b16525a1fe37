package kopilka.lambda.telling;

/**
 * Names of things of one kind, any of which will do.
 *
 * @param text the names, quoted, the last after an "or"
 * @param several whether there is more than one
 */
record Named(String text, boolean several) {
    /** The names after the word for one, or for several. */
    String after(String one, String more) {
        return (several ? more : one) + " " + text;
    }
}
