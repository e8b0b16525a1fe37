package kopilka.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Figures of the page on performance that are counts, and so the same on every machine: the page has what the test counts, or
 * the test fails. With {@code -Dkopilka.write.figures=true} they are written instead.
 */
final class Figures {
    private static final Path FOLDER = Path.of("..", "..", "docs", "performance");

    private final String name;
    private final String test;
    private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();

    /**
     * None yet.
     *
     * @param name of the file that keeps them
     * @param test the class that counts them
     */
    Figures(String name, Class<?> test) {
        this.name = name;
        this.test = test.getSimpleName();
    }

    /** One that is to be at most so much. */
    Figures atMost(String target, String what, String figure, String unit) {
        row(what, figure, unit).put("target", new BigDecimal(target)).put("bound", "at most");
        return this;
    }

    /** One without a target. */
    Figures told(String what, String figure, String unit) {
        row(what, figure, unit).putNull("target").putNull("bound");
        return this;
    }

    private ObjectNode row(String what, String figure, String unit) {
        ObjectNode row = rows.addObject();
        row.put("what", what).put("figure", new BigDecimal(figure)).put("unit", unit);
        row.put(
                "command",
                "mvn test -pl shared/ledger-dynamodb -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=" + test);
        return row;
    }

    /** Holds what is kept to what was counted. */
    void hold() {
        Path file = FOLDER.resolve(name + ".json");
        try {
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
            String counted = new ObjectMapper().writer(printer).writeValueAsString(rows) + "\n";
            if (Boolean.getBoolean("kopilka.write.figures")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, counted);
            }
            assertThat(Files.readString(file)).as("%s, as counted", file).isEqualTo(counted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
