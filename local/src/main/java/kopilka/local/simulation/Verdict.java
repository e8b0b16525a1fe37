package kopilka.local.simulation;

import java.util.SortedMap;

/** What came, or must come, of a command. */
sealed interface Verdict {
    /**
     * It is done.
     *
     * @param figures what it did and where it stands in the account, by name: sequence, at, version, earned, reversed,
     *     restored, debt, deducted, deduction, writtenOff, held, captured, returned, waiting ...; only those that are not 0
     * @param moved the points that moved, summed by what happened to them, from which bucket, of which days, and when
     */
    record Done(SortedMap<String, Long> figures, SortedMap<String, Long> moved) implements Verdict {}

    /** It was done before; the answer is the one given then. */
    record Again(Done then) implements Verdict {}

    /** Another command of this name was done before. */
    record Conflict() implements Verdict {}

    /** It must not be done, for this reason: the refusal in lower case, with its figures. */
    record Refused(String why) implements Verdict {}

    /** There is nothing to do. */
    record Nothing() implements Verdict {}
}
