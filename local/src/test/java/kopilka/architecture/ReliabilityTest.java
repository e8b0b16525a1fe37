package kopilka.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test that docs/reliability.md names is there. */
class ReliabilityTest {
    private static final Path ROOT =
            Objects.requireNonNull(LocalCloud.nearestTemplate().orElseThrow().getParent());

    /** {@code `TellerTest.a_sentence`}: a class of tests or a contract, and one of its tests. */
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*)[.#]([a-z][A-Za-z0-9_]*)`");

    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^;{}]*?(?:\\{[^}]*\\}[^;{}]*?)*\\bvoid (\\w+)\\(");

    private final Map<String, TreeSet<String>> tests = new HashMap<>();

    @BeforeEach
    void tests_of_all_modules() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(ReliabilityTest::isTest).toList()) {
                String name = file.getFileName().toString();
                TreeSet<String> found =
                        tests.computeIfAbsent(name.substring(0, name.indexOf('.')), first -> new TreeSet<>());
                Matcher test = TEST.matcher(Files.readString(file));
                while (test.find()) {
                    found.add(test.group(1));
                }
            }
        }
    }

    private static boolean isTest(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.contains("src/test/java/") && path.endsWith(".java");
    }

    /** The names of a text that are not those of a test. */
    private List<String> missing(String text) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            if (!tests.getOrDefault(named.group(1), new TreeSet<>()).contains(named.group(2))) {
                missing.add(named.group(1) + "." + named.group(2));
            }
        }
        return missing;
    }

    @Test
    void each_test_that_the_document_names_is_there() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/reliability.md"));
        assertThat(NAMED.matcher(document).results()).hasSizeGreaterThan(20);
        assertThat(missing(document)).isEmpty();
    }

    @Test
    void a_name_that_is_no_test_is_found_out() {
        assertThat(missing("`ReliabilityTest.a_name_that_is_no_test_is_found_out` `ReliabilityTest.missing` "
                        + "`ReliabilityTest.tests_of_all_modules` `NoSuchTest.no_such_test` "
                        + "`EveryWriteTest.a_reply_that_is_lost_after_the_commit_changes_nothing`"))
                .containsExactly(
                        "ReliabilityTest.missing", "ReliabilityTest.tests_of_all_modules", "NoSuchTest.no_such_test");
    }
}
