package kopilka.earning;

import kopilka.program.Condition;
import kopilka.program.RuleId;

/**
 * A rule that brought nothing, or less than it says.
 *
 * @param rule which rule
 * @param why why
 */
public record Dropped(RuleId rule, Why why) {
    /** Why a rule brought nothing. In the order in which they are looked for. */
    public sealed interface Why {
        /** It is not in force yet. */
        record NotYet() implements Why {}

        /** It is no longer in force. */
        record NoLonger() implements Why {}

        /** No line of the order is one that it is about. */
        record NoMatchingLines() implements Why {}

        /**
         * A condition does not hold.
         *
         * @param condition which one
         * @param amount what the goods come to, in minor units
         * @param matching what those of the rule's lines come to
         */
        record Unmet(Condition condition, long amount, long matching) implements Why {}

        /**
         * Another rule of its group has all of its lines.
         *
         * @param by the first such rule
         */
        record ExcludedBy(RuleId by) implements Why {}

        /**
         * The goods are worth less than the program's minimum.
         *
         * @param minimum in minor units
         * @param amount what they come to
         */
        record BelowMinimum(long minimum, long amount) implements Why {}

        /**
         * Other discounts have taken off all that may be taken off, or all but a part of what it says.
         *
         * @param said what it would take off, in minor units
         * @param taken what it takes off
         */
        record DiscountTrimmed(long said, long taken) implements Why {}

        /** It is a discount, and the shop did not give it. */
        record NotGiven() implements Why {}
    }
}
