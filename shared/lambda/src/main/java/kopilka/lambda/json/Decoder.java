package kopilka.lambda.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.JsonValue.JsonArray;
import kopilka.lambda.json.JsonValue.JsonBoolean;
import kopilka.lambda.json.JsonValue.JsonNumber;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.JsonValue.JsonString;

/**
 * Decodes one JSON value to a {@code T}, or says what is wrong with it. Nothing is converted on the way: a number is
 * not taken for a string, nor a string for a number.
 */
@FunctionalInterface
public interface Decoder<T> {
    Decoded<T> decode(JsonValue value, Place place);

    /** This decoder's value changed by a function that cannot fail. */
    default <U> Decoder<U> map(Function<? super T, ? extends U> change) {
        return (value, place) -> decode(value, place).map(change);
    }

    /** This decoder with one more rule. */
    default Decoder<T> where(Predicate<? super T> rule, Code code, String detail) {
        return (value, place) -> decode(value, place)
                .then(t -> rule.test(t) ? new Decoded.Valid<>(t) : new Decoded.Invalid<>(place.error(code, detail)));
    }

    /** Any value, as it is. */
    static Decoder<JsonValue> any() {
        return (value, place) -> new Decoded.Valid<>(value);
    }

    /** Text for people, counted in characters (code points), without control characters. */
    static Decoder<String> text(int min, int max) {
        return string((text, place) -> {
            int length = text.codePointCount(0, text.length());
            if (length < min) {
                return new Decoded.Invalid<>(place.error(Code.TOO_SHORT, "at least " + min + " characters are needed"));
            }
            if (length > max) {
                return new Decoded.Invalid<>(place.error(Code.TOO_LONG, "at most " + max + " characters are taken"));
            }
            if (Forms.hasControls(text)) {
                return new Decoded.Invalid<>(place.error(Code.BAD_FORMAT, "control characters are not taken"));
            }
            return new Decoded.Valid<>(text);
        });
    }

    /**
     * A string of a fixed form.
     *
     * @param form what the whole string must match
     * @param max the longest that is looked at
     * @param expected the form in words, as the end of the sentence "must be ..."
     */
    static Decoder<String> matching(Pattern form, int max, String expected) {
        return string((text, place) -> {
            if (text.length() > max) {
                return new Decoded.Invalid<>(place.error(Code.TOO_LONG, "at most " + max + " characters are taken"));
            }
            return form.matcher(text).matches()
                    ? new Decoded.Valid<>(text)
                    : new Decoded.Invalid<>(place.error(Code.BAD_FORMAT, "must be " + expected));
        });
    }

    /**
     * An id that a caller chose: 1 to 64 of the characters {@code A-Z a-z 0-9 . _ : -}, but neither {@code .} nor {@code ..},
     * which are steps in a path.
     */
    static Decoder<String> identifier() {
        return Forms.IDENTIFIER_DECODER;
    }

    /** A JSON number within bounds that is whole, however it is written: {@code 100}, {@code 100.0}, {@code 1e2}. */
    static Decoder<Long> integer(long min, long max) {
        return (value, place) -> switch (value) {
            case JsonNumber number -> Forms.integer(number, min, max, place);
            case JsonObject o -> Forms.wrongType("an integer", place);
            case JsonArray a -> Forms.wrongType("an integer", place);
            case JsonString s -> Forms.wrongType("an integer, without quotes", place);
            case JsonBoolean b -> Forms.wrongType("an integer", place);
            case JsonValue.JsonNull n -> Forms.wrongType("an integer", place);
        };
    }

    /** An integer within bounds in a string of digits, as query and path parameters carry one. */
    static Decoder<Long> digits(long min, long max) {
        return string((text, place) -> Forms.digits(text, min, max, place));
    }

    /**
     * An exact decimal in a string such as {@code "12.50"}: no exponent, no sign but {@code -}, no superfluous zero in
     * front.
     *
     * @param decimals how many digits may stand after the point
     */
    static Decoder<BigDecimal> decimal(int decimals, BigDecimal min, BigDecimal max) {
        return string((text, place) -> Forms.decimal(text, decimals, min, max, place));
    }

    /** A decimal in a string, as by {@link #decimal}, or a JSON integer. */
    static Decoder<BigDecimal> decimalOrInteger(int decimals, BigDecimal min, BigDecimal max) {
        Decoder<BigDecimal> inText = decimal(decimals, min, max);
        return (value, place) -> value instanceof JsonNumber number
                ? Forms.decimalOfInteger(number, min, max, place)
                : inText.decode(value, place);
    }

    /** A moment by RFC 3339, whose offset from UTC must be given: {@code 2026-03-01T10:00:00+02:00}. */
    static Decoder<Instant> instant() {
        return string(Forms::instant);
    }

    /** True or false. */
    static Decoder<Boolean> bool() {
        return (value, place) -> value instanceof JsonBoolean(boolean b)
                ? new Decoded.Valid<>(b)
                : Forms.wrongType("true or false", place);
    }

    /** One of a few strings, each of which stands for a value. */
    static <T> Decoder<T> oneOf(Map<String, T> choices) {
        return string((text, place) -> {
            T choice = choices.get(text);
            return choice == null
                    ? new Decoded.Invalid<>(
                            place.error(Code.UNKNOWN_VALUE, "must be one of " + String.join(", ", choices.keySet())))
                    : new Decoded.Valid<>(choice);
        });
    }

    /** One of an enum's constants by their codes. */
    static <E extends Enum<E>> Decoder<E> oneOf(E[] constants, Function<? super E, String> code) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E constant : constants) {
            choices.put(code.apply(constant), constant);
        }
        return oneOf(choices);
    }

    /** An array of {@code min} to {@code max} items. Of an array that is too long no item is looked at. */
    static <T> Decoder<List<T>> listOf(Decoder<T> item, int min, int max) {
        return (value, place) -> {
            if (!(value instanceof JsonArray(List<JsonValue> items))) {
                return Forms.wrongType("an array", place);
            }
            if (items.size() < min) {
                return new Decoded.Invalid<>(place.error(Code.TOO_FEW, "at least " + min + " items are needed"));
            }
            if (items.size() > max) {
                return new Decoded.Invalid<>(place.error(Code.TOO_MANY, "at most " + max + " items are taken"));
            }
            List<T> list = new ArrayList<>(items.size());
            List<FieldError> errors = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                switch (item.decode(items.get(i), place.child(i))) {
                    case Decoded.Valid<T>(T valid) -> list.add(valid);
                    case Decoded.Invalid<T>(List<FieldError> found) -> errors.addAll(found);
                }
            }
            return errors.isEmpty() ? new Decoded.Valid<>(List.copyOf(list)) : new Decoded.Invalid<>(errors);
        };
    }

    /** An array as by {@link #listOf}, no two items of which are written alike. */
    static <T> Decoder<List<T>> distinct(Decoder<T> item, int min, int max) {
        return differing(
                listOf(item, min, max),
                Optional::of,
                place -> place.error(Code.REPEATED, "stands in this list once already"));
    }

    /**
     * This decoder of an array, the items of which have to differ. What repeats another item is named whether or not all
     * items are valid.
     *
     * @param key by what items differ, as it is written; empty: such an item repeats none
     * @param repeated the error of an item that has the key of another one before it, by the item's place
     */
    static <T> Decoder<List<T>> differing(
            Decoder<List<T>> list, Function<JsonValue, Optional<?>> key, Function<Place, FieldError> repeated) {
        return (value, place) -> {
            Decoded<List<T>> decoded = list.decode(value, place);
            // Of what is no array, or too long a one, no item is looked at.
            if (!(value instanceof JsonArray(List<JsonValue> items))
                    || decoded.errors().stream().anyMatch(error -> error.at().equals(place.toString()))) {
                return decoded;
            }
            List<FieldError> errors = repeated(items, place, key, repeated);
            return errors.isEmpty() ? decoded : decoded.and(new Decoded.Invalid<>(errors), (told, none) -> told);
        };
    }

    /**
     * The errors of the items that have a key of another one before them.
     *
     * @param place the array's
     * @param key by what items differ; empty: such an item repeats none
     * @param error of an item, by its place
     */
    static <T> List<FieldError> repeated(
            List<T> items,
            Place place,
            Function<? super T, Optional<?>> key,
            Function<? super Place, FieldError> error) {
        List<FieldError> errors = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Optional<?> told = key.apply(items.get(i));
            if (told.isPresent() && !seen.add(told.get())) {
                errors.add(error.apply(place.child(i)));
            }
        }
        return errors;
    }

    /**
     * An object whose names the caller chooses, each of {@code form}, with at most {@code max} members; in their
     * order.
     */
    static <T> Decoder<Map<String, T>> mapOf(Pattern form, Decoder<T> item, int max) {
        return (value, place) -> {
            if (!(value instanceof JsonObject(Map<String, JsonValue> members))) {
                return Forms.wrongType("an object", place);
            }
            if (members.size() > max) {
                return new Decoded.Invalid<>(place.error(Code.TOO_MANY, "at most " + max + " members are taken"));
            }
            Map<String, T> map = new LinkedHashMap<>();
            List<FieldError> errors = new ArrayList<>();
            members.forEach((name, member) -> {
                if (!form.matcher(name).matches()) {
                    errors.add(place.childNamedByCaller(name)
                            .error(Code.BAD_FORMAT, "the name of this member is not taken"));
                    return;
                }
                switch (item.decode(member, place.child(name))) {
                    case Decoded.Valid<T>(T valid) -> map.put(name, valid);
                    case Decoded.Invalid<T>(List<FieldError> found) -> errors.addAll(found);
                }
            });
            return errors.isEmpty()
                    ? new Decoded.Valid<>(Collections.unmodifiableMap(map))
                    : new Decoded.Invalid<>(errors);
        };
    }

    /** An object of named fields. */
    static <T> Decoder<T> object(Function<? super Fields, Decoded<T>> fields) {
        return (value, place) -> value instanceof JsonObject object
                ? fields.apply(new Fields(object, place))
                : Forms.wrongType("an object", place);
    }

    private static <T> Decoder<T> string(OfText<T> decoder) {
        return (value, place) -> value instanceof JsonString(String text)
                ? decoder.decode(text, place)
                : Forms.wrongType("a string", place);
    }

    /** Decodes what stands in a string. */
    @FunctionalInterface
    interface OfText<T> {
        Decoded<T> decode(String text, Place place);
    }
}
