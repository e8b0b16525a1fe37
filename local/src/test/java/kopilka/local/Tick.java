package kopilka.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a schedule sent it. */
public final class Tick implements RequestStreamHandler {
    static final List<String> HEARD = new CopyOnWriteArrayList<>();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        HEARD.add(new String(input.readAllBytes(), StandardCharsets.UTF_8));
        System.out.println("a function's own words");
    }
}
