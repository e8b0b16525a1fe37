package kopilka.lambda.http;

import java.util.Optional;
import java.util.regex.Pattern;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Place;

/**
 * What a caller named a write, to be able to send it again without fear. Only its hash is kept: callers have been
 * seen to put names and numbers of people into it.
 *
 * @param hash SHA-256 of the key, in hexadecimal
 * @param salt another hash of it, which is kept nowhere: what is hashed together with it can be guessed by nobody who does
 *     not have the key
 */
public record IdempotencyKey(String hash, String salt) {
    /** The header that carries it. */
    public static final String HEADER = "Idempotency-Key";

    /** The longest that is taken. A UUID has 36 characters. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    /** The key of a request that has to have one, since it takes one to name what is done. */
    public static Decoded<IdempotencyKey> required(Headers headers) {
        return of(headers)
                .then(key -> key.<Decoded<IdempotencyKey>>map(Decoded.Valid::new)
                        .orElseGet(() -> new Decoded.Invalid<>(Place.HEADERS
                                .child(HEADER)
                                .error(
                                        FieldError.Code.MISSING,
                                        "nothing else names the change: the header is needed"))));
    }

    /** The key of a request; empty if it has none. */
    public static Decoded<Optional<IdempotencyKey>> of(Headers headers) {
        Optional<String> text = headers.get(HEADER);
        if (text.isEmpty()) {
            return new Decoded.Valid<>(Optional.empty());
        }
        String key = text.get();
        if (key.length() > MAX_LENGTH || !PRINTABLE.matcher(key).matches()) {
            return new Decoded.Invalid<>(Place.HEADERS
                    .child(HEADER)
                    .error(FieldError.Code.BAD_FORMAT, "must be 1 to " + MAX_LENGTH + " printable ASCII characters"));
        }
        return new Decoded.Valid<>(Optional.of(new IdempotencyKey(
                Sha256.hex(key), new Sha256().part("salt").part(key).hex())));
    }
}
