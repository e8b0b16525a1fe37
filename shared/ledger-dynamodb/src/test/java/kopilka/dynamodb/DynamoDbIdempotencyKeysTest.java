package kopilka.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kopilka.dynamodb.DynamoDbIdempotencyKeys.Remembered;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;

class DynamoDbIdempotencyKeysTest {
    private static final ProgramId DEMO = new ProgramId("demo");
    private static final ProgramId OTHER = new ProgramId("other");
    private static final Remembered FIRST = new Remembered("print", 201, Optional.of("{\"member\":\"anna\"}"));

    private final Schema schema = Schema.in(Embedded.client());
    private final DynamoDbIdempotencyKeys keys = new DynamoDbIdempotencyKeys(Embedded.client(), schema.accounts());

    @Test
    void what_was_remembered_is_found() {
        assertThat(keys.find(DEMO, "key")).isEmpty();
        assertThat(keys.remember(DEMO, "key", FIRST)).isEqualTo(FIRST);
        assertThat(keys.find(DEMO, "key")).contains(FIRST);
    }

    @Test
    void the_first_answer_stays() {
        keys.remember(DEMO, "key", FIRST);

        assertThat(keys.remember(DEMO, "key", new Remembered("other", 409, Optional.empty())))
                .isEqualTo(FIRST);
        assertThat(keys.find(DEMO, "key")).contains(FIRST);
    }

    @Test
    void what_was_done_takes_the_place_of_a_refusal_of_the_same_request() {
        Remembered refusal = new Remembered("print", 409, Optional.of("{\"code\":\"insufficient_points\"}"));
        keys.remember(DEMO, "key", refusal);

        assertThat(keys.remember(DEMO, "key", new Remembered("other", 201, Optional.empty())))
                .isEqualTo(refusal);
        assertThat(keys.remember(DEMO, "key", FIRST)).isEqualTo(FIRST);
        assertThat(keys.remember(DEMO, "key", refusal)).isEqualTo(FIRST);
        assertThat(keys.find(DEMO, "key")).contains(FIRST);
    }

    @Test
    void an_answer_without_its_body_is_remembered() {
        Remembered bare = new Remembered("print", 200, Optional.empty());
        Remembered empty = new Remembered("print", 204, Optional.of(""));
        keys.remember(DEMO, "bare", bare);
        keys.remember(DEMO, "empty", empty);

        assertThat(keys.find(DEMO, "bare")).contains(bare);
        assertThat(keys.find(DEMO, "empty")).contains(empty);
    }

    @Test
    void a_key_belongs_to_its_program() {
        keys.remember(DEMO, "key", FIRST);

        assertThat(keys.find(OTHER, "key")).isEmpty();
        Remembered other = new Remembered("other", 404, Optional.of("{}"));
        assertThat(keys.remember(OTHER, "key", other)).isEqualTo(other);
    }
}
