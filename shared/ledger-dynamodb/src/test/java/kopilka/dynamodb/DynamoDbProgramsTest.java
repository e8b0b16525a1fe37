package kopilka.dynamodb;

import static kopilka.dynamodb.DynamoDbPrograms.State.CURRENT;
import static kopilka.dynamodb.DynamoDbPrograms.State.FUTURE;
import static kopilka.dynamodb.DynamoDbPrograms.State.PAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import kopilka.dynamodb.DynamoDbPrograms.Document;
import kopilka.dynamodb.DynamoDbPrograms.Publication;
import kopilka.dynamodb.DynamoDbPrograms.Start;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

class DynamoDbProgramsTest {
    private static final ProgramId DEMO = new ProgramId("demo");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private final Schema schema = Schema.in(Embedded.client());
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Counting counting = new Counting();
    private final DynamoDbPrograms programs = programs(counting);

    private static final class Counting extends Forwarding {
        private final AtomicInteger reads = new AtomicInteger();

        Counting() {
            super(Embedded.client());
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            reads.incrementAndGet();
            return super.getItem(request);
        }
    }

    private DynamoDbPrograms programs(DynamoDbClient client) {
        return new DynamoDbPrograms(client, schema.programs(), DynamoDbProgramsTest::named, nanos::get);
    }

    /** Rules whose name is the document. */
    private static Program named(String document) {
        Program usual = Rules.usual().program();
        return new Program(
                document,
                usual.currency(),
                usual.zone(),
                usual.earning(),
                usual.pending(),
                usual.expiry(),
                usual.redemption(),
                usual.refunds(),
                usual.referral());
    }

    private Optional<String> nameAt(Instant instant) {
        return programs.at(DEMO, instant).map(version -> version.rules().name());
    }

    @Test
    void a_program_that_does_not_exist_has_no_versions() {
        assertThat(programs.at(DEMO, MARCH)).isEmpty();
        assertThat(programs.version(DEMO, 1)).isEmpty();
        assertThat(programs.version(DEMO, 0)).isEmpty();
        assertThat(programs.head(DEMO)).isEmpty();
        assertThat(programs.document(DEMO, 1)).isEmpty();
    }

    @Test
    void a_version_holds_from_its_moment_on_and_the_first_one_before_that_too() {
        assertThat(programs.put(DEMO, 0, "first", MARCH)).contains(new Document(1, MARCH, "first"));
        assertThat(programs.put(DEMO, 1, "second", APRIL)).contains(new Document(2, APRIL, "second"));
        assertThat(programs.put(DEMO, 2, "third", MAY)).contains(new Document(3, MAY, "third"));

        assertThat(nameAt(Instant.EPOCH)).contains("first");
        assertThat(nameAt(APRIL.minusNanos(1))).contains("first");
        assertThat(nameAt(APRIL)).contains("second");
        assertThat(nameAt(MAY.minusNanos(1))).contains("second");
        assertThat(nameAt(MAY)).contains("third");
        assertThat(programs.version(DEMO, 2)).contains(new ProgramVersion(DEMO, 2, APRIL, named("second")));
        assertThat(programs.head(DEMO)).contains(new DynamoDbPrograms.Head(List.of(MARCH, APRIL, MAY)));
        assertThat(programs.document(DEMO, 2)).contains(new Document(2, APRIL, "second"));
        assertThat(programs.at(new ProgramId("other"), MAY)).isEmpty();
    }

    @Test
    void a_version_never_holds_before_the_one_that_it_follows() {
        programs.put(DEMO, 0, "first", APRIL);

        assertThat(programs.put(DEMO, 1, "second", MARCH)).contains(new Document(2, APRIL, "second"));
        assertThat(nameAt(APRIL)).contains("second");
    }

    private static Start.At at(Instant moment) {
        return new Start.At(moment, MARCH, MAY);
    }

    @Test
    void a_version_holds_from_the_moment_that_was_asked_for_or_is_not_published() {
        programs.put(DEMO, 0, "first", MARCH);

        assertThat(programs.publish(DEMO, 1, "second", at(MARCH.minusNanos(1))))
                .isEqualTo(new Publication.TooSoon(MARCH));
        assertThat(programs.publish(DEMO, 1, "second", at(MAY.plusNanos(1)))).isEqualTo(new Publication.TooLate(MAY));
        assertThat(programs.publish(DEMO, 2, "second", at(MAY.plusNanos(1)))).isEqualTo(new Publication.Outrun());
        assertThat(programs.publish(DEMO, 1, "second", at(APRIL)))
                .isEqualTo(new Publication.Done(new Document(2, APRIL, "second")));
        assertThat(programs.publish(DEMO, 2, "third", at(APRIL.minusNanos(1))))
                .isEqualTo(new Publication.BeforePrevious(APRIL));
        assertThat(programs.head(DEMO)).contains(new DynamoDbPrograms.Head(List.of(MARCH, APRIL)));

        // Together with the one before, which so never holds.
        assertThat(programs.publish(DEMO, 2, "third", at(APRIL)))
                .isEqualTo(new Publication.Done(new Document(3, APRIL, "third")));
        assertThat(programs.publish(DEMO, 3, "fourth", at(MAY)))
                .isEqualTo(new Publication.Done(new Document(4, MAY, "fourth")));
        assertThat(nameAt(APRIL)).contains("third");
        assertThat(nameAt(APRIL.minusNanos(1))).contains("first");
    }

    @Test
    void the_same_version_published_again_is_the_one_that_it_became_also_when_it_would_be_too_late_for_it() {
        programs.put(DEMO, 0, "first", MARCH);
        programs.publish(DEMO, 1, "second", at(APRIL));

        Publication done = new Publication.Done(new Document(2, APRIL, "second"));
        assertThat(programs.publish(DEMO, 1, "second", new Start.At(APRIL, MAY, MAY)))
                .isEqualTo(done);
        assertThat(programs.publish(DEMO, 1, "second", new Start.NoSoonerThan(MAY)))
                .isEqualTo(done);
        assertThat(programs.publish(DEMO, 1, "second", at(MAY))).isEqualTo(new Publication.Outrun());
        assertThat(programs.publish(DEMO, 1, "other", at(APRIL))).isEqualTo(new Publication.Outrun());
    }

    @Test
    void a_version_is_in_the_future_until_it_holds_and_in_the_past_once_another_does() {
        DynamoDbPrograms.Head head = new DynamoDbPrograms.Head(List.of(MARCH, APRIL, APRIL, MAY));

        assertThat(states(head, Instant.EPOCH)).containsExactly(CURRENT, FUTURE, FUTURE, FUTURE);
        assertThat(states(head, APRIL.minusNanos(1))).containsExactly(CURRENT, FUTURE, FUTURE, FUTURE);
        assertThat(states(head, APRIL)).containsExactly(PAST, PAST, CURRENT, FUTURE);
        assertThat(states(head, MAY)).containsExactly(PAST, PAST, PAST, CURRENT);
    }

    private static List<DynamoDbPrograms.State> states(DynamoDbPrograms.Head head, Instant moment) {
        return IntStream.rangeClosed(1, head.version())
                .mapToObj(number -> head.state(number, moment))
                .toList();
    }

    @Test
    void a_version_follows_the_one_that_was_expected_or_is_not_put() {
        programs.put(DEMO, 0, "first", MARCH);

        assertThat(programs.put(DEMO, 0, "other", MARCH)).isEmpty();
        assertThat(programs.put(DEMO, 2, "other", MARCH)).isEmpty();
        programs.put(DEMO, 1, "second", APRIL);
        assertThat(programs.put(DEMO, 1, "other", APRIL)).isEmpty();
        assertThat(programs.put(DEMO, 0, "first", MARCH)).isEmpty();
        assertThat(programs.head(DEMO).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void the_same_document_put_again_is_the_version_that_it_became() {
        programs.put(DEMO, 0, "first", MARCH);

        assertThat(programs.put(DEMO, 0, "first", MAY)).contains(new Document(1, MARCH, "first"));
        assertThat(programs.head(DEMO).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void of_many_who_put_a_version_one_does() throws Exception {
        programs.put(DEMO, 0, "first", MARCH);
        List<Callable<Optional<Document>>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String document = "second of " + i;
            writers.add(() -> programs(Embedded.client()).put(DEMO, 1, document, APRIL));
        }
        int done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (var put : threads.invokeAll(writers)) {
                done += put.get().isPresent() ? 1 : 0;
            }
        }

        assertThat(done).isEqualTo(1);
        assertThat(programs.head(DEMO).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void a_version_that_took_long_to_put_holds_everywhere_from_its_moment_on() {
        programs.put(DEMO, 0, "first", MARCH);
        long asked = nanos.get();
        Instant from = APRIL.plus(DynamoDbPrograms.KNOWN_AFTER);

        // The longest that a function may take, and another function reads the list right before it is done.
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(nameAt(from)).contains("first");
        programs(Embedded.client()).put(DEMO, 1, "second", from);

        nanos.set(asked + DynamoDbPrograms.KNOWN_AFTER.toNanos());
        assertThat(nameAt(from)).contains("second");
    }

    @Test
    void a_version_is_read_once_and_the_list_of_them_every_half_minute() {
        programs.put(DEMO, 0, "first", MARCH);
        nameAt(MAY);
        int warm = counting.reads.get();
        programs(Embedded.client()).put(DEMO, 1, "second", APRIL);

        nanos.addAndGet(DynamoDbPrograms.HEAD_IS_KEPT.toNanos() - 1);
        assertThat(nameAt(MAY)).contains("first");
        assertThat(counting.reads).hasValue(warm);

        nanos.addAndGet(Duration.ofNanos(1).toNanos());
        assertThat(nameAt(MAY)).contains("second");
        assertThat(nameAt(MARCH)).contains("first");
        assertThat(counting.reads).hasValue(warm + 2);
    }
}
