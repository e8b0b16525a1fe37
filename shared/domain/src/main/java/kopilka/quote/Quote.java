package kopilka.quote;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import kopilka.earning.Dropped;
import kopilka.earning.Evaluation;
import kopilka.order.OrderBasis;
import kopilka.order.Quoted;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;
import kopilka.program.Range;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * What a basket is entitled to. The order that follows it gets just that, under the same version and with the account as it
 * is.
 *
 * @param quoted under which version, and when
 * @param evaluation discounts, earnings, benefits, and the rules that bring nothing
 * @param price what the basket costs after all discounts, in minor units
 * @param redeemable what each wallet could pay of it, in the program's sequence
 * @param next what a larger basket would get besides, the nearest first
 */
public record Quote(
        Quoted quoted, Evaluation evaluation, long price, List<Redeemable> redeemable, List<NextBenefit> next) {
    /** The most benefits ahead that are told. */
    public static final int MAX_NEXT = 5;

    /** Copies what it is given. */
    public Quote {
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
     * Quotes a basket by a program that is earned by rules.
     *
     * @param version the version that it is quoted under
     * @param basket as it would be ordered, before the program's discounts
     * @param circumstances of the member and the basket
     * @param at when
     * @param available how much of each wallet there is to be spent
     */
    public static Quote of(
            ProgramVersion version,
            OrderBasis basket,
            Circumstances circumstances,
            Instant at,
            ToLongFunction<WalletId> available) {
        Program rules = version.rules();
        Evaluation evaluation = Evaluation.quote(basket, circumstances, at, rules);
        long price = basket.total();
        for (Evaluation.Discount discount : evaluation.discounts()) {
            price -= discount.amount();
        }
        List<Redeemable> redeemable = new ArrayList<>();
        for (WalletRules wallet : rules.wallets()) {
            redeemable.add(Redeemable.of(
                    rules, wallet, available.applyAsLong(wallet.id()), price, circumstances, at));
        }
        return new Quote(
                new Quoted(version.number(), at),
                evaluation,
                price,
                redeemable,
                next(rules, evaluation.dropped(), circumstances, LocalDateTime.ofInstant(at, rules.zone())));
    }

    private static List<NextBenefit> next(
            Program rules, List<Dropped> dropped, Circumstances circumstances, LocalDateTime local) {
        if (!(rules.scheme() instanceof RuleBook book)) {
            return List.of();
        }
        List<NextBenefit> next = new ArrayList<>();
        for (Dropped each : dropped) {
            if (each.why() instanceof Dropped.Why.Unmet unmet) {
                book.rules().stream()
                        .filter(rule -> rule.id().equals(each.rule()))
                        .findFirst()
                        .flatMap(rule -> next(rule, unmet, circumstances, local))
                        .ifPresent(next::add);
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
        Condition all = rule.when().orElseThrow();
        return switch (unmet.condition()) {
            case Condition.Amount amount -> {
                long missing = missing(amount.range(), unmet.amount());
                yield missing > 0
                                && circumstances.meet(
                                        all, local, unmet.amount() + missing, unmet.matching() + missing)
                        ? Optional.of(new NextBenefit(rule.id(), missing, false))
                        : Optional.empty();
            }
            case Condition.Matching matching -> {
                long missing = missing(matching.range(), unmet.matching());
                yield missing > 0
                                && circumstances.meet(
                                        all, local, unmet.amount() + missing, unmet.matching() + missing)
                        ? Optional.of(new NextBenefit(rule.id(), missing, true))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static long missing(Range range, long amount) {
        return Math.max(0, range.atLeast() - amount);
    }
}
