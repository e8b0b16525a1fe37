package kopilka.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time of the local run: the system's own until somebody moves it. Every function asks this clock, so moving it past
 * a return window or an expiry is all that a test or a demonstration needs to see what happens then.
 *
 * <p>Safe for use by many threads.
 */
public final class LocalClock implements InstantSource {
    private final InstantSource system;
    private final AtomicReference<Reading> reading;

    /** A clock that shows the system's time. */
    public LocalClock() {
        this(InstantSource.system());
    }

    /** A clock that follows another one. */
    public LocalClock(InstantSource system) {
        this.system = system;
        this.reading = new AtomicReference<>(new Running(Duration.ZERO));
    }

    /** A clock that stands still. */
    public static LocalClock stoppedAt(Instant instant) {
        LocalClock clock = new LocalClock();
        clock.stopAt(instant);
        return clock;
    }

    @Override
    public Instant instant() {
        return reading.get().at(system.instant());
    }

    /** Shows this time from now on, and no other until it is moved again. */
    public void stopAt(Instant instant) {
        reading.set(new Stopped(instant));
    }

    /** Shows this time now and runs on from there. */
    public void runFrom(Instant instant) {
        reading.set(new Running(Duration.between(system.instant(), instant)));
    }

    /** Shows the system's time again. */
    public void followSystem() {
        reading.set(new Running(Duration.ZERO));
    }

    /** Moves the clock by that much; a stopped clock stays stopped, a running one runs on. */
    public void advance(Duration by) {
        reading.updateAndGet(now -> now.plus(by));
    }

    /** Moves the clock to this time unless it is past it already, so that it never goes back. */
    public void advanceTo(Instant instant) {
        reading.updateAndGet(now -> {
            Duration missing = Duration.between(now.at(system.instant()), instant);
            return missing.isPositive() ? now.plus(missing) : now;
        });
    }

    private sealed interface Reading {
        Instant at(Instant system);

        Reading plus(Duration by);
    }

    private record Running(Duration ahead) implements Reading {
        @Override
        public Instant at(Instant system) {
            return system.plus(ahead);
        }

        @Override
        public Reading plus(Duration by) {
            return new Running(ahead.plus(by));
        }
    }

    private record Stopped(Instant instant) implements Reading {
        @Override
        public Instant at(Instant system) {
            return instant;
        }

        @Override
        public Reading plus(Duration by) {
            return new Stopped(instant.plus(by));
        }
    }
}
