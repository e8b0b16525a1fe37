package kopilka.lambda.telling;

import java.util.Optional;
import kopilka.earning.Dropped;
import kopilka.earning.Dropped.Why;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.Language;
import kopilka.program.Program;
import kopilka.program.Rule;
import kopilka.program.RuleBook;

/** Why a rule brought nothing, or less than it says, in one sentence to the member whose basket or order it is. */
public final class Reasons {
    private final Program program;
    private final Phrases phrases;
    private final Units units;
    private final Conditions conditions;
    private final EarningSentences earning;

    private Reasons(Program program, Language language) {
        this.program = program;
        this.phrases = Phrases.in(language);
        this.units = new Units(program, language);
        this.conditions = new Conditions(program, phrases, units);
        this.earning = new EarningSentences(program, phrases, units);
    }

    /**
     * The sentence for a rule that was dropped, or a discount that was trimmed.
     *
     * @param program the one that the rule is of
     */
    public static String of(Dropped dropped, Program program, Language language) {
        Reasons reasons = new Reasons(program, language);
        return Phrases.sentence(reasons.why(dropped.why(), reasons.earning.rule(dropped.rule())));
    }

    private String why(Why why, Optional<Rule> rule) {
        return switch (why) {
            case Why.NotYet notYet -> with(phrases.notYet(), rule.flatMap(earning::begins));
            case Why.NoLonger noLonger -> with(phrases.noLonger(), rule.flatMap(earning::ends));
            case Why.NoMatchingLines none ->
                rule.flatMap(earning::goods)
                        .map(goods -> phrases.only(goods) + "; " + phrases.noneInBasket())
                        .orElseGet(phrases::emptyBasket);
            case Why.Unmet unmet -> unmet(unmet.condition(), unmet.amount(), unmet.matching());
            case Why.ExcludedBy excluded -> phrases.insteadApplied(phrases.quoted(earning.title(excluded.by())));
            case Why.BelowMinimum below ->
                phrases.only(phrases.goodsFor(phrases.atLeast(units.money(below.minimum())))) + "; "
                        + phrases.basketHas(units.money(below.amount()));
            case Why.DiscountTrimmed trimmed -> trimmed(trimmed);
            case Why.NotGiven notGiven -> phrases.discountNotGiven();
        };
    }

    private static String with(String clause, Optional<String> when) {
        return when.map(told -> clause + ": " + told).orElse(clause);
    }

    private String unmet(Condition condition, long amount, long matching) {
        Terms terms = conditions.terms(condition);
        StringBuilder text = new StringBuilder(terms.only(phrases));
        if (terms.asks(Terms.Asks.GOODS)) {
            text.append("; ").append(phrases.basketHas(units.money(amount)));
        }
        if (terms.asks(Terms.Asks.MATCHING)) {
            text.append("; ").append(phrases.basketHasMatching(units.money(matching)));
        }
        return text.toString();
    }

    private String trimmed(Why.DiscountTrimmed trimmed) {
        String left = trimmed.taken() == 0
                ? phrases.discountUsedUp()
                : phrases.discountTrimmed(units.money(trimmed.taken()), units.money(trimmed.said()));
        return switch (program.scheme()) {
            case EarningRules rates -> left;
            case RuleBook book -> book.maximumDiscount() < 10_000 ? left + "; " + earning.discountsAtMost(book) : left;
        };
    }
}
