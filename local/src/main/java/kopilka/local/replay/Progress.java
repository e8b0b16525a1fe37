package kopilka.local.replay;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows how far the replay has come: a bar that moves where somebody watches, else a line now and then. */
final class Progress {
    private static final int WIDTH = 24;
    private static final Duration MOVES = Duration.ofMillis(200);
    private static final Duration SPEAKS = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean watched;
    private final int all;
    private final int skipped;
    private final LongSupplier nanos;
    private final long begun;
    private long shown;

    /**
     * @param out where to
     * @param watched whether it is a terminal
     * @param all rows
     * @param skipped rows that were done before
     * @param nanos a clock that only ever goes forward
     */
    Progress(PrintStream out, boolean watched, int all, int skipped, LongSupplier nanos) {
        this.out = out;
        this.watched = watched;
        this.all = all;
        this.skipped = skipped;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.shown = begun;
    }

    /** Whether the process talks to a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Before JDK 22 that is the answer, and after it the console is asked.
    static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since 22 there is a console even where the streams lead elsewhere, and it can be asked.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    /** So many rows are done, and this day is being replayed. */
    void at(int rows, LocalDate day) {
        long now = nanos.getAsLong();
        if (now - shown >= (watched ? MOVES : SPEAKS).toNanos()) {
            shown = now;
            print(rows, day.toString(), now);
        }
    }

    /** All rows are done. */
    void done() {
        print(all, "complete", nanos.getAsLong());
        if (watched) {
            out.println();
        }
    }

    private void print(int rows, String what, long now) {
        double seconds = Math.max(0.001, (now - begun) / 1e9);
        double rate = (rows - skipped) / seconds;
        int part = all == 0 ? WIDTH : (int) ((long) rows * WIDTH / all);
        String bar = "#".repeat(part) + "-".repeat(WIDTH - part);
        String left = rate < 0.1 ? "" : ", " + minutes((long) ((all - rows) / rate)) + " left";
        String line = String.format(
                Locale.ROOT,
                "[%s] %3d %%  %,d of %,d rows, %.0f/s%s  (%s)",
                bar,
                all == 0 ? 100 : (long) rows * 100 / all,
                rows,
                all,
                rate,
                rows == all ? " in " + minutes((long) seconds) : left,
                what);
        if (watched) {
            out.print("\r" + line + "   ");
            out.flush();
        } else {
            out.println(line);
        }
    }

    private static String minutes(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
