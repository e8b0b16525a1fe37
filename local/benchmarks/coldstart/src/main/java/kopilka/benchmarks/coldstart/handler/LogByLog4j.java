package kopilka.benchmarks.coldstart.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Logs a line by log4j2, with the appender that is made for Lambda. */
public final class LogByLog4j implements RequestStreamHandler {
    private static final Logger LOG = LogManager.getLogger(LogByLog4j.class);

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        in.readAllBytes();
        LOG.info("measured {}", context.getAwsRequestId());
        out.write('1');
    }
}
