package kopilka.program;

import java.util.Map;
import java.util.Optional;

/**
 * A text in some languages.
 *
 * @param byLanguage the text in each; may be empty
 */
public record Texts(Map<Language, String> byLanguage) {
    /** No text at all. */
    public static final Texts NONE = new Texts(Map.of());

    /** Copies what it is given. */
    public Texts {
        byLanguage = Map.copyOf(byLanguage);
    }

    /** The text in a language; where it has none, in English. Empty: neither is there. */
    public Optional<String> in(Language language) {
        String text = byLanguage.get(language);
        return Optional.ofNullable(text == null ? byLanguage.get(Language.EN) : text);
    }
}
