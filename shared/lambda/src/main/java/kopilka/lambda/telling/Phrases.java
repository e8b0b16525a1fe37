package kopilka.lambda.telling;

import kopilka.program.Language;

/**
 * All that is said, in one language. What it is given is in the language already: figures, amounts, names in quotes. Clauses
 * begin in lower case and have no full stop; whoever puts them together does that.
 */
sealed interface Phrases
        extends FigurePhrases, ConditionPhrases, RulePhrases, WalletPhrases, MemberPhrases, ReasonPhrases
        permits English, Russian, Ukrainian, Kazakh {
    /** Those of a language. */
    static Phrases in(Language language) {
        return switch (language) {
            case EN -> English.PHRASES;
            case RU -> Russian.PHRASES;
            case UK -> Ukrainian.PHRASES;
            case KK -> Kazakh.PHRASES;
        };
    }

    /** The title of what has none of its own. */
    String title(Topic topic);

    /** A clause, or several, as a sentence. */
    static String sentence(String clauses) {
        int first = clauses.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + clauses.substring(Character.charCount(first)) + ".";
    }
}
