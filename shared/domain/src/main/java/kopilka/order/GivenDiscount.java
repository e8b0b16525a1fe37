package kopilka.order;

import kopilka.program.RuleId;

/**
 * A discount of the program that the shop gave on an order, as it had been quoted.
 *
 * @param rule the rule of the program that it is by
 * @param amount in minor units, taken off the lines that the rule is about
 */
public record GivenDiscount(RuleId rule, long amount) {
    /** Refuses a discount of nothing. */
    public GivenDiscount {
        if (amount < 1) {
            throw new IllegalArgumentException("a discount takes something off");
        }
    }
}
