package kopilka.ledger;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.orderOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.members.EnrolMember;
import kopilka.order.OrderEventKind;
import kopilka.order.RedemptionId;
import kopilka.program.ProgramId;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.IssueReferralCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations of one member that are carried out together end as if they had been carried out one after another. */
class TogetherTest {
    private static final long SEED = Long.getLong("kopilka.seed", 20261126);
    private static final int HISTORIES = 300;

    private final Counting ledger = new Counting();

    static Stream<Rules> programmes() {
        return Stream.of(Rules.usual(), Rules.byRules());
    }

    @ParameterizedTest
    @MethodSource("programmes")
    void together_or_one_after_another_gives_the_same_answers_and_the_same_ledger(Rules rules) {
        System.out.println("TogetherTest: -Dkopilka.seed=" + SEED);
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            ShopFixture one = aShop(rules).enrol("anna");
            ShopFixture other = aShop(rules).enrol("anna");
            List<Operation> before = new ArrayList<>();
            for (int batch = 0; batch < 6; batch++) {
                Duration pause = Duration.ofHours(random.nextInt(400));
                one.later(pause);
                other.later(pause);
                List<Operation> operations = some(one, random, before);
                List<Teller.Answer> apart =
                        operations.stream().map(one::carryOut).toList();

                assertThat(other.carryOut(operations))
                        .as("seed %d", SEED + history)
                        .isEqualTo(apart);
                assertThat(other.postings("anna")).isEqualTo(one.postings("anna"));
                assertThat(other.account("anna")).isEqualTo(one.account("anna"));
            }
            other.audit("anna");
        }
    }

    /** Orders, what becomes of them, redemptions; some twice, some of which nothing comes. */
    private static List<Operation> some(ShopFixture shop, Random random, List<Operation> before) {
        List<Operation> operations = new ArrayList<>();
        int size = 1 + random.nextInt(Teller.TOGETHER);
        while (operations.size() < size) {
            String order = "A-" + random.nextInt(12);
            String redemption = "H-" + random.nextInt(4);
            operations.add(
                    switch (random.nextInt(9)) {
                        case 0, 1, 2 -> shop.payment("anna", order, orderOf(100L * (1 + random.nextInt(50_00))));
                        case 3 -> shop.refundOf("anna", order, "R-" + random.nextInt(40), 1 + random.nextInt(2_00));
                        case 4 -> shop.event("anna", order, OrderEventKind.CANCELLED);
                        case 5 -> shop.event("anna", order, OrderEventKind.DELIVERED);
                        case 6 -> shop.holding("anna", redemption, 100 + random.nextInt(100), 100_00);
                        case 7 ->
                            random.nextBoolean()
                                    ? new CapturePoints(member("anna"), new RedemptionId(redemption), Optional.empty())
                                    : new VoidHold(member("anna"), new RedemptionId(redemption));
                        default ->
                            before.isEmpty() || random.nextInt(3) > 0
                                    ? shop.payment("anna", order, orderOf(10_00))
                                    : before.get(random.nextInt(before.size()));
                    });
            before.add(operations.getLast());
        }
        return operations;
    }

    @Test
    void orders_of_a_member_take_one_look_and_one_write() {
        ShopFixture shop = aShop(ledger, Rules.usual()).enrol("anna");
        ledger.forget();
        List<Operation> orders = IntStream.range(0, Teller.TOGETHER)
                .mapToObj(i -> (Operation) shop.payment("anna", "A-" + i, orderOf(100_00 + i)))
                .toList();

        assertThat(shop.carryOut(orders)).hasOnlyElementsOfType(Teller.Answer.Done.class);
        assertThat(ledger.calls).containsExactly("glance", "write 20");
        ledger.forget();
        assertThat(shop.carryOut(orders))
                .allSatisfy(answer -> assertThat(answer)
                        .isInstanceOfSatisfying(
                                Teller.Answer.Done.class,
                                done -> assertThat(done.replayed()).isTrue()));
        assertThat(ledger.calls).containsExactly("glance");
    }

    @Test
    void what_was_before_a_refusal_is_written_before_it_is_decided_upon_what_is_there() {
        ShopFixture shop = aShop(ledger, Rules.usual()).enrol("anna");
        ledger.forget();
        List<Operation> operations = List.of(
                shop.payment("anna", "A-1", orderOf(100_00)),
                shop.holding("anna", "H-1", 1000, 100_00),
                shop.payment("anna", "A-2", orderOf(100_00)));

        assertThat(shop.carryOut(operations))
                .extracting(answer -> answer.getClass().getSimpleName())
                .containsExactly("Done", "Refused", "Done");
        assertThat(ledger.calls).containsExactly("glance", "write 1", "read", "write 1");
    }

    @Test
    void when_somebody_comes_between_nothing_is_written_and_all_is_decided_anew() {
        ShopFixture shop = aShop(ledger, Rules.usual()).enrol("anna");
        ledger.meanwhile = () -> shop.pays("anna", "A-0", orderOf(1_00));
        ledger.forget();
        List<Operation> orders = List.of(
                shop.payment("anna", "A-1", orderOf(100_00)),
                shop.payment("anna", "A-0", orderOf(1_00)),
                shop.payment("anna", "A-2", orderOf(100_00)));

        assertThat(shop.carryOut(orders)).hasOnlyElementsOfType(Teller.Answer.Done.class);
        assertThat(shop.postings("anna")).hasSize(4);
        assertThat(shop.balance("anna").pending()).isEqualTo(201);
        shop.audit("anna");
    }

    @Test
    void a_code_is_taken_alone() {
        ShopFixture shop = aShop(ledger, Rules.usual()).enrol("anna").enrol("boris");
        ReferralCode code = new ReferralCode("K7Q2M9XA");
        shop.done(new IssueReferralCode(member("boris"), code));
        ledger.forget();

        assertThat(shop.carryOut(List.of(
                        shop.payment("anna", "A-1", orderOf(100_00)),
                        new IssueReferralCode(member("anna"), code),
                        shop.payment("anna", "A-2", orderOf(100_00)))))
                .extracting(answer -> answer.getClass().getSimpleName())
                .containsExactly("Done", "Refused", "Done");
        assertThat(ledger.calls).containsSubsequence("write 1", "write 1", "write 1");
    }

    @Test
    void only_a_few_of_one_member_go_together() {
        ShopFixture shop = aShop(Rules.usual());
        List<Operation> two = List.of(new EnrolMember(member("anna")), new EnrolMember(member("boris")));
        List<Operation> many = IntStream.rangeClosed(0, Teller.TOGETHER)
                .mapToObj(i -> (Operation) shop.payment("anna", "A-" + i, orderOf(1_00)))
                .toList();

        assertThatThrownBy(() -> shop.carryOut(two)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.carryOut(many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.carryOut(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Notes what is asked of a ledger, and lets somebody come before the first write. */
    private static final class Counting implements Ledger {
        private final InMemoryLedger real = new InMemoryLedger();
        private final List<String> calls = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        void forget() {
            calls.clear();
        }

        @Override
        public Snapshot read(Set<StoredKey> keys) {
            calls.add("read");
            return real.read(keys);
        }

        @Override
        public Snapshot glance(Set<StoredKey> keys, boolean latest) {
            calls.add("glance");
            return real.glance(keys, latest);
        }

        @Override
        public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
            calls.add("write " + posts.size());
            Runnable first = meanwhile;
            meanwhile = () -> {};
            first.run();
            return real.write(posts, glance);
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
