package kopilka.earning;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A sum of fractions, exactly. Works in 64 bits for as long as that is enough, which it is for usual orders, and in as many
 * as it takes from then on.
 */
final class ExactSum {
    private long numerator;
    private long denominator = 1;
    private @Nullable BigInteger largeNumerator;
    private BigInteger largeDenominator = BigInteger.ONE;

    /** Adds {@code value * part / whole}; {@code whole} is positive, the others not negative. */
    void add(long value, long part, long whole) {
        if (largeNumerator == null && addSmall(value, part, whole)) {
            return;
        }
        add(BigInteger.valueOf(value).multiply(BigInteger.valueOf(part)), BigInteger.valueOf(whole));
    }

    /** Adds a fraction; both are not negative, the denominator is positive. */
    void add(BigInteger addend, BigInteger whole) {
        BigInteger sum = largeNumerator == null ? BigInteger.valueOf(numerator) : largeNumerator;
        BigInteger of = largeNumerator == null ? BigInteger.valueOf(denominator) : largeDenominator;
        if (of.equals(whole)) {
            sum = sum.add(addend);
        } else {
            sum = sum.multiply(whole).add(addend.multiply(of));
            of = of.multiply(whole);
            BigInteger divisor = sum.gcd(of);
            sum = sum.divide(divisor);
            of = of.divide(divisor);
        }
        largeNumerator = sum;
        largeDenominator = of;
    }

    private boolean addSmall(long value, long part, long whole) {
        long product = value * part;
        if (Math.multiplyHigh(value, part) != 0 || product < 0) {
            return false;
        }
        if (denominator == whole) {
            long sum = numerator + product;
            if (sum < 0) {
                return false;
            }
            numerator = sum;
            return true;
        }
        long of = denominator * whole;
        long left = numerator * whole;
        long right = product * denominator;
        if (Math.multiplyHigh(denominator, whole) != 0
                || of < 0
                || Math.multiplyHigh(numerator, whole) != 0
                || left < 0
                || Math.multiplyHigh(product, denominator) != 0
                || right < 0
                || left + right < 0) {
            return false;
        }
        long sum = left + right;
        long divisor = gcd(sum, of);
        numerator = sum / divisor;
        denominator = of / divisor;
        return true;
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** The sum, rounded down. */
    long floor() {
        return largeNumerator == null
                ? numerator / denominator
                : largeNumerator.divide(largeDenominator).longValueExact();
    }
}
