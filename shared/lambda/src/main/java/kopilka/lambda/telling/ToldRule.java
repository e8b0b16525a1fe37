package kopilka.lambda.telling;

/**
 * One rule of a program, told in one language.
 *
 * @param pointer where the document has it, as members' names with slashes between, such as {@code rules/base}; a name's own
 *     slash is {@code ~1}, and its tilde {@code ~0}
 * @param title what it is about, without a full stop
 * @param sentence what it says: one sentence, or a few
 */
public record ToldRule(String pointer, String title, String sentence) {}
