package kopilka.dynamodb.planted;

import com.fasterxml.jackson.core.JsonFactory;

final class ReadsJson {
    private ReadsJson() {}

    static JsonFactory factory() {
        return new JsonFactory();
    }
}
