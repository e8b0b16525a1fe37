package kopilka.lambda.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kopilka.lambda.wire.ShopByJson.DOCUMENT;
import static kopilka.lambda.wire.ShopByJson.errors;
import static kopilka.lambda.wire.ShopByJson.json;
import static kopilka.lambda.wire.ShopByJson.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Differences;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.program.Category;
import kopilka.program.EarningRules;
import kopilka.program.ExpiryRule;
import kopilka.program.PendingRule;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.RedemptionRules;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.Worth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramDocumentTest {
    @Test
    void of_two_documents_the_order_of_rules_and_wallets_counts_and_no_other() {
        JsonValue before = json("{'name':'x','wallets':{'points':{},'cashback':{}},'rules':[{'id':'a'},{'id':'b'}]}");
        JsonValue after =
                json("{'rules':[{'id':'b'},{'id':'a'},{'id':'c'}],'wallets':{'cashback':{},'points':{}},'name':'x'}");

        Differences differences = ProgramDocument.differences(before, after);
        assertThat(differences.list())
                .extracting(difference -> difference.op().code() + difference.pointer())
                .containsExactly("moved/wallets/cashback", "added/rules/2", "moved/rules/0");
        assertThat(ProgramDocument.differences(before, before).list()).isEmpty();
    }

    private static final String SMALLEST = """
            {'format':1,'name':'S','currency':'JPY','timeZone':'UTC','earning':{'rate':{'percent':'5'}},
             'pending':{'from':'delivered','days':0},'redemption':{'worth':{'points':1,'amount':'1'}},
             'refunds':{'shortfall':{'policy':'deduct'}}}
            """;

    @Test
    void a_document_says_all_of_a_program() {
        assertThat(ProgramDocument.parse(quoted(DOCUMENT)))
                .isEqualTo(new Program(
                        "Demo shop",
                        Currency.getInstance("EUR"),
                        ZoneId.of("Europe/Kyiv"),
                        new EarningRules(
                                new Rate(1, 100),
                                Map.of(
                                        new Category("premium"),
                                        new Rate(2, 100),
                                        new Category("alcohol"),
                                        Rate.NOTHING),
                                1000,
                                OptionalLong.of(5000),
                                EarningRules.Include.USUAL,
                                EarningRules.Rounding.DOWN_ON_ORDER),
                        new PendingRule(PendingRule.From.PAID, 14),
                        new ExpiryRule.AfterMonths(12, true),
                        new RedemptionRules(new Worth(100, 100), 100, 5000, Duration.ofMinutes(30)),
                        new RefundRules(new RefundRules.Shortfall.Debt(), 30),
                        Optional.of(new ReferralRules(500, 300, 2000))));
    }

    @Test
    void what_is_left_out_is_as_usual() {
        assertThat(ProgramDocument.parse(quoted(SMALLEST)))
                .isEqualTo(new Program(
                        "S",
                        Currency.getInstance("JPY"),
                        ZoneId.of("UTC"),
                        new EarningRules(
                                new Rate(5, 100),
                                Map.of(),
                                0,
                                OptionalLong.empty(),
                                EarningRules.Include.USUAL,
                                EarningRules.Rounding.DOWN_ON_ORDER),
                        new PendingRule(PendingRule.From.DELIVERED, 0),
                        new ExpiryRule.Never(),
                        new RedemptionRules(new Worth(1, 1), 1, 10_000, Duration.ofMinutes(30)),
                        new RefundRules(new RefundRules.Shortfall.Deduct(), 0),
                        Optional.empty()));
    }

    @Test
    void a_percentage_gives_points_at_their_worth() {
        String document = DOCUMENT.replace("'rate':{'points':1,'per':'1.00'}", "'rate':{'percent':'2.5'}");

        // 2.5 % of 100.00 is 2.50, which is 250 points.
        assertThat(ProgramDocument.parse(quoted(document)).earning().rate()).isEqualTo(new Rate(250, 10_000));
    }

    @Test
    void without_a_minimum_any_goods_qualify_for_a_referral() {
        String document = DOCUMENT.replace(",'minimumOrder':'20.00'}", "}");

        assertThat(ProgramDocument.parse(quoted(document)).referral()).contains(new ReferralRules(500, 300, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'format':1 | 'format':3 | /format unknown_value",
                "'format':1 | 'format':'1' | /format wrong_type",
                "'format':1, | `` | /format missing",
                "'Demo shop' | '' | /name too_short",
                "'Demo shop' | null | /name wrong_type",
                "'EUR' | 'EURO' | /currency unknown_value",
                "'EUR' | 'eur' | /currency unknown_value",
                "'EUR' | 'XAU' | /currency unknown_value",
                "'EUR' | 'XXX' | /currency unknown_value",
                "'EUR' | 978 | /currency wrong_type",
                "'Europe/Kyiv' | 'Europe/Atlantis' | /timeZone unknown_value",
                "'Europe/Kyiv' | '+02:00' | /timeZone unknown_value",
                "'Europe/Kyiv' | 'UTC+2' | /timeZone unknown_value",
                "'Europe/Kyiv' | 2 | /timeZone wrong_type",
                "'points':1,'per':'1.00' | 'points':0,'per':'1.00' | /earning/rate/points out_of_range",
                "'points':1,'per':'1.00' | 'points':-1,'per':'1.00' | /earning/rate/points out_of_range",
                "'points':1,'per':'1.00' | 'points':1.5,'per':'1.00' | /earning/rate/points not_an_integer",
                "'points':1,'per':'1.00' | 'points':1,'per':'0.00' | /earning/rate/per out_of_range",
                "'points':1,'per':'1.00' | 'points':1,'per':'-1.00' | /earning/rate/per out_of_range",
                "'points':1,'per':'1.00' | 'points':1,'per':'1.001' | /earning/rate/per too_many_decimals",
                "'points':1,'per':'1.00' | 'points':1,'per':1 | /earning/rate/per wrong_type",
                "'points':1,'per':'1.00' | 'points':1 | /earning/rate/per missing",
                "'points':1,'per':'1.00' | 'points':10001,'per':'0.01' | /earning/rate out_of_range",
                "'points':1,'per':'1.00' | 'percent':'0' | /earning/rate/percent out_of_range",
                "'points':1,'per':'1.00' | 'percent':'100.0001' | /earning/rate/percent out_of_range",
                "'points':1,'per':'1.00' | 'percent':'1.00001' | /earning/rate/percent too_many_decimals",
                "'points':1,'per':'1.00' | 'percent':5 | /earning/rate/percent wrong_type",
                "'points':1,'per':'1.00' | 'percent':'5%' | /earning/rate/percent bad_format",
                "'points':1,'per':'1.00' | 'percent':'5','per':'1.00' | /earning/rate/per not_allowed",
                "'premium': | '': | /earning/categories bad_format",
                "'points':2,'per':'1.00' | 'points':1000000,'per':'0.01' | /earning/categories/premium out_of_range",
                "'percent':'0' | 'percent':'-0' | /earning/categories/alcohol/percent out_of_range",
                "'minimumOrder':'10.00','max | 'minimumOrder':'10.001','max | /earning/minimumOrder too_many_decimals",
                "5000 | 0 | /earning/maximumPerOrder out_of_range",
                "5000 | 1000000000001 | /earning/maximumPerOrder out_of_range",
                "5000 | 9223372036854775808 | /earning/maximumPerOrder out_of_range",
                "'tax':false | 'tax':0 | /earning/include/tax wrong_type",
                "'tax':false | 'taxes':false | /earning/include unknown_field",
                "'down_on_order' | 'up' | /earning/rounding unknown_value",
                "'from':'paid' | 'from':'placed' | /pending/from unknown_value",
                "'days':14 | 'days':367 | /pending/days out_of_range",
                "'days':14 | 'days':-1 | /pending/days out_of_range",
                "'months':12, | `` | /expiry/months missing",
                "'months':12 | 'months':12,'days':365 | /expiry/days not_allowed",
                "'months':12 | 'months':0 | /expiry/months out_of_range",
                "'months':12 | 'days':36601 | /expiry/days out_of_range",
                "'points':100, | 'points':0, | /redemption/worth/points out_of_range",
                "'points':100,'amount':'1.00' | 'points':100,'amount':'0.00' | /redemption/worth/amount out_of_range",
                "'points':100,'amount':'1.00' | 'points':10001,'amount':'0.01' | /redemption/worth out_of_range",
                "'points':100,'amount':'1.00' | 'points':1,'amount':'10000.01' | /redemption/worth out_of_range",
                "'minimumPoints':100 | 'minimumPoints':0 | /redemption/minimumPoints out_of_range",
                "'maximumShare':'50' | 'maximumShare':'0' | /redemption/maximumShare out_of_range",
                "'maximumShare':'50' | 'maximumShare':'100.01' | /redemption/maximumShare out_of_range",
                "'maximumShare':'50' | 'maximumShare':'50.001' | /redemption/maximumShare too_many_decimals",
                "'maximumShare':'50' | 'maximumShare':50 | /redemption/maximumShare wrong_type",
                "'holdMinutes':30 | 'holdMinutes':0 | /redemption/holdMinutes out_of_range",
                "'holdMinutes':30 | 'holdMinutes':10081 | /redemption/holdMinutes out_of_range",
                "'policy':'debt' | 'policy':'forgive' | /refunds/shortfall/policy unknown_value",
                "'policy':'debt' | 'policy':'write_off' | /refunds/shortfall/limit missing",
                "'policy':'debt' | 'policy':'debt','limit':5 | /refunds/shortfall/limit not_allowed",
                "'policy':'debt' | 'policy':'write_off','limit':-1 | /refunds/shortfall/limit out_of_range",
                "'graceDays':30 | 'graceDays':367 | /refunds/graceDays out_of_range",
                "'referrerPoints':500, | `` | /referral/referrerPoints missing",
                "'refereePoints':300 | 'refereePoints':-1 | /referral/refereePoints out_of_range",
                "'20.00' | '20,00' | /referral/minimumOrder bad_format",
                "'format':1 | 'format':1,'tiers':[] | (whole) unknown_field",
            })
    void an_error_is_named_by_its_place_and_code(String what, String instead, String error) {
        assertThat(DOCUMENT).contains(what);
        String document = DOCUMENT.replaceFirst(Pattern.quote(what), instead);

        assertThat(errors(ProgramDocument.decode(json(document), Place.BODY)))
                .containsExactly("pointer " + error.replace("(whole)", ""));
    }

    @Test
    void every_error_is_named_at_once() {
        String document = DOCUMENT.replace("'EUR'", "'EURO'")
                .replace("Europe/Kyiv", "Kyiv")
                .replace("'percent':'0'", "'percent':'x'")
                .replace("'days':14", "'days':999")
                .replace("'50'", "'500'");

        assertThat(errors(ProgramDocument.decode(json(document), Place.BODY)))
                .containsExactly(
                        "pointer /currency unknown_value",
                        "pointer /timeZone unknown_value",
                        "pointer /earning/categories/alcohol/percent bad_format",
                        "pointer /pending/days out_of_range",
                        "pointer /redemption/maximumShare out_of_range");
    }

    @Test
    void errors_of_a_document_in_something_else_say_so() {
        assertThat(errors(ProgramDocument.decode(
                        json("{}"), Place.BODY.child("bootstrap").child("document"))))
                .contains("pointer /bootstrap/document/format missing")
                .hasSize(8);
    }

    @Test
    void what_is_no_document_is_said_to_be_none() {
        assertThat(errors(ProgramDocument.decode("{'format':1".getBytes(UTF_8))))
                .containsExactly("pointer  malformed_json");
        assertThat(errors(ProgramDocument.decode("[]".getBytes(UTF_8)))).containsExactly("pointer  wrong_type");
        assertThatThrownBy(() -> ProgramDocument.parse("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_most_generous_program_still_computes() {
        String document = DOCUMENT.replace("'points':1,'per':'1.00'", "'percent':'100'")
                .replace("'points':100,'amount':'1.00'", "'points':1000000,'amount':'1.00'");

        assertThat(ProgramDocument.parse(quoted(document)).earning().rate()).isEqualTo(new Rate(10_000, 1));
        assertThat(errors(ProgramDocument.decode(
                        json(document.replace("'amount':'1.00'", "'amount':'0.99'")), Place.BODY)))
                .containsExactly("pointer /redemption/worth out_of_range");
    }

    @Test
    void currency_and_zone_stay_for_good() {
        Program before = ProgramDocument.parse(quoted(DOCUMENT));
        Program after = ProgramDocument.parse(quoted(SMALLEST));

        assertThat(errors(new Decoded.Invalid<>(ProgramDocument.unchangeable(before, after, Place.BODY))))
                .containsExactly("pointer /currency unchangeable", "pointer /timeZone unchangeable");
        assertThat(ProgramDocument.unchangeable(before, before, Place.BODY)).isEmpty();
    }
}
