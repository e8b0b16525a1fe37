package kopilka.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

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

    /**
     * The amount as a whole number of minor units.
     *
     * @return empty where the amount has more decimals than the currency, or is out of range
     */
    public static Optional<Money> of(BigDecimal amount, Currency currency) {
        int exponent = currency.getDefaultFractionDigits();
        if (exponent < 0 || amount.precision() - (long) amount.scale() > 15) {
            return Optional.empty();
        }
        BigDecimal stripped = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (stripped.scale() > exponent) {
            return Optional.empty();
        }
        long minor = stripped.movePointRight(exponent).longValueExact();
        return minor > MAX_MINOR || minor < -MAX_MINOR ? Optional.empty() : Optional.of(new Money(minor, currency));
    }

    /** The amount in the currency's own decimals, such as {@code 12.50}. */
    public String amount() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits()).toPlainString();
    }

    /** The sum; both are of one currency. */
    public Money plus(Money other) {
        return new Money(Math.addExact(minor, sameCurrency(other).minor), currency);
    }

    /** The difference; both are of one currency. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, sameCurrency(other).minor), currency);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("two currencies in one sum");
        }
        return other;
    }

    @Override
    public String toString() {
        return amount() + " " + currency.getCurrencyCode();
    }
}
