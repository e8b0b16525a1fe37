package kopilka.lambda.http;

import java.util.Arrays;

/** The bytes of a request's or an answer's body. Shows its size alone, so that no log can hold what is in it. */
public final class Body {
    public static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A body of these bytes, which are not copied: nobody may change them afterwards. */
    public static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    /** The bytes, not a copy of them: nobody may change them. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
