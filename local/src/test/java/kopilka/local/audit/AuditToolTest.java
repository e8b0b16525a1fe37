package kopilka.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kopilka.local.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command tells by its status whether all is sound, and names what is not. */
class AuditToolTest {
    @TempDir
    Path folder;

    /** What a process of its own came to. */
    private record Ended(int status, String out, String err) {}

    /** The command line, in a process of its own: its status is what counts. */
    private static Ended command(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Daws.accessKeyId=none",
                "-Daws.secretAccessKey=none",
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), out, err);
    }

    private static Ended inThisProcess(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = new AuditTool().run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Ended(status, out.toString(StandardCharsets.UTF_8), "");
    }

    @Test
    void the_status_tells_what_the_tables_that_a_folder_keeps_are_like() throws Exception {
        String data = folder.toString();
        try (AuditedShop shop = AuditedShop.open(folder)) {
            shop.trade();
        }
        Ended sound = command("audit", "--data", data);
        assertThat(sound.out()).isEqualTo("2 accounts, 8 postings, 0 findings: sound\n");
        assertThat(sound.status()).as(sound.err()).isEqualTo(0);
        assertThat(inThisProcess("--data", data, "--program", "tea", "--member", "anna", "--json"))
                .isEqualTo(new Ended(
                        0, "{\"accounts\":1,\"postings\":4,\"findings\":0,\"moving\":0,\"sound\":true}\n", ""));
        assertThat(inThisProcess("--data", data, "--program", "coffee").status())
                .isEqualTo(2);
        assertThat(inThisProcess("--data", data, "--program", "tea", "--member", "nobody")
                        .status())
                .isEqualTo(2);

        try (AuditedShop shop = AuditedShop.open(folder)) {
            shop.tamper("order#anna-2#paid");
        }
        Ended unsound = command("audit", "--data", data, "--program", "tea");
        assertThat(unsound.out().lines())
                .containsExactly(
                        "program tea, member anna, posting 3 (order#anna-2#paid): TAMPERED - its content is not what its"
                                + " hash was taken over (and 1 more of this member)",
                        "2 accounts, 8 postings, 2 findings: not sound");
        assertThat(unsound.status()).isEqualTo(1);
        assertThat(inThisProcess("--data", data, "--json").out().lines())
                .containsExactly(
                        "{\"flaw\":\"tampered\",\"program\":\"tea\",\"member\":\"anna\",\"sequence\":\"3\","
                                + "\"operation\":\"order#anna-2#paid\"}",
                        "{\"flaw\":\"balance\",\"program\":\"tea\",\"member\":\"anna\",\"sequence\":\"3\","
                                + "\"operation\":\"order#anna-2#paid\"}",
                        "{\"accounts\":2,\"postings\":8,\"findings\":2,\"moving\":0,\"sound\":false}");
        assertThat(inThisProcess("--data", data, "--program", "tea", "--member", "boris")
                        .status())
                .isEqualTo(0);
    }

    @Test
    void what_could_not_be_audited_is_neither_sound_nor_unsound() throws Exception {
        Ended nothing = command("audit", "--data", folder.resolve("nowhere").toString());
        assertThat(nothing.status()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("cannot audit: there are no tables in ");
        assertThat(folder.resolve("nowhere")).doesNotExist();

        Ended unreachable = command(
                "audit", "--accounts", "a", "--postings", "p", "--programs", "r", "--endpoint", "http://127.0.0.1:1");
        assertThat(unreachable.status()).isEqualTo(2);
        assertThat(unreachable.err()).startsWith("cannot audit: ");
        assertThat(Stream.of(nothing, unreachable).map(Ended::out)).containsOnly("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--data",
                "--everything",
                "--data x --accounts a",
                "--accounts a --postings p",
                "--data x --member anna"
            })
    void arguments_that_make_no_sense_are_told(String arguments) {
        assertThatThrownBy(() -> inThisProcess(arguments.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_command_without_arguments_tells_which_it_needs() throws Exception {
        Ended misused = command("audit");

        assertThat(misused.status()).isEqualTo(2);
        assertThat(misused.err()).contains("audit needs --data DIR").contains("--help tells what there is");
    }
}
