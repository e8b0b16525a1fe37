package kopilka.lambda.json;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a request: in its body (then written as a JSON Pointer, RFC 6901) or among its parameters or headers
 * (then written as a name).
 *
 * <p>Places are made while a request is read and written out only for an error. What a place says can come from the
 * input, so names that no field of the API could have are not repeated: an error at one is shown at the object
 * around it.
 */
public final class Place {
    /** The body as a whole. */
    public static final Place BODY = new Place(FieldError.Where.BODY, null, "", true);

    /** The request's path and query parameters. */
    public static final Place PARAMETERS = new Place(FieldError.Where.PARAMETER, null, "", true);

    /** The request's headers. */
    public static final Place HEADERS = new Place(FieldError.Where.HEADER, null, "", true);

    /** A name that may be repeated in an answer: as the API's own are, short and plain. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private final FieldError.Where where;
    private final @Nullable Place parent;
    private final String token;
    private final boolean shown;

    private Place(FieldError.Where where, @Nullable Place parent, String token, boolean shown) {
        this.where = where;
        this.parent = parent;
        this.token = token;
        this.shown = shown;
    }

    /** The place of a member whose name the API itself knows. */
    public Place child(String name) {
        return shown ? new Place(where, this, name, true) : this;
    }

    /** The place of an array's item, counted from 0. */
    public Place child(int index) {
        return child(Integer.toString(index));
    }

    /**
     * The place of a member whose name the caller chose: as it is if it is plain, else the place of the object
     * around it.
     */
    public Place childNamedByCaller(String name) {
        if (PLAIN_NAME.matcher(name).matches()) {
            return child(name);
        }
        return shown ? new Place(where, parent, token, false) : this;
    }

    /** An error at this place. */
    public FieldError error(FieldError.Code code, String detail) {
        return error(code.code(), detail);
    }

    /** An error at this place, with a code of the rule that refused it. */
    public FieldError error(String code, String detail) {
        return new FieldError(where, toString(), code, detail);
    }

    /** The place as an answer shows it: a JSON Pointer in a body, else the name of the parameter or header. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return where == FieldError.Where.BODY || text.isEmpty() ? text.toString() : text.substring(1);
    }

    private void write(StringBuilder text) {
        if (parent != null) {
            parent.write(text);
            text.append('/').append(escaped(token));
        }
    }

    /** A name as a part of a JSON Pointer. */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
