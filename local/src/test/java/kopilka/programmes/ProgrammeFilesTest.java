package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgrammeFilesTest {
    private static final List<String> LANGUAGES = List.of("en", "ru", "uk", "kk");

    static Stream<String> documents() {
        return Programme.documents().stream();
    }

    @Test
    void each_document_has_its_page_and_each_page_its_document() {
        assertThat(Programme.documents()).isNotEmpty().isEqualTo(Programme.pages());
    }

    @Test
    void the_page_of_all_lists_each_once_with_its_currency() {
        Pattern row = Pattern.compile(
                "(?m)^\\|.*\\[[^]]+]\\((.+)\\.md\\) \\| \\[(.+)\\.json]\\((.+)\\.json\\) \\| (.+) \\|$");
        List<String> listed = new ArrayList<>();
        for (MatchResult found : row.matcher(Programme.ofAll()).results().toList()) {
            listed.add(found.group(1));
            assertThat(List.of(found.group(2), found.group(3))).containsOnly(found.group(1));
            assertThat(found.group(4))
                    .as(found.group(1))
                    .isEqualTo(Programme.read(found.group(1)).currency());
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(Programme.documents());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_page_is_of_the_grammar(String slug) {
        Programme programme = Programme.read(slug);

        assertThat(programme.page().rows()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void titles_and_names_are_there_in_four_languages(String slug) {
        JsonNode document = Programme.read(slug).document();
        List<JsonNode> texts = new ArrayList<>();
        document.path("rules").forEach(rule -> texts.add(rule.path("title")));
        document.path("activities").forEach(activity -> texts.add(activity.path("title")));
        document.path("wallets").forEach(wallet -> texts.add(wallet.path("name")));
        document.path("tiers").path("levels").forEach(level -> texts.add(level.path("name")));

        assertThat(texts)
                .allSatisfy(text -> assertThat(text.properties().stream()
                                .map(Map.Entry::getKey)
                                .toList())
                        .isEqualTo(LANGUAGES));
    }
}
