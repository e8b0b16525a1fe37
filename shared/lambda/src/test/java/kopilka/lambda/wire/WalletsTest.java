package kopilka.lambda.wire;

import static kopilka.lambda.wire.ShopByJson.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kopilka.lambda.http.HttpResponse;
import kopilka.program.Effect;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.Texts;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;
import kopilka.program.Worth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers say of a wallet beside the main one: points as the examples have them, and 5 percent of cashback. */
class WalletsTest {
    private static final WalletId CASHBACK = new WalletId("cashback");

    private final ShopByJson shop = new ShopByJson(withCashback());

    private static Program withCashback() {
        Program program = ProgramDocument.parse(ShopByJson.quoted(ShopByJson.DOCUMENT));
        Rule base = new Rule(
                new RuleId("base"),
                Texts.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new LineCondition.Every(),
                Optional.empty(),
                List.of(
                        new Effect.Earn(WalletId.POINTS, new Rate(1, 100), Optional.empty()),
                        new Effect.Earn(CASHBACK, new Rate(5, 100), Optional.empty())));
        WalletRules cashback = new WalletRules(
                CASHBACK,
                WalletRules.Unit.MONEY,
                Texts.NONE,
                new PendingRule(PendingRule.From.PAID, 0),
                Expiry.by(new ExpiryRule.AfterDays(60, false)),
                Optional.of(
                        new RedemptionRules(new Worth(1, 1), 1, RedemptionRules.WHOLE, RedemptionRules.DEFAULT_HOLD)),
                OptionalLong.empty());
        return new Program(
                program.name(),
                program.currency(),
                program.zone(),
                new RuleBook(
                        List.of(base),
                        0,
                        program.earning().include(),
                        program.earning().rounding(),
                        Multipliers.USUAL,
                        10_000),
                List.of(program.main(), cashback),
                program.refunds(),
                program.referral(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                OptionalLong.empty());
    }

    @BeforeEach
    void anna_joins() {
        shop.enrol("m-anna");
    }

    private static String sums(String balance, String ofCashback) {
        return "'balance':{%s,'wallets':[{'wallet':'cashback',%s}]}".formatted(balance, ofCashback);
    }

    @Test
    void an_order_says_what_it_earned_in_each_wallet() {
        assertThat(line(shop.paid("A-1", "m-anna", "100.00")))
                .startsWith("201 {'order':'A-1','event':'paid','member':'m-anna','outcome':'accrued',"
                        + "'earned':100,'pending':true,'availableFrom':'2026-03-15','expires':'2027-03-31','reversed':0,"
                        + "'wallets':[{'wallet':'cashback','earned':500,'pending':false,"
                        + "'availableFrom':'2026-03-01','expires':'2026-04-30','reversed':0}],'programVersion':1,"
                        + "'sequence':2,"
                        + sums(
                                "'available':0,'pending':100,'held':0,'debt':0",
                                "'available':500,'pending':0,'held':0,'debt':0"))
                .contains("Order A-1 earned 100 points", "; 5.00 EUR of cashback was earned");
    }

    @Test
    void a_refund_and_a_cancellation_say_what_they_did_to_each_wallet() {
        shop.paid("A-1", "m-anna", "100.00");
        shop.hold("{'redemption':'H-1','member':'m-anna','wallet':'cashback','points':400,"
                + "'order':{'total':{'amount':'50.00','currency':'EUR'}}}");
        shop.capture("H-1", "{'member':'m-anna'}");

        assertThat(line(shop.refundOf("A-1", "R-1", "m-anna", "40.00")))
                .contains("'earned':60,'reversed':40,'restored':0")
                .contains("'wallets':[{'wallet':'cashback','earned':300,'reversed':200,'restored':0,"
                        + "'shortfall':{'points':100,'policy':'debt','debt':100,"
                        + "'deduct':{'points':0,'money':{'amount':'0.00','currency':'EUR'}},'writtenOff':0}}]")
                .contains("1.00 EUR of cashback was taken back", "1.00 EUR of cashback was spent already and is owed");
        assertThat(line(shop.event("A-1", "m-anna", "cancelled")))
                .contains("'wallets':[{'wallet':'cashback','earned':0,'pending':false,'reversed':300,'restored':0,");
        assertThat(line(shop.readOrder("A-1", "m-anna")))
                .contains("'earned':0,'reversed':100,'restored':0,"
                        + "'wallets':[{'wallet':'cashback','earned':0,'reversed':500,'restored':0}]");
    }

    @Test
    void a_redemption_names_its_wallet_unless_it_is_the_main_one() {
        shop.paid("A-1", "m-anna", "100.00");
        HttpResponse held = shop.hold("{'redemption':'H-1','member':'m-anna','wallet':'cashback','points':250,"
                + "'order':{'total':{'amount':'50.00','currency':'EUR'}}}");

        assertThat(line(held))
                .isEqualTo("201 {'redemption':'H-1','member':'m-anna','wallet':'cashback','status':'held','points':250,"
                        + "'worth':{'amount':'2.50','currency':'EUR'},'until':'2026-03-01T07:30:00Z','sequence':3,"
                        + sums(
                                "'available':0,'pending':100,'held':0,'debt':0",
                                "'available':250,'pending':0,'held':250,'debt':0")
                        + "}");
        assertThat(line(shop.readRedemption("H-1"))).contains("'wallet':'cashback','status':'held'");
        assertThat(line(shop.capture("H-1", "{'member':'m-anna','points':100}")))
                .contains("'wallet':'cashback','status':'captured','captured':100,'returned':150");
        assertThat(line(shop.readRedemption("H-1"))).contains("'wallet':'cashback','status':'captured'");
        shop.at("2026-03-16T07:00:00Z");
        assertThat(line(shop.hold("H-2", "m-anna", 100))).doesNotContain("'wallet':'points'");
    }

    @Test
    void a_balance_shows_the_other_wallets_beside_the_main_one() {
        assertThat(line(shop.balance("m-anna")))
                .endsWith(",'expiring':[],'wallets':[{'wallet':'cashback','available':0,"
                        + "'worth':{'amount':'0.00','currency':'EUR'},'pending':{'total':0,'lots':[]},'held':0,"
                        + "'redemptions':[],'debt':0,'expiring':[]}]}");
        shop.paid("A-1", "m-anna", "100.00");
        shop.hold("{'redemption':'H-1','member':'m-anna','wallet':'cashback','points':200,"
                + "'order':{'total':{'amount':'50.00','currency':'EUR'}}}");

        assertThat(line(shop.balance("m-anna")))
                .startsWith("200 {'member':'m-anna','asOf':'2026-03-01T07:00:00Z','available':0,")
                .endsWith("'wallets':[{'wallet':'cashback','available':300,"
                        + "'worth':{'amount':'3.00','currency':'EUR'},'pending':{'total':0,'lots':[]},'held':200,"
                        + "'redemptions':[{'redemption':'H-1','points':200,'until':'2026-03-01T07:30:00Z'}],'debt':0,"
                        + "'expiring':[{'points':300,'expires':'2026-04-30'}]}]}");
    }

    @Test
    void a_page_of_the_ledger_names_the_wallets_of_movements() {
        shop.paid("A-1", "m-anna", "100.00");
        shop.at("2026-05-02T07:00:00Z").close("m-anna");

        assertThat(line(shop.ledger("m-anna")))
                .contains("{'kind':'accrue','points':100,")
                .contains("{'kind':'accrue','wallet':'cashback','points':500,")
                .contains("{'kind':'expire','wallet':'cashback','points':500,")
                .contains("meanwhile 100 points became available and 5.00 EUR of cashback expired");
    }

    @Test
    void who_leaves_is_told_what_ended_in_each_wallet() {
        shop.paid("A-1", "m-anna", "100.00");

        assertThat(line(shop.close("m-anna")))
                .contains("'expired':100,'wallets':[{'wallet':'cashback','expired':500}]");
    }

    @Test
    void a_wallet_is_named_in_lower_case_and_has_to_be_there() {
        String hold = "{'redemption':'H-1','member':'m-anna','wallet':'%s','points':1,"
                + "'order':{'total':{'amount':'50.00','currency':'EUR'}}}";

        assertThat(line(shop.hold(hold.formatted("Cashback")))).startsWith("400 ");
        assertThat(line(shop.hold(hold.formatted("stars")))).startsWith("404 ").contains("wallet_not_found", "/wallet");
    }
}
