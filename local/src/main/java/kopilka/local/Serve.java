package kopilka.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;

/** Serves the API for a first try: with the sample program, and a key that may do everything. */
final class Serve implements Job {
    /** The sample event that makes a program and its first key. */
    private static final Path BOOTSTRAP = Path.of("events", "program", "bootstrap.json");

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "serve the API and nothing else";
    }

    @Override
    public boolean run(LocalCloud cloud, List<String> arguments) throws IOException {
        System.out.println("Kopilka answers at " + cloud.url());
        Path event = cloud.template().folder().resolve(BOOTSTRAP);
        if (Files.exists(event)) {
            switch (cloud.invoke("ProgramFunction", Files.readString(event))) {
                case Answered answered ->
                    System.out.println("API key: " + key(answered).orElse(answered.text()));
                case Failed failed -> System.err.println("no key was made: " + failed.message());
            }
        }
        return true;
    }

    private static Optional<String> key(Answered answered) {
        return Json.read(answered.text())
                .map(json -> json.findValue("key"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }
}
