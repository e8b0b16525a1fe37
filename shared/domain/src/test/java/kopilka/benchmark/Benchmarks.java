package kopilka.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks and writes their figures down for docs/performance. Arguments: whose figures ({@code Decision}), the folder
 * that they are written to, then options of JMH. With any of these nothing is written: it is then no measurement of what is
 * published.
 */
public final class Benchmarks {
    private static final int FIRST_OPTION = 2;

    private Benchmarks() {}

    /** Measures, or does nothing where this module has no such figures. */
    public static void main(String... arguments)
            throws RunnerException, CommandLineOptionException, IOException, ReflectiveOperationException {
        Figures figures;
        try {
            figures = Class.forName("kopilka.benchmark." + arguments[0] + "Figures")
                    .asSubclass(Figures.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException elsewhere) {
            return;
        }
        String[] options = Stream.of(arguments).skip(FIRST_OPTION).toArray(String[]::new);
        CommandLineOptions given = new CommandLineOptions(options);
        ChainedOptionsBuilder run =
                new OptionsBuilder().parent(given).addProfiler(CpuTime.class).addProfiler(GCProfiler.class);
        if (given.getIncludes().isEmpty()) {
            run.include(figures.benchmark());
        }
        Collection<RunResult> results = new Runner(run.build()).run();
        if (options.length == 0) {
            List<Figure> made = figures.of(new Measured(results));
            made.forEach(System.out::println);
            Path file = Path.of(arguments[1], figures.page() + ".json");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Figure.json(made));
        }
    }
}
