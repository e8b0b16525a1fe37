package kopilka.local;

import java.util.List;
import java.util.Optional;

/**
 * Something to do with a running cloud, by a word on the command line. Implementations are found by
 * {@link java.util.ServiceLoader}.
 */
public interface Job {
    /** The word that asks for it. */
    String name();

    /** What it does, in a line of the help. */
    String summary();

    /**
     * How the cloud has to be for it: a clock of its own, parameters of the template.
     *
     * @param arguments what stands behind the word
     * @param options what the command line asks for
     * @throws IllegalArgumentException if the arguments make no sense; the message is shown
     */
    default LocalCloud.Options prepare(List<String> arguments, LocalCloud.Options options) {
        return options;
    }

    /**
     * The same as a tool, where these arguments ask for something that needs no cloud. Empty: a cloud is started for it.
     *
     * @param arguments what stands behind the word
     * @throws IllegalArgumentException if the arguments make no sense; the message is shown
     */
    default Optional<Tool> withoutCloud(List<String> arguments) {
        return Optional.empty();
    }

    /**
     * Does it.
     *
     * @return whether the cloud is to stay up, until Ctrl-C
     * @throws BadEnd if it came to a bad end that is no fault of the program
     */
    boolean run(LocalCloud cloud, List<String> arguments) throws Exception;

    /** The job came to a bad end; the message is for who started it. */
    final class BadEnd extends Exception {
        private static final long serialVersionUID = 1L;

        public BadEnd(String message) {
            super(message);
        }
    }
}
