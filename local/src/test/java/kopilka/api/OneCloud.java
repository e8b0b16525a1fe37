package kopilka.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The local run of the real template, started once for all tests of this JVM. Tests do not share anything in it but its
 * clock: each opens a shop, and thereby a program, of its own.
 */
final class OneCloud implements ParameterResolver {
    /** When every shop opens: the clock stands there until a test moves it. */
    static final Instant OPENING = Instant.parse("2026-03-01T08:00:00Z");

    /** Longer than anything takes that is in a queue or a stream. */
    static final Duration SOON = Duration.ofSeconds(30);

    private record Running(LocalCloud cloud) implements AutoCloseable {
        @Override
        public void close() {
            cloud.close();
        }
    }

    /** As tests need it: no rate limit, a clock that stands, failed messages that come again soon. */
    static LocalCloud.Options options() {
        return LocalCloud.Options.of(LocalCloud.nearestTemplate().orElseThrow())
                .withClock(LocalClock.stoppedAt(OPENING))
                .withParameter("RequestsPerSecond", "100000")
                .withParameter("RequestBurst", "100000")
                .withVisibility(Duration.ofSeconds(1))
                .withoutSchedules();
    }

    static LocalCloud start(LocalCloud.Options options) {
        try {
            return LocalCloud.start(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneCloud.class))
                .computeIfAbsent(Running.class, key -> new Running(start(options())), Running.class)
                .cloud();
    }
}
