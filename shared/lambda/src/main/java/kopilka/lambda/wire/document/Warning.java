package kopilka.lambda.wire.document;

import java.util.Locale;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Place;

/** What is no error in a document, but hardly meant. */
public enum Warning {
    /** Conditions that nothing can meet together. */
    NEVER_APPLIES,
    /** A rule all of whose lines another rule of its group always takes first. */
    SHADOWED,
    /** A rule that comes after another of its group only because it stands after it. */
    SAME_PRIORITY,
    /** In the worst case more is given back than the document's limit. */
    GIVES_BACK_TOO_MUCH;

    /** Its code in answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A warning of it. */
    FieldError at(Place place, String detail) {
        return place.error(code(), detail);
    }
}
