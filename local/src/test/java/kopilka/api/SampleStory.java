package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.dynamodb.ApiKey;
import kopilka.dynamodb.DynamoDbKeys;
import kopilka.dynamodb.DynamoDbLedger;
import kopilka.dynamodb.DynamoDbPrograms;
import kopilka.dynamodb.KeyId;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Teller;
import kopilka.local.LocalClock;
import kopilka.program.ProgramId;
import kopilka.program.ShopId;
import kopilka.referral.IssueReferralCode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every sample event is sent to its function, in an order that makes a story of them: a member comes by a recommendation,
 * buys, returns something, pays with points and leaves.
 */
abstract class SampleStory {
    private static final Path EVENTS = Contract.file().resolveSibling("events");

    private static final String STREAM = "referral/dynamodb-postings-table.json";

    /** Where the functions run. */
    interface Stage {
        /** Invokes a function by its logical id, and waits for its answer. */
        String invoke(String function, String event);

        /** Lets queues and streams do their part, where they do. */
        void settle() throws InterruptedException;

        LocalClock clock();

        DynamoDbClient dynamoDb();

        /** The name of a table by its logical id. */
        String table(String id);
    }

    private final Set<String> used = new TreeSet<>();

    /** Starts or finds the stage. */
    abstract Stage stage() throws Exception;

    // ------------------------------------------------------------------------------------------------ samples

    private static String sample(String file) {
        try {
            return Files.readString(EVENTS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code members/put-members-member.json} is for {@code MembersFunction}. */
    private static String functionOf(String file) {
        String name = file.substring(0, file.indexOf('/'));
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Function";
    }

    private JsonNode send(Stage stage, String file) {
        used.add(file);
        return sendChanged(stage, file, Json.object(sample(file)));
    }

    private static JsonNode sendChanged(Stage stage, String file, ObjectNode event) {
        JsonNode time = event.at("/requestContext/timeEpoch");
        if (time.isNumber()) {
            stage.clock().advanceTo(Instant.ofEpochMilli(time.longValue()));
        }
        return Json.read(stage.invoke(functionOf(file), event.toString()));
    }

    /** A sample of the API, with its answer. */
    private JsonNode answered(Stage stage, String file, int status) {
        JsonNode answer = send(stage, file);
        assertThat(answer.path("statusCode").asInt()).as("%s: %s", file, answer).isEqualTo(status);
        String body = answer.path("body").asText();
        return body.isEmpty() ? answer : Json.read(body);
    }

    /** What must be so for a sample to make sense, told in the words of another one. */
    private static void given(Stage stage, String file, Map<String, String> changes) {
        ObjectNode event = Json.object(sample(file));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            event = change.getKey().startsWith("body/")
                    ? event.put(
                            "body",
                            Json.with(
                                            Json.read(event.path("body").asText()),
                                            change.getKey().substring("body".length()),
                                            change.getValue())
                                    .toString())
                    : (ObjectNode) Json.with(event, change.getKey(), change.getValue());
        }
        ((ObjectNode) event.path("headers")).remove("idempotency-key");
        JsonNode answer = sendChanged(stage, file, event);
        assertThat(answer.path("statusCode").asInt())
                .as("given %s: %s", file, answer)
                .isBetween(200, 299);
    }

    private static void assertAllDone(JsonNode report) {
        assertThat(report).isEqualTo(Json.read("{\"batchItemFailures\":[]}"));
    }

    // ------------------------------------------------------------------------------------------------ the story

    @Test
    void every_sample_event_is_answered_as_the_story_goes() throws Exception {
        Stage stage = stage();
        stage.clock().stopAt(Instant.parse("2026-02-20T13:00:00Z"));

        JsonNode program = send(stage, "program/bootstrap.json");
        assertThat(program.path("created").asBoolean()).isTrue();
        assertThat(program.path("key").asText()).startsWith("kop_");
        assertThat(send(stage, "program/bootstrap-club.json").path("created").asBoolean())
                .isTrue();
        seedKeys(stage);

        // Olga has joined, and got the code that the samples speak of.
        stage.clock().advanceTo(Instant.parse("2026-02-20T13:59:00Z"));
        given(
                stage,
                "members/put-members-member.json",
                Map.of(
                        "/pathParameters/member", "\"m-olga\"",
                        "/rawPath", "\"/v1/members/m-olga\"",
                        "/requestContext/timeEpoch", "(none)"));
        seedCode(stage);
        assertThat(answered(stage, "referral/post-referrals-codes.json", 201)
                        .path("code")
                        .asText())
                .isEqualTo("K7Q2M9XA");

        // The shop looks at its program and its keys.
        assertThat(answered(stage, "program/get-program.json", 200)
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(answered(stage, "program/get-program-versions-version.json", 200)
                        .at("/document/name")
                        .asText())
                .isEqualTo("Demo shop");
        assertThat(answered(stage, "program/get-keys.json", 200)
                        .at("/keys/0/id")
                        .asText())
                .isEqualTo("EXAMPLEkey01");
        assertThat(answered(stage, "program/post-keys.json", 201).path("shop").asText())
                .isEqualTo("s1");
        answered(stage, "program/delete-keys-key.json", 204);
        JsonNode caller = send(stage, "authorizer/request.json");
        assertThat(caller.at("/context/program").asText()).isEqualTo("demo-shop");
        assertThat(caller.path("isAuthorized").asBoolean()).isTrue();

        // Anna comes by Olga's link, and buys.
        story(stage);

        // All of it is sound.
        assertThat(send(stage, "audit/schedule.json")).isEqualTo(Json.read("{}"));

        // All samples there are, and no other.
        assertThat(used).isEqualTo(files());
    }

    private void story(Stage stage) throws InterruptedException {
        stage.clock().stopAt(Instant.parse("2026-03-01T07:00:00Z"));
        assertThat(answered(stage, "members/put-members-member.json", 201)
                        .path("sequence")
                        .asInt())
                .isEqualTo(1);
        assertThat(answered(stage, "referral/post-referrals.json", 201)
                        .path("referrer")
                        .asText())
                .isEqualTo("m-olga");
        assertThat(answered(stage, "members/get-members-member.json", 200)
                        .path("referrer")
                        .asText())
                .isEqualTo("m-olga");
        given(
                stage,
                "orders/post-orders.json",
                Map.of(
                        "body/event", "\"placed\"",
                        "body/at", "\"2026-03-02T10:00:00+02:00\"",
                        "/requestContext/timeEpoch", "1772438402000"));
        JsonNode paid = answered(stage, "orders/post-orders.json", 201);
        assertThat(paid.path("earned").asInt()).isEqualTo(85);
        assertThat(paid.at("/balance/pending").asInt()).isEqualTo(385);

        // The stream tells of the payment. Where it runs, it has done so already: to be told twice changes nothing.
        stage.settle();
        assertThat(Json.read(sample(STREAM)).at("/Records/0/dynamodb/NewImage"))
                .as("the image in %s is that of the story's own posting", STREAM)
                .isEqualTo(image(stage, "demo-shop#order#A-1#paid"));
        assertAllDone(send(stage, STREAM));
        assertThat(balanceOf(stage, "m-olga").at("/pending/total").asInt()).isEqualTo(500);

        given(
                stage,
                "orders/post-orders.json",
                Map.of(
                        "body/event", "\"delivered\"",
                        "body/at", "\"2026-03-04T18:20:00+02:00\"",
                        "/requestContext/timeEpoch", "1772641202000"));
        assertThat(answered(stage, "orders/post-orders-order-refunds.json", 201)
                        .path("reversed")
                        .asInt())
                .isEqualTo(11);
        // The queue brings both once more.
        assertAllDone(send(stage, "accrual/sqs-order-queue.json"));
        assertThat(answered(stage, "orders/get-orders-order.json", 200)
                        .path("earned")
                        .asInt())
                .isEqualTo(74);

        // The return window passes.
        stage.clock().advanceTo(Instant.parse("2026-03-15T22:00:04Z"));
        assertAllDone(send(stage, "expiry/sqs-settle-queue.json"));
        stage.clock().advanceTo(Instant.parse("2026-03-16T00:00:00Z"));
        assertThat(send(stage, "expiry/schedule.json")).isEqualTo(Json.read("{}"));
        stage.settle();
        assertThat(balanceOf(stage, "m-olga").path("available").asInt()).isEqualTo(500);

        // Points pay.
        assertThat(answered(stage, "redemption/post-redemptions.json", 201)
                        .at("/balance/available")
                        .asInt())
                .isEqualTo(174);
        assertThat(answered(stage, "redemption/get-redemptions-redemption.json", 200)
                        .path("status")
                        .asText())
                .isEqualTo("held");
        assertThat(answered(stage, "members/get-members-member-balance.json", 200)
                        .path("held")
                        .asInt())
                .isEqualTo(200);
        assertThat(answered(stage, "redemption/post-redemptions-redemption-capture.json", 200)
                        .path("returned")
                        .asInt())
                .isEqualTo(50);
        assertThat(answered(stage, "members/get-members-member-ledger.json", 200)
                        .at("/entries/0/operation")
                        .asText())
                .isEqualTo("redemption_captured");
        given(
                stage,
                "redemption/post-redemptions.json",
                Map.of(
                        "body/redemption",
                        "\"H-2\"",
                        "body/points",
                        "100",
                        "/requestContext/timeEpoch",
                        "1774283400000"));
        assertThat(answered(stage, "redemption/post-redemptions-redemption-void.json", 200)
                        .path("returned")
                        .asInt())
                .isEqualTo(100);

        // The rules change and change back, and Anna leaves.
        assertThat(answered(stage, "program/post-program-validate.json", 200)
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(answered(stage, "program/put-program.json", 200)
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(answered(stage, "program/get-program-versions.json", 200)
                        .at("/versions/0/state")
                        .asText())
                .isEqualTo("current");
        assertThat(answered(stage, "program/get-program-versions-version-compare-other.json", 200)
                        .at("/differences/0/pointer")
                        .asText())
                .isEqualTo("/earning/categories/premium/points");
        club(stage);
        JsonNode restored = answered(stage, "program/post-program-versions-version-restore.json", 200);
        assertThat(restored.path("version").asInt()).isEqualTo(3);
        assertThat(restored.path("state").asText()).isEqualTo("future");
        assertThat(answered(stage, "members/post-members-member-close.json", 200)
                        .path("expired")
                        .asInt())
                .isEqualTo(224);
    }

    /** Another shop's program has rules, wallets, levels and activities. */
    private void club(Stage stage) {
        Instant opening = Instant.parse("2026-04-02T06:02:00Z");
        Map<String, String> anna = Map.of(
                "/requestContext/authorizer/lambda/program",
                "\"tea-club\"",
                "/requestContext/timeEpoch",
                Long.toString(opening.toEpochMilli()));
        given(stage, "members/put-members-member.json", anna);
        assertThat(answered(stage, "program/get-program-rules.json", 200)
                        .path("rules")
                        .findValuesAsText("title"))
                .contains("Бал за кожне євро");
        answered(stage, "members/put-members-member-profile.json", 200);
        assertThat(answered(stage, "members/post-activities.json", 201)
                        .at("/earned/0/units")
                        .asInt())
                .isEqualTo(20);
        assertThat(answered(stage, "members/get-members-member-tier.json", 200)
                        .at("/next/missing/0/spend")
                        .asText())
                .isEqualTo("300.00");
        JsonNode quote = answered(stage, "quotes/post-quotes.json", 200);
        assertThat(quote.at("/price/amount").asText()).isEqualTo("62.40");
        assertThat(quote.at("/discounts/0/amount").asText()).isEqualTo("2.50");
        // 22.50 at a point for each euro, and 35.00 at three.
        assertThat(quote.at("/earn/0/units").asInt()).isEqualTo(127);
        assertThat(quote.at("/redeemable/0/maximum").asInt()).isEqualTo(20);
        assertThat(quote.at("/redeemable/1/condition").asText()).isEqualTo("tier");
        assertThat(quote.at("/next/0/missing").asText()).isEqualTo("40.00");
        given(
                stage,
                "orders/post-orders.json",
                Map.of(
                        "/requestContext/authorizer/lambda/program", "\"tea-club\"",
                        "/requestContext/timeEpoch", Long.toString(opening.toEpochMilli()),
                        "body/at", "\"2026-04-02T09:02:00+03:00\""));
        JsonNode explained = answered(stage, "members/get-members-member-ledger-posting-explanation.json", 200);
        assertThat(explained.path("operation").asText()).isEqualTo("order_paid");
        assertThat(explained.at("/dropped/0/rule").asText()).isEqualTo("silver");
    }

    private static JsonNode balanceOf(Stage stage, String member) {
        ObjectNode event = Json.object(sample("members/get-members-member-balance.json"));
        ((ObjectNode) event.path("pathParameters")).put("member", member);
        ((ObjectNode) event.path("requestContext")).remove("timeEpoch");
        JsonNode answer = sendChanged(stage, "members/get-members-member-balance.json", event);
        return Json.read(answer.path("body").asText());
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(EVENTS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> EVENTS.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    // ------------------------------------------------------------------------------------------------ what chance
    // would draw

    private static void seedKeys(Stage stage) {
        DynamoDbKeys keys = new DynamoDbKeys(stage.dynamoDb(), stage.table("KeysTable"));
        for (Map.Entry<String, String> key :
                Map.of("EXAMPLEkey01", "s1", "EXAMPLEkey02", "s2").entrySet()) {
            keys.issue(new ApiKey(
                    new KeyId(key.getKey()),
                    new ProgramId("demo-shop"),
                    new ShopId(key.getValue()),
                    new TreeSet<>(Set.of("orders:write", "members:read")),
                    ApiKey.hash("NOT-A-REAL-SECRET-NOT-A-REAL-SECRET-EXAMPLE"),
                    stage.clock().instant(),
                    Optional.empty()));
        }
    }

    private static void seedCode(Stage stage) {
        Teller teller = new Teller(
                new DynamoDbLedger(stage.dynamoDb(), stage.table("AccountsTable"), stage.table("PostingsTable")),
                new DynamoDbPrograms(
                        stage.dynamoDb(), stage.table("ProgramsTable"), ProgramDocument::parse, System::nanoTime),
                stage.clock(),
                Teller.Pause.NONE);
        MemberKey olga = new MemberKey(new ProgramId("demo-shop"), new MemberId("m-olga"));
        assertThat(teller.carryOut(new IssueReferralCode(olga, new ReferralCode("K7Q2M9XA"))))
                .isInstanceOf(Teller.Answer.Done.class);
    }

    // ------------------------------------------------------------------------------------------------ images

    private static JsonNode image(Stage stage, String posting) {
        Map<String, AttributeValue> item = stage.dynamoDb()
                .getItem(get ->
                        get.tableName(stage.table("PostingsTable")).key(Map.of("pk", AttributeValue.fromS(posting))))
                .item();
        return image(item);
    }

    /** DynamoDB's own JSON of an item, as its streams carry it. */
    private static ObjectNode image(Map<String, AttributeValue> item) {
        ObjectNode image = Json.object("{}");
        new java.util.TreeMap<>(item).forEach((name, value) -> image.set(name, image(value)));
        return image;
    }

    private static JsonNode image(AttributeValue value) {
        ObjectNode image = Json.object("{}");
        switch (value.type()) {
            case S -> image.put("S", value.s());
            case N -> image.put("N", value.n());
            case B ->
                image.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
            case BOOL -> image.put("BOOL", value.bool());
            case M -> image.set("M", image(value.m()));
            case L -> {
                var list = image.putArray("L");
                value.l().forEach(item -> list.add(image(item)));
            }
            default -> throw new IllegalStateException("a posting has no " + value.type());
        }
        return image;
    }
}
