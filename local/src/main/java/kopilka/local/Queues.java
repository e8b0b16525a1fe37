package kopilka.local;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The template's queues in ElasticMQ, in this process and in memory. */
final class Queues implements AutoCloseable {
    private static final List<QueueAttributeName> COPIED = List.of(
            QueueAttributeName.VISIBILITY_TIMEOUT,
            QueueAttributeName.DELAY_SECONDS,
            QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS,
            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
            QueueAttributeName.FIFO_QUEUE,
            QueueAttributeName.CONTENT_BASED_DEDUPLICATION);

    private final SQSRestServer server;
    private final URI address;
    private final SqsClient client;

    private Queues(SQSRestServer server, URI address) {
        this.server = server;
        this.address = address;
        this.client = SqsClient.builder()
                .endpointOverride(address)
                .region(Region.of(Template.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .checksumValidationEnabled(false)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Starts ElasticMQ on a free port. */
    static Queues start() {
        SQSRestServer server = SQSRestServerBuilder.withInterface("localhost")
                .withDynamicPort()
                .withServerAddress(new NodeAddress("http", "localhost", 0, ""))
                .withAWSRegion(Template.REGION)
                .withAWSAccountId(Template.ACCOUNT)
                .start();
        int port = server.waitUntilStarted().localAddress().getPort();
        return new Queues(server, URI.create("http://localhost:" + port));
    }

    /**
     * Makes the template's queues, dead-letter queues first.
     *
     * @param visibility how long a message stays hidden from others while somebody has it, in place of the template's
     */
    void make(Template template, Optional<Duration> visibility) {
        template.resources("AWS::SQS::Queue").stream()
                .sorted(Comparator.comparing(queue -> queue.properties().has("RedrivePolicy")))
                .forEach(queue -> make(template.nameOf(queue), queue, visibility));
    }

    private void make(String name, Resource queue, Optional<Duration> visibility) {
        Section properties = queue.properties();
        Map<QueueAttributeName, String> attributes = new LinkedHashMap<>();
        for (QueueAttributeName attribute : COPIED) {
            if (properties.has(attribute.toString())) {
                attributes.put(attribute, properties.text(attribute.toString()));
            }
        }
        if (properties.has("RedrivePolicy")) {
            Section redrive = properties.section("RedrivePolicy");
            attributes.put(
                    QueueAttributeName.REDRIVE_POLICY,
                    Json.object()
                            .put("deadLetterTargetArn", redrive.text("deadLetterTargetArn"))
                            .put("maxReceiveCount", redrive.number("maxReceiveCount"))
                            .toString());
            visibility.ifPresent(
                    time -> attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(time.toSeconds())));
        }
        client.createQueue(request -> request.queueName(name).attributes(attributes));
    }

    URI address() {
        return address;
    }

    SqsClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}
