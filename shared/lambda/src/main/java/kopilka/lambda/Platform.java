package kopilka.lambda;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.warmup.SdkWarmUp;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Everything that a function takes from the world around it: its settings, the time, its store, its queues and chance.
 *
 * <p>A function's no-argument constructor takes {@link #aws()}; the local run and the tests construct a platform of
 * their own, with a clock that they move and clients of embedded services.
 *
 * @param environment the variables that the template gives the function
 * @param clock where the time comes from; nothing else in the project asks for the time
 * @param dynamoDb the client of the tables; every function needs it, so it is made while the function initialises
 * @param sqs the client of the queues, made when it is first asked for: most functions never send a message, and every
 *     client lengthens a cold start
 * @param random the source of keys and codes
 */
public record Platform(
        Map<String, String> environment,
        InstantSource clock,
        DynamoDbClient dynamoDb,
        Supplier<SqsClient> sqs,
        SecureRandom random) {

    /** How long a connection may take: the services are in the same region. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long one attempt of a call may take. A usual one takes some milliseconds. */
    public static final Duration ATTEMPT = Duration.ofSeconds(1);

    /**
     * How long a call may take with all its retries. The teller's attempts and a message to a queue together stay within
     * the time-out of a function, which answers 503 rather than be cut off.
     */
    public static final Duration CALL = Duration.ofSeconds(3);

    /**
     * How often a call is sent. Two retries outlast what passes in a moment; whatever lasts longer the teller tries anew, and
     * the attempts of both multiply: the SDK's own 9 for DynamoDB would make 27 of them.
     */
    public static final int ATTEMPTS = 3;

    /** The bound of the random wait before a call is sent again; it doubles. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(25);

    /** The bound where the service says that it is asked too much. */
    private static final Duration FIRST_WAIT_THROTTLED = Duration.ofMillis(100);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(400);

    public Platform {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(dynamoDb);
        Objects.requireNonNull(sqs);
        Objects.requireNonNull(random);
    }

    /**
     * The platform of a function that runs in AWS: its own environment, the system's clock and clients of the real
     * services.
     */
    public static Platform aws() {
        Map<String, String> environment = System.getenv();
        if ("snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            // Goes into the snapshot, so that nobody waits for it. What it opens it closes.
            SdkWarmUp.warmUp(DynamoDbClient.class);
        }
        return new Platform(
                environment,
                InstantSource.system(),
                DynamoDbClient.builder()
                        .httpClientBuilder(http())
                        .overrideConfiguration(Platform::bounded)
                        .build(),
                new Once<>(new Queues()),
                new SecureRandom());
    }

    /** Named, so that the SDK does not search the class path for a client. */
    private static CrtHttp.Builder http() {
        return new CrtHttp.Builder(AwsCrtHttpClient.builder().connectionTimeout(CONNECT));
    }

    /**
     * How a function's clients give up: {@link #ATTEMPTS} times within {@link #CALL}, with random waits in between. Set
     * rather than left to the SDK, whose defaults differ by service, by a variable of the environment, and over time.
     */
    public static void bounded(ClientOverrideConfiguration.Builder client) {
        client.apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_WAIT, LONGEST_WAIT))
                        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_WAIT_THROTTLED, LONGEST_WAIT))
                        .build());
    }

    /**
     * The value of a variable that the function cannot run without.
     *
     * @throws IllegalStateException if the template does not set it, which is a mistake of the deployment
     */
    public String require(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + variable
                    + " is not set: template.yaml must give it to this function");
        }
        return value;
    }

    /** A class of its own, and no lambda: the jars of functions that send nothing are without SQS. */
    private static final class Queues implements Supplier<SqsClient> {
        @Override
        public SqsClient get() {
            return SqsClient.builder()
                    .httpClientBuilder(http())
                    .overrideConfiguration(Platform::bounded)
                    .build();
        }
    }

    /** Makes its value when it is first asked for, and never again. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> make;
        private @Nullable T value;

        Once(Supplier<T> make) {
            this.make = make;
        }

        @Override
        public synchronized T get() {
            T made = value;
            if (made == null) {
                made = make.get();
                value = made;
            }
            return made;
        }
    }
}
