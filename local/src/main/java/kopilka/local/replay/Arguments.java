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
import org.jspecify.annotations.Nullable;

/**
 * What a replay is asked to do.
 *
 * @param sources the files
 * @param program the file of the program's rules; without one they are our own
 * @param changes files of the rules that it is changed to, by the day from which they hold
 * @param demo whether it is changed to our own rules instead
 * @param data folder that keeps the tables
 * @param report where to write the page
 * @param zone in which the files tell the time
 * @param title of the page
 * @param byQueue whether orders go through the queue in place of the API
 * @param inMemory whether all of it stays in memory, without a cloud
 */
record Arguments(
        History.Sources sources,
        Optional<Path> program,
        SortedMap<LocalDate, Path> changes,
        boolean demo,
        Optional<Path> data,
        Optional<Path> report,
        ZoneId zone,
        String title,
        boolean byQueue,
        boolean inMemory) {
    private static final String RULES = "program.json";

    /** The word that asks for our own changes, which are made for the year of docs/replay-online-retail.md. */
    private static final String DEMO = "demo";

    private static final Map<LocalDate, String> DEMO_RULES = new TreeMap<>(Map.of(
            LocalDate.parse("2010-04-01"), "program-of-rules.json",
            LocalDate.parse("2010-08-01"), "program-of-other-rules.json"));

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
        boolean inMemory = false;
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
                case "--in-memory" -> inMemory = true;
                default -> throw new IllegalArgumentException("replay has no option " + option);
            }
        }
        if (orders == null) {
            throw new IllegalArgumentException(
                    "replay needs --orders FILE.csv[.gz], and takes --lines FILE, --refund-links FILE,"
                            + " --program FILE.json, --change DATE=FILE.json as often as the program changes,"
                            + " --changes demo, --zone ZONE, --data DIR, --queue, --in-memory, --report FILE.md, --title TEXT");
        }
        if (demo && !changes.isEmpty()) {
            throw new IllegalArgumentException("--changes demo goes without --change");
        }
        if (inMemory && (byQueue || data.isPresent() || report.isPresent())) {
            throw new IllegalArgumentException("--in-memory has no queue, keeps no data and makes no report:"
                    + " it goes without --queue, --data and --report");
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
                byQueue,
                inMemory);
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
            throw new IllegalArgumentException("--changes takes " + DEMO + " alone: your own are --change DATE=FILE");
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

    /** The rows of the files. */
    History history() {
        Path orders = sources.orders();
        System.err.println("Reading " + orders.getFileName() + " ...");
        try {
            return History.read(sources, zone);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read " + orders.getFileName() + ": " + unreadable.getMessage());
        }
    }

    /** The rules: those of the file, else our own for the currency and the zone of the orders. */
    String document(History history) throws IOException {
        if (program.isPresent()) {
            return Files.readString(program.get());
        }
        return ours(RULES, history);
    }

    /** What the rules are changed to, one day after the other. */
    List<Change> changes(History history) throws IOException {
        List<Change> documents = new ArrayList<>();
        for (Map.Entry<LocalDate, Path> change : changes.entrySet()) {
            documents.add(new Change(change.getKey(), Files.readString(change.getValue())));
        }
        if (demo) {
            for (Map.Entry<LocalDate, String> change : DEMO_RULES.entrySet()) {
                documents.add(new Change(change.getKey(), ours(change.getValue(), history)));
            }
        }
        return documents;
    }

    private String ours(String name, History history) throws IOException {
        try (InputStream resource = Objects.requireNonNull(Arguments.class.getResourceAsStream(name), name)) {
            String rules = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            String currency =
                    history.rows().isEmpty() ? "GBP" : history.rows().getFirst().currency();
            return rules.replace("\"GBP\"", quoted(currency)).replace("\"Europe/London\"", quoted(zone.getId()));
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** What tells one replay from another. */
    String input(String document, List<Change> changes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((zone + "\n" + document + "\n").getBytes(StandardCharsets.UTF_8));
            for (Change change : changes) {
                digest.update((change.day() + "\n" + change.document() + "\n").getBytes(StandardCharsets.UTF_8));
            }
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
