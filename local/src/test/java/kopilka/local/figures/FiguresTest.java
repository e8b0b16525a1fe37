package kopilka.local.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import kopilka.local.figures.FiguresTool.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class FiguresTest {
    private static final String COLD = """
            [
              {"what": "cold start over an empty handler", "figure": 3.456, "unit": "", "target": 4, "bound": "at most", "command": "measure cold"},
              {"what": "classes", "figure": 4321, "unit": "classes", "target": null, "bound": null, "command": "measure cold"}
            ]
            """;

    private static final String RATE = """
            [
              {"what": "orders <decided> & \\"more\\"", "figure": 150000, "unit": "orders/s", "target": 200000, "bound": "at least", "command": "measure | decisions"}
            ]
            """;

    @TempDir
    private Path docs;

    private Path folder() throws IOException {
        return Files.createDirectories(docs.resolve("performance"));
    }

    private Area area(String name, String json) throws IOException {
        Path file = folder().resolve(name + ".json");
        Files.writeString(file, json);
        return Area.read(file);
    }

    /** Run {@code mvn -q compile exec:exec -Dargs="figures"} where it fails. */
    @Test
    void the_documents_show_the_figures_that_were_measured() throws IOException {
        Path ours = FiguresTool.nearestDocs();
        assertThat(Rendered.of(ours).isThere(ours))
                .as("docs/performance.md and docs/performance.svg are what `figures` makes")
                .isTrue();
    }

    @Test
    void a_file_that_was_changed_is_noticed_until_it_is_rendered() throws IOException {
        area("cold-start", COLD);
        Files.writeString(docs.resolve("performance.md"), page(""));
        assertThat(Rendered.of(docs).isThere(docs)).isFalse();

        run();
        assertThat(Rendered.of(docs).isThere(docs)).isTrue();

        area("cold-start", COLD.replace("3.456", "4.5"));
        assertThat(Rendered.of(docs).isThere(docs)).isFalse();
        assertThat(run()).contains("1 missed").contains("cold start over an empty handler is 4.5");
    }

    private String run() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FiguresTool().run(List.of("--docs", docs.toString()), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String page(String table) {
        return "# Performance\n\n<!-- figures: made by the command `figures`, do not edit -->\n\n" + table
                + "\n<!-- end of figures -->\n\nMore.\n";
    }

    @Test
    void the_table_says_what_is_met_and_what_is_missed() throws IOException {
        List<Area> areas = List.of(area("cold-start", COLD), area("decisions", RATE));
        String table = FiguresTable.of(areas, Set.of("decisions"));
        assertThat(table).isEqualTo("""
                | what | target | figure | | command |
                | --- | --- | ---: | --- | --- |
                | **Cold start** | | | | |
                | cold start over an empty handler | at most 4 | 3.46 | met | `measure cold` |
                | classes |  | 4,321 classes |  | `measure cold` |
                | **[Decisions](performance/decisions.md)** | | | | |
                | orders <decided> & "more" | at least 200,000 orders/s | 150,000 orders/s | **missed** | `measure \\| decisions` |
                """);
        assertThat(FiguresTable.into(page("old\n"), table)).isEqualTo(page(table));
        assertThatThrownBy(() -> FiguresTable.into("# Performance\n", table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place");
    }

    @Test
    void the_picture_has_a_bar_for_each_figure_with_a_target_and_is_the_same_each_time() throws Exception {
        List<Area> areas = List.of(area("cold-start", COLD), area("decisions", RATE));
        String svg = FiguresPicture.of(areas);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document =
                factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg).containsOnlyOnce("class=\"met\"").containsOnlyOnce("class=\"missed\"");
        assertThat(svg).doesNotContain("<script").doesNotContain("@import").doesNotContain("url(");
        assertThat(FiguresPicture.of(areas)).isEqualTo(svg);
    }

    @Test
    void what_has_targets_stands_first_and_the_rest_by_name() throws IOException {
        for (String name : List.of("growth", "units", "batch", "cost", "cold-start")) {
            area(name, COLD);
        }
        assertThat(Area.in(folder()).stream().map(Area::name))
                .containsExactly("cold-start", "cost", "units", "batch", "growth");
    }

    @Test
    void what_is_written_is_read_as_it_was() throws IOException {
        Area area = area("cold-start", COLD);
        area.write(docs);
        assertThat(Area.read(docs.resolve("cold-start.json"))).isEqualTo(area);
        assertThat(area.json()).isEqualTo(COLD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "\"at most\"      ! \"below\"         ! no bound",
                "\"target\": 4,   ! \"target\": null, ! no target",
                "\"unit\": \"\",  ! \"units\": \"\",  ! knows no units",
                "3.456            ! \"3.456\"         ! must be a number",
                "\"measure cold\" ! \"\"              ! must be a text",
                "[                ! {}[               ! must be an array"
            })
    void a_file_that_is_wrong_is_refused_and_named(String right, String wrong, String why) {
        assertThatThrownBy(() -> area("cold-start", COLD.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cold-start.json")
                .satisfies(thrown -> assertThat(thrown.getMessage())
                        .matches(said -> said.contains(why) || why.equals("must be an array")));
    }

    @ParameterizedTest
    @CsvSource({
        "283123,      '283,123'",
        "1234567.891, '1,234,568'",
        "3.14159,     3.14",
        "0.5,         0.5",
        "0.00012345,  0.000123",
        "12.3456,     12.3",
        "100,         100",
        "1E+3,        '1,000'",
        "0,           0",
        "4.00,        4"
    })
    void numbers_have_groups_and_no_idle_digits(BigDecimal number, String shown) {
        assertThat(Numbers.show(number)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "AT_MOST,  4, 4, true",
        "AT_MOST,  4.01, 4, false",
        "AT_LEAST, 4, 4, true",
        "AT_LEAST, 3.9, 4, false",
        "EXACTLY,  4.0, 4, true",
        "EXACTLY,  5, 4, false"
    })
    void a_bound_holds_on_its_side(Bound bound, BigDecimal figure, BigDecimal target, boolean holds) {
        assertThat(bound.holds(figure, target)).isEqualTo(holds);
    }
}
