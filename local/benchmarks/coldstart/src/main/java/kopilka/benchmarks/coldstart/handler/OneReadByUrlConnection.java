package kopilka.benchmarks.coldstart.handler;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** One read by url-connection. */
public final class OneReadByUrlConnection extends OneRead {
    public OneReadByUrlConnection() {
        super(UrlConnectionHttpClient.create());
    }
}
