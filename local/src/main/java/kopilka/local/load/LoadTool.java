package kopilka.local.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import kopilka.local.Tool;

/** Puts the local run under load, kills it if asked to, and audits the books afterwards. */
public final class LoadTool implements Tool {
    private static final int BAD = 1;

    /** Found by the local run. */
    public LoadTool() {}

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String summary() {
        return "put a local run under load, kill it in the middle (--kills N), and audit the books";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        Plan plan = Plan.parse(arguments);
        Path template = LocalCloud.nearestTemplate()
                .orElseThrow(() -> new IllegalArgumentException("there is no template.yaml here or above"));
        boolean isTemporary = plan.data().isEmpty();
        Path data = isTemporary
                ? Files.createTempDirectory("kopilka-load")
                : fresh(plan.data().get());
        try {
            Load.Outcome outcome = new Load(plan, data, template).run();
            Report.print(plan, outcome, out);
            return outcome.isGood() ? 0 : BAD;
        } finally {
            if (isTemporary) {
                remove(data);
            }
        }
    }

    /** What an earlier load wrote would be found in the ledger, and nobody would know who asked for it. */
    private static Path fresh(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalArgumentException("--data needs an empty folder");
            }
        }
        return folder.toAbsolutePath();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
