package kopilka.function.redemption;

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
import kopilka.lambda.StoredAnswers;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Scope;
import kopilka.lambda.wire.Reads;
import kopilka.lambda.wire.Requests;

/** Lets points pay: holds them for a checkout, captures them or gives them back. */
public final class RedemptionFunction implements RequestStreamHandler {
    private final Engine engine;
    private final Reads reads;
    private final Entrance entrance;

    /** In AWS. */
    public RedemptionFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public RedemptionFunction(Platform platform) {
        this.engine = Engine.of(platform);
        this.reads = new Reads(engine.ledger(), engine.programs(), platform.clock());
        this.entrance = Entrance.of(platform)
                .http(
                        StoredAnswers.of(platform),
                        Route.write("POST /v1/redemptions", Scope.REDEMPTIONS_WRITE, this::hold),
                        Route.write(
                                "POST /v1/redemptions/{redemption}/capture", Scope.REDEMPTIONS_WRITE, this::capture),
                        Route.write("POST /v1/redemptions/{redemption}/void", Scope.REDEMPTIONS_WRITE, this::voidHold),
                        Route.read("GET /v1/redemptions/{redemption}", Scope.MEMBERS_READ, this::read));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private HttpResponse hold(Call call) {
        return engine.answer(Requests.hold(call.caller().program(), call.body())
                .map(hold -> hold.toldBy(call.caller().shop())));
    }

    private HttpResponse capture(Call call) {
        return engine.answer(Requests.capture(call.caller().program(), call.parameters(), call.body()));
    }

    private HttpResponse voidHold(Call call) {
        return engine.answer(Requests.voidHold(call.caller().program(), call.parameters(), call.body()));
    }

    private HttpResponse read(Call call) {
        return Engine.answer(
                Requests.redemption(call.parameters()),
                redemption -> reads.redemption(call.caller().program(), redemption));
    }
}
