package kopilka.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What JMH has measured: medians over all iterations of all forks. */
record Measured(Collection<RunResult> results) {
    /** The profiler's figure of processor time. */
    static final String CPU = "cpu";

    /** The profiler's figure of bytes allocated by an operation. */
    static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * The median of a profiler's figure.
     *
     * @param method of the benchmark
     * @param params its parameters
     * @param name of the figure
     */
    double median(String method, Map<String, String> params, String name) {
        List<Double> all = new ArrayList<>();
        for (RunResult result : results) {
            if (matches(result.getParams(), method, params)) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    for (IterationResult iteration : fork.getIterationResults()) {
                        score(iteration, name).ifPresent(all::add);
                    }
                }
            }
        }
        Collections.sort(all);
        if (all.isEmpty()) {
            throw new IllegalStateException("nothing measured of " + method + " " + params + ": " + name);
        }
        int middle = all.size() / 2;
        return all.size() % 2 == 1 ? all.get(middle) : (all.get(middle - 1) + all.get(middle)) / 2;
    }

    @SuppressWarnings("rawtypes") // JMH's own.
    private static Optional<Double> score(IterationResult iteration, String name) {
        for (Map.Entry<String, Result> result : iteration.getSecondaryResults().entrySet()) {
            // Some versions of JMH have a point before the names of profilers' figures.
            if (result.getKey().replace("·", "").equals(name)) {
                return Optional.of(result.getValue().getScore());
            }
        }
        return Optional.empty();
    }

    private static boolean matches(BenchmarkParams run, String method, Map<String, String> params) {
        return run.getBenchmark().endsWith("." + method)
                && params.entrySet().stream()
                        .allMatch(param -> run.getParamsKeys().contains(param.getKey())
                                && run.getParam(param.getKey()).equals(param.getValue()));
    }
}
