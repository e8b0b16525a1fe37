package kopilka.lambda.http;

import java.util.Optional;
import java.util.regex.Pattern;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Place;

/** The entity tag of a document whose versions are numbers: {@code "3"}, in quotes. */
public record EntityTag(int version) {
    /** The header that carries the tag of the version that a change is based on. */
    public static final String IF_MATCH = "If-Match";

    private static final Pattern FORM = Pattern.compile("\"([1-9][0-9]{0,8})\"");

    /** The tag in {@code If-Match}; empty if the request has none. Neither {@code *} nor a weak tag is taken. */
    public static Decoded<Optional<EntityTag>> ifMatch(Headers headers) {
        Optional<String> text = headers.get(IF_MATCH);
        if (text.isEmpty()) {
            return new Decoded.Valid<>(Optional.empty());
        }
        var form = FORM.matcher(text.get());
        if (!form.matches()) {
            return new Decoded.Invalid<>(Place.HEADERS
                    .child(IF_MATCH)
                    .error(FieldError.Code.BAD_FORMAT, "must be the ETag of a version, such as \"3\" with its quotes"));
        }
        return new Decoded.Valid<>(Optional.of(new EntityTag(Integer.parseInt(form.group(1)))));
    }

    /** The tag as headers carry it. */
    @Override
    public String toString() {
        return "\"" + version + "\"";
    }
}
