package kopilka.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a replay has come, so that one which was stopped goes on where it was. It may lag behind: whatever is sent again
 * counts once.
 *
 * @param input hash of what is replayed
 * @param rows how many, in the sequence of time, have their answer
 * @param refused why rows among these were refused, by their number in the file
 * @param fingerprint of the state at the end of the last complete run
 */
record Checkpoint(String input, int rows, Map<Integer, String> refused, Optional<String> fingerprint) {
    private static final String FILE = "replay.json";

    /** Copies what it is given. */
    Checkpoint {
        refused = Map.copyOf(refused);
    }

    /** Nothing is done yet. */
    static Checkpoint start(String input) {
        return new Checkpoint(input, 0, Map.of(), Optional.empty());
    }

    /** What a folder of data says. Empty: no replay was begun in it. */
    static Optional<Checkpoint> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = new JsonMapper().readTree(Files.readAllBytes(file));
        Map<Integer, String> refused = new TreeMap<>();
        json.path("refused")
                .properties()
                .forEach(entry -> refused.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asText()));
        return Optional.of(new Checkpoint(
                json.path("input").asText(),
                json.path("rows").asInt(),
                refused,
                Optional.ofNullable(json.get("fingerprint")).map(JsonNode::asText)));
    }

    /** Replaces what the folder says, in one step: whenever the process dies, one of the two is there. */
    void write(Path folder) throws IOException {
        ObjectNode json =
                new JsonMapper().createObjectNode().put("input", input).put("rows", rows);
        ObjectNode reasons = json.putObject("refused");
        new TreeMap<>(refused).forEach((row, reason) -> reasons.put(row.toString(), reason));
        fingerprint.ifPresent(value -> json.put("fingerprint", value));
        Path next = folder.resolve(FILE + ".next");
        Files.writeString(next, json.toString());
        Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
