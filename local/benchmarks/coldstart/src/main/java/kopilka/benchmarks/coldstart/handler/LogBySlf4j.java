package kopilka.benchmarks.coldstart.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line by SLF4J, with what stands behind it on the class path: Logback. */
public final class LogBySlf4j implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogBySlf4j.class);

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        LOG.info("measured {}", context.getAwsRequestId());
        out.write('1');
    }
}
