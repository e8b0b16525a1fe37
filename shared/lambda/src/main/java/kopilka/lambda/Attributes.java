package kopilka.lambda;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonArray;
import kopilka.lambda.json.JsonValue.JsonBoolean;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's own JSON of items, as its streams carry it. */
final class Attributes {
    private Attributes() {}

    static Map<String, AttributeValue> item(JsonObject item) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        item.members().forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }

    private static AttributeValue attribute(JsonValue value) {
        if (!(value instanceof JsonObject(Map<String, JsonValue> typed)) || typed.size() != 1) {
            throw new IllegalArgumentException("an attribute that is no object of one type");
        }
        Map.Entry<String, JsonValue> only = typed.entrySet().iterator().next();
        JsonValue content = only.getValue();
        return switch (only.getKey()) {
            case "S" -> AttributeValue.fromS(text(content));
            case "N" -> AttributeValue.fromN(text(content));
            case "B" -> AttributeValue.fromB(bytes(content));
            case "BOOL" -> AttributeValue.fromBool(content.equals(new JsonBoolean(true)));
            case "NULL" -> AttributeValue.fromNul(true);
            case "M" -> AttributeValue.fromM(map(content));
            case "L" ->
                AttributeValue.fromL(
                        items(content).stream().map(Attributes::attribute).toList());
            case "SS" ->
                AttributeValue.fromSs(
                        items(content).stream().map(Attributes::text).toList());
            case "NS" ->
                AttributeValue.fromNs(
                        items(content).stream().map(Attributes::text).toList());
            case "BS" ->
                AttributeValue.fromBs(
                        items(content).stream().map(Attributes::bytes).toList());
            default -> throw new IllegalArgumentException("an attribute of an unknown type");
        };
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString(String text)) {
            return text;
        }
        throw unexpected();
    }

    private static SdkBytes bytes(JsonValue value) {
        return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text(value)));
    }

    private static Map<String, AttributeValue> map(JsonValue value) {
        if (value instanceof JsonObject map) {
            return item(map);
        }
        throw unexpected();
    }

    private static List<JsonValue> items(JsonValue value) {
        if (value instanceof JsonArray(List<JsonValue> items)) {
            return items;
        }
        throw unexpected();
    }

    private static IllegalArgumentException unexpected() {
        return new IllegalArgumentException("an attribute whose content is not of its type");
    }
}
