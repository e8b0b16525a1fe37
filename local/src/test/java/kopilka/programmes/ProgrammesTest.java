package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kopilka.api.OneCloud;
import kopilka.api.Till;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of docs/programmes tell is what happens: their tables, through the API of the local run. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class ProgrammesTest {
    private final LocalCloud cloud;

    ProgrammesTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    static Stream<String> programmes() {
        return Programme.documents().stream();
    }

    @ParameterizedTest
    @MethodSource("programmes")
    void a_document_is_valid_and_nothing_in_it_is_worth_a_warning(String slug) {
        JsonNode document = Programme.read(slug).document();
        JsonNode verdict = Till.open(cloud, "checked-" + slug, document.toString())
                .send("POST /v1/program/validate", Map.of(), Map.of(), Optional.of(document))
                .json();

        assertThat(List.of(
                        verdict.path("errors").toString(),
                        verdict.path("warnings").toString()))
                .containsOnly("[]");
    }

    @ParameterizedTest
    @MethodSource("programmes")
    void what_a_page_tells_is_what_happens(String slug) {
        Story story = new Story(cloud, Programme.read(slug), "programme-" + slug);

        assertThat(String.join("\n\n", story.play())).isEmpty();
    }
}
