package kopilka.benchmarks.coldstart.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import kopilka.lambda.Platform;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads one item of DynamoDB; its kinds differ in nothing but the HTTP client. */
public abstract class OneRead implements RequestStreamHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DynamoDbClient client;

    OneRead(SdkHttpClient http) {
        this.client = DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration((ClientOverrideConfiguration.Builder override) -> {
                    Platform.bounded(override);
                    // A machine with other work must not end in another call.
                    override.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE);
                })
                .build();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        boolean found = client.getItem(request -> request.tableName("programs")
                        .key(Map.of("program", AttributeValue.fromS("demo-shop"), "version", AttributeValue.fromN("0")))
                        .consistentRead(true))
                .hasItem();
        out.write(found ? '1' : '0');
    }
}
