package kopilka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LocalClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> system = new AtomicReference<>(NOON);
    private final LocalClock clock = new LocalClock(system::get);

    @Test
    void it_follows_the_system_until_it_is_moved_and_runs_on_from_there() {
        assertThat(clock.instant()).isEqualTo(NOON);
        clock.advance(Duration.ofDays(14));
        system.set(NOON.plusSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofDays(14)).plusSeconds(5));
        clock.followSystem();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void a_stopped_clock_stays_where_it_is_put() {
        clock.stopAt(NOON);
        system.set(NOON.plusSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON);
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void advancing_to_a_time_never_goes_back() {
        clock.advanceTo(NOON.plusSeconds(60));
        clock.advanceTo(NOON);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));
        clock.runFrom(NOON.minusSeconds(60));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(60));
    }
}
