package kopilka.local.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/**
 * The HTTP API of DynamoDB over a store in this process, without a socket: requests and replies are the bytes that would
 * cross the network. It knows the operations that the project uses.
 */
public final class InProcessDynamoDb implements SdkHttpClient {
    private static final ObjectMapper JSON = new DynamoDbObjectMapper();

    private record Operation<T>(Class<T> request, BiFunction<DynamoDbClient, T, Object> ask) {
        byte[] answer(DynamoDbClient store, byte[] body) throws IOException {
            return JSON.writeValueAsBytes(ask.apply(store, JSON.readValue(body, request)));
        }
    }

    private static final Map<String, Operation<?>> OPERATIONS = Map.of(
            "GetItem", new Operation<>(GetItemRequest.class, DynamoDbClient::getItem),
            "BatchGetItem", new Operation<>(BatchGetItemRequest.class, DynamoDbClient::batchGetItem),
            "TransactGetItems", new Operation<>(TransactGetItemsRequest.class, DynamoDbClient::transactGetItems),
            "TransactWriteItems", new Operation<>(TransactWriteItemsRequest.class, DynamoDbClient::transactWriteItems),
            "PutItem", new Operation<>(PutItemRequest.class, DynamoDbClient::putItem),
            "Query", new Operation<>(QueryRequest.class, DynamoDbClient::query),
            "Scan", new Operation<>(ScanRequest.class, DynamoDbClient::scan));

    private final DynamoDbClient store;

    /** Over that store. */
    public InProcessDynamoDb(DynamoDbClient store) {
        this.store = store;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {
                // Nothing is under way but what the calling thread does.
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        String target = request.httpRequest()
                .firstMatchingHeader("X-Amz-Target")
                .orElseThrow(() -> new IOException("a request without X-Amz-Target"));
        Operation<?> operation = OPERATIONS.get(target.substring(target.indexOf('.') + 1));
        if (operation == null) {
            throw new IllegalArgumentException("not known here: " + target);
        }
        byte[] body;
        try (InputStream in = request.contentStreamProvider().orElseThrow().newStream()) {
            body = in.readAllBytes();
        }
        return whileAlive(() -> answer(operation, body));
    }

    private HttpExecuteResponse answer(Operation<?> operation, byte[] body) throws IOException {
        try {
            return ServiceReply.of(200, operation.answer(store, body));
        } catch (DynamoDbException refused) {
            return ServiceReply.of(refused.statusCode(), JSON.writeValueAsBytes(error(refused)));
        }
    }

    /** The store works in a thread of its own: a client that gives up interrupts nobody but itself. */
    private static HttpExecuteResponse whileAlive(Callable<HttpExecuteResponse> work) throws IOException {
        FutureTask<HttpExecuteResponse> task = new FutureTask<>(work);
        Thread.ofVirtual().name("store").start(task);
        try {
            return task.get();
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("given up").initCause(givenUp);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the store failed", failed.getCause());
        }
    }

    private static ObjectNode error(DynamoDbException refused) {
        ObjectNode body = JSON.createObjectNode()
                .put(
                        "__type",
                        Service.DYNAMO_DB.types() + refused.awsErrorDetails().errorCode())
                .put("message", refused.awsErrorDetails().errorMessage());
        switch (refused) {
            case ConditionalCheckFailedException failed when failed.hasItem() -> body.set("Item", item(failed.item()));
            case TransactionCanceledException cancelled -> {
                ArrayNode reasons = body.putArray("CancellationReasons");
                for (CancellationReason reason : cancelled.cancellationReasons()) {
                    ObjectNode entry = reasons.addObject().put("Code", reason.code());
                    if (reason.message() != null) {
                        entry.put("Message", reason.message());
                    }
                    if (reason.hasItem()) {
                        entry.set("Item", item(reason.item()));
                    }
                }
            }
            default -> {}
        }
        return body;
    }

    private static ObjectNode item(Map<String, AttributeValue> item) {
        return JSON.valueToTree(item);
    }

    @Override
    public void close() {
        // The store is everybody's.
    }
}
