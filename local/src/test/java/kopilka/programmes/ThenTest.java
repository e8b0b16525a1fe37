package kopilka.programmes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThenTest {
    private static final Wallets WALLETS = new Wallets(Map.of("points", false, "cashback", true));

    private static List<Claim> read(String cell) {
        return new Then(WALLETS).read(cell);
    }

    private static Units points(String number) {
        return new Units(new BigDecimal(number), "points");
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void an_order_earns_and_costs() {
        assertThat(read("discount 1.20 by card, gets free delivery, pays 10.80, earns 10 points, earns 0.54 cashback"))
                .containsExactly(
                        new Claim.Discount(money("1.20"), "card"),
                        new Claim.Gets("free_delivery", Optional.empty()),
                        new Claim.Pays(money("10.80")),
                        new Claim.Earns(points("10")),
                        new Claim.Earns(new Units(money("0.54"), "cashback")));
    }

    @Test
    void a_quote_says_what_would_be() {
        assertThat(read("would pay 10.80, would earn 1 point, can pay up to 300 points, can pay no cashback, "
                        + "39.20 more for silver-delivery"))
                .containsExactly(
                        new Claim.WouldPay(money("10.80")),
                        new Claim.WouldEarn(points("1")),
                        new Claim.CanPay(points("300")),
                        new Claim.CanPay(new Units(money("0.00"), "cashback")),
                        new Claim.MoreFor(money("39.20"), "silver-delivery"));
    }

    @Test
    void a_return_takes_back_and_gives_back() {
        assertThat(read("nothing moves")).containsExactly(new Claim.NothingMoves());
        assertThat(read(
                        "24 points taken back, 5 points given back, 2 points written off, 0.19 kept back from the refund,"
                                + " refund of 8.50"))
                .containsExactly(
                        new Claim.TakenBack(points("24")),
                        new Claim.GivenBack(points("5")),
                        new Claim.WrittenOff(points("2")),
                        new Claim.KeptBack(money("0.19")),
                        new Claim.RefundOf(money("8.50")));
    }

    @Test
    void an_account_stands_somewhere() {
        assertThat(read("owes 19 points, 0 points available, 7 points pending, 3 points until 2027-03-31, tier gold"))
                .containsExactly(
                        new Claim.Owes(points("19")),
                        new Claim.Available(points("0")),
                        new Claim.Pending(points("7")),
                        new Claim.Until(points("3"), LocalDate.of(2027, 3, 31)),
                        new Claim.Tier("gold"));
    }

    @Test
    void commas_in_a_label_are_part_of_it() {
        assertThat(read("gets \"Tea, on us\", gets a gift: \"A cup, blue\", gets early access"))
                .containsExactly(
                        new Claim.Gets("label", Optional.of("Tea, on us")),
                        new Claim.Gets("gift", Optional.of("A cup, blue")),
                        new Claim.Gets("early_access", Optional.empty()));
    }

    @Test
    void a_refusal_has_the_code_of_its_problem() {
        assertThat(read("refused: insufficient points")).containsExactly(new Claim.Refused("insufficient_points"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | nothing that can be said",
                "Earns 10 points | nothing that can be said",
                "earns 10 points. | nothing that can be said",
                "earns 10 points; pays 3.00 | nothing that can be said",
                "earns 10 points,pays 3.00 | nothing that can be said",
                "pays 3 | nothing that can be said",
                "earns 10 miles | no wallet miles",
                "earns 2 point | no wallet point",
                "earns 10.00 points | no parts",
                "earns 10 cashback | two decimals",
                "earns 10 points, earns 10 points | said twice",
                "3 points until 2027-02-29 | no day",
            })
    void what_is_none_of_the_sentences_is_not_guessed(String cell, String why) {
        assertThatThrownBy(() -> read(cell)).isInstanceOf(Unreadable.class).hasMessageContaining(why);
    }
}
