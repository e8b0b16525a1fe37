package kopilka.earning;

import java.math.BigInteger;

/**
 * An exact part of a whole: a fraction from 0 on, in lowest terms.
 *
 * @param numerator not negative
 * @param denominator positive
 */
record Share(BigInteger numerator, BigInteger denominator) {
    /** All of it. */
    static final Share WHOLE = new Share(BigInteger.ONE, BigInteger.ONE);

    /** Keeps the fraction in lowest terms. */
    Share {
        BigInteger divisor = numerator.gcd(denominator);
        if (!divisor.equals(BigInteger.ONE)) {
            numerator = numerator.divide(divisor);
            denominator = denominator.divide(divisor);
        }
    }

    static Share of(long part, long whole) {
        return part == whole ? WHOLE : new Share(BigInteger.valueOf(part), BigInteger.valueOf(whole));
    }

    boolean isWhole() {
        return equals(WHOLE);
    }

    Share times(Share other) {
        if (isWhole()) {
            return other;
        }
        return other.isWhole()
                ? this
                : new Share(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** Less another, which is not larger. */
    Share minus(Share other) {
        return new Share(
                numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    boolean isLessThan(Share other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator)) < 0;
    }

    /** So much of an amount, rounded down. */
    long floorOf(long amount) {
        return isWhole()
                ? amount
                : BigInteger.valueOf(amount)
                        .multiply(numerator)
                        .divide(denominator)
                        .longValueExact();
    }
}
