package kopilka.local.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kopilka.local.Main;
import kopilka.program.ProgramId;

/**
 * The local run in a process of its own, on a folder that is kept and a port that stays, so that it can be killed and
 * started again as often as one likes.
 */
final class Target implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Path data;
    private final int port;
    private final Map<ProgramId, String> keys;
    private Process process;

    private Target(Path data, int port, Started started) {
        this.data = data;
        this.port = port;
        this.process = started.process();
        this.keys = started.keys();
    }

    private record Started(Process process, Map<ProgramId, String> keys) {}

    /** Starts it with new programs of these names. */
    static Target start(Path data, List<ProgramId> programs) throws IOException, InterruptedException {
        int port = freePort();
        return new Target(data, port, launch(data, port, programs));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Started launch(Path data, int port, List<ProgramId> programs)
            throws IOException, InterruptedException {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> command = new ArrayList<>(List.of(
                self.command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dsun.misc.unsafe.memory.access=allow",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--log",
                data.resolve("functions.log").toString(),
                TargetJob.NAME));
        programs.forEach(program -> command.add(program.value()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
        Process process = builder.start();
        CompletableFuture<Map<ProgramId, String>> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("output of the local run").start(() -> read(process, ready));
        try {
            return new Started(process, ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException failed) {
            process.destroyForcibly();
            throw new IOException("the local run does not start", failed);
        }
    }

    /** Reads to the end, so that the process never waits for a reader. */
    private static void read(Process process, CompletableFuture<Map<ProgramId, String>> ready) {
        Map<ProgramId, String> keys = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Optional<String> line = Optional.ofNullable(lines.readLine());
            while (line.isPresent()) {
                List<String> words = List.of(line.get().split(" ", -1));
                if (words.getFirst().equals(TargetJob.PROGRAM)) {
                    keys.put(new ProgramId(words.get(1)), words.get(2));
                } else if (words.getFirst().equals(TargetJob.READY)) {
                    ready.complete(keys);
                }
                line = Optional.ofNullable(lines.readLine());
            }
            ready.completeExceptionally(new IOException("it ended"));
        } catch (IOException ended) {
            ready.completeExceptionally(ended);
        }
    }

    /** Where it answers, when it does. */
    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** The key of a program, which outlives every kill. */
    String key(ProgramId program) {
        return Optional.ofNullable(keys.get(program)).orElseThrow();
    }

    /** Kills it as {@code kill -9} does, and starts it again on what its folder holds. */
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch(data, port, List.of()).process();
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Has it stop in order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
