package kopilka.local.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kopilka.local.Job;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import kopilka.local.Tool;

/** Replays a shop's orders from CSV files. */
public final class ReplayJob implements Job {
    /** More than any machine does: the replay is to be held up by the work, and not by the throttling. */
    private static final String UNTHROTTLED = "100000";

    /** What the queue's function refuses is refused again: there is no need to wait for its dead letters. */
    private static final Duration VISIBILITY = Duration.ofSeconds(1);

    private Optional<Path> data = Optional.empty();
    private Optional<History> history = Optional.empty();

    /** Found by the local run. */
    public ReplayJob() {}

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String summary() {
        return "replay a shop's own orders from CSV files, and audit the books";
    }

    @Override
    public LocalCloud.Options prepare(List<String> arguments, LocalCloud.Options options) {
        Arguments parsed = Arguments.parse(arguments);
        // Before anything is started: what is wrong with the files is better known at once.
        history = Optional.of(parsed.history());
        LocalCloud.Options own = options.onPort(0)
                .withClock(new LocalClock())
                .withoutSchedules()
                .withVisibility(VISIBILITY)
                .withParameter("RequestsPerSecond", UNTHROTTLED)
                .withParameter("RequestBurst", UNTHROTTLED);
        data = parsed.data().or(options::data);
        return parsed.data().map(own::keepingDataIn).orElse(own);
    }

    @Override
    public Optional<Tool> withoutCloud(List<String> arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return parsed.inMemory() ? Optional.of(new InMemoryTool()) : Optional.empty();
    }

    @Override
    public boolean run(LocalCloud cloud, List<String> arguments) throws IOException, InterruptedException, BadEnd {
        Arguments parsed = Arguments.parse(arguments);
        Summary summary;
        String document;
        List<Change> changes;
        try {
            History read = history.isPresent() ? history.get() : parsed.history();
            document = parsed.document(read);
            changes = parsed.changes(read);
            Replay.Task task = new Replay.Task(
                    read, parsed.input(document, changes), document, changes, data, parsed.byQueue(), row -> false);
            summary = new Replay(cloud, task, System.err, Progress.isWatched()).run();
        } catch (Dispatch.Undelivered undelivered) {
            throw new BadEnd(
                    undelivered.getMessage() + (data.isPresent() ? "; the same command goes on from here" : ""));
        }
        System.out.println(Report.text(summary));
        if (parsed.report().isPresent()) {
            Files.writeString(
                    parsed.report().get(),
                    Report.markdown(summary, parsed.title(), parsed.command(), document, changes));
        }
        if (!summary.faults().isEmpty()) {
            throw new BadEnd("the replay does not add up: " + summary.faults().getFirst());
        }
        return false;
    }
}
