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
    private final MessageDigest sha256;

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
        sha256.update(bytes);
        return this;
    }

    /** Feeds a whole number. */
    public Digest number(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            sha256.update((byte) (value >>> shift));
        }
        return this;
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
        return Hash.of(sha256.digest());
    }
}
