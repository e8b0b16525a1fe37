package kopilka.benchmark;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kopilka.api.Invoked;
import kopilka.function.accrual.AccrualFunction;
import kopilka.function.members.MembersFunction;
import kopilka.function.orders.OrdersFunction;
import kopilka.lambda.Platform;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import kopilka.local.fault.InProcessDynamoDb;
import kopilka.local.shop.ProgramAccess;
import kopilka.program.ProgramId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context.BeforeExecution;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * A function and an event of it, whose calls to DynamoDB were answered once by a real store and are answered the same ever
 * after: each time the event comes, it is new.
 */
final class WarmShop {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ProgramId PROGRAM = new ProgramId("demo-shop");
    private static final Instant NOW = Instant.parse("2026-03-20T10:05:00Z");
    private static final int MESSAGES = 10;
    private static final int ORDERS_BEFORE = 3;
    private static final int LINES = 5;

    private final RequestStreamHandler function;
    private final byte[] event;
    private final DynamoDbClient client;
    private final List<SdkRequest> calls;

    private WarmShop(RequestStreamHandler function, byte[] event, DynamoDbClient client, List<SdkRequest> calls) {
        this.function = function;
        this.event = event;
        this.client = client;
        this.calls = calls;
    }

    /** What comes in. */
    enum Kind {
        /** An order through the API. */
        ORDER,
        /** An order through the API, with an {@code Idempotency-Key}. */
        ORDER_WITH_KEY,
        /** One order from the queue. */
        MESSAGE,
        /** Ten orders from the queue. */
        TEN_MESSAGES,
        /** A balance is asked for. */
        BALANCE
    }

    /** Lets it come in once, on tables of its own. */
    static WarmShop of(Kind kind) {
        List<SdkRequest> calls = new ArrayList<>();
        LocalClock clock = LocalClock.stoppedAt(NOW.minus(Duration.ofDays(60)));
        Path template = LocalCloud.nearestTemplate().orElseThrow();
        try (LocalCloud cloud = LocalCloud.start(
                LocalCloud.Options.of(template).withClock(clock).withoutSchedules())) {
            Path root = Objects.requireNonNull(template.toAbsolutePath().getParent());
            ProgramAccess.open(cloud, PROGRAM, Files.readString(root.resolve("docs/programmes/points.json")));
            Recorded recorded = new Recorded(new InProcessDynamoDb(cloud.dynamoDb()));
            DynamoDbClient client = client(recorded, calls);
            Events events = new Events(root.resolve("events"));
            RequestStreamHandler members = new MembersFunction(platform(cloud, "MembersFunction", clock, client));
            RequestStreamHandler orders = new OrdersFunction(platform(cloud, "OrdersFunction", clock, client));
            for (int member = 0; member < MESSAGES; member++) {
                take(members, events.enrolment(member));
                for (int order = 0; order < ORDERS_BEFORE; order++) {
                    clock.advance(Duration.ofDays(1));
                    take(orders, events.order(member, "B-" + member + "-" + order, clock.instant(), false));
                }
            }
            clock.stopAt(NOW);
            RequestStreamHandler function = switch (kind) {
                case ORDER, ORDER_WITH_KEY -> orders;
                case MESSAGE, TEN_MESSAGES -> new AccrualFunction(platform(cloud, "AccrualFunction", clock, client));
                case BALANCE -> members;
            };
            byte[] event = switch (kind) {
                case ORDER -> events.order(0, "A-0", NOW, false);
                case ORDER_WITH_KEY -> events.order(0, "A-0", NOW, true);
                case MESSAGE -> events.messages(1, "A-", NOW);
                case TEN_MESSAGES -> events.messages(MESSAGES, "A-", NOW);
                case BALANCE -> events.balance(0);
            };
            if (function instanceof AccrualFunction) {
                // The others know the program's versions by now.
                take(function, events.messages(1, "W-", NOW));
            }
            calls.clear();
            take(function, event);
            recorded.seal();
            return new WarmShop(function, event, client, List.copyOf(calls));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Platform platform(LocalCloud cloud, String function, LocalClock clock, DynamoDbClient client) {
        return new Platform(
                cloud.environment(function),
                clock,
                client,
                () -> {
                    throw new IllegalStateException("nothing is queued here");
                },
                new SecureRandom());
    }

    /** As the platform's own, but for where it leads. */
    private static DynamoDbClient client(Recorded recorded, List<SdkRequest> calls) {
        return DynamoDbClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIAEXAMPLE", "NOT-A-REAL-SECRET-NOT-A-REAL-SECRET-EXAM")))
                .httpClient(recorded)
                .overrideConfiguration(override -> {
                    Platform.bounded(override);
                    override.addExecutionInterceptor(new ExecutionInterceptor() {
                        @Override
                        public void beforeExecution(BeforeExecution context, ExecutionAttributes attributes) {
                            if (recorded.isRecording()) {
                                calls.add(context.request());
                            }
                        }
                    });
                })
                .build();
    }

    /** All that the function does with the event. */
    byte[] whole() {
        return answer(function, event);
    }

    /** Lets something come in that must be taken. */
    private static void take(RequestStreamHandler function, byte[] event) throws IOException {
        JsonNode answer = JSON.readTree(answer(function, event));
        boolean taken = answer.has("batchItemFailures")
                ? answer.get("batchItemFailures").isEmpty()
                : answer.path("statusCode").asInt() < 300;
        if (!taken) {
            throw new IllegalStateException("refused: " + answer);
        }
    }

    private static byte[] answer(RequestStreamHandler function, byte[] event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(event), out, new InTime());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return out.toByteArray();
    }

    /** What it asks of the SDK, and nothing else: the same requests with the same items, made before. */
    List<Object> sdkAlone() {
        List<Object> answers = new ArrayList<>(calls.size());
        for (SdkRequest call : calls) {
            answers.add(
                    switch (call) {
                        case BatchGetItemRequest request -> client.batchGetItem(request);
                        case TransactGetItemsRequest request -> client.transactGetItems(request);
                        case TransactWriteItemsRequest request -> client.transactWriteItems(request);
                        case GetItemRequest request -> client.getItem(request).item();
                        case PutItemRequest request -> client.putItem(request);
                        default -> throw new IllegalStateException(call.toString());
                    });
        }
        return answers;
    }

    /** The names of its calls, for the record. */
    List<String> calls() {
        return calls.stream().map(call -> call.getClass().getSimpleName()).toList();
    }

    /** The events, made of the samples that the repository has of each. */
    private record Events(Path folder) {
        private ObjectNode sample(String file) throws IOException {
            return (ObjectNode) JSON.readTree(folder.resolve(file).toFile());
        }

        byte[] enrolment(int member) throws IOException {
            return ofMember(member, sample("members/put-members-member.json"));
        }

        byte[] balance(int member) throws IOException {
            return ofMember(member, sample("members/get-members-member-balance.json"));
        }

        private static byte[] ofMember(int member, ObjectNode event) throws IOException {
            ((ObjectNode) event.get("pathParameters")).put("member", name(member));
            ((ObjectNode) event.get("headers")).remove("idempotency-key");
            return JSON.writeValueAsBytes(event);
        }

        byte[] order(int member, String order, Instant at, boolean withKey) throws IOException {
            ObjectNode event = sample("orders/post-orders.json");
            if (!withKey) {
                ((ObjectNode) event.get("headers")).remove("idempotency-key");
            }
            return JSON.writeValueAsBytes(
                    event.put("body", content(member, order, at).toString()));
        }

        byte[] messages(int count, String prefix, Instant at) throws IOException {
            ObjectNode event = sample("accrual/sqs-order-queue.json");
            ObjectNode first = (ObjectNode) event.get("Records").get(0);
            ArrayNode records = event.putArray("Records");
            for (int i = 0; i < count; i++) {
                ObjectNode record = first.deepCopy();
                ObjectNode body = JSON.createObjectNode().put("type", "order");
                body.set("body", content(i, prefix + i, at));
                records.add(record.put("messageId", "00000000-0000-4000-8000-00000000000" + i)
                        .put("body", body.toString()));
            }
            return JSON.writeValueAsBytes(event);
        }

        /** An order of five lines. */
        private static ObjectNode content(int member, String order, Instant at) {
            ObjectNode body = JSON.createObjectNode()
                    .put("order", order)
                    .put("member", name(member))
                    .put("event", "paid")
                    .put("at", at.toString());
            ObjectNode content = body.putObject("content").put("currency", "KZT");
            ArrayNode lines = content.putArray("lines");
            for (int line = 1; line <= LINES; line++) {
                lines.addObject()
                        .put("sku", "S-" + line)
                        .put("category", "grocery")
                        .put("quantity", "2")
                        .put("unitPrice", "12.50")
                        .put("total", "25.00");
            }
            content.put("delivery", "4.90").put("total", 25 * LINES + 4 + ".90");
            content.putArray("payments").addObject().put("method", "card").put("amount", 25 * LINES + 4 + ".90");
            content.put("channel", "web");
            return body;
        }

        private static String name(int member) {
            return "m-" + member;
        }
    }

    /** An invocation that has all its time. */
    private static final class InTime extends Invoked {
        @Override
        public int getRemainingTimeInMillis() {
            return 29_000;
        }

        @Override
        public String getAwsRequestId() {
            return "00000000-0000-4000-8000-000000000000";
        }
    }
}
