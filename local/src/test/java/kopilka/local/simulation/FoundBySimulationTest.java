package kopilka.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Histories in which an invariant broke once, as the simulation had shrunk them. */
class FoundBySimulationTest {
    private static void holds(String name) {
        try (InputStream in = FoundBySimulationTest.class.getResourceAsStream("/simulation/" + name + ".txt");
                Store store = Store.memory()) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new Simulation(store).replay(Literal.read(text))).isEmpty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Of two containers with one hold, one read that it is not done, then the account from which it had been taken. */
    @Test
    void a_hold_that_another_container_makes_in_the_middle_of_a_read_is_not_refused_for_want_of_points() {
        holds("done-by-another-in-the-middle-of-a-read");
    }

    /** A posting was dated by the account and made under the version of a clock behind it. */
    @Test
    void a_container_whose_clock_is_behind_goes_by_the_version_in_force_when_its_posting_is_dated() {
        holds("a-clock-behind-a-new-version");
    }

    /** What waited was taken from points that were pending still, although their window had been over for days. */
    @Test
    void a_refund_that_waited_takes_points_where_they_are_by_then() {
        holds("a-refund-that-waited-longer-than-the-window");
    }
}
