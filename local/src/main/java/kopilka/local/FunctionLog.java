package kopilka.local;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the functions' log lines go: all of them to a file if there is one, those from a level on to standard error
 * otherwise. Standard output stays the demonstration's own.
 */
final class FunctionLog implements AutoCloseable {
    private final PrintStream target;
    private final LogLevel least;
    private final boolean owned;

    private FunctionLog(PrintStream target, LogLevel least, boolean owned) {
        this.target = target;
        this.least = least;
        this.owned = owned;
    }

    static FunctionLog toStandardError(LogLevel least) {
        return new FunctionLog(System.err, least, false);
    }

    static FunctionLog toFile(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return new FunctionLog(
                new PrintStream(
                        Files.newOutputStream(
                                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND),
                        true,
                        StandardCharsets.UTF_8),
                LogLevel.TRACE,
                true);
    }

    /** Writes a line of a function, or of the local run itself. */
    void line(String source, LogLevel level, String message) {
        if (level.compareTo(least) >= 0) {
            target.println(level + " " + source + ": " + message.stripTrailing());
        }
    }

    /** Writes a line whose level is only known from what it says. */
    void line(String source, String message) {
        line(source, levelOf(message), message);
    }

    LambdaLogger logger(String source) {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                line(source, message);
            }

            @Override
            public void log(byte[] message) {
                line(source, new String(message, StandardCharsets.UTF_8));
            }

            @Override
            public void log(String message, LogLevel level) {
                line(source, level, message);
            }

            @Override
            public void log(byte[] message, LogLevel level) {
                line(source, level, new String(message, StandardCharsets.UTF_8));
            }
        };
    }

    private static LogLevel levelOf(String message) {
        @Nullable
        JsonNode level = message.startsWith("{")
                ? Json.read(message).map(json -> json.get("level")).orElse(null)
                : null;
        return Optional.ofNullable(level)
                .map(JsonNode::asText)
                .flatMap(FunctionLog::levelNamed)
                .orElse(LogLevel.INFO);
    }

    private static Optional<LogLevel> levelNamed(String name) {
        try {
            return Optional.of(LogLevel.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (owned) {
            target.close();
        }
    }
}
