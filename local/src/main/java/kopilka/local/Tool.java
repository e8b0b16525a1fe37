package kopilka.local;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Something to do that needs no running cloud, by a word on the command line. Implementations are found by
 * {@link java.util.ServiceLoader}.
 */
public interface Tool {
    /** The word that asks for it. */
    String name();

    /** What it does, in a line of the help. */
    String summary();

    /**
     * Does it.
     *
     * @param arguments what stands behind the word
     * @param out where its report goes
     * @return the exit status of the process: 0 where all is well
     * @throws IllegalArgumentException if the arguments make no sense; the message is shown
     * @throws IOException if something can't be read or written; the message is shown
     */
    int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException;
}
