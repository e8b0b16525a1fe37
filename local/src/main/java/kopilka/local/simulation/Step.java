package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Something that happens in a history. Each step says all that is needed to repeat it, so that any of them can be left out and
 * the others stay as they are.
 */
sealed interface Step {
    /** It is that moment now: later than before, or earlier where the clocks are set back. */
    record Clock(Instant now) implements Step {}

    /** A container's clock is so far ahead of the others from now on. */
    record Skew(int container, Duration ahead) implements Step {}

    /** A program gets its next version. */
    record Publish(String program, Rules rules, Instant from) implements Step {}

    /** A message is lost on its way; whoever sent it sends it again, at the latest when all is over. */
    record Lose(Message message) implements Step {}

    /**
     * Messages are handled at the same time, each by a container.
     *
     * @param deliveries what is handled
     * @param turns at each store call, which of the deliveries goes on, by its {@link Delivery#label()}; behind the last
     *     turn they end one after the other
     */
    record Round(List<Delivery> deliveries, List<Integer> turns) implements Step {}

    /** A container sweeps, and settles what it found due. */
    record Sweep(int container, SortedMap<Integer, Mishap> faults) implements Step {}

    /** Somebody reads a member's balance and history. */
    record Look(int container, String program, String member) implements Step {}

    /**
     * A message in a container's hands.
     *
     * @param label tells it from the others of its round
     * @param container which
     * @param message what
     * @param faults what goes wrong at which of its store calls, counted from 1
     */
    record Delivery(int label, int container, Message message, SortedMap<Integer, Mishap> faults) {}

    /** What is delivered. */
    sealed interface Message {
        /** In which program. */
        String program();

        /** What somebody asks for. */
        record Ask(Command command) implements Message {
            @Override
            public String program() {
                return command.program();
            }
        }

        /** A sweep found something due in an account. */
        record Due(String program, String member) implements Message {}

        /** What the posting of a referee means for the referrer: the reward, or its end. */
        record Signal(String program, String referee, boolean reward) implements Message {}
    }
}
