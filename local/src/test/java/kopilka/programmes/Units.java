package kopilka.programmes;

import java.math.BigDecimal;

/**
 * So much of a wallet, as a page says it: {@code 94 points}, {@code 2.35 cashback}.
 *
 * @param number a whole number, or an amount of money with two decimals
 * @param wallet the wallet's id
 */
record Units(BigDecimal number, String wallet) {
    /** Whether it is an amount of money. */
    boolean isMoney() {
        return number.scale() == 2;
    }

    /** As the API counts it: points, or minor units of money. */
    long count() {
        return number.unscaledValue().longValueExact();
    }

    /** Of a number that the API counts. */
    static Units of(long count, boolean money, String wallet) {
        return new Units(BigDecimal.valueOf(count, money ? 2 : 0), wallet);
    }

    @Override
    public String toString() {
        return number.toPlainString() + " " + wallet;
    }
}
