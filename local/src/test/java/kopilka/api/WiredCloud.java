package kopilka.api;

import java.nio.file.Path;
import java.time.Duration;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Wire;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A local run of the real template whose functions reach their tables and queues over a {@link Wire}, with clients that are
 * configured as in AWS but
 * for their time-outs. Started once for all tests of this JVM that let something fail.
 */
final class WiredCloud implements ParameterResolver {
    /** No fault that is meant here is one of time. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    private static final Duration CALL = Duration.ofSeconds(12);

    /** What fails on purpose is no news. */
    private static final Path LOG = Path.of("target", "wired-cloud.log");

    private record Running(LocalCloud cloud, Wire wire) implements AutoCloseable {
        static Running start() {
            Wire wire = new Wire(ATTEMPT, CALL);
            return new Running(
                    OneCloud.start(OneCloud.options()
                            .withStore(wire::over)
                            .withQueues(wire::over)
                            .loggingTo(LOG)),
                    wire);
        }

        @Override
        public void close() {
            cloud.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalCloud.class
                || parameter.getParameter().getType() == Wire.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WiredCloud.class))
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
        return parameter.getParameter().getType() == Wire.class ? running.wire() : running.cloud();
    }
}
