package kopilka.lambda.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import kopilka.earning.Earning;

/**
 * An exact number of points before rounding.
 *
 * @param numerator not negative
 * @param denominator positive; the two have no common divisor
 */
record Fraction(BigInteger numerator, BigInteger denominator) {
    /** Nothing. */
    static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

    /** Decimals that are still read as a number; beyond them a fraction says more. */
    private static final int READABLE_DECIMALS = 12;

    Fraction {
        BigInteger divisor = numerator.gcd(denominator);
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    /** What one rule contributes to an order's points. */
    static Fraction of(Earning.Part part) {
        return new Fraction(
                BigInteger.valueOf(part.base())
                        .multiply(BigInteger.valueOf(part.rate().points())),
                BigInteger.valueOf(part.rate().perMinor()));
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    /** As a decimal where that ends soon, such as {@code 246.9}, else as a fraction, such as {@code 740/3}. */
    String text() {
        for (int decimals = 0; decimals <= READABLE_DECIMALS; decimals++) {
            BigInteger[] scaled =
                    numerator.multiply(BigInteger.TEN.pow(decimals)).divideAndRemainder(denominator);
            if (scaled[1].signum() == 0) {
                return new BigDecimal(scaled[0], decimals).toPlainString();
            }
        }
        return numerator + "/" + denominator;
    }
}
