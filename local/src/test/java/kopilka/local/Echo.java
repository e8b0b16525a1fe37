package kopilka.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import kopilka.lambda.Platform;

/** Answers with the event that it was invoked with, or in one of the ways that go wrong. */
public final class Echo implements RequestStreamHandler {
    private final Platform platform;

    public Echo(Platform platform) {
        this.platform = platform;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        JsonNode event = Json.read(text).orElseThrow();
        String answer = switch (event.path("pathParameters").path("thing").asText()) {
            case "throws" -> throw new IllegalStateException("on purpose");
            case "late" -> late();
            case "malformed" -> "{\"statusCode\":\"good\"}";
            case "not-json" -> "no JSON";
            case "plain" -> "{\"hello\":\"world\"}";
            case "time" ->
                "{\"statusCode\":200,\"body\":\"" + platform.clock().instant() + " "
                        + context.getRemainingTimeInMillis() + "\"}";
            case "image" ->
                "{\"statusCode\":201,\"isBase64Encoded\":true,\"body\":\"AP8=\","
                        + "\"cookies\":[\"a=1\",\"b=2\"],\"headers\":{\"Content-Type\":\"image/x\"}}";
            default ->
                Json.object()
                        .put("statusCode", 200)
                        .put("body", text)
                        .set("headers", Json.object().put("content-type", "application/json"))
                        .toString();
        };
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String late() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return "{}";
    }
}
