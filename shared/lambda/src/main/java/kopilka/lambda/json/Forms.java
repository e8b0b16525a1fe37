package kopilka.lambda.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.JsonValue.JsonNumber;
import org.jspecify.annotations.Nullable;

/** The forms that numbers and times are written in. */
final class Forms {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern RFC_3339 =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
                    + "(?:\\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

    /** Digits of a long that cannot overflow. More digits than these are out of any range that the API has. */
    private static final int MAX_INTEGER_LENGTH = 18;

    private static final int MAX_DECIMAL_LENGTH = 32;
    private static final int MAX_TIME_LENGTH = 40;

    /** Not one or two points alone: in a path these are steps, and clients take them before they ask. */
    static final Decoder<String> IDENTIFIER_DECODER = Decoder.matching(
            Pattern.compile("(?!\\.{1,2}\\z)[A-Za-z0-9._:-]{1,64}"),
            64,
            "1 to 64 of the characters A-Z, a-z, 0-9, point, underscore, colon, minus, and not . or .. alone");

    private Forms() {}

    static <T> Decoded<T> wrongType(String expected, Place place) {
        return new Decoded.Invalid<>(place.error(Code.WRONG_TYPE, "must be " + expected));
    }

    /** A number of JSON, by its value: JSON Schema counts {@code 1.0} and {@code 1e0} among the integers. */
    static Decoded<Long> integer(JsonNumber number, long min, long max, Place place) {
        BigDecimal value = number.value();
        if (!isWhole(value)) {
            return new Decoded.Invalid<>(place.error(Code.NOT_AN_INTEGER, "must be a whole number"));
        }
        return isWithin(value, BigDecimal.valueOf(min), BigDecimal.valueOf(max))
                ? new Decoded.Valid<>(value.longValueExact())
                : outOfRange(min, max, place);
    }

    /** Digits in a text, where there is one way to write a number. */
    static Decoded<Long> digits(String text, long min, long max, Place place) {
        if (!INTEGER.matcher(text).matches()) {
            return new Decoded.Invalid<>(
                    place.error(Code.NOT_AN_INTEGER, "must be an integer without point and exponent"));
        }
        if (text.length() > MAX_INTEGER_LENGTH) {
            return outOfRange(min, max, place);
        }
        long number = Long.parseLong(text);
        return number < min || number > max ? outOfRange(min, max, place) : new Decoded.Valid<>(number);
    }

    static Decoded<BigDecimal> decimalOfInteger(JsonNumber number, BigDecimal min, BigDecimal max, Place place) {
        BigDecimal value = number.value();
        if (!isWhole(value)) {
            return new Decoded.Invalid<>(
                    place.error(Code.NOT_AN_INTEGER, "must be an integer, or a decimal in a string such as \"12.50\""));
        }
        return isWithin(value, min, max)
                ? new Decoded.Valid<>(value.setScale(0))
                : outOfRange(min.toPlainString(), max.toPlainString(), place);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean isWithin(BigDecimal number, BigDecimal min, BigDecimal max) {
        return number.compareTo(min) >= 0 && number.compareTo(max) <= 0;
    }

    static Decoded<BigDecimal> decimal(String text, int decimals, BigDecimal min, BigDecimal max, Place place) {
        if (text.length() > MAX_DECIMAL_LENGTH) {
            return new Decoded.Invalid<>(
                    place.error(Code.TOO_LONG, "at most " + MAX_DECIMAL_LENGTH + " characters are taken"));
        }
        int point = text.indexOf('.');
        if (!isDecimal(text, point)) {
            return new Decoded.Invalid<>(place.error(Code.BAD_FORMAT, "must be a decimal such as \"12.50\""));
        }
        if (point >= 0 && text.length() - point - 1 > decimals) {
            return new Decoded.Invalid<>(
                    place.error(Code.TOO_MANY_DECIMALS, "at most " + decimals + " decimals are taken"));
        }
        BigDecimal number = new BigDecimal(text);
        return isWithin(number, min, max)
                ? new Decoded.Valid<>(number)
                : outOfRange(min.toPlainString(), max.toPlainString(), place);
    }

    /**
     * Whether it is {@code -?(0|[1-9][0-9]*)(\.[0-9]+)?}. Looked at by hand: an order has three for each of its lines.
     *
     * @param point where the first point is; negative: there is none
     */
    private static boolean isDecimal(String text, int point) {
        int from = text.startsWith("-") ? 1 : 0;
        int whole = point < 0 ? text.length() : point;
        boolean padded = whole - from > 1 && text.charAt(from) == '0';
        return !padded && areDigits(text, from, whole) && (point < 0 || areDigits(text, point + 1, text.length()));
    }

    /** Whether there is at least one digit, and nothing else. */
    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return from < to;
    }

    static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static Decoded<Instant> instant(String text, Place place) {
        Matcher form = text.length() > MAX_TIME_LENGTH ? null : RFC_3339.matcher(text);
        if (form == null || !form.matches()) {
            return badTime(place);
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(form, 1),
                    number(form, 2),
                    number(form, 3),
                    number(form, 4),
                    number(form, 5),
                    number(form, 6),
                    nanos(form.group(7)));
            return new Decoded.Valid<>(local.toInstant(offset(form)));
        } catch (DateTimeException e) {
            return badTime(place);
        }
    }

    private static ZoneOffset offset(Matcher form) {
        if (form.group(8) == null) {
            return ZoneOffset.UTC;
        }
        int sign = "-".equals(form.group(8)) ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * number(form, 9), sign * number(form, 10));
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static <T> Decoded<T> badTime(Place place) {
        return new Decoded.Invalid<>(place.error(
                Code.BAD_FORMAT, "must be a time by RFC 3339 with its offset, such as \"2026-03-01T10:00:00+02:00\""));
    }

    private static <T> Decoded<T> outOfRange(Object min, Object max, Place place) {
        return new Decoded.Invalid<>(place.error(Code.OUT_OF_RANGE, "must be from " + min + " to " + max));
    }
}
