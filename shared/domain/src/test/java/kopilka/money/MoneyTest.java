package kopilka.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Currency;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    @ParameterizedTest
    @CsvSource({
        "1250, EUR, 12.50",
        "0, EUR, 0.00",
        "0, JPY, 0",
        "-1, EUR, -0.01",
        "1500, JPY, 1500",
        "1500, KWD, 1.500",
        "10000000000000, EUR, 100000000000.00",
        "-10000000000000, EUR, -100000000000.00",
    })
    void an_amount_is_told_in_the_currencys_own_decimals(long minor, String currency, String text) {
        Money money = new Money(minor, Currency.getInstance(currency));

        assertThat(money.amount()).isEqualTo(text);
        assertThat(money).hasToString(text + " " + currency);
    }

    @Test
    void money_is_within_its_range_and_of_a_currency_with_minor_units() {
        assertThat(Money.zero(EUR)).isEqualTo(new Money(0, EUR));
        assertThatThrownBy(() -> new Money(Money.MAX_MINOR + 1, EUR)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(-Money.MAX_MINOR - 1, EUR)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(1, Currency.getInstance("XXX")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void points_are_never_negative_and_never_beyond_the_most() {
        Points most = Points.of(Points.MAX);
        Points one = Points.of(1);

        assertThat(one.min(most)).isEqualTo(one);
        assertThat(most.min(one)).isEqualTo(one);
        assertThat(one).isLessThan(most).isEqualByComparingTo(Points.of(1));
        assertThat(Points.NONE.isNone()).isTrue();
        assertThat(new Points(0)).isEqualTo(Points.NONE);
        assertThat(one.isNone()).isFalse();
        assertThatThrownBy(() -> Points.of(Points.MAX + 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Points.of(-1)).isInstanceOf(ArithmeticException.class);
    }

    // ------------------------------------------------------------------------------------------------ proportions

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    /** {@code share <= value * part / whole < share + 1}, and the same the other way round for rounding up. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_share_is_exact_however_large_the_product(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            long value = random.nextLong(1L << (1 + random.nextInt(50)));
            long whole = 1 + random.nextLong(1L << (1 + random.nextInt(50)));
            long part = random.nextLong(whole + 1);
            BigInteger product = big(value).multiply(big(part));
            long floor = Proportion.floor(value, part, whole);
            long ceiling = Proportion.ceiling(value, part, whole);

            assertThat(big(floor).multiply(big(whole))).as("seed %d", seed).isLessThanOrEqualTo(product);
            assertThat(big(floor + 1).multiply(big(whole))).as("seed %d", seed).isGreaterThan(product);
            assertThat(big(ceiling).multiply(big(whole))).as("seed %d", seed).isGreaterThanOrEqualTo(product);
            assertThat(big(ceiling - 1).multiply(big(whole)))
                    .as("seed %d", seed)
                    .isLessThan(product);
        }
    }

    @Test
    void a_product_around_64_bits_is_shared_exactly() {
        long half = 1L << 62;
        assertThat(Proportion.floor(half, 2, 4)).isEqualTo(half / 2);
        assertThat(Proportion.floor(half, 3, 3)).isEqualTo(half);
        assertThat(Proportion.floor(half, 8, 8)).isEqualTo(half);
        assertThat(Proportion.floor(Long.MAX_VALUE, 1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Proportion.floor(0, 5, 7)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shares_add_up_and_none_is_off_by_a_whole_unit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long[] weights = random.longs(1 + random.nextInt(8), 0, 1_000).toArray();
            long total = LongStream.of(weights).sum();
            long amount = random.nextInt(5_000);
            long[] shares = Proportion.spread(amount, weights);

            assertThat(LongStream.of(shares).sum()).as("seed %d", seed).isEqualTo(total == 0 ? 0 : amount);
            for (int n = 0; n < weights.length && total > 0; n++) {
                assertThat(Math.abs(shares[n] * total - amount * weights[n]))
                        .as("seed %d", seed)
                        .isLessThan(total);
            }
        }
    }

    @Test
    void with_nothing_to_spread_or_nothing_to_spread_it_over_all_shares_are_none() {
        assertThat(Proportion.spread(0, new long[] {1, 2})).containsExactly(0, 0);
        assertThat(Proportion.spread(5, new long[] {0, 0})).containsExactly(0, 0);
        assertThat(Proportion.spread(3, new long[] {2, 1, 2})).containsExactly(1, 0, 2);
    }
}
