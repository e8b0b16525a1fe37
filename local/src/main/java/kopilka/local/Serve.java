package kopilka.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;

/** Serves the API for a first try: with the sample program or one of a file, and a key that may do everything. */
final class Serve implements Job {
    /** The sample event that makes a program and its first key. */
    private static final Path BOOTSTRAP = Path.of("events", "program", "bootstrap.json");

    private static final String SUFFIX = ".json";

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "serve the API and nothing else; with FILE.json, by the program that it holds";
    }

    @Override
    public LocalCloud.Options prepare(List<String> arguments, LocalCloud.Options options) {
        if (arguments.size() > 1) {
            throw new IllegalArgumentException("serve takes one file at most");
        }
        arguments.forEach(file -> read(Path.of(file)));
        return options;
    }

    @Override
    public boolean run(LocalCloud cloud, List<String> arguments) throws IOException, BadEnd {
        show(cloud, arguments, System.out, System.err);
        return true;
    }

    /**
     * Makes the program and a key, and says where the API is.
     *
     * @param out for what whoever started it needs
     * @param err for why there is no key
     * @throws BadEnd if the file's document is no program
     */
    static void show(LocalCloud cloud, List<String> arguments, PrintStream out, PrintStream err)
            throws IOException, BadEnd {
        Optional<String> event = arguments.isEmpty()
                ? sample(cloud)
                : Optional.of(bootstrap(Path.of(arguments.getFirst())).toString());
        out.println("Kopilka answers at " + cloud.url());
        if (event.isEmpty()) {
            return;
        }
        switch (cloud.invoke("ProgramFunction", event.get())) {
            case Answered answered -> {
                JsonNode made = Json.read(answered.text()).orElseGet(Json::object);
                if (made.has("errors")) {
                    throw new BadEnd("this is no program: " + made.path("errors"));
                }
                if (!made.has("key")) {
                    err.println("no key was made: " + answered.text());
                    return;
                }
                if (!arguments.isEmpty() && !made.path("created").asBoolean()) {
                    out.println("There is a program " + made.path("program").asText() + " already; it stays as it is.");
                }
                out.println("API key: " + made.path("key").asText());
            }
            case Failed failed -> err.println("no key was made: " + failed.message());
        }
    }

    private static Optional<String> sample(LocalCloud cloud) throws IOException {
        Path event = cloud.template().folder().resolve(BOOTSTRAP);
        return Files.exists(event) ? Optional.of(Files.readString(event)) : Optional.empty();
    }

    /** The event that makes the program of a file, under the file's name. */
    private static JsonNode bootstrap(Path file) {
        String name = String.valueOf(file.getFileName());
        return Json.object()
                .set(
                        "bootstrap",
                        Json.object()
                                .put("program", name.substring(0, name.length() - SUFFIX.length()))
                                .set("document", read(file)));
    }

    private static JsonNode read(Path file) {
        if (!file.toString().endsWith(SUFFIX)) {
            throw new IllegalArgumentException("serve takes a file whose name ends with " + SUFFIX);
        }
        try {
            return Json.read(Files.readString(file))
                    .orElseThrow(() -> new IllegalArgumentException(file + " is no JSON"));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("there is no file " + file);
        }
    }
}
