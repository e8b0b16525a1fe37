package kopilka.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the notes that a stream tells of, and never gets past one whose key begins with "stuck" or "broken". */
public final class Follow implements RequestStreamHandler {
    static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        for (JsonNode record : Json.read(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                .orElseThrow()
                .path("Records")) {
            JsonNode change = record.path("dynamodb");
            String key = change.path("NewImage").path("pk").path("S").asText();
            if (key.startsWith("broken")) {
                throw new IllegalStateException("on purpose");
            }
            if (key.startsWith("stuck")) {
                output.write(("{\"batchItemFailures\":[{\"itemIdentifier\":\""
                                + change.path("SequenceNumber").asText() + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
                return;
            }
            SEEN.add(key);
        }
    }
}
