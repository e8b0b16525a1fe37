package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Test;

/** Who asks too often is told to slow down. A cloud of its own: the limit is everybody's. */
class ThrottlingTest {
    @Test
    void over_the_rate_the_gateway_answers_429_and_says_when_to_come_again() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(
                LocalCloud.Options.of(LocalCloud.nearestTemplate().orElseThrow())
                        .withClock(LocalClock.stoppedAt(OneCloud.OPENING))
                        .withParameter("RequestsPerSecond", "1")
                        .withParameter("RequestBurst", "3")
                        .withoutSchedules())) {
            Shop shop = Shop.open(cloud);
            List<Reply> replies = IntStream.range(0, 10)
                    .mapToObj(i -> shop.send(Endpoint.READ_PROGRAM.call()))
                    .toList();

            assertThat(replies).extracting(Reply::status).contains(200, 429).containsOnly(200, 429);
            assertThat(replies.stream().filter(reply -> reply.status() == 429)).allSatisfy(reply -> {
                assertThat(reply.text()).isEqualTo("{\"message\":\"Too Many Requests\"}");
                assertThat(reply.header("retry-after")).contains("1");
            });
        }
    }
}
