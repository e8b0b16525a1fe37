package kopilka.audit;

import static kopilka.ledger.ShopFixture.aShop;

import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import kopilka.ledger.AnyOperation;
import kopilka.ledger.ShopFixture;
import kopilka.ledger.ShopFixture.Rules;
import kopilka.program.EarningRules;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.RefundRules.Shortfall;
import kopilka.referral.ReferrerSide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in a shop, the audit finds nothing wrong: what is computed again comes to the same. */
class SoundHistoriesTest {
    private static final int STEPS = 400;
    private static final int HISTORIES = 25;

    private static Rules rules(Random random) {
        Rules rules = Rules.usual()
                .pending(random.nextBoolean() ? PendingRule.From.PAID : PendingRule.From.DELIVERED, random.nextInt(4))
                .expiring(new ExpiryRule.AfterDays(3 + random.nextInt(40), random.nextBoolean()))
                .rewarding(50, 30, 10_00)
                .earningOn("premium", 2 + random.nextInt(3), 100)
                .grace(random.nextInt(3))
                .rounding(
                        random.nextBoolean() ? EarningRules.Rounding.DOWN_ON_LINE : EarningRules.Rounding.DOWN_ON_ORDER)
                .shortfall(
                        switch (random.nextInt(3)) {
                            case 0 -> new Shortfall.Debt();
                            case 1 -> new Shortfall.Deduct();
                            default -> new Shortfall.WriteOff(random.nextInt(20));
                        });
        return random.nextInt(3) == 0 ? rules.atMost(60).minimum(5_00) : rules;
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void what_was_done_by_the_rules_is_found_sound(long seed) {
        soundHistories(new Random(seed), SoundHistoriesTest::rules);
    }

    /** Some versions have two wallets, and some gave the second one up. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void what_was_done_in_two_wallets_is_found_sound(long seed) {
        soundHistories(new Random(seed), random -> {
            Rules rules = rules(random);
            PendingRule.From from = random.nextBoolean() ? PendingRule.From.PAID : PendingRule.From.DELIVERED;
            return random.nextInt(4) == 0
                    ? rules
                    : rules.andCashback(
                            new PendingRule(from, random.nextInt(4)),
                            new ExpiryRule.AfterDays(3 + random.nextInt(40), false));
        });
    }

    private static void soundHistories(Random random, Function<Random, Rules> rules) {
        for (int history = 0; history < HISTORIES; history++) {
            ShopFixture shop = aShop(rules.apply(random));
            AnyOperation.MEMBERS.forEach(shop::enrol);
            for (int step = 0; step < STEPS; step++) {
                shop.carryOut(AnyOperation.in(shop, random));
                if (random.nextInt(60) == 0) {
                    // What was decided at this very moment was decided before.
                    shop.later(Duration.ofNanos(1)).changeRules(rules.apply(random));
                }
                shop.later(Duration.ofMinutes(random.nextInt(10) == 0 ? 3 * 24 * 60 : random.nextInt(20)));
            }
            for (String member : AnyOperation.MEMBERS) {
                shop.postings(member)
                        .forEach(posting -> ReferrerSide.of(posting).ifPresent(shop::carryOut));
            }
            AnyOperation.MEMBERS.forEach(shop::audit);
        }
    }
}
