package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kopilka.local.LocalCloud;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What CloudFormation makes of the template on LocalStack, and what only queues of their own kind do. */
@Tag("localstack")
@ExtendWith(OneCloud.class)
class LocalStackTest {
    private final LocalCloud cloud;

    LocalStackTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    // ------------------------------------------------------------------------------------------------ the stack

    @Test
    void the_tables_are_those_that_the_template_declares() {
        List<Resource> tables = cloud.template().resources("AWS::DynamoDB::Table");
        assertThat(tables).hasSize(4);
        for (Resource table : tables) {
            TableDescription made = cloud.dynamoDb()
                    .describeTable(asked -> asked.tableName(cloud.tableName(table.id())))
                    .table();
            assertThat(made.tableName()).as("named by CloudFormation").startsWith("kopilka-" + table.id() + "-");
            assertThat(keys(made.keySchema())).as(table.id()).isEqualTo(keys(table.properties()));
            Map<String, String> indexes = new TreeMap<>();
            made.globalSecondaryIndexes()
                    .forEach(index -> indexes.put(
                            index.indexName(),
                            keys(index.keySchema()) + " " + index.projection().projectionTypeAsString()));
            Map<String, String> declared = new TreeMap<>();
            table.properties()
                    .sections("GlobalSecondaryIndexes")
                    .forEach(index -> declared.put(
                            index.text("IndexName"),
                            keys(index) + " " + index.section("Projection").text("ProjectionType")));
            assertThat(indexes).as(table.id()).isEqualTo(declared);
            if (table.properties().has("StreamSpecification")) {
                assertThat(made.streamSpecification().streamEnabled()).isTrue();
                assertThat(made.streamSpecification().streamViewTypeAsString())
                        .isEqualTo(table.properties()
                                .section("StreamSpecification")
                                .text("StreamViewType"));
            } else {
                assertThat(made.streamSpecification()).isNull();
            }
        }
    }

    private static Map<String, String> keys(List<KeySchemaElement> schema) {
        return schema.stream()
                .collect(Collectors.toMap(
                        KeySchemaElement::attributeName,
                        KeySchemaElement::keyTypeAsString,
                        (a, b) -> a,
                        LinkedHashMap::new));
    }

    private static Map<String, String> keys(Section at) {
        Map<String, String> keys = new LinkedHashMap<>();
        at.sections("KeySchema").forEach(key -> keys.put(key.text("AttributeName"), key.text("KeyType")));
        return keys;
    }

    @Test
    void the_queues_keep_and_set_aside_as_the_template_declares() {
        List<Resource> queues = cloud.template().resources("AWS::SQS::Queue");
        assertThat(queues).hasSize(5);
        for (Resource queue : queues) {
            Map<QueueAttributeName, String> made = attributes(queue.id());
            assertThat(made)
                    .as(queue.id())
                    .containsEntry(
                            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                            queue.properties().text("MessageRetentionPeriod"));
            if (queue.properties().has("RedrivePolicy")) {
                Section redrive = queue.properties().section("RedrivePolicy");
                var policy = Json.read(made.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "{}"));
                assertThat(policy.path("maxReceiveCount").asInt()).isEqualTo(redrive.number("maxReceiveCount"));
                assertThat(policy.path("deadLetterTargetArn").asText())
                        .isEqualTo(redrive.text("deadLetterTargetArn"))
                        .startsWith("arn:aws:sqs:us-east-1:000000000000:kopilka-");
            } else {
                assertThat(made).as(queue.id()).doesNotContainKey(QueueAttributeName.REDRIVE_POLICY);
            }
        }
    }

    private Map<QueueAttributeName, String> attributes(String queue) {
        return cloud.sqs()
                .getQueueAttributes(
                        asked -> asked.queueUrl(cloud.queueUrl(queue)).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    // ------------------------------------------------------------------------------------------------ redrive

    @Test
    void dead_letters_that_the_service_moves_back_are_recorded_once_their_cause_is_mended() throws Exception {
        Shop shop = Shop.open(cloud);
        shop.queue(Orders.message(Orders.refund("A-1", "R-1", "boris", "20.00", shop.now())));
        shop.queue(Orders.message(Orders.paid("A-1", "boris", "70.00", shop.now())));
        cloud.drain(OneCloud.SOON);
        awaitDead("2");

        shop.enrol("boris");
        String arn = attributes("OrderDeadLetters").getOrDefault(QueueAttributeName.QUEUE_ARN, "");
        cloud.sqs().startMessageMoveTask(task -> task.sourceArn(arn));
        awaitDead("0");
        cloud.drain(OneCloud.SOON);
        assertThat(shop.points("boris").available()).isEqualTo(50);
        shop.isSound("boris");
    }

    private void awaitDead(String count) throws InterruptedException {
        long deadline = System.nanoTime() + OneCloud.SOON.toNanos();
        while (!attributes("OrderDeadLetters")
                        .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "")
                        .equals(count)
                && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(100));
        }
        assertThat(attributes("OrderDeadLetters"))
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, count);
    }
}
