package kopilka.function.referral;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.lambda.Call;
import kopilka.lambda.Engine;
import kopilka.lambda.Entrance;
import kopilka.lambda.Platform;
import kopilka.lambda.Route;
import kopilka.lambda.StoredAnswers;
import kopilka.lambda.StreamRecord;
import kopilka.lambda.Taken;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Scope;
import kopilka.lambda.wire.Replies;
import kopilka.lambda.wire.Requests;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Refusal;
import kopilka.ledger.Teller;
import kopilka.referral.IssueReferralCode;
import kopilka.referral.ReferrerSide;

/**
 * Lets members recommend the shop. Codes and referees come by the API; the referrer's side of a reward comes from the
 * stream of postings, once what earns or loses it is in the ledger.
 */
public final class ReferralFunction implements RequestStreamHandler {
    /** Without the letters and digits that are mistaken for one another: 0 and O, 1, I and L, and U for V. */
    private static final String CODE_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** 30 to the 8th, 6.5 times 10 to the 11th: not to be guessed one by one, and short enough to be said. */
    private static final int CODE_LENGTH = 8;

    /** How many codes are drawn before it is said that something is wrong with chance itself. */
    private static final int DRAWS = 5;

    private final Platform platform;
    private final Engine engine;
    private final Entrance entrance;

    /** In AWS. */
    public ReferralFunction() {
        this(Platform.aws());
    }

    /** On a platform. */
    public ReferralFunction(Platform platform) {
        this.platform = platform;
        Engine usual = Engine.of(platform);
        this.engine = usual.with(new Replies(usual.ledger(), usual.programs(), platform.require("REFERRAL_LINK_BASE")));
        this.entrance = Entrance.of(platform)
                .http(
                        StoredAnswers.of(platform),
                        Route.write("POST /v1/referrals/codes", Scope.REFERRALS_WRITE, this::issueCode),
                        Route.write("POST /v1/referrals", Scope.REFERRALS_WRITE, this::attach))
                .stream(this::posted);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        entrance.handle(in, out, context);
    }

    private HttpResponse issueCode(Call call) {
        return Engine.answer(Requests.issueCode(call.caller().program(), draw(), call.body()), first -> {
            Operation operation = first;
            for (int i = 1; i < DRAWS; i++) {
                Teller.Answer answer = engine.teller().carryOut(operation);
                if (!answer.equals(new Teller.Answer.Refused(new Refusal.CodeTaken()))) {
                    return engine.replies().to(operation, answer);
                }
                operation = new IssueReferralCode(first.member(), draw());
            }
            throw new IllegalStateException("every code that is drawn is taken");
        });
    }

    private ReferralCode draw() {
        StringBuilder code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(CODE_CHARACTERS.charAt(platform.random().nextInt(CODE_CHARACTERS.length())));
        }
        return new ReferralCode(code.toString());
    }

    private HttpResponse attach(Call call) {
        return engine.answer(Requests.attach(call.caller().program(), call.body()));
    }

    private Taken posted(StreamRecord record) {
        if (record.change() != StreamRecord.Change.INSERT) {
            return Taken.done();
        }
        Posting posting = DynamoDbLedger.posting(record.newImage());
        return ReferrerSide.of(posting).map(this::carryOver).orElseGet(Taken::done);
    }

    private Taken carryOver(Operation operation) {
        return switch (engine.teller().carryOut(operation)) {
            case Teller.Answer.Done done -> Taken.done();
            case Teller.Answer.Nothing nothing -> Taken.done();
            case Teller.Answer.Refused refused -> Taken.failed("refused");
            case Teller.Answer.Conflict conflict -> Taken.failed("conflict");
            case Teller.Answer.Unavailable unavailable -> Taken.failed("unavailable");
        };
    }
}
