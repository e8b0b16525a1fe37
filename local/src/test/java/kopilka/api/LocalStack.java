package kopilka.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kopilka.local.Services;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A LocalStack container in which CloudFormation has made the tables and queues of the template, from the template's own
 * text. Functions, API and schedules are those of the local run: LocalStack's free edition has no HTTP API, and its
 * functions need a part that it downloads.
 */
final class LocalStack implements AutoCloseable {
    /** The last image that asks for no token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    /** Long, since it imports much, and a machine that builds is busy. */
    private static final Duration STARTING = Duration.ofMinutes(3);

    private static final String STACK = "kopilka";
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String QUEUE = "AWS::SQS::Queue";

    private final LocalStackContainer container;
    private final Services services;

    private LocalStack(LocalStackContainer container, Services services) {
        this.container = container;
        this.services = services;
    }

    /** Whether there is a container engine. */
    static boolean canStart() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts a container and deploys. */
    static LocalStack start(Path template) throws IOException {
        LocalStackContainer container = new LocalStackContainer(IMAGE)
                .withStartupTimeout(STARTING)
                // Streams come from DynamoDB Local itself, as in the local run, and not from a copy of Kinesis.
                .withEnv("PROVIDER_OVERRIDE_DYNAMODB", "v2")
                .withEnv("PROVIDER_OVERRIDE_DYNAMODBSTREAMS", "v2");
        container.start();
        boolean deployed = false;
        try {
            LocalStack localStack = new LocalStack(container, deploy(container, Files.readString(template)));
            deployed = true;
            return localStack;
        } finally {
            if (!deployed) {
                System.out.println(container.getLogs());
                container.stop();
            }
        }
    }

    /** What is under the functions. */
    Services services() {
        return services;
    }

    private static Services deploy(LocalStackContainer container, String template) throws IOException {
        container.copyFileToContainer(Transferable.of(tablesAndQueues(template)), "/tmp/template.yaml");
        cloudFormation(container, "create-stack", "--template-body", "file:///tmp/template.yaml");
        cloudFormation(container, "wait", "stack-create-complete");
        Map<String, String> names = new LinkedHashMap<>();
        SqsClient sqs = client(container, SqsClient.builder());
        for (JsonNode made :
                Json.read(cloudFormation(container, "describe-stack-resources")).path("StackResources")) {
            String id = made.path("PhysicalResourceId").asText();
            // A table's id is its name; a queue's is its address, which ends with its name.
            names.put(made.path("LogicalResourceId").asText(), id.substring(id.lastIndexOf('/') + 1));
            if (made.path("ResourceType").asText().equals(QUEUE)) {
                hideBriefly(sqs, id);
            }
        }
        return new Services(
                client(container, DynamoDbClient.builder()),
                client(container, DynamoDbStreamsClient.builder()),
                sqs,
                container.getEndpoint(),
                names);
    }

    /** Shortens the visibility timeout of a queue that functions are fed from, which is one that has dead letters. */
    private static void hideBriefly(SqsClient sqs, String url) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                        asked -> asked.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        if (attributes.containsKey(QueueAttributeName.REDRIVE_POLICY)) {
            String seconds = Long.toString(OneCloud.VISIBILITY.toSeconds());
            sqs.setQueueAttributes(
                    set -> set.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, seconds)));
        }
    }

    /** A command on the stack, by the client that is in the image. What it prints. */
    private static String cloudFormation(LocalStackContainer container, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "env",
                "AWS_ACCESS_KEY_ID=" + container.getAccessKey(),
                "AWS_SECRET_ACCESS_KEY=" + container.getSecretKey(),
                "AWS_DEFAULT_REGION=" + container.getRegion(),
                "aws",
                "--endpoint-url=http://localhost:4566",
                "--output=json",
                "cloudformation"));
        line.addAll(List.of(command));
        line.addAll(List.of("--stack-name", STACK));
        try {
            Container.ExecResult result = container.execInContainer(line.toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new IOException(String.join(" ", command) + ": " + result.getStderr());
            }
            return result.getStdout();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            LocalStackContainer container, B builder) {
        return builder.endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** The template without everything that is neither a table nor a queue; what remains stands as it stood. */
    private static String tablesAndQueues(String template) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        MappingNode root = (MappingNode) yaml.compose(new StringReader(template));
        root.getValue()
                .removeIf(section ->
                        !Set.of("AWSTemplateFormatVersion", "Resources").contains(nameOf(section)));
        for (NodeTuple section : root.getValue()) {
            if (section.getValueNode() instanceof MappingNode resources) {
                resources
                        .getValue()
                        .removeIf(resource -> !Set.of(TABLE, QUEUE).contains(typeOf(resource.getValueNode())));
            }
        }
        StringWriter text = new StringWriter();
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        new Yaml(options).serialize(root, text);
        return text.toString();
    }

    private static String nameOf(NodeTuple entry) {
        return ((ScalarNode) entry.getKeyNode()).getValue();
    }

    private static String typeOf(Node resource) {
        return ((MappingNode) resource)
                .getValue().stream()
                        .filter(property -> nameOf(property).equals("Type"))
                        .map(property -> ((ScalarNode) property.getValueNode()).getValue())
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public void close() {
        services.dynamoDb().close();
        services.streams().close();
        services.sqs().close();
        container.stop();
    }
}
