package kopilka.local.replay;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much of the processor's time the parts of a run took, its compiler and its collector included. Unlike the clock on the
 * wall it does not mind what else the machine does.
 */
final class ProcessorTime {
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Map<String, Long> parts = new LinkedHashMap<>();
    private long before = process.getProcessCpuTime();

    /** What was done since the last part ended belongs to this one. */
    void took(String part) {
        long now = process.getProcessCpuTime();
        parts.merge(part, now - before, Long::sum);
        before = now;
    }

    /** The parts, in seconds. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Processor time");
        parts.forEach((part, nanos) -> text.append(String.format(Locale.ROOT, "%n  %-23s%7.2f s", part, nanos / 1e9)));
        return text.toString();
    }
}
