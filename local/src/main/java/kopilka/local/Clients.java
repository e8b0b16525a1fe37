package kopilka.local;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;

/** The clients that a function gets: those of the embedded services, held to the function's role. */
final class Clients {
    private static final Set<String> TABLE_WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");

    private Clients() {}

    /** One operation on one resource, as policies name them. */
    private record Use(String action, String resource) {}

    /** A client that tells of every write, so that who follows a stream need not wait for its next look. */
    static DynamoDbClient telling(DynamoDbClient client, Runnable written) {
        return proxy(DynamoDbClient.class, client, request -> {}, request -> {
            if (TABLE_WRITES.contains(operation(request))) {
                written.run();
            }
        });
    }

    /** A client that writes nothing. */
    static DynamoDbClient reading(DynamoDbClient client) {
        return proxy(
                DynamoDbClient.class,
                client,
                request -> {
                    if (TABLE_WRITES.contains(operation(request))) {
                        throw new UnsupportedOperationException("what is read only is not written to");
                    }
                },
                request -> {});
    }

    /** A client that refuses what the role does not allow, as DynamoDB would. */
    static DynamoDbClient guarded(DynamoDbClient client, Role role) {
        return proxy(
                DynamoDbClient.class,
                client,
                request -> denied(role, tableUses(request)).ifPresent(use -> {
                    throw DynamoDbException.builder()
                            .message(refusal(role, use))
                            .statusCode(400)
                            .awsErrorDetails(details("DynamoDb", role, use))
                            .build();
                }),
                request -> {});
    }

    /** A client that refuses what the role does not allow, as SQS would. */
    static SqsClient guarded(SqsClient client, Role role) {
        return proxy(
                SqsClient.class,
                client,
                request -> denied(role, queueUses(request)).ifPresent(use -> {
                    throw SqsException.builder()
                            .message(refusal(role, use))
                            .statusCode(403)
                            .awsErrorDetails(details("Sqs", role, use))
                            .build();
                }),
                request -> {});
    }

    private static Optional<Use> denied(Role role, Stream<Use> uses) {
        return uses.filter(use -> !role.allows(use.action, use.resource)).findFirst();
    }

    private static String refusal(Role role, Use use) {
        return role.name() + " is not authorized to perform: " + use.action + " on resource: " + use.resource
                + " because no policy of the role in the template allows it";
    }

    private static AwsErrorDetails details(String service, Role role, Use use) {
        return AwsErrorDetails.builder()
                .serviceName(service)
                .errorCode("AccessDeniedException")
                .errorMessage(refusal(role, use))
                .build();
    }

    private static Stream<Use> tableUses(SdkRequest request) {
        return switch (request) {
            case TransactWriteItemsRequest writes ->
                writes.transactItems().stream().flatMap(Clients::transactionUses);
            case TransactGetItemsRequest reads ->
                reads.transactItems().stream()
                        .map(item -> table("GetItem", item.get().tableName()));
            case BatchGetItemRequest reads ->
                reads.requestItems().keySet().stream().map(name -> table("BatchGetItem", name));
            case BatchWriteItemRequest writes ->
                writes.requestItems().keySet().stream().map(name -> table("BatchWriteItem", name));
            default -> {
                String name = field(request, "TableName").orElse("");
                yield Stream.of(field(request, "IndexName")
                        .map(index -> table(operation(request), name + "/index/" + index))
                        .orElseGet(() -> table(operation(request), name)));
            }
        };
    }

    private static Stream<Use> transactionUses(TransactWriteItem item) {
        return Stream.of(
                        Optional.ofNullable(item.put()).map(put -> table("PutItem", put.tableName())),
                        Optional.ofNullable(item.update()).map(update -> table("UpdateItem", update.tableName())),
                        Optional.ofNullable(item.delete()).map(delete -> table("DeleteItem", delete.tableName())),
                        Optional.ofNullable(item.conditionCheck())
                                .map(check -> table("ConditionCheckItem", check.tableName())))
                .flatMap(Optional::stream);
    }

    private static Use table(String operation, String path) {
        return new Use(
                "dynamodb:" + operation,
                "arn:aws:dynamodb:" + Template.REGION + ":" + Template.ACCOUNT + ":table/" + path);
    }

    private static Stream<Use> queueUses(SdkRequest request) {
        String url = field(request, "QueueUrl").orElse("");
        String action = operation(request);
        return Stream.of(new Use(
                "sqs:" + (action.endsWith("Batch") ? action.substring(0, action.length() - "Batch".length()) : action),
                "arn:aws:sqs:" + Template.REGION + ":" + Template.ACCOUNT + ":"
                        + url.substring(url.lastIndexOf('/') + 1)));
    }

    private static Optional<String> field(SdkPojo request, String name) {
        return request.sdkFields().stream()
                .filter(field -> field.memberName().equals(name))
                .findFirst()
                .map(field -> field.getValueOrDefault(request))
                .map(Object::toString);
    }

    private static String operation(SdkRequest request) {
        String name = request.getClass().getSimpleName();
        return name.substring(0, name.length() - "Request".length());
    }

    private static <T> T proxy(Class<T> type, T client, Consumer<SdkRequest> before, Consumer<SdkRequest> after) {
        InvocationHandler handler = (self, method, arguments) -> {
            @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
            if (method.getName().equals("close")) {
                return null; // The client is everybody's; the cloud closes it.
            }
            if (given.length == 1
                    && given[0] instanceof SdkRequest request
                    && !method.getName().endsWith("Paginator")) {
                before.accept(request);
                Object answer = call(client, method, given);
                after.accept(request);
                return answer;
            }
            // The overload that takes a builder and the paginators call the plain operation on this same proxy.
            List<String> plain = List.of("serviceName", "serviceClientConfiguration");
            return method.isDefault() && !plain.contains(method.getName())
                    ? InvocationHandler.invokeDefault(self, method, given)
                    : call(client, method, given);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object client, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, Arrays.copyOf(arguments, arguments.length));
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof LocalDBAccessException outOfOrder) {
                // A file that is locked for a moment, say. The real service answers so when it is out of order.
                throw InternalServerErrorException.builder()
                        .message("DynamoDB Local is out of order")
                        .statusCode(500)
                        .cause(outOfOrder)
                        .build();
            }
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
