package kopilka.earning;

import java.time.Instant;
import java.util.List;
import kopilka.order.OrderBasis;
import kopilka.order.Returned;
import kopilka.program.Circumstances;
import kopilka.program.Program;
import kopilka.program.RuleId;

/**
 * What the rules of a program make of an order, or {@linkplain Offer of a basket} that is not an order yet. Pure: the same order, what is kept
 * of it, circumstances and rules give the same, forever.
 *
 * <p>Rules are asked one by one, the highest priority first. A rule is about those lines that its line condition selects and
 * of which something is kept that has a price; without a line condition it is about the delivery too, where that counts. It
 * applies where its condition holds. Of the rules of one group, each line goes to the first that takes it.
 *
 * <p>A discount comes to its part of the lines' price after the shop's own discounts, and to its amount: a percentage takes
 * from no line more than discounts before it have left there, an amount not more than they have left on all of the lines.
 * That is rounded down, once, and the lines bear it: each the same share of its price, or all that it has left where that
 * is less.
 *
 * <p>Values are exact fractions until a wallet's units are rounded down: a line's part of a discount, or of what points
 * paid, is a fraction of the line. So neither the sequence of lines nor splitting them changes what is earned.
 *
 * @param discounts what comes off the price, in the sequence of the rules; of an order what was given, whatever came back
 * @param rewards what is earned, and what else it is entitled to
 * @param dropped the rules that brought nothing, or less than they say
 */
public record Evaluation(List<Discount> discounts, Rewards rewards, List<Dropped> dropped) {
    /** Copies what it is given. */
    public Evaluation {
        discounts = List.copyOf(discounts);
        dropped = List.copyOf(dropped);
    }

    /**
     * A discount by a rule.
     *
     * @param rule which rule
     * @param amount in minor units, rounded down
     * @param lines what each line bears of it, by position; they add up to the amount
     */
    public record Discount(RuleId rule, long amount, List<Long> lines) {
        /** Copies what it is given. */
        public Discount {
            lines = List.copyOf(lines);
        }
    }

    /** Why the discounts that a shop gave can't be those of the program. */
    public sealed interface Fault {
        /** The program has no such rule, or it takes nothing off the lines of this order. */
        record UnknownDiscount(RuleId rule) implements Fault {}

        /** More is taken off than the rule's lines are worth. */
        record DiscountAboveLines(RuleId rule) implements Fault {}
    }

    /**
     * Of an order: what is kept of it earns so much, with the discounts that were given.
     *
     * @param order what was ordered, {@link #bearing bearing} the discounts
     * @param returned what came back
     * @param circumstances those of the payment
     * @param at when it was paid
     * @param program whose rules; it is one that is earned by rules
     */
    public static Evaluation of(
            OrderBasis order, Returned returned, Circumstances circumstances, Instant at, Program program) {
        return RuleRun.of(order, returned, circumstances, at, program).evaluation();
    }

    /**
     * Finds the lines that bear the discounts that a shop gave.
     *
     * @return what is wrong with them; or the order, each line with what it bears
     */
    public static Borne bearing(OrderBasis order, Circumstances circumstances, Instant at, Program program) {
        if (order.given().isEmpty()) {
            return new Borne.Fits(order);
        }
        return RuleRun.of(order, Returned.NOTHING, circumstances, at, program).borne();
    }

    /** Whether the discounts that a shop gave are those of the program. */
    public sealed interface Borne {
        /** They are, and each line bears its part. */
        record Fits(OrderBasis order) implements Borne {}

        /** They are not. */
        record Contradicts(Fault fault) implements Borne {}
    }
}
