package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kopilka.api.Write.Prepared;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Fault;
import kopilka.local.fault.HttpCall;
import kopilka.local.fault.Plan;
import kopilka.local.fault.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every write, whatever becomes of its calls to the store: a fault that passes is not noticed, one that lasts is said to
 * last, and the same request gets the truth later. Over the wire, with the clients of a function in AWS.
 */
@ExtendWith(WiredCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryWriteTest {
    private static final Pattern PROGRAM = Pattern.compile("program-[0-9]+");

    private final LocalCloud cloud;
    private final Wire wire;
    private final Map<Write, Shop> shops = new EnumMap<>(Write.class);
    private int members;

    EveryWriteTest(LocalCloud cloud, Wire wire) {
        this.cloud = cloud;
        this.wire = wire;
        for (Write write : Write.values()) {
            shops.put(write, Shop.open(cloud, write.rules()));
        }
    }

    @AfterEach
    void mended() throws InterruptedException {
        wire.follow(Plan.NOTHING);
        cloud.drain(OneCloud.SOON);
    }

    private List<Prepared> prepared(Fault fault) {
        List<Prepared> prepared = new ArrayList<>();
        shops.forEach((write, shop) ->
                prepared.add(write.prepare(shop, fault.name().toLowerCase(Locale.ROOT) + "-" + ++members)));
        return prepared;
    }

    /** All writes at once, each in a program of its own. */
    private Map<Prepared, Reply> sent(List<Prepared> writes) throws Exception {
        Map<Prepared, Reply> replies = new LinkedHashMap<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> answers = clients.invokeAll(writes.stream()
                    .<Callable<Reply>>map(write -> () -> write.shop().api().attempt(write.call()))
                    .toList());
            for (Prepared write : writes) {
                replies.put(write, answers.get(replies.size()).get());
            }
        }
        return replies;
    }

    private static boolean isOfTheStore(HttpCall call) {
        return call.service().startsWith("DynamoDB");
    }

    /** The programs that a request is about. */
    private static Set<String> programsOf(HttpCall call) {
        return PROGRAM.matcher(call.body()).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    // ------------------------------------------------------------------------------------------------ what passes

    /** In each program the first request of each operation meets the fault: the first of each kind of read, and of write. */
    private void passes(Fault fault) throws Exception {
        List<Prepared> writes = prepared(fault);
        Set<String> met = ConcurrentHashMap.newKeySet();
        wire.follow(Plan.of(
                fault,
                call -> isOfTheStore(call)
                        && programsOf(call).stream().anyMatch(program -> met.add(program + call.operation()))));
        Map<Prepared, Reply> replies = sent(writes);
        assertThat(wire.injected(fault)).isGreaterThanOrEqualTo(writes.size());
        wire.deliverLate();
        wire.follow(Plan.NOTHING);
        replies.forEach((write, reply) -> {
            assertThat(reply.status()).as("%s", reply).isBetween(200, 204).isNotEqualTo(202);
            write.isDoneOnce();
            if (write.write() != Write.ISSUE_KEY) {
                assertThat(write.shop().send(write.call()).whole()).isEqualTo(reply.whole());
                write.isDoneOnce();
            }
        });
    }

    @Test
    void a_call_that_fails_before_it_is_sent_is_made_again() throws Exception {
        passes(Fault.REQUEST_LOST);
    }

    @ParameterizedTest
    @EnumSource(names = {"REPLY_LOST", "REPLY_CUT_OFF", "INTERNAL_ERROR_AFTERWARDS"})
    void a_reply_that_is_lost_after_the_commit_changes_nothing(Fault fault) throws Exception {
        passes(fault);
    }

    @Test
    void a_request_that_arrives_after_its_client_gave_up_changes_nothing() throws Exception {
        passes(Fault.REQUEST_LATE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFLICT", "IN_PROGRESS", "THROTTLED", "ACCOUNT_THROTTLED", "INTERNAL_ERROR", "UNAVAILABLE"})
    void a_conflict_throttling_and_errors_of_the_service_are_outlasted_where_they_pass(Fault fault) throws Exception {
        passes(fault);
    }

    // ------------------------------------------------------------------------------------------------ what lasts

    private void lasts(Fault fault, Predicate<HttpCall> calls) throws Exception {
        List<Prepared> writes = prepared(fault);
        wire.follow(Plan.of(fault, calls));
        Map<Prepared, Reply> replies = sent(writes);
        assertThat(wire.injected(fault)).isGreaterThanOrEqualTo(writes.size());
        wire.deliverLate();
        wire.follow(Plan.NOTHING);
        replies.forEach((write, reply) -> {
            if (write.write().isQueued()) {
                assertThat(reply.is(202).string("/outcome")).isEqualTo("queued");
            } else {
                reply.is(503, "unavailable");
                assertThat(reply.header("retry-after").map(Integer::parseInt))
                        .hasValueSatisfying(after -> assertThat(after).isPositive());
            }
        });
        cloud.drain(OneCloud.SOON);
        for (Prepared write : writes) {
            if (write.write() != Write.ISSUE_KEY) {
                Reply truth = write.shop().send(write.call());
                assertThat(truth.status()).as("%s", truth).isBetween(200, 204).isNotEqualTo(202);
                assertThat(write.shop().send(write.call()).whole()).isEqualTo(truth.whole());
            } else if (write.keysOf("shop-" + write.member()) == 0) {
                write.shop().send(write.call()).is(201);
            }
            write.isDoneOnce();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST_LOST", "REQUEST_LATE", "CONFLICT", "IN_PROGRESS", "THROTTLED", "INTERNAL_ERROR"})
    void while_the_store_takes_no_write_the_caller_is_asked_to_come_again(Fault fault) throws Exception {
        lasts(fault, call -> isOfTheStore(call) && call.isWrite());
    }

    /** From the first write of a program on, no reply gets through to it, be it to a write or to a read. */
    @ParameterizedTest
    @EnumSource(names = {"REPLY_LOST", "INTERNAL_ERROR_AFTERWARDS"})
    void when_every_reply_is_lost_the_same_request_later_gets_the_true_result(Fault fault) throws Exception {
        Set<String> written = ConcurrentHashMap.newKeySet();
        lasts(fault, call -> {
            Set<String> programs = programsOf(call);
            if (isOfTheStore(call) && call.isWrite()) {
                written.addAll(programs);
            }
            return isOfTheStore(call) && programs.stream().anyMatch(written::contains);
        });
    }
}
