package kopilka.local.figures;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kopilka.local.LocalCloud;
import kopilka.local.Tool;

/**
 * Renders what the measurements left in {@code docs/performance} into {@code docs/performance.md} and its picture. A missed
 * target is told, and is no failure of the rendering.
 */
public final class FiguresTool implements Tool {
    private static final String USAGE = "figures takes --docs DIR, and nothing else";

    @Override
    public String name() {
        return "figures";
    }

    @Override
    public String summary() {
        return "render the figures of docs/performance as the table of docs/performance.md and its picture";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        Path docs;
        if (arguments.isEmpty()) {
            docs = nearestDocs();
        } else if (arguments.size() == 2 && arguments.getFirst().equals("--docs")) {
            docs = Path.of(arguments.getLast());
        } else {
            throw new IllegalArgumentException(USAGE);
        }
        Rendered rendered = Rendered.of(docs);
        rendered.write(docs);
        List<Figure> all = rendered.areas().stream()
                .flatMap(area -> area.figures().stream())
                .toList();
        List<Figure> missed =
                all.stream().filter(figure -> !figure.met().orElse(true)).toList();
        out.printf(
                "%d figures, %d with a target, %d missed%n",
                all.size(),
                all.stream().filter(figure -> figure.target().isPresent()).count(),
                missed.size());
        missed.forEach(figure -> out.printf(
                "missed: %s is %s, and should be %s%n",
                figure.what(), Numbers.show(figure.value(), figure.unit()), FiguresTable.target(figure)));
        return 0;
    }

    static Path nearestDocs() {
        return LocalCloud.nearestTemplate()
                .map(template -> Objects.requireNonNull(template.getParent()).resolve("docs"))
                .orElseThrow(() -> new IllegalArgumentException("there is no template.yaml here or above"));
    }

    /**
     * What is made of the files.
     *
     * @param areas the files
     * @param page the whole page, with the table in it
     * @param picture the SVG
     */
    record Rendered(List<Area> areas, String page, String picture) {
        private static final String PAGE = "performance.md";
        private static final String PICTURE = "performance.svg";

        static Rendered of(Path docs) throws IOException {
            Path folder = docs.resolve("performance");
            List<Area> areas = Area.in(folder);
            Set<String> pages = areas.stream()
                    .map(Area::name)
                    .filter(name -> Files.exists(folder.resolve(name + ".md")))
                    .collect(Collectors.toUnmodifiableSet());
            String page = FiguresTable.into(Files.readString(docs.resolve(PAGE)), FiguresTable.of(areas, pages));
            return new Rendered(areas, page, FiguresPicture.of(areas));
        }

        void write(Path docs) throws IOException {
            Files.writeString(docs.resolve(PAGE), page);
            Files.writeString(docs.resolve(PICTURE), picture);
        }

        /** Whether the folder has what would be written. */
        boolean isThere(Path docs) throws IOException {
            Path drawn = docs.resolve(PICTURE);
            return Files.readString(docs.resolve(PAGE)).equals(page)
                    && Files.exists(drawn)
                    && Files.readString(drawn).equals(picture);
        }
    }
}
