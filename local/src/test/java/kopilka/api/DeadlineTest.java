package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import kopilka.function.accrual.AccrualFunction;
import kopilka.function.expiry.ExpiryFunction;
import kopilka.function.referral.ReferralFunction;
import kopilka.lambda.Deadline;
import kopilka.lambda.Platform;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real functions, with little time left: nothing is begun that might not end, and what was not begun is reported. */
@ExtendWith(OneCloud.class)
class DeadlineTest {
    private static final int RECORDS = 10;
    private static final int IN_TIME = 4;

    private final LocalCloud cloud;
    private Shop shop;

    DeadlineTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    /** An invocation that has time until it was asked so often how much is left. */
    private static final class Hurry extends Invoked {
        private final int inTime;
        private final AtomicInteger asked = new AtomicInteger();

        Hurry(int inTime) {
            this.inTime = inTime;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return asked.getAndIncrement() < inTime ? Deadline.RESERVE_MILLIS : Deadline.RESERVE_MILLIS - 1;
        }

        @Override
        public String getAwsRequestId() {
            return "in-a-hurry";
        }
    }

    private JsonNode handled(String id, Function<Platform, RequestStreamHandler> made, String event, int inTime)
            throws IOException {
        Platform platform =
                new Platform(cloud.environment(id), cloud.clock(), cloud.dynamoDb(), cloud::sqs, new SecureRandom());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        made.apply(platform)
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, new Hurry(inTime));
        return Json.read(answer.toString(StandardCharsets.UTF_8));
    }

    private static List<String> failures(JsonNode report) {
        return report.path("batchItemFailures").findValuesAsText("itemIdentifier");
    }

    @Test
    void a_queues_batch_stops_early_and_reports_every_message_that_was_not_begun() throws Exception {
        ObjectNode event = Json.object("{\"Records\":[]}");
        for (int i = 0; i < RECORDS; i++) {
            shop.enrol("m-" + i);
            ObjectNode message = ((ArrayNode) event.get("Records"))
                    .addObject()
                    .put("messageId", "message-" + i)
                    .put("body", Orders.message(Orders.paid("A-" + i, "m-" + i, "10.00", shop.now())))
                    .put("eventSource", "aws:sqs");
            ObjectNode attributes = message.putObject("messageAttributes");
            attributes.putObject("program").put("stringValue", shop.program()).put("dataType", "String");
        }
        JsonNode report = handled("AccrualFunction", AccrualFunction::new, event.toString(), IN_TIME);
        assertThat(failures(report))
                .isEqualTo(IntStream.range(IN_TIME, RECORDS)
                        .mapToObj(i -> "message-" + i)
                        .toList());
        assertThat(paid()).isEqualTo(IN_TIME);
        // All of it again, with time: what was done stays done.
        assertThat(failures(handled("AccrualFunction", AccrualFunction::new, event.toString(), RECORDS)))
                .isEmpty();
        assertThat(paid()).isEqualTo(RECORDS);
    }

    private long paid() {
        return IntStream.range(0, RECORDS)
                .filter(i -> shop.points("m-" + i).equals(new Shop.Points(10, 0, 0, 0)))
                .peek(i -> shop.isSound("m-" + i))
                .count();
    }

    @Test
    void a_streams_batch_stops_early_and_names_the_record_to_go_on_with() throws Exception {
        ObjectNode event = Json.object("{\"Records\":[]}");
        for (int i = 0; i < RECORDS; i++) {
            ((ArrayNode) event.get("Records"))
                    .addObject()
                    .put("eventName", "REMOVE")
                    .put("eventSource", "aws:dynamodb")
                    .putObject("dynamodb")
                    .put("SequenceNumber", "10" + i)
                    .putObject("Keys");
        }
        assertThat(failures(handled("ReferralFunction", ReferralFunction::new, event.toString(), IN_TIME)))
                .containsExactly("10" + IN_TIME);
        assertThat(failures(handled("ReferralFunction", ReferralFunction::new, event.toString(), RECORDS)))
                .isEmpty();
    }

    @Test
    void a_sweep_stops_early_and_the_next_one_finds_the_rest() throws Exception {
        shop = Shop.open(cloud, Rules.WITH_WINDOW);
        List<String> members = IntStream.range(0, 16).mapToObj(i -> "m-" + i).toList();
        members.forEach(member -> shop.enrolWith(member, 500));
        shop.wait(Duration.ofDays(15));
        String event = "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"detail\":{}}";
        handled("ExpiryFunction", ExpiryFunction::new, event, 0);
        cloud.drain(OneCloud.SOON);
        assertThat(settled(members)).isZero();
        handled("ExpiryFunction", ExpiryFunction::new, event, 3);
        cloud.drain(OneCloud.SOON);
        assertThat(settled(members)).isPositive().isLessThan(members.size());
        handled("ExpiryFunction", ExpiryFunction::new, event, Integer.MAX_VALUE);
        cloud.drain(OneCloud.SOON);
        assertThat(settled(members)).isEqualTo(members.size());
        members.forEach(shop::isSound);
    }

    private long settled(List<String> members) {
        return members.stream().filter(member -> shop.sequence(member) == 3).count();
    }
}
