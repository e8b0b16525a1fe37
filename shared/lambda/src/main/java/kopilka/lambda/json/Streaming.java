package kopilka.lambda.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** The one place where jackson-core is set up. */
final class Streaming {
    /** For bodies: refuses long numbers and names while it reads them. Depth is counted by the reader. */
    static final JsonFactory BODIES = factory(StreamReadConstraints.builder()
            .maxNumberLength(JsonReader.MAX_NUMBER_LENGTH)
            .maxNameLength(JsonReader.MAX_NAME_LENGTH)
            .build());

    /** For events, whose size AWS limits, and for writing. */
    static final JsonFactory EVENTS = factory(StreamReadConstraints.defaults());

    private Streaming() {}

    private static JsonFactory factory(StreamReadConstraints constraints) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(constraints)
                // Names come from outside: neither interned nor kept in a table that collisions could fill.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
    }
}
