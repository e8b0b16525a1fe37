package kopilka.benchmarks.coldstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The processor time that a process of Linux has used, user's and system's, by all of its threads.
 *
 * @param pid the process
 */
record ProcessTime(long pid) {
    /**
     * As of now, in nanoseconds. The kernel's account of a process has hundredths of a second, that of its threads
     * nanoseconds but those threads alone that still run; so the greater of the two.
     */
    long nanos() {
        return Math.max(ofThreads(), ofProcess());
    }

    private long ofThreads() {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                try {
                    String times = Files.readString(thread.resolve("schedstat"));
                    sum += Long.parseLong(times.substring(0, times.indexOf(' ')));
                } catch (NoSuchFileException ended) {
                    // Its time is in the account of the process alone.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private long ofProcess() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name of the program may have spaces and brackets in it; the fields that count come after.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
