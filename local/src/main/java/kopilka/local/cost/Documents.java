package kopilka.local.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** JSON files of prices and quantities. Numbers are decimals; whatever is missing is named. */
final class Documents {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    static JsonNode resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            return MAPPER.readTree(Objects.requireNonNull(in, name));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + name, broken);
        }
    }

    static JsonNode file(Path file) throws IOException {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(file + ": " + malformed.getOriginalMessage());
        }
    }

    static JsonNode entries(JsonNode json, String name) {
        JsonNode list = json.path(name);
        if (!list.isArray()) {
            throw new IllegalArgumentException(name + " must be a list");
        }
        return list;
    }

    static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " must be a text");
        }
        return value.asText();
    }

    static BigDecimal number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + " must be a number");
        }
        return value.decimalValue();
    }
}
