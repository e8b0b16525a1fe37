package kopilka.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount of money: a whole number of the currency's minor units (cents for EUR, none for JPY, thousandths for KWD).
 *
 * @param minor the amount in minor units; within {@link #MAX_MINOR} either way
 * @param currency the currency, whose ISO 4217 exponent says what a minor unit is
 */
public record Money(long minor, Currency currency) {
    /** The largest amount: keeps every product with a rate or a quantity inside 128 bits, and is far above any order. */
    public static final long MAX_MINOR = 10_000_000_000_000L;

    /** Refuses an amount out of range and a pseudo-currency without minor units. */
    public Money {
        if (minor > MAX_MINOR || minor < -MAX_MINOR) {
            throw new ArithmeticException("money is out of range");
        }
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException("a currency without minor units");
        }
    }

    /** Nothing, in that currency. */
    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** The amount in the currency's own decimals, such as {@code 12.50}. */
    public String amount() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
    }

    @Override
    public String toString() {
        return amount() + " " + currency.getCurrencyCode();
    }
}
