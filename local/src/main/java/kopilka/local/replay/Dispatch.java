package kopilka.local.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How messages reach Kopilka. Those of one customer arrive in sequence. For one thread. */
interface Dispatch extends AutoCloseable {
    /**
     * Takes a row's messages along. They may still be on their way when this returns.
     *
     * @param row whose
     * @param messages what to say
     * @param isNewCustomer whether the customer is to be enrolled first
     */
    void take(Row row, List<Message> messages, boolean isNewCustomer) throws InterruptedException;

    /**
     * Waits until all that was taken is done.
     *
     * @throws Undelivered if something has no definite answer after all attempts
     */
    void settle() throws InterruptedException;

    @Override
    void close();

    /** Something was neither taken nor refused. */
    final class Undelivered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undelivered(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
