package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatHappensTest {
    private static final Wallets WALLETS = new Wallets(Map.of("points", false, "stamps", false, "cashback", true));

    private static Step read(String cell) {
        return new WhatHappens(WALLETS).read(cell);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    private static Basket of(Basket.Line... lines) {
        return new Basket(
                List.of(lines),
                Basket.Place.ANY,
                Basket.NOTHING,
                Basket.NOTHING,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Basket.Line line(String quantity, String sku, String total) {
        return new Basket.Line(number(quantity), sku, Optional.empty(), Optional.empty(), false, new BigDecimal(total));
    }

    @Test
    void members_join_wait_and_do_what_is_rewarded() {
        assertThat(read("Anna joins")).isEqualTo(new Step.Joins("Anna"));
        assertThat(read("Time passes for Anna")).isEqualTo(new Step.Waits("Anna"));
        assertThat(read("Anna does \"review\"")).isEqualTo(new Step.Does("Anna", "review", false));
        assertThat(read("Anna does \"review\", verified")).isEqualTo(new Step.Does("Anna", "review", true));
    }

    @Test
    void a_shop_tells_what_it_knows_of_a_member() {
        assertThat(read("Anna's profile: birthday 05-14"))
                .isEqualTo(new Step.Profile("Anna", Optional.of("05-14"), List.of(), Optional.empty()));
        assertThat(read("Anna's profile: segment vip, region Київ, segment staff"))
                .isEqualTo(new Step.Profile("Anna", Optional.empty(), List.of("vip", "staff"), Optional.of("Київ")));
    }

    @Test
    void an_order_is_of_goods() {
        assertThat(read("Anna buys O-1: 2 × tea for 24.00"))
                .isEqualTo(new Step.Buys("Anna", "O-1", false, of(line("2", "tea", "24.00"))));
        assertThat(read("Anna buys O-1 as quoted: 2 × tea for 24.00, 0.5 × earl grey No. 7 for 3.10"))
                .isEqualTo(new Step.Buys(
                        "Anna", "O-1", true, of(line("2", "tea", "24.00"), line("0.5", "earl grey No. 7", "3.10"))));
    }

    @Test
    void goods_have_a_category_and_a_brand_and_may_be_vouchers() {
        assertThat(read("Anna asks for a quote: 1 × tea (drinks, by Ronnefeldt) for 12.00, "
                        + "1 × card (gifts, voucher) for 50.00, 1 × pot (by Jenaer Glas) for 30.00"))
                .isEqualTo(new Step.Asks(
                        "Anna",
                        of(
                                new Basket.Line(
                                        number("1"),
                                        "tea",
                                        Optional.of("drinks"),
                                        Optional.of("Ronnefeldt"),
                                        false,
                                        number("12.00")),
                                new Basket.Line(
                                        number("1"),
                                        "card",
                                        Optional.of("gifts"),
                                        Optional.empty(),
                                        true,
                                        number("50.00")),
                                new Basket.Line(
                                        number("1"),
                                        "pot",
                                        Optional.empty(),
                                        Optional.of("Jenaer Glas"),
                                        false,
                                        number("30.00")))));
    }

    @Test
    void an_order_has_a_place_and_what_comes_beside_its_goods() {
        Step step =
                read("Anna buys O-1 at the bakery by app as quoted: 1 × bread for 3.00; delivery 4.90; discount 1.00;"
                        + " coupon SPRING; coupon JAM 2; from Kyiv; paid by card_x; pays 2.35 cashback");

        assertThat(step)
                .isEqualTo(new Step.Buys(
                        "Anna",
                        "O-1",
                        true,
                        new Basket(
                                List.of(line("1", "bread", "3.00")),
                                new Basket.Place(Optional.of("bakery"), Optional.of("app")),
                                number("4.90"),
                                number("1.00"),
                                List.of("SPRING", "JAM 2"),
                                Optional.of("Kyiv"),
                                Optional.of("card_x"),
                                Optional.of(new Units(number("2.35"), "cashback")))));
        assertThat(((Step.Buys) step).basket().price()).isEqualTo(number("6.90"));
    }

    @Test
    void orders_arrive_and_come_back() {
        assertThat(read("Anna receives O-1")).isEqualTo(new Step.Receives("Anna", "O-1"));
        assertThat(read("Anna cancels O-1")).isEqualTo(new Step.Cancels("Anna", "O-1"));
        assertThat(read("Anna returns all of O-1")).isEqualTo(new Step.Returns("Anna", "O-1", Map.of()));
        assertThat(read("Anna returns 1 × tea, 0.25 × jam of O-1"))
                .isEqualTo(new Step.Returns("Anna", "O-1", Map.of("tea", number("1"), "jam", number("0.25"))));
        assertThat(read("Anna gets 5.00 back for O-1")).isEqualTo(new Step.GetsBack("Anna", "O-1", number("5.00")));
    }

    @Test
    void points_are_spent_on_an_order_of_which_nothing_else_is_told() {
        assertThat(read("Anna pays 500 points for an order of 60.00 at bakery"))
                .isEqualTo(new Step.Spends(
                        "Anna",
                        new Units(number("500"), "points"),
                        number("60.00"),
                        new Basket.Place(Optional.of("bakery"), Optional.empty())));
        assertThat(read("Anna pays 1 stamp for an order of 60.00"))
                .isEqualTo(
                        new Step.Spends("Anna", new Units(number("1"), "stamps"), number("60.00"), Basket.Place.ANY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "anna joins | no sentence",
                "Anna joins. | no sentence",
                "Anna joins today | no sentence",
                "Anna buys O-1 | no sentence",
                "Anna buys O1: 1 × tea for 2.00 | no sentence",
                "Anna buys O-1: 1 x tea for 2.00 | goods are",
                "Anna buys O-1: 1 × tea 2.00 | goods are",
                "Anna buys O-1: 1 × tea for 2 | goods are",
                "Anna buys O-1: 1 × tea for 2.00,1 × jam for 2.00 | goods are",
                "Anna buys O-1: 1 × tea for 2.00, jam for 2.00 | goods are",
                "Anna buys O-1: 1 × tea (a, b) for 2.00 | said twice: category",
                "Anna buys O-1: 1 × tea (by a, by b) for 2.00 | said twice: brand",
                "Anna buys O-1: 1 × tea for 2.00; shipping 1.00 | an order has no such thing",
                "Anna buys O-1: 1 × tea for 2.00; delivery 1 | an amount has two decimals",
                "Anna buys O-1: 1 × tea for 2.00; delivery 1.00; delivery 1.00 | said twice: delivery",
                "Anna buys O-1: 1 × tea for 2.00; pays 10 miles | no wallet miles",
                "Anna buys O-1: 1 × tea for 2.00; pays 10.00 points | no parts",
                "Anna buys O-1: 1 × tea for 2.00; pays 10 cashback | two decimals",
                "Anna asks for a quote: 1 × tea for 2.00; pays 10 points | a quote is not paid",
                "Anna's profile: name Anna | a profile has no such thing",
                "Anna's profile: birthday 14.05. | a month and a day",
                "Anna returns tea of O-1 | what comes back",
                "Anna returns 1 × tea, 1 × tea of O-1 | said twice: tea",
            })
    void what_is_none_of_the_sentences_is_not_guessed(String cell, String why) {
        assertThatThrownBy(() -> read(cell)).isInstanceOf(Unreadable.class).hasMessageContaining(why);
    }
}
