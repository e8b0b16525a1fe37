package kopilka.dynamodb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import kopilka.ledger.Hash;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;

/**
 * An API key, without its secret.
 *
 * @param id which
 * @param program whose members and points it opens
 * @param shop who holds it
 * @param scopes what it may do
 * @param secretHash SHA-256 of the secret: 256 random bits need no slower hash
 * @param createdAt since when it works
 * @param revokedAt since when it no longer does
 */
public record ApiKey(
        KeyId id,
        ProgramId program,
        ShopId shop,
        SortedSet<String> scopes,
        Hash secretHash,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    /** Copies what it is given. */
    public ApiKey {
        scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    }

    /** What is stored of a secret. */
    public static Hash hash(String secret) {
        return new Hash(HexFormat.of().formatHex(sha256(secret)));
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether it works, and that is its secret. Takes as long for a wrong secret as for the right one. */
    public boolean opensWith(String secret) {
        boolean right = MessageDigest.isEqual(HexFormat.of().parseHex(secretHash.hex()), sha256(secret));
        return right && revokedAt.isEmpty();
    }

    /** As it is once it no longer works. */
    public ApiKey revoked(Instant at) {
        return new ApiKey(id, program, shop, scopes, secretHash, createdAt, Optional.of(revokedAt.orElse(at)));
    }
}
