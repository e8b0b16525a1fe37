package kopilka.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kopilka.lambda.http.Caller;
import kopilka.lambda.http.Scope;
import kopilka.lambda.json.JsonReader.Malformed;
import kopilka.lambda.json.JsonReader.Read;
import kopilka.lambda.json.JsonValue.JsonBoolean;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.lambda.json.JsonWriter;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Teller;
import kopilka.program.ProgramId;
import kopilka.program.Programs;
import kopilka.program.ShopId;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class BatchTest {
    private final Events events = new Events();
    private final List<String> worked = new ArrayList<>();

    private Entrance queue() {
        return Entrance.of(events.log).queue(message -> {
            worked.add(message.id());
            return switch (message.json()) {
                case Read read -> Taken.done();
                case Malformed malformed -> Taken.failed("malformed_json");
            };
        });
    }

    @Test
    void a_batch_without_a_failure_reports_none() {
        assertThat(failures(Events.send(queue(), messages("{}", "{}")))).isEmpty();
        assertThat(worked).containsExactly("m0", "m1");
    }

    @Test
    void a_poison_message_at_any_place_fails_alone() {
        for (int poison = 0; poison < 10; poison++) {
            worked.clear();
            int at = poison;
            String[] bodies = IntStream.range(0, 10)
                    .mapToObj(i -> i == at ? "{\"card\":\"4111\"" : "{}")
                    .toArray(String[]::new);

            assertThat(failures(Events.send(queue(), messages(bodies)))).containsExactly("m" + poison);
            assertThat(worked).hasSize(10);
        }
        assertThat(events.logged()).contains("malformed_json").doesNotContain("4111");
    }

    @Test
    void a_message_that_throws_fails_alone() {
        Entrance entrance = Entrance.of(events.log).queue(message -> {
            if (message.id().equals("m1")) {
                throw new IllegalStateException("4111");
            }
            return Taken.done();
        });

        assertThat(failures(Events.send(entrance, messages("{}", "{}", "{}")))).containsExactly("m1");
        assertThat(events.logged()).contains("IllegalStateException").doesNotContain("4111");
    }

    @Test
    void a_record_that_is_no_message_fails_alone() {
        byte[] event = ("{\"Records\":[{\"messageId\":\"m0\",\"eventSource\":\"aws:sqs\",\"body\":{}},"
                        + "{\"messageId\":\"m1\",\"eventSource\":\"aws:sqs\",\"body\":\"{}\"}]}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(failures(Events.send(queue(), event))).containsExactly("m0");
        assertThat(worked).containsExactly("m1");
    }

    @Test
    void a_record_without_an_id_fails_the_batch_because_it_could_not_be_reported() {
        byte[] event = "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"{}\"}]}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Events.send(queue(), event)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void near_the_deadline_nothing_new_is_begun_and_the_rest_comes_again() {
        AtomicInteger asked = new AtomicInteger();

        JsonObject answer = Events.send(
                queue(),
                messages("{}", "{}", "{}", "{}"),
                () -> asked.getAndIncrement() < 2 ? Deadline.RESERVE_MILLIS : Deadline.RESERVE_MILLIS - 1);

        assertThat(worked).containsExactly("m0", "m1");
        assertThat(failures(answer)).containsExactly("m2", "m3");
    }

    @Test
    void a_message_has_its_attributes() {
        List<Map<String, String>> attributes = new ArrayList<>();
        Entrance entrance = Entrance.of(events.log).queue(message -> {
            attributes.add(message.attributes());
            return Taken.done();
        });

        Events.send(entrance, messages("{}"));

        assertThat(attributes).containsExactly(Map.of("program", "demo"));
    }

    // ------------------------------------------------------------------------------------------------ operations

    private final List<List<String>> together = new ArrayList<>();

    /** Bodies name a member and what becomes of its operation: done, a code of a failure, or an exception. */
    private Entrance operations() {
        return Entrance.of(events.log)
                .queue(new OperationQueue(
                        message -> switch (message.json()) {
                            case Read(JsonObject body) -> new OperationQueue.Demand.For(new Asked(body));
                            case Read read -> throw new IllegalStateException("4111");
                            case Malformed malformed -> new OperationQueue.Demand.Unreadable("malformed_json");
                        },
                        some -> {
                            together.add(some.stream()
                                    .map(operation -> operation.id().value())
                                    .toList());
                            return some.stream()
                                    .map(operation -> ((Asked) operation).become())
                                    .toList();
                        }));
    }

    private record Asked(JsonObject body) implements Operation {
        @Override
        public MemberKey member() {
            return new MemberKey(
                    new ProgramId("demo"), new MemberId(body.text("member").orElseThrow()));
        }

        @Override
        public OperationId id() {
            return new OperationId(body.text("id").orElseThrow());
        }

        @Override
        public Hash fingerprint() {
            return new Digest().text(id().value()).hash();
        }

        @Override
        public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
            throw new UnsupportedOperationException("only what becomes of it is told");
        }

        Taken become() {
            String becomes = body.text("becomes").orElse("done");
            return switch (becomes) {
                case "done" -> Taken.done();
                case "exception" -> throw new IllegalStateException("4111");
                default -> Taken.failed(becomes);
            };
        }
    }

    private static String asked(String member, String id) {
        return "{\"member\":\"" + member + "\",\"id\":\"" + id + "\"}";
    }

    private static String asked(String member, String id, String becomes) {
        return "{\"member\":\"" + member + "\",\"id\":\"" + id + "\",\"becomes\":\"" + becomes + "\"}";
    }

    @Test
    void operations_of_a_member_are_carried_out_together_in_their_sequence() {
        JsonObject answer = Events.send(
                operations(),
                messages(asked("anna", "1"), asked("boris", "2"), asked("anna", "3"), asked("anna", "1")));

        assertThat(failures(answer)).isEmpty();
        assertThat(together).containsExactly(List.of("1", "3", "1"), List.of("2"));
    }

    @Test
    void as_many_go_together_as_the_teller_takes() {
        String[] bodies = IntStream.rangeClosed(0, Teller.TOGETHER)
                .mapToObj(i -> asked("anna", "op-" + i))
                .toArray(String[]::new);

        assertThat(failures(Events.send(operations(), messages(bodies)))).isEmpty();
        assertThat(together).extracting(List::size).containsExactly(Teller.TOGETHER, 1);
    }

    @Test
    void an_operation_that_fails_or_cannot_be_read_fails_alone() {
        JsonObject answer = Events.send(
                operations(),
                messages(
                        asked("anna", "1"),
                        "{\"card\":\"4111\"",
                        asked("anna", "2", "conflict"),
                        "[]",
                        asked("anna", "3")));

        assertThat(failures(answer)).containsExactlyInAnyOrder("m1", "m2", "m3");
        assertThat(together).containsExactly(List.of("1", "2", "3"));
        assertThat(events.logged()).contains("malformed_json", "conflict").doesNotContain("4111");
    }

    @Test
    void an_operation_that_throws_fails_alone_as_the_others_are_carried_out_without_it() {
        JsonObject answer = Events.send(
                operations(), messages(asked("anna", "1"), asked("anna", "2", "exception"), asked("anna", "3")));

        assertThat(failures(answer)).containsExactly("m1");
        assertThat(together).containsExactly(List.of("1", "2", "3"), List.of("1"), List.of("2"), List.of("3"));
        assertThat(events.logged()).contains("IllegalStateException").doesNotContain("4111");
    }

    @Test
    void near_the_deadline_no_member_is_begun_and_theirs_come_again() {
        AtomicInteger asked = new AtomicInteger();

        JsonObject answer = Events.send(
                operations(),
                messages(asked("anna", "1"), asked("boris", "2"), asked("anna", "3"), asked("clara", "4")),
                () -> asked.getAndIncrement() < 1 ? Deadline.RESERVE_MILLIS : Deadline.RESERVE_MILLIS - 1);

        assertThat(together).containsExactly(List.of("1", "3"));
        assertThat(failures(answer)).containsExactly("m1", "m3");
    }

    // ------------------------------------------------------------------------------------------------ streams

    @Test
    void a_stream_stops_at_the_first_change_that_fails() {
        List<String> taken = new ArrayList<>();
        Entrance entrance = Entrance.of(events.log).stream(change -> {
            taken.add(change.sequenceNumber());
            return change.sequenceNumber().equals("2") ? Taken.failed("later") : Taken.done();
        });
        String record =
                "{\"eventSource\":\"aws:dynamodb\",\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"%s\"}}";

        JsonObject answer = Events.send(
                entrance,
                ("{\"Records\":[" + record.formatted("1") + "," + record.formatted("2") + "," + record.formatted("3")
                                + "]}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(taken).containsExactly("1", "2");
        assertThat(failures(answer)).containsExactly("2");
    }

    @Test
    void a_change_that_cannot_be_read_is_the_first_that_fails() {
        Entrance entrance = Entrance.of(events.log).stream(change -> Taken.done());
        byte[] event = ("{\"Records\":[{\"eventSource\":\"aws:dynamodb\",\"eventName\":\"INSERT\",\"dynamodb\":"
                        + "{\"SequenceNumber\":\"7\",\"NewImage\":{\"pk\":{\"X\":\"1\"}}}}]}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(failures(Events.send(entrance, event))).containsExactly("7");
    }

    @Test
    void an_item_of_a_stream_has_every_type_that_dynamodb_has() {
        List<StreamRecord> taken = new ArrayList<>();
        Entrance entrance = Entrance.of(events.log).stream(change -> {
            taken.add(change);
            return Taken.done();
        });
        byte[] event = """
                {"Records":[{"eventSource":"aws:dynamodb","eventName":"MODIFY","dynamodb":{"SequenceNumber":"7","NewImage":{
                "s":{"S":"text"},"n":{"N":"12.50"},"b":{"B":"AQI="},"bool":{"BOOL":true},"null":{"NULL":true},
                "m":{"M":{"l":{"L":[{"N":"1"},{"M":{}}]}}},"ss":{"SS":["a"]},"ns":{"NS":["1"]},"bs":{"BS":["AQI="]}}}}]}""".getBytes(StandardCharsets.UTF_8);

        assertThat(failures(Events.send(entrance, event))).isEmpty();
        SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {1, 2});
        assertThat(taken)
                .containsExactly(new StreamRecord(
                        "7",
                        StreamRecord.Change.MODIFY,
                        Map.of(
                                "s", AttributeValue.fromS("text"),
                                "n", AttributeValue.fromN("12.50"),
                                "b", AttributeValue.fromB(bytes),
                                "bool", AttributeValue.fromBool(true),
                                "null", AttributeValue.fromNul(true),
                                "m",
                                        AttributeValue.fromM(Map.of(
                                                "l",
                                                AttributeValue.fromL(List.of(
                                                        AttributeValue.fromN("1"), AttributeValue.fromM(Map.of()))))),
                                "ss", AttributeValue.fromSs(List.of("a")),
                                "ns", AttributeValue.fromNs(List.of("1")),
                                "bs", AttributeValue.fromBs(List.of(bytes)))));
    }

    @Test
    void a_schedule_runs_its_work_and_knows_its_deadline() {
        List<Boolean> near = new ArrayList<>();
        Entrance entrance = Entrance.of(events.log).schedule(deadline -> near.add(deadline.isNear()));
        byte[] event = "{\"version\":\"0\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"detail\":{}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Events.send(entrance, event)).isEqualTo(JsonObject.EMPTY);
        Events.send(entrance, event, () -> 100);

        assertThat(near).containsExactly(false, true);
    }

    @Test
    void an_invocation_by_hand_gets_its_answer() {
        Entrance entrance = Entrance.of(events.log).direct(event -> new JsonObject(Map.of("got", event)));

        assertThat(Events.send(entrance, "{\"bootstrap\":{}}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Events.object("{\"got\":{\"bootstrap\":{}}}"));
    }

    @Test
    void an_event_that_the_function_has_nothing_for_fails_the_invocation() {
        for (String event :
                List.of("{}", "[]", "x", "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}", "{\"Records\":[1]}")) {
            assertThatThrownBy(() -> Events.send(queue(), event.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasNoCause();
        }
    }

    @Test
    void the_authorizer_tells_who_calls_or_that_nobody_known_does() {
        Entrance entrance = Entrance.of(events.log)
                .authorizer(key -> key.equals("kop_a_b")
                        ? Optional.of(new Caller(
                                new ProgramId("demo"),
                                new ShopId("s1"),
                                Set.of(Scope.MEMBERS_READ, Scope.ORDERS_WRITE),
                                "a"))
                        : Optional.empty());

        JsonObject known = Events.send(entrance, authorization("Bearer kop_a_b"));
        assertThat(known.member("isAuthorized")).contains(new JsonBoolean(true));
        assertThat(known.object("context"))
                .contains(new JsonObject(Map.of(
                        "program", new JsonString("demo"),
                        "shop", new JsonString("s1"),
                        "scopes", new JsonString("orders:write members:read"),
                        "keyId", new JsonString("a"))));
        for (String header : List.of(
                "Bearer other", "kop_a_b", "Basic kop_a_b", "Bearer", "", "Bearer a b", "Bearer " + "x".repeat(9999))) {
            assertThat(Events.send(entrance, authorization(header)).object("context"))
                    .as(header)
                    .contains(new JsonObject(Map.of("principal", new JsonString("none"))));
        }
    }

    private static byte[] authorization(String header) {
        return JsonWriter.object(json -> json.put("version", "2.0")
                .put("type", "REQUEST")
                .strings("identitySource", List.of(header))
                .object("requestContext", context -> context.object("http", http -> http.put("method", "GET"))));
    }

    private static byte[] messages(String... bodies) {
        return JsonWriter.object(json -> json.objects(
                "Records",
                IntStream.range(0, bodies.length).boxed().toList(),
                (record, i) -> record.put("messageId", "m" + i)
                        .put("eventSource", "aws:sqs")
                        .put("body", bodies[i])
                        .object(
                                "messageAttributes",
                                attributes -> attributes.object(
                                        "program",
                                        program -> program.put("stringValue", "demo")
                                                .put("dataType", "String")))));
    }

    private static List<String> failures(JsonObject answer) {
        return answer.items("batchItemFailures").stream()
                .map(failure -> ((JsonObject) failure).text("itemIdentifier").orElseThrow())
                .toList();
    }
}
