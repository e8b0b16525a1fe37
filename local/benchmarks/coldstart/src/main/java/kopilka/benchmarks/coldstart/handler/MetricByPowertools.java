package kopilka.benchmarks.coldstart.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Counts one thing by Powertools. */
public final class MetricByPowertools implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        Metrics metrics = MetricsFactory.getMetricsInstance();
        metrics.setNamespace("Kopilka");
        metrics.setDefaultDimensions(DimensionSet.of("Stage", "measured"));
        metrics.addMetric("Measured", 1, MetricUnit.COUNT);
        metrics.flush();
        out.write('1');
    }
}
