package kopilka.benchmarks.coldstart.handler;

import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** One read by apache5-client. */
public final class OneReadByApache5 extends OneRead {
    public OneReadByApache5() {
        super(Apache5HttpClient.create());
    }
}
