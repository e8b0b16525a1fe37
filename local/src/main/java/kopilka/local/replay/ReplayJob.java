package kopilka.local.replay;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.local.Job;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import org.jspecify.annotations.Nullable;

/** Replays a shop's orders from CSV files. */
public final class ReplayJob implements Job {
    private static final String RULES = "program.json";

    /** The word that asks for our own changes, which are made for the year of docs/replay-online-retail.md. */
    private static final String DEMO = "demo";

    private static final Map<LocalDate, String> DEMO_RULES = new TreeMap<>(Map.of(
            LocalDate.parse("2010-04-01"), "program-of-rules.json",
            LocalDate.parse("2010-08-01"), "program-of-other-rules.json"));

    /** More than any machine does: the replay is to be held up by the work, and not by the throttling. */
    private static final String UNTHROTTLED = "100000";

    private record Arguments(
            History.Sources sources,
            Optional<Path> program,
            SortedMap<LocalDate, Path> changes,
            boolean demo,
            Optional<Path> data,
            Optional<Path> report,
            ZoneId zone,
            String title,
            boolean byQueue) {

        static Arguments parse(List<String> arguments) {
            Deque<String> left = new ArrayDeque<>(arguments);
            @Nullable Path orders = null;
            Optional<Path> lines = Optional.empty();
            Optional<Path> links = Optional.empty();
            Optional<Path> program = Optional.empty();
            SortedMap<LocalDate, Path> changes = new TreeMap<>();
            boolean demo = false;
            Optional<Path> data = Optional.empty();
            Optional<Path> report = Optional.empty();
            Optional<String> title = Optional.empty();
            ZoneId zone = ZoneId.of("UTC");
            boolean byQueue = false;
            while (!left.isEmpty()) {
                String option = left.removeFirst();
                switch (option) {
                    case "--orders" -> orders = file(option, left);
                    case "--lines" -> lines = Optional.of(file(option, left));
                    case "--refund-links" -> links = Optional.of(file(option, left));
                    case "--program" -> program = Optional.of(file(option, left));
                    case "--change" -> change(value(option, left), changes);
                    case "--changes" -> demo = demo(value(option, left));
                    case "--data" -> data = Optional.of(Path.of(value(option, left)));
                    case "--report" -> report = Optional.of(newFile(option, left));
                    case "--title" -> title = Optional.of(value(option, left));
                    case "--zone" -> zone = zone(value(option, left));
                    case "--queue" -> byQueue = true;
                    default -> throw new IllegalArgumentException("replay has no option " + option);
                }
            }
            if (orders == null) {
                throw new IllegalArgumentException(
                        "replay needs --orders FILE.csv[.gz], and takes --lines FILE, --refund-links FILE,"
                                + " --program FILE.json, --change DATE=FILE.json as often as the program changes,"
                                + " --changes demo, --zone ZONE, --data DIR, --queue, --report FILE.md, --title TEXT");
            }
            if (demo && !changes.isEmpty()) {
                throw new IllegalArgumentException("--changes demo goes without --change");
            }
            String name = String.valueOf(orders.getFileName());
            return new Arguments(
                    new History.Sources(orders, lines, links),
                    program,
                    changes,
                    demo,
                    data,
                    report,
                    zone,
                    title.orElse(name),
                    byQueue);
        }

        private static String value(String option, Deque<String> left) {
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return left.removeFirst();
        }

        private static void change(String value, SortedMap<LocalDate, Path> changes) {
            int sign = value.indexOf('=');
            LocalDate day;
            try {
                day = LocalDate.parse(value.substring(0, Math.max(0, sign)));
            } catch (DateTimeException none) {
                throw new IllegalArgumentException("--change needs DATE=FILE, such as 2010-04-01=program.json");
            }
            if (!changes.isEmpty() && !day.isAfter(changes.lastKey())) {
                throw new IllegalArgumentException(
                        "--change " + day + " must be after the one before it, " + changes.lastKey());
            }
            changes.put(day, readable("--change " + day, Path.of(value.substring(sign + 1))));
        }

        private static boolean demo(String value) {
            if (!value.equals(DEMO)) {
                throw new IllegalArgumentException(
                        "--changes takes " + DEMO + " alone: your own are --change DATE=FILE");
            }
            return true;
        }

        private static Path file(String option, Deque<String> left) {
            return readable(option, Path.of(value(option, left)));
        }

        private static Path readable(String option, Path file) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new IllegalArgumentException(option + ": there is no file " + file);
            }
            return file;
        }

        /** It is written at the end of all: better to know now that there is no such folder. */
        private static Path newFile(String option, Deque<String> left) {
            Path file = Path.of(value(option, left)).toAbsolutePath();
            if (file.getParent() == null || !Files.isDirectory(file.getParent())) {
                throw new IllegalArgumentException(option + ": there is no folder for " + file);
            }
            return file;
        }

        private static ZoneId zone(String id) {
            try {
                return ZoneId.of(id);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("--zone needs a zone such as Europe/London");
            }
        }

        /** The same command for somebody else's machine. */
        String command() {
            StringBuilder command = new StringBuilder("mvn -q compile exec:exec -Dargs=\"replay --orders ");
            command.append(sources.orders().getFileName());
            sources.lines().ifPresent(file -> command.append(" --lines ").append(file.getFileName()));
            sources.links().ifPresent(file -> command.append(" --refund-links ").append(file.getFileName()));
            program.ifPresent(file -> command.append(" --program ").append(file.getFileName()));
            changes.forEach((day, file) ->
                    command.append(" --change ").append(day).append('=').append(file.getFileName()));
            command.append(demo ? " --changes " + DEMO : "").append(" --zone ").append(zone);
            return command.append(byQueue ? " --queue\"" : "\"").toString();
        }
    }

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
        history = Optional.of(read(parsed));
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
    public boolean run(LocalCloud cloud, List<String> arguments) throws IOException, InterruptedException, BadEnd {
        Arguments parsed = Arguments.parse(arguments);
        Summary summary;
        String document;
        List<Change> changes;
        try {
            History read = history.isPresent() ? history.get() : read(parsed);
            document = document(parsed, read);
            changes = changes(parsed, read);
            Replay.Task task = new Replay.Task(
                    read, input(parsed, document, changes), document, changes, data, parsed.byQueue(), row -> false);
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

    private static History read(Arguments arguments) {
        Path orders = arguments.sources().orders();
        System.err.println("Reading " + orders.getFileName() + " ...");
        try {
            return History.read(arguments.sources(), arguments.zone());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + orders.getFileName() + ": " + unreadable.getMessage());
        }
    }

    /** The rules: those of the file, else our own for the currency and the zone of the orders. */
    private static String document(Arguments arguments, History history) throws IOException {
        if (arguments.program().isPresent()) {
            return Files.readString(arguments.program().get());
        }
        return ours(RULES, arguments, history);
    }

    /** What the rules are changed to, one day after the other. */
    private static List<Change> changes(Arguments arguments, History history) throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<LocalDate, Path> change : arguments.changes().entrySet()) {
            changes.add(new Change(change.getKey(), Files.readString(change.getValue())));
        }
        if (arguments.demo()) {
            for (Map.Entry<LocalDate, String> change : DEMO_RULES.entrySet()) {
                changes.add(new Change(change.getKey(), ours(change.getValue(), arguments, history)));
            }
        }
        return changes;
    }

    private static String ours(String name, Arguments arguments, History history) throws IOException {
        try (InputStream resource = Objects.requireNonNull(ReplayJob.class.getResourceAsStream(name), name)) {
            String rules = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            String currency =
                    history.rows().isEmpty() ? "GBP" : history.rows().getFirst().currency();
            return rules.replace("\"GBP\"", quoted(currency))
                    .replace("\"Europe/London\"", quoted(arguments.zone().getId()));
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** What tells one replay from another. */
    private static String input(Arguments arguments, String document, List<Change> changes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((arguments.zone() + "\n" + document + "\n").getBytes(StandardCharsets.UTF_8));
            for (Change change : changes) {
                digest.update((change.day() + "\n" + change.document() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            History.Sources sources = arguments.sources();
            for (Optional<Path> file : List.of(Optional.of(sources.orders()), sources.lines(), sources.links())) {
                digest.update(file.isPresent() ? (byte) 1 : (byte) 0);
                if (file.isPresent()) {
                    digest.update(Files.readAllBytes(file.get()));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
