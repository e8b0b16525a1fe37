package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kopilka.lambda.Deadline;
import kopilka.lambda.Engine;
import kopilka.lambda.Platform;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Teller;
import kopilka.ledger.Teller.Answer;
import kopilka.local.LocalCloud;
import kopilka.local.fault.Fault;
import kopilka.local.fault.Plan;
import kopilka.local.fault.Wire;
import kopilka.members.EnrolMember;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the SDK and the teller send together, in the configuration of a function in AWS: the table of the decision on
 * retries. And that it all ends before the function is cut off.
 */
@ExtendWith(OneCloud.class)
class RetriesTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final LocalCloud cloud;
    private final Shop shop;
    private final Wire wire = new Wire(PATIENT, PATIENT);

    RetriesTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.shop = Shop.open(cloud);
    }

    private Engine engine() {
        return Engine.of(new Platform(
                cloud.environment("MembersFunction"),
                cloud.clock(),
                wire.over(cloud.dynamoDb()),
                () -> {
                    throw new IllegalStateException("no queue here");
                },
                new SecureRandom()));
    }

    private EnrolMember enrol(String member) {
        return new EnrolMember(new MemberKey(new ProgramId(shop.program()), new MemberId(member)));
    }

    /** The wire as one write after another meets the fault, for good. */
    @ParameterizedTest
    @CsvSource({
        "REQUEST_LOST,9",
        "REQUEST_LATE,9",
        "THROTTLED,9",
        "ACCOUNT_THROTTLED,9",
        "IN_PROGRESS,9",
        "INTERNAL_ERROR,9",
        "UNAVAILABLE,9",
        "CONFLICT,4"
    })
    void a_write_that_never_succeeds_is_sent_a_bounded_number_of_times(Fault fault, long sent) {
        wire.follow(Plan.of(fault, "TransactWriteItems", 1, Long.MAX_VALUE));
        assertThat(engine().teller().carryOut(enrol("anna"))).isEqualTo(new Answer.Unavailable());
        assertThat(wire.calls("TransactWriteItems")).isEqualTo(sent);
        assertThat(wire.injected(fault)).isEqualTo(sent);
        // Each of the teller's attempts reads once.
        assertThat(wire.calls("BatchGetItem"))
                .isEqualTo(fault == Fault.CONFLICT ? Teller.ATTEMPTS : Teller.ATTEMPTS_UNANSWERED);
    }

    /** It was written all the same, and the next attempt of the teller reads it. */
    @ParameterizedTest
    @CsvSource({"REPLY_LOST,3", "REPLY_CUT_OFF,3", "INTERNAL_ERROR_AFTERWARDS,3", "REPLY_GARBLED,1"})
    void a_write_whose_replies_never_come_is_found_by_the_tellers_next_attempt(Fault fault, long sent) {
        wire.follow(Plan.of(fault, "TransactWriteItems", 1, Long.MAX_VALUE));
        assertThat(engine().teller().carryOut(enrol("anna")))
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.replayed()).isTrue());
        assertThat(wire.calls("TransactWriteItems")).isEqualTo(sent);
        assertThat(wire.calls("BatchGetItem")).isEqualTo(2);
        assertThat(shop.sequence("anna")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"REQUEST_LOST,9", "REPLY_LOST,9", "THROTTLED,9", "INTERNAL_ERROR,9", "UNPROCESSED,9", "REPLY_GARBLED,3"
    })
    void a_read_that_never_succeeds_is_sent_a_bounded_number_of_times(Fault fault, long sent) {
        wire.follow(Plan.of(fault, "BatchGetItem", 1, Long.MAX_VALUE));
        assertThat(engine().teller().carryOut(enrol("anna"))).isEqualTo(new Answer.Unavailable());
        assertThat(wire.calls("BatchGetItem")).isEqualTo(sent);
        assertThat(wire.calls("TransactWriteItems")).isZero();
    }

    @Test
    void an_outage_that_lasts_is_not_made_worse_by_retries() {
        Engine engine = engine();
        wire.follow(Plan.of(Fault.UNAVAILABLE, call -> true));
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long before = wire.calls("BatchGetItem");
            assertThat(engine.teller().carryOut(enrol("m-" + i))).isEqualTo(new Answer.Unavailable());
            sent.add(wire.calls("BatchGetItem") - before);
        }
        // The SDK stops retrying for a client whose calls keep failing; the teller's own attempts stay.
        assertThat(sent.getFirst()).isEqualTo(9);
        assertThat(sent.getLast()).isEqualTo(Teller.ATTEMPTS_UNANSWERED);
        wire.follow(Plan.NOTHING);
        assertThat(engine.teller().carryOut(enrol("anna"))).isInstanceOf(Answer.Done.class);
    }

    // ------------------------------------------------------------------------------------------------ in time

    /** The longest pauses of the teller. */
    private static Duration pauses(Teller.After after, int attempts) {
        Duration sum = Duration.ZERO;
        for (int times = 1; times < attempts; times++) {
            sum = sum.plus(Engine.longestPause(after, times));
        }
        return sum;
    }

    /** An operation while the store does not answer. */
    private static Duration unanswered() {
        return Platform.CALL
                .multipliedBy(Teller.ATTEMPTS_UNANSWERED)
                .plus(pauses(Teller.After.UNANSWERED, Teller.ATTEMPTS_UNANSWERED));
    }

    private Duration least(String parameter) {
        String template;
        try {
            template = Files.readString(LocalCloud.nearestTemplate().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int at = template.indexOf("\n  " + parameter + ":\n");
        int minimum = template.indexOf("MinValue: ", at) + "MinValue: ".length();
        return Duration.ofSeconds(Long.parseLong(
                template.substring(minimum, template.indexOf('\n', minimum)).strip()));
    }

    @Test
    void a_request_that_no_store_answers_ends_before_its_function_is_cut_off() {
        // The operation, and then the message to the queue.
        assertThat(unanswered().plus(Platform.CALL)).isLessThan(least("RequestTimeout"));
        // Outrun each time, by a store that answers at once.
        assertThat(pauses(Teller.After.OUTRUN, Teller.ATTEMPTS)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void a_record_that_is_begun_before_the_reserve_ends_before_its_function_is_cut_off() {
        assertThat(unanswered()).isLessThan(Duration.ofMillis(Deadline.RESERVE_MILLIS));
        assertThat(least("BatchTimeout")).isGreaterThanOrEqualTo(Duration.ofMillis(2L * Deadline.RESERVE_MILLIS));
    }
}
