package kopilka.local;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * In Lambda, what a function prints is its log. In one JVM with others it would end up in the middle of what they print,
 * so the process's standard streams send a function's lines to its log and pass on all the rest.
 */
final class FunctionOutput extends OutputStream {
    private static final ThreadLocal<@Nullable Lines> CURRENT = new ThreadLocal<>();

    private final PrintStream others;

    private FunctionOutput(PrintStream others) {
        this.others = others;
    }

    /** Replaces the process's standard streams, once. */
    static synchronized void install() {
        if (!(System.out instanceof Routed)) {
            System.setOut(new Routed(new FunctionOutput(System.out)));
            System.setErr(new Routed(new FunctionOutput(System.err)));
        }
    }

    /** From now on, what this thread prints goes to this log. */
    static void beginning(Consumer<String> log) {
        CURRENT.set(new Lines(log));
    }

    static void ended() {
        Lines lines = CURRENT.get();
        CURRENT.remove();
        if (lines != null) {
            lines.flush();
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        Lines lines = CURRENT.get();
        if (lines == null) {
            others.write(bytes, from, length);
        } else {
            lines.write(bytes, from, length);
        }
    }

    @Override
    public void flush() {
        if (CURRENT.get() == null) {
            others.flush();
        }
    }

    private static final class Routed extends PrintStream {
        Routed(FunctionOutput output) {
            super(output, true, StandardCharsets.UTF_8);
        }
    }

    private static final class Lines {
        private final Consumer<String> log;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> log) {
            this.log = log;
        }

        void write(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (bytes[i] == '\n') {
                    flush();
                } else {
                    line.write(bytes[i]);
                }
            }
        }

        void flush() {
            if (line.size() > 0) {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                // The log may print to a standard stream itself.
                Lines self = CURRENT.get();
                CURRENT.remove();
                try {
                    log.accept(text);
                } finally {
                    if (self != null) {
                        CURRENT.set(self);
                    }
                }
            }
        }
    }
}
