package kopilka.benchmarks.coldstart.handler;

import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/** One read by aws-crt-client. */
public final class OneReadByCrt extends OneRead {
    public OneReadByCrt() {
        super(AwsCrtHttpClient.create());
    }
}
