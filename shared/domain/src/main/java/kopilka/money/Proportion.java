package kopilka.money;

import java.math.BigInteger;

/** Exact shares of whole numbers: products are taken in 128 bits or more, and the rounding is in the name. */
public final class Proportion {
    private Proportion() {}

    /** {@code value * part / whole}, rounded down. All are non-negative, {@code whole} is positive. */
    public static long floor(long value, long part, long whole) {
        if (Math.multiplyHigh(value, part) == 0 && value * part >= 0) {
            return value * part / whole;
        }
        return BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    /** {@code value * part / whole}, rounded up. All are non-negative, {@code whole} is positive. */
    public static long ceiling(long value, long part, long whole) {
        BigInteger[] result = BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(part))
                .divideAndRemainder(BigInteger.valueOf(whole));
        return Math.addExact(result[0].longValueExact(), result[1].signum() == 0 ? 0 : 1);
    }

    /**
     * Spreads an amount over weights in proportion, so that the shares add up to it exactly. Share {@code i} is the
     * difference of the running totals rounded down: no share is off by a whole unit, and none depends on those after it.
     * With weights that are all zero nothing is spread.
     *
     * @param amount what to spread, not negative
     * @param weights non-negative
     */
    public static long[] spread(long amount, long[] weights) {
        long[] shares = new long[weights.length];
        long total = 0;
        for (long weight : weights) {
            total = Math.addExact(total, weight);
        }
        if (amount == 0 || total == 0) {
            return shares;
        }
        long running = 0;
        long given = 0;
        for (int i = 0; i < weights.length; i++) {
            running += weights[i];
            long upTo = floor(amount, running, total);
            shares[i] = upTo - given;
            given = upTo;
        }
        return shares;
    }
}
