package kopilka.local;

import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables that a folder keeps, to be read: no function is started beside them, so that nothing changes while one looks.
 */
public final class KeptTables implements AutoCloseable {
    private final Template template;
    private final Tables tables;
    private final DynamoDbClient client;

    private KeptTables(Template template, Tables tables) {
        this.template = template;
        this.tables = tables;
        this.client = Clients.reading(tables.client());
    }

    /**
     * Opens what a folder of the local run holds.
     *
     * @param template names the tables
     * @param folder where the local run kept them
     * @throws java.nio.file.NoSuchFileException if it keeps none
     */
    public static KeptTables open(Path template, Path folder) throws IOException {
        return new KeptTables(Template.read(template), Tables.open(folder));
    }

    /** The tables; whoever writes to them fails. */
    public DynamoDbClient client() {
        return client;
    }

    /** The name of a table, by its logical id. */
    public String tableName(String table) {
        return template.nameOf(template.resource(table));
    }

    @Override
    public void close() {
        tables.close();
    }
}
