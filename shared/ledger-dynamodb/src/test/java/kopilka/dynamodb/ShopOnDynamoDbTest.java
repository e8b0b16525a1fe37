package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.line;
import static kopilka.ledger.ShopFixture.member;
import static kopilka.ledger.ShopFixture.order;
import static kopilka.ledger.ShopFixture.paidWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import kopilka.expiry.SettleAccount;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.Ledger;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.members.CloseAccount;
import kopilka.members.EnrolMember;
import kopilka.money.Points;
import kopilka.order.Order;
import kopilka.order.OrderEventKind;
import kopilka.order.RedemptionId;
import kopilka.program.PendingRule;
import kopilka.redemption.CapturePoints;
import kopilka.redemption.VoidHold;
import kopilka.referral.AttachReferee;
import kopilka.referral.IssueReferralCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same random history on the ledger in memory and on DynamoDB: the same answers, the same accounts, the same postings. */
class ShopOnDynamoDbTest {
    private static final int STEPS = 150;
    private static final List<String> MEMBERS = List.of("anna", "boris", "clara");

    private static Rules rules(long seed) {
        return Rules.usual()
                .pending(seed % 2 == 0 ? PendingRule.From.PAID : PendingRule.From.DELIVERED, 3)
                .rewarding(500, 300, 10_00);
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Something that may happen to a member; much of it is refused. */
    private static Operation operation(ShopFixture shop, Random random) {
        String name = one(MEMBERS, random);
        MemberKey member = member(name);
        String id = name + random.nextInt(6);
        RedemptionId redemption = new RedemptionId("H-" + name + random.nextInt(4));
        Order content = order(
                line("1", 1 + random.nextInt(3), 100L + random.nextInt(90_00)),
                line("mug", 2, 100L + random.nextInt(90_00), "premium"));
        return switch (random.nextInt(14)) {
            case 0 -> new EnrolMember(member);
            case 1, 2 -> shop.payment(name, id, content);
            case 3 ->
                shop.payment(name, id, paidWith(content, redemption.value(), 1L + random.nextLong(content.total())));
            case 4 -> shop.event(name, id, OrderEventKind.DELIVERED);
            case 5 -> shop.event(name, id, OrderEventKind.CANCELLED);
            case 6 -> shop.refundOf(name, id, "R-" + random.nextInt(3), "mug", 1);
            case 7 -> shop.refundOf(name, id, "R-" + random.nextInt(3), 1L + random.nextInt(50_00));
            case 8 -> shop.holding(name, redemption.value(), 1L + random.nextInt(60), 100_00);
            case 9 -> new CapturePoints(member, redemption, Optional.of(Points.of(1L + random.nextInt(60))));
            case 10 -> new VoidHold(member, redemption);
            case 11 -> new IssueReferralCode(member, new ReferralCode("CODE-" + random.nextInt(4)));
            case 12 -> new AttachReferee(member, new ReferralCode("CODE-" + random.nextInt(4)));
            default ->
                random.nextInt(8) == 0
                        ? new CloseAccount(member, Optional.of("leaves"))
                        : new SettleAccount(member, random.nextInt(20));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_history_goes_the_same_way_wherever_it_is_stored(long seed) {
        Schema schema = Schema.in(Embedded.client());
        ShopFixture here = aShop(new InMemoryLedger(), rules(seed));
        ShopFixture there = aShop(schema.ledger(Embedded.client()), rules(seed));
        Random random = new Random(seed);
        List<Operation> told = new ArrayList<>();
        for (String name : MEMBERS) {
            here.enrol(name);
            there.enrol(name);
            told.add(new EnrolMember(member(name)));
        }
        for (int step = 0; step < STEPS; step++) {
            // Every eighth is delivered again, and may well have waited.
            Operation operation = random.nextInt(8) == 0 ? one(told, random) : operation(here, random);
            told.add(operation);
            assertThat(there.carryOut(operation))
                    .as("seed %d, step %d: %s", seed, step, operation)
                    .isEqualTo(here.carryOut(operation));
            Duration passed = Duration.ofMinutes(random.nextInt(10) == 0 ? 3 * 24 * 60 : random.nextInt(20));
            here.later(passed);
            there.later(passed);
        }

        for (String name : MEMBERS) {
            for (Posting posting : here.postings(name)) {
                posting.signal().ifPresent(signal -> {
                    Operation reward = ShopFixture.signalled(posting, signal);
                    assertThat(there.carryOut(reward)).isEqualTo(here.carryOut(reward));
                });
            }
        }
        Set<StoredKey> orders = new HashSet<>();
        for (String name : MEMBERS) {
            assertThat(here.postings(name)).hasSizeGreaterThan(10);
            assertThat(there.account(name)).isEqualTo(here.account(name));
            assertThat(there.postings(name)).isEqualTo(here.postings(name));
            there.audit(name);
            for (Operation operation : told) {
                operation.reads().stream()
                        .filter(StoredKey.OrderKey.class::isInstance)
                        .forEach(orders::add);
            }
        }
        assertThat(there.ledger().read(orders)).isEqualTo(here.ledger().read(orders));
        for (int shard = 0; shard < Ledger.DUE_SHARDS; shard++) {
            var soon = here.now().plus(Duration.ofDays(10_000));
            assertThat(there.ledger().due(shard, soon, 100, Optional.empty()).members())
                    .containsExactlyInAnyOrderElementsOf(here.ledger()
                            .due(shard, soon, 100, Optional.empty())
                            .members());
        }
    }
}
