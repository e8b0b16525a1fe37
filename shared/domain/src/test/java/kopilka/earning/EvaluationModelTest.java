package kopilka.earning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import kopilka.earning.Evaluation.Borne;
import kopilka.earning.Evaluation.Discount;
import kopilka.earning.Rewards.OnValue;
import kopilka.money.Proportion;
import kopilka.order.GivenDiscount;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.Program;
import kopilka.program.RuleId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules as the engine applies them, against the model that is told apart from it. */
class EvaluationModelTest {
    private static final int CASES = Integer.getInteger("kopilka.cases", 20_000);

    @Test
    @Tag("long")
    void whatever_the_program_the_member_and_the_order_the_engine_and_the_model_agree() {
        long first = Long.getLong("kopilka.seed", new Random().nextLong());
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            try {
                agree(seed);
            } catch (AssertionError | RuntimeException different) {
                throw new AssertionError("-Dkopilka.seed=" + seed + " -Dkopilka.cases=1", different);
            }
        }
    }

    /** Always the same ones, and few: for whoever has no time for many. */
    @Test
    void the_engine_and_the_model_agree_on_the_first_few() {
        for (long seed = 1; seed <= 400; seed++) {
            agree(seed);
        }
    }

    private static void agree(long seed) {
        AnyDecision any = new AnyDecision(seed);
        Program program = any.program();
        OrderBasis basket = any.basket();
        Circumstances circumstances = any.circumstances();
        Instant at = any.instant();
        Evaluation quote = Offer.of(basket, circumstances, at, program).evaluation();
        compare(quote, EvaluationModel.quote(basket, circumstances, at, program), program, basket);

        List<GivenDiscount> given = any.random().nextInt(3) > 0
                ? quote.discounts().stream()
                        .map(each -> new GivenDiscount(each.rule(), each.amount()))
                        .toList()
                : any.claimed();
        OrderBasis order = AnyDecision.payable(Club.given(basket, given));
        EvaluationModel model = EvaluationModel.of(order, circumstances, at, program);
        switch (Evaluation.bearing(order, circumstances, at, program)) {
            case Borne.Contradicts not -> assertThat(model.fault).contains(not.fault());
            case Borne.Fits fits -> {
                assertThat(model.fault).isEmpty();
                OrderBasis bearing = fits.order();
                Evaluation evaluation = Evaluation.of(bearing, Returned.NOTHING, circumstances, at, program);
                EvaluationModel asOrdered = EvaluationModel.of(bearing, circumstances, at, program);
                compare(evaluation, asOrdered, program, bearing);
                Returned returned = any.returned(bearing);
                compare(
                        Evaluation.of(bearing, returned, circumstances, at, program),
                        returned.isNothing() ? asOrdered : asOrdered.after(returned),
                        program,
                        bearing);
            }
        }
    }

    private static void compare(Evaluation engine, EvaluationModel model, Program program, OrderBasis order) {
        Map<RuleId, Long> discounts = new LinkedHashMap<>();
        engine.discounts().forEach(each -> discounts.put(each.rule(), each.amount()));
        assertThat(engine.dropped()).as("dropped").isEqualTo(model.dropped);
        assertThat(discounts).as("discounts").isEqualTo(model.discounts());
        assertThat(engine.rewards().goodsValue()).as("goods").isEqualTo(model.goodsValue());
        Map<WalletId, Long> modelled = model.uncapped();
        assertThat(engine.rewards().units()).as("units").isEqualTo(model.capped(modelled));
        Map<WalletId, Long> uncapped = new TreeMap<>();
        engine.rewards().wallets().forEach((wallet, reward) -> {
            if (reward.uncapped() > 0) {
                uncapped.put(wallet, reward.uncapped());
            }
        });
        assertThat(uncapped).as("uncapped").isEqualTo(modelled);
        assertThat(engine.rewards().benefits()).as("benefits").isEqualTo(model.benefits());
        assertThat(engine.rewards().excluded()).as("excluded").isEqualTo(model.excluded());
        for (WalletRules wallet : program.wallets()) {
            assertThat(bases(engine, wallet.id())).as("bases").isEqualTo(model.bases(wallet.id()));
        }
        lines(engine, order);
    }

    /** Each line bears whole minor units, no more than it has, and all of them the discounts. */
    private static void lines(Evaluation engine, OrderBasis order) {
        long[] room = order.lines().stream().mapToLong(OrderBasis.Line::total).toArray();
        long[] own = Proportion.spread(order.discount(), room);
        for (Discount discount : engine.discounts()) {
            long sum = 0;
            for (int i = 0; i < room.length; i++) {
                long bears = discount.lines().get(i);
                sum += bears;
                room[i] -= bears;
                if (bears < 0 || room[i] < own[i]) {
                    throw new AssertionError("line " + i + " bears " + bears + " of " + discount);
                }
            }
            assertThat(sum).as("what lines bear").isEqualTo(discount.amount());
        }
    }

    private static Map<RuleId, Map<String, Long>> bases(Evaluation engine, WalletId wallet) {
        Map<RuleId, Map<String, Long>> bases = new LinkedHashMap<>();
        if (engine.rewards().wallets().containsKey(wallet)) {
            for (Rewards.Part part : engine.rewards().wallets().get(wallet).parts()) {
                if (part instanceof OnValue on) {
                    bases.computeIfAbsent(on.rule(), rule -> new TreeMap<>())
                            .put(on.factor() + " by " + on.multipliers(), on.base());
                }
            }
        }
        return bases;
    }
}
