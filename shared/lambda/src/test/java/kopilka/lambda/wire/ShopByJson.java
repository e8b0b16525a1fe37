package kopilka.lambda.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kopilka.expiry.SettleAccount;
import kopilka.lambda.http.HttpResponse;
import kopilka.lambda.http.Problem;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.Place;
import kopilka.ledger.Account;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ReferralSignal;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Teller;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.ShopId;
import kopilka.referral.RewardReferrer;
import kopilka.referral.TakeBackReward;

/** A shop that speaks to a ledger in memory in the API's JSON alone: the words of the wire, without HTTP around them. */
final class ShopByJson implements Programs {
    static final ProgramId PROGRAM = new ProgramId("demo");

    /** The program of openapi.yaml's examples. */
    static final String DOCUMENT = """
            {'format':1,'name':'Demo shop','currency':'EUR','timeZone':'Europe/Kyiv',
             'earning':{'rate':{'points':1,'per':'1.00'},
               'categories':{'premium':{'points':2,'per':'1.00'},'alcohol':{'percent':'0'}},
               'minimumOrder':'10.00','maximumPerOrder':5000,
               'include':{'delivery':false,'tax':false,'discountedLines':true,'giftVouchers':false,'paidWithPoints':false},
               'rounding':'down_on_order'},
             'pending':{'from':'paid','days':14},
             'expiry':{'months':12,'roundToMonthEnd':true},
             'redemption':{'worth':{'points':100,'amount':'1.00'},'minimumPoints':100,'maximumShare':'50','holdMinutes':30},
             'refunds':{'shortfall':{'policy':'debt'},'graceDays':30},
             'referral':{'referrerPoints':500,'refereePoints':300,'minimumOrder':'20.00'}}
            """;

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Program rules;
    private final Teller teller;
    private final Replies replies;
    private final Reads reads;
    private final Quotes quotes;
    private Instant now = Instant.parse("2026-03-01T07:00:00Z");

    ShopByJson() {
        this(DOCUMENT);
    }

    ShopByJson(String document) {
        this(ProgramDocument.parse(quoted(document)));
    }

    ShopByJson(Program rules) {
        this.rules = rules;
        this.teller = new Teller(ledger, this, () -> now, Teller.Pause.NONE);
        this.replies = new Replies(ledger, this, "https://shop.example.com/");
        this.reads = new Reads(ledger, this, () -> now);
        this.quotes = new Quotes(ledger, this, () -> now);
    }

    @Override
    public Optional<ProgramVersion> at(ProgramId program, Instant instant) {
        return version(program, 1);
    }

    @Override
    public Optional<ProgramVersion> version(ProgramId program, int number) {
        return program.equals(PROGRAM) && number == 1
                ? Optional.of(new ProgramVersion(PROGRAM, 1, Instant.EPOCH, rules))
                : Optional.empty();
    }

    ShopByJson at(String time) {
        now = Instant.parse(time);
        return this;
    }

    HttpResponse enrol(String member) {
        return answer(Requests.enrol(PROGRAM, parameters("member", member), json("{}")));
    }

    HttpResponse close(String member) {
        return answer(Requests.close(PROGRAM, parameters("member", member), json("{}")));
    }

    HttpResponse order(String body) {
        return answer(Requests.orderEvent(PROGRAM, json(body), Place.BODY));
    }

    /** An order of one line, paid now. */
    HttpResponse paid(String order, String member, String total) {
        return order("{'order':'%s','member':'%s','event':'paid','at':'%s','content':{'currency':'EUR',"
                        .formatted(order, member, now)
                + "'lines':[{'sku':'S','quantity':1,'total':'%s'}],'total':'%s'}}".formatted(total, total));
    }

    HttpResponse event(String order, String member, String event) {
        return order("{'order':'%s','member':'%s','event':'%s','at':'%s'}".formatted(order, member, event, now));
    }

    HttpResponse refund(String order, String body) {
        return answer(Requests.refund(PROGRAM, parameters("order", order), json(body)));
    }

    /** A refund of an amount, made now. */
    HttpResponse refundOf(String order, String refund, String member, String amount) {
        return refund(
                order,
                "{'refund':'%s','member':'%s','at':'%s','amount':'%s','currency':'EUR'}"
                        .formatted(refund, member, now, amount));
    }

    HttpResponse hold(String body) {
        return answer(Requests.hold(PROGRAM, json(body)));
    }

    HttpResponse hold(String redemption, String member, long points) {
        return hold(
                "{'redemption':'%s','member':'%s','points':%d,'order':{'total':{'amount':'1000.00','currency':'EUR'}}}"
                        .formatted(redemption, member, points));
    }

    HttpResponse capture(String redemption, String body) {
        return answer(Requests.capture(PROGRAM, parameters("redemption", redemption), json(body)));
    }

    HttpResponse voidHold(String redemption, String member) {
        return answer(Requests.voidHold(
                PROGRAM, parameters("redemption", redemption), json("{'member':'%s'}".formatted(member))));
    }

    HttpResponse issueCode(String member, String candidate) {
        return answer(
                Requests.issueCode(PROGRAM, new ReferralCode(candidate), json("{'member':'%s'}".formatted(member))));
    }

    HttpResponse attach(String member, String code) {
        return answer(Requests.attach(PROGRAM, json("{'member':'%s','code':'%s'}".formatted(member, code))));
    }

    /** Does for the referrer what the last posting of the referee means for it, as the stream would. */
    void follow(String referee) {
        Posting last = ledger.history(key(referee), Long.MAX_VALUE, 1).getFirst();
        switch (last.signal().orElseThrow()) {
            case ReferralSignal.Qualified qualified ->
                teller.carryOut(new RewardReferrer(
                        new MemberKey(PROGRAM, qualified.referrer()),
                        last.member().member(),
                        qualified));
            case ReferralSignal.Disqualified disqualified ->
                teller.carryOut(new TakeBackReward(
                        new MemberKey(PROGRAM, disqualified.referrer()),
                        last.member().member(),
                        disqualified));
        }
    }

    void settle(String member) {
        Account account = ledger.read(Set.of(new StoredKey.AccountKey(key(member))))
                .account(key(member))
                .orElseThrow();
        teller.carryOut(new SettleAccount(key(member), account.sequence()));
    }

    HttpResponse quote(String body) {
        return decoded(
                QuoteRequest.decode(PROGRAM, json(body)), asked -> quotes.quote(PROGRAM, new ShopId("main"), asked));
    }

    HttpResponse readMember(String member) {
        return decoded(Requests.member(PROGRAM, parameters("member", member)), reads::member);
    }

    HttpResponse balance(String member) {
        return decoded(Requests.member(PROGRAM, parameters("member", member)), reads::balance);
    }

    HttpResponse ledger(String member, String... query) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < query.length; i += 2) {
            all.put(query[i], query[i + 1]);
        }
        all.put("member", member);
        return decoded(Requests.ledger(PROGRAM, parameters(all)), reads::ledger);
    }

    HttpResponse readOrder(String order, String member) {
        return decoded(Requests.order(PROGRAM, parameters(Map.of("order", order, "member", member))), reads::order);
    }

    HttpResponse readRedemption(String redemption) {
        return decoded(Requests.redemption(parameters("redemption", redemption)), id -> reads.redemption(PROGRAM, id));
    }

    /** The sentence that explains the last posting of a member. */
    String why(String member) {
        JsonValue page = read(ledger(member, "limit", "1").body().bytes());
        return ((JsonObject) ((JsonObject) page).items("entries").getFirst())
                .object("explanation")
                .flatMap(explanation -> explanation.text("text"))
                .orElseThrow();
    }

    private <T extends Operation> HttpResponse answer(Decoded<T> operation) {
        return decoded(operation, valid -> replies.to(valid, teller.carryOut(valid)));
    }

    private static <T> HttpResponse decoded(Decoded<T> decoded, Function<T, HttpResponse> answer) {
        return switch (decoded) {
            case Decoded.Valid<T> valid -> answer.apply(valid.value());
            case Decoded.Invalid<T> invalid -> Problem.invalid(invalid.errors()).response();
        };
    }

    private static MemberKey key(String member) {
        return new MemberKey(PROGRAM, new MemberId(member));
    }

    static Fields parameters(String name, String value) {
        return parameters(Map.of(name, value));
    }

    static Fields parameters(Map<String, String> values) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        values.forEach((name, value) -> members.put(name, new JsonString(value)));
        return new Fields(new JsonObject(members), Place.PARAMETERS);
    }

    /** JSON written with apostrophes, so that it can be read in Java. */
    static JsonValue json(String text) {
        return read(quoted(text).getBytes(UTF_8));
    }

    static JsonValue read(byte[] text) {
        return switch (JsonReader.body(text)) {
            case JsonReader.Read read -> read.value();
            case JsonReader.Malformed malformed ->
                throw new IllegalArgumentException("the test's own JSON: " + malformed.fault());
        };
    }

    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    /** An answer as one line: its status and its body, with apostrophes. */
    static String line(HttpResponse response) {
        return response.status() + " " + new String(response.body().bytes(), UTF_8).replace('"', '\'');
    }

    /** The errors of a decoding, each as its place and code. */
    static List<String> errors(Decoded<?> decoded) {
        return decoded.errors().stream()
                .map(error -> error.where().member() + " " + error.at() + " " + error.code())
                .toList();
    }
}
