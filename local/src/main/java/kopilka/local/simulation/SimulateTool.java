package kopilka.local.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kopilka.local.Tool;

/** The simulation as a command. */
public final class SimulateTool implements Tool {
    private static final int VIOLATED = 1;

    /** Made by the service loader. */
    public SimulateTool() {}

    @Override
    public String name() {
        return "simulate";
    }

    @Override
    public String summary() {
        return "tries to break the ledger: --seed N --worlds N | --faults N, --store memory | dynamodb, --threads N,"
                + " --only-run N, --report FILE";
    }

    /** What was asked for. */
    private record Asked(
            long seed, Run.Until until, boolean dynamoDb, int threads, OptionalInt only, Optional<Path> report) {
        static Asked parse(List<String> arguments) {
            Deque<String> left = new ArrayDeque<>(arguments);
            long seed = 1;
            Run.Until until = new Run.Until(200, Long.MAX_VALUE);
            boolean dynamoDb = false;
            int threads = 2;
            OptionalInt only = OptionalInt.empty();
            Optional<Path> report = Optional.empty();
            while (!left.isEmpty()) {
                String option = left.removeFirst();
                if (left.isEmpty()) {
                    throw new IllegalArgumentException(option + " needs a value");
                }
                String value = left.removeFirst();
                switch (option) {
                    case "--seed" -> seed = number(option, value, Long.MIN_VALUE);
                    case "--worlds" -> until = new Run.Until((int) number(option, value, 1), Long.MAX_VALUE);
                    case "--faults" -> until = new Run.Until(Integer.MAX_VALUE, number(option, value, 1));
                    case "--threads" -> threads = (int) number(option, value, 1);
                    case "--only-run" -> only = OptionalInt.of((int) number(option, value, 0));
                    case "--report" -> report = Optional.of(Path.of(value));
                    case "--store" ->
                        dynamoDb = switch (value) {
                            case "memory" -> false;
                            case "dynamodb" -> true;
                            default -> throw new IllegalArgumentException("--store is memory or dynamodb");
                        };
                    default -> throw new IllegalArgumentException("there is no option " + option);
                }
            }
            return new Asked(seed, until, dynamoDb, threads, only, report);
        }

        private static long number(String option, String value, long least) {
            try {
                long number = Long.parseLong(value);
                if (number >= least && (least < 0 || number <= Integer.MAX_VALUE)) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, as for a number that is out of range.
            }
            throw new IllegalArgumentException(option + " needs a number");
        }
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        Asked asked = Asked.parse(arguments);
        if (asked.only().isPresent()) {
            try (Store store = store(asked)) {
                Optional<Violation> violation =
                        new Simulation(store).world(asked.seed(), asked.only().getAsInt());
                violation.ifPresentOrElse(out::println, () -> out.println("all held"));
                return violation.isPresent() ? VIOLATED : 0;
            }
        }
        long began = System.nanoTime();
        Run run = new Run(asked.seed(), asked.until(), () -> store(asked), asked.threads());
        Optional<Violation> violation = run.run(out);
        String report = Report.of(
                asked.seed(),
                asked.dynamoDb() ? "dynamodb" : "memory",
                asked.threads(),
                run.tally(),
                Duration.ofNanos(System.nanoTime() - began),
                violation);
        out.println(report);
        if (asked.report().isPresent()) {
            Files.writeString(asked.report().get(), report);
        }
        return violation.isPresent() ? VIOLATED : 0;
    }

    private static Store store(Asked asked) {
        return asked.dynamoDb() ? DynamoDbStore.start() : Store.memory();
    }
}
