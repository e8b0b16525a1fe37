package kopilka.local.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import kopilka.dynamodb.ApiKey;
import kopilka.dynamodb.DynamoDbKeys;
import kopilka.local.Invocation.Answered;
import kopilka.local.Invocation.Failed;
import kopilka.local.LocalCloud;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;

/**
 * The way into a program of the local cloud: makes the program where it is not there yet, and a fresh key each time. A
 * key's secret is stored nowhere, so whoever comes back to a folder of data gets a new key in place of the last one.
 *
 * @param key the API key; it may do everything
 * @param isNewProgram whether the program was made just now
 */
public record ProgramAccess(String key, boolean isNewProgram) {
    private static final ShopId SHOP = new ShopId("local");

    /**
     * Opens a program.
     *
     * @param document the rules it gets where it is new, in JSON
     * @throws IllegalArgumentException if that is no document of a program; the message says why
     */
    public static ProgramAccess open(LocalCloud cloud, ProgramId program, String document) {
        revokeFormerKeys(cloud, program);
        JsonMapper mapper = new JsonMapper();
        ObjectNode event = mapper.createObjectNode();
        try {
            event.putObject("bootstrap")
                    .put("program", program.value())
                    .put("shop", SHOP.value())
                    .set("document", mapper.readTree(document));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("the program's document is not JSON: " + malformed.getOriginalMessage());
        }
        return switch (cloud.invoke("ProgramFunction", event.toString())) {
            case Answered answered -> read(answered.text());
            case Failed failed -> throw new IllegalStateException("no program: " + failed.message());
        };
    }

    private static void revokeFormerKeys(LocalCloud cloud, ProgramId program) {
        DynamoDbKeys keys = new DynamoDbKeys(cloud.dynamoDb(), cloud.tableName("KeysTable"));
        for (ApiKey former : keys.list(program)) {
            if (former.shop().equals(SHOP)) {
                keys.revoke(program, former.id(), cloud.clock().instant());
            }
        }
    }

    private static ProgramAccess read(String answer) {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(answer);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("the program function did not answer in JSON", notJson);
        }
        if (json.has("errors")) {
            throw new IllegalArgumentException(
                    "the program's document has errors: " + Answer.reasons(json.path("errors")));
        }
        if (!json.path("key").isTextual()) {
            throw new IllegalStateException("no key: " + json.path("error").asText());
        }
        return new ProgramAccess(json.path("key").asText(), json.path("created").asBoolean());
    }
}
