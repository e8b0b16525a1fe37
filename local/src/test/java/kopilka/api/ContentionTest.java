package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** The published figures are those of the median. */
    private static final int ROUNDS = 7;

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

    private Operation order(String member, int number) {
        Call paid = Orders.paid(member + "-" + number, member, "10.00", shop.now());
        if (JsonReader.body(Orders.message(paid).getBytes(StandardCharsets.UTF_8)) instanceof JsonReader.Read read
                && QueueBody.order(new ProgramId(shop.program()), read.value())
                        instanceof Decoded.Valid<Operation> valid) {
            return valid.value();
        }
        throw new AssertionError("an order that is none");
    }

    /**
     * What came of a round of writers.
     *
     * @param attempts of each, on average
     * @param told how many were told to come back
     */
    private record Round(double attempts, long told) {}

    @Test
    void writers_of_one_member_get_through_in_a_few_attempts_or_are_told_to_come_back() throws Exception {
        boolean published = Boolean.getBoolean("kopilka.write.figures");
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < (published ? ROUNDS : 1); round++) {
            rounds.add(round("anna-" + round));
        }
        if (published) {
            rounds.sort(Comparator.comparingDouble(Round::attempts));
            keep(rounds.get(ROUNDS / 2));
        }
    }

    private Round round(String member) throws Exception {
        shop.enrol(member);
        Engine engine = engine();
        List<Callable<Answer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Operation order = order(member, i);
            writers.add(() -> engine.teller().carryOut(order));
        }
        long before = wire.calls("BatchGetItem");
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(writers)) {
                answers.add(answer.get());
            }
        }
        double attempts = (double) (wire.calls("BatchGetItem") - before) / WRITERS;
        long done = answers.stream().filter(Answer.Done.class::isInstance).count();
        long told =
                answers.stream().filter(Answer.Unavailable.class::isInstance).count();
        System.out.printf(
                "%d writers of one member: %d done, %d told to come back, %.2f attempts each%n",
                WRITERS, done, told, attempts);

        assertThat(done + told).isEqualTo(WRITERS);
        assertThat(shop.postings(member)).hasSize(1 + (int) done);
        assertThat(attempts).isLessThanOrEqualTo(Teller.ATTEMPTS);
        shop.isSound(member);
        return new Round(attempts, told);
    }

    /** What the page on performance shows of it. */
    private static void keep(Round round) throws IOException {
        String command = "mvn test -pl local -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ContentionTest";
        String row =
                "  {\"what\": \"%s\", \"figure\": %s, \"unit\": \"%s\", \"target\": %s, \"bound\": %s, \"command\": \"%s\"}";
        String of = WRITERS + " writers of one member at once: ";
        Files.writeString(
                Path.of("..", "docs", "performance", "contention.json"),
                Stream.of(
                                row.formatted(
                                        of + "attempts of each",
                                        String.format(Locale.ROOT, "%.2f", round.attempts()),
                                        "attempts",
                                        "3",
                                        "\"at most\"",
                                        command),
                                row.formatted(
                                        of + "told to come back", round.told(), "writers", "null", "null", command),
                                row.formatted(of + "lost", 0, "writes", "0", "\"exactly\"", command))
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }
}
