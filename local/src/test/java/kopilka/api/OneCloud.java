package kopilka.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The local run of the real template, started once for all tests of this JVM. Tests do not share anything in it but its
 * clock: each opens a shop, and thereby a program, of its own.
 *
 * <p>With the profile {@code localstack} its tables and queues are those of a {@link LocalStack}; without a container engine
 * all of its tests are then skipped.
 */
public final class OneCloud implements ParameterResolver, ExecutionCondition {
    private static final boolean ON_LOCALSTACK =
            System.getProperty("kopilka.cloud", "embedded").equals("localstack");

    /** When every shop opens: the clock stands there until a test moves it. */
    static final Instant OPENING = Instant.parse("2026-03-01T08:00:00Z");

    /** Longer than anything takes that is in a queue or a stream. */
    static final Duration SOON = Duration.ofSeconds(30);

    /** How long a message stays hidden from others while somebody has it: tests do not wait six minutes for the next try. */
    static final Duration VISIBILITY = Duration.ofSeconds(1);

    /** A cloud, and what it stands on if that is not embedded. */
    private record Running(LocalCloud cloud, Optional<LocalStack> localStack) implements AutoCloseable {
        static Running start() {
            LocalCloud.Options options = options();
            if (!ON_LOCALSTACK) {
                return new Running(OneCloud.start(options), Optional.empty());
            }
            try {
                LocalStack localStack = LocalStack.start(options.template());
                return new Running(LocalCloud.start(options, localStack.services()), Optional.of(localStack));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            cloud.close();
            localStack.ifPresent(LocalStack::close);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (ON_LOCALSTACK && !LocalStack.canStart()) {
            System.out.println("SKIPPED: " + context.getDisplayName()
                    + " is to run on LocalStack, which needs a container engine, and there is none");
            return ConditionEvaluationResult.disabled("no container engine");
        }
        return ConditionEvaluationResult.enabled("there is a cloud");
    }

    /** As tests need it: no rate limit, a clock that stands, failed messages that come again soon. */
    static LocalCloud.Options options() {
        return LocalCloud.Options.of(LocalCloud.nearestTemplate().orElseThrow())
                .withClock(LocalClock.stoppedAt(OPENING))
                .withParameter("RequestsPerSecond", "100000")
                .withParameter("RequestBurst", "100000")
                .withVisibility(VISIBILITY)
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
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .cloud();
    }
}
