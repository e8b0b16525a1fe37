package kopilka.quote;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import kopilka.earning.Dropped;
import kopilka.earning.Earning;
import kopilka.earning.Evaluation;
import kopilka.earning.Kept;
import kopilka.earning.Offer;
import kopilka.earning.Rewards;
import kopilka.order.OrderBasis;
import kopilka.order.Quoted;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.LineCondition;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * What a basket is entitled to. The order that follows it gets just that, under the same version and with the account as it
 * is.
 *
 * @param quoted under which version, and when
 * @param byLine what each line earns by the rates on it, by its position; bonuses belong to no line
 * @param evaluation discounts, earnings, the benefits that rules bring, and the rules that bring nothing
 * @param benefits those of the rules, then those of the member's level
 * @param price what the basket costs after all discounts, in minor units
 * @param redeemable what each wallet could pay of it, in the program's sequence
 * @param next what a larger basket would get besides, the nearest first
 */
public record Quote(
        Quoted quoted,
        Evaluation evaluation,
        List<Rewards.Granted> benefits,
        SortedMap<WalletId, SortedMap<Integer, Long>> byLine,
        long price,
        List<Redeemable> redeemable,
        List<NextBenefit> next) {
    /** The most benefits ahead that are told. */
    public static final int MAX_NEXT = 5;

    /** Copies what it is given. */
    public Quote {
        benefits = List.copyOf(benefits);
        redeemable = List.copyOf(redeemable);
        next = List.copyOf(next);
    }

    /**
     * A rule that would apply to a larger basket.
     *
     * @param rule which rule
     * @param missing for how much more one would have to buy, in minor units
     * @param matching whether only of what the rule is about
     */
    public record NextBenefit(RuleId rule, long missing, boolean matching) {}

    /**
     * Quotes a basket.
     *
     * @param version the version that it is quoted under
     * @param basket as it would be ordered, before the program's discounts
     * @param circumstances of the member and the basket
     * @param level the member's, whose own benefits the basket gets; empty: none
     * @param at when
     * @param available how much of each wallet there is to be spent
     */
    public static Quote of(
            ProgramVersion version,
            OrderBasis basket,
            Circumstances circumstances,
            Optional<TierId> level,
            Instant at,
            ToLongFunction<WalletId> available) {
        Program rules = version.rules();
        Evaluation evaluation;
        SortedMap<WalletId, SortedMap<Integer, Long>> byLine;
        switch (rules.scheme()) {
            case RuleBook book -> {
                Offer offer = Offer.of(basket, circumstances, at, rules);
                evaluation = offer.evaluation();
                byLine = offer.byLine();
            }
            case EarningRules rates -> {
                evaluation = byRates(Earning.of(basket, Kept.of(basket, Returned.NOTHING), rates), rates);
                byLine = new TreeMap<>();
            }
        }
        long price = basket.total();
        for (Evaluation.Discount discount : evaluation.discounts()) {
            price -= discount.amount();
        }
        List<Redeemable> redeemable = new ArrayList<>();
        for (WalletRules wallet : rules.wallets()) {
            redeemable.add(Redeemable.of(rules, wallet, available.applyAsLong(wallet.id()), price, circumstances, at));
        }
        return new Quote(
                new Quoted(version.number(), at),
                evaluation,
                benefits(rules, evaluation, level),
                byLine,
                price,
                redeemable,
                next(rules, evaluation.dropped(), circumstances, LocalDateTime.ofInstant(at, rules.zone())));
    }

    private static List<Rewards.Granted> benefits(Program rules, Evaluation evaluation, Optional<TierId> level) {
        List<Rewards.Granted> benefits = new ArrayList<>(evaluation.rewards().benefits());
        rules.tiers()
                .flatMap(tiers -> level.flatMap(tiers::level))
                .ifPresent(own ->
                        own.benefits().forEach(benefit -> benefits.add(new Rewards.Granted(own.asRule(), benefit))));
        return benefits;
    }

    /** What rates come to, told as rules are. */
    private static Evaluation byRates(Earning earning, EarningRules rates) {
        List<Rewards.Part> parts = new ArrayList<>();
        for (Earning.Part part : earning.parts()) {
            RuleId rule = new RuleId(part.category()
                    .map(category -> "earning.categories." + category)
                    .orElse("earning.rate"));
            parts.add(new Rewards.OnValue(rule, part.base(), part.rate(), Rewards.OnValue.ONCE, List.of()));
        }
        SortedMap<WalletId, Rewards.Reward> wallets = new TreeMap<>();
        if (!parts.isEmpty()) {
            wallets.put(
                    WalletId.POINTS,
                    new Rewards.Reward(
                            earning.points().value(), earning.uncapped().value(), parts));
        }
        List<Dropped> dropped = earning.goodsValue() < rates.minimumOrder()
                ? List.of(new Dropped(
                        new RuleId("earning.rate"),
                        new Dropped.Why.BelowMinimum(rates.minimumOrder(), earning.goodsValue())))
                : List.of();
        return new Evaluation(
                List.of(), new Rewards(wallets, List.of(), earning.goodsValue(), earning.excluded()), dropped);
    }

    private static List<NextBenefit> next(
            Program rules, List<Dropped> dropped, Circumstances circumstances, LocalDateTime local) {
        if (!(rules.scheme() instanceof RuleBook book)) {
            return List.of();
        }
        Map<RuleId, Dropped.Why.Unmet> near = new HashMap<>();
        for (Dropped each : dropped) {
            if (each.why() instanceof Dropped.Why.Unmet unmet) {
                near.put(each.rule(), unmet);
            }
        }
        List<NextBenefit> next = new ArrayList<>();
        for (Rule rule : book.rules()) {
            Dropped.Why.Unmet unmet = near.get(rule.id());
            if (unmet != null) {
                next(rule, unmet, circumstances, local).ifPresent(next::add);
            }
        }
        return next.stream()
                .sorted(Comparator.comparingLong(NextBenefit::missing))
                .limit(MAX_NEXT)
                .toList();
    }

    /** What a rule asks for beyond this basket, if it asks for nothing but a larger amount. */
    private static Optional<NextBenefit> next(
            Rule rule, Dropped.Why.Unmet unmet, Circumstances circumstances, LocalDateTime local) {
        long missing = switch (unmet.condition()) {
            case Condition.Amount amount -> amount.range().atLeast() - unmet.amount();
            case Condition.Matching matching -> matching.range().atLeast() - unmet.matching();
            default -> 0;
        };
        Condition all = rule.when().orElseThrow();
        long amount = unmet.amount() + missing;
        if (missing <= 0 || !circumstances.meet(all, local, amount, unmet.matching() + missing)) {
            return Optional.empty();
        }
        boolean ofAnything = unmet.condition() instanceof Condition.Amount
                && (rule.lines() instanceof LineCondition.Every
                        || circumstances.meet(all, local, amount, unmet.matching()));
        return Optional.of(new NextBenefit(rule.id(), missing, !ofAnything));
    }
}
