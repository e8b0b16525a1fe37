package kopilka.local.fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kopilka.lambda.Platform;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.IoUtils;

/**
 * A network that does to requests and replies what a {@link Plan} says, and counts what it did.
 *
 * <p>It stands where the SDK's HTTP client stands, so all above it is the real thing: retries, time-outs, tokens, checksums,
 * the reading of errors. The clients it makes are configured as those of a function in AWS.
 *
 * <pre>{@code
 * Wire wire = new Wire();
 * LocalCloud.start(options.withStore(wire::over).withQueues(wire::over));
 * wire.follow(Plan.of(Fault.REPLY_LOST, "TransactWriteItems", 1, 1));
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class Wire {
    private final Duration attempt;
    private final Duration call;
    private final Queue<ExecutableHttpRequest> late = new ConcurrentLinkedQueue<>();
    private Plan plan = Plan.NOTHING;
    private final AtomicLong position = new AtomicLong();
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<Fault, Map<String, Long>> injected = new EnumMap<>(Fault.class);

    /** A wire whose clients give up when a function's do. */
    public Wire() {
        this(Platform.ATTEMPT, Platform.CALL);
    }

    /**
     * A wire whose clients are those of a function but for their time-outs: where the machine is slow, a test that means
     * other faults should not meet these.
     *
     * @param attempt how long one attempt of a call may take
     * @param call how long a call may take with all its retries
     */
    public Wire(Duration attempt, Duration call) {
        this.attempt = attempt;
        this.call = call;
    }

    private void bounded(ClientOverrideConfiguration.Builder client) {
        Platform.bounded(client);
        client.apiCallAttemptTimeout(attempt).apiCallTimeout(call);
    }

    /** Follows another plan from now on, and counts anew. What is still under way late stays so. */
    public synchronized void follow(Plan other) {
        plan = other;
        position.set(0);
        calls.clear();
        injected.clear();
    }

    /** Requests since the plan was made, by operation; each retry is one. */
    public synchronized Map<String, Long> calls() {
        return new TreeMap<>(calls);
    }

    /** Requests of an operation since the plan was made. */
    public synchronized long calls(String operation) {
        return calls.getOrDefault(operation, 0L);
    }

    /** What was done to requests since the plan was made: by fault, then by operation. */
    public synchronized Map<Fault, Map<String, Long>> injected() {
        Map<Fault, Map<String, Long>> copy = new EnumMap<>(Fault.class);
        injected.forEach(
                (fault, operations) -> copy.put(fault, Collections.unmodifiableMap(new TreeMap<>(operations))));
        return copy;
    }

    /** How often a fault was injected since the plan was made. */
    public synchronized long injected(Fault fault) {
        return injected.getOrDefault(fault, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Lets the requests arrive that were {@link Fault#REQUEST_LATE}, in the order in which they were sent. Nobody waits for
     * their replies any more.
     *
     * @return how many did
     */
    public int deliverLate() {
        int delivered = 0;
        for (ExecutableHttpRequest request = late.poll(); request != null; request = late.poll()) {
            try {
                drain(request.call());
            } catch (IOException e) {
                throw new UncheckedIOException("a late request did not arrive", e);
            }
            delivered++;
        }
        return delivered;
    }

    /** A client of the same tables, as a function in AWS has one, over this wire. */
    public DynamoDbClient over(DynamoDbClient store) {
        return over(store, this::bounded);
    }

    /** A client of the same tables over this wire that retries and gives up as told. */
    public DynamoDbClient over(DynamoDbClient store, Consumer<ClientOverrideConfiguration.Builder> bounds) {
        return DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(over(new InProcessDynamoDb(store)))
                .overrideConfiguration(bounds)
                .build();
    }

    /** A client of the same queues, as a function in AWS has one, over this wire. */
    public SqsClient over(SqsClient queues) {
        return SqsClient.builder()
                .endpointOverride(
                        queues.serviceClientConfiguration().endpointOverride().orElseThrow())
                .region(queues.serviceClientConfiguration().region())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .checksumValidationEnabled(false)
                .httpClient(over(UrlConnectionHttpClient.create()))
                .overrideConfiguration(this::bounded)
                .build();
    }

    /** An HTTP client whose requests go over this wire. */
    public SdkHttpClient over(SdkHttpClient http) {
        return new Lossy(http);
    }

    private final class Lossy implements SdkHttpClient {
        private final SdkHttpClient http;

        Lossy(SdkHttpClient http) {
            this.http = http;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            ExecutableHttpRequest prepared = http.prepareRequest(request);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    HttpCall call = numbered(request);
                    Optional<Fault> fault = met(call);
                    return fault.isPresent() ? suffered(call, fault.get(), prepared) : prepared.call();
                }

                @Override
                public void abort() {
                    prepared.abort();
                }
            };
        }

        @Override
        public String clientName() {
            return http.clientName();
        }

        @Override
        public void close() {
            http.close();
        }
    }

    private synchronized HttpCall numbered(HttpExecuteRequest request) {
        SdkHttpRequest http = request.httpRequest();
        String target = http.firstMatchingHeader("X-Amz-Target").orElse("unknown.unknown");
        String operation = target.substring(target.indexOf('.') + 1);
        long number = calls.merge(operation, 1L, Long::sum);
        return new HttpCall(
                target.substring(0, target.indexOf('.')),
                operation,
                number,
                position.incrementAndGet(),
                request.contentStreamProvider()
                        .map(body -> text(body.newStream()))
                        .orElse(""));
    }

    private synchronized Optional<Fault> met(HttpCall call) {
        Optional<Fault> fault = plan.fault(call).filter(planned -> planned.canHappenTo(call));
        fault.ifPresent(
                met -> injected.computeIfAbsent(met, first -> new TreeMap<>()).merge(call.operation(), 1L, Long::sum));
        return fault;
    }

    private HttpExecuteResponse suffered(HttpCall call, Fault fault, ExecutableHttpRequest request) throws IOException {
        return switch (fault) {
            case REQUEST_LOST -> throw new SocketException("Broken pipe: " + call);
            case REPLY_LOST -> {
                drain(request.call());
                throw new SocketException("Connection reset: " + call);
            }
            case REQUEST_LATE -> {
                late.add(request);
                throw new SocketTimeoutException("Read timed out: " + call);
            }
            case REPLY_LATE -> {
                HttpExecuteResponse reply = request.call();
                waitTooLong(call);
                yield reply;
            }
            case REPLY_CUT_OFF -> {
                HttpExecuteResponse reply = request.call();
                byte[] body = bytes(reply);
                yield with(reply, new CutOff(body, body.length / 2));
            }
            case REPLY_GARBLED -> {
                HttpExecuteResponse reply = request.call();
                byte[] body = bytes(reply);
                for (int i = body.length / 3; i < body.length; i += 7) {
                    body[i] ^= 0x15;
                }
                yield with(reply, new ByteArrayInputStream(body));
            }
            case THROTTLED, ACCOUNT_THROTTLED, CONFLICT, IN_PROGRESS, INTERNAL_ERROR, UNAVAILABLE, UNPROCESSED ->
                ServiceReply.to(call, fault);
            case INTERNAL_ERROR_AFTERWARDS -> {
                drain(request.call());
                yield ServiceReply.to(call, fault);
            }
            case DEATH_BEFORE -> throw new Fault.Death(call, fault);
            case DEATH_AFTER -> {
                drain(request.call());
                throw new Fault.Death(call, fault);
            }
        };
    }

    /** As a socket does on which nothing comes: until the client's own time is up, and it interrupts. */
    private void waitTooLong(HttpCall request) throws IOException {
        try {
            Thread.sleep(attempt.multipliedBy(2));
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(request.toString()).initCause(givenUp);
        }
    }

    private static HttpExecuteResponse with(HttpExecuteResponse reply, InputStream body) {
        return HttpExecuteResponse.builder()
                .response(reply.httpResponse())
                .responseBody(AbortableInputStream.create(body))
                .build();
    }

    private static void drain(HttpExecuteResponse reply) throws IOException {
        bytes(reply);
    }

    private static byte[] bytes(HttpExecuteResponse reply) throws IOException {
        if (reply.responseBody().isEmpty()) {
            return new byte[0];
        }
        try (InputStream body = reply.responseBody().get()) {
            return IoUtils.toByteArray(body);
        }
    }

    private static String text(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body that breaks off. */
    private static final class CutOff extends InputStream {
        private final byte[] body;
        private final int end;
        private int at;

        CutOff(byte[] body, int end) {
            this.body = body;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            if (at == end) {
                throw new IOException("Premature EOF");
            }
            return body[at++] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (at == end) {
                throw new IOException("Premature EOF");
            }
            int read = Math.min(length, end - at);
            System.arraycopy(body, at, to, offset, read);
            at += read;
            return read;
        }
    }
}
