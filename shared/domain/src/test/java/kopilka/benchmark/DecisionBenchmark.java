package kopilka.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import kopilka.earning.Evaluation;
import kopilka.earning.Offer;
import kopilka.order.Returned;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many decisions on an order one core takes in a second: all rules of a program are asked, and what comes of them is
 * computed. Nothing is read or written. See docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
// The compiler works in the foreground, so that a busy machine does not keep it from finishing before the measurement.
@Fork(
        value = 5,
        jvmArgs = {"-XX:+UseSerialGC", "-Xbatch"})
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {
    /** How many lines an order has. */
    @Param({"5", "50"})
    public int lines = 5;

    /** How many rules the program has. */
    @Param({"20", "200"})
    public int rules = 20;

    private List<Decision> decisions = List.of();
    private int next;

    /** Makes the program and its orders. */
    @Setup
    public void prepare() {
        decisions = Decision.some(lines, rules);
    }

    private Decision next() {
        next = (next + 1) % decisions.size();
        return decisions.get(next);
    }

    /** What a paid order earns. */
    @Benchmark
    public Evaluation order() {
        Decision decision = next();
        return Evaluation.of(
                decision.order(), Returned.NOTHING, decision.circumstances(), decision.at(), decision.program());
    }

    /** What would come of a basket. */
    @Benchmark
    public Evaluation quote() {
        Decision decision = next();
        return Offer.of(decision.basket(), decision.circumstances(), decision.at(), decision.program())
                .evaluation();
    }

    /** What an order has earned of which one line came back. */
    @Benchmark
    public Evaluation refund() {
        Decision decision = next();
        return Evaluation.of(
                decision.order(), decision.returned(), decision.circumstances(), decision.at(), decision.program());
    }
}
