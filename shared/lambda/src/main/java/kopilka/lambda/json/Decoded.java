package kopilka.lambda.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What decoding gives: the value, or every error that is in the way of one. */
public sealed interface Decoded<T> {
    /**
     * Errors that one answer lists. A body of a thousand wrong lines would else be answered by one many times its
     * size.
     */
    int MAX_ERRORS = 50;

    /** A value in which nothing is wrong. */
    record Valid<T>(T value) implements Decoded<T> {}

    /** At least one error; of more than {@value #MAX_ERRORS} only the first ones. */
    record Invalid<T>(List<FieldError> errors) implements Decoded<T> {
        public Invalid {
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("invalid without an error");
            }
            errors = List.copyOf(errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
        }

        public Invalid(FieldError error) {
            this(List.of(error));
        }
    }

    /** The errors; none if the value is valid. */
    default List<FieldError> errors() {
        return switch (this) {
            case Valid<T> valid -> List.of();
            case Invalid<T>(List<FieldError> errors) -> errors;
        };
    }

    /** The value changed by a function, if there is one. */
    default <U> Decoded<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Valid<T>(T value) -> new Valid<>(change.apply(value));
            case Invalid<T>(List<FieldError> errors) -> new Invalid<>(errors);
        };
    }

    /** The value decoded further, if there is one. */
    default <U> Decoded<U> then(Function<? super T, Decoded<U>> further) {
        return switch (this) {
            case Valid<T>(T value) -> further.apply(value);
            case Invalid<T>(List<FieldError> errors) -> new Invalid<>(errors);
        };
    }

    /** Both values joined into one, or the errors of both. */
    default <U, R> Decoded<R> and(Decoded<U> other, BiFunction<? super T, ? super U, ? extends R> join) {
        if (this instanceof Valid<T>(T mine) && other instanceof Valid<U>(U theirs)) {
            return new Valid<>(join.apply(mine, theirs));
        }
        List<FieldError> errors = new ArrayList<>(errors());
        errors.addAll(other.errors());
        return new Invalid<>(errors);
    }
}
