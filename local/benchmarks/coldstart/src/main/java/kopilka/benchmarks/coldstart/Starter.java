package kopilka.benchmarks.coldstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts variants as processes of their own, as Lambda starts a function: the runtime interface client with a class path, a
 * handler's name and variables, and nothing else.
 */
final class Starter {
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
    private static final int PATIENCE_SECONDS = 120;

    private final Path jdk;
    private final List<Path> runtime;
    private final Path folder;
    private final Map<String, String> environment;
    private final Certificate certificate;
    private final List<String> alone;

    /**
     * Starts processes.
     *
     * @param jdk the JDK that they run on
     * @param runtime the jars of the runtime interface client
     * @param folder where they may write
     * @param environment variables of each function
     * @param certificate what they trust
     */
    Starter(Path jdk, List<Path> runtime, Path folder, Map<String, String> environment, Certificate certificate)
            throws IOException, InterruptedException {
        this.jdk = jdk;
        this.runtime = List.copyOf(runtime);
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.certificate = certificate;
        this.alone = alone(certificate.bundle());
    }

    /**
     * What goes before a command that gets a core to itself, and in whose eyes the system trusts the certificate: native code
     * knows no other way. Each is left out where the machine does not let it.
     */
    private static List<String> alone(Path bundle) throws IOException, InterruptedException {
        List<String> alone = new ArrayList<>();
        String mount = "mount --bind " + bundle + " " + SYSTEM_BUNDLE + " && exec \"$@\"";
        for (List<String> unshare : List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"))) {
            List<String> all = new ArrayList<>(unshare);
            all.addAll(List.of("sh", "-c", mount, "sh"));
            if (alone.isEmpty() && works(all)) {
                alone.addAll(all);
            }
        }
        if (works(List.of("taskset", "-c", "0"))) {
            alone.addAll(List.of("taskset", "-c", "0"));
        }
        return List.copyOf(alone);
    }

    private static boolean works(List<String> before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Whether a process has one core to itself, and this one the others. */
    boolean isPinned() {
        return alone.contains("taskset");
    }

    /** Whether native code trusts the certificate. */
    boolean isTrusted() {
        return alone.contains("unshare");
    }

    /** Starts a function and stops it when it has answered. */
    RuntimeApi.Answer start(Variant variant) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(variant.options());
        if (variant.cached()) {
            options.add("-XX:AOTCache=" + cache(variant));
        }
        return run(variant, options, false);
    }

    /** Makes the AOT cache of a variant: in a first run the JVM notes what is used, and keeps it when it ends. */
    void makeCache(Variant variant) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(variant.options());
        options.add("-XX:AOTCacheOutput=" + cache(variant));
        run(variant, options, true);
        if (!Files.exists(cache(variant))) {
            throw new IOException("the JVM made no AOT cache for " + variant.name());
        }
    }

    /** The size of a variant's AOT cache. */
    long cacheBytes(Variant variant) throws IOException {
        return Files.size(cache(variant));
    }

    /**
     * The classes that a function loads until it has answered.
     *
     * @param all of them
     * @param own those that are in no archive
     */
    record Classes(int all, int own) {}

    /** Counts classes, in a run of its own. */
    Classes classes(Variant variant) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "classes", ".log");
        List<String> options = new ArrayList<>(variant.options());
        if (variant.cached()) {
            options.add("-XX:AOTCache=" + cache(variant));
        }
        options.add("-Xlog:class+load:file=" + log);
        run(variant, options, false);
        try (Stream<String> lines = Files.lines(log)) {
            Map<Boolean, Long> loaded = lines.filter(line -> line.contains("source:"))
                    .collect(Collectors.partitioningBy(
                            line -> line.contains("shared objects file"), Collectors.counting()));
            int own = loaded.getOrDefault(false, 0L).intValue();
            return new Classes(own + loaded.getOrDefault(true, 0L).intValue(), own);
        }
    }

    private Path cache(Variant variant) {
        return folder.resolve(variant.name().replaceAll("[^a-z0-9]+", "-") + ".aot");
    }

    private RuntimeApi.Answer run(Variant variant, List<String> options, boolean untilItsEnd)
            throws IOException, InterruptedException {
        Path told = Files.createTempFile(folder, "told", ".log");
        try (RuntimeApi api = new RuntimeApi(variant.event())) {
            List<String> command = new ArrayList<>(alone);
            command.add(jdk.resolve("bin/java").toString());
            command.addAll(options);
            command.add("-Djavax.net.ssl.trustStore=" + certificate.trusted());
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("-classpath");
            command.add(Stream.concat(runtime.stream(), variant.jars().stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)));
            command.add(CLIENT);
            command.add(variant.handler());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(told.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment(api, variant));
            Process process = builder.start();
            try {
                api.isAskedBy(new ProcessTime(process.pid()));
                CompletableFuture<RuntimeApi.Answer> ended = process.onExit()
                        .thenCompose(none -> CompletableFuture.failedFuture(new IOException("the process ended")));
                RuntimeApi.Answer answer =
                        ended.applyToEither(api.answer(), one -> one).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (!variant.expected().test(answer.body())) {
                    throw new IOException(
                            variant.name() + " answered " + answer.body() + " and told " + Files.readString(told));
                }
                return answer;
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException(variant.name() + " did not answer: " + Files.readString(told), e);
            } finally {
                if (untilItsEnd) {
                    process.destroy();
                    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
                process.destroyForcibly().waitFor();
            }
        } finally {
            Files.delete(told);
        }
    }

    private Map<String, String> environment(RuntimeApi api, Variant variant) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AWS_LAMBDA_RUNTIME_API", api.address());
        all.put("_HANDLER", variant.handler());
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", variant.snapshot() ? "snap-start" : "on-demand");
        return all;
    }
}
