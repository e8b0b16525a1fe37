package kopilka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EventBridge's expressions, read as EventBridge reads them. */
class ScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rate(5 minutes)            | UTC         | 2026-01-01T00:00:00Z | 2026-01-01T00:05:00Z
            rate(1 hour)               | UTC         | 2026-01-01T00:10:00Z | 2026-01-01T01:10:00Z
            rate(2 days)               | UTC         | 2026-01-01T00:00:00Z | 2026-01-03T00:00:00Z
            cron(0 3 * * ? *)          | UTC         | 2026-01-01T03:00:00Z | 2026-01-02T03:00:00Z
            cron(0 3 * * ? *)          | Europe/Kyiv | 2026-01-01T03:00:00Z | 2026-01-02T01:00:00Z
            cron(0/20 8-9 * * ? *)     | UTC         | 2026-01-01T08:21:00Z | 2026-01-01T08:40:00Z
            cron(30 12 ? * MON-FRI *)  | UTC         | 2026-01-02T12:30:00Z | 2026-01-05T12:30:00Z
            cron(0 0 29 FEB ? *)       | UTC         | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
            cron(15,45 10 1 1,7 ? *)   | UTC         | 2026-01-01T10:45:00Z | 2026-07-01T10:15:00Z
            """)
    void the_next_time(String expression, ZoneId zone, Instant after, Instant next) {
        assertThat(Schedule.parse(expression, zone).orElseThrow().after(after)).contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(0 hours)",
                "rate(1 week)",
                "every day",
                "cron(0 3 * *)",
                "cron(60 3 * * ? *)",
                "cron(0 3 L * ? *)"
            })
    void what_cannot_be_read_is_refused(String expression) {
        assertThat(Schedule.parse(expression, ZoneId.of("UTC"))).isEmpty();
    }
}
