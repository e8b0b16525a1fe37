package kopilka.lambda.wire.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.wire.Amounts;
import kopilka.money.Money;
import kopilka.money.Points;
import kopilka.program.Language;
import kopilka.program.Texts;

/** The small values that documents are made of: ids, texts, days, percentages, amounts. */
final class Values {
    /** Titles and labels: a line on a screen, not a story. */
    private static final int MAX_TEXT = 200;

    /** Characters of the names that a sentence lists. */
    private static final int MAX_LIST = 300;

    /** The most decimals that a currency has. */
    private static final int MOST_DECIMALS = 4;

    private static final BigDecimal MOST = BigDecimal.valueOf(Money.MAX_MINOR);

    /**
     * Ids of wallets, kinds of activities and methods of payment: they name columns and members of answers, where a minus
     * would be odd.
     */
    static final Pattern WORD_ID = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** Ids of rules, groups and levels. */
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private static final String MONTH_AND_DAY = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))";

    private static final Pattern DAY_OF_YEAR = Pattern.compile(MONTH_AND_DAY);

    /** The days of the calendar from the year 1000 to 2999, and no others. */
    private static final Pattern DAY = Pattern.compile("[12][0-9]{3}-" + MONTH_AND_DAY
            + "|(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)-02-29");

    private static final Pattern TIME_OF_DAY = Pattern.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]");

    /** The id of a wallet, a kind of activity or a method of payment. */
    static final Decoder<String> WORD_ID_DECODER =
            Decoder.matching(WORD_ID, 32, "a letter of a-z, then up to 31 of a-z, 0-9 and underscore");

    /** The id of a rule, a group or a level. */
    static final Decoder<String> ID_DECODER =
            Decoder.matching(ID, 64, "a letter of a-z, then up to 63 of a-z, 0-9, underscore and minus");

    /** A name of the catalogue, or whatever else an order may say in a word or two. */
    static final Decoder<String> WORD = Decoder.text(1, 64);

    /** A label in the shop's own words. */
    static final Decoder<String> LABEL = Decoder.text(1, MAX_TEXT);

    /** A number of points, which may be none. */
    static final Decoder<Long> POINTS = Decoder.integer(0, Points.MAX);

    /** A number of points that move. */
    static final Decoder<Long> POINTS_TO_MOVE = Decoder.integer(1, Points.MAX);

    /** A day of the calendar. */
    static final Decoder<LocalDate> DAY_DECODER =
            Decoder.matching(DAY, 10, "a day such as \"2026-12-31\"").map(LocalDate::parse);

    /** A day that every year has. */
    static final Decoder<MonthDay> DAY_OF_YEAR_DECODER = Decoder.matching(
                    DAY_OF_YEAR, 5, "month and day such as \"12-31\", of a day that every year has")
            .map(text -> MonthDay.parse("--" + text));

    /** A time by the clock on the wall. */
    static final Decoder<LocalTime> TIME_OF_DAY_DECODER = Decoder.matching(
                    TIME_OF_DAY, 5, "a time of the day such as \"18:00\", from 00:00 to 23:59")
            .map(LocalTime::parse);

    /** A text in one or more languages. */
    static final Decoder<Texts> TEXTS = Decoder.object(fields -> {
        Map<Language, Field<Optional<String>>> read = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            read.put(language, fields.optional(language.code(), Decoder.text(1, MAX_TEXT)));
        }
        if (read.keySet().stream().map(Language::code).noneMatch(fields::has)) {
            fields.refuse(Code.TOO_FEW, "at least one language is needed");
        }
        return fields.decoded(() -> {
            Map<Language, String> texts = new EnumMap<>(Language.class);
            read.forEach((language, text) -> text.get().ifPresent(told -> texts.put(language, told)));
            return new Texts(texts);
        });
    });

    private Values() {}

    /** What an enum's constant is called in documents. */
    static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Names as a sentence lists them, until it would be too long for an answer. */
    static String listed(List<String> names) {
        StringBuilder text = new StringBuilder(names.getFirst());
        int said = 1;
        while (said < names.size() && text.length() + names.get(said).length() < MAX_LIST) {
            text.append(", ").append(names.get(said));
            said++;
        }
        int left = names.size() - said;
        return left > 0 ? text + " and " + left + " more" : text.toString();
    }

    /**
     * A decimal of up to two places, in hundredths.
     *
     * @param min the least, in hundredths
     * @param max the most, in hundredths
     */
    static Decoder<Integer> hundredths(int min, int max) {
        return Amounts.unsigned(Decoder.decimal(2, BigDecimal.valueOf(min, 2), BigDecimal.valueOf(max, 2)))
                .map(number -> number.movePointRight(2).intValueExact());
    }

    /**
     * An amount of the program's currency, in minor units.
     *
     * @param currency empty where it has an error itself: the amount then counts in the smallest units of any
     * @param most the largest, in minor units
     */
    static Decoder<Long> amount(Optional<Currency> currency, long most) {
        Decoder<BigDecimal> form = Amounts.unsigned(Decoder.decimal(MOST_DECIMALS, BigDecimal.ZERO, MOST));
        return (value, place) -> form.decode(value, place).then(amount -> {
            int decimals = currency.map(Currency::getDefaultFractionDigits).orElse(MOST_DECIMALS);
            if (amount.scale() > decimals) {
                return Flaw.UNFIT_FOR_CURRENCY.refused(
                        place,
                        decimals == 0
                                ? "must be a whole number: the currency has no decimals"
                                : "at most " + decimals + " decimals are taken, as the currency has no more");
            }
            BigDecimal minor = amount.movePointRight(decimals);
            return currency.isPresent() && minor.compareTo(BigDecimal.valueOf(most)) > 0
                    ? Flaw.UNFIT_FOR_CURRENCY.refused(
                            place,
                            "must be at most "
                                    + BigDecimal.valueOf(most, decimals).toPlainString())
                    : new Decoded.Valid<>(minor.longValueExact());
        });
    }

    /** An amount of the program's currency, in minor units. */
    static Decoder<Long> amount(Optional<Currency> currency) {
        return amount(currency, Money.MAX_MINOR);
    }

    /** This decoder of an amount without nothing. */
    static Decoder<Long> positive(Decoder<Long> amount) {
        return amount.where(minor -> minor > 0, Code.OUT_OF_RANGE, "must be above 0");
    }

    /** An array of objects each of which has an {@code id} of its own. */
    static <T> Decoder<List<T>> identified(Decoder<List<T>> list) {
        return Decoder.differing(
                list,
                told -> told instanceof JsonObject item ? item.text("id") : Optional.empty(),
                place -> Flaw.REPEATED_ID.at(place.child("id"), "another one before it has this id"));
    }
}
