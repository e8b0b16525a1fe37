package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However often and in whatever order messages about an order come, by whichever way: the account is the same. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class ShuffledDeliveryTest {
    private static final int DELIVERIES = 100;

    private final LocalCloud cloud;

    ShuffledDeliveryTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    private static List<Call> storyOf(String member, Shop shop) {
        var at = shop.now();
        Call paid = Orders.paid("A-1", member, "100.00", at.plusSeconds(60)).changed("/content", """
                {"currency":"EUR","lines":[{"id":"tea","sku":"S-1","quantity":"3","total":"30.00"},
                 {"id":"mug","sku":"S-2","quantity":1,"total":"70.00"}],"delivery":"4.90","discount":"7.00","total":"97.90"}""");
        return List.of(
                Orders.placed("A-1", member, "97.90", at),
                paid,
                Orders.delivered("A-1", member, at.plusSeconds(7200)),
                Endpoint.REFUND.call().at("order", "A-1").body("""
                        {"refund":"R-1","member":"%s","at":"%s","lines":[{"line":"tea","quantity":"1"}],"currency":"EUR"}""".formatted(member, at.plusSeconds(8000))),
                Orders.refund("A-1", "R-2", member, "10.00", at.plusSeconds(9000)),
                Endpoint.REFUND.call().at("order", "A-1").body("""
                        {"refund":"R-3","member":"%s","at":"%s","lines":[{"line":"mug","quantity":"0.5"}],"delivery":"4.90","currency":"EUR"}""".formatted(member, at.plusSeconds(9500))));
    }

    @Test
    void an_order_delivered_100_times_shuffled_with_its_refunds_ends_as_once_in_order() throws Exception {
        long seed = Long.getLong("kopilka.seed", System.nanoTime());
        System.out.println("ShuffledDeliveryTest: -Dkopilka.seed=" + seed);
        Random random = new Random(seed);
        Shop once = Shop.open(cloud, Rules.WITH_WINDOW);
        Shop shuffled = Shop.open(cloud, Rules.WITH_WINDOW);
        once.enrol("anna");
        shuffled.enrol("anna");
        once.wait(Duration.ofHours(5));
        for (Call call : storyOf("anna", once)) {
            once.send(call).is(201);
        }

        List<Call> deliveries = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            deliveries.addAll(storyOf("anna", shuffled));
        }
        Collections.shuffle(deliveries, random);
        List<Callable<Integer>> sendings = new ArrayList<>();
        for (Call call : deliveries) {
            boolean byQueue = random.nextBoolean();
            sendings.add(() -> {
                if (byQueue) {
                    shuffled.queue(Orders.message(call));
                    return 202;
                }
                return shuffled.api().attempt(call).status();
            });
        }
        try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> status : senders.invokeAll(sendings)) {
                assertThat(status.get()).isIn(201, 202);
            }
        }
        cloud.drain(OneCloud.SOON);

        assertThat(shuffled.points("anna")).isEqualTo(once.points("anna"));
        assertThat(kept(shuffled)).isEqualTo(kept(once));
        assertThat(shuffled.balance("anna").path("pending"))
                .isEqualTo(once.balance("anna").path("pending"));
        // Enrolled, three events, three refunds: each counts once.
        assertThat(shuffled.sequence("anna")).isEqualTo(7);
        shuffled.isSound("anna");
        shuffled.wait(Duration.ofDays(20));
        assertThat(shuffled.points("anna")).isEqualTo(once.points("anna"));
        assertThat(shuffled.points("anna").available()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void messages_doubled_days_late_and_with_the_refund_first_end_as_once_in_order(long seed) {
        Random random = new Random(seed);
        Shop once = Shop.open(cloud, Rules.WITH_WINDOW);
        Shop shuffled = Shop.open(cloud, Rules.WITH_WINDOW);
        once.enrol("anna");
        shuffled.enrol("anna");
        List<Call> story = new ArrayList<>(storyOf("anna", shuffled));
        once.wait(Duration.ofHours(5));
        story.forEach(call -> once.send(call).is(201));

        List<Call> deliveries = new ArrayList<>(story);
        story.forEach(call -> {
            if (random.nextInt(100) < 60) {
                deliveries.add(call);
            }
        });
        Collections.shuffle(deliveries, random);
        // Whatever chance says, a refund comes before what it refunds.
        deliveries.addFirst(story.getLast());
        while (!deliveries.isEmpty()) {
            shuffled.wait(Duration.ofHours(random.nextInt(5 * 24)));
            ObjectNode event = Json.object("{\"Records\":[]}");
            for (int i = 1 + random.nextInt(3); i > 0 && !deliveries.isEmpty(); i--) {
                ObjectNode message = ((ArrayNode) event.get("Records"))
                        .addObject()
                        .put("messageId", "message-" + i)
                        .put("body", Orders.message(deliveries.removeFirst()))
                        .put("eventSource", "aws:sqs");
                message.putObject("messageAttributes")
                        .putObject("program")
                        .put("stringValue", shuffled.program())
                        .put("dataType", "String");
            }
            assertThat(cloud.invoke("AccrualFunction", event.toString()).answer())
                    .hasValue("{\"batchItemFailures\":[]}");
        }
        assertThat(shuffled.points("anna")).isEqualTo(once.points("anna"));
        assertThat(kept(shuffled)).isEqualTo(kept(once));
        assertThat(shuffled.sequence("anna")).isEqualTo(7);
        shuffled.wait(Duration.ofDays(20));
        assertThat(shuffled.points("anna")).isEqualTo(once.points("anna"));
        assertThat(shuffled.balance("anna").path("expiring"))
                .isEqualTo(once.balance("anna").path("expiring"));
        assertThat(shuffled.points("anna").available()).isPositive();
        shuffled.isSound("anna");
    }

    private static JsonNode kept(Shop shop) {
        return shop.order("A-1", "anna");
    }
}
