package kopilka.earning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Exact fractions, in 64 bits and beyond, against plain ones. */
class ExactTest {
    /** Where 64 bits, or a product of two halves of them, are just enough or just not. */
    private static final List<Long> EDGES = List.of(
            0L,
            1L,
            2L,
            3L,
            100L,
            10_000L,
            (1L << 31) - 1,
            1L << 31,
            (1L << 31) + 1,
            1L << 32,
            3_037_000_499L,
            3_037_000_500L,
            1L << 62,
            Long.MAX_VALUE / 2,
            Long.MAX_VALUE / 2 + 1,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE);

    private static Fraction plain(Exact exact) {
        return new Fraction(exact.top(), exact.bottom());
    }

    private static void same(Exact exact, Fraction fraction) {
        assertThat(plain(exact)).isEqualTo(fraction);
    }

    private static List<Exact> fractions() {
        List<Exact> fractions = new ArrayList<>();
        for (long part : EDGES) {
            for (long whole : List.of(1L, 2L, 3L, 10_000L, 1L << 31, 1L << 62, Long.MAX_VALUE)) {
                fractions.add(Exact.of(part, whole));
            }
            // The same in more bits than it takes.
            fractions.add(Exact.of(part)
                    .times(Long.MAX_VALUE)
                    .times(2)
                    .over(Long.MAX_VALUE)
                    .over(2));
        }
        return fractions;
    }

    @Test
    void arithmetic_of_two_is_exact_at_the_edges_of_64_bits() {
        for (Exact a : fractions()) {
            for (Exact b : fractions()) {
                Fraction x = plain(a);
                Fraction y = plain(b);
                same(a.plus(b), x.plus(y));
                same(a.times(b), x.times(y));
                assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(x.compareTo(y)));
                assertThat(a.isLessThan(b)).isEqualTo(x.compareTo(y) < 0);
                if (x.compareTo(y) >= 0) {
                    same(a.minus(b), x.minus(y));
                }
                if (!b.isZero()) {
                    same(a.over(b), x.over(y));
                }
            }
        }
    }

    @Test
    void arithmetic_with_whole_numbers_is_exact_at_the_edges_of_64_bits() {
        for (Exact a : fractions()) {
            Fraction x = plain(a);
            assertThat(a.isZero()).isEqualTo(x.equals(Fraction.ZERO));
            same(a.numerator(), new Fraction(a.top(), BigInteger.ONE));
            same(a.denominator(), new Fraction(a.bottom(), BigInteger.ONE));
            for (long whole : EDGES) {
                same(a.times(whole), x.times(whole));
                if (whole > 0) {
                    same(a.over(whole), x.over(Fraction.of(whole)));
                    long divisor = a.numerator().gcd(whole);
                    assertThat(BigInteger.valueOf(divisor)).isEqualTo(a.top().gcd(BigInteger.valueOf(whole)));
                    same(
                            a.numerator().dividedBy(divisor),
                            Fraction.of(1, divisor).times(new Fraction(a.top(), BigInteger.ONE)));
                }
                assertThat(a.floor(whole))
                        .isEqualTo(x.floor().min(BigInteger.valueOf(whole)).longValueExact());
            }
        }
    }

    @Test
    void sums_of_many_are_exact_and_stay_in_64_bits_where_they_can() {
        Random random = new Random(5);
        Exact sum = Exact.ZERO;
        Fraction plain = Fraction.ZERO;
        for (int i = 0; i < 1_000; i++) {
            long part = random.nextInt(1_000_000);
            long whole = List.of(1L, 3L, 100L, 300L, 10_000L).get(random.nextInt(5));
            sum = sum.plus(Exact.of(part).over(whole));
            plain = plain.plus(Fraction.of(part, whole));
        }
        same(sum, plain);
        assertThat(sum.isSmall()).isTrue();
        assertThat(sum.times(Long.MAX_VALUE).isSmall()).isFalse();
        assertThat(Exact.of(Long.MAX_VALUE).plus(Exact.ONE).isSmall()).isFalse();
        assertThat(Exact.of(Long.MAX_VALUE - 1).plus(Exact.ONE).isSmall()).isTrue();
    }
}
