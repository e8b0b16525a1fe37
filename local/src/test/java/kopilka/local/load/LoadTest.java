package kopilka.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    private static final long SEED = 20_261_122;

    @Test
    void what_was_acknowledged_before_and_after_a_kill_is_in_the_ledger_once(@TempDir Path data) throws Exception {
        Plan plan = Plan.USUAL
                .lasting(Duration.ofSeconds(4))
                .warmingUp(Duration.ZERO)
                .withClients(6)
                .withMembers(4)
                .from(SEED)
                .withKills(1);

        Load.Outcome outcome = new Load(plan, data, LocalCloud.nearestTemplate().orElseThrow()).run();

        String report = report(plan, outcome);
        assertThat(outcome.figures().complaints()).as(report).isEmpty();
        assertThat(outcome.reckoning().faults()).as(report).isEmpty();
        assertThat(outcome.reckoning().accounts()).isEqualTo(8);
        assertThat(outcome.restarts()).hasSize(1);
        assertThat(outcome.figures().timesInterrupted()).as(report).isPositive();
        assertThat(outcome.reckoning().acknowledged()).as(report).isGreaterThan(20);
        assertThat(report).contains("exactly once").contains("others");
    }

    private static String report(Plan plan, Load.Outcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report.print(plan, outcome, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--seconds 0", "--clients 0", "--members 1", "--hot 101", "--rate x", "--kills", "--speed 1"})
    void what_makes_no_sense_on_the_command_line_is_refused(String arguments) {
        assertThatThrownBy(() -> Plan.parse(List.of(arguments.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_command_line_says_how_the_load_is_to_be() {
        Plan plan = Plan.parse(List.of(
                "--seconds", "5", "--warm-up", "9", "--rate", "50", "--members", "7", "--hot", "0", "--seed", "3"));

        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(plan.warmUp()).isEqualTo(Duration.ofSeconds(1));
        assertThat(plan.rate()).hasValue(50);
        assertThat(plan.members()).isEqualTo(7);
        assertThat(plan.hotShare()).isZero();
        assertThat(plan.seed()).isEqualTo(3);
    }
}
