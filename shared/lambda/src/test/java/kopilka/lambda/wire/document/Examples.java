package kopilka.lambda.wire.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.JsonReader;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.Program;

/** The example documents among the tests' resources. */
final class Examples {
    /** One that says all that a document can say. */
    static final String TEA_CLUB = text("tea-club");

    /** One that leaves out all that may be left out. */
    static final String SMALLEST = text("smallest");

    /** One whose main wallet holds money. */
    static final String CASHBACK = text("cashback");

    /** One of the first format. */
    static final String FIRST_FORMAT = text("first-format");

    private Examples() {}

    private static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(Examples.class.getResourceAsStream("/programmes/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document in which the first match of a text is another; both are written with apostrophes. */
    static String with(String document, String what, String instead) {
        Matcher found = Pattern.compile(quoted(what), Pattern.LITERAL).matcher(document);
        if (!found.find()) {
            throw new IllegalArgumentException("not in the document: " + what);
        }
        return found.replaceFirst(Matcher.quoteReplacement(quoted(instead)));
    }

    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    static JsonValue json(String text) {
        return switch (JsonReader.body(text.getBytes(StandardCharsets.UTF_8))) {
            case JsonReader.Read(JsonValue value) -> value;
            case JsonReader.Malformed malformed ->
                throw new IllegalArgumentException("the test's own JSON: " + malformed + " of " + text);
        };
    }

    static Decoded<Program> decode(String document) {
        return ProgramDocument.decode(json(document), Place.BODY);
    }

    /** The errors of a document, each as its pointer and code. */
    static List<String> errors(String document) {
        return decode(document).errors().stream()
                .map(error -> error.at() + " " + error.code())
                .toList();
    }

    /** The sentences of a document's errors. */
    static List<String> sentences(String document) {
        return decode(document).errors().stream()
                .map(error -> error.at() + ": " + error.detail())
                .toList();
    }
}
