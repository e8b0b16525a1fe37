package kopilka.earning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import kopilka.earning.Evaluation.Borne;
import kopilka.earning.Evaluation.Discount;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.order.GivenDiscount;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Benefit;
import kopilka.program.Circumstances;
import kopilka.program.EarningRules.Include;
import kopilka.program.EarningRules.Rounding;
import kopilka.program.Effect;
import kopilka.program.Multipliers;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.WalletId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of every program of rules, every member and every basket. */
@Tag("long")
class EvaluationPropertiesTest {
    private static final int CASES = Integer.getInteger("kopilka.cases", 10_000);

    private static void forMany(LongConsumer property) {
        long first = Long.getLong("kopilka.seed", new Random().nextLong());
        for (int i = 0; i < CASES; i++) {
            try {
                property.accept(first + i);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("-Dkopilka.seed=" + (first + i) + " -Dkopilka.cases=1", broken);
            }
        }
    }

    /** One program, member, moment and basket, and the order that follows the basket. */
    private record Story(Program program, Circumstances circumstances, Instant at, OrderBasis basket, AnyDecision any) {
        static Story of(long seed) {
            AnyDecision any = new AnyDecision(seed);
            return new Story(any.program(), any.circumstances(), any.instant(), any.basket(), any);
        }

        Story with(OrderBasis other) {
            return new Story(program, circumstances, at, other, any);
        }

        Evaluation quote() {
            return Offer.of(basket, circumstances, at, program).evaluation();
        }

        /** The order that follows the quote, on which all that was quoted is given. */
        OrderBasis order() {
            OrderBasis order = AnyDecision.payable(Club.given(
                    basket,
                    quote().discounts().stream()
                            .map(each -> new GivenDiscount(each.rule(), each.amount()))
                            .toList()));
            return switch (Evaluation.bearing(order, circumstances, at, program)) {
                case Borne.Fits fits -> fits.order();
                case Borne.Contradicts not -> throw new AssertionError("quoted, but " + not.fault());
            };
        }

        Evaluation of(OrderBasis order, Returned returned) {
            return Evaluation.of(order, returned, circumstances, at, program);
        }
    }

    /** All that an evaluation says but for how it is spread over lines, and in how many parts. */
    private record Told(
            List<GivenDiscount> discounts,
            Map<WalletId, Long> units,
            Map<WalletId, Long> uncapped,
            List<Rewards.Granted> benefits,
            List<Dropped> dropped,
            long goods,
            List<Earning.Excluded> excluded) {
        static Told of(Evaluation evaluation) {
            Map<WalletId, Long> uncapped = new TreeMap<>();
            evaluation.rewards().wallets().forEach((wallet, reward) -> uncapped.put(wallet, reward.uncapped()));
            return new Told(
                    evaluation.discounts().stream()
                            .map(each -> new GivenDiscount(each.rule(), each.amount()))
                            .toList(),
                    evaluation.rewards().units(),
                    uncapped,
                    evaluation.rewards().benefits(),
                    evaluation.dropped(),
                    evaluation.rewards().goodsValue(),
                    evaluation.rewards().excluded());
        }

        Told withoutUnits() {
            return new Told(discounts, Map.of(), Map.of(), benefits, dropped, goods, excluded);
        }
    }

    @Test
    void an_order_earns_what_its_quote_said_and_has_the_same_discounts_and_benefits() {
        forMany(seed -> {
            Story story = Story.of(seed);
            if (story.basket.paidWithPoints() > story.basket.total() - off(story.quote())) {
                return; // More points than there is left to pay: another basket.
            }
            OrderBasis order = story.order();
            Evaluation quote = story.quote();
            Evaluation accrual = story.of(order, Returned.NOTHING);
            assertThat(accrual.rewards()).isEqualTo(quote.rewards());
            assertThat(accrual.discounts()).isEqualTo(quote.discounts());
            assertThat(order.lines().stream().mapToLong(OrderBasis.Line::off).sum())
                    .isEqualTo(off(quote));
            Kept kept = Kept.of(order, Returned.NOTHING);
            assertThat(kept.goods()).allMatch(value -> value >= 0);
            assertThat(kept.value()).isEqualTo(order.total());
        });
    }

    private static long off(Evaluation quote) {
        return quote.discounts().stream().mapToLong(Discount::amount).sum();
    }

    @Test
    void the_sequence_of_lines_changes_nothing() {
        forMany(seed -> {
            Story story = Story.of(seed);
            List<OrderBasis.Line> lines = new ArrayList<>(story.basket.lines());
            Collections.shuffle(lines, story.any.random());
            same(story, story.with(story.basket.with(lines)), true);
        });
    }

    @Test
    void splitting_a_line_changes_nothing_and_line_by_line_it_never_earns_more() {
        forMany(seed -> {
            Story story = Story.of(seed);
            Random random = story.any.random();
            List<OrderBasis.Line> lines = new ArrayList<>(story.basket.lines());
            OrderBasis.Line line = lines.remove(random.nextInt(lines.size()));
            long total = random.nextLong(line.total() + 1);
            long quantity = line.quantity() == 1 ? 1 : 1 + random.nextLong(line.quantity() - 1);
            lines.add(random.nextInt(lines.size() + 1), with(line, quantity, total));
            lines.add(
                    random.nextInt(lines.size() + 1),
                    with(line, Math.max(1, line.quantity() - quantity), line.total() - total));
            RuleBook book = (RuleBook) story.program.scheme();
            same(story, story.with(story.basket.with(lines)), book.rounding() == Rounding.DOWN_ON_ORDER);
        });
    }

    private static OrderBasis.Line with(OrderBasis.Line line, long quantity, long total) {
        return new OrderBasis.Line(
                line.id(),
                quantity,
                total,
                line.category(),
                line.discounted(),
                line.giftVoucher(),
                line.brand(),
                line.sku(),
                0);
    }

    private static void same(Story story, Story changed, boolean equal) {
        compare(story.quote(), changed.quote(), equal);
        compare(story.of(story.order(), Returned.NOTHING), changed.of(changed.order(), Returned.NOTHING), equal);
    }

    private static void compare(Evaluation before, Evaluation after, boolean equal) {
        Told told = Told.of(before);
        Told now = Told.of(after);
        if (equal) {
            assertThat(now).isEqualTo(told);
            return;
        }
        assertThat(now.withoutUnits()).isEqualTo(told.withoutUnits());
        now.units.forEach(
                (wallet, units) -> assertThat(units).isLessThanOrEqualTo(told.units.getOrDefault(wallet, 0L)));
        now.uncapped.forEach(
                (wallet, units) -> assertThat(units).isLessThanOrEqualTo(told.uncapped.getOrDefault(wallet, 0L)));
    }

    @Test
    void what_is_returned_in_any_sequence_leaves_the_same_and_never_less_than_nothing() {
        forMany(seed -> {
            Story story = Story.of(seed);
            OrderBasis order = story.order();
            Returned all = story.any.returned(order);
            List<Returned> parts = new ArrayList<>();
            Returned sum = Returned.NOTHING;
            for (Returned rest = all; !rest.isNothing(); rest = minus(all, sum)) {
                Returned part = parts.size() == 3 ? rest : someOf(rest, story.any.random());
                parts.add(part);
                sum = sum.plus(part);
                Evaluation after = story.of(order, sum);
                assertThat(after.rewards().units().values()).allMatch(units -> units > 0);
                assertThat(after.rewards().goodsValue()).isNotNegative();
                assertThat(after.rewards().excluded()).allMatch(each -> each.amount() > 0);
            }
            Collections.shuffle(parts, story.any.random());
            Returned other = parts.stream().reduce(Returned.NOTHING, Returned::plus);
            assertThat(story.of(order, other)).isEqualTo(story.of(order, all));
        });
    }

    private static Returned someOf(Returned returned, Random random) {
        TreeMap<Integer, Long> quantities = new TreeMap<>();
        returned.quantities().forEach((line, quantity) -> {
            long some = random.nextLong(quantity + 1);
            if (some > 0) {
                quantities.put(line, some);
            }
        });
        return new Returned(
                quantities, random.nextLong(returned.delivery() + 1), random.nextLong(returned.amount() + 1));
    }

    private static Returned minus(Returned all, Returned some) {
        TreeMap<Integer, Long> quantities = new TreeMap<>();
        all.quantities().forEach((line, quantity) -> {
            if (quantity > some.of(line)) {
                quantities.put(line, quantity - some.of(line));
            }
        });
        return new Returned(quantities, all.delivery() - some.delivery(), all.amount() - some.amount());
    }

    @Test
    void an_order_of_which_all_came_back_has_earned_nothing() {
        forMany(seed -> {
            Story story = Story.of(seed);
            OrderBasis order = story.order();
            TreeMap<Integer, Long> all = new TreeMap<>();
            for (int i = 0; i < order.lines().size(); i++) {
                all.put(i, order.lines().get(i).quantity());
            }
            Returned some = story.any.returned(order);
            long kept = Kept.of(order, new Returned(some.quantities(), some.delivery(), 0))
                    .value();
            List<Returned> everything =
                    new ArrayList<>(List.of(new Returned(all, 0, 0), new Returned(all, order.delivery(), 0)));
            if (kept > 0) {
                everything.add(new Returned(some.quantities(), some.delivery(), kept));
                everything.add(new Returned(new TreeMap<>(), 0, order.total()));
            }
            for (Returned returned : everything) {
                Evaluation after = story.of(order, returned);
                assertThat(after.rewards().units()).isEmpty();
                assertThat(after.rewards().benefits()).isEmpty();
                assertThat(after.discounts())
                        .isEqualTo(story.of(order, Returned.NOTHING).discounts());
            }
        });
    }

    @Test
    void nothing_overflows_at_the_limits() {
        atTheLimits(Rounding.DOWN_ON_ORDER, Multipliers.Combine.MULTIPLY);
        atTheLimits(Rounding.DOWN_ON_LINE, Multipliers.Combine.ADD);
    }

    private static void atTheLimits(Rounding rounding, Multipliers.Combine combine) {
        Random random = new Random(11);
        List<OrderBasis.Line> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add(Club.line("c" + random.nextInt(20), 1 + random.nextInt(9), Money.MAX_MINOR / 1_000 - i));
        }
        List<Club.Said> rules = new ArrayList<>();
        for (int i = 0; i < RuleBook.MAX_RULES; i++) {
            Club.Said rule = Club.rule("r" + i).on(Club.ofCategory("c" + random.nextInt(20), "c" + random.nextInt(20)));
            rules.add(
                    switch (i % 5) {
                        case 0 -> rule.off(1 + random.nextLong(Money.MAX_MINOR / 1_000));
                        case 1 ->
                            rule.then(new Effect.Earn(
                                    Club.POINTS,
                                    new Rate(Points.MAX - i, 1 + random.nextInt(1_000)),
                                    Optional.empty()));
                        case 2 -> rule.multiplies(10_000 - i).bonus(Points.MAX);
                        case 3 -> rule.then(new Effect.PercentOff(1 + random.nextInt(50)));
                        default ->
                            rule.earns(Club.CASHBACK, 1 + random.nextInt(7), 1_000_000_007L + i)
                                    .grants(Benefit.Kind.GIFT);
                    });
        }
        Club club = Club.of(rules.toArray(Club.Said[]::new))
                .withCashback()
                .including(new Include(true, true, true, true, false))
                .multipliers(combine, 10_000);
        Program program = (rounding == Rounding.DOWN_ON_LINE ? club.roundedLineByLine() : club).program();
        long goods = lines.stream().mapToLong(OrderBasis.Line::total).sum();
        OrderBasis basket = Club.basket(lines, Money.MAX_MINOR - goods, 7, 1_234_567_891_011L, 98_765_432_109L);
        Story story = new Story(program, Circumstances.UNKNOWN, Club.NOON, basket, new AnyDecision(1));
        Evaluation quote = story.quote();
        assertThat(quote.rewards().units(Club.POINTS)).isEqualTo(Points.MAX);
        assertThat(quote.rewards().units(Club.CASHBACK)).isPositive();
        assertThat(quote.discounts()).hasSizeGreaterThan(50);
        OrderBasis order = story.order();
        assertThat(story.of(order, Returned.NOTHING).rewards()).isEqualTo(quote.rewards());
        Evaluation after = story.of(order, Club.returned(1_000, 1).plus(Club.returnedAmount(1_000_000_000_001L)));
        assertThat(after.rewards().units(Club.CASHBACK))
                .isPositive()
                .isLessThan(quote.rewards().units(Club.CASHBACK));
        assertThat(quote.rewards().benefits()).extracting(Rewards.Granted::rule).contains(new RuleId("r4"));
    }
}
