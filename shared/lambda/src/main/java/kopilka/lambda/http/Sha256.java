package kopilka.lambda.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a text, or over a list of parts. */
public final class Sha256 {
    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of one text as it is, in hexadecimal. */
    public static String hex(String text) {
        Sha256 hash = new Sha256();
        hash.digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hash.hex();
    }

    /** Adds a text with its length, so that no two lists of parts can give the same bytes. */
    public Sha256 part(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes with their number, so that no two lists of parts can give the same bytes. */
    public Sha256 part(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }

    /** The hash of all parts. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** The hash of all parts, in hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
