package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    private static final String PAGE = """
            # A page

            ## What happens

            Anna buys tea.

            | When | What happens | Then |
            | --- | --- | --- |
            | 2026-03-02 10:00 | Anna joins | 0 points available |
            | 2026-03-02 10:00 | Anna buys O-1: 2 × tea for 24.00 | earns 24 points |

            ## And more
            """;

    private static final Wallets WALLETS = new Wallets(Map.of("points", false));

    private static Page read(String text) {
        return Page.read(text, WALLETS);
    }

    @Test
    void a_page_has_a_table_of_what_happens() {
        assertThat(read(PAGE).rows())
                .containsExactly(
                        new Row(
                                9,
                                "| 2026-03-02 10:00 | Anna joins | 0 points available |",
                                LocalDateTime.of(2026, 3, 2, 10, 0),
                                new Step.Joins("Anna"),
                                List.of(new Claim.Available(new Units(BigDecimal.ZERO, "points")))),
                        new Row(
                                10,
                                "| 2026-03-02 10:00 | Anna buys O-1: 2 × tea for 24.00 | earns 24 points |",
                                LocalDateTime.of(2026, 3, 2, 10, 0),
                                new WhatHappens(WALLETS).read("Anna buys O-1: 2 × tea for 24.00"),
                                List.of(new Claim.Earns(new Units(new BigDecimal("24"), "points")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "## What happens ! ## What may happen ! one section",
                "## And more ! ## What happens ! one section",
                "| When | What ! | Who | What ! begins with",
                "| --- | --- | --- | ! | :-- | --- | --- | ! below the head",
                "Anna buys tea. ! ## Anna buys tea ! in another section",
                "| Anna joins | ! | Anna leaves | ! line 9: no sentence",
                "| 0 points available | ! | 0 miles available | ! line 9: the programme has no wallet miles",
                "| 0 points available | ! | earns 0 points | x | ! line 9: a row has three cells",
                "2026-03-02 10:00 | Anna joins ! 2026-02-29 10:00 | Anna joins ! line 9: a time is",
                "2026-03-02 10:00 | Anna joins ! 2026-03-02 | Anna joins ! line 9: a time is",
                "2026-03-02 10:00 | Anna joins ! 2026-03-02 10:01 | Anna joins ! is before the row above",
                "| 0 points available | ! | pays 5.00 | ! line 9: that cannot be said of it",
                "| earns 24 points | ! | refused: no | ! line 10: that cannot be said of it",
            })
    void a_page_that_is_not_of_the_grammar_names_the_line(String what, String instead, String why) {
        assertThat(PAGE).contains(what);
        assertThatThrownBy(() -> read(PAGE.replaceFirst(Pattern.quote(what), instead)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(why);
    }

    @Test
    void what_is_refused_has_no_effect() {
        String refused = PAGE.replace(
                "Anna buys O-1: 2 × tea for 24.00 | earns 24 points",
                "Anna pays 5 points for an order of 24.00 | refused: insufficient points");
        assertThat(read(refused).rows()).hasSize(2);
        assertThat(read(refused.replace("insufficient points", "insufficient points, 0 points available"))
                        .rows())
                .hasSize(2);
        assertThatThrownBy(() -> read(refused.replace("insufficient points", "insufficient points, pays 24.00")))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("has no effect");
    }
}
