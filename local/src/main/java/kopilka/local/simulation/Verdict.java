package kopilka.local.simulation;

import java.util.SortedMap;

/** What came, or must come, of a command. */
sealed interface Verdict {
    /**
     * It is done.
     *
     * @param figures what it did, by name: earned, reversed, restored, debt, deducted, deduction, writtenOff, held, captured,
     *     returned, rewarded ...; only figures that are not 0
     * @param after the member's wallet right after it
     */
    record Done(SortedMap<String, Long> figures, Picture after) implements Verdict {}

    /** It was done before; the answer is the one given then. */
    record Again(Done then) implements Verdict {}

    /** Another command of this name was done before. */
    record Conflict() implements Verdict {}

    /** It must not be done, for this reason: the simple name of the refusal, with its figures. */
    record Refused(String why) implements Verdict {}

    /** There is nothing to do. */
    record Nothing() implements Verdict {}
}
