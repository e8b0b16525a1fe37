package kopilka.benchmarks.coldstart.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kopilka.lambda.json.JsonWriter;

/** Counts one thing as the functions do: a line of CloudWatch's embedded metric format. */
public final class MetricByHand implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        byte[] line = JsonWriter.object(json -> json.object(
                        "_aws",
                        aws -> aws.put("Timestamp", System.currentTimeMillis())
                                .objects(
                                        "CloudWatchMetrics",
                                        List.of("Measured"),
                                        (to, name) -> to.put("Namespace", "Kopilka")
                                                .arrays("Dimensions", List.of(List.of("Stage")))
                                                .objects(
                                                        "Metrics",
                                                        List.of(name),
                                                        (metric, its) -> metric.put("Name", its)
                                                                .put("Unit", "Count"))))
                .put("Stage", "measured")
                .put("Measured", 1));
        System.out.println(new String(line, StandardCharsets.UTF_8));
        out.write('1');
    }
}
