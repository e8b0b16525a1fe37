package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Messages that cannot be recorded, through the real queues: to the dead letters, and back once their cause is mended. */
@ExtendWith(OneCloud.class)
class PoisonMessageTest {
    private static final int BATCH = 10;

    private final LocalCloud cloud;
    private final Shop shop;

    PoisonMessageTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    private record Told(String program, Call call) {}

    /** Puts messages into the order queue as one batch, in this order. */
    private void queue(List<Told> messages) {
        cloud.sqs()
                .sendMessageBatch(batch -> batch.queueUrl(cloud.queueUrl("OrderQueue"))
                        .entries(IntStream.range(0, messages.size())
                                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                        .id("message-" + i)
                                        .messageBody(
                                                Orders.message(messages.get(i).call()))
                                        .messageAttributes(Map.of(
                                                "program", text(messages.get(i).program()), "shop", text("main")))
                                        .build())
                                .toList()));
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private int deadLetters() {
        return Integer.parseInt(cloud.sqs()
                .getQueueAttributes(queue -> queue.queueUrl(cloud.queueUrl("OrderDeadLetters"))
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, ""));
    }

    private String arn(String queue) {
        return cloud.sqs()
                .getQueueAttributes(attributes ->
                        attributes.queueUrl(cloud.queueUrl(queue)).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    @Test
    void poison_at_each_place_of_a_batch_ends_among_the_dead_letters_and_is_recorded_once_its_cause_is_mended()
            throws Exception {
        String later = shop.program() + "-later";
        shop.enrol("anna");
        List<String> late = new ArrayList<>();
        for (int place = 0; place < BATCH; place++) {
            List<Told> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                batch.add(new Told(shop.program(), Orders.paid("A-" + place + "-" + i, "anna", "10.00", shop.now())));
            }
            // A member who is not enrolled yet, and a program that is not created yet.
            String member = "olga-" + place;
            late.add(member);
            batch.set(
                    place,
                    new Told(
                            place % 2 == 0 ? shop.program() : later,
                            Orders.paid("A-x-" + place, member, "70.00", shop.now())));
            queue(batch);
        }
        // Each was delivered as often as the template allows, and nothing is left in the queue.
        cloud.drain(OneCloud.SOON);
        assertThat(shop.points("anna").available()).isEqualTo(10 * (BATCH * BATCH - BATCH));
        long deadline = System.nanoTime() + OneCloud.SOON.toNanos();
        while (deadLetters() < BATCH && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(deadLetters()).isEqualTo(BATCH);

        Shop other = Shop.open(cloud, later, Rules.SIMPLE);
        for (int place = 0; place < BATCH; place++) {
            (place % 2 == 0 ? shop : other).enrol(late.get(place));
        }
        cloud.sqs()
                .startMessageMoveTask(
                        task -> task.sourceArn(arn("OrderDeadLetters")).destinationArn(arn("OrderQueue")));
        while (deadLetters() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        cloud.drain(OneCloud.SOON);

        for (int place = 0; place < BATCH; place++) {
            Shop of = place % 2 == 0 ? shop : other;
            assertThat(of.points(late.get(place))).isEqualTo(new Shop.Points(70, 0, 0, 0));
            assertThat(of.sequence(late.get(place))).isEqualTo(2);
            of.isSound(late.get(place));
        }
        // Those that had succeeded were not touched again.
        assertThat(shop.sequence("anna")).isEqualTo(1 + BATCH * BATCH - BATCH);
        shop.isSound("anna");
        assertThat(deadLetters()).isZero();
    }
}
