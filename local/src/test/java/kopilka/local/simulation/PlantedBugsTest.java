package kopilka.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import kopilka.ledger.Teller;
import kopilka.local.simulation.PlantedBugs.PlantedBug;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants bugs into the code, one at a time, and lets the simulation look for them: a harness that finds nothing is only to be
 * trusted if it would have found something. The table of docs/reliability.md says in which world each shows;
 * {@code -Dkopilka.planted=write} with this test looks again and writes it anew.
 */
class PlantedBugsTest {
    private static final long SEED = 1;

    /** In how many worlds a bug is looked for. */
    private static final int WORLDS = 400;

    private static final Path PROJECT = Path.of("..");
    private static final Path PAGE = PROJECT.resolve("docs/reliability.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(\\| bug \\|[^\\n]*\\n\\| ---[^\\n]*\\n)(.*?)\\n\\n");
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| `(\\w+)` \\| (\\w+) \\| (\\d+) \\|");

    @TempDir
    Path compiled;

    /** In which world a bug shows, and how. */
    private record Found(int world, String invariant) {}

    @Test
    void every_planted_bug_is_found_where_the_page_says() throws Exception {
        Map<String, Found> expected = page();
        if (System.getProperty("kopilka.planted", "").equals("write")) {
            write(search(Map.of(), WORLDS));
            expected = page();
        }

        assertThat(expected.keySet())
                .as("docs/reliability.md lists the bugs that are planted; -Dkopilka.planted=write writes it anew")
                .containsExactlyInAnyOrderElementsOf(
                        PlantedBugs.all().stream().map(PlantedBug::what).toList());
        assertThat(search(expected, 1)).isEqualTo(expected);
    }

    @Test
    void without_a_bug_nothing_is_found_in_these_worlds() throws Exception {
        for (int world :
                page().values().stream().mapToInt(Found::world).distinct().toArray()) {
            assertThat(Simulation.broken(SEED, world)).as("world " + world).isEmpty();
        }
    }

    /** Looks for each bug from the world on that the page names, in so many worlds. */
    private Map<String, Found> search(Map<String, Found> known, int worlds) throws Exception {
        Map<String, Found> found = new TreeMap<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Map<String, Future<Optional<Found>>> running = new TreeMap<>();
            for (PlantedBug bug : PlantedBugs.all()) {
                int from = Optional.ofNullable(known.get(bug.what()))
                        .map(Found::world)
                        .orElse(0);
                running.put(bug.what(), two.submit(() -> look(bug, from, worlds)));
            }
            for (Map.Entry<String, Future<Optional<Found>>> bug : running.entrySet()) {
                bug.getValue().get().ifPresent(there -> found.put(bug.getKey(), there));
            }
        }
        return found;
    }

    private Optional<Found> look(PlantedBug bug, int from, int worlds) throws Exception {
        try (Mutated loader = new Mutated(compiled(bug))) {
            Method broken =
                    loader.loadClass(Simulation.class.getName()).getDeclaredMethod("broken", long.class, int.class);
            broken.setAccessible(true);
            for (int world = from; world < from + worlds; world++) {
                Optional<?> invariant = (Optional<?>) broken.invoke(null, SEED, world);
                if (invariant.isPresent()) {
                    return Optional.of(new Found(world, invariant.get().toString()));
                }
            }
            return Optional.empty();
        } catch (InvocationTargetException e) {
            throw new AssertionError("the simulation broke down over: " + bug, e.getCause());
        }
    }

    /** The folder of the class with the bug in it. */
    private Path compiled(PlantedBug bug) throws IOException {
        Path file = PROJECT.resolve(bug.file());
        String sound = Files.readString(file);
        assertThat(sound.split(Pattern.quote(bug.sound()), -1))
                .as(bug + ": its place is there once")
                .hasSize(2);
        String broken = sound.replace(bug.sound(), bug.broken());
        Path folder = Files.createTempDirectory(compiled, "bug");
        JavaFileObject source = new SimpleJavaFileObject(file.toUri(), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return broken;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean done = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-nowarn", "-proc:none", "-d", folder.toString(), "-cp", classPath()),
                        null,
                        List.of(source))
                .call();
        assertThat(done).as(bug + ": " + said).isTrue();
        return folder;
    }

    private static String classPath() {
        return Stream.of(Teller.class, NullMarked.class)
                .map(PlantedBugsTest::placeOf)
                .map(Path::toString)
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads the project's classes once more, the one with the bug in place of the sound one; all others are shared. */
    private static final class Mutated extends URLClassLoader {
        Mutated(Path bug) throws IOException {
            super(
                    new URL[] {url(bug), url(placeOf(Simulation.class)), url(placeOf(Teller.class))},
                    PlantedBugsTest.class.getClassLoader());
        }

        private static URL url(Path place) throws IOException {
            return place.toUri().toURL();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("kopilka.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private static Map<String, Found> page() throws IOException {
        Map<String, Found> rows = new TreeMap<>();
        Matcher row = ROW.matcher(table(Files.readString(PAGE)).group(2));
        while (row.find()) {
            rows.put(row.group(1), new Found(Integer.parseInt(row.group(4)), row.group(3)));
        }
        return rows;
    }

    private static Matcher table(String page) {
        Matcher table = TABLE.matcher(page);
        assertThat(table.find()).as("docs/reliability.md has a table of bugs").isTrue();
        return table;
    }

    private static void write(Map<String, Found> found) throws IOException {
        List<String> rows = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (PlantedBug bug : PlantedBugs.all()) {
            Found there = found.get(bug.what());
            if (there == null) {
                missed.add(bug.what());
            } else {
                rows.add(
                        "| %s | `%s` | %s | %d |".formatted(bug.what(), bug.place(), there.invariant(), there.world()));
            }
        }
        String page = Files.readString(PAGE);
        Matcher table = table(page);
        Files.writeString(
                PAGE, page.substring(0, table.start(2)) + String.join("\n", rows) + page.substring(table.end(2)));
        assertThat(missed)
                .as("bugs that were not found in " + WORLDS + " worlds")
                .isEmpty();
    }
}
