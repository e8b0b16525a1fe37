package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.Teller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Whatever becomes of a call on its way there or back, an operation takes effect once. Over HTTP, as in a function. */
class LostRepliesTest {
    private static final int TRIES = 3;
    private static final Wire WIRE = new Wire();

    private static DynamoDBProxyServer server;
    private static DynamoDbClient client;

    private ShopFixture shop;

    /** The network: it loses writes on their way there, and replies to writes on their way back. */
    private static final class Wire implements SdkHttpClient {
        private final SdkHttpClient http = UrlConnectionHttpClient.create();
        private final AtomicInteger requestsToLose = new AtomicInteger();
        private final AtomicInteger repliesToLose = new AtomicInteger();
        private final AtomicInteger writes = new AtomicInteger();

        void reset() {
            requestsToLose.set(0);
            repliesToLose.set(0);
            writes.set(0);
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            ExecutableHttpRequest prepared = http.prepareRequest(request);
            boolean isWrite = request.httpRequest()
                    .firstMatchingHeader("X-Amz-Target")
                    .orElse("")
                    .endsWith(".TransactWriteItems");
            return isWrite ? new LossyRequest(prepared) : prepared;
        }

        private final class LossyRequest implements ExecutableHttpRequest {
            private final ExecutableHttpRequest prepared;

            LossyRequest(ExecutableHttpRequest prepared) {
                this.prepared = prepared;
            }

            @Override
            public HttpExecuteResponse call() throws IOException {
                if (requestsToLose.getAndUpdate(Wire::lessOne) > 0) {
                    throw new IOException("lost on the way there");
                }
                HttpExecuteResponse response = prepared.call();
                writes.incrementAndGet();
                if (repliesToLose.getAndUpdate(Wire::lessOne) > 0) {
                    throw new IOException("lost on the way back");
                }
                return response;
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        }

        private static int lessOne(int left) {
            return Math.max(0, left - 1);
        }

        @Override
        public void close() {
            http.close();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", String.valueOf(port)});
        server.start();
        client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(WIRE)
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build()))
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.stop();
    }

    @BeforeEach
    void open() {
        WIRE.reset();
        shop = aShop(Schema.in(client).ledger(client), Rules.usual()).enrol("anna");
        WIRE.reset();
    }

    private Answer pay() {
        return shop.carryOut(shop.payment("anna", "A-1", orderOf(27_00)));
    }

    private void assertPaidOnce() {
        assertThat(shop.postings("anna")).hasSize(2);
        assertThat(shop.balance("anna").pending()).isEqualTo(27);
        shop.audit("anna");
        assertThat(pay())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isTrue());
    }

    @Test
    void a_call_that_never_arrives_is_made_again() {
        WIRE.requestsToLose.set(1);

        assertThat(pay())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isFalse());
        assertThat(WIRE.writes).hasValue(1);
        assertPaidOnce();
    }

    @Test
    void a_reply_lost_after_the_commit_is_asked_for_again_under_the_same_token() {
        WIRE.repliesToLose.set(TRIES - 1);

        assertThat(pay())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isFalse());
        assertThat(WIRE.writes).hasValue(TRIES);
        assertPaidOnce();
    }

    @Test
    void where_the_client_gives_up_the_posting_tells_that_it_is_done() {
        WIRE.repliesToLose.set(TRIES);

        assertThat(pay())
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isTrue());
        assertThat(WIRE.writes).hasValue(TRIES);
        assertPaidOnce();
    }

    @Test
    void calls_and_replies_lost_by_turns_come_to_one_effect() {
        WIRE.requestsToLose.set(TRIES + 1);
        WIRE.repliesToLose.set(1);

        assertThat(pay()).isInstanceOf(Answer.Done.class);
        assertPaidOnce();
    }

    @Test
    void nothing_is_done_while_nothing_arrives() {
        WIRE.requestsToLose.set(1_000);

        assertThat(pay()).isInstanceOf(Answer.Unavailable.class);
        WIRE.reset();
        assertThat(shop.postings("anna")).hasSize(1);
        assertThat(pay()).isInstanceOf(Answer.Done.class);
        assertPaidOnce();
    }
}
