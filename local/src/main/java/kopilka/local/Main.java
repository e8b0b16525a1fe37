package kopilka.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;

/** Starts all of template.yaml in this JVM and does a job with it: the demonstration, a replay, or just serving. */
public final class Main {
    private static final int DEFAULT_PORT = 8080;
    private static final String DEFAULT_JOB = "demo";
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** As a shell says of a process that was told to end. */
    private static final int STOPPED = 143;

    private Main() {}

    public static void main(String... args) throws InterruptedException {
        stopWithWhoStartedIt();
        int code = run(args, System.out, System.err);
        // DynamoDB Local leaves threads behind that would keep the process.
        System.exit(code);
    }

    /** Maven may be stopped by a signal that it does not hand on: nobody would be left to stop this process. */
    private static void stopWithWhoStartedIt() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            var unused = parent.onExit().thenRun(() -> System.exit(STOPPED));
        });
    }

    private record CommandLine(int port, Optional<Path> data, Optional<Path> log, boolean help, List<String> rest) {
        static CommandLine parse(String... args) {
            Deque<String> left = new ArrayDeque<>(List.of(args));
            int port = DEFAULT_PORT;
            Optional<Path> data = Optional.empty();
            Optional<Path> log = Optional.empty();
            boolean help = false;
            while (!left.isEmpty() && left.getFirst().startsWith("-")) {
                String option = left.removeFirst();
                switch (option) {
                    case "--help", "-h" -> help = true;
                    case "--port" -> port = portNumber(value(option, left));
                    case "--data" -> data = Optional.of(Path.of(value(option, left)));
                    case "--log" -> log = Optional.of(Path.of(value(option, left)));
                    default -> throw new IllegalArgumentException("there is no option " + option);
                }
            }
            return new CommandLine(port, data, log, help, new ArrayList<>(left));
        }

        private static String value(String option, Deque<String> left) {
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return left.removeFirst();
        }

        private static int portNumber(String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, as for a number that is no port.
            }
            throw new IllegalArgumentException("--port needs a number from 0 to 65535");
        }
    }

    private static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
        Map<String, Job> jobs = new LinkedHashMap<>();
        ServiceLoader.load(Job.class).forEach(job -> jobs.put(job.name(), job));
        Job serve = new Serve();
        jobs.put(serve.name(), serve);
        Map<String, Tool> tools = new LinkedHashMap<>();
        ServiceLoader.load(Tool.class).forEach(tool -> tools.put(tool.name(), tool));
        try {
            CommandLine line = CommandLine.parse(args);
            if (line.help()) {
                help(out, jobs, tools);
                return 0;
            }
            boolean named = !line.rest().isEmpty();
            String word = named ? line.rest().getFirst() : DEFAULT_JOB;
            List<String> arguments = named ? line.rest().subList(1, line.rest().size()) : List.of();
            Tool tool = tools.get(word);
            if (tool != null) {
                return tool.run(arguments, out);
            }
            Job job = jobs.get(word);
            if (job == null) {
                throw new IllegalArgumentException("there is no command " + word);
            }
            Optional<Tool> alone = job.withoutCloud(arguments);
            return alone.isPresent() ? alone.get().run(arguments, out) : run(job, arguments, options(line));
        } catch (IllegalArgumentException misused) {
            err.println(misused.getMessage() + "; --help tells what there is");
            return MISUSED;
        } catch (BindException taken) {
            err.println("the port is in use: take another with --port");
            return FAILED;
        } catch (Template.Mistake mistake) {
            err.println(mistake.getMessage());
            return FAILED;
        } catch (IOException failed) {
            err.println("cannot start: " + failed.getMessage());
            return FAILED;
        } catch (Job.BadEnd failed) {
            err.println(failed.getMessage());
            return FAILED;
        } catch (RuntimeException fault) {
            fault.printStackTrace(err);
            return FAILED;
        }
    }

    private static LocalCloud.Options options(CommandLine line) {
        Path template = LocalCloud.nearestTemplate()
                .orElseThrow(() -> new IllegalArgumentException("there is no template.yaml here or above"));
        LocalCloud.Options options = LocalCloud.Options.of(template).onPort(line.port());
        if (line.data().isPresent()) {
            options = options.keepingDataIn(line.data().get());
        }
        return line.log().isPresent() ? options.loggingTo(line.log().get()) : options;
    }

    private static int run(Job job, List<String> arguments, LocalCloud.Options options)
            throws IOException, InterruptedException, Job.BadEnd {
        CountDownLatch forever = new CountDownLatch(1);
        try (LocalCloud cloud = LocalCloud.start(job.prepare(arguments, options))) {
            Thread stop = new Thread(cloud::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            boolean stays;
            try {
                stays = job.run(cloud, arguments);
            } catch (IOException | RuntimeException | InterruptedException | Job.BadEnd failed) {
                throw failed;
            } catch (Exception failed) {
                throw new IOException(failed);
            }
            if (stays) {
                System.out.println("Ctrl-C stops it.");
                forever.await();
            }
            return 0;
        }
    }

    private static void help(PrintStream out, Map<String, Job> jobs, Map<String, Tool> tools) {
        out.println("Usage: [options] [command [arguments]]");
        out.println();
        out.println("Commands (" + DEFAULT_JOB + " if none is given):");
        jobs.values().forEach(job -> out.printf("  %-10s %s%n", job.name(), job.summary()));
        tools.values().forEach(tool -> out.printf("  %-10s %s%n", tool.name(), tool.summary()));
        out.println();
        out.println("Options, before the command:");
        out.println("  --port N   port of the API on this machine (" + DEFAULT_PORT + "; 0 takes any that is free)");
        out.println("  --data DIR folder that keeps the tables; without it all is gone at the end");
        out.println("  --log FILE file for all that functions log; without it warnings are shown");
        out.println("  --help     this text");
    }
}
