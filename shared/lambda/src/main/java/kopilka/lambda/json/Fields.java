package kopilka.lambda.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kopilka.lambda.json.JsonValue.JsonObject;

/**
 * Decodes the members of one object and gathers every error in them.
 *
 * <pre>{@code
 * Field<String> member = fields.required("member", Decoder.identifier());
 * Field<Long> points = fields.required("points", Decoder.integer(1, MAX_POINTS));
 * return fields.decoded(() -> new Wish(member.get(), points.get()));
 * }</pre>
 *
 * <p>A member that was asked for by nobody is an error too: a caller who misspells an optional field learns of it.
 */
public final class Fields {
    private final JsonObject object;
    private final Place place;
    private final List<String> known = new ArrayList<>();
    private final List<FieldError> errors = new ArrayList<>();

    public Fields(JsonObject object, Place place) {
        this.object = object;
        this.place = place;
    }

    /** The fields of a whole body. */
    public static Fields of(JsonObject body) {
        return new Fields(body, Place.BODY);
    }

    /** A field that must be there. */
    public <T> Field<T> required(String name, Decoder<T> decoder) {
        known.add(name);
        return new Field<>(object.member(name)
                .map(value -> decode(name, value, decoder))
                .orElseGet(() -> noted(new Decoded.Invalid<>(missing(name)))));
    }

    /** A field that may be left out. Null is not the same as left out: it is an error. */
    public <T> Field<Optional<T>> optional(String name, Decoder<T> decoder) {
        known.add(name);
        return new Field<>(object.member(name)
                .map(value -> decode(name, value, decoder).map(Optional::of))
                .orElseGet(() -> new Decoded.Valid<>(Optional.empty())));
    }

    /** A field that may be left out and then has the value {@code otherwise}. */
    public <T> Field<T> optional(String name, Decoder<T> decoder, T otherwise) {
        known.add(name);
        return new Field<>(object.member(name)
                .map(value -> decode(name, value, decoder))
                .orElseGet(() -> new Decoded.Valid<>(otherwise)));
    }

    /**
     * The one field that there must be, of several that exclude one another. To be asked after all other fields: what is
     * neither of them nor one of these is taken for a misspelt choice.
     */
    public <T> Field<T> exactlyOne(Map<String, Decoder<T>> choices) {
        List<Field<T>> found = new ArrayList<>();
        boolean misspelt = false;
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Decoder<T> decoder = choices.get(member.getKey());
            if (decoder != null) {
                found.add(new Field<>(decode(member.getKey(), member.getValue(), decoder)));
            } else {
                misspelt |= !known.contains(member.getKey());
            }
        }
        // Of the many names that there may be, most objects that are right have one, and need no others to be known.
        known.addAll(misspelt ? choices.keySet() : object.members().keySet());
        if (found.size() == 1) {
            return found.getFirst();
        }
        FieldError error = place.error(
                found.isEmpty() ? FieldError.Code.TOO_FEW : FieldError.Code.TOO_MANY,
                "exactly one of these is needed here: " + String.join(", ", choices.keySet()));
        if (!misspelt) {
            errors.add(error);
        }
        return new Field<>(new Decoded.Invalid<>(error));
    }

    /** Whether the object has a member of that name, valid or not. */
    public boolean has(String name) {
        return object.members().containsKey(name);
    }

    /** Notes that a field is missing which only other fields make necessary. */
    public void refuseMissing(String name) {
        errors.add(missing(name));
    }

    /** Notes an error at a field that only shows when several are looked at. */
    public void refuse(String name, FieldError.Code code, String detail) {
        errors.add(place.child(name).error(code, detail));
    }

    /** Notes an error at a field, with a code of the rule that refused it. */
    public void refuse(String name, String code, String detail) {
        errors.add(place.child(name).error(code, detail));
    }

    /** Notes an error of the object as a whole. */
    public void refuse(FieldError.Code code, String detail) {
        errors.add(place.error(code, detail));
    }

    /** Ends the decoding: the value, made only if nothing is wrong with any field. */
    public <T> Decoded<T> decoded(Supplier<? extends T> value) {
        List<FieldError> all = allErrors();
        return all.isEmpty() ? new Decoded.Valid<>(value.get()) : new Decoded.Invalid<>(all);
    }

    /** Ends the decoding with a last step that can find errors of its own. */
    public <T> Decoded<T> decodedFurther(Supplier<Decoded<T>> value) {
        List<FieldError> all = allErrors();
        return all.isEmpty() ? value.get() : new Decoded.Invalid<>(all);
    }

    /** The place of this object, for errors that a last step finds. */
    public Place place() {
        return place;
    }

    private List<FieldError> allErrors() {
        if (isAllKnown()) {
            return errors;
        }
        List<FieldError> all = new ArrayList<>(errors);
        // Says what there is, and does not repeat what came.
        all.add(place.error(
                FieldError.Code.UNKNOWN_FIELD,
                known.isEmpty()
                        ? "nothing is taken here"
                        : "only these are taken here: " + String.join(", ", new LinkedHashSet<>(known))));
        return all;
    }

    /** Whether every member was asked for. Most come in the order in which they are asked for, and are found at once. */
    private boolean isAllKnown() {
        int next = 0;
        for (String name : object.members().keySet()) {
            int looked = 0;
            while (looked < known.size() && !known.get(next).equals(name)) {
                next = next + 1 == known.size() ? 0 : next + 1;
                looked++;
            }
            if (looked == known.size()) {
                return false;
            }
        }
        return true;
    }

    private <T> Decoded<T> decode(String name, JsonValue value, Decoder<T> decoder) {
        return noted(decoder.decode(value, place.child(name)));
    }

    private <T> Decoded<T> noted(Decoded<T> decoded) {
        if (decoded instanceof Decoded.Invalid<T>(List<FieldError> found)) {
            errors.addAll(found);
        }
        return decoded;
    }

    private FieldError missing(String name) {
        return place.child(name).error(FieldError.Code.MISSING, "this field is required");
    }
}
