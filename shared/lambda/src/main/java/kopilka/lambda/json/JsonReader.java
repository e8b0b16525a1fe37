package kopilka.lambda.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly. The parser is jackson-core's streaming one, without databind: see docs/decisions/0003-json.md.
 *
 * <p>On top of RFC 8259's grammar it refuses what two readers could understand differently: a name that stands twice,
 * bytes that are not UTF-8, a byte order mark, one half of a surrogate pair, NUL, content after the value; and what
 * only an attack needs: deep nesting, and numbers of absurd length or exponent. It never throws for bad input and
 * never repeats any of it.
 */
public final class JsonReader {
    /**
     * How deep objects and arrays may stand in one another. The deepest that the API has is a condition of eight levels
     * in a program document, 20, and 21 in an answer that shows the document; other requests need 5.
     */
    public static final int MAX_DEPTH = 24;

    /** Characters of a number. The longest that the API knows has 14 digits before the point and 6 after it. */
    public static final int MAX_NUMBER_LENGTH = 40;

    /**
     * The exponents of numbers: those that a double is written with, so that whatever a caller's JSON library writes is
     * read. Beyond them, arithmetic on the number would explode.
     */
    public static final int MAX_EXPONENT = 308;

    /** The exponent of the smallest double above 0. */
    public static final int MIN_EXPONENT = -324;

    /** Characters of a member's name. The longest that the API knows is a category's. */
    public static final int MAX_NAME_LENGTH = 256;

    /** Deepest nesting of an event: an image from DynamoDB nests up to 32 deep, and spends two levels on each. */
    private static final int MAX_EVENT_DEPTH = 100;

    /** What reading gives. */
    public sealed interface Reading {}

    /** The text is JSON, and this is its value. */
    public record Read(JsonValue value) implements Reading {}

    /**
     * The text is not JSON that is taken. Says where by line and column: a pointer would repeat names that came.
     *
     * @param fault why
     * @param line the line of the text, from 1; 0 if unknown
     * @param column the character in the line, from 1; 0 if unknown
     */
    public record Malformed(JsonFault fault, int line, int column) implements Reading {}

    private final JsonParser parser;
    private final int maxDepth;
    private final boolean strictText;

    private JsonReader(JsonParser parser, int maxDepth, boolean strictText) {
        this.parser = parser;
        this.maxDepth = maxDepth;
        this.strictText = strictText;
    }

    /** Reads a request's or a message's body, of which nothing can be trusted. */
    public static Reading body(byte[] text) {
        return read(text, MAX_DEPTH, true);
    }

    /**
     * Reads an event that AWS made. What callers sent is quoted in it as strings, which are not judged here but
     * where they are read as bodies or fields.
     */
    public static Reading event(byte[] text) {
        return read(text, MAX_EVENT_DEPTH, false);
    }

    private static Reading read(byte[] text, int maxDepth, boolean strict) {
        CharBuffer characters;
        try {
            characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            return new Malformed(JsonFault.NOT_UTF_8, 0, 0);
        }
        if (characters.isEmpty()) {
            return new Malformed(JsonFault.EMPTY, 0, 0);
        }
        if (characters.charAt(0) == '\uFEFF') {
            return new Malformed(JsonFault.BYTE_ORDER_MARK, 1, 1);
        }
        // Parsed as characters: a parser of bytes would guess the encoding, and would take UTF-16 and UTF-32 too.
        try (JsonParser parser = (strict ? Streaming.BODIES : Streaming.EVENTS)
                .createParser(characters.array(), characters.arrayOffset(), characters.remaining())) {
            return new Read(new JsonReader(parser, maxDepth, strict).document());
        } catch (Refused refused) {
            return refused.malformed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonValue document() throws IOException {
        if (nextOrEnd() == null) {
            throw refuse(JsonFault.EMPTY);
        }
        JsonValue value = value(0);
        JsonToken more;
        try {
            more = parser.nextToken();
        } catch (StreamReadException | StreamConstraintsException e) {
            throw refuse(JsonFault.TRAILING_CONTENT);
        }
        if (more != null) {
            throw refuse(JsonFault.TRAILING_CONTENT);
        }
        return value;
    }

    /** The value that starts at the current token; {@code depth} containers are open around it. */
    private JsonValue value(int depth) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> new JsonValue.JsonString(check(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> new JsonValue.JsonBoolean(true);
            case VALUE_FALSE -> new JsonValue.JsonBoolean(false);
            case VALUE_NULL -> new JsonValue.JsonNull();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw refuse(JsonFault.SYNTAX);
        };
    }

    private JsonValue object(int depth) throws IOException {
        limitDepth(depth);
        Map<String, JsonValue> members = new JsonValue.JsonObject.Fresh();
        while (next() == JsonToken.FIELD_NAME) {
            String name = check(parser.currentName());
            if (members.containsKey(name)) {
                throw refuse(JsonFault.DUPLICATE_KEY);
            }
            next();
            members.put(name, value(depth));
        }
        return new JsonValue.JsonObject(members);
    }

    private JsonValue array(int depth) throws IOException {
        limitDepth(depth);
        List<JsonValue> items = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            items.add(value(depth));
        }
        return new JsonValue.JsonArray(items);
    }

    private JsonValue number() throws IOException {
        String text = parser.getText();
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e >= 0) {
            BigInteger exponent = new BigInteger(text.substring(e + 1));
            if (exponent.compareTo(BigInteger.valueOf(MIN_EXPONENT)) < 0
                    || exponent.compareTo(BigInteger.valueOf(MAX_EXPONENT)) > 0) {
                throw refuse(JsonFault.NUMBER_OUT_OF_RANGE);
            }
        }
        return new JsonValue.JsonNumber(text);
    }

    private String check(String text) {
        if (!strictText) {
            return text;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw refuse(JsonFault.NUL_CHARACTER);
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw refuse(JsonFault.LONE_SURROGATE);
            }
        }
        return text;
    }

    private void limitDepth(int depth) {
        if (depth > maxDepth) {
            throw refuse(JsonFault.TOO_DEEP);
        }
    }

    private JsonToken next() throws IOException {
        JsonToken token = nextOrEnd();
        if (token == null) {
            throw refuse(JsonFault.UNEXPECTED_END);
        }
        return token;
    }

    private @Nullable JsonToken nextOrEnd() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                // Strings are read to their end only when asked for: a fault inside one shows here.
                parser.getText();
            }
            return token;
        } catch (JsonEOFException e) {
            throw refuse(JsonFault.UNEXPECTED_END);
        } catch (StreamConstraintsException e) {
            throw refuse(JsonFault.TOO_LONG);
        } catch (JsonParseException e) {
            throw refuse(JsonFault.SYNTAX);
        }
    }

    private Refused refuse(JsonFault fault) {
        JsonLocation at = parser.currentLocation();
        return new Refused(new Malformed(fault, Math.max(0, at.getLineNr()), Math.max(0, at.getColumnNr())));
    }

    /** Unwinds the reader to its entrance; never leaves this class. */
    private static final class Refused extends RuntimeException {
        private final transient Malformed malformed;

        Refused(Malformed malformed) {
            super(null, null, false, false);
            this.malformed = malformed;
        }
    }
}
