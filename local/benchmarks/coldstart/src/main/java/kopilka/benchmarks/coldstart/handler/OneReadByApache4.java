package kopilka.benchmarks.coldstart.handler;

import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** One read by apache-client. */
public final class OneReadByApache4 extends OneRead {
    public OneReadByApache4() {
        super(ApacheHttpClient.create());
    }
}
