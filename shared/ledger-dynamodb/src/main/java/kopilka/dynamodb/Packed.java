package kopilka.dynamodb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Whole numbers and texts, one after the other, in few bytes: a number takes a byte for every 7 bits. The whole is deflated
 * where that makes it smaller; its first byte tells.
 */
final class Packed {
    /** More than an order of the most lines with the longest ids comes to: what would unpack to more is damaged. */
    private static final int MAX_BYTES = 1 << 20;

    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Packed number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    Packed text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.write(bytes, 0, bytes.length);
        return this;
    }

    byte[] bytes() {
        byte[] plain = out.toByteArray();
        byte[] framed = new byte[plain.length + 1];
        framed[0] = PLAIN;
        System.arraycopy(plain, 0, framed, 1, plain.length);
        byte[] deflated = new byte[plain.length];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            deflated[0] = DEFLATED;
            // There is room for what is smaller, and for nothing else.
            int length = deflater.deflate(deflated, 1, deflated.length - 1);
            return deflater.finished() ? Arrays.copyOf(deflated, length + 1) : framed;
        } finally {
            deflater.end();
        }
    }

    /** Reads what was packed, in the same sequence. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] framed) {
            bytes = framed[0] == DEFLATED ? inflated(framed) : framed;
            at = framed[0] == DEFLATED ? 0 : 1;
        }

        private static byte[] inflated(byte[] framed) {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(framed, 1, framed.length - 1);
                ByteArrayOutputStream plain = new ByteArrayOutputStream();
                byte[] chunk = new byte[4096];
                while (!inflater.finished()) {
                    int length = inflater.inflate(chunk);
                    plain.write(chunk, 0, length);
                    if (length == 0 || plain.size() > MAX_BYTES) {
                        throw new IllegalStateException("packed data is damaged");
                    }
                }
                return plain.toByteArray();
            } catch (DataFormatException e) {
                throw new IllegalStateException("packed data is damaged", e);
            } finally {
                inflater.end();
            }
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        int count() {
            return Math.toIntExact(number());
        }

        String text() {
            int length = count();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }
    }
}
