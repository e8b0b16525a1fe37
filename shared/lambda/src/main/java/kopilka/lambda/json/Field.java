package kopilka.lambda.json;

import java.util.Optional;

/** A field that {@link Fields} has read: its value, once it is known that no field has an error. */
public final class Field<T> {
    private final Decoded<T> decoded;

    Field(Decoded<T> decoded) {
        this.decoded = decoded;
    }

    /**
     * The value. To be called within {@link Fields#decoded}, where every field is known to be valid.
     *
     * @throws IllegalStateException if the field has an error: a mistake of the program that asks
     */
    public T get() {
        return switch (decoded) {
            case Decoded.Valid<T>(T value) -> value;
            case Decoded.Invalid<T> invalid ->
                throw new IllegalStateException("the value of an invalid field was asked for");
        };
    }

    /** The value if it is valid, for checks that look at several fields. */
    public Optional<T> ifValid() {
        return switch (decoded) {
            case Decoded.Valid<T>(T value) -> Optional.of(value);
            case Decoded.Invalid<T> invalid -> Optional.empty();
        };
    }
}
