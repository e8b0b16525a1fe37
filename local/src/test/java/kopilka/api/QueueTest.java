package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Fault;
import kopilka.local.fault.Plan;
import kopilka.local.fault.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders by the queue, and what becomes of them when something is out of order. */
@ExtendWith(WiredCloud.class)
class QueueTest {
    private static final int BATCH = 10;

    private final LocalCloud cloud;
    private final Wire wire;
    private final Shop shop;

    QueueTest(LocalCloud cloud, Wire wire) {
        this.cloud = cloud;
        this.wire = wire;
        this.shop = Shop.open(cloud);
    }

    // ------------------------------------------------------------------------------------------------ poison

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void a_poison_message_at_any_place_of_a_batch_fails_alone(int place) {
        shop.enrol("anna");
        List<String> poisons = List.of(
                "{",
                "null",
                "{\"type\":\"order\"}",
                "{\"type\":\"gift\",\"body\":{}}",
                Orders.message(Orders.paid("A-x", "nobody", "10.00", shop.now())),
                Orders.message(Orders.paid("A-x", "anna", "10.00", shop.now()).changed("/content/total", "\"9.00\"")),
                Orders.message(Orders.paid("A-x", "anna", "10.00", shop.now()).changed("/content/total", "-1")),
                "{\"type\":\"refund\",\"body\":{}}",
                "\u0000",
                "[".repeat(1000));
        ObjectNode event = Json.object("{\"Records\":[]}");
        for (int i = 0; i < BATCH; i++) {
            String body = i == place
                    ? poisons.get(place)
                    : Orders.message(Orders.paid("A-" + i, "anna", "10.00", shop.now()));
            record((ArrayNode) event.get("Records"), "message-" + i, body);
        }
        String report =
                cloud.invoke("AccrualFunction", event.toString()).answer().orElseThrow();

        assertThat(report).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-" + place + "\"}]}");
        assertThat(shop.points("anna").available()).isEqualTo(90);
        shop.isSound("anna");
    }

    private void record(ArrayNode records, String id, String body) {
        ObjectNode message =
                records.addObject().put("messageId", id).put("body", body).put("eventSource", "aws:sqs");
        ObjectNode attributes = message.putObject("messageAttributes");
        attributes.putObject("program").put("stringValue", shop.program()).put("dataType", "String");
        attributes.putObject("shop").put("stringValue", "main").put("dataType", "String");
    }

    // ------------------------------------------------------------------------------------------------ faults

    private Plan theLedgerIsAway() {
        return Plan.of(
                Fault.UNAVAILABLE,
                call -> call.names(cloud.tableName("AccountsTable")) || call.names(cloud.tableName("PostingsTable")));
    }

    @AfterEach
    void mended() {
        wire.follow(Plan.NOTHING);
    }

    @Test
    void while_the_ledger_is_out_of_order_orders_are_queued_and_all_else_is_asked_to_come_again() throws Exception {
        shop.enrolWith("anna", 1000);
        Call order = Orders.paid("A-1", "anna", "70.00", shop.now());
        Call refund = Orders.refund("A-1", "R-1", "anna", "20.00", shop.now()).header("Idempotency-Key", "k-1");
        Call hold = Shop.hold("anna", "H-1", 100).header("Idempotency-Key", "k-2");
        wire.follow(theLedgerIsAway());
        for (Call call : List.of(hold, Endpoint.BALANCE.call().at("member", "anna"), Endpoint.ENROL.call())) {
            Reply reply = shop.api().attempt(call).is(503, "unavailable");
            assertThat(reply.header("retry-after").map(Integer::parseInt).orElseThrow())
                    .isPositive();
        }
        // What is wrong with a request is said all the same.
        shop.sendWrong(order.changed("/content/total", "1")).is(400, "invalid_field");
        assertThat(shop.api().attempt(order).is(202).json())
                .isEqualTo(Json.read("{\"order\":\"A-1\",\"event\":\"paid\",\"outcome\":\"queued\"}"));
        assertThat(shop.api().attempt(refund).is(202).json())
                .isEqualTo(Json.read("{\"refund\":\"R-1\",\"order\":\"A-1\",\"outcome\":\"queued\"}"));
        wire.follow(Plan.NOTHING);
        cloud.drain(OneCloud.SOON);

        assertThat(shop.points("anna").available()).isEqualTo(1050);
        // The answer of a request that was queued is not remembered: sent again, it gets the true one.
        shop.send(order).is(201);
        assertThat(shop.send(refund).status()).isIn(201, 202);
        shop.send(hold).is(201);
        shop.isSound("anna");
    }

    @Test
    void an_order_that_comes_days_late_counts_as_of_its_own_time() throws Exception {
        Shop own = Shop.open(cloud, Rules.WITH_WINDOW);
        own.enrol("anna");
        Call paid = Orders.paid("A-1", "anna", "70.00", own.now());
        own.wait(Duration.ofDays(30));
        own.queue(Orders.message(paid));
        cloud.drain(OneCloud.SOON);
        // Its return window is over already.
        assertThat(own.points("anna")).isEqualTo(new Shop.Points(70, 0, 0, 0));
    }
}
