/**
 * JSON as the API takes it: strictly, with every error named at once, and never with a word of the input in the answer.
 *
 * <p>{@link kopilka.lambda.json.JsonReader} turns bytes into a {@link kopilka.lambda.json.JsonValue},
 * {@link kopilka.lambda.json.Fields} and {@link kopilka.lambda.json.Decoder} turn that into a typed value or a list of
 * {@link kopilka.lambda.json.FieldError}s, and {@link kopilka.lambda.json.JsonWriter} writes an answer.
 */
@NullMarked
package kopilka.lambda.json;

import org.jspecify.annotations.NullMarked;
