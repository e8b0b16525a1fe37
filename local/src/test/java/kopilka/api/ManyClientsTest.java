package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many at once at one member. */
@ExtendWith(OneCloud.class)
class ManyClientsTest {
    private static final int CLIENTS = 64;

    private final Shop shop;

    ManyClientsTest(LocalCloud cloud) {
        this.shop = Shop.open(cloud);
    }

    private List<Reply> atOnce(List<Call> calls) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : clients.invokeAll(calls.stream()
                    .<Callable<Reply>>map(call -> () -> shop.api().attempt(call))
                    .toList())) {
                replies.add(reply.get());
            }
            return replies;
        }
    }

    @Test
    void clients_who_redeem_at_once_never_spend_more_than_there_is() throws Exception {
        shop.enrolWith("anna", 1500);
        List<Call> holds = IntStream.range(0, CLIENTS)
                .mapToObj(client -> Shop.hold("anna", "H-" + client, 100))
                .toList();
        List<Reply> replies = atOnce(holds);
        assertThat(replies)
                .extracting(Reply::status)
                .allMatch(status -> status == 201 || status == 409 || status == 503);
        assertThat(replies.stream().filter(reply -> reply.status() == 503))
                .allMatch(reply -> reply.header("retry-after").isPresent());
        // Whoever got no answer asks again, and then it is true for everybody.
        List<Reply> settled = new ArrayList<>();
        for (Call hold : holds) {
            settled.add(shop.send(hold));
        }
        for (int i = 0; i < CLIENTS; i++) {
            if (replies.get(i).status() == 201) {
                assertThat(settled.get(i).whole()).isEqualTo(replies.get(i).whole());
            }
        }
        long held = settled.stream()
                .filter(reply -> reply.status() == 201)
                .mapToLong(reply -> reply.number("/points"))
                .sum();
        assertThat(held).isEqualTo(1500);
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 0, 1500, 0));
        assertThat(settled.stream().filter(reply -> reply.status() != 201))
                .allSatisfy(reply -> reply.is(409, "insufficient_points"));
        shop.isSound("anna");
    }

    @Test
    void of_a_capture_and_a_void_at_once_one_wins() throws Exception {
        shop.enrolWith("anna", 1000);
        for (int i = 0; i < 4; i++) {
            shop.holds("anna", "H-" + i, 100);
        }
        List<Call> ends = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ends.add(Shop.capture("anna", "H-" + i % 4));
            ends.add(Shop.voidOf("anna", "H-" + i % 4));
        }
        atOnce(ends);
        List<String> statuses = new ArrayList<>();
        long captured = 0;
        for (int i = 0; i < 4; i++) {
            Reply capture = shop.send(Shop.capture("anna", "H-" + i));
            Reply voided = shop.send(Shop.voidOf("anna", "H-" + i));
            assertThat(List.of(capture.status(), voided.status())).containsExactlyInAnyOrder(200, 409);
            captured += capture.status() == 200 ? 100 : 0;
            statuses.add(shop.send(Endpoint.READ_REDEMPTION.call().at("redemption", "H-" + i))
                    .is(200)
                    .string("/status"));
        }
        assertThat(statuses).allMatch(status -> status.equals("captured") || status.equals("voided"));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(1000 - captured, 0, 0, 0));
        shop.isSound("anna");
    }

    @Test
    void clients_who_send_the_same_at_once_get_the_same_answer() throws Exception {
        shop.enrolWith("anna", 1000);
        Call hold = Shop.hold("anna", "H-1", 300).header("Idempotency-Key", "k-1");
        List<Reply> replies = atOnce(java.util.Collections.nCopies(32, hold));
        assertThat(replies.stream()
                        .filter(reply -> reply.status() != 503)
                        .map(Reply::whole)
                        .distinct())
                .hasSize(1);
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(700, 0, 300, 0));
        shop.isSound("anna");
    }
}
