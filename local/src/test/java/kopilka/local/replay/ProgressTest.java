package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final LocalDate DAY = LocalDate.parse("2010-03-14");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void a_log_gets_a_line_now_and_then_with_rate_and_time_left() {
        Progress progress = new Progress(out, false, 1_000, 200, nanos::get);
        nanos.set(Duration.ofSeconds(1).toNanos());
        progress.at(210, DAY);
        nanos.set(Duration.ofSeconds(10).toNanos());
        progress.at(400, DAY);
        nanos.set(Duration.ofSeconds(40).toNanos());
        progress.done();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "[#########---------------]  40 %  400 of 1,000 rows, 20/s, 0:30 left  (2010-03-14)",
                        "[########################] 100 %  1,000 of 1,000 rows, 20/s in 0:40  (complete)");
    }

    @Test
    void a_terminal_gets_a_bar_that_stays_in_its_line() {
        Progress progress = new Progress(out, true, 10, 0, nanos::get);
        nanos.set(Duration.ofSeconds(1).toNanos());
        progress.at(5, DAY);
        progress.done();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("\r[############------------]  50 %")
                .endsWith("\n");
    }
}
