package kopilka.local;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kopilka.lambda.Platform;
import kopilka.local.Template.Resource;
import kopilka.local.Template.Section;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * All of a template in this JVM: its tables in DynamoDB Local, its queues in ElasticMQ, its API on a port of the loopback
 * interface, its functions fed from routes, queues, streams and schedules. What is wired to what is read from the template.
 *
 * <p>Safe for use by many threads.
 */
public final class LocalCloud implements AutoCloseable {
    private final Template template;
    private final Options options;
    private final FunctionLog log;
    private final Services services;
    private final List<AutoCloseable> started;
    private final Gateway gateway;
    private final DynamoDbClient dynamoDb;
    private final Scheduler scheduler;
    private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    private final List<QueuePoller> queuePollers = new ArrayList<>();
    private final List<StreamPoller> streamPollers = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * How to start.
     *
     * @param template the template's file
     * @param port of the API; 0 takes any that is free
     * @param data folder that keeps the tables; without one all is in memory. Queues are always in memory
     * @param clock the time that functions and schedules see
     * @param parameters values of the template's parameters in place of their defaults
     * @param visibility in place of the visibility timeouts of the queues that functions are fed from
     * @param schedules whether schedules run by the clock; {@link #fireSchedules()} works either way
     * @param log file for all that functions log; without one only warnings and errors are shown, on standard error
     * @param store what stands between the functions and DynamoDB Local: tests inject faults here
     * @param sqs what stands between the functions and ElasticMQ
     */
    public record Options(
            Path template,
            int port,
            Optional<Path> data,
            LocalClock clock,
            Map<String, String> parameters,
            Optional<Duration> visibility,
            boolean schedules,
            Optional<Path> log,
            UnaryOperator<DynamoDbClient> store,
            UnaryOperator<SqsClient> sqs) {
        public Options {
            parameters = Map.copyOf(parameters);
        }

        /** Any free port, in memory, the system's time, schedules running. */
        public static Options of(Path template) {
            return new Options(
                    template,
                    0,
                    Optional.empty(),
                    new LocalClock(),
                    Map.of(),
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    UnaryOperator.identity(),
                    UnaryOperator.identity());
        }

        public Options onPort(int other) {
            return new Options(template, other, data, clock, parameters, visibility, schedules, log, store, sqs);
        }

        public Options keepingDataIn(Path folder) {
            return new Options(
                    template, port, Optional.of(folder), clock, parameters, visibility, schedules, log, store, sqs);
        }

        public Options withClock(LocalClock other) {
            return new Options(template, port, data, other, parameters, visibility, schedules, log, store, sqs);
        }

        /** Sets one parameter of the template, keeping those set before. */
        public Options withParameter(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(parameters);
            more.put(name, value);
            return new Options(template, port, data, clock, more, visibility, schedules, log, store, sqs);
        }

        public Options withVisibility(Duration timeout) {
            return new Options(
                    template, port, data, clock, parameters, Optional.of(timeout), schedules, log, store, sqs);
        }

        public Options withoutSchedules() {
            return new Options(template, port, data, clock, parameters, visibility, false, log, store, sqs);
        }

        public Options loggingTo(Path file) {
            return new Options(
                    template, port, data, clock, parameters, visibility, schedules, Optional.of(file), store, sqs);
        }

        public Options withStore(UnaryOperator<DynamoDbClient> between) {
            return new Options(template, port, data, clock, parameters, visibility, schedules, log, between, sqs);
        }

        public Options withQueues(UnaryOperator<SqsClient> between) {
            return new Options(template, port, data, clock, parameters, visibility, schedules, log, store, between);
        }
    }

    private LocalCloud(
            Template template,
            Options options,
            FunctionLog log,
            Gateway gateway,
            Services services,
            List<AutoCloseable> started) {
        this.template = template;
        this.options = options;
        this.log = log;
        this.gateway = gateway;
        this.services = services;
        this.started = started;
        this.dynamoDb = Clients.telling(services.dynamoDb(), this::wakeStreams);
        this.scheduler = new Scheduler(options.clock(), log);
    }

    /**
     * Starts everything that the template names, and returns when it answers.
     *
     * @throws java.net.BindException if the port is taken
     * @throws Template.Mistake if the template cannot be read or wants what the local run does not know
     */
    public static LocalCloud start(Options options) throws IOException {
        return start(options, (template, started) -> {
            try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
                CompletableFuture<Queues> queues =
                        CompletableFuture.supplyAsync(() -> noted(Queues.start(), started), starters);
                CompletableFuture<Tables> tables = CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return noted(Tables.start(template, options.data()), started);
                            } catch (IOException failed) {
                                throw new CompletionException(failed);
                            }
                        },
                        starters);
                Queues queuesStarted = result(queues);
                URI address = queuesStarted.address();
                queuesStarted.make(template.withQueuesAt(address), options.visibility());
                Tables tablesStarted = result(tables);
                return new Services(
                        tablesStarted.client(), tablesStarted.streams(), queuesStarted.client(), address, Map.of());
            }
        });
    }

    /**
     * Starts the API, the functions and the schedules on tables and queues that are there already. They are left as they
     * are at the end; where data is kept and how long messages stay hidden is theirs to say.
     *
     * @throws java.net.BindException if the port is taken
     * @throws Template.Mistake if the template cannot be read or wants what the local run does not know
     */
    public static LocalCloud start(Options options, Services services) throws IOException {
        return start(options, (template, started) -> services);
    }

    /** Starts or finds the services under a template, and notes what has to be closed again. */
    private interface Foundation {
        Services lay(Template template, Deque<AutoCloseable> started) throws IOException;
    }

    private static LocalCloud start(Options options, Foundation foundation) throws IOException {
        Template parameterized = Template.read(options.template(), options.parameters());
        FunctionOutput.install();
        FunctionLog log = options.log().isPresent()
                ? FunctionLog.toFile(options.log().get())
                : FunctionLog.toStandardError(LogLevel.WARN);
        // First of all, since it costs nothing and is what fails most often.
        Gateway gateway = new Gateway(options.port(), options.clock(), log);
        Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();
        List<AutoCloseable> first = List.of(gateway, log);
        boolean complete = false;
        try {
            Services services = foundation.lay(parameterized, started);
            Template template = parameterized.withQueuesAt(services.queues()).withNames(services.names());
            LocalCloud cloud = new LocalCloud(template, options, log, gateway, services, List.copyOf(started));
            started.clear();
            started.add(cloud);
            cloud.wire();
            complete = true;
            return cloud;
        } finally {
            if (!complete) {
                Stream.concat(started.stream(), first.stream()).forEach(part -> closeQuietly(part, log));
            }
        }
    }

    /** Remembers a part that has to be closed if another does not start. */
    private static <T extends AutoCloseable> T noted(T part, Deque<AutoCloseable> started) {
        started.addFirst(part);
        return part;
    }

    private static <T> T result(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case null, default -> throw failed;
            }
        }
    }

    private void wire() throws IOException {
        List<Resource> declared = template.resources("AWS::Serverless::Function");
        for (Resource function : declared) {
            functions.put(function.id(), new LambdaFunction(function, template, platformOf(function), log));
        }
        Map<String, Resource> queuesByArn = new LinkedHashMap<>();
        for (Resource queue : template.resources("AWS::SQS::Queue")) {
            queuesByArn.put(
                    "arn:aws:sqs:" + Template.REGION + ":" + Template.ACCOUNT + ":" + template.nameOf(queue), queue);
        }
        List<Resource> apis = template.resources("AWS::Serverless::HttpApi");
        if (apis.size() > 1) {
            throw new Template.Mistake(
                    "Resources: the local run serves one AWS::Serverless::HttpApi, not " + apis.size());
        }
        List<Route> routes = new ArrayList<>();
        for (Resource function : declared) {
            LambdaFunction target = functionCalled(function.id());
            Section events = template.functionProperties(function).sectionOrEmpty("Events");
            for (String name : events.names()) {
                Section event = events.section(name);
                Section properties = event.sectionOrEmpty("Properties");
                switch (event.text("Type")) {
                    case "HttpApi" -> routes.add(route(properties, target));
                    case "SQS" ->
                        queuePollers.add(new QueuePoller(
                                services.sqs(), queueUrl(properties, "Queue", queuesByArn), properties, target, log));
                    case "DynamoDB" -> streamPollers.add(streamPoller(name, properties, target, queuesByArn));
                    case "Schedule", "ScheduleV2" -> scheduler.add(function.id() + name, properties, target);
                    default -> throw event.mistake("Type", "is an event that the local run does not know");
                }
            }
        }
        for (StreamPoller poller : streamPollers) {
            poller.start();
        }
        queuePollers.forEach(QueuePoller::start);
        if (options.schedules()) {
            scheduler.start();
        }
        if (!apis.isEmpty()) {
            Section api = apis.getFirst().properties();
            gateway.open(api, routes, authorizer(api));
        }
        functions
                .values()
                .forEach(function ->
                        Thread.ofVirtual().name("warms up " + function.id()).start(function::warmUp));
    }

    private java.util.function.Function<Map<String, String>, Platform> platformOf(Resource function) {
        Section properties = template.functionProperties(function);
        Optional<Role> role = properties.has("Role")
                ? Optional.of(Role.of(template.resource(roleName(properties))))
                : Optional.empty();
        DynamoDbClient store = options.store().apply(dynamoDb);
        DynamoDbClient tablesOfRole = role.map(r -> Clients.guarded(store, r)).orElse(store);
        SqsClient sqs = options.sqs().apply(services.sqs());
        SqsClient queuesOfRole = role.map(r -> Clients.guarded(sqs, r)).orElse(sqs);
        SecureRandom random = new SecureRandom();
        return environment -> new Platform(environment, options.clock(), tablesOfRole, () -> queuesOfRole, random);
    }

    private String roleName(Section properties) {
        String arn = properties.text("Role");
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return template.resources("AWS::IAM::Role").stream()
                .filter(role -> template.nameOf(role).equals(name))
                .map(Resource::id)
                .findFirst()
                .orElseThrow(() -> properties.mistake("Role", "is not a role of this template"));
    }

    private Route route(Section event, LambdaFunction target) {
        boolean open = event.sectionOrEmpty("Auth").textOr("Authorizer", "").equals("NONE");
        return new Route(event.text("Method").toUpperCase(java.util.Locale.ROOT), event.text("Path"), target, !open);
    }

    private Optional<Authorizer> authorizer(Section api) {
        Section auth = api.sectionOrEmpty("Auth");
        if (!auth.has("DefaultAuthorizer")) {
            return Optional.empty();
        }
        Section chosen = auth.section("Authorizers").section(auth.text("DefaultAuthorizer"));
        String arn = chosen.text("FunctionArn");
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        LambdaFunction function = template.resources("AWS::Serverless::Function").stream()
                .filter(candidate -> template.nameOf(candidate).equals(name))
                .findFirst()
                .map(found -> functionCalled(found.id()))
                .orElseThrow(() -> chosen.mistake("FunctionArn", "is not a function of this template"));
        return Optional.of(new Authorizer(chosen, function, System::nanoTime));
    }

    private String queueUrl(Section at, String property, Map<String, Resource> queuesByArn) {
        Resource queue = queuesByArn.get(at.text(property));
        if (queue == null) {
            throw at.mistake(property, "is not a queue of this template");
        }
        return template.queueUrl(queue);
    }

    private StreamPoller streamPoller(
            String name, Section event, LambdaFunction target, Map<String, Resource> queuesByArn) {
        String arn = event.text("Stream");
        String table = template.resources("AWS::DynamoDB::Table").stream()
                .map(template::nameOf)
                .filter(candidate -> arn.endsWith("table/" + candidate + "/stream/local"))
                .findFirst()
                .orElseThrow(() -> event.mistake("Stream", "is not the stream of a table of this template"));
        Section onFailure = event.sectionOrEmpty("DestinationConfig").sectionOrEmpty("OnFailure");
        Optional<String> setAside = onFailure.has("Destination")
                ? Optional.of(queueUrl(onFailure, "Destination", queuesByArn))
                : Optional.empty();
        return new StreamPoller(
                services.streams(),
                services.sqs(),
                services.streamOf(table),
                event,
                target,
                setAside,
                options.data().map(folder -> folder.resolve(target.id() + name + ".checkpoint")),
                log);
    }

    private void wakeStreams() {
        streamPollers.forEach(StreamPoller::wake);
    }

    private LambdaFunction functionCalled(String id) {
        @Nullable LambdaFunction function = functions.get(id);
        if (function == null) {
            throw new IllegalArgumentException("the template has no function " + id);
        }
        return function;
    }

    /** Where the API answers, without a slash at the end. */
    public URI url() {
        return gateway.url();
    }

    /** The time that functions and schedules see; move it as you like. */
    public LocalClock clock() {
        return options.clock();
    }

    /** The template as it was read. */
    public Template template() {
        return template;
    }

    /** The tables, with every permission. */
    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** The queues, with every permission. */
    public SqsClient sqs() {
        return services.sqs();
    }

    /** The address of a queue, by its logical id. */
    public String queueUrl(String queue) {
        return template.queueUrl(template.resource(queue));
    }

    /** The name of a table, by its logical id. */
    public String tableName(String table) {
        return template.nameOf(template.resource(table));
    }

    /** The variables that a function gets from the template. */
    public Map<String, String> environment(String function) {
        return functionCalled(function).environment();
    }

    /** Invokes a function directly, by its logical id, and waits for it. */
    public Invocation invoke(String function, String payload) {
        return functionCalled(function).invoke(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** How often a function was invoked since the start. */
    public long invocations(String function) {
        return functionCalled(function).invocations();
    }

    /** Invokes every scheduled function now, one after the other, and waits for them. */
    public void fireSchedules() {
        scheduler.fireAll();
    }

    /** Has the authorizer asked again for keys that it knew: the time-to-live of its answers passes at once. */
    public void forgetAuthorizations() {
        gateway.forgetAuthorizations();
    }

    /**
     * Waits until the queues that functions are fed from are empty and the streams are read to their ends, and nothing
     * that came of it is left either.
     *
     * @throws IllegalStateException if that takes longer; the message names what is left
     */
    public void drain(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long before;
        do {
            before = invocations();
            for (QueuePoller poller : queuePollers) {
                int depth = services.depth(poller.url());
                while (depth > 0) {
                    await(deadline, depth + " messages in " + poller.url());
                    depth = services.depth(poller.url());
                }
            }
            long now = System.nanoTime();
            for (StreamPoller poller : streamPollers) {
                poller.wake();
                while (!poller.caughtUpSince(now)) {
                    await(deadline, "records in a stream");
                }
            }
            // What these brought about may have put something into a queue or a stream again.
        } while (invocations() != before);
    }

    private static void await(long deadline, String what) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("still waiting for " + what);
        }
        Thread.sleep(5);
    }

    private long invocations() {
        return functions.values().stream()
                .mapToLong(LambdaFunction::invocations)
                .sum();
    }

    /** Stops everything, at once: what a queue holds is lost, what a table holds is lost unless a folder keeps it. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        scheduler.stop();
        queuePollers.forEach(QueuePoller::stop);
        streamPollers.forEach(StreamPoller::stop);
        closeQuietly(gateway, log);
        started.forEach(part -> closeQuietly(part, log));
        closeQuietly(log, log);
    }

    private static void closeQuietly(AutoCloseable part, FunctionLog log) {
        try {
            part.close();
        } catch (Exception failed) {
            log.line("local", LogLevel.WARN, "cannot close: " + failed);
        }
    }

    /** The template of this project: in this folder or the nearest one above it. */
    public static Optional<Path> nearestTemplate() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("template.yaml");
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
