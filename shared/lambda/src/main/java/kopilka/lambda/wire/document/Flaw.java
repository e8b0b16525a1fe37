package kopilka.lambda.wire.document;

import java.util.Locale;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Place;

/**
 * What can be wrong with a document whose every field is of the right form: no schema can say it, as it shows only when
 * several places are looked at together, or the currency is known.
 */
public enum Flaw {
    /** Names a wallet that the document does not have. */
    UNKNOWN_WALLET,
    /** Names a level that the document's tiers do not have. */
    UNKNOWN_TIER,
    /** Names a segment that is not on the document's list. */
    UNKNOWN_SEGMENT,
    /** Has the id of another one before it in the list. */
    REPEATED_ID,
    /** Days or moments whose last is before the first. */
    ENDS_BEFORE_IT_BEGINS,
    /** A range of amounts or hours with nothing in it. */
    EMPTY_RANGE,
    /** Asks for less than a level below it. */
    NOT_ASCENDING,
    /** Speaks of points where the wallet holds money, or the other way round. */
    WRONG_UNIT,
    /** A percentage of points that are worth nothing, as they cannot be spent. */
    NO_WORTH,
    /** Points that are worth too much or too little to be computed with. */
    WORTH_OUT_OF_RANGE,
    /** More points for the smallest unit of money than can be computed with. */
    TOO_GENEROUS,
    /** An amount that the currency does not have: too many decimals, or too large. */
    UNFIT_FOR_CURRENCY,
    /** Conditions within conditions, too many levels of them. */
    TOO_DEEP,
    /** Too many conditions in one place. */
    TOO_COMPLEX;

    /** Its code in answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** An error of it. */
    FieldError at(Place place, String detail) {
        return place.error(code(), detail);
    }

    /** Nothing but an error of it. */
    <T> Decoded<T> refused(Place place, String detail) {
        return new Decoded.Invalid<>(at(place, detail));
    }
}
