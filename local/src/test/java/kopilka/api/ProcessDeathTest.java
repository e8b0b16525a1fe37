package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import kopilka.api.Write.Prepared;
import kopilka.local.Invocation;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Fault;
import kopilka.local.fault.HttpCall;
import kopilka.local.fault.Plan;
import kopilka.local.fault.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A function dies before or after each of its calls to the store and the queue, one after another until there is none left;
 * then what it was given comes again. Each time it is done, and done once.
 */
@ExtendWith(WiredCloud.class)
class ProcessDeathTest {
    /** More calls than anything makes: a bound for the search, which ends where nothing dies any more. */
    private static final int MANY = 60;

    private final LocalCloud cloud;
    private final Wire wire;
    private Shop shop;

    ProcessDeathTest(LocalCloud cloud, Wire wire) {
        this.cloud = cloud;
        this.wire = wire;
        this.shop = Shop.open(cloud);
    }

    @AfterEach
    void alive() throws InterruptedException {
        wire.follow(Plan.NOTHING);
        cloud.drain(OneCloud.SOON);
    }

    /** The two ways to die at a call. */
    enum Moment {
        BEFORE(Fault.DEATH_BEFORE),
        AFTER(Fault.DEATH_AFTER);

        private final Fault fault;

        Moment(Fault fault) {
            this.fault = fault;
        }

        /** At the n-th of those calls. */
        Plan at(int n, Predicate<HttpCall> calls) {
            AtomicLong counted = new AtomicLong();
            return call -> calls.test(call) && counted.incrementAndGet() == n ? Optional.of(fault) : Optional.empty();
        }
    }

    private boolean died(Moment moment) {
        boolean died = wire.injected(moment.fault) == 1;
        wire.follow(Plan.NOTHING);
        return died;
    }

    private static void endsAfter(int n, int atLeast) {
        assertThat(n).as("calls that were died at").isGreaterThan(atLeast).isLessThan(MANY);
    }

    // ------------------------------------------------------------------------------------------------ requests

    @ParameterizedTest
    @EnumSource
    void a_write_that_dies_at_any_of_its_calls_is_done_once_when_it_is_sent_again(Write write) {
        Shop shop = Shop.open(cloud, write.rules());
        List<String> answers = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            boolean dies = true;
            int n = 0;
            while (dies && n < MANY) {
                n++;
                String member = "m" + (char) ('a' + n) + moment.name().charAt(0);
                Prepared prepared = write.prepare(shop, member);
                wire.follow(moment.at(n, call -> true));
                Reply first = shop.api().attempt(prepared.call());
                dies = died(moment);
                assertThat(first.status() == 500)
                        .as("%s %s: %s", moment, n, first)
                        .isEqualTo(dies);
                if (write != Write.ISSUE_KEY) {
                    Reply again = shop.send(prepared.call());
                    assertThat(again.status())
                            .as("%s", again)
                            .isBetween(200, 204)
                            .isNotEqualTo(202);
                    assertThat(shop.send(prepared.call()).whole()).isEqualTo(again.whole());
                    answers.add(again.whole().replace(member, "it"));
                } else if (prepared.keysOf("shop-" + member) == 0) {
                    // Its answer is the only place that shows the key: the shop looks whether it was issued.
                    shop.send(prepared.call()).is(201);
                }
                prepared.isDoneOnce();
            }
            endsAfter(n, 2);
        }
        // The last of them died at nothing; all others got the same answer. Codes are drawn, and versions counted.
        if (write.postings() > 0 && write != Write.CODE && write != Write.ATTACH) {
            assertThat(answers).containsOnly(answers.getLast());
        }
    }

    // ------------------------------------------------------------------------------------------------ messages

    private Invocation deliver(String function, List<String> bodies) {
        ObjectNode event = Json.object("{\"Records\":[]}");
        for (String body : bodies) {
            ObjectNode message = ((ArrayNode) event.get("Records"))
                    .addObject()
                    .put("messageId", "message-" + bodies.indexOf(body))
                    .put("body", body)
                    .put("eventSource", "aws:sqs");
            ObjectNode attributes = message.putObject("messageAttributes");
            attributes.putObject("program").put("stringValue", shop.program()).put("dataType", "String");
            attributes.putObject("shop").put("stringValue", "main").put("dataType", "String");
        }
        return cloud.invoke(function, event.toString());
    }

    private void comesAgain(Moment moment, int n, String function, List<String> bodies) {
        Invocation again = deliver(function, bodies);
        assertThat(again.answer()).as("%s %s", moment, n).hasValue("{\"batchItemFailures\":[]}");
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_of_orders_and_refunds_that_dies_at_any_call_counts_once_when_it_comes_again(Moment moment) {
        boolean dies = true;
        int n = 0;
        while (dies && n < MANY) {
            n++;
            String member = "m-" + n;
            shop.enrol(member);
            List<String> batch = List.of(
                    Orders.message(Orders.refund("A-" + n, "R-" + n, member, "20.00", shop.now())),
                    Orders.message(Orders.paid("A-" + n, member, "70.00", shop.now())),
                    Orders.message(Orders.delivered("A-" + n, member, shop.now())));
            wire.follow(moment.at(n, call -> true));
            Invocation first = deliver("AccrualFunction", batch);
            dies = died(moment);
            assertThat(first.answer().isEmpty()).isEqualTo(dies);
            comesAgain(moment, n, "AccrualFunction", batch);
            assertThat(shop.points(member)).isEqualTo(new Shop.Points(50, 0, 0, 0));
            assertThat(shop.sequence(member)).isEqualTo(4);
            shop.isSound(member);
        }
        endsAfter(n, 3);
    }

    @ParameterizedTest
    @EnumSource
    void an_account_whose_settling_dies_at_any_call_is_settled_once_when_it_comes_again(Moment moment) {
        shop = Shop.open(cloud, Rules.WITH_WINDOW);
        boolean dies = true;
        int n = 0;
        while (dies && n < MANY) {
            n++;
            String member = "m-" + n;
            shop.enrolWith(member, 500);
            shop.wait(Duration.ofDays(15));
            List<String> batch = List.of("{\"program\":\"" + shop.program() + "\",\"member\":\"" + member + "\"}");
            wire.follow(moment.at(n, call -> true));
            Invocation first = deliver("ExpiryFunction", batch);
            dies = died(moment);
            assertThat(first.answer().isEmpty()).isEqualTo(dies);
            comesAgain(moment, n, "ExpiryFunction", batch);
            assertThat(shop.points(member)).isEqualTo(new Shop.Points(500, 0, 0, 0));
            assertThat(shop.sequence(member)).isEqualTo(3);
            shop.isSound(member);
        }
        endsAfter(n, 2);
    }

    // ------------------------------------------------------------------------------------------------ the stream

    @ParameterizedTest
    @EnumSource
    void a_reward_whose_function_dies_at_any_call_is_given_once_and_taken_back_once(Moment moment) throws Exception {
        boolean dies = true;
        int n = 0;
        while (dies && n < MANY) {
            n++;
            String referrer = "olga-" + n + "-";
            String newcomer = "anna-" + n;
            shop.enrol(referrer);
            shop.wait(Duration.ofSeconds(1));
            String code = shop.codeOf(referrer);
            shop.enrol(newcomer);
            shop.send(Shop.attach(newcomer, code)).is(201);

            // What the newcomer's own operations write does not name the referrer's account.
            Predicate<HttpCall> ofTheReferrer = call -> call.body().contains("#" + referrer + '"');
            wire.follow(moment.at(n, ofTheReferrer));
            shop.pays(newcomer, "A-" + n, "50.00");
            cloud.drain(OneCloud.SOON);
            dies = died(moment);
            assertThat(shop.points(referrer)).isEqualTo(new Shop.Points(500, 0, 0, 0));

            wire.follow(moment.at(n, ofTheReferrer));
            shop.send(Orders.cancelled("A-" + n, newcomer, shop.now())).is(201);
            cloud.drain(OneCloud.SOON);
            assertThat(died(moment)).isEqualTo(dies);
            assertThat(shop.points(referrer)).isEqualTo(new Shop.Points(0, 0, 0, 0));
            assertThat(shop.sequence(referrer)).isEqualTo(4);
            shop.isSound(referrer, newcomer);
        }
        endsAfter(n, 2);
    }

    // ------------------------------------------------------------------------------------------------ the sweep

    @ParameterizedTest
    @EnumSource
    void a_sweep_that_dies_at_any_call_leaves_nothing_that_the_next_one_does_not_find(Moment moment) throws Exception {
        shop = Shop.open(cloud, Rules.WITH_WINDOW);
        boolean dies = true;
        int n = 0;
        while (dies && n < MANY) {
            n++;
            String member = "m-" + n;
            shop.enrolWith(member, 500);
            shop.wait(Duration.ofDays(15));
            wire.follow(moment.at(
                    n,
                    call -> (call.operation().equals("Query") && call.names("due"))
                            || call.operation().equals("SendMessageBatch")));
            cloud.fireSchedules();
            dies = died(moment);
        }
        endsAfter(n, 8);
        cloud.drain(OneCloud.SOON);
        for (int i = 1; i <= n; i++) {
            assertThat(shop.points("m-" + i)).isEqualTo(new Shop.Points(500, 0, 0, 0));
            assertThat(shop.ledger("m-" + i).stream()
                            .filter(entry -> entry.path("operation").asText().equals("settled")))
                    .hasSize(1);
            shop.isSound("m-" + i);
        }
    }

    // ------------------------------------------------------------------------------------------------ a program

    @ParameterizedTest
    @EnumSource
    void a_program_whose_creation_dies_at_any_call_is_created_once_when_it_is_asked_for_again(Moment moment) {
        boolean dies = true;
        int n = 0;
        while (dies && n < MANY) {
            n++;
            String event = "{\"bootstrap\":{\"program\":\"born-" + moment.name() + n + "\",\"document\":" + Rules.SIMPLE
                    + "}}";
            wire.follow(moment.at(n, call -> true));
            Invocation first = cloud.invoke("ProgramFunction", event);
            dies = died(moment);
            assertThat(first.answer().isEmpty()).isEqualTo(dies);
            String answer = cloud.invoke("ProgramFunction", event).answer().orElseThrow();
            assertThat(Json.read(answer).path("version").asInt()).isEqualTo(1);
            // A key that nobody saw counts; there is room for one more.
            Api api = new Api(cloud.url(), Optional.empty())
                    .with(Json.read(answer).path("key").asText());
            assertThat(api.send(Endpoint.READ_PROGRAM.call()).is(200).number("/version"))
                    .isEqualTo(1);
        }
        endsAfter(n, 4);
    }
}
