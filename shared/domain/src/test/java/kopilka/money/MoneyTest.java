package kopilka.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
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
        "12.5, EUR, 1250, 12.50",
        "0, EUR, 0, 0.00",
        "0.000, JPY, 0, 0",
        "-0.01, EUR, -1, -0.01",
        "1500, JPY, 1500, 1500",
        "1.5, KWD, 1500, 1.500",
        "1e2, EUR, 10000, 100.00",
        "100000000000.00, EUR, 10000000000000, 100000000000.00",
        "-100000000000.00, EUR, -10000000000000, -100000000000.00",
    })
    void an_amount_is_a_whole_number_of_the_currencys_own_decimals(
            String amount, String currency, long minor, String text) {
        Money money =
                Money.of(new BigDecimal(amount), Currency.getInstance(currency)).orElseThrow();

        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money.amount()).isEqualTo(text);
        assertThat(money).hasToString(text + " " + currency);
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, EUR",
        "0.5, JPY",
        "0.0001, KWD",
        "100000000000.01, EUR",
        "-100000000000.01, EUR",
        "1e15, EUR",
        "1e-400000000, EUR",
        "1e400000000, EUR",
        "1, XXX"
    })
    void an_amount_with_other_decimals_or_out_of_range_is_none(String amount, String currency) {
        assertThat(Money.of(new BigDecimal(amount), Currency.getInstance(currency)))
                .isEmpty();
    }

    @Test
    void money_adds_up_in_one_currency_and_within_its_range() {
        Money most = new Money(Money.MAX_MINOR, EUR);
        Money one = new Money(1, EUR);

        assertThat(one.plus(one)).isEqualTo(new Money(2, EUR));
        assertThat(one.minus(most)).isEqualTo(new Money(1 - Money.MAX_MINOR, EUR));
        assertThat(Money.zero(EUR).minus(most).plus(most)).isEqualTo(Money.zero(EUR));
        assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.zero(EUR).minus(most).minus(one)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> one.plus(Money.zero(Currency.getInstance("JPY"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money(1, Currency.getInstance("XXX")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void points_are_never_negative_and_never_beyond_the_most() {
        Points most = Points.of(Points.MAX);
        Points one = Points.of(1);

        assertThat(one.plus(one)).isEqualTo(Points.of(2));
        assertThat(most.minus(one).plus(one)).isEqualTo(most);
        assertThat(one.minus(one)).isEqualTo(Points.NONE);
        assertThat(one.min(most)).isEqualTo(one);
        assertThat(most.min(one)).isEqualTo(one);
        assertThat(one).isLessThan(most).isEqualByComparingTo(Points.of(1));
        assertThat(Points.NONE.isNone()).isTrue();
        assertThat(new Points(0)).isEqualTo(Points.NONE);
        assertThat(one.isNone()).isFalse();
        assertThatThrownBy(() -> most.plus(one)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Points.NONE.minus(one)).isInstanceOf(ArithmeticException.class);
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
