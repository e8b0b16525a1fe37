package kopilka.lambda.wire;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.JsonValue.JsonString;
import kopilka.money.Money;

/** Decodes currencies and amounts of money: decimal strings, exactly, in minor units. */
public final class Amounts {
    /** The most decimals that a currency has. */
    private static final int MOST_DECIMALS = 4;

    /** Every currency of ISO 4217 that has minor units. */
    private static final Map<String, Currency> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

    private static final Decoder<Currency> CURRENCY = (value, place) -> {
        if (!(value instanceof JsonString string)) {
            return new Decoded.Invalid<>(place.error(Code.WRONG_TYPE, "must be a string"));
        }
        Currency currency = CURRENCIES.get(string.text());
        return currency == null
                ? new Decoded.Invalid<>(place.error(
                        Code.UNKNOWN_VALUE, "must be a currency by ISO 4217 that has minor units, such as EUR"))
                : new Decoded.Valid<>(currency);
    };

    private static final Decoder<Money> MONEY = Decoder.object(fields -> {
        Field<Currency> currency = fields.required("currency", currency());
        Field<Long> amount = fields.required("amount", amount(currency.ifValid(), 0));
        return fields.decoded(() -> new Money(amount.get(), currency.get()));
    });

    private Amounts() {}

    /** A currency by its code. */
    public static Decoder<Currency> currency() {
        return CURRENCY;
    }

    /** An amount with its currency. */
    public static Decoder<Money> money() {
        return MONEY;
    }

    /**
     * An amount whose currency stands elsewhere, in minor units.
     *
     * @param currency the currency; empty where it has an error itself: then the amount is only checked for what is
     *     wrong in any currency
     * @param min the least amount, in minor units
     */
    public static Decoder<Long> amount(Optional<Currency> currency, long min) {
        int decimals = currency.map(Currency::getDefaultFractionDigits).orElse(MOST_DECIMALS);
        BigDecimal max = BigDecimal.valueOf(Money.MAX_MINOR, currency.isPresent() ? decimals : 0);
        return unsigned(Decoder.decimal(decimals, BigDecimal.valueOf(min, decimals), max))
                .map(amount -> amount.movePointRight(decimals).longValueExact());
    }

    /** A decimal that has no sign: {@code -0} is no number of the API. */
    public static Decoder<BigDecimal> unsigned(Decoder<BigDecimal> decimal) {
        return (value, place) -> decimal.decode(value, place)
                .then(number ->
                        value instanceof JsonString string && string.text().startsWith("-")
                                ? new Decoded.Invalid<>(place.error(Code.OUT_OF_RANGE, "must not have a sign"))
                                : new Decoded.Valid<>(number));
    }
}
