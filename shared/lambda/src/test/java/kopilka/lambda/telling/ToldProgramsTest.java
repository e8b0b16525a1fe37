package kopilka.lambda.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kopilka.earning.Dropped;
import kopilka.earning.Dropped.Why;
import kopilka.program.Condition;
import kopilka.program.Language;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Range;
import kopilka.program.RuleId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole programs and all kinds of reasons, told in each language, held against texts that somebody who speaks it has read.
 * What a run tells is left in {@code target/told}: read it, then put it in the place of the kept text.
 */
class ToldProgramsTest {
    private static final List<Dropped> DROPPED = List.of(
            new Dropped(new RuleId("december"), new Why.NotYet()),
            new Dropped(new RuleId("night"), new Why.NoLonger()),
            new Dropped(new RuleId("third"), new Why.NoMatchingLines()),
            new Dropped(new RuleId("base"), new Why.NoMatchingLines()),
            unmet("evening", new Condition.InHours(LocalTime.of(18, 0), LocalTime.of(20, 0))),
            unmet("december", new Condition.Amount(new Range(50_00, Range.OPEN))),
            unmet("third", new Condition.Matching(new Range(20_00, Range.OPEN))),
            unmet("third", new Condition.Not(new Condition.EveryNthOrder(3, Period.EVER))),
            unmet(
                    "third",
                    new Condition.AnyOf(List.of(
                            new Condition.Not(new Condition.Matching(new Range(20_00, 30_00))),
                            new Condition.Amount(new Range(0, 10_00))))),
            new Dropped(new RuleId("base"), new Why.ExcludedBy(new RuleId("gold-rate"))),
            new Dropped(new RuleId("base"), new Why.BelowMinimum(10_00, 8_05)),
            new Dropped(new RuleId("december"), new Why.DiscountTrimmed(12_00, 5_00)),
            new Dropped(new RuleId("december"), new Why.DiscountTrimmed(12_00, 0)),
            new Dropped(new RuleId("december"), new Why.NotGiven()));

    private static Dropped unmet(String rule, Condition condition) {
        return new Dropped(new RuleId(rule), new Why.Unmet(condition, 42_00, 9_99));
    }

    @ParameterizedTest
    @EnumSource
    void a_program_is_told_as_it_was_read(Language language) throws IOException {
        StringBuilder told = new StringBuilder();
        tell("tea club", ToldPrograms.teaClub(), language, told);
        tell("market", ToldPrograms.market(), language, told);
        tell("first format", ToldPrograms.firstFormat(), language, told);
        told.append("# reasons of the tea club\n\n");
        for (Dropped dropped : DROPPED) {
            told.append(dropped.rule())
                    .append(' ')
                    .append(dropped.why().getClass().getSimpleName())
                    .append('\n')
                    .append(visible(Reasons.of(dropped, ToldPrograms.teaClub(), language)))
                    .append("\n\n");
        }
        String name = language.code() + ".txt";
        Path left = Path.of("target", "told", name);
        Files.createDirectories(left.getParent());
        Files.writeString(left, told);

        assertThat(told.toString()).as("what target/told/%s has", name).isEqualTo(kept(name));
    }

    @ParameterizedTest
    @EnumSource
    void every_pointer_is_told_once_and_the_same_in_all_languages(Language language) {
        for (Program program : List.of(ToldPrograms.teaClub(), ToldPrograms.market(), ToldPrograms.firstFormat())) {
            List<String> pointers = pointers(program, language);

            assertThat(pointers).doesNotHaveDuplicates().isEqualTo(pointers(program, Language.EN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_told_with_a_double_space_or_a_stray_mark(Language language) {
        Map<String, String> sentences = new TreeMap<>();
        for (Program program : List.of(ToldPrograms.teaClub(), ToldPrograms.market(), ToldPrograms.firstFormat())) {
            for (ToldRule rule : RuleSentences.of(program, language)) {
                sentences.put(program.name() + " " + rule.pointer(), rule.sentence());
            }
        }
        assertThat(sentences.values())
                .allSatisfy(sentence -> assertThat(sentence)
                        .endsWith(".")
                        .doesNotContain("  ", " ,", " ;", " .", "..", "; ;", "null", "Optional")
                        .doesNotEndWith(" ."));
    }

    private static List<String> pointers(Program program, Language language) {
        return RuleSentences.of(program, language).stream()
                .map(ToldRule::pointer)
                .toList();
    }

    private static void tell(String name, Program program, Language language, StringBuilder to) {
        to.append("# ").append(name).append("\n\n");
        for (ToldRule rule : RuleSentences.of(program, language)) {
            to.append(rule.pointer())
                    .append(" | ")
                    .append(rule.title())
                    .append('\n')
                    .append(visible(rule.sentence()))
                    .append("\n\n");
        }
    }

    /** With a mark for each space that does not break. */
    private static String visible(String text) {
        return text.replace('\u00a0', '_');
    }

    private static String kept(String name) throws IOException {
        try (InputStream text = Optional.ofNullable(ToldProgramsTest.class.getResourceAsStream(name))
                .orElse(InputStream.nullInputStream())) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
