package kopilka.program;

import java.util.Comparator;
import java.util.List;

/**
 * The rules that orders earn by.
 *
 * @param rules in the sequence in which they are applied: by priority, equals as the document has them
 * @param minimumOrder the least value of the goods, in minor units after the shop's discounts, that earns at all
 * @param include what counts beside the goods at full price
 * @param rounding how a fraction of a point is rounded
 * @param multipliers how several on one line come together
 * @param maximumDiscount the most that all discounts of the program together take off the goods, in hundredths of a percent
 */
public record RuleBook(
        List<Rule> rules,
        long minimumOrder,
        EarningRules.Include include,
        EarningRules.Rounding rounding,
        Multipliers multipliers,
        int maximumDiscount)
        implements Scheme {
    /** The most rules: a long page of a shop's terms, and well below what a body may have. */
    public static final int MAX_RULES = 500;

    /** Sorts and copies what it is given. */
    public RuleBook {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(Rule::priority).reversed())
                .toList();
        if (rules.size() > MAX_RULES || minimumOrder < 0 || maximumDiscount < 0 || maximumDiscount > 10_000) {
            throw new IllegalArgumentException("rules are out of range");
        }
    }
}
