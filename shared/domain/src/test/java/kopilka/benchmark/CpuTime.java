package kopilka.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * How many operations a second of processor time suffices for, that of the collector and the compiler included: unlike the
 * clock on the wall, it does not mind what else runs on the machine.
 */
public class CpuTime implements InternalProfiler {
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long began;

    @Override
    public String getDescription() {
        return "Operations for each second of processor time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        began = process.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long nanoseconds = Math.max(1, process.getProcessCpuTime() - began);
        return List.of(new ScalarResult(
                "cpu", result.getMetadata().getAllOps() * 1e9 / nanoseconds, "ops/cpu-s", AggregationPolicy.AVG));
    }
}
