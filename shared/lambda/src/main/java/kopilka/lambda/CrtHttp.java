package kopilka.lambda;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The CRT client, each of whose faults is an {@link IOException}. By itself it makes one of those that it holds worth another try;
 * the others (a name that is not resolved, a handshake that fails) pass the SDK as they are: not tried again, and not known to anybody
 * as a service that could not be reached.
 */
final class CrtHttp implements SdkHttpClient {
    private final SdkHttpClient client;

    CrtHttp(SdkHttpClient client) {
        this.client = client;
    }

    /** Makes one for each client of the SDK, which closes it in the end. */
    record Builder(AwsCrtHttpClient.Builder client) implements SdkHttpClient.Builder<Builder> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return new CrtHttp(client.buildWithDefaults(defaults));
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (SdkException e) {
                    throw e;
                } catch (RuntimeException e) {
                    throw new IOException("the call did not come about", e);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
