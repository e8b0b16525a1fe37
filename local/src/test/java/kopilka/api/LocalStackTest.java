package kopilka.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kopilka.lambda.Platform;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import kopilka.local.Template;
import kopilka.local.Template.Section;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The sample events on LocalStack: the functions as they are built for AWS, on AWS's own protocols of DynamoDB and SQS.
 * Runs with the profile {@code localstack}; without a container engine it is skipped, and says so.
 */
@Tag("localstack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalStackTest extends SampleStory {
    /** The last image that asks for no token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private final Template template = Template.read(LocalCloud.nearestTemplate().orElseThrow());
    private final LocalClock clock = new LocalClock();
    private final Map<String, RequestStreamHandler> functions = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init")
    private LocalStackContainer container;

    @SuppressWarnings("NullAway.Init")
    private DynamoDbClient dynamoDb;

    @SuppressWarnings("NullAway.Init")
    private SqsClient sqs;

    @BeforeAll
    void start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            System.out.println("SKIPPED: the tests on LocalStack need a container engine, and there is none");
            Assumptions.abort("no container engine");
        }
        container = new LocalStackContainer(IMAGE).withServices("dynamodb", "sqs");
        container.start();
        StaticCredentialsProvider credentials = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey()));
        dynamoDb = DynamoDbClient.builder()
                .endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        sqs = SqsClient.builder()
                .endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        for (Template.Resource table : template.resources("AWS::DynamoDB::Table")) {
            dynamoDb.createTable(table(table.id(), table.properties()));
            dynamoDb.waiter().waitUntilTableExists(request -> request.tableName(table.id()));
        }
        for (Template.Resource queue : template.resources("AWS::SQS::Queue")) {
            sqs.createQueue(request -> request.queueName(queue.id()));
        }
    }

    @AfterAll
    void stop() {
        if (container != null) {
            dynamoDb.close();
            sqs.close();
            container.stop();
        }
    }

    private static CreateTableRequest table(String name, Section table) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(table))
                .attributeDefinitions(table.sections("AttributeDefinitions").stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.text("AttributeName"))
                                .attributeType(attribute.text("AttributeType"))
                                .build())
                        .toList());
        List<GlobalSecondaryIndex> indexes = table.sections("GlobalSecondaryIndexes").stream()
                .map(index -> GlobalSecondaryIndex.builder()
                        .indexName(index.text("IndexName"))
                        .keySchema(keys(index))
                        .projection(projection -> projection.projectionType(
                                index.section("Projection").text("ProjectionType")))
                        .build())
                .toList();
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes);
        }
        return request.build();
    }

    private static List<KeySchemaElement> keys(Section at) {
        return at.sections("KeySchema").stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.text("AttributeName"))
                        .keyType(key.text("KeyType"))
                        .build())
                .toList();
    }

    @Override
    Stage stage() {
        Platform platform = new Platform(
                Map.of(
                        "STAGE", "test",
                        "ACCOUNTS_TABLE", "AccountsTable",
                        "POSTINGS_TABLE", "PostingsTable",
                        "PROGRAMS_TABLE", "ProgramsTable",
                        "KEYS_TABLE", "KeysTable",
                        "ORDER_QUEUE_URL", queueUrl("OrderQueue"),
                        "SETTLE_QUEUE_URL", queueUrl("SettleQueue"),
                        "REFERRAL_LINK_BASE", "https://shop.example/?ref="),
                clock,
                dynamoDb,
                () -> sqs,
                new SecureRandom());
        return new Stage() {
            @Override
            public String invoke(String function, String event) {
                return LocalStackTest.invoke(
                        functions.computeIfAbsent(function, name -> LocalStackTest.function(name, platform)), event);
            }

            // No queue and no stream is polled here: their samples alone are sent.
            @Override
            public void settle() {}

            @Override
            public LocalClock clock() {
                return clock;
            }

            @Override
            public DynamoDbClient dynamoDb() {
                return dynamoDb;
            }

            @Override
            public String table(String id) {
                return id;
            }
        };
    }

    private String queueUrl(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    private static RequestStreamHandler function(String id, Platform platform) {
        String name = id.substring(0, id.length() - "Function".length()).toLowerCase(Locale.ROOT);
        try {
            return Class.forName("kopilka.function." + name + "." + id)
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor(Platform.class)
                    .newInstance(platform);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String invoke(RequestStreamHandler function, String event) {
        Context context = (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getRemainingTimeInMillis" -> 30_000;
                    case "getMemoryLimitInMB" -> 1024;
                    default -> method.getReturnType() == String.class ? "test" : null;
                });
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
