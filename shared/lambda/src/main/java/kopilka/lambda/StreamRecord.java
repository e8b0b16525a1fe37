package kopilka.lambda;

import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.JsonValue.JsonObject;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change of a table, from its stream.
 *
 * @param sequenceNumber its place in the stream
 * @param change what was done to the item
 * @param newImage the item as it is now; empty if it was removed
 */
public record StreamRecord(String sequenceNumber, Change change, Map<String, AttributeValue> newImage) {
    /** What was done to an item. */
    public enum Change {
        INSERT,
        MODIFY,
        REMOVE
    }

    public StreamRecord {
        newImage = Map.copyOf(newImage);
    }

    /**
     * The change in a record of an event; empty if the record is none.
     *
     * @throws IllegalArgumentException if an attribute is of no type that DynamoDB has
     */
    static Optional<StreamRecord> from(JsonObject record) {
        JsonObject change = record.object("dynamodb").orElse(JsonObject.EMPTY);
        return sequenceNumber(record)
                .flatMap(number -> record.text("eventName")
                        .map(name -> new StreamRecord(
                                number,
                                Change.valueOf(name),
                                Attributes.item(change.object("NewImage").orElse(JsonObject.EMPTY)))));
    }

    static Optional<String> sequenceNumber(JsonObject record) {
        return record.object("dynamodb").flatMap(change -> change.text("SequenceNumber"));
    }

    /** Nothing of the item. */
    @Override
    public String toString() {
        return change + " " + sequenceNumber;
    }
}
