package kopilka.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The rows of all tables as a release wrote them: a file for each table, a row in each line, in the JSON of DynamoDB.
 *
 * @param tables the rows by the table's role
 */
record Rows(Map<String, List<Map<String, AttributeValue>>> tables) {
    private static final Path RELEASES = Path.of(System.getProperty("kopilka.releases", "src/test/resources/releases"));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The releases of which rows are kept, the oldest first. */
    static List<String> releases() {
        try (Stream<Path> folders = Files.list(RELEASES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted((one, other) -> number(one).compareTo(number(other)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(String release) {
        StringBuilder sortable = new StringBuilder();
        for (String part : release.split("\\.", -1)) {
            sortable.append("%06d".formatted(Integer.parseInt(part)));
        }
        return sortable.toString();
    }

    private static Map<String, String> names(Schema schema) {
        return Map.of(
                "accounts", schema.accounts(),
                "postings", schema.postings(),
                "programs", schema.programs(),
                "keys", schema.keys());
    }

    /** What a release wrote. */
    static Rows of(String release) {
        Map<String, List<Map<String, AttributeValue>>> tables = new TreeMap<>();
        for (String table : List.of("accounts", "postings", "programs", "keys")) {
            try {
                List<Map<String, AttributeValue>> rows = new ArrayList<>();
                for (String line : Files.readAllLines(file(release, table))) {
                    rows.add(row(JSON.readTree(line)));
                }
                tables.put(table, rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Rows(tables);
    }

    /** What is in the tables. */
    static Rows in(Schema schema) {
        Map<String, List<Map<String, AttributeValue>>> tables = new TreeMap<>();
        names(schema)
                .forEach((table, name) -> tables.put(
                        table,
                        Embedded.client().scanPaginator(scan -> scan.tableName(name)).items().stream()
                                .sorted((one, other) -> json(one).compareTo(json(other)))
                                .toList()));
        return new Rows(tables);
    }

    /** The rows of one table. */
    List<Map<String, AttributeValue>> table(String table) {
        return tables.getOrDefault(table, List.of());
    }

    /** Puts them into tables. */
    void into(Schema schema) {
        DynamoDbClient client = Embedded.client();
        names(schema)
                .forEach((table, name) -> table(table)
                        .forEach(
                                row -> client.putItem(put -> put.tableName(name).item(row))));
    }

    /** Keeps them as those of a release. */
    void keepAs(String release) {
        tables.forEach((table, rows) -> {
            try {
                Path file = file(release, table);
                Files.createDirectories(file.getParent());
                Files.write(file, rows.stream().map(Rows::json).toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path file(String release, String table) {
        return RELEASES.resolve(release).resolve(table + ".jsonl");
    }

    /** As lines to compare: what is deflated is inflated, since different versions of zlib deflate differently. */
    List<String> comparable() {
        return tables.entrySet().stream()
                .flatMap(table -> table.getValue().stream()
                        .map(row -> table.getKey() + " " + json(inflated(row)))
                        .sorted())
                .toList();
    }

    private static Map<String, AttributeValue> inflated(Map<String, AttributeValue> row) {
        Map<String, AttributeValue> plain = new HashMap<>();
        row.forEach((name, value) -> plain.put(name, inflated(value)));
        return plain;
    }

    private static AttributeValue inflated(AttributeValue value) {
        return switch (value.type()) {
            case M -> AttributeValue.fromM(inflated(value.m()));
            case L ->
                AttributeValue.fromL(value.l().stream().map(Rows::inflated).toList());
            case B ->
                AttributeValue.fromB(SdkBytes.fromByteArray(inflated(value.b().asByteArray())));
            case S, N, SS, NS, BS, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> value;
        };
    }

    private static byte[] inflated(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != 1) {
            return bytes;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, 1, bytes.length - 1);
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            byte[] chunk = new byte[4096];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0) {
                    return bytes;
                }
                plain.write(chunk, 0, length);
            }
            return plain.toByteArray();
        } catch (DataFormatException notDeflated) {
            // A hash that begins with the same byte.
            return bytes;
        } finally {
            inflater.end();
        }
    }

    private static String json(Map<String, AttributeValue> row) {
        ObjectNode node = JSON.createObjectNode();
        new TreeMap<>(row).forEach((name, value) -> node.set(name, json(value)));
        return node.toString();
    }

    private static JsonNode json(AttributeValue value) {
        ObjectNode node = JSON.createObjectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case BOOL -> node.put("BOOL", value.bool());
            case B -> node.put("B", value.b().asByteArray());
            case M -> {
                ObjectNode map = node.putObject("M");
                new TreeMap<>(value.m()).forEach((name, entry) -> map.set(name, json(entry)));
            }
            case L -> {
                ArrayNode list = node.putArray("L");
                value.l().forEach(entry -> list.add(json(entry)));
            }
            case SS, NS, BS, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("no item has a " + value.type());
        }
        return node;
    }

    private static Map<String, AttributeValue> row(JsonNode node) throws IOException {
        Map<String, AttributeValue> row = new HashMap<>();
        for (Map.Entry<String, JsonNode> attribute : node.properties()) {
            row.put(attribute.getKey(), value(attribute.getValue()));
        }
        return row;
    }

    private static AttributeValue value(JsonNode node) throws IOException {
        Map.Entry<String, JsonNode> typed = node.properties().iterator().next();
        JsonNode content = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(content.textValue());
            case "N" -> AttributeValue.fromN(content.textValue());
            case "BOOL" -> AttributeValue.fromBool(content.booleanValue());
            case "B" -> AttributeValue.fromB(SdkBytes.fromByteArray(content.binaryValue()));
            case "M" -> AttributeValue.fromM(row(content));
            case "L" -> {
                List<AttributeValue> list = new ArrayList<>();
                for (JsonNode entry : content) {
                    list.add(value(entry));
                }
                yield AttributeValue.fromL(list);
            }
            default -> throw new IOException("no item has a " + typed.getKey());
        };
    }
}
