package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.Account;
import kopilka.ledger.Audit;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Posting;
import kopilka.ledger.StoredKey;
import kopilka.local.LocalCloud;
import kopilka.program.ProgramId;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A shop with a program of its own, and a key that may do everything. */
final class Shop {
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final LocalCloud cloud;
    private final String program;
    private final Api api;

    private Shop(LocalCloud cloud, String program, Api api) {
        this.cloud = cloud;
        this.program = program;
        this.api = api;
    }

    /** A member's points. */
    record Points(long available, long pending, long held, long debt) {}

    /** Opens a shop with {@link Rules#SIMPLE}; the clock stands at {@link OneCloud#OPENING} then. */
    static Shop open(LocalCloud cloud) {
        return open(cloud, Rules.SIMPLE);
    }

    static Shop open(LocalCloud cloud, String document) {
        cloud.clock().stopAt(OneCloud.OPENING);
        return open(cloud, "program-" + OPENED.incrementAndGet(), document);
    }

    /** Opens a shop with a program of that name. */
    static Shop open(LocalCloud cloud, String program, String document) {
        String answer = cloud.invoke("ProgramFunction", """
                {"bootstrap":{"program":"%s","document":%s}}""".formatted(program, document))
                .answer()
                .orElseThrow();
        return new Shop(
                cloud,
                program,
                new Api(cloud.url(), java.util.Optional.empty())
                        .with(Json.read(answer).path("key").asText()));
    }

    String program() {
        return program;
    }

    Api api() {
        return api;
    }

    Instant now() {
        return cloud.clock().instant();
    }

    Reply send(Call call) {
        return api.send(call);
    }

    Reply sendWrong(Call call) {
        return api.sendWrong(call);
    }

    // ------------------------------------------------------------------------------------------------ what happens

    Reply enrol(String member) {
        return send(Endpoint.ENROL.call().at("member", member)).is(201);
    }

    /** Enrols a member who then pays an order of as much as gives so many points. */
    void enrolWith(String member, long points) {
        enrol(member);
        pays(member, "first-of-" + member, points + ".00");
    }

    Reply pays(String member, String order, String total) {
        return send(Orders.paid(order, member, total, now())).is(201);
    }

    Reply refunds(String member, String order, String refund, String amount) {
        return send(Orders.refund(order, refund, member, amount, now())).is(201);
    }

    static Call hold(String member, String redemption, long points) {
        return Endpoint.HOLD.call().body("""
                {"redemption":"%s","member":"%s","points":%d,"order":{"total":{"amount":"10000.00","currency":"EUR"}}}""".formatted(redemption, member, points));
    }

    Reply holds(String member, String redemption, long points) {
        return send(hold(member, redemption, points)).is(201);
    }

    static Call capture(String member, String redemption) {
        return Endpoint.CAPTURE.call().at("redemption", redemption).body("{\"member\":\"" + member + "\"}");
    }

    static Call voidOf(String member, String redemption) {
        return Endpoint.VOID.call().at("redemption", redemption).body("{\"member\":\"" + member + "\"}");
    }

    static Call activity(String member, String activity, String kind, Instant at) {
        return Endpoint.ACTIVITY.call().body("""
                {"activity":"%s","member":"%s","kind":"%s","at":"%s"}""".formatted(activity, member, kind, at));
    }

    /** Tells what is known of a member; the change is named by the member, so it can be told once. */
    static Call profile(String member, String profile) {
        return Endpoint.PROFILE
                .call()
                .at("member", member)
                .header("Idempotency-Key", "profile-of-" + member)
                .body(profile);
    }

    static Call close(String member) {
        return Endpoint.CLOSE.call().at("member", member).body("{}");
    }

    /** The member's code. */
    String codeOf(String member) {
        return send(Endpoint.CODE.call().body("{\"member\":\"" + member + "\"}"))
                .is(201)
                .string("/code");
    }

    static Call attach(String member, String code) {
        return Endpoint.ATTACH.call().body("{\"member\":\"" + member + "\",\"code\":\"" + code + "\"}");
    }

    /** Issues a key with these scopes to a shop that has none yet. */
    String keyWith(String shop, Set<String> scopes) {
        String list = scopes.stream().map(Json::quoted).collect(Collectors.joining(","));
        return send(Endpoint.ISSUE_KEY.call().body("{\"shop\":\"" + shop + "\",\"scopes\":[" + list + "]}"))
                .is(201)
                .string("/key");
    }

    /** Publishes a document that nobody has looked at, to take effect a minute from now. */
    void publishUnchecked(String document) {
        DynamoDbPrograms programs = new DynamoDbPrograms(
                cloud.dynamoDb(), cloud.tableName("ProgramsTable"), ProgramDocument::parse, System::nanoTime);
        ProgramId id = new ProgramId(program);
        int latest = programs.head(id).orElseThrow().version();
        assertThat(programs.put(id, latest, document, now().plus(DynamoDbPrograms.KNOWN_AFTER)))
                .isPresent();
    }

    /** Puts a message into the order queue, from this program. */
    void queue(String body) {
        cloud.sqs()
                .sendMessage(message -> message.queueUrl(cloud.queueUrl("OrderQueue"))
                        .messageBody(body)
                        .messageAttributes(Map.of("program", text(program), "shop", text("main"))));
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    void wait(Duration time) {
        cloud.clock().advance(time);
    }

    // ------------------------------------------------------------------------------------------------ what is so

    JsonNode balance(String member) {
        return send(Endpoint.BALANCE.call().at("member", member)).is(200).json();
    }

    Points points(String member) {
        JsonNode balance = balance(member);
        return new Points(
                balance.path("available").asLong(),
                balance.path("pending").path("total").asLong(),
                balance.path("held").asLong(),
                balance.path("debt").asLong());
    }

    /** Every entry of a member's ledger, newest first. */
    List<JsonNode> ledger(String member) {
        List<JsonNode> entries = new ArrayList<>();
        Call page = Endpoint.LEDGER.call().at("member", member).query("limit", "100");
        while (true) {
            JsonNode answer = send(page).is(200).json();
            answer.path("entries").forEach(entries::add);
            if (!answer.has("next")) {
                return entries;
            }
            page = page.query("cursor", answer.path("next").asText());
        }
    }

    /** How many entries a member's ledger has. */
    long sequence(String member) {
        return send(Endpoint.LEDGER.call().at("member", member).query("limit", "1"))
                .is(200)
                .number("/entries/0/sequence");
    }

    /** What must not have changed where a request was refused: the account's last posting, with its hash. */
    String head(String member) {
        return send(Endpoint.LEDGER.call().at("member", member).query("limit", "1"))
                .is(200)
                .text();
    }

    JsonNode order(String order, String member) {
        return send(Endpoint.READ_ORDER.call().at("order", order).query("member", member))
                .is(200)
                .json();
    }

    private DynamoDbLedger books() {
        return new DynamoDbLedger(cloud.dynamoDb(), cloud.tableName("AccountsTable"), cloud.tableName("PostingsTable"));
    }

    private MemberKey key(String member) {
        return new MemberKey(new ProgramId(program), new MemberId(member));
    }

    /** Every posting of a member, in sequence. */
    List<Posting> postings(String member) {
        List<Posting> postings = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (before > 1) {
            List<Posting> page = books().history(key(member), before, 100);
            postings.addAll(page);
            before = page.getLast().sequence();
        }
        Collections.reverse(postings);
        return postings;
    }

    /** Audits members' accounts against their postings. */
    void isSound(String... members) {
        for (String member : Arrays.asList(members)) {
            Account account = books().read(Set.of(new StoredKey.AccountKey(key(member))))
                    .account(key(member))
                    .orElseThrow();
            assertThat(Audit.of(account, postings(member))).as(member).isEmpty();
        }
    }
}
