package kopilka.local.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import kopilka.local.Tool;

/** The replay in memory as a command: {@code replay --in-memory}. It tells what came of it, and what that took. */
final class InMemoryTool implements Tool {
    private static final int FAULTY = 1;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String summary() {
        return "replays a shop's own orders in memory";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        Arguments parsed = Arguments.parse(arguments);
        ProcessorTime time = new ProcessorTime();
        History history = parsed.history();
        time.took("reading the files");
        InMemoryReplay replay = new InMemoryReplay(
                history, parsed.document(history), parsed.changes(history), time, System.err, Progress.isWatched());
        replay.run();
        System.err.println("Audit of every account ...");
        Summary summary = replay.audit();
        out.println(Report.text(summary));
        out.println(time);
        summary.faults().stream().findFirst().ifPresent(fault -> out.println("the replay does not add up: " + fault));
        return summary.faults().isEmpty() ? 0 : FAULTY;
    }
}
