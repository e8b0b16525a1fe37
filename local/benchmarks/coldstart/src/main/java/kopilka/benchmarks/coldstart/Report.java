package kopilka.benchmarks.coldstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures that came of a measurement: as rows that others read, and as tables in a page. */
final class Report {
    /** Bytes of a function's jar. */
    private static final double MEGABYTE = 1_000_000;

    private static final String COMMAND =
            "mvn -q -P benchmarks -pl local/benchmarks/coldstart -am package exec:exec -DskipTests";

    private final Map<String, Measured> measured = new LinkedHashMap<>();
    private final Map<String, Starter.Classes> classes = new LinkedHashMap<>();
    private final Map<String, Long> jars = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(
            String what,
            double figure,
            String unit,
            @Nullable Double target) {}

    void add(Measured one) {
        measured.put(one.variant().name(), one);
    }

    void add(Variant variant, Starter.Classes loaded) {
        classes.put(variant.name(), loaded);
    }

    void add(String function, long bytes) {
        jars.put(function, bytes);
    }

    /** Writes the rows to one file and the tables into another, between its two marks. */
    void write(Path figures, Path page, int runs) throws IOException {
        rows.clear();
        for (String function : List.of(Variants.ORDERS, Variants.ACCRUAL)) {
            ratio(function, Variants.EMPTY, 8);
            ratio(function + Variant.CACHED, Variants.EMPTY + Variant.CACHED, 4);
        }
        ratio(Variants.ACCRUAL, Variants.USUAL, 0.5);
        ratio(Variants.ACCRUAL + Variant.CACHED, Variants.USUAL + Variant.CACHED, 0.5);
        measured.values()
                .forEach(one -> rows.add(new Row(
                        "cold start of " + one.variant().name() + ", until it has answered",
                        rounded(one.answered(), 1),
                        "ms of CPU",
                        null)));
        measured.values().stream()
                .filter(one -> one.variant().snapshot())
                .forEach(one -> rows.add(new Row(
                        "first call of " + one.variant().name() + ", without the restore",
                        rounded(one.firstCall(), 1),
                        "ms of CPU",
                        null)));
        classes.forEach((variant, loaded) -> {
            rows.add(new Row("classes loaded by " + variant, loaded.all(), "classes", null));
            rows.add(new Row("classes loaded by " + variant + " from no archive", loaded.own(), "classes", null));
        });
        jars.forEach((function, bytes) ->
                rows.add(new Row("jar of " + function, rounded(bytes / MEGABYTE, 100), "MB", 10.0)));
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ArrayNode all = json.createArrayNode();
        for (Row row : rows) {
            ObjectNode one = all.addObject()
                    .put("what", row.what())
                    .put("figure", row.figure())
                    .put("unit", row.unit())
                    .put("target", row.target());
            one.put("bound", row.target() == null ? null : "at most").put("command", COMMAND);
        }
        Files.createDirectories(figures.getParent());
        Files.writeString(figures, json.writeValueAsString(all) + "\n");
        if (Files.exists(page)) {
            Files.writeString(page, withTables(Files.readString(page), tables(runs)));
        }
    }

    private void ratio(String one, String other, double target) {
        of(one, other)
                .ifPresent(ratio -> rows.add(
                        new Row("cold start of " + one + " against " + other, rounded(ratio, 100), "times", target)));
    }

    private Optional<Double> of(String one, String other) {
        Measured above = measured.get(one);
        Measured below = measured.get(other);
        return above == null || below == null ? Optional.empty() : Optional.of(above.answered() / below.answered());
    }

    private static double rounded(double figure, int parts) {
        return (double) Math.round(figure * parts) / parts;
    }

    private static String withTables(String page, String tables) {
        String from = "<!-- measured: from here on by the command -->\n";
        String to = "<!-- measured: to here -->\n";
        int start = page.indexOf(from);
        int end = page.indexOf(to);
        return start < 0 || end < 0 ? page : page.substring(0, start) + from + tables + page.substring(end);
    }

    private String tables(int runs) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%nTemurin %s on %s, %d runs of each in turns, medians.%n",
                Runtime.version(),
                machine(),
                runs));
        text.append(String.format(
                Locale.ROOT, "%n| against what it is measured | ratio | target |%n| --- | ---: | ---: |%n"));
        rows.stream()
                .filter(row -> row.target() != null && row.unit().equals("times"))
                .forEach(row -> text.append(String.format(
                        Locale.ROOT, "| %s | %.2f | at most %s |%n", row.what(), row.figure(), trimmed(row.target()))));
        text.append(
                String.format(
                        Locale.ROOT,
                        "%n| what is started | ms of CPU until it is ready | until it has answered | to an empty handler |%n| --- | ---: | ---: | ---: |%n"));
        measured.values()
                .forEach(one -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f | %s |%n",
                        one.variant().name(),
                        one.initialised(),
                        one.answered(),
                        of(one.variant().name(), Variants.EMPTY + (one.variant().cached() ? Variant.CACHED : ""))
                                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                .orElse(""))));
        text.append(String.format(
                Locale.ROOT, "%n| classes | loaded | of them from no archive |%n| --- | ---: | ---: |%n"));
        classes.forEach((variant, loaded) ->
                text.append(String.format(Locale.ROOT, "| %s | %,d | %,d |%n", variant, loaded.all(), loaded.own())));
        text.append(String.format(Locale.ROOT, "%n| jar | MB |%n| --- | ---: |%n"));
        jars.forEach((function, bytes) ->
                text.append(String.format(Locale.ROOT, "| %s | %.2f |%n", function, bytes / MEGABYTE)));
        return text.append('\n').toString();
    }

    private static String trimmed(double target) {
        return target == Math.rint(target) ? Long.toString((long) target) : Double.toString(target);
    }

    private static String machine() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
