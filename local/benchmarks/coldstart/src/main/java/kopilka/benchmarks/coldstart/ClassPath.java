package kopilka.benchmarks.coldstart;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Jars of a class path.
 *
 * @param jars in their order
 */
record ClassPath(List<Path> jars) {
    ClassPath {
        jars = List.copyOf(jars);
    }

    /** That of this process, without folders: an AOT cache is made of jars alone. */
    static ClassPath own() {
        return new ClassPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.toString().endsWith(".jar"))
                .map(Path::toAbsolutePath)
                .toList());
    }

    /** The jars of a folder, in the order of their names. */
    static ClassPath of(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new ClassPath(files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those whose names start so. */
    ClassPath only(String... names) {
        return new ClassPath(jars.stream().filter(jar -> isOneOf(jar, names)).toList());
    }

    /** Those whose names do not start so. */
    ClassPath without(String... names) {
        return new ClassPath(jars.stream().filter(jar -> !isOneOf(jar, names)).toList());
    }

    private static boolean isOneOf(Path jar, String... names) {
        String file = jar.getFileName().toString();
        // A name ends where the version starts.
        return Arrays.stream(names)
                .anyMatch(name -> file.startsWith(name + "-") && Character.isDigit(file.charAt(name.length() + 1)));
    }
}
