package kopilka.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is deployed, where the build has made it: from {@code package} on. */
class JarsTest {
    private static final Path ROOT =
            Objects.requireNonNull(LocalCloud.nearestTemplate().orElseThrow().getParent());

    /** Lambda fetches the jar at each cold start that no snapshot spares. */
    private static final long MAX_BYTES = 10_000_000;

    private static final Set<String> SENDERS = Set.of("orders.jar", "expiry.jar");

    static List<Path> jars() throws IOException {
        try (Stream<Path> functions = Files.list(ROOT.resolve("functions"))) {
            return functions
                    .map(function -> function.resolve("target/" + function.getFileName() + ".jar"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void a_jar_is_no_larger_than_10_MB(Path jar) throws IOException {
        assumeTrue(Files.exists(jar), "made by mvn package");
        assertThat(Files.size(jar)).isLessThanOrEqualTo(MAX_BYTES);
    }

    /** The JVM verifies a class before it initialises it, and looks for others to do so: none of those may be left out. */
    @ParameterizedTest
    @MethodSource("jars")
    void a_jar_has_all_that_its_clients_are_verified_against(Path jar) throws IOException {
        assumeTrue(Files.exists(jar), "made by mvn package");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (String name : List.of(
                    "software.amazon.awssdk.services.dynamodb.DefaultDynamoDbClient",
                    "software.amazon.awssdk.services.dynamodb.DefaultDynamoDbClientBuilder",
                    "kopilka.lambda.Platform",
                    "kopilka.lambda.Engine")) {
                assertThatCode(() -> Class.forName(name, true, loader)).doesNotThrowAnyException();
            }
            if (SENDERS.contains(jar.getFileName().toString())) {
                assertThatCode(() ->
                                Class.forName("software.amazon.awssdk.services.sqs.DefaultSqsClient", true, loader))
                        .doesNotThrowAnyException();
            }
        }
    }
}
