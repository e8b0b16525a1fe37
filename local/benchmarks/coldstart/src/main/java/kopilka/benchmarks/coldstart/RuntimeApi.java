package kopilka.benchmarks.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda's runtime API for one process: it hands the event out when it is first asked for one, takes the answer, and has
 * nothing more.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";

    private final HttpServer server;
    private final byte[] event;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<ProcessTime> process = new CompletableFuture<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile long initialised;

    /**
     * What came of the event.
     *
     * @param body what the function answered
     * @param initialised processor time until it asked for the event, in nanoseconds
     * @param answered processor time until it had answered, in nanoseconds
     */
    record Answer(String body, long initialised, long answered) {}

    RuntimeApi(String event) throws IOException {
        this.event = event.getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(ROOT + "invocation/next", this::next);
        server.createContext(ROOT + "invocation/", this::answered);
        server.createContext(ROOT + "init/error", this::answered);
        server.createContext(ROOT + "restore/next", this::restored);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The process that is going to ask. */
    void isAskedBy(ProcessTime asking) {
        process.complete(asking);
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    private void next(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (asked.getAndIncrement() > 0) {
                closed.await();
                return;
            }
            initialised = process.join().nanos();
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(System.currentTimeMillis()
                                    + Duration.ofSeconds(30).toMillis()));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:eu-central-1:123456789012:function:measured");
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Trace-Id",
                            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restored(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void answered(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            long used = process.join().nanos();
            if (exchange.getRequestURI().getPath().endsWith("/response")) {
                answer.complete(new Answer(body, initialised, used));
            } else {
                answer.completeExceptionally(new IOException("the function failed: " + body));
            }
            exchange.sendResponseHeaders(202, -1);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
