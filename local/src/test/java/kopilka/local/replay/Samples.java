package kopilka.local.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import kopilka.local.LocalCloud;

/** A made-up shop whose files have every special case. */
final class Samples {
    static final ZoneId ZONE = ZoneId.of("Europe/London");

    private Samples() {}

    static Path file(String name) {
        URL found = Objects.requireNonNull(Samples.class.getResource("/kopilka/local/replay/" + name), name);
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static History.Sources sources() {
        return new History.Sources(
                file("orders.csv"), Optional.of(file("lines.csv")), Optional.of(file("refund-links.csv")));
    }

    /** A cloud as the replay wants it. */
    static LocalCloud cloud(Optional<Path> data) throws IOException {
        LocalCloud.Options options =
                LocalCloud.Options.of(LocalCloud.nearestTemplate().orElseThrow());
        return LocalCloud.start(new ReplayJob()
                .prepare(
                        List.of("--orders", file("orders.csv").toString()),
                        data.map(options::keepingDataIn).orElse(options)));
    }

    /** Replays the sample. */
    static Summary replay(LocalCloud cloud, Optional<Path> data, boolean byQueue, IntPredicate stop)
            throws IOException, InterruptedException {
        return replay(cloud, History.read(sources(), ZONE), data, byQueue, stop);
    }

    static Summary replay(LocalCloud cloud, History history, Optional<Path> data, boolean byQueue, IntPredicate stop)
            throws IOException, InterruptedException {
        return replay(cloud, new Replay.Task(history, "sample", document(), List.of(), data, byQueue, stop));
    }

    static Summary replay(LocalCloud cloud, Replay.Task task) throws IOException, InterruptedException {
        return new Replay(cloud, task, new PrintStream(PrintStream.nullOutputStream()), false).run();
    }

    /** Replays the sample under a program that changes. */
    static Summary replay(
            LocalCloud cloud, List<Change> changes, Optional<Path> data, boolean byQueue, IntPredicate stop)
            throws IOException, InterruptedException {
        return replay(
                cloud,
                new Replay.Task(History.read(sources(), ZONE), "changes", document(), changes, data, byQueue, stop));
    }

    /** Replays the sample in memory. */
    static Summary inMemory(List<Change> changes) throws IOException, InterruptedException {
        return inMemory(History.read(sources(), ZONE), changes);
    }

    static Summary inMemory(History history, List<Change> changes) throws IOException, InterruptedException {
        InMemoryReplay replay = new InMemoryReplay(
                history,
                document(),
                changes,
                new ProcessorTime(),
                new PrintStream(PrintStream.nullOutputStream()),
                false);
        replay.run();
        return replay.audit();
    }

    /** The first program of replays. */
    static String document() throws IOException {
        return document("program.json");
    }

    /** One of the programs of replays. */
    static String document(String name) throws IOException {
        try (InputStream rules =
                Objects.requireNonNull(Samples.class.getResourceAsStream("/kopilka/local/replay/" + name), name)) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
