package kopilka.function.members;

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
import kopilka.lambda.Route.BodyRule;
import kopilka.lambda.StoredAnswers;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.IdempotencyKey;
import kopilka.lambda.http.Scope;
import kopilka.lambda.wire.Reads;
import kopilka.lambda.wire.Requests;

/** Enrols members, closes their accounts, and tells what they have and why. */
public final class MembersFunction implements RequestStreamHandler {
    private final Engine engine;
    private final Reads reads;
    private final Entrance entrance;

    /** In AWS. */
    public MembersFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public MembersFunction(Platform platform) {
        this.engine = Engine.of(platform);
        this.reads = new Reads(engine.ledger(), engine.programs(), platform.clock());
        this.entrance = Entrance.of(platform)
                .http(
                        StoredAnswers.of(platform),
                        Route.write("PUT /v1/members/{member}", Scope.MEMBERS_WRITE, this::enrol)
                                .withBody(BodyRule.OPTIONAL),
                        Route.write("POST /v1/members/{member}/close", Scope.MEMBERS_WRITE, this::close)
                                .withBody(BodyRule.OPTIONAL),
                        Route.read("GET /v1/members/{member}", Scope.MEMBERS_READ, this::member),
                        Route.write("PUT /v1/members/{member}/profile", Scope.MEMBERS_WRITE, this::profile)
                                .withPersonalBody(),
                        Route.write("POST /v1/activities", Scope.MEMBERS_WRITE, this::activity),
                        Route.read("GET /v1/members/{member}/tier", Scope.MEMBERS_READ, this::tier),
                        Route.read(
                                        "GET /v1/members/{member}/ledger/{posting}/explanation",
                                        Scope.MEMBERS_READ,
                                        this::explanation)
                                .withQuery("language"),
                        Route.read("GET /v1/members/{member}/balance", Scope.MEMBERS_READ, this::balance),
                        Route.read("GET /v1/members/{member}/ledger", Scope.MEMBERS_READ, this::ledger)
                                .withQuery("limit", "cursor"));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private HttpResponse enrol(Call call) {
        return engine.answer(Requests.enrol(call.caller().program(), call.parameters(), call.body()));
    }

    private HttpResponse close(Call call) {
        return engine.answer(Requests.close(call.caller().program(), call.parameters(), call.body()));
    }

    private HttpResponse member(Call call) {
        return Engine.answer(Requests.member(call.caller().program(), call.parameters()), reads::member);
    }

    private HttpResponse balance(Call call) {
        return Engine.answer(Requests.member(call.caller().program(), call.parameters()), reads::balance);
    }

    private HttpResponse ledger(Call call) {
        return Engine.answer(Requests.ledger(call.caller().program(), call.parameters()), reads::ledger);
    }

    private HttpResponse tier(Call call) {
        return Engine.answer(Requests.member(call.caller().program(), call.parameters()), reads::tier);
    }

    private HttpResponse explanation(Call call) {
        return Engine.answer(Requests.entry(call.caller().program(), call.parameters()), reads::explanation);
    }

    private HttpResponse activity(Call call) {
        return engine.answer(Requests.activity(call.caller().program(), call.body()));
    }

    /** A profile has no id of its own: its key names the change. */
    private HttpResponse profile(Call call) {
        return engine.answer(Requests.profile(
                call.caller().program(),
                call.parameters(),
                IdempotencyKey.required(call.request().headers()),
                call.body()));
    }
}
