package kopilka.benchmarks.coldstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;

/**
 * As much of DynamoDB as the measured functions ask for, over TLS: it finds items by their keys and keeps what it is
 * given. Once {@link #freeze frozen} it keeps nothing more, so that each start meets the same rows. It checks no
 * condition.
 */
final class TinyDynamoDb implements AutoCloseable {
    /** The attributes of the keys, by table. */
    static final Map<String, String[]> KEYS = Map.of(
            "accounts", new String[] {"pk", "sk"},
            "postings", new String[] {"pk"},
            "programs", new String[] {"program", "version"},
            "keys", new String[] {"pk"},
            "usual-accounts", new String[] {"member"},
            "usual-postings", new String[] {"id"});

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> items = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final HttpsServer server;
    private volatile boolean frozen;

    TinyDynamoDb(SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** How many calls were answered since this was last asked. */
    int calls() {
        return calls.getAndSet(0);
    }

    /** Puts a row, as DynamoDB's JSON has it. */
    void put(String table, String item) throws IOException {
        keep(table, json.readTree(item));
    }

    /** From now on nothing is kept. */
    void freeze() {
        frozen = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
            byte[] answer = json.writeValueAsBytes(answer(target.substring(target.indexOf('.') + 1), request));
            calls.incrementAndGet();
            CRC32 sum = new CRC32();
            sum.update(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.getResponseHeaders().set("x-amz-crc32", Long.toString(sum.getValue()));
            exchange.getResponseHeaders()
                    .set("x-amzn-RequestId", "TINYTINYTINYTINYTINYTINYTINYTINYTINYTINYTINYTINYTINY");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (RuntimeException e) {
            System.err.println("the tiny DynamoDB has no answer: " + e);
            throw e;
        }
    }

    private ObjectNode answer(String operation, JsonNode request) {
        ObjectNode answer = json.createObjectNode();
        switch (operation) {
            case "GetItem" -> find(request).ifPresent(item -> answer.set("Item", item));
            case "BatchGetItem" -> {
                ObjectNode found = answer.putObject("Responses");
                request.get("RequestItems").properties().forEach(table -> {
                    ArrayNode rows = found.putArray(table.getKey());
                    table.getValue()
                            .get("Keys")
                            .forEach(key -> find(table.getKey(), key).ifPresent(rows::add));
                });
                answer.putObject("UnprocessedKeys");
            }
            case "TransactGetItems" -> {
                ArrayNode found = answer.putArray("Responses");
                request.get("TransactItems").forEach(one -> {
                    ObjectNode row = found.addObject();
                    find(one.get("Get")).ifPresent(item -> row.set("Item", item));
                });
            }
            case "PutItem" -> keep(request.get("TableName").asText(), request.get("Item"));
            case "TransactWriteItems" ->
                request.get("TransactItems").forEach(one -> {
                    JsonNode put = one.get("Put");
                    if (put != null) {
                        keep(put.get("TableName").asText(), put.get("Item"));
                    }
                });
            case "Query" -> answer.put("Count", 0).put("ScannedCount", 0).putArray("Items");
            default -> throw new IllegalArgumentException(operation);
        }
        return answer;
    }

    private java.util.Optional<JsonNode> find(JsonNode get) {
        return find(get.get("TableName").asText(), get.get("Key"));
    }

    private java.util.Optional<JsonNode> find(String table, JsonNode key) {
        return java.util.Optional.ofNullable(items.get(place(table, key)));
    }

    private void keep(String table, JsonNode item) {
        if (!frozen) {
            items.put(place(table, item), item);
        }
    }

    private static String place(String table, JsonNode item) {
        StringBuilder place = new StringBuilder(table);
        for (String attribute : KEYS.getOrDefault(table, new String[0])) {
            place.append(' ').append(item.get(attribute));
        }
        return place.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
