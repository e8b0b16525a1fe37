package kopilka.benchmarks.coldstart.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import kopilka.lambda.json.JsonWriter;

/** Logs a line as the functions do: JSON by the writer that also writes their answers, printed. */
public final class LogByHand implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        byte[] line = JsonWriter.object(json -> json.put("timestamp", Instant.now())
                .put("level", "INFO")
                .put("event", "measured")
                .put("requestId", context.getAwsRequestId()));
        System.out.println(new String(line, StandardCharsets.UTF_8));
        out.write('1');
    }
}
