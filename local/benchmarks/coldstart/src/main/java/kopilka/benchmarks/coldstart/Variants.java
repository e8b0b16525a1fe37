package kopilka.benchmarks.coldstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** What is compared with what. */
final class Variants {
    static final String EMPTY = "an empty handler";
    static final String ORDERS = "orders";
    static final String ACCRUAL = "accrual";
    static final String USUAL = "the usual way";
    static final String READ = "one read by ";
    static final String LOG = "one line of log ";
    static final String METRIC = "one metric ";

    private static final String HANDLERS = "kopilka.benchmarks.coldstart.handler.";
    private static final String[] RUNTIME = {
        "aws-lambda-java-runtime-interface-client", "aws-lambda-java-core", "aws-lambda-java-serialization"
    };

    private final ObjectMapper json = new ObjectMapper();
    private final Path project;
    private final ClassPath own = ClassPath.own();

    Variants(Path project) {
        this.project = project;
    }

    /** The jars that Lambda's runtime for Java has before it has a function's. */
    List<Path> runtime() {
        return own.only(RUNTIME).jars();
    }

    /** The variables that a function of the template has, those of Lambda's and where DynamoDB is. */
    Map<String, String> environment(String dynamoDb) {
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_REGION", "eu-central-1");
        variables.put("AWS_DEFAULT_REGION", "eu-central-1");
        variables.put("AWS_ACCESS_KEY_ID", "none");
        variables.put("AWS_SECRET_ACCESS_KEY", "none");
        variables.put("AWS_SESSION_TOKEN", "none");
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", "measured");
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        variables.put("AWS_LAMBDA_LOG_LEVEL", "INFO");
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb);
        variables.put("LAMBDA_TASK_ROOT", "/var/task");
        variables.put("LANG", "C.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("STAGE", "measured");
        variables.put("ACCOUNTS_TABLE", "accounts");
        variables.put("POSTINGS_TABLE", "postings");
        variables.put("PROGRAMS_TABLE", "programs");
        variables.put("KEYS_TABLE", "keys");
        variables.put("ORDER_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/123456789012/orders");
        variables.put("USUAL_ACCOUNTS_TABLE", "usual-accounts");
        variables.put("USUAL_POSTINGS_TABLE", "usual-postings");
        return variables;
    }

    /** Lets the functions themselves make the program and the member, and gives the usual way its row. */
    void tellRows(Starter starter, TinyDynamoDb dynamoDb) throws IOException, InterruptedException {
        persistently(
                starter,
                Variant.of(
                        "a program",
                        deployed(function("program")),
                        "kopilka.function.program.ProgramFunction",
                        sample("program/bootstrap.json")));
        persistently(
                starter,
                Variant.of(
                        "a member",
                        deployed(function("members")),
                        "kopilka.function.members.MembersFunction",
                        sample("members/put-members-member.json")));
        dynamoDb.put(
                "usual-accounts", "{\"member\":{\"S\":\"m-anna\"},\"points\":{\"N\":\"0\"},\"version\":{\"N\":\"1\"}}");
        dynamoDb.calls();
    }

    /** Both may come twice, and on a machine with other work may have to. */
    private static void persistently(Starter starter, Variant variant) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                starter.start(variant);
                return;
            } catch (IOException e) {
                if (attempt == 8) {
                    throw e;
                }
            }
        }
    }

    /** Every function of the template, by name. */
    List<String> functions() throws IOException {
        try (Stream<Path> folders = Files.list(project.resolve("functions"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> Files.exists(function(name)))
                    .sorted()
                    .toList();
        }
    }

    /** The jar of a function, as it is deployed. */
    Path function(String name) {
        return project.resolve("functions/" + name + "/target/" + name + ".jar");
    }

    /**
     * All of them.
     *
     * @param folder where a jar may be made for them
     */
    List<Variant> all(Path folder) throws IOException {
        String order = oneRecord(sample("accrual/sqs-order-queue.json"));
        Variant empty = Variant.of(EMPTY, List.of(thisJar()), HANDLERS + "Empty", order);
        Variant orders = Variant.of(
                ORDERS,
                deployed(function("orders")),
                "kopilka.function.orders.OrdersFunction",
                sample("orders/post-orders.json"));
        Variant accrual =
                Variant.of(ACCRUAL, deployed(function("accrual")), "kopilka.function.accrual.AccrualFunction", order);
        Variant usual = Variant.of(USUAL, usual(), "kopilka.benchmarks.usual.UsualFunction", order);

        List<Variant> all = new ArrayList<>();
        for (Variant one : List.of(empty, orders, accrual, usual)) {
            all.add(one);
            all.add(one.withCache());
        }
        for (Client client : CLIENTS) {
            Variant one = Variant.of(READ + client.called(), clients(client), HANDLERS + client.handler(), order);
            all.add(one);
            all.add(one.withCache());
        }
        for (Variant one : List.of(empty, accrual, usual)) {
            all.add(one.withSnapshot());
        }
        all.add(Variant.of(LOG + "by hand", lean(), HANDLERS + "LogByHand", order));
        all.add(Variant.of(
                LOG + "by Logback",
                lean("slf4j-api", "logback-classic", "logback-core"),
                HANDLERS + "LogBySlf4j",
                order));
        all.add(Variant.of(
                LOG + "by log4j2",
                lean("log4j-api", "log4j-core", "aws-lambda-java-log4j2"),
                HANDLERS + "LogByLog4j",
                order));
        all.add(Variant.of(METRIC + "by hand", lean(), HANDLERS + "MetricByHand", order));
        all.add(Variant.of(
                METRIC + "by Powertools",
                lean(
                        "slf4j-api",
                        "powertools-metrics",
                        "powertools-common",
                        "aws-embedded-metrics",
                        "jackson-databind",
                        "jackson-annotations",
                        "jackson-datatype-jsr310",
                        "javatuples",
                        "commons-lang3",
                        "crac",
                        "sdk-core",
                        "utils",
                        "utils-lite"),
                HANDLERS + "MetricByPowertools",
                order));
        all.add(Variant.of(
                ACCRUAL + " in one jar with all functions",
                deployed(oneJar(folder)),
                "kopilka.function.accrual.AccrualFunction",
                order));
        all.add(accrual.with(ACCRUAL + " with both compilers", List.of("-XX:+UseSerialGC")));
        all.add(accrual.with(
                ACCRUAL + " without the JDK's archive",
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:off")));
        return all;
    }

    /** A client of HTTP, what is started with it, and the jars that it adds to the SDK's. */
    private record Client(String called, String handler, List<String> jars) {}

    private static final List<Client> CLIENTS = List.of(
            new Client("url-connection", "OneReadByUrlConnection", List.of("url-connection-client")),
            new Client("CRT", "OneReadByCrt", List.of("aws-crt-client", "crt-core", "aws-crt")),
            new Client(
                    "Apache 5",
                    "OneReadByApache5",
                    List.of("apache5-client", "httpclient5", "httpcore5", "httpcore5-h2", "commons-codec")),
            new Client(
                    "Apache 4",
                    "OneReadByApache4",
                    List.of("apache-client", "httpclient", "httpcore", "commons-codec", "commons-logging")));

    /** This module's jar with the SDK and one HTTP client. */
    private List<Path> clients(Client client) {
        String[] all = CLIENTS.stream().flatMap(each -> each.jars().stream()).toArray(String[]::new);
        ClassPath sdk = own.without(RUNTIME)
                .without(all)
                .without("log4j-api", "log4j-core", "aws-lambda-java-log4j2", "logback-classic", "logback-core")
                .without("powertools-metrics", "powertools-common", "aws-embedded-metrics", "crac");
        return with(sdk, own.only(client.jars().toArray(String[]::new)));
    }

    /** This module's jar with what writes JSON by hand, and these. */
    private List<Path> lean(String... more) {
        return with(own.only("kopilka-lambda", "jackson-core"), own.only(more));
    }

    private List<Path> with(ClassPath some, ClassPath more) {
        return Stream.of(Stream.of(thisJar()), some.jars().stream(), more.jars().stream())
                .flatMap(jars -> jars)
                .toList();
    }

    /** A function's jar, and the native code of its HTTP client for this machine, which the jar holds for Lambda's. */
    private List<Path> deployed(Path jar) {
        return Stream.concat(Stream.of(jar), own.only("aws-crt").jars().stream())
                .toList();
    }

    /** What all functions would be in one jar. */
    private Path oneJar(Path folder) throws IOException {
        Path jar = folder.resolve("all.jar");
        Set<String> written = new HashSet<>();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : functions()) {
                try (ZipFile in = new ZipFile(function(name).toFile())) {
                    for (ZipEntry entry : Collections.list(in.entries())) {
                        if (written.add(entry.getName())) {
                            out.putNextEntry(new ZipEntry(entry.getName()));
                            in.getInputStream(entry).transferTo(out);
                        }
                    }
                }
            }
        }
        return jar;
    }

    private List<Path> usual() {
        Path target = project.resolve("local/benchmarks/usual/target");
        return Stream.concat(
                        ClassPath.of(target).only("kopilka-benchmark-usual").jars().stream(),
                        ClassPath.of(target.resolve("lib")).without(RUNTIME).jars().stream())
                .toList();
    }

    private Path thisJar() {
        return ClassPath.of(project.resolve("local/benchmarks/coldstart/target"))
                .only("kopilka-benchmark-coldstart")
                .jars()
                .getFirst();
    }

    private String sample(String name) throws IOException {
        return Files.readString(project.resolve("events").resolve(name));
    }

    /** A batch of the first message alone: an order. */
    private String oneRecord(String batch) throws IOException {
        ObjectNode event = (ObjectNode) json.readTree(batch);
        ArrayNode records = (ArrayNode) event.get("Records");
        while (records.size() > 1) {
            records.remove(1);
        }
        return json.writeValueAsString(event);
    }
}
