package kopilka.benchmarks.coldstart;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a variant took, in medians of its runs.
 *
 * @param variant what was started
 * @param initialised processor time until it was ready for its first event, in milliseconds
 * @param answered processor time until it had answered, in milliseconds
 */
record Measured(Variant variant, double initialised, double answered) {
    static Measured of(Variant variant, List<RuntimeApi.Answer> answers) {
        return new Measured(
                variant, median(answers, RuntimeApi.Answer::initialised), median(answers, RuntimeApi.Answer::answered));
    }

    /** From the first event to its answer: under SnapStart all that a caller waits for, but for the restore. */
    double firstCall() {
        return answered - initialised;
    }

    private static double median(List<RuntimeApi.Answer> answers, ToLongFunction<RuntimeApi.Answer> nanos) {
        long[] sorted = answers.stream().mapToLong(nanos).sorted().toArray();
        int middle = sorted.length / 2;
        return (sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0) / 1e6;
    }
}
