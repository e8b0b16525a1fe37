package kopilka.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import kopilka.lambda.Platform;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Notes each message in a table; "poison" it reports as failed, "bomb" it throws at, "snoop" reads without permission. */
public final class Work implements RequestStreamHandler {
    private final Platform platform;

    public Work(Platform platform) {
        this.platform = platform;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ObjectNode report = Json.object();
        var failures = report.putArray("batchItemFailures");
        for (JsonNode message : Json.read(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                .orElseThrow()
                .path("Records")) {
            String body = message.path("body").asText();
            String table = platform.require("NOTES");
            switch (body.split(" ", 2)[0]) {
                case "poison" ->
                    failures.addObject()
                            .put("itemIdentifier", message.path("messageId").asText());
                case "bomb" -> throw new IllegalStateException("on purpose");
                case "snoop" ->
                    platform.dynamoDb()
                            .getItem(get -> get.tableName(table).key(Map.of("pk", AttributeValue.fromS("secret"))));
                case "send" ->
                    platform.sqs()
                            .get()
                            .sendMessage(send ->
                                    send.queueUrl(platform.require("OUT")).messageBody("out"));
                default ->
                    platform.dynamoDb()
                            .putItem(put -> put.tableName(table)
                                    .item(Map.of(
                                            "pk", AttributeValue.fromS(body),
                                            "about",
                                                    AttributeValue.fromS(message.path("messageAttributes")
                                                            .path("about")
                                                            .path("stringValue")
                                                            .asText("nothing")))));
            }
        }
        output.write(Json.bytes(report));
    }
}
