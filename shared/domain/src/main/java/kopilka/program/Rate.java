package kopilka.program;

import java.math.BigInteger;

/**
 * How many points an amount earns: {@code points} for each {@code perMinor} minor units, exactly (a fraction in lowest
 * terms).
 *
 * @param points the numerator, not negative
 * @param perMinor the denominator, in minor units of the program's currency, positive
 */
public record Rate(long points, long perMinor) {
    /** Earns nothing. */
    public static final Rate NOTHING = new Rate(0, 1);

    /** Keeps the fraction in lowest terms. */
    public Rate {
        if (points < 0 || perMinor <= 0) {
            throw new IllegalArgumentException("a rate is a non-negative fraction");
        }
        long divisor =
                BigInteger.valueOf(points).gcd(BigInteger.valueOf(perMinor)).longValueExact();
        points /= divisor;
        perMinor /= divisor;
    }

    /**
     * The rate that gives back a percentage of an amount, in points at their redemption worth.
     *
     * @param percentNumerator with {@code percentDenominator}, the percentage as a fraction: 2.5 % is 25 and 10
     * @param worth what points are worth
     */
    public static Rate percentage(long percentNumerator, long percentDenominator, Worth worth) {
        return new Rate(
                Math.multiplyExact(percentNumerator, worth.points()),
                Math.multiplyExact(Math.multiplyExact(percentDenominator, 100), worth.minor()));
    }
}
