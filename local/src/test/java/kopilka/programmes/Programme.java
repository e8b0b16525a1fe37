package kopilka.programmes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kopilka.local.LocalCloud;

/**
 * A programme of docs/programmes.
 *
 * @param slug what its files are called
 * @param document as it is published
 * @param page what its page tells
 */
record Programme(String slug, JsonNode document, Page page) {
    private static final String DOCUMENT = ".json";
    private static final String SCHEMA = ".schema.json";
    private static final String PAGE = ".md";
    private static final String OF_ALL = "README.md";

    /** The folder. */
    static Path folder() {
        return LocalCloud.nearestTemplate().orElseThrow().resolveSibling("docs").resolve("programmes");
    }

    /** What the documents are called, in order. */
    static List<String> documents() {
        return files().filter(name -> name.endsWith(DOCUMENT) && !name.endsWith(SCHEMA))
                .map(name -> name.substring(0, name.length() - DOCUMENT.length()))
                .toList();
    }

    /** What the pages are called, in order. */
    static List<String> pages() {
        return files().filter(name -> name.endsWith(PAGE) && !name.equals(OF_ALL))
                .map(name -> name.substring(0, name.length() - PAGE.length()))
                .toList();
    }

    /** The page of all programmes. */
    static String ofAll() {
        return text(OF_ALL);
    }

    private static Stream<String> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(folder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the two files of a programme.
     *
     * @throws Unreadable if the page is not of the grammar
     */
    static Programme read(String slug) {
        JsonNode document;
        try {
            document = new ObjectMapper().readTree(text(slug + DOCUMENT));
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
        Map<String, Boolean> money = new LinkedHashMap<>();
        document.path("wallets")
                .properties()
                .forEach(wallet -> money.put(
                        wallet.getKey(), wallet.getValue().path("unit").asText().equals("money")));
        return new Programme(slug, document, Page.read(text(slug + PAGE), new Wallets(money)));
    }

    /** The first of its wallets, of which answers speak where they name none. */
    String mainWallet() {
        return document.path("wallets").properties().iterator().next().getKey();
    }

    /** All of its wallets. */
    List<String> wallets() {
        return document.path("wallets").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a wallet holds money. */
    boolean isMoney(String wallet) {
        return document.path("wallets").path(wallet).path("unit").asText().equals("money");
    }

    ZoneId zone() {
        return ZoneId.of(document.path("timeZone").asText());
    }

    String currency() {
        return document.path("currency").asText();
    }
}
