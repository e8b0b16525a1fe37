package kopilka.lambda;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kopilka.lambda.json.JsonWriter;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Writes a function's log: one line of JSON an event, by hand, since a logging library would lengthen every cold start.
 *
 * <p>A line never holds a body, a key or anything about a person. Of an exception it holds the classes and where in the
 * code, but no message, since messages repeat what was being read.
 */
public final class Log {
    /** Frames of a stack that are written for each exception: the cause of nearly everything lies within these. */
    private static final int MAX_FRAMES = 30;

    private static final String NAMESPACE = "Kopilka";

    private final InstantSource clock;
    private final String stage;
    private final PrintStream out;

    Log(InstantSource clock, String stage, PrintStream out) {
        this.clock = clock;
        this.stage = stage;
        this.out = out;
    }

    /** The log of a function: its standard output, which Lambda keeps as it is. */
    public static Log of(Platform platform) {
        return new Log(platform.clock(), platform.environment().getOrDefault("STAGE", "local"), System.out);
    }

    /** Something that a person must look into: a bug, or a part of the system that is out of order. */
    public void error(String event, String requestId, Throwable cause) {
        line("ERROR", event, requestId, json -> exception(json, cause));
    }

    /** Something that a person must look into, with facts about it: codes, figures and ids, nothing of persons. */
    public void error(String event, String requestId, Map<String, String> facts) {
        line("ERROR", event, requestId, json -> facts.forEach(json::put));
    }

    /** Something that went wrong and was answered for. */
    public void warn(String event, String requestId, Throwable cause) {
        line("WARN", event, requestId, json -> exception(json, cause));
    }

    /**
     * Something that went wrong and was answered for, with facts about it: codes and ids of AWS's, nothing of
     * callers.
     */
    public void warn(String event, String requestId, Map<String, String> facts) {
        line("WARN", event, requestId, json -> facts.forEach(json::put));
    }

    /** Something worth knowing, with facts about it: codes and figures, nothing of callers. */
    public void info(String event, String requestId, Map<String, String> facts) {
        line("INFO", event, requestId, json -> facts.forEach(json::put));
    }

    /** Counts something, as a metric of CloudWatch by its embedded metric format. */
    public void count(String metric, long count) {
        count(Map.of("Stage", stage), Map.of(metric, count));
    }

    /** Counts several things that one function alone counts, in one line. */
    public void count(String function, Map<String, Long> counts) {
        count(Map.of("Stage", stage, "Function", function), counts);
    }

    private void count(Map<String, String> dimensions, Map<String, Long> counts) {
        SortedMap<String, String> by = new TreeMap<>(dimensions);
        SortedMap<String, Long> metrics = new TreeMap<>(counts);
        print(JsonWriter.object(json -> {
            json.object(
                    "_aws",
                    aws -> aws.put("Timestamp", clock.millis())
                            .objects(
                                    "CloudWatchMetrics",
                                    List.of(metrics),
                                    (to, all) -> to.put("Namespace", NAMESPACE)
                                            .arrays("Dimensions", List.of(by.keySet()))
                                            .objects(
                                                    "Metrics",
                                                    all.keySet(),
                                                    (m, name) ->
                                                            m.put("Name", name).put("Unit", "Count"))));
            by.forEach(json::put);
            metrics.forEach(json::put);
        }));
    }

    private void line(String level, String event, String requestId, Consumer<JsonWriter> facts) {
        print(JsonWriter.object(json -> {
            json.put("timestamp", clock.instant())
                    .put("level", level)
                    .put("event", event)
                    .put("requestId", requestId);
            facts.accept(json);
        }));
    }

    private void print(byte[] line) {
        out.println(new String(line, StandardCharsets.UTF_8));
    }

    private static void exception(JsonWriter json, Throwable thrown) {
        json.objects("exceptions", chain(thrown), (to, cause) -> {
            to.put("class", cause.getClass().getName());
            if (cause instanceof AwsServiceException aws) {
                to.put("status", aws.statusCode());
                if (aws.awsErrorDetails() != null && aws.awsErrorDetails().errorCode() != null) {
                    to.put("code", aws.awsErrorDetails().errorCode());
                }
            }
            to.strings(
                    "stack",
                    Arrays.stream(cause.getStackTrace())
                            .limit(MAX_FRAMES)
                            .map(StackTraceElement::toString)
                            .toList());
        });
    }

    private static List<Throwable> chain(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(thrown, cause -> cause != null && seen.add(cause), Throwable::getCause)
                .toList();
    }
}
