package kopilka.ledger;

import java.util.HexFormat;

/** A SHA-256, as 64 lower-case hexadecimal digits. */
public record Hash(String hex) {
    /** What the first posting of an account follows. */
    public static final Hash START = new Hash("0".repeat(64));

    static Hash of(byte[] digest) {
        return new Hash(HexFormat.of().formatHex(digest));
    }

    @Override
    public String toString() {
        return hex;
    }
}
