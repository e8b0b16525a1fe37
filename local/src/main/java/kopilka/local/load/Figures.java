package kopilka.local.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import kopilka.ledger.MemberKey;
import kopilka.local.load.Request.Kind;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What is counted and measured while the load runs. Latencies are in microseconds, from when a request was due until the
 * answer that settled it.
 *
 * <p>Safe for use by many threads.
 */
final class Figures {
    /** More are counted, and not kept. */
    private static final int MOST_COMPLAINTS = 20;

    /** Digits of a latency that are right. */
    private static final int DIGITS = 3;

    private static final long LONGEST_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;

    /** Who a request was about: a hot member, or one of the others. */
    enum Heat {
        HOT,
        SPREAD
    }

    private final Predicate<MemberKey> hot;
    private final Map<Kind, Map<Heat, ConcurrentHistogram>> latencies = new EnumMap<>(Kind.class);
    private final Map<String, LongAdder> byProgram = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger complained = new AtomicInteger();
    private final LongAdder sentAgain = new LongAdder();
    private final LongAdder interrupted = new LongAdder();
    private final LongAdder down = new LongAdder();
    private final AtomicLong measuredFrom = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong measuredTo = new AtomicLong(Long.MAX_VALUE);

    /**
     * @param hot tells the hot members
     */
    Figures(Predicate<MemberKey> hot) {
        this.hot = hot;
        for (Kind kind : Kind.values()) {
            Map<Heat, ConcurrentHistogram> byHeat = new EnumMap<>(Heat.class);
            for (Heat heat : Heat.values()) {
                byHeat.put(heat, new ConcurrentHistogram(LONGEST_MICROS, DIGITS));
            }
            latencies.put(kind, byHeat);
        }
    }

    /** From now on latencies count. */
    void measure() {
        measuredFrom.set(System.nanoTime());
    }

    /** What is settled from now on has no part in the throughput. */
    void stop() {
        measuredTo.set(System.nanoTime());
    }

    /** An answer came, definite or not. */
    void answered(int status, String code) {
        answers.computeIfAbsent(code.isEmpty() ? Integer.toString(status) : status + " " + code, key -> new LongAdder())
                .increment();
    }

    /** For so many nanoseconds nothing was there to answer; that is no part of the throughput. */
    void down(long nanos) {
        if (measuredFrom.get() != Long.MAX_VALUE) {
            down.add(nanos);
        }
    }

    /** A request has to be sent once more. */
    void sentAgain() {
        sentAgain.increment();
    }

    /**
     * A request is settled.
     *
     * @param nanos that it took
     * @param wasInterrupted whether a connection broke meanwhile: how long a restart takes says nothing of a request
     */
    void settled(Request request, long nanos, boolean wasInterrupted) {
        long now = System.nanoTime();
        if (wasInterrupted) {
            interrupted.increment();
        } else if (now >= measuredFrom.get() && now < measuredTo.get()) {
            byProgram
                    .computeIfAbsent(request.member().program().value(), key -> new LongAdder())
                    .increment();
            histogram(request).recordValue(Math.min(LONGEST_MICROS, nanos / 1_000));
        }
    }

    private Histogram histogram(Request request) {
        Heat heat = hot.test(request.member()) ? Heat.HOT : Heat.SPREAD;
        return Objects.requireNonNull(
                Objects.requireNonNull(latencies.get(request.kind())).get(heat));
    }

    /** Something is not as the contract has it. */
    void complain(String what) {
        if (complained.incrementAndGet() <= MOST_COMPLAINTS) {
            complaints.add(what);
        }
    }

    /** The first things that were not right. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How many things were not right. */
    int complained() {
        return complained.get();
    }

    /** Answers by status and code. */
    Map<String, Long> answers() {
        Map<String, Long> sorted = new TreeMap<>();
        answers.forEach((answer, count) -> sorted.put(answer, count.sum()));
        return sorted;
    }

    /** Settled requests by program, of those that are measured. */
    Map<String, Long> byProgram() {
        Map<String, Long> sorted = new TreeMap<>();
        byProgram.forEach((program, count) -> sorted.put(program, count.sum()));
        return sorted;
    }

    long timesSentAgain() {
        return sentAgain.sum();
    }

    /** Requests that a broken connection held up. */
    long timesInterrupted() {
        return interrupted.sum();
    }

    /** Latencies of one kind of request. */
    Histogram latencies(Kind kind, Heat heat) {
        return Objects.requireNonNull(
                Objects.requireNonNull(latencies.get(kind)).get(heat));
    }

    /** Latencies of all kinds of requests. */
    Histogram latencies(Heat heat) {
        Histogram sum = new Histogram(LONGEST_MICROS, DIGITS);
        for (Kind kind : Kind.values()) {
            sum.add(latencies(kind, heat));
        }
        return sum;
    }

    /** For how long it was measured, restarts left out. */
    Duration measured() {
        return Duration.ofNanos(Math.max(1, measuredTo.get() - measuredFrom.get() - down.sum()));
    }
}
