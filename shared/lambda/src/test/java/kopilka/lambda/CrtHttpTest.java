package kopilka.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CrtHttpTest {
    private final AtomicInteger sent = new AtomicInteger();

    /** A client that fails like this. */
    private SdkHttpClient failing(RuntimeException fault) {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return new ExecutableHttpRequest() {
                    @Override
                    public HttpExecuteResponse call() {
                        sent.incrementAndGet();
                        throw fault;
                    }

                    @Override
                    public void abort() {
                        throw new UnsupportedOperationException("nobody does");
                    }
                };
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Test
    void a_fault_that_the_client_does_not_wrap_is_tried_again_and_known_as_a_service_that_was_not_reached() {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(new CrtHttp(failing(new IllegalStateException("a name is not resolved"))))
                .overrideConfiguration(Platform::bounded)
                .build()) {
            assertThatThrownBy(() -> client.getItem(
                            get -> get.tableName("accounts").key(Map.of("pk", AttributeValue.fromS("x")))))
                    .isInstanceOfSatisfying(
                            SdkClientException.class,
                            fault -> assertThat(Unavailability.isWhy(fault)).isTrue());
        }
        assertThat(sent).hasValue(Platform.ATTEMPTS);
    }

    @Test
    void what_the_sdk_says_itself_stays_as_it_is() {
        ExecutableHttpRequest request = new CrtHttp(failing(AbortedException.create("stopped")))
                .prepareRequest(HttpExecuteRequest.builder().build());
        assertThatThrownBy(request::call).isInstanceOf(AbortedException.class);

        ExecutableHttpRequest other = new CrtHttp(failing(new IllegalStateException("a handshake failed")))
                .prepareRequest(HttpExecuteRequest.builder().build());
        assertThatThrownBy(other::call).isInstanceOf(IOException.class);
    }
}
