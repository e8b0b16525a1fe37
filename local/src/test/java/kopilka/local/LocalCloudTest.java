package kopilka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The local run on a small template, with the real DynamoDB Local and ElasticMQ. */
class LocalCloudTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws Exception {
        Path template = folder.resolve("template.yaml");
        Files.copy(Path.of("src/test/resources/kopilka/local/small.yaml"), template);
        writeJar(folder);
        cloud = LocalCloud.start(LocalCloud.Options.of(template)
                .withClock(LocalClock.stoppedAt(Instant.parse("2026-03-01T08:00:00Z")))
                .withVisibility(Duration.ofSeconds(1))
                .loggingTo(folder.resolve("functions.log")));
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    // ------------------------------------------------------------------------------------------------ gateway

    @Test
    void a_request_reaches_its_function_as_an_event_in_payload_format_2() throws Exception {
        HttpResponse<String> response = send(to("/things/a%20b%2Bc?x=1&x=2&y=%C3%A9")
                .header("Authorization", "good")
                .header("X-Twice", "one")
                .header("X-Twice", "two")
                .header("Cookie", "a=1; b=2")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"n\":\"ü\"}")));

        JsonNode event = Json.read(response.body()).orElseThrow();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asText()).isEqualTo("PUT /things/{thing}");
        assertThat(event.path("rawPath").asText()).isEqualTo("/things/a b+c");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&x=2&y=%C3%A9");
        assertThat(event.path("queryStringParameters").path("x").asText()).isEqualTo("1,2");
        assertThat(event.path("queryStringParameters").path("y").asText()).isEqualTo("é");
        assertThat(event.path("pathParameters").path("thing").asText()).isEqualTo("a b+c");
        assertThat(event.path("headers").path("x-twice").asText()).isEqualTo("one,two");
        assertThat(event.path("headers").has("cookie")).isFalse();
        assertThat(event.path("cookies")).extracting(JsonNode::asText).containsExactly("a=1", "b=2");
        assertThat(event.path("body").asText()).isEqualTo("{\"n\":\"ü\"}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
        JsonNode context = event.path("requestContext");
        assertThat(context.path("authorizer").path("lambda").path("who").asText())
                .isEqualTo("friend");
        assertThat(context.path("stage").asText()).isEqualTo("$default");
        assertThat(context.path("http").path("method").asText()).isEqualTo("PUT");
        assertThat(context.path("timeEpoch").asLong())
                .isEqualTo(cloud.clock().instant().toEpochMilli());
    }

    @Test
    void a_body_that_is_not_text_comes_in_base_64() throws Exception {
        HttpResponse<String> response = send(to("/things/form")
                .header("Authorization", "good")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofString("a=1")));

        JsonNode event = Json.read(response.body()).orElseThrow();
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
        assertThat(event.path("body").asText()).isEqualTo("YT0x");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, good, 404, Not Found",
        "DELETE, /things/a, good, 404, Not Found",
        "GET, /things/a/b, good, 404, Not Found",
        "GET, /things/, good, 404, Not Found",
        "GET, /things/a, bad, 403, Forbidden",
        "GET, /things/a, odd, 500, Internal Server Error",
        "GET, /things/a, '', 401, Unauthorized",
        "GET, /things/throws, good, 500, Internal Server Error",
        "GET, /things/malformed, good, 500, Internal Server Error",
        "GET, /things/not-json, good, 500, Internal Server Error",
        "GET, /things/late, good, 500, Internal Server Error"
    })
    void what_the_gateway_answers_by_itself(String method, String path, String key, int status, String message)
            throws Exception {
        HttpRequest.Builder request = to(path).method(method, BodyPublishers.noBody());
        HttpResponse<String> response = send(key.isEmpty() ? request : request.header("Authorization", key));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void a_route_without_authorizer_is_open() throws Exception {
        HttpResponse<String> response = send(to("/open/a/b").GET());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.read(response.body())
                        .orElseThrow()
                        .path("pathParameters")
                        .path("rest")
                        .asText())
                .isEqualTo("a/b");
    }

    @Test
    void an_answer_without_a_status_is_the_body_of_a_good_one() throws Exception {
        HttpResponse<String> response = send(authorized("/things/plain").GET());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"hello\":\"world\"}");
    }

    @Test
    void an_answer_may_hold_bytes_and_cookies() throws Exception {
        HttpResponse<byte[]> response =
                HTTP.send(authorized("/things/image").GET().build(), BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).containsExactly(0, 0xFF);
        assertThat(response.headers().allValues("set-cookie")).containsExactlyInAnyOrder("a=1", "b=2");
        assertThat(response.headers().firstValue("content-type")).contains("image/x");
    }

    @Test
    void a_function_sees_the_local_clock_and_its_own_deadline() throws Exception {
        String[] body = send(authorized("/things/time").GET()).body().split(" ", 2);

        assertThat(Instant.parse(body[0])).isEqualTo(cloud.clock().instant());
        assertThat(Integer.parseInt(body[1])).isBetween(1, 2000);
    }

    @Test
    void a_body_over_ten_megabytes_is_refused() throws Exception {
        try (Socket socket = new Socket("localhost", cloud.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("""
                    PUT /things/big HTTP/1.1\r
                    Host: localhost\r
                    Authorization: good\r
                    Content-Length: 10485761\r
                    \r
                    """.getBytes(StandardCharsets.UTF_8));
            out.flush();
            byte[] start = socket.getInputStream().readNBytes(12);
            assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
        }
    }

    /** The JDK's server answers by itself what it cannot read, and lets nobody stand before it: in words of its own. */
    @Test
    void what_is_no_url_is_a_bad_request_before_any_function_is_asked() throws Exception {
        cloud.forgetAuthorizations();
        long asked = cloud.invocations("DoorFunction") + cloud.invocations("EchoFunction");
        try (Socket socket = new Socket("localhost", cloud.url().getPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write("""
                    GET /things/%ZZ HTTP/1.1\r
                    Host: localhost\r
                    Authorization: good\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n");
        }
        assertThat(cloud.invocations("DoorFunction") + cloud.invocations("EchoFunction"))
                .isEqualTo(asked);
    }

    @Test
    void the_authorizer_is_asked_once_for_a_key_until_it_is_forgotten() throws Exception {
        cloud.forgetAuthorizations();
        long before = cloud.invocations("DoorFunction");
        send(authorized("/things/a").GET());
        send(authorized("/things/b").GET());
        assertThat(cloud.invocations("DoorFunction")).isEqualTo(before + 1);

        cloud.forgetAuthorizations();
        send(authorized("/things/c").GET());
        assertThat(cloud.invocations("DoorFunction")).isEqualTo(before + 2);
    }

    @Test
    void sixty_four_clients_at_once_are_served_with_large_bodies() throws Exception {
        String large = "\"" + "x".repeat(256 * 1024) + "\"";
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = IntStream.range(0, 64)
                    .<Callable<Integer>>mapToObj(client -> () -> {
                        int served = 0;
                        for (int i = 0; i < 3; i++) {
                            HttpResponse<String> response = send(authorized("/things/" + client)
                                    .header("Content-Type", "application/json")
                                    .PUT(BodyPublishers.ofString(large)));
                            served += response.statusCode() == 200 ? 1 : 0;
                        }
                        return served;
                    })
                    .toList();
            int served = 0;
            for (Future<Integer> call : clients.invokeAll(calls)) {
                served += call.get();
            }
            assertThat(served).isEqualTo(192);
        }
    }

    // ------------------------------------------------------------------------------------------------ functions

    @Test
    void a_handler_comes_from_its_jar_if_it_is_not_on_the_class_path() {
        assertThat(cloud.invoke("JarFunction", "{}")).isEqualTo(new Invocation.Answered("\"from the jar\""));
    }

    @Test
    void a_function_has_the_variables_of_the_template() {
        assertThat(cloud.environment("WorkFunction"))
                .containsEntry("STAGE", "test")
                .containsEntry("NOTES", "Notes")
                .containsEntry("OUT", cloud.queueUrl("Out"));
    }

    @Test
    void what_a_role_does_not_allow_is_refused() {
        assertThat(cloud.invoke("WorkFunction", message("snoop")))
                .isInstanceOfSatisfying(
                        Invocation.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("WorkRole is not authorized to perform: dynamodb:GetItem"));
        assertThat(cloud.invoke("WorkFunction", message("send")))
                .isInstanceOfSatisfying(
                        Invocation.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("WorkRole is not authorized to perform: sqs:SendMessage"));
    }

    // ------------------------------------------------------------------------------------------------ queues

    @Test
    void of_a_batch_what_failed_comes_again_and_ends_among_the_dead_letters() throws Exception {
        cloud.sqs()
                .sendMessage(send -> send.queueUrl(cloud.queueUrl("Jobs"))
                        .messageBody("fine-1")
                        .messageAttributes(Map.of(
                                "about",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("tea")
                                        .build())));
        for (String body : List.of("poison 1", "fine-2", "bomb 1")) {
            cloud.sqs()
                    .sendMessage(send -> send.queueUrl(cloud.queueUrl("Jobs")).messageBody(body));
        }
        cloud.drain(SOON);

        assertThat(note("fine-1")).containsEntry("about", AttributeValue.fromS("tea"));
        assertThat(note("fine-2")).isNotEmpty();
        assertThat(bodies("Dead", 2)).containsExactlyInAnyOrder("poison 1", "bomb 1");
    }

    // ------------------------------------------------------------------------------------------------ streams

    @Test
    void a_stream_is_followed_in_order_past_what_cannot_be_delivered() throws Exception {
        cloud.drain(SOON);
        Follow.SEEN.clear();
        List<String> keys = List.of("s1", "s2", "stuck-1", "s3", "broken-1", "s4");
        for (String key : keys) {
            cloud.dynamoDb()
                    .putItem(put -> put.tableName(cloud.tableName("Notes"))
                            .item(Map.of("pk", AttributeValue.fromS(key), "about", AttributeValue.fromS("order"))));
        }
        cloud.drain(SOON);

        // Delivery is at least once: what came before a failure in its batch may be seen again.
        assertThat(Follow.SEEN.stream().distinct())
                .filteredOn(key -> key.startsWith("s"))
                .containsExactly("s1", "s2", "s3", "s4");
        List<String> lost = bodies("Lost", 2);
        assertThat(lost)
                .allSatisfy(body -> assertThat(Json.read(body)
                                .orElseThrow()
                                .path("requestContext")
                                .path("condition")
                                .asText())
                        .isEqualTo("RetryAttemptsExhausted"));
        assertThat(lost)
                .allSatisfy(body -> assertThat(Json.read(body)
                                .orElseThrow()
                                .path("DDBStreamBatchInfo")
                                .path("batchSize")
                                .asInt())
                        .isEqualTo(1));
    }

    // ------------------------------------------------------------------------------------------------ schedules

    @Test
    void a_schedule_fires_once_when_the_clock_passes_its_time() throws Exception {
        Tick.HEARD.clear();
        cloud.clock().advance(Duration.ofHours(5));
        long deadline = System.nanoTime() + SOON.toNanos();
        while (Tick.HEARD.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        Thread.sleep(300);
        assertThat(Tick.HEARD).containsExactly("{\"tick\":true}");
        cloud.fireSchedules();
        assertThat(Tick.HEARD).hasSize(2);
        assertThat(folder.resolve("functions.log")).content().contains("ClockFunction: a function's own words");
    }

    // ------------------------------------------------------------------------------------------------ start

    @Test
    void a_port_in_use_is_said_at_once() {
        assertThatThrownBy(() -> LocalCloud.start(LocalCloud.Options.of(folder.resolve("template.yaml"))
                        .onPort(cloud.url().getPort())))
                .isInstanceOf(BindException.class);
    }

    @Test
    void a_burst_over_the_limit_is_throttled() {
        long[] now = {0};
        TokenBucket bucket = new TokenBucket(2, 3, () -> now[0]);
        assertThat(List.of(bucket.take(), bucket.take(), bucket.take(), bucket.take()))
                .containsExactly(true, true, true, false);
        now[0] += 500_000_000;
        assertThat(List.of(bucket.take(), bucket.take())).containsExactly(true, false);
    }

    @Test
    void a_folder_keeps_the_tables_and_how_far_their_streams_were_read() throws Exception {
        LocalCloud.Options options = LocalCloud.Options.of(folder.resolve("template.yaml"))
                .keepingDataIn(folder.resolve("data"))
                .withParameter("Burst", "1")
                .withParameter("Rate", "1")
                .loggingTo(folder.resolve("kept.log"));
        try (LocalCloud first = LocalCloud.start(options)) {
            first.dynamoDb()
                    .putItem(put -> put.tableName("Notes")
                            .item(Map.of("pk", AttributeValue.fromS("kept"), "about", AttributeValue.fromS("x"))));
            first.drain(SOON);
            assertThat(Follow.SEEN).contains("kept");

            HttpRequest.Builder request = HttpRequest.newBuilder(first.url().resolve("/open/a"));
            List<Integer> statuses = new ArrayList<>();
            List<String> retryAfter = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = send(request.GET());
                statuses.add(response.statusCode());
                response.headers().firstValue("retry-after").ifPresent(retryAfter::add);
            }
            assertThat(statuses).contains(200, 429);
            assertThat(retryAfter).contains("1");
        }
        Follow.SEEN.removeIf("kept"::equals);
        try (LocalCloud second = LocalCloud.start(options)) {
            second.drain(SOON);
            assertThat(second.dynamoDb()
                            .getItem(get -> get.tableName("Notes").key(Map.of("pk", AttributeValue.fromS("kept"))))
                            .item())
                    .isNotEmpty();
            assertThat(Follow.SEEN).doesNotContain("kept");
        }
    }

    // ------------------------------------------------------------------------------------------------ fixtures

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(cloud.url() + path));
    }

    private static HttpRequest.Builder authorized(String path) {
        return to(path).header("Authorization", "good");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String message(String body) {
        var event = Json.object();
        event.putArray("Records").addObject().put("messageId", "1").put("body", body);
        return event.toString();
    }

    private static Map<String, AttributeValue> note(String key) {
        return cloud.dynamoDb()
                .getItem(get -> get.tableName(cloud.tableName("Notes")).key(Map.of("pk", AttributeValue.fromS(key))))
                .item();
    }

    /** The bodies of so many messages, taken from a queue that nobody else reads. */
    private static List<String> bodies(String queue, int count) {
        List<String> bodies = new ArrayList<>();
        long deadline = System.nanoTime() + SOON.toNanos();
        while (bodies.size() < count && System.nanoTime() < deadline) {
            for (Message message : cloud.sqs()
                    .receiveMessage(receive -> receive.queueUrl(cloud.queueUrl(queue))
                            .maxNumberOfMessages(10)
                            .waitTimeSeconds(1))
                    .messages()) {
                bodies.add(message.body());
                cloud.sqs()
                        .deleteMessage(delete ->
                                delete.queueUrl(cloud.queueUrl(queue)).receiptHandle(message.receiptHandle()));
            }
        }
        return bodies;
    }

    /** A jar with a handler that no class path has. */
    private static void writeJar(Path folder) throws IOException, URISyntaxException {
        Path sources = Files.createDirectories(folder.resolve("sources/elsewhere"));
        Path source = sources.resolve("FromJar.java");
        Files.writeString(source, """
                package elsewhere;
                import com.amazonaws.services.lambda.runtime.*;
                import java.io.*;
                public final class FromJar implements RequestStreamHandler {
                    @Override public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                        out.write("\\"from the jar\\"".getBytes());
                    }
                }
                """);
        String api = Path.of(RequestStreamHandler.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        int result =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", api, source.toString());
        assertThat(result).isZero();
        Path jar = Files.createDirectories(folder.resolve("jar")).resolve("from.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("elsewhere/FromJar.class"));
            out.write(Files.readAllBytes(sources.resolve("FromJar.class")));
            out.closeEntry();
        }
    }
}
