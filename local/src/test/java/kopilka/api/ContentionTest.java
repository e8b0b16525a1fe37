package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.lambda.Engine;
import kopilka.lambda.Platform;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.wire.QueueBody;
import kopilka.ledger.Operation;
import kopilka.ledger.Teller;
import kopilka.ledger.Teller.Answer;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Wire;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when many write to one member at once, each a function of its own, on embedded DynamoDB. */
@ExtendWith(OneCloud.class)
class ContentionTest {
    private static final int WRITERS = 64;
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final LocalCloud cloud;
    private final Shop shop;
    private final Wire wire = new Wire(PATIENT, PATIENT);

    ContentionTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    private Engine engine() {
        return Engine.of(new Platform(
                cloud.environment("AccrualFunction"),
                cloud.clock(),
                wire.over(cloud.dynamoDb()),
                () -> {
                    throw new IllegalStateException("no queue here");
                },
                new SecureRandom()));
    }

    private Operation order(int number) {
        Call paid = Orders.paid("A-" + number, "anna", "10.00", shop.now());
        if (JsonReader.body(Orders.message(paid).getBytes(StandardCharsets.UTF_8)) instanceof JsonReader.Read read
                && QueueBody.order(new ProgramId(shop.program()), read.value())
                        instanceof Decoded.Valid<Operation> valid) {
            return valid.value();
        }
        throw new AssertionError("an order that is none");
    }

    @Test
    void writers_of_one_member_get_through_in_a_few_attempts_or_are_told_to_come_back() throws Exception {
        shop.enrol("anna");
        Engine engine = engine();
        List<Callable<Answer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Operation order = order(i);
            writers.add(() -> engine.teller().carryOut(order));
        }
        long before = wire.calls("BatchGetItem");
        long begun = System.nanoTime();
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(writers)) {
                answers.add(answer.get());
            }
        }
        double attempts = (double) (wire.calls("BatchGetItem") - before) / WRITERS;
        Map<String, Long> outcomes = answers.stream()
                .map(answer -> answer.getClass().getSimpleName())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        System.out.printf(
                "%d writers of one member: %s, %.2f attempts each, %d ms%n",
                WRITERS, outcomes, attempts, (System.nanoTime() - begun) / 1_000_000);

        assertThat(answers).allMatch(answer -> answer instanceof Answer.Done || answer instanceof Answer.Unavailable);
        assertThat(shop.postings("anna"))
                .hasSize(1 + outcomes.getOrDefault("Done", 0L).intValue());
        assertThat(attempts).isLessThanOrEqualTo(Teller.ATTEMPTS);
        if (Boolean.getBoolean("kopilka.write.figures")) {
            keep(attempts, outcomes.getOrDefault("Unavailable", 0L));
        }
        shop.isSound("anna");
    }

    /** What the page on performance shows of it. */
    private static void keep(double attempts, long unavailable) throws IOException {
        String command = "mvn test -pl local -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ContentionTest";
        String row =
                "  {\"what\": \"%s\", \"figure\": %s, \"unit\": \"%s\", \"target\": %s, \"bound\": %s, \"command\": \"%s\"}";
        String of = WRITERS + " writers of one member at once: ";
        Files.writeString(
                Path.of("..", "docs", "performance", "contention.json"),
                Stream.of(
                                row.formatted(
                                        of + "attempts of each",
                                        String.format(Locale.ROOT, "%.2f", attempts),
                                        "attempts",
                                        "3",
                                        "\"at most\"",
                                        command),
                                row.formatted(
                                        of + "told to come back", unavailable, "writers", "null", "null", command),
                                row.formatted(of + "lost", 0, "writes", "0", "\"exactly\"", command))
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }
}
