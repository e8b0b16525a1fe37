package kopilka.local.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The figures of one measurement: a file {@code <name>.json}, a JSON array of objects with "what", "figure", "unit",
 * "target" and "bound" (both null where nothing is asked), and "command".
 *
 * @param name the file's name without its ending
 * @param figures in the order of the file
 */
public record Area(String name, List<Figure> figures) {
    private static final String ENDING = ".json";

    /** What stands first, in this order; the others come by name. */
    private static final List<String> FIRST = List.of("cold-start", "warm", "decisions", "replay", "cost", "units");

    private static final Set<String> FIELDS = Set.of("what", "figure", "unit", "target", "bound", "command");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Copies what it is given. */
    public Area {
        figures = List.copyOf(figures);
    }

    /** A file that is not as a file of figures should be. */
    static final class Mistake extends IOException {
        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message);
        }
    }

    /** All files of figures in a folder, what has targets of its own first. */
    static List<Area> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> fileName(file).endsWith(ENDING)).toList();
        }
        List<Area> areas = new ArrayList<>();
        for (Path file : files) {
            areas.add(read(file));
        }
        areas.sort(Comparator.comparingInt(Area::place).thenComparing(Area::name));
        return areas;
    }

    private int place() {
        int first = FIRST.indexOf(name);
        return first < 0 ? FIRST.size() : first;
    }

    private static String fileName(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    static Area read(Path file) throws IOException {
        String name = fileName(file);
        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException malformed) {
            throw new Mistake(name + ": " + malformed.getOriginalMessage());
        }
        if (!json.isArray()) {
            throw new Mistake(name + ": must be an array");
        }
        List<Figure> figures = new ArrayList<>();
        for (JsonNode entry : json) {
            figures.add(figure(entry, name + "[" + figures.size() + "]"));
        }
        return new Area(name.substring(0, name.length() - ENDING.length()), figures);
    }

    private static Figure figure(JsonNode json, String place) throws Mistake {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        if (!FIELDS.containsAll(names)) {
            names.removeAll(FIELDS);
            throw new Mistake(place + ": knows no " + String.join(", ", names));
        }
        JsonNode target = json.path("target");
        JsonNode bound = json.path("bound");
        Optional<Figure.Target> wanted = Optional.empty();
        if (!target.isNull() && !target.isMissingNode()) {
            Bound side = Bound.of(bound.asText()).orElseThrow(() -> new Mistake(place + ": has a target but no bound"));
            wanted = Optional.of(new Figure.Target(side, number(target, place + ".target")));
        } else if (!bound.isNull() && !bound.isMissingNode()) {
            throw new Mistake(place + ": has a bound but no target");
        }
        return new Figure(
                text(json.path("what"), place + ".what"),
                number(json.path("figure"), place + ".figure"),
                json.path("unit").asText(""),
                wanted,
                text(json.path("command"), place + ".command"));
    }

    private static String text(JsonNode json, String place) throws Mistake {
        if (!json.isTextual() || json.asText().isBlank()) {
            throw new Mistake(place + ": must be a text");
        }
        return json.asText();
    }

    private static BigDecimal number(JsonNode json, String place) throws Mistake {
        if (!json.isNumber()) {
            throw new Mistake(place + ": must be a number");
        }
        return json.decimalValue();
    }

    /** Writes this measurement's file; a figure stands on a line of its own, so that changes can be read. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ENDING), json());
    }

    /** The file's text. */
    public String json() {
        List<String> lines = figures.stream().map(Area::line).toList();
        return "[\n  " + String.join(",\n  ", lines) + "\n]\n";
    }

    private static String line(Figure figure) {
        return "{\"what\": " + quoted(figure.what())
                + ", \"figure\": " + figure.value().toPlainString()
                + ", \"unit\": " + quoted(figure.unit())
                + ", \"target\": "
                + figure.target().map(wanted -> wanted.value().toPlainString()).orElse("null")
                + ", \"bound\": "
                + figure.target().map(wanted -> quoted(wanted.bound().words())).orElse("null")
                + ", \"command\": " + quoted(figure.command()) + "}";
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** What a reader calls it: {@code cold-start} is "Cold start". */
    String title() {
        String words = name.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
