package kopilka.dynamodb;

import static kopilka.ledger.ShopFixture.aShop;
import static kopilka.ledger.ShopFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import kopilka.ledger.AnyOperation;
import kopilka.ledger.InMemoryLedger;
import kopilka.ledger.Ledger;
import kopilka.ledger.Operation;
import kopilka.ledger.Posting;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.ledger.StoredKey;
import kopilka.members.EnrolMember;
import kopilka.program.PendingRule;
import kopilka.referral.ReferrerSide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same random history on the ledger in memory and on DynamoDB: the same answers, the same accounts, the same postings. */
class ShopOnDynamoDbTest {
    private static final int STEPS = 150;

    private static Rules rules(long seed) {
        return Rules.usual()
                .pending(seed % 2 == 0 ? PendingRule.From.PAID : PendingRule.From.DELIVERED, 3)
                .rewarding(500, 300, 10_00);
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_history_goes_the_same_way_wherever_it_is_stored(long seed) {
        Schema schema = Schema.in(Embedded.client());
        ShopFixture here = aShop(new InMemoryLedger(), rules(seed));
        ShopFixture there = aShop(schema.ledger(Embedded.client()), rules(seed));
        Random random = new Random(seed);
        List<Operation> told = new ArrayList<>();
        for (String name : AnyOperation.MEMBERS) {
            here.enrol(name);
            there.enrol(name);
            told.add(new EnrolMember(member(name)));
        }
        for (int step = 0; step < STEPS; step++) {
            // Every eighth is delivered again, and may well have waited.
            Operation operation = random.nextInt(8) == 0 ? one(told, random) : AnyOperation.in(here, random);
            told.add(operation);
            assertThat(there.carryOut(operation))
                    .as("seed %d, step %d: %s", seed, step, operation)
                    .isEqualTo(here.carryOut(operation));
            Duration passed = Duration.ofMinutes(random.nextInt(10) == 0 ? 3 * 24 * 60 : random.nextInt(20));
            here.later(passed);
            there.later(passed);
        }

        for (String name : AnyOperation.MEMBERS) {
            for (Posting posting : here.postings(name)) {
                ReferrerSide.of(posting)
                        .ifPresent(reward -> assertThat(there.carryOut(reward)).isEqualTo(here.carryOut(reward)));
            }
        }
        Set<StoredKey> orders = new HashSet<>();
        for (String name : AnyOperation.MEMBERS) {
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
