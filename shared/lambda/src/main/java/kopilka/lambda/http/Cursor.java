package kopilka.lambda.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonValue.JsonString;

/**
 * Where a page ended and the next one starts. Callers get it as a text without meaning and give it back unchanged.
 *
 * <p>A checksum binds it to the list that it was made for: a text that somebody changed, or took from another list, is
 * refused rather than read as some position. It is no secret and gives no rights: the list itself comes from the
 * caller's program and the request.
 *
 * @param position the position, as the list's store understands it
 */
public record Cursor(String position) {
    /** The longest text that is looked at. */
    private static final int MAX_LENGTH = 512;

    private static final int CHECKSUM_BYTES = 8;

    /**
     * The text for callers.
     *
     * @param list what the list is of, such as {@code ledger/<program>/<member>}
     */
    public String text(String list) {
        byte[] bytes = position.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(checksum(list, bytes), CHECKSUM_BYTES + bytes.length);
        System.arraycopy(bytes, 0, all, CHECKSUM_BYTES, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** Decodes what {@link #text} made for the same list, and nothing else. */
    public static Decoder<Cursor> of(String list) {
        return (value, place) -> {
            if (value instanceof JsonString(String text) && text.length() <= MAX_LENGTH) {
                try {
                    byte[] all = Base64.getUrlDecoder().decode(text);
                    if (all.length > CHECKSUM_BYTES) {
                        byte[] bytes = Arrays.copyOfRange(all, CHECKSUM_BYTES, all.length);
                        Cursor cursor = new Cursor(StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString());
                        // Compared as a whole text: base64 has bits to spare at its end that could be changed unseen.
                        if (MessageDigest.isEqual(
                                cursor.text(list).getBytes(StandardCharsets.US_ASCII),
                                text.getBytes(StandardCharsets.UTF_8))) {
                            return new Decoded.Valid<>(cursor);
                        }
                    }
                } catch (IllegalArgumentException | CharacterCodingException e) {
                    // Not a text of ours: refused like any other.
                }
            }
            return new Decoded.Invalid<>(
                    place.error(FieldError.Code.BAD_FORMAT, "must be the `next` of the page before, unchanged"));
        };
    }

    private static byte[] checksum(String list, byte[] position) {
        return Arrays.copyOf(
                new Sha256().part("cursor").part(list).part(position).bytes(), CHECKSUM_BYTES);
    }
}
