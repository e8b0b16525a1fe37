package kopilka.local.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import kopilka.local.load.Figures.Heat;
import kopilka.local.load.Request.Kind;
import org.HdrHistogram.Histogram;

/** Tells in words what came of a load. */
final class Report {
    private static final double MEDIAN = 50;
    private static final double RARE = 99;

    private Report() {}

    static void print(Plan plan, Load.Outcome outcome, PrintStream out) {
        Figures figures = outcome.figures();
        Reckoning reckoning = outcome.reckoning();
        Histogram hot = figures.latencies(Heat.HOT);
        Histogram spread = figures.latencies(Heat.SPREAD);
        long settled = hot.getTotalCount() + spread.getTotalCount();
        Duration measured = figures.measured();
        out.printf(
                Locale.ROOT,
                "Load of %d s, %d of them measured, %s, %d members in each of 2 programs, seed %d%n",
                plan.duration().toSeconds(),
                measured.toSeconds(),
                plan.rate().isPresent()
                        ? plan.rate().getAsInt() + " requests begun a second"
                        : plan.clients() + " clients",
                plan.members(),
                plan.seed());
        out.printf(
                Locale.ROOT,
                "%d requests settled, %.1f a second; by program %s%n",
                settled,
                settled * 1e9 / measured.toNanos(),
                figures.byProgram());
        out.printf("%-10s %9s %9s %9s %9s%n", "ms", "requests", "p50", "p99", "longest");
        for (Kind kind : Kind.values()) {
            Histogram both = figures.latencies(kind, Heat.HOT).copy();
            both.add(figures.latencies(kind, Heat.SPREAD));
            line(out, kind.word(), both);
        }
        line(out, "hot", hot);
        line(out, "others", spread);
        if (hot.getTotalCount() > 0 && spread.getTotalCount() > 0) {
            out.printf(
                    Locale.ROOT,
                    "A hot member's request takes %.2f times as long as another's at p50, %.2f times at p99%n",
                    ratio(hot, spread, MEDIAN),
                    ratio(hot, spread, RARE));
        }
        out.println("Answers: " + figures.answers());
        out.printf(
                "Sent again for want of a definite answer: %d times; requests that a broken connection held up: %d%n",
                figures.timesSentAgain(), figures.timesInterrupted());
        if (!outcome.restarts().isEmpty()) {
            out.println("Killed and restarted "
                    + outcome.restarts().size() + " times, in ms: "
                    + outcome.restarts().stream().map(Duration::toMillis).toList());
        }
        out.printf(
                "Ledger: %d accounts audited, %d postings, %d acknowledged writes, %d faults%n",
                reckoning.accounts(),
                reckoning.postings(),
                reckoning.acknowledged(),
                reckoning.faults().size());
        some(out, "fault", reckoning.faults());
        some(out, "complaint", figures.complaints());
        out.println(
                outcome.isGood()
                        ? "Every account adds up, and every acknowledged write is in the ledger exactly once."
                        : "NOT as it should be: " + reckoning.faults().size() + " faults, " + figures.complained()
                                + " complaints");
    }

    private static void line(PrintStream out, String name, Histogram latencies) {
        if (latencies.getTotalCount() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%-10s %9d %9.1f %9.1f %9.1f%n",
                    name,
                    latencies.getTotalCount(),
                    latencies.getValueAtPercentile(MEDIAN) / 1e3,
                    latencies.getValueAtPercentile(RARE) / 1e3,
                    latencies.getMaxValue() / 1e3);
        }
    }

    private static double ratio(Histogram one, Histogram other, double percentile) {
        return (double) one.getValueAtPercentile(percentile) / Math.max(1, other.getValueAtPercentile(percentile));
    }

    private static void some(PrintStream out, String what, List<String> all) {
        all.stream().limit(10).forEach(one -> out.println(what + ": " + one));
    }
}
