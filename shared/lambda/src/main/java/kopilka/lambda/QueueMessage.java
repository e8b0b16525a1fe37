package kopilka.lambda;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonReader.Reading;
import kopilka.lambda.json.JsonValue.JsonObject;

/**
 * A message of an SQS queue.
 *
 * @param id SQS's own id of it
 * @param attributes its attributes that are strings
 */
public record QueueMessage(String id, String body, Map<String, String> attributes) {
    public QueueMessage {
        attributes = Map.copyOf(attributes);
    }

    /** The message in a record of an event; empty if the record is no whole message. */
    static Optional<QueueMessage> from(JsonObject record) {
        return record.text("messageId")
                .flatMap(id -> record.text("body").map(body -> {
                    Map<String, String> attributes = new LinkedHashMap<>();
                    JsonObject all = record.object("messageAttributes").orElse(JsonObject.EMPTY);
                    for (String name : all.members().keySet()) {
                        all.object(name)
                                .flatMap(attribute -> attribute.text("stringValue"))
                                .ifPresent(value -> attributes.put(name, value));
                    }
                    return new QueueMessage(id, body, attributes);
                }));
    }

    /** The body as JSON, read as strictly as a request's. */
    public Reading json() {
        return JsonReader.body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing of the body. */
    @Override
    public String toString() {
        return "message " + id;
    }
}
