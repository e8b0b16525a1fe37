package kopilka.programmes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import kopilka.api.Contract;
import kopilka.local.LocalCloud;

/**
 * The JSON Schema of program documents, made of what openapi.yaml says of them: that is the one place where documents are
 * described, and the schema is the same for editors.
 */
final class DocumentSchema {
    /** What the contract calls the schema of a document. */
    private static final String ROOT = "ProgramDocument";

    private static final String IN_CONTRACT = "#/components/schemas/";
    private static final String IN_SCHEMA = "#/$defs/";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode contract;
    private final Map<String, JsonNode> definitions = new TreeMap<>();

    private DocumentSchema(JsonNode contract) {
        this.contract = contract.at("/components/schemas");
    }

    /** Where the schema is kept. */
    static Path file() {
        return Programme.folder().resolve("program.schema.json");
    }

    /** A file of the project. */
    static Path beside(String name) {
        return LocalCloud.nearestTemplate().orElseThrow().resolveSibling(name);
    }

    /** The schema as it follows from the contract, as text. */
    static String text() {
        try {
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
            return MAPPER.writer(printer).writeValueAsString(new DocumentSchema(Contract.read()).schema()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode schema() {
        gather(ROOT);
        ObjectNode schema = MAPPER.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "https://kopilka.dev/schemas/program.schema.json");
        schema.setAll((ObjectNode) definitions.get(ROOT));
        ObjectNode others = schema.putObject("$defs");
        definitions.forEach((name, definition) -> {
            if (!name.equals(ROOT)) {
                others.set(name, definition);
            }
        });
        return schema;
    }

    private void gather(String name) {
        if (definitions.containsKey(name)) {
            return;
        }
        JsonNode definition = contract.path(name).deepCopy();
        definitions.put(name, definition);
        rewrite(definition);
    }

    /** Points what refers to the contract to the schema itself, and gathers it. */
    private void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            String reference = object.path("$ref").asText();
            if (reference.startsWith(IN_CONTRACT)) {
                String name = reference.substring(IN_CONTRACT.length());
                object.put("$ref", IN_SCHEMA + name);
                gather(name);
            }
            // How many bits a number needs is nothing to an editor.
            if (object.path("format").asText().startsWith("int")) {
                object.remove("format");
            }
            object.properties().forEach(member -> rewrite(member.getValue()));
        } else if (node instanceof ArrayNode array) {
            for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
                rewrite(items.next());
            }
        }
    }
}
