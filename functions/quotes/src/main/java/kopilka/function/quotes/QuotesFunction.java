package kopilka.function.quotes;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import kopilka.lambda.Call;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.Platform;
import kopilka.lambda.Route;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Scope;
import kopilka.lambda.wire.QuoteRequest;
import kopilka.lambda.wire.Quotes;

/** Tells what a basket would earn, could redeem and is entitled to. It may read, and write nothing. */
public final class QuotesFunction implements RequestStreamHandler {
    private final Quotes quotes;
    private final Entrance entrance;

    /** In AWS. */
    public QuotesFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public QuotesFunction(Platform platform) {
        Engine engine = Engine.of(platform);
        this.quotes = new Quotes(engine.ledger(), engine.programs(), platform.clock());
        this.entrance = Entrance.of(platform)
                .http(Route.write("POST /v1/quotes", Scope.MEMBERS_READ, this::quote)
                        .withBodyLimit(Route.ORDER_LIMIT)
                        .notReplayed());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private HttpResponse quote(Call call) {
        return Engine.answer(
                QuoteRequest.decode(call.caller().program(), call.body()),
                asked -> quotes.quote(call.caller().program(), call.caller().shop(), asked));
    }
}
