package kopilka.program;

import java.math.BigDecimal;
import java.util.Optional;

/** What a rule brings. */
public sealed interface Effect {
    /**
     * Points, or money of a wallet, in proportion to the value of the rule's lines.
     *
     * @param wallet which wallet
     * @param rate wallet units for the value
     * @param percent the percentage that the rate was told as, if it was
     */
    record Earn(WalletId wallet, Rate rate, Optional<BigDecimal> percent) implements Effect {}

    /**
     * So many, once an order.
     *
     * @param wallet which wallet
     * @param points wallet units, positive
     */
    record Bonus(WalletId wallet, long points) implements Effect {
        /** Refuses a bonus of nothing. */
        public Bonus {
            if (points < 1) {
                throw new IllegalArgumentException("a bonus is positive");
            }
        }
    }

    /**
     * What {@link Earn} brings for the rule's lines, so many times.
     *
     * @param wallet which wallet
     * @param hundredths the factor in hundredths: 200 doubles
     */
    record Multiply(WalletId wallet, int hundredths) implements Effect {
        /** The largest factor. */
        public static final int MAX_HUNDREDTHS = 10_000;

        /** Refuses a factor out of range. */
        public Multiply {
            if (hundredths < 0 || hundredths > MAX_HUNDREDTHS) {
                throw new IllegalArgumentException("a factor of 0 to 100");
            }
        }
    }

    /**
     * A part of the value of the rule's lines off the price.
     *
     * @param hundredths of a percent: 10,000 is all
     */
    record PercentOff(int hundredths) implements Effect {
        /** Refuses a part out of range. */
        public PercentOff {
            if (hundredths < 1 || hundredths > 10_000) {
                throw new IllegalArgumentException("a percentage of 0.01 to 100");
            }
        }
    }

    /**
     * An amount off the price of the rule's lines.
     *
     * @param minor in minor units, positive
     */
    record AmountOff(long minor) implements Effect {
        /** Refuses an amount of nothing. */
        public AmountOff {
            if (minor < 1) {
                throw new IllegalArgumentException("an amount off is positive");
            }
        }
    }

    /**
     * Something beside points and discounts.
     *
     * @param benefit what
     */
    record Grant(Benefit benefit) implements Effect {}
}
