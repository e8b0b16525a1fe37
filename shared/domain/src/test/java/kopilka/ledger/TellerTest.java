package kopilka.ledger;

import static kopilka.ledger.ShopFixture.PROGRAM;
import static kopilka.ledger.ShopFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import kopilka.accrual.RecordOrderEvent;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.ShopFixture.Versions;
import kopilka.members.EnrolMember;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.OrderEventKind;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;
import kopilka.program.Programs;
import kopilka.redemption.HoldPoints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final InMemoryLedger real = new InMemoryLedger();
    private final Versions versions = new Versions();
    private final List<String> pauses = new ArrayList<>();
    private final Operation enrol = new EnrolMember(member("anna"));
    private int reads;
    private int writes;
    private Fault fault = Fault.NONE;
    private Teller later = new Teller(real, versions, () -> NOW, Teller.Pause.NONE);
    private Operation meanwhile = enrol;

    private enum Fault {
        NONE,
        UNREADABLE,
        ALWAYS_OUTRUN,
        FIRST_REQUEST_LOST,
        FIRST_REPLY_LOST,
        DONE_BETWEEN_READING_POSTING_AND_ACCOUNT
    }

    @BeforeEach
    void a_program() {
        versions.add(PROGRAM, Rules.usual().program(), Instant.EPOCH);
    }

    private Teller.Answer answer() {
        return new Teller(new Unreliable(), versions, () -> NOW, (after, times) -> pauses.add(after + " " + times))
                .carryOut(enrol);
    }

    @Test
    void an_operation_that_is_outrun_each_time_is_tried_a_bounded_number_of_times() {
        fault = Fault.ALWAYS_OUTRUN;

        assertThat(answer()).isInstanceOf(Teller.Answer.Unavailable.class);
        assertThat(writes).isEqualTo(Teller.ATTEMPTS);
        assertThat(pauses).containsExactly("OUTRUN 1", "OUTRUN 2", "OUTRUN 3");
    }

    @Test
    void a_store_that_does_not_answer_is_not_asked_for_long() {
        fault = Fault.UNREADABLE;

        assertThat(answer()).isInstanceOf(Teller.Answer.Unavailable.class);
        assertThat(reads).isEqualTo(Teller.ATTEMPTS_UNANSWERED);
        assertThat(pauses).containsExactly("UNANSWERED 1", "UNANSWERED 2");
    }

    @Test
    void a_reply_lost_after_the_commit_is_found_by_the_next_attempt() {
        fault = Fault.FIRST_REPLY_LOST;

        assertThat(answer())
                .isInstanceOfSatisfying(
                        Teller.Answer.Done.class,
                        done -> assertThat(done.replayed()).isTrue());
        assertThat(writes).isEqualTo(1);
    }

    @Test
    void a_request_lost_before_the_commit_is_written_by_the_next_attempt() {
        fault = Fault.FIRST_REQUEST_LOST;

        assertThat(answer())
                .isInstanceOfSatisfying(
                        Teller.Answer.Done.class,
                        done -> assertThat(done.replayed()).isFalse());
        assertThat(writes).isEqualTo(2);
    }

    @Test
    void what_somebody_else_did_in_the_middle_of_a_read_is_not_refused_for_its_own_effect() {
        Teller teller = new Teller(new Unreliable(), versions, () -> NOW, Teller.Pause.NONE);
        teller.carryOut(enrol);
        Instant placed = NOW.minusSeconds(60);
        Operation order = new RecordOrderEvent(
                member("anna"),
                new OrderId("o-1"),
                OrderEventKind.PAID,
                placed,
                Optional.of(ShopFixture.orderOf(100_00)));
        teller.carryOut(order);
        later = new Teller(real, versions, () -> NOW.plus(Duration.ofDays(30)), Teller.Pause.NONE);
        Operation hold = new HoldPoints(
                member("anna"),
                new RedemptionId("h-1"),
                Points.of(100),
                new Money(10_000, ShopFixture.EUR),
                Optional.empty(),
                Optional.empty());
        meanwhile = hold;
        fault = Fault.DONE_BETWEEN_READING_POSTING_AND_ACCOUNT;

        Teller other = new Teller(new Unreliable(), versions, () -> NOW.plus(Duration.ofDays(30)), Teller.Pause.NONE);

        assertThat(other.carryOut(hold))
                .isInstanceOfSatisfying(
                        Teller.Answer.Done.class,
                        done -> assertThat(done.replayed()).isTrue());
    }

    /** Joins the program, but fails at so many looks before. */
    private record Failing(Operation joins, AtomicInteger times) implements Operation {
        @Override
        public MemberKey member() {
            return joins.member();
        }

        @Override
        public OperationId id() {
            return joins.id();
        }

        @Override
        public Hash fingerprint() {
            return joins.fingerprint();
        }

        @Override
        public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
            if (times.getAndDecrement() > 0) {
                throw new ArithmeticException("what was seen contradicts itself");
            }
            return joins.decide(snapshot, programs, now);
        }
    }

    @Test
    void a_glance_that_contradicts_itself_is_followed_by_a_read() {
        Teller teller = new Teller(new Unreliable(), versions, () -> NOW, Teller.Pause.NONE);

        assertThat(teller.carryOut(new Failing(enrol, new AtomicInteger(1)))).isInstanceOf(Teller.Answer.Done.class);
        assertThat(reads).isEqualTo(2);
        assertThat(writes).isEqualTo(1);
    }

    @Test
    void what_fails_upon_what_is_really_there_is_a_fault_of_the_code() {
        Teller teller = new Teller(real, versions, () -> NOW, Teller.Pause.NONE);

        assertThatThrownBy(() -> teller.carryOut(new Failing(enrol, new AtomicInteger(2))))
                .isInstanceOf(ArithmeticException.class);
    }

    /** The real ledger behind a line that fails as the test says. */
    private class Unreliable implements Ledger {
        @Override
        public Snapshot read(Set<StoredKey> keys) {
            reads++;
            if (fault == Fault.UNREADABLE) {
                throw new LedgerUnavailable("no answer");
            }
            if (fault == Fault.DONE_BETWEEN_READING_POSTING_AND_ACCOUNT) {
                fault = Fault.NONE;
                Set<StoredKey> postings = new HashSet<>(keys);
                postings.removeIf(StoredKey.AccountKey.class::isInstance);
                Snapshot first = real.read(postings);
                later.carryOut(meanwhile);
                return first.plus(real.read(first.missing(keys)));
            }
            return real.read(keys);
        }

        @Override
        public Snapshot glance(Set<StoredKey> keys, boolean latest) {
            return read(keys);
        }

        @Override
        public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
            writes++;
            if (fault == Fault.ALWAYS_OUTRUN) {
                return Written.OUTRUN;
            }
            if (fault == Fault.FIRST_REQUEST_LOST && writes == 1) {
                throw new LedgerUnavailable("the request is lost");
            }
            Written written = real.write(posts, glance);
            if (fault == Fault.FIRST_REPLY_LOST && writes == 1) {
                throw new LedgerUnavailable("the reply is lost");
            }
            return written;
        }

        @Override
        public List<Posting> history(MemberKey member, long before, int limit) {
            return real.history(member, before, limit);
        }

        @Override
        public DuePage due(int shard, Instant until, int limit, Optional<String> after) {
            return real.due(shard, until, limit, after);
        }

        @Override
        public AccountPage accounts(ProgramId program, int limit, Optional<String> after) {
            return real.accounts(program, limit, after);
        }
    }
}
