package kopilka.benchmarks.coldstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measures cold starts; where all variants are asked for, writes what came of it to {@code docs/performance}. */
public final class Main {
    private static final int ATTEMPTS = 8;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        Options options = Options.of(arguments);
        Path jdk = Path.of(System.getProperty("java.home"));
        Path folder = Files.createTempDirectory("coldstart");
        try {
            Certificate certificate = Certificate.in(folder, jdk);
            try (TinyDynamoDb dynamoDb = new TinyDynamoDb(certificate.context())) {
                Variants variants = new Variants(Path.of("").toAbsolutePath());
                Starter starter = new Starter(
                        jdk, variants.runtime(), folder, variants.environment(dynamoDb.address()), certificate);
                variants.tellRows(starter, dynamoDb);
                dynamoDb.freeze();
                Report report = new Report();
                List<Variant> asked =
                        variants.all(folder).stream().filter(options::isAsked).toList();
                measure(asked, starter, dynamoDb, options, report);
                for (String function : variants.functions()) {
                    report.add(function, Files.size(variants.function(function)));
                }
                if (options.isAll()) {
                    Path docs = Path.of("docs/performance");
                    report.write(docs.resolve("cold-start.json"), docs.resolve("cold-start.md"), options.runs());
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void measure(
            List<Variant> variants, Starter starter, TinyDynamoDb dynamoDb, Options options, Report report)
            throws IOException, InterruptedException {
        // A first start of each does not count: its files come from the disk.
        Map<Variant, Integer> calls = new LinkedHashMap<>();
        for (Variant variant : variants) {
            System.err.println(variant.name());
            calls.put(variant, first(variant, starter, dynamoDb));
        }
        Map<Variant, List<RuntimeApi.Answer>> answers = new LinkedHashMap<>();
        for (int run = 0; run < options.runs(); run++) {
            System.err.printf("run %d of %d%n", run + 1, options.runs());
            for (Variant variant : variants) {
                answers.computeIfAbsent(variant, first -> new ArrayList<>())
                        .add(undisturbed(variant, calls.getOrDefault(variant, 0), starter, dynamoDb));
            }
        }
        answers.forEach((variant, all) -> {
            Measured measured = Measured.of(variant, all);
            report.add(measured);
            System.out.printf(
                    Locale.ROOT,
                    "%-50s ready %5.0f, answered %5.0f ms of CPU, %d calls of DynamoDB%n",
                    variant.name(),
                    measured.initialised(),
                    measured.answered(),
                    calls.get(variant));
        });
        for (Variant variant : variants) {
            if (!variant.snapshot()
                    && (variant.name().startsWith(Variants.ORDERS)
                            || variant.name().equals(Variants.ACCRUAL)
                            || variant.name().equals(Variants.ACCRUAL + Variant.CACHED)
                            || variant.name().startsWith(Variants.EMPTY)
                            || variant.name().startsWith(Variants.USUAL))) {
                report.add(variant, starter.classes(variant));
            }
        }
    }

    /** Makes what a variant needs, and tells how many calls of DynamoDB its start makes. */
    private static int first(Variant variant, Starter starter, TinyDynamoDb dynamoDb)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            dynamoDb.calls();
            try {
                if (variant.cached()) {
                    starter.makeCache(variant);
                } else {
                    starter.start(variant);
                }
                return dynamoDb.calls();
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                System.err.println(e.getMessage());
            }
        }
    }

    /** On a machine with other work a call may take too long and be sent again: such a start is none of what is measured. */
    private static RuntimeApi.Answer undisturbed(Variant variant, int calls, Starter starter, TinyDynamoDb dynamoDb)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            dynamoDb.calls();
            try {
                RuntimeApi.Answer answer = starter.start(variant);
                if (dynamoDb.calls() == calls) {
                    return answer;
                }
                System.err.println(variant.name() + ": a call was sent again");
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                System.err.println(e.getMessage());
            }
            if (attempt == ATTEMPTS) {
                throw new IOException(variant.name() + " was disturbed in each of " + ATTEMPTS + " starts");
            }
        }
    }
}
