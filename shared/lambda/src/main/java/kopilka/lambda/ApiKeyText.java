package kopilka.lambda;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.dynamodb.KeyId;
import kopilka.lambda.http.Scope;

/**
 * An API key as its holder has it: {@code kop_}, the key's id, and a secret of 256 random bits. The prefix lets scanners
 * find a key that got into the wrong place.
 *
 * @param id the part that may be shown
 * @param secret the part that may not, and of which only a hash is stored
 */
public record ApiKeyText(KeyId id, String secret) {
    private static final Pattern FORM = Pattern.compile("kop_([0-9A-Za-z]{12})_([A-Za-z0-9_-]{43})");

    private static final String ID_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final int ID_LENGTH = 12;

    private static final int SECRET_BYTES = 32;

    /** The key in a text; empty: it is none. */
    public static Optional<ApiKeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ApiKeyText(new KeyId(form.group(1)), form.group(2))) : Optional.empty();
    }

    /** Whether a text has the form of a key's id. */
    public static boolean isId(String text) {
        return text.length() == ID_LENGTH && text.chars().allMatch(c -> ID_CHARACTERS.indexOf(c) >= 0);
    }

    /** Draws a key. */
    public static ApiKeyText draw(SecureRandom random) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new ApiKeyText(
                new KeyId(id.toString()),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The scopes that a stored key names. One that this version does not know lets nobody do anything. */
    public static Set<Scope> scopes(Collection<String> codes) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        codes.forEach(code -> Scope.of(code).ifPresent(scopes::add));
        return scopes;
    }

    /** The whole key, to be shown to its holder once. */
    public String whole() {
        return "kop_" + id + "_" + secret;
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "kop_" + id + "_...";
    }
}
