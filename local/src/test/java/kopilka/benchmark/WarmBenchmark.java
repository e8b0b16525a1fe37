package kopilka.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * What a request costs a warm function, over a DynamoDB that answers at once: the whole of it, and the calls of the SDK that
 * are in it alone. See docs/performance/warm.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
// The first compiler alone: few functions live long enough for the second. It works in the foreground, so that it is
// done
// before the measurement on a busy machine too.
@Fork(
        value = 3,
        jvmArgs = {
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xbatch",
            "--enable-native-access=ALL-UNNAMED",
            "-Dsun.misc.unsafe.memory.access=allow"
        })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class WarmBenchmark {
    /** What comes in. */
    @Param({"ORDER", "ORDER_WITH_KEY", "MESSAGE", "TEN_MESSAGES", "BALANCE"})
    public String event = "ORDER";

    private @Nullable WarmShop shop;

    /** Lets the event come in once on real tables. */
    @Setup
    public void prepare() {
        WarmShop made = WarmShop.of(WarmShop.Kind.valueOf(event));
        System.out.println("Calls: " + made.calls());
        shop = made;
    }

    private WarmShop shop() {
        WarmShop prepared = shop;
        if (prepared == null) {
            throw new IllegalStateException("not prepared");
        }
        return prepared;
    }

    /** The event in, the answer out. */
    @Benchmark
    public byte[] whole() {
        return shop().whole();
    }

    /** The calls of the SDK in it alone. */
    @Benchmark
    public List<Object> sdkAlone() {
        return shop().sdkAlone();
    }
}
