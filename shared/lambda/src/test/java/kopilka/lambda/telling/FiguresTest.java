package kopilka.lambda.telling;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import kopilka.program.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers, money, dates, lists and the forms of words after numbers. */
class FiguresTest {
    private static final Phrases EN = Phrases.in(Language.EN);
    private static final Phrases RU = Phrases.in(Language.RU);
    private static final Phrases UK = Phrases.in(Language.UK);
    private static final Phrases KK = Phrases.in(Language.KK);

    @ParameterizedTest
    @CsvSource({
        "0, 0 points, 0 баллов, 0 балів, 0 ұпай",
        "1, 1 point, 1 балл, 1 бал, 1 ұпай",
        "2, 2 points, 2 балла, 2 бали, 2 ұпай",
        "3, 3 points, 3 балла, 3 бали, 3 ұпай",
        "4, 4 points, 4 балла, 4 бали, 4 ұпай",
        "5, 5 points, 5 баллов, 5 балів, 5 ұпай",
        "10, 10 points, 10 баллов, 10 балів, 10 ұпай",
        "11, 11 points, 11 баллов, 11 балів, 11 ұпай",
        "12, 12 points, 12 баллов, 12 балів, 12 ұпай",
        "14, 14 points, 14 баллов, 14 балів, 14 ұпай",
        "19, 19 points, 19 баллов, 19 балів, 19 ұпай",
        "20, 20 points, 20 баллов, 20 балів, 20 ұпай",
        "21, 21 points, 21 балл, 21 бал, 21 ұпай",
        "22, 22 points, 22 балла, 22 бали, 22 ұпай",
        "25, 25 points, 25 баллов, 25 балів, 25 ұпай",
        "100, 100 points, 100 баллов, 100 балів, 100 ұпай",
        "101, 101 points, 101 балл, 101 бал, 101 ұпай",
        "111, 111 points, 111 баллов, 111 балів, 111 ұпай",
        "112, 112 points, 112 баллов, 112 балів, 112 ұпай",
        "121, 121 points, 121 балл, 121 бал, 121 ұпай",
        "1001, '1,001 points', 1_001 балл, 1_001 бал, 1_001 ұпай",
        "1000000, '1,000,000 points', 1_000_000 баллов, 1_000_000 балів, 1_000_000 ұпай"
    })
    void points_after_a_number(long number, String en, String ru, String uk, String kk) {
        assertThat(Arrays.asList(EN, RU, UK, KK).stream().map(phrases -> visible(phrases.points(number))))
                .containsExactly(en, ru, uk, kk);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 day, 1 день, 1 день, 1 күн, 1 month, 1 месяц, 1 місяць, 1 ай",
        "2, 2 days, 2 дня, 2 дні, 2 күн, 2 months, 2 месяца, 2 місяці, 2 ай",
        "5, 5 days, 5 дней, 5 днів, 5 күн, 5 months, 5 месяцев, 5 місяців, 5 ай",
        "11, 11 days, 11 дней, 11 днів, 11 күн, 11 months, 11 месяцев, 11 місяців, 11 ай",
        "21, 21 days, 21 день, 21 день, 21 күн, 21 months, 21 месяц, 21 місяць, 21 ай",
        "24, 24 days, 24 дня, 24 дні, 24 күн, 24 months, 24 месяца, 24 місяці, 24 ай"
    })
    void days_and_months_after_a_number(
            long number,
            String enDays,
            String ruDays,
            String ukDays,
            String kkDays,
            String enMonths,
            String ruMonths,
            String ukMonths,
            String kkMonths) {
        assertThat(List.of(EN.days(number), RU.days(number), UK.days(number), KK.days(number)))
                .containsExactly(enDays, ruDays, ukDays, kkDays);
        assertThat(List.of(EN.months(number), RU.months(number), UK.months(number), KK.months(number)))
                .containsExactly(enMonths, ruMonths, ukMonths, kkMonths);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 order, 1 заказ, 1 замовлення, 1 тапсырыс",
        "3, 3 orders, 3 заказа, 3 замовлення, 3 тапсырыс",
        "15, 15 orders, 15 заказов, 15 замовлень, 15 тапсырыс"
    })
    void orders_after_a_number(long number, String en, String ru, String uk, String kk) {
        assertThat(List.of(EN.orders(number), RU.orders(number), UK.orders(number), KK.orders(number)))
                .containsExactly(en, ru, uk, kk);
    }

    @ParameterizedTest
    @CsvSource({
        "1, in the genitive, в течение 1 дня, протягом 1 дня",
        "2, in the genitive, в течение 2 дней, протягом 2 днів",
        "11, in the genitive, в течение 11 дней, протягом 11 днів",
        "31, in the genitive, в течение 31 дня, протягом 31 дня"
    })
    void days_after_a_preposition(int days, String how, String ru, String uk) {
        assertThat(RU.joinedWithin(days)).as(how).isEqualTo(ru + " после вступления");
        assertThat(UK.joinedWithin(days)).as(how).isEqualTo(uk + " після вступу");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1st",
        "2, 2nd",
        "3, 3rd",
        "4, 4th",
        "11, 11th",
        "12, 12th",
        "13, 13th",
        "21, 21st",
        "22, 22nd",
        "103, 103rd",
        "111, 111th"
    })
    void english_ordinals(long number, String ordinal) {
        assertThat(English.ordinal(number)).isEqualTo(ordinal);
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 5, 0.05 EUR, '0,05 EUR'",
        "EUR, 125000, '1,250.00 EUR', '1_250,00 EUR'",
        "JPY, 1250, '1,250 JPY', 1_250 JPY",
        "KWD, 1250, 1.250 KWD, '1,250 KWD'",
        "EUR, 99999999999999999, '999,999,999,999,999.99 EUR', '999_999_999_999_999,99 EUR'"
    })
    void money_has_the_decimals_of_its_currency(String currency, long minor, String en, String others) {
        Currency of = Currency.getInstance(currency);

        assertThat(EN.figures().money(minor, of)).isEqualTo(en);
        for (Phrases phrases : List.of(RU, UK, KK)) {
            assertThat(visible(phrases.figures().money(minor, of))).isEqualTo(others);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.00, 0", "2.50, '2,5'", "100, 100", "1E+2, 100", "1234567.8, '1_234_567,8'", "999, 999"})
    void numbers_have_the_decimals_that_they_need(BigDecimal number, String russian) {
        assertThat(visible(RU.figures().number(number))).isEqualTo(russian);
    }

    @Test
    void percentages() {
        assertThat(Arrays.asList(EN, RU, UK, KK).stream()
                        .map(phrases ->
                                visible(phrases.percent(phrases.figures().hundredths(1250)))))
                .containsExactly("12.5%", "12,5_%", "12,5%", "12,5%");
    }

    @Test
    void lists() {
        assertThat(Figures.list(List.of(), EN.and())).isEmpty();
        assertThat(Figures.list(List.of("a"), EN.and())).isEqualTo("a");
        assertThat(Figures.list(List.of("a", "b"), RU.or())).isEqualTo("a или b");
        assertThat(Figures.list(List.of("a", "b", "c"), EN.and())).isEqualTo("a, b and c");
        assertThat(Figures.list(List.of("a", "b", "c"), UK.and())).isEqualTo("a, b і c");
        assertThat(Figures.list(List.of("a", "b", "c"), KK.or())).isEqualTo("a, b немесе c");
    }

    @Test
    void days_of_the_calendar() {
        LocalDate day = LocalDate.of(2026, 5, 9);

        assertThat(Arrays.asList(EN, RU, UK, KK).stream().map(phrases -> phrases.date(day)))
                .containsExactly("9 May 2026", "9 мая 2026 года", "9 травня 2026 року", "2026 жылғы 9 мамыр");
        assertThat(Arrays.asList(EN, RU, UK, KK).stream().map(phrases -> phrases.date(MonthDay.from(day))))
                .containsExactly("9 May", "9 мая", "9 травня", "9 мамыр");
    }

    @Test
    void the_second_of_a_month_has_another_preposition_in_russian() {
        assertThat(RU.since(LocalDate.of(2026, 5, 1))).isEqualTo("с 1 мая 2026 года");
        assertThat(RU.since(LocalDate.of(2026, 5, 2))).isEqualTo("со 2 мая 2026 года");
        assertThat(RU.since(LocalDate.of(2026, 5, 22))).isEqualTo("с 22 мая 2026 года");
    }

    @ParameterizedTest
    @EnumSource
    void each_month_and_each_day_of_the_week_has_a_word_of_its_own(Language language) {
        Phrases phrases = Phrases.in(language);

        assertThat(Arrays.stream(Month.values()).map(month -> phrases.date(MonthDay.of(month, 1))))
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(DayOfWeek.values()).map(day -> phrases.onDays(List.of(day))))
                .hasSize(7)
                .doesNotHaveDuplicates();
    }

    private static String visible(String text) {
        return text.replace('\u00a0', '_');
    }
}
