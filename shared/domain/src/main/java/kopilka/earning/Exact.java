package kopilka.earning;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact fraction from 0 on. Works in 64 bits for as long as that is enough, which it is for usual orders, and in as many
 * as it takes from then on. Not in lowest terms.
 */
final class Exact implements Comparable<Exact> {
    static final Exact ZERO = new Exact(0, 1);
    static final Exact ONE = new Exact(1, 1);

    private final long numerator;
    private final long denominator;
    private final @Nullable Large large;

    private record Large(BigInteger numerator, BigInteger denominator) {}

    private Exact(long numerator, long denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.large = null;
    }

    private Exact(BigInteger numerator, BigInteger denominator) {
        this.numerator = 0;
        this.denominator = 1;
        this.large = new Large(numerator, denominator);
    }

    /** A whole number, not negative. */
    static Exact of(long whole) {
        return new Exact(whole, 1);
    }

    /** A fraction of a part that is not negative and a whole that is positive: brought to lowest terms. */
    static Exact of(long part, long whole) {
        if (part == whole) {
            return ONE;
        }
        long divisor = gcd(whole, part);
        return new Exact(part / divisor, whole / divisor);
    }

    private static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    BigInteger top() {
        return large == null ? BigInteger.valueOf(numerator) : large.numerator;
    }

    BigInteger bottom() {
        return large == null ? BigInteger.valueOf(denominator) : large.denominator;
    }

    /** Whether it works in 64 bits. */
    boolean isSmall() {
        return large == null;
    }

    /** The numerator, a whole number. */
    Exact numerator() {
        return large == null ? of(numerator) : new Exact(large.numerator, BigInteger.ONE);
    }

    /** The denominator, a whole number. */
    Exact denominator() {
        return large == null ? of(denominator) : new Exact(large.denominator, BigInteger.ONE);
    }

    boolean isZero() {
        return large == null ? numerator == 0 : large.numerator.signum() == 0;
    }

    Exact plus(Exact other) {
        if (large == null && other.large == null) {
            if (denominator == other.denominator) {
                long sum = numerator + other.numerator;
                if (sum >= 0) {
                    return new Exact(sum, denominator);
                }
            } else {
                long divisor = gcd(denominator, other.denominator);
                long left = product(numerator, other.denominator / divisor);
                long right = product(other.numerator, denominator / divisor);
                long of = product(denominator, other.denominator / divisor);
                if (left >= 0 && right >= 0 && of > 0 && left + right >= 0) {
                    return new Exact(left + right, of);
                }
            }
        }
        return combined(other, false);
    }

    /** Less another, which is not larger. */
    Exact minus(Exact other) {
        return large == null && other.large == null && denominator == other.denominator
                ? new Exact(numerator - other.numerator, denominator)
                : combined(other, true);
    }

    private Exact combined(Exact other, boolean less) {
        BigInteger divisor = bottom().gcd(other.bottom());
        BigInteger left = top().multiply(other.bottom().divide(divisor));
        BigInteger right = other.top().multiply(bottom().divide(divisor));
        return new Exact(
                less ? left.subtract(right) : left.add(right),
                bottom().multiply(other.bottom().divide(divisor)));
    }

    Exact times(Exact other) {
        if (large == null && other.large == null) {
            long part = product(numerator, other.numerator);
            long whole = product(denominator, other.denominator);
            if (part >= 0 && whole > 0) {
                return new Exact(part, whole);
            }
        }
        return new Exact(top().multiply(other.top()), bottom().multiply(other.bottom()));
    }

    /** So many times; not negative. */
    Exact times(long whole) {
        if (large == null) {
            long part = product(numerator, whole);
            if (part >= 0) {
                return new Exact(part, denominator);
            }
        }
        return new Exact(top().multiply(BigInteger.valueOf(whole)), bottom());
    }

    /** One so many-th of it; positive. */
    Exact over(long whole) {
        if (large == null) {
            long of = product(denominator, whole);
            if (of > 0) {
                return new Exact(numerator, of);
            }
        }
        return new Exact(top(), bottom().multiply(BigInteger.valueOf(whole)));
    }

    /** Divided by another, which is not 0. */
    Exact over(Exact other) {
        if (other.large == null) {
            return times(other.denominator).over(other.numerator);
        }
        return new Exact(top().multiply(other.bottom()), bottom().multiply(other.top()));
    }

    /** The greatest common divisor with a positive whole number; this is whole. */
    long gcd(long whole) {
        return large == null
                ? gcd(whole, numerator)
                : gcd(whole, large.numerator.mod(BigInteger.valueOf(whole)).longValueExact());
    }

    /** What is left of a division without rest; this is whole. */
    Exact dividedBy(long divisor) {
        return large == null
                ? new Exact(numerator / divisor, 1)
                : new Exact(large.numerator.divide(BigInteger.valueOf(divisor)), BigInteger.ONE);
    }

    /** Rounded down; a bound where it is above that. */
    long floor(long bound) {
        return large == null
                ? Math.min(bound, numerator / denominator)
                : large.numerator
                        .divide(large.denominator)
                        .min(BigInteger.valueOf(bound))
                        .longValueExact();
    }

    /** Rounded down. */
    long floor() {
        return floor(Long.MAX_VALUE);
    }

    @Override
    public int compareTo(Exact other) {
        if (large == null && other.large == null) {
            if (denominator == other.denominator) {
                return Long.compare(numerator, other.numerator);
            }
            long left = product(numerator, other.denominator);
            long right = product(other.numerator, denominator);
            if (left >= 0 && right >= 0) {
                return Long.compare(left, right);
            }
        }
        return top().multiply(other.bottom()).compareTo(other.top().multiply(bottom()));
    }

    boolean isLessThan(Exact other) {
        return compareTo(other) < 0;
    }

    /** A product of two that are not negative; negative: it is too large. */
    private static long product(long a, long b) {
        long product = a * b;
        return (a | b) >>> 31 == 0 || Math.multiplyHigh(a, b) == 0 ? product : -1;
    }
}
