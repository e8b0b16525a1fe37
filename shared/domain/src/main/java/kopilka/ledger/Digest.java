package kopilka.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hashes typed values with SHA-256. Each value is fed with its length or size, so that no two different sequences of
 * values are hashed alike.
 */
public final class Digest {
    /** What waits for SHA-256: it takes much at once faster than little at a time. */
    private static final int BUFFER = 512;

    private final MessageDigest sha256;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    /** Nothing fed yet. */
    public Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Feeds a text. */
    public Digest text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        if (bytes.length > BUFFER - filled) {
            flush();
        }
        if (bytes.length > BUFFER) {
            sha256.update(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, filled, bytes.length);
            filled += bytes.length;
        }
        return this;
    }

    /** Feeds a whole number. */
    public Digest number(long value) {
        if (Long.BYTES > BUFFER - filled) {
            flush();
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[filled] = (byte) (value >>> shift);
            filled++;
        }
        return this;
    }

    private void flush() {
        sha256.update(buffer, 0, filled);
        filled = 0;
    }

    /** Feeds yes or no. */
    public Digest flag(boolean value) {
        return number(value ? 1 : 0);
    }

    /** Feeds a moment. */
    public Digest instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    /** Feeds what may be absent. */
    public <T> Digest optional(Optional<T> value, Consumer<T> feed) {
        flag(value.isPresent());
        value.ifPresent(feed);
        return this;
    }

    /** Feeds several values. */
    public <T> Digest each(Collection<T> values, Consumer<T> feed) {
        number(values.size());
        values.forEach(feed);
        return this;
    }

    /** The hash of all that was fed. */
    public Hash hash() {
        flush();
        return Hash.of(sha256.digest());
    }
}
