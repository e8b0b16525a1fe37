package kopilka.lambda.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes the members of an object in the order of the calls, so that the same answer is always the same bytes.
 *
 * <pre>{@code
 * byte[] body = JsonWriter.object(json -> json.put("member", id)
 *         .object("balance", balance -> balance.put("available", 340)));
 * }</pre>
 */
public final class JsonWriter {
    private final JsonGenerator generator;

    private JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The text of an object, in UTF-8. */
    public static byte[] object(Consumer<? super JsonWriter> members) {
        return text(generator -> new JsonWriter(generator).braces(members));
    }

    /** The text of a value just as it was read. */
    public static byte[] text(JsonValue value) {
        return text(generator -> new JsonWriter(generator).write(value, false));
    }

    /** One text for all that mean the same: members in the order of their names, no white space. */
    public static byte[] canonical(JsonValue value) {
        return text(generator -> new JsonWriter(generator).write(value, true));
    }

    public JsonWriter put(String name, String value) {
        return write(() -> generator.writeStringField(name, value));
    }

    public JsonWriter put(String name, long value) {
        return write(() -> generator.writeNumberField(name, value));
    }

    public JsonWriter put(String name, boolean value) {
        return write(() -> generator.writeBooleanField(name, value));
    }

    /** A moment by RFC 3339 in UTC. */
    public JsonWriter put(String name, Instant value) {
        return put(name, value.toString());
    }

    public JsonWriter put(String name, JsonValue value) {
        return write(() -> {
            generator.writeFieldName(name);
            write(value, false);
        });
    }

    /** A member that stands only if there is a value: what is unknown is left out, never null. */
    public <T> JsonWriter putIfPresent(String name, Optional<T> value, Put<T> put) {
        value.ifPresent(present -> put.write(this, name, present));
        return this;
    }

    /** A member that is a string and stands only if there is one. */
    public JsonWriter putIfPresent(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    /** A member that is an object. */
    public JsonWriter object(String name, Consumer<? super JsonWriter> members) {
        return write(() -> {
            generator.writeFieldName(name);
            braces(members);
        });
    }

    /** A member that is an array of objects. */
    public <T> JsonWriter objects(
            String name, Iterable<? extends T> items, BiConsumer<? super JsonWriter, ? super T> item) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (T one : items) {
                braces(json -> item.accept(json, one));
            }
            generator.writeEndArray();
        });
    }

    /** A member that is an array of strings. */
    public JsonWriter strings(String name, Iterable<String> items) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (String item : items) {
                generator.writeString(item);
            }
            generator.writeEndArray();
        });
    }

    /** A member that is an array of arrays of strings. */
    public JsonWriter arrays(String name, Iterable<? extends Iterable<String>> items) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (Iterable<String> item : items) {
                generator.writeStartArray();
                for (String text : item) {
                    generator.writeString(text);
                }
                generator.writeEndArray();
            }
            generator.writeEndArray();
        });
    }

    /** How a value is put under a name: {@code (json, name, value) -> json.put(name, value.points())}. */
    @FunctionalInterface
    public interface Put<T> {
        void write(JsonWriter json, String name, T value);
    }

    private JsonWriter braces(Consumer<? super JsonWriter> members) {
        return write(() -> {
            generator.writeStartObject();
            members.accept(this);
            generator.writeEndObject();
        });
    }

    private JsonWriter write(JsonValue value, boolean sorted) {
        return write(() -> {
            switch (value) {
                case JsonValue.JsonObject(Map<String, JsonValue> members) -> {
                    generator.writeStartObject();
                    for (Map.Entry<String, JsonValue> member : (sorted ? new TreeMap<>(members) : members).entrySet()) {
                        generator.writeFieldName(member.getKey());
                        write(member.getValue(), sorted);
                    }
                    generator.writeEndObject();
                }
                case JsonValue.JsonArray(List<JsonValue> items) -> {
                    generator.writeStartArray();
                    for (JsonValue item : items) {
                        write(item, sorted);
                    }
                    generator.writeEndArray();
                }
                case JsonValue.JsonString(String text) -> generator.writeString(text);
                case JsonValue.JsonNumber(String text) -> generator.writeNumber(text);
                case JsonValue.JsonBoolean(boolean b) -> generator.writeBoolean(b);
                case JsonValue.JsonNull n -> generator.writeNull();
            }
        });
    }

    private static byte[] text(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Streaming.EVENTS.createGenerator(bytes, JsonEncoding.UTF8)) {
            content.accept(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private JsonWriter write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            // Nothing is written but to memory: only a text that is not Unicode ends here.
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
