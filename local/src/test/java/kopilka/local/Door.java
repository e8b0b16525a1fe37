package kopilka.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An authorizer: "good" may pass, "odd" makes it talk nonsense, anybody else may not pass. */
public final class Door implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String key = Json.read(new String(input.readAllBytes(), StandardCharsets.UTF_8))
                .orElseThrow()
                .path("identitySource")
                .path(0)
                .asText();
        String answer = switch (key) {
            case "good" -> "{\"isAuthorized\":true,\"context\":{\"who\":\"friend\"}}";
            case "odd" -> "\"maybe\"";
            default -> "{\"isAuthorized\":false}";
        };
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }
}
