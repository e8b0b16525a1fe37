package kopilka.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ProgramAccess;
import kopilka.local.shop.ShopBackend;
import org.junit.jupiter.api.Test;

/** When the versions of a replay are published, by the clock of the cloud and by real time. */
final class PublisherTest {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();

    private Publisher publisher(LocalCloud cloud, ShopBackend shop) {
        return new Publisher(cloud.clock(), shop, nanos::get, time -> {
            pauses.add(time);
            nanos.addAndGet(time.toNanos());
        });
    }

    private static List<Change> changes() throws IOException {
        return List.of(
                new Change(LocalDate.parse("2020-06-01"), Samples.document("program-of-rules.json")),
                new Change(LocalDate.parse("2021-02-01"), Samples.document("program-of-other-rules.json")),
                new Change(
                        LocalDate.parse("2022-12-01"),
                        Samples.document("program-of-rules.json").replace("\"points\": 100}", "\"points\": 200}")));
    }

    @Test
    void what_lies_further_ahead_than_the_api_allows_is_published_when_it_comes_within_reach()
            throws IOException, InterruptedException {
        try (LocalCloud cloud = Samples.cloud(Optional.empty())) {
            cloud.clock().stopAt(START);
            ProgramAccess access = ProgramAccess.open(cloud, Replay.PROGRAM, Samples.document());
            try (ShopBackend shop = new ShopBackend(cloud.url(), access.key())) {
                Publisher publisher = publisher(cloud, shop);
                publisher.read();
                publisher.begin(changes(), access.isNewProgram());
                assertThat(publisher.versions().list()).hasSize(2);

                // Nobody knew an older list: there is nothing to wait for.
                publisher.moveTo(Instant.parse("2020-06-01T00:00:00Z"));
                assertThat(publisher.versions().list()).hasSize(3);
                assertThat(pauses).isEmpty();

                // Two versions come into force on this way, and one is published.
                nanos.addAndGet(Duration.ofSeconds(20).toNanos());
                publisher.moveTo(Instant.parse("2022-12-01T00:00:00Z"));
                assertThat(publisher.versions().list()).hasSize(4);
                assertThat(publisher.versions().list().stream().map(publisher.versions()::since))
                        .containsExactly(
                                LocalDate.parse("2020-01-01"),
                                LocalDate.parse("2020-06-01"),
                                LocalDate.parse("2021-02-01"),
                                LocalDate.parse("2022-12-01"));
                // The second was published 20 seconds before, the last a moment ago.
                assertThat(pauses).containsExactly(Duration.ofSeconds(40), Duration.ofSeconds(60));
                assertThat(cloud.clock().instant()).isEqualTo(Instant.parse("2022-12-01T00:00:00Z"));

                // Whoever begins again finds them all.
                Publisher again = publisher(cloud, shop);
                again.read();
                again.begin(changes(), false);
                assertThat(again.versions()).isEqualTo(publisher.versions());
                assertThatThrownBy(() -> again.begin(changes().subList(1, 3), false))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is none of this replay");
            }
        }
    }

    @Test
    void a_mistake_in_a_program_that_is_published_years_later_is_found_at_once()
            throws IOException, InterruptedException {
        try (LocalCloud cloud = Samples.cloud(Optional.empty())) {
            cloud.clock().stopAt(START);
            ProgramAccess access = ProgramAccess.open(cloud, Replay.PROGRAM, Samples.document());
            try (ShopBackend shop = new ShopBackend(cloud.url(), access.key())) {
                for (String wrong : List.of("{", "[]", "{}")) {
                    Publisher publisher = publisher(cloud, shop);
                    publisher.read();
                    assertThatThrownBy(() -> publisher.begin(
                                    List.of(changes().getFirst(), new Change(LocalDate.parse("2024-12-01"), wrong)),
                                    true))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("the program of 2024-12-01 is ");
                    assertThat(publisher.read().list()).hasSize(1);
                }
            }
        }
    }
}
