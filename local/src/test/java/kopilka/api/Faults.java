package kopilka.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Stands between the functions and DynamoDB, and lets calls fail. */
final class Faults {
    private final AtomicReference<Predicate<SdkRequest>> failing = new AtomicReference<>(request -> false);
    private final AtomicReference<Predicate<SdkRequest>> silent = new AtomicReference<>(request -> false);

    /** Work during which something is out of order. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Those calls fail before they are made. */
    void whileFailing(Predicate<SdkRequest> calls, Work work) throws Exception {
        during(failing, calls, work);
    }

    /** Those calls are made, and their replies are lost. */
    void whileSilent(Predicate<SdkRequest> calls, Work work) throws Exception {
        during(silent, calls, work);
    }

    private static void during(AtomicReference<Predicate<SdkRequest>> which, Predicate<SdkRequest> calls, Work work)
            throws Exception {
        which.set(calls);
        try {
            work.run();
        } finally {
            which.set(request -> false);
        }
    }

    DynamoDbClient between(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (self, method, arguments) -> {
                    Optional<SdkRequest> request =
                            arguments != null && arguments.length == 1 && arguments[0] instanceof SdkRequest only
                                    ? Optional.of(only)
                                    : Optional.empty();
                    if (request.filter(failing.get()).isPresent()) {
                        throw SdkClientException.create("out of order");
                    }
                    Object answer;
                    try {
                        answer = method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                    if (request.filter(silent.get()).isPresent()) {
                        throw SdkClientException.create("the reply is lost");
                    }
                    return answer;
                });
    }
}
