package kopilka.lambda.wire.document;

import static kopilka.lambda.wire.document.Examples.CASHBACK;
import static kopilka.lambda.wire.document.Examples.SMALLEST;
import static kopilka.lambda.wire.document.Examples.TEA_CLUB;
import static kopilka.lambda.wire.document.Examples.decode;
import static kopilka.lambda.wire.document.Examples.errors;
import static kopilka.lambda.wire.document.Examples.quoted;
import static kopilka.lambda.wire.document.Examples.sentences;
import static kopilka.lambda.wire.document.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import kopilka.program.Program;
import kopilka.program.RuleBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // The document as a whole.
                "'format': 2 | 'format': 3 | /format unknown_value, /earning/rate missing, /earning unknown_field, /pending missing, /redemption missing, (whole) unknown_field",
                "'name': 'Tea club' | 'name': '' | /name too_short",
                "'EUR' | 'EURO' | /currency unknown_value",
                "'Europe/Kyiv' | 'Kyiv' | /timeZone unknown_value",
                "'limits': {'g | 'limit': {'g | (whole) unknown_field",
                "'refunds': | 'refunds_': | /refunds missing, (whole) unknown_field",
                "'rules': [ | 'rules_': [ | /rules missing, (whole) unknown_field",
                "'wallets': { | 'wallets_': { | /wallets missing, (whole) unknown_field",
                "'giveBackPercent': '30' | 'giveBackPercent': '0' | /limits/giveBackPercent out_of_range",
                "'maximumShare': '40' | 'maximumShare': '100.01' | /discounts/maximumShare out_of_range",
                "['vip', 'staff'] | ['vip', 'staff', 'vip'] | /segments/2 repeated",
                "['vip', 'staff'] | ['vip', 'my staff'] | /segments/1 bad_format",
                "'limit': 500 | 'limit': -1 | /refunds/shortfall/limit out_of_range",
                "'20.00' | '20' | ``",
                "'20.00' | '20.001' | /referral/minimumOrder unfit_for_currency",
                // Earning.
                "'minimumOrder': '10.00' | 'minimumOrder': '10.000' | /earning/minimumOrder unfit_for_currency",
                "'minimumOrder': '10.00' | 'minimumOrder': '10.00001' | /earning/minimumOrder too_many_decimals",
                "'minimumOrder': '10.00' | 'minimumOrder': '-1.00' | /earning/minimumOrder out_of_range",
                "'minimumOrder': '10.00' | 'minimumOrder': 10 | /earning/minimumOrder wrong_type",
                "'minimumOrder': '10.00' | 'minimumOrder': '100000000000.01' | /earning/minimumOrder unfit_for_currency",
                "'minimumOrder': '10.00' | 'minimumOrder': '10000000000001' | /earning/minimumOrder out_of_range",
                "'combine': 'multiply' | 'combine': 'best' | /earning/multipliers/combine unknown_value",
                "'maximum': '5.5' | 'maximum': '0.99' | /earning/multipliers/maximum out_of_range",
                "'maximum': '5.5' | 'maximum': '5.555' | /earning/multipliers/maximum too_many_decimals",
                "'down_on_line' | 'half_up' | /earning/rounding unknown_value",
                "'delivery': true | 'delivery': 'yes' | /earning/include/delivery wrong_type",
                // Wallets.
                "'stars': {'unit': | 'Stars': {'unit': | /wallets/Stars bad_format, /rules/1/then/2/bonus/wallet unknown_wallet",
                "'unit': 'points' | 'unit': 'miles' | /wallets/points/unit unknown_value",
                "'unit': 'points', | `` | /wallets/points/unit missing",
                "'en': 'points' | 'de': 'Punkte' | /wallets/points/name unknown_field",
                "'en': 'points' | 'en': '' | /wallets/points/name/en too_short",
                "{'en': 'points', 'ru': 'баллы', 'uk': 'бали', 'kk': 'ұпай'} | {} | /wallets/points/name too_few",
                "'from': 'delivered' | 'from': 'shipped' | /wallets/points/pending/from unknown_value",
                "'pending': {'from': 'delivered', 'days': 14}, | `` | /wallets/points/pending missing",
                "'days': 14 | 'days': 367 | /wallets/points/pending/days out_of_range",
                "'months': 12, | 'months': 12, 'days': 300, | /wallets/points/expiry/days not_allowed",
                "'months': 12, | 'months': 1201, | /wallets/points/expiry/months out_of_range",
                "{'days': 90} | {'roundToMonthEnd': true} | /wallets/cashback/expiry/months missing",
                "{'days': 90} | {'atLeastDays': 3} | /wallets/cashback/expiry/dates missing",
                "'12-31' | '02-29' | /wallets/points/expiry/dates/0 bad_format",
                "'12-31' | '06-31' | /wallets/points/expiry/dates/0 bad_format",
                "'12-31' | '06-30' | /wallets/points/expiry/dates/1 repeated",
                "['12-31', '06-30'] | [] | /wallets/points/expiry/dates too_few",
                "'atLeastDays': 30 | 'atLeastDays': 367 | /wallets/points/expiry/atLeastDays out_of_range",
                "{'days': 180, | { | /wallets/points/expiry/inactivity/months missing",
                "{'days': 180, | {'days': 180, 'months': 6, | /wallets/points/expiry/inactivity/days not_allowed",
                "['order', 'activity'] | ['order', 'login'] | /wallets/points/expiry/inactivity/counts/1 unknown_value",
                "['order', 'activity'] | ['order', 'order'] | /wallets/points/expiry/inactivity/counts/1 repeated",
                "{'gold': {'months': 24}} | {'platinum': {'months': 24}} | /wallets/points/expiry/tiers/platinum unknown_tier",
                "{'gold': {'months': 24}} | {'Gold': {'months': 24}} | /wallets/points/expiry/tiers/Gold bad_format",
                "{'gold': {'months': 24}} | {'gold': {}} | /wallets/points/expiry/tiers/gold/months missing",
                "'worth': {'points': 100, 'amount': '1.00'}, | `` | /wallets/points/redemption/worth missing",
                "'points': 100, 'amount': '1.00' | 'points': 10001, 'amount': '0.01' | /wallets/points/redemption/worth worth_out_of_range",
                "'points': 100, 'amount': '1.00' | 'points': 1, 'amount': '10000.01' | /wallets/points/redemption/worth worth_out_of_range",
                "'points': 100, 'amount': '1.00' | 'points': 100, 'amount': '0.00' | /wallets/points/redemption/worth/amount out_of_range",
                "{'minimumPoints': 100} | {'worth': {'points': 1, 'amount': '0.01'}} | /wallets/cashback/redemption/worth not_allowed",
                "'step': 50 | 'step': 0 | /wallets/points/redemption/step out_of_range",
                "'maximumShare': '50' | 'maximumShare': '0.00' | /wallets/points/redemption/maximumShare out_of_range",
                "'holdMinutes': 15 | 'holdMinutes': 10081 | /wallets/points/redemption/holdMinutes out_of_range",
                "{'channel': ['web']} | {'amount': {'atLeast': '1.00'}} | /wallets/points/redemption/when/all/1/amount not_allowed",
                "{'channel': ['web']} | {'not': {'matching': {'below': '1.00'}}} | /wallets/points/redemption/when/all/1/not/matching not_allowed",
                "{'channel': ['web']} | {'order': {'first': true}} | /wallets/points/redemption/when/all/1/order not_allowed",
                "{'channel': ['web']} | {'payment': ['card']} | /wallets/points/redemption/when/all/1/payment not_allowed",
                "{'channel': ['web']} | {'coupon': ['X']} | /wallets/points/redemption/when/all/1/coupon not_allowed",
                "'maximumPerOrder': 5000 | 'maximumPerOrder': '5000.00' | /wallets/points/maximumPerOrder wrong_type",
                "'maximumPerOrder': '25.00' | 'maximumPerOrder': 2500 | /wallets/cashback/maximumPerOrder wrong_type",
                "'maximumPerOrder': '25.00' | 'maximumPerOrder': '10000000000.01' | /wallets/cashback/maximumPerOrder unfit_for_currency",
                // Rules.
                "'id': 'base' | 'id': 'Base' | /rules/0/id bad_format",
                "'id': 'gold', 'p | 'id': 'base', 'p | /rules/1/id repeated_id",
                "'id': 'base', | `` | /rules/0/id missing",
                "'priority': 10 | 'priority': 1001 | /rules/1/priority out_of_range",
                "'priority': 10 | 'priority': 1.5 | /rules/1/priority not_an_integer",
                "'group': 'rate' | 'group': '' | /rules/0/group bad_format",
                "'A point for each euro' | 7 | /rules/0/title/en wrong_type",
                "'2027-01-01T00:00:00+02:00' | '2026-12-01T00:00:00+02:00' | /rules/2/to ends_before_it_begins",
                "'2027-01-01T00:00:00+02:00' | '2027-01-01T00:00:00' | /rules/2/to bad_format",
                "'2026-12-01T00:00:00+02:00' | '2026-02-30T00:00:00Z' | /rules/2/from bad_format",
                "[{'earn': {'wallet': 'points', 'points': 1, 'per': '1.00'}}] | [] | /rules/0/then too_few",
                // Lines.
                "{'brand': ['Ronnefeldt']} | {'colour': ['green']} | /rules/2/for/all/0/any/1 unknown_field",
                "{'brand': ['Ronnefeldt']} | {} | /rules/2/for/all/0/any/1 too_few",
                "{'brand': ['Ronnefeldt']} | {'brand': ['R'], 'sku': ['S']} | /rules/2/for/all/0/any/1 too_many",
                "{'brand': ['Ronnefeldt']} | {'brand': 'Ronnefeldt'} | /rules/2/for/all/0/any/1/brand wrong_type",
                "{'brand': ['Ronnefeldt']} | {'brand': []} | /rules/2/for/all/0/any/1/brand too_few",
                "['S-1', 'S-2'] | ['S-1', 'S-1'] | /rules/2/for/all/0/any/2/sku/1 repeated",
                "{'not': {'category': ['outlet']}} | {'not': [{'category': ['outlet']}]} | /rules/2/for/all/1/not wrong_type",
                // Circumstances.
                "'atLeast': '50.00', 'below': '100.00' | 'atLeast': '50.00', 'below': '50.00' | /rules/2/when/all/0/amount/below empty_range",
                "'atLeast': '50.00', 'below': '100.00' | `` | /rules/2/when/all/0/amount too_few",
                "'atLeast': '50.00', 'below': '100.00' | 'below': '0.00' | /rules/2/when/all/0/amount/below out_of_range",
                "'atLeast': '50.00', 'below': '100.00' | 'atLeast': '50.005' | /rules/2/when/all/0/amount/atLeast unfit_for_currency",
                "{'shop': ['s1']} | {'shop': ['s 1']} | /rules/2/when/all/2/shop/0 bad_format",
                "['mon', 'fri'] | ['mon', 'friday'] | /rules/2/when/all/5/days/1 unknown_value",
                "'to': '02:00' | 'to': '18:00' | /rules/2/when/all/6/hours/to empty_range",
                "'to': '02:00' | 'to': '24:00' | /rules/2/when/all/6/hours/to bad_format",
                "'to': '2026-12-31' | 'to': '2026-11-30' | /rules/2/when/all/7/dates/to ends_before_it_begins",
                "'to': '2026-12-31' | 'to': '2026-11-31' | /rules/2/when/all/7/dates/to bad_format",
                "'to': '2026-12-31' | 'to': '2027-02-29' | /rules/2/when/all/7/dates/to bad_format",
                "'to': '2026-12-31' | 'to': '2028-02-29' | ``",
                "{'first': true} | {'first': false} | /rules/2/when/all/8/any/0/order/first unknown_value",
                "{'first': true} | {'first': true, 'per': 'day'} | /rules/2/when/all/8/any/0/order/per not_allowed",
                "{'every': 3, 'per': 'month'} | {'every': 3} | /rules/2/when/all/8/any/1/order/per missing",
                "{'every': 3, 'per': 'month'} | {'every': 1, 'per': 'month'} | /rules/2/when/all/8/any/1/order/every out_of_range",
                "{'every': 3, 'per': 'month'} | {'every': 3, 'number': 3, 'per': 'month'} | /rules/2/when/all/8/any/1/order too_many",
                "{'number': 1, 'per': 'year'} | {'number': 1, 'per': 'decade'} | /rules/2/when/all/8/any/2/order/per unknown_value",
                "{'tier': ['gold']}, 'then' | {'tier': ['platinum']}, 'then' | /rules/1/when/tier/0 unknown_tier",
                "{'segment': ['vip']} | {'segment': ['vips']} | /rules/2/when/all/10/segment/0 unknown_segment",
                "{'before': 3, 'after': 4} | {'before': 61, 'after': 4} | /rules/2/when/all/11/birthday/before out_of_range",
                "{'before': 3, 'after': 4} | {} | ``",
                "{'within': 30} | {'within': 30, 'before': '2026-01-01'} | /rules/2/when/all/12/joined too_many",
                "{'within': 30} | {'within': -1} | /rules/2/when/all/12/joined/within out_of_range",
                "['card_x'] | ['Card X'] | /rules/2/when/all/14/payment/0 bad_format",
                "['SPRING'] | [''] | /rules/2/when/all/15/coupon/0 too_short",
                // Effects.
                "{'earn': {'wallet': 'points', 'points': 1, 'per': '1.00'}} | {'earn': {'wallet': 'miles', 'points': 1, 'per': '1.00'}} | /rules/0/then/0/earn/wallet unknown_wallet",
                "'points': 1, 'per': '1.00' | 'points': 1 | /rules/0/then/0/earn/per missing",
                "'points': 1, 'per': '1.00' | 'points': 1, 'per': '0.00' | /rules/0/then/0/earn/per out_of_range",
                "'points': 1, 'per': '1.00' | 'points': 10001, 'per': '0.01' | /rules/0/then/0/earn/points too_generous",
                "'points': 1, 'per': '1.00' | 'points': 1, 'per': '1.00', 'percent': '1' | /rules/0/then/0/earn/points not_allowed, /rules/0/then/0/earn/per not_allowed",
                "'wallet': 'points', 'points': 1, 'per': | 'wallet': 'cashback', 'points': 1, 'per': | /rules/0/then/0/earn/points wrong_unit",
                "'wallet': 'points', 'percent' | 'wallet': 'stars', 'percent' | /rules/1/then/0/earn/percent no_worth",
                "'percent': '2.5' | 'percent': '0.0000' | /rules/1/then/0/earn/percent out_of_range",
                "'percent': '2.5' | 'percent': '2.55555' | /rules/1/then/0/earn/percent too_many_decimals",
                "'wallet': 'stars', 'points': 50 | 'wallet': 'stars', 'amount': '50.00' | /rules/1/then/2/bonus/amount wrong_unit",
                "'wallet': 'stars', 'points': 50 | 'wallet': 'cashback', 'points': 50 | /rules/1/then/2/bonus/points wrong_unit",
                "'wallet': 'stars', 'points': 50 | 'wallet': 'stars', 'points': 0 | /rules/1/then/2/bonus/points out_of_range",
                "'wallet': 'stars', 'points': 50 | 'wallet': 'stars' | /rules/1/then/2/bonus/points missing",
                "'wallet': 'stars', 'points': 50 | 'wallet': 'cashback' | /rules/1/then/2/bonus/amount missing",
                "'wallet': 'stars', 'points': 50 | 'wallet': 'cashback', 'points': 5, 'amount': '1.00' | /rules/1/then/2/bonus/points not_allowed",
                "{'kind': 'free_delivery'} | {'kind': 'free_returns'} | /rules/1/then/4/benefit/kind unknown_value",
                "'label', 'label': 'A cup for free' | 'label' | /rules/1/then/5/benefit/label missing",
                "'by': '2.5' | 'by': '100.01' | /rules/2/then/0/multiply/by out_of_range",
                "'by': '2.5' | 'by': '2.555' | /rules/2/then/0/multiply/by too_many_decimals",
                "'by': '2.5' | 'by': 2.5 | /rules/2/then/0/multiply/by wrong_type",
                "'multiply': {'wallet': 'points' | 'multiply': {'wallet': 'rubles' | /rules/2/then/0/multiply/wallet unknown_wallet",
                "{'percent': '10'} | {'percent': '100.01'} | /rules/2/then/1/discount/percent out_of_range",
                "{'percent': '10'} | {'percent': '10', 'amount': '1.00'} | /rules/2/then/1/discount too_many",
                "{'amount': '5.00'} | {'amount': '0.00'} | /rules/2/then/2/discount/amount out_of_range",
                // Tiers.
                "{'calendar': 'half_year'} | {'calendar': 'decade'} | /tiers/period/calendar unknown_value",
                "{'calendar': 'half_year'} | {} | /tiers/period too_few",
                "{'calendar': 'half_year'} | {'rolling': {'months': 61}} | /tiers/period/rolling/months out_of_range",
                "{'calendar': 'half_year'} | {'rolling': {'months': 6, 'days': 3}} | /tiers/period/rolling too_many",
                "{'calendar': 'half_year'} | {'anniversary': {}} | /tiers/period/anniversary/months missing",
                "'to': 'one_step' | 'to': 'zero' | /tiers/downgrade/to unknown_value",
                "'graceDays': 30} | 'graceDays': 367} | /tiers/downgrade/graceDays out_of_range",
                "{'id': 'silver', 'qualify': {'any': [{'spend': '300.00'}, {'orders': 5}]}} | {'id': 'silver'} | /tiers/levels/1/qualify missing",
                "{'id': 'bronze', | {'id': 'bronze', 'qualify': {'orders': 1}, 'keep': {'orders': 1}, | /tiers/levels/0/qualify not_allowed, /tiers/levels/0/keep not_allowed",
                "{'spend': '1000.00'} | {'spend': '299.99'} | ``",
                "{'all': [{'spend': '1000.00'}, {'points': 5000}]} | {'spend': '299.99'} | /tiers/levels/2/qualify not_ascending",
                "{'all': [{'spend': '1000.00'}, {'points': 5000}]} | {'orders': 4} | /tiers/levels/2/qualify not_ascending",
                "{'all': [{'spend': '1000.00'}, {'points': 5000}]} | {'any': [{'orders': 5}, {'spend': '300.00'}, {'points': 1}]} | /tiers/levels/2/qualify not_ascending",
                "{'all': [{'spend': '1000.00'}, {'points': 5000}]} | {'any': [{'orders': 5}, {'spend': '300.00'}]} | ``",
                "{'all': [{'spend': '1000.00'}, {'points': 5000}]} | {'points': 1} | ``",
                "{'points': 5000} | {'points': 0} | /tiers/levels/2/qualify/all/1/points out_of_range",
                "{'spend': '800.00'} | {'spend': '0.00'} | /tiers/levels/2/keep/spend out_of_range",
                "{'kind': 'early_access'} | {'kind': 'label'} | /tiers/levels/2/benefits/0/label missing",
                // Activities.
                "'review': { | 'Review': { | /activities/Review bad_format",
                "{'wallet': 'points', 'points': 20} | {'wallet': 'miles', 'points': 20} | /activities/review/earn/0/wallet unknown_wallet",
                "{'wallet': 'points', 'points': 20} | {'wallet': 'points', 'amount': '20.00'} | /activities/review/earn/0/amount wrong_unit",
                "[{'wallet': 'points', 'points': 100}] | [] | /activities/join/earn too_few",
                "{'times': 1, 'per': 'day'} | {'times': 0, 'per': 'day'} | /activities/review/limits/0/times out_of_range",
                "{'times': 1, 'per': 'day'} | {'times': 1, 'per': 'hour'} | /activities/review/limits/0/per unknown_value",
                "'verified': true | 'verified': 'true' | /activities/review/verified wrong_type",
                "{'joined': {'within': 0}} | {'shop': ['s1']} | /activities/review/when/any/0/shop not_allowed",
                "{'joined': {'within': 0}} | {'channel': ['web']} | /activities/review/when/any/0/channel not_allowed",
                "{'joined': {'within': 0}} | {'order': {'first': true}} | /activities/review/when/any/0/order not_allowed",
                "{'joined': {'within': 0}} | {'coupon': ['X'], 'payment': ['card']} | /activities/review/when/any/0/payment not_allowed, /activities/review/when/any/0/coupon not_allowed",
            })
    void an_error_is_named_by_its_place_and_code(String what, String instead, String expected) {
        List<String> named = expected.isEmpty()
                ? List.of()
                : Stream.of(expected.split(", "))
                        .map(error -> error.replace("(whole)", ""))
                        .toList();

        assertThat(errors(with(flat(TEA_CLUB), what, instead))).containsExactlyElementsOf(named);
    }

    /** A document on one line, so that what spans lines can be found. */
    private static String flat(String document) {
        return document.replaceAll("\\s*\\n\\s*", " ")
                .replace("{ \"", "{\"")
                .replace(" }", "}")
                .replace("[ {", "[{")
                .replace("} ]", "}]");
    }

    @Test
    void every_error_is_named_at_once_those_of_form_and_those_of_sense() {
        String document =
                with(flat(TEA_CLUB), "'EUR'", "'JPY'").replace("\"gold\", \"qualify\"", "\"silver\", \"qualify\"");

        assertThat(errors(with(document, "'format': 2", "'format': 2, 'x': 1")))
                .containsExactly(
                        "/wallets/points/expiry/tiers/gold unknown_tier",
                        "/wallets/points/redemption/worth/amount unfit_for_currency",
                        "/wallets/points/redemption/when/all/0/tier/1 unknown_tier",
                        "/wallets/cashback/maximumPerOrder unfit_for_currency",
                        "/earning/minimumOrder unfit_for_currency",
                        "/rules/0/then/0/earn/per unfit_for_currency",
                        "/rules/1/when/tier/0 unknown_tier",
                        "/rules/1/then/3/bonus/amount unfit_for_currency",
                        "/rules/2/when/all/0/amount/atLeast unfit_for_currency",
                        "/rules/2/when/all/0/amount/below unfit_for_currency",
                        "/rules/2/when/all/1/matching/atLeast unfit_for_currency",
                        "/rules/2/when/all/9/spent/below unfit_for_currency",
                        "/rules/2/then/2/discount/amount unfit_for_currency",
                        "/tiers/levels/1/qualify/any/0/spend unfit_for_currency",
                        "/tiers/levels/2/qualify/all/0/spend unfit_for_currency",
                        "/tiers/levels/2/keep/spend unfit_for_currency",
                        "/tiers/levels/2/id repeated_id",
                        "/activities/review/earn/1/amount unfit_for_currency",
                        "/referral/minimumOrder unfit_for_currency",
                        " unknown_field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'wallet': 'points', 'points': 1 | 'wallet': 'x', 'points': 1 | /rules/0/then/0/earn/wallet: must be one of the document's wallets: points, cashback, stars",
                "{'segment': ['vip']} | {'segment': ['x']} | /rules/2/when/all/10/segment/0: must be one of the document's segments: vip, staff",
                "{'calendar': 'half_year'} | {'weekly': true} | /tiers/period: only these are taken here: calendar, rolling, anniversary",
                "['mon', 'fri'] | ['x'] | /rules/2/when/all/5/days/0: must be one of mon, tue, wed, thu, fri, sat, sun",
                "'minimumOrder': '10.00' | 'minimumOrder': '10.005' | /earning/minimumOrder: at most 2 decimals are taken, as the currency has no more",
                "'minimumOrder': '10.00' | 'minimumOrder': '1000000000000' | /earning/minimumOrder: must be at most 100000000000.00",
                "{'joined': {'within': 0}} | {'coupon': ['X']} | /activities/review/when/any/0/coupon: only these are asked here: region, days, hours, dates, spent, tier, segment, birthday, joined, all, any, not",
            })
    void an_error_says_what_would_be_right(String what, String instead, String sentence) {
        assertThat(sentences(with(flat(TEA_CLUB), what, instead))).containsExactly(sentence);
    }

    @Test
    void what_a_document_does_not_have_cannot_be_named() {
        String rule = quoted("'rules': [{'id': 'r', 'when': {'all': [{'tier': ['gold']}, {'segment': ['vip']}]},"
                + " 'then': [{'benefit': {'kind': 'gift'}}]}]");

        assertThat(sentences(with(SMALLEST, "'rules': []", rule)))
                .containsExactly(
                        "/rules/0/when/all/0/tier/0: the document has no tiers",
                        "/rules/0/when/all/1/segment/0: the document has no segments");
    }

    @ParameterizedTest
    @CsvSource({"JPY,1,", "JPY,1.0,unfit_for_currency", "KWD,1.000,", "KWD,1.0000,unfit_for_currency", "CLF,1.0000,"})
    void an_amount_has_the_decimals_of_its_currency(String currency, String amount, String code) {
        String document = with(SMALLEST, "'JPY'", "'" + currency + "'");
        String earning = "'rules': [], 'earning': {'minimumOrder': '" + amount + "'}";

        assertThat(errors(with(document, "'rules': []", earning)))
                .containsExactlyElementsOf(code == null ? List.of() : List.of("/earning/minimumOrder " + code));
    }

    @Test
    void a_sentence_does_not_list_names_without_end() {
        String segments = IntStream.range(0, 100)
                .mapToObj(i -> "'" + "s".repeat(60) + i + "'")
                .collect(Collectors.joining(", "));
        String rule = "'rules': [{'id': 'r', 'when': {'segment': ['vip']}, 'then': [{'benefit': {'kind': 'gift'}}]}],";

        assertThat(sentences(with(SMALLEST, "'rules': [],", rule + "'segments': [" + segments + "],")))
                .singleElement()
                .asString()
                .endsWith(" and 96 more")
                .hasSizeLessThan(500);
    }

    @Test
    void a_fault_elsewhere_does_not_hide_that_a_name_is_unknown() {
        String document = with(flat(TEA_CLUB), "'unit': 'points'", "'unit': 'miles'");

        assertThat(errors(with(document, "'wallet': 'stars'", "'wallet': 'star'")))
                .containsExactly("/wallets/points/unit unknown_value", "/rules/1/then/2/bonus/wallet unknown_wallet");
    }

    @Test
    void a_document_without_a_valid_currency_is_checked_for_the_rest() {
        String document = with(flat(TEA_CLUB), "'EUR'", "'XXX'");

        assertThat(errors(with(document, "'to': '02:00'", "'to': '18:00'")))
                .containsExactly("/currency unknown_value", "/rules/2/when/all/6/hours/to empty_range");
    }

    @Test
    void a_wallet_is_needed_and_no_more_than_five_are_taken() {
        String wallet = quoted("{'unit': 'points', 'pending': {'from': 'paid', 'days': 0}}");
        String six =
                IntStream.range(0, 6).mapToObj(i -> "\"w" + i + "\": " + wallet).collect(Collectors.joining(", "));

        assertThat(errors(with(SMALLEST, "'points': {'unit': 'points', 'pending': {'from': 'paid', 'days': 0}}", "")))
                .containsExactly("/wallets too_few");
        assertThat(errors(with(SMALLEST, "'points': {'unit': 'points', 'pending': {'from': 'paid', 'days': 0}}", six)))
                .containsExactly("/wallets too_many");
    }

    private static String rules(int number, String when) {
        String rules = IntStream.range(0, number)
                .mapToObj(i -> quoted("{'id': 'r" + i + "', " + when + "'then': [{'benefit': {'kind': 'gift'}}]}"))
                .collect(Collectors.joining(", "));
        return with(SMALLEST, "'rules': []", "'rules': [" + rules + "]");
    }

    @Test
    void five_hundred_rules_are_taken() {
        assertThat(errors(rules(RuleBook.MAX_RULES, ""))).isEmpty();
        assertThat(errors(rules(RuleBook.MAX_RULES + 1, ""))).containsExactly("/rules too_many");
    }

    @Test
    void conditions_nest_eight_deep() {
        String day = "{'days': ['mon']}";

        assertThat(errors(rules(1, "'when': " + "{'not': ".repeat(7) + day + "}".repeat(7) + ", ")))
                .isEmpty();
        assertThat(errors(rules(1, "'when': " + "{'not': ".repeat(8) + day + "}".repeat(8) + ", ")))
                .containsExactly("/rules/0/when" + "/not".repeat(8) + " too_deep");
        assertThat(errors(rules(1, "'for': " + "{'not': ".repeat(8) + "{'sku': ['S']}" + "}".repeat(8) + ", ")))
                .containsExactly("/rules/0/for" + "/not".repeat(8) + " too_deep");
        String level = "{'all': [".repeat(8) + "{'orders': 5}" + "]}".repeat(8);
        assertThat(errors(with(CASHBACK, "{'orders': 20}", level)))
                .containsExactly("/tiers/levels/1/qualify" + "/all/0".repeat(8) + " too_deep");
    }

    @Test
    void a_rule_has_a_hundred_conditions_at_most() {
        String ten = "{'any': [" + "{'days': ['mon']}, ".repeat(8) + "{'days': ['mon']}]}, ";
        String lines = "{'any': [" + "{'sku': ['S']}, ".repeat(7) + "{'sku': ['S']}]}";
        String hundred = "'when': {'all': [" + ten.repeat(8) + ten.substring(0, ten.length() - 2) + "]}, 'for': ";

        assertThat(errors(rules(1, hundred + lines + ", "))).isEmpty();
        assertThat(errors(rules(1, hundred + lines.replace("[{", "[{'sku': ['T']}, {") + ", ")))
                .containsExactly("/rules/0 too_complex");
    }

    @Test
    void the_conditions_of_a_redemption_and_a_level_are_as_few() {
        String days = "{'days': ['mon']}, ".repeat(19) + "{'days': ['mon']}";
        String any = "{'any': [" + days + "]}, ";

        assertThat(errors(with(
                        CASHBACK,
                        "{'hours': {'from': '00:00', 'to': '12:30'}}",
                        "{'all': [" + any.repeat(4) + "{'any': [" + days + "]}]}")))
                .containsExactly("/wallets/cashback/redemption/when too_complex");
        assertThat(errors(with(
                        CASHBACK,
                        "{'orders': 20}",
                        "{'all': ["
                                + any.replace("'days': ['mon']", "'orders': 2").repeat(4)
                                + any.replace("'days': ['mon']", "'orders': 2").replace("]}, ", "]}") + "]}")))
                .containsExactly("/tiers/levels/1/qualify too_complex");
    }

    @Test
    void a_list_of_rules_is_not_answered_by_a_list_of_errors_without_end() {
        assertThat(decode(rules(400, "'x': 1, ")).errors()).hasSize(50);
    }

    @Test
    void what_members_have_and_records_mean_stays_from_version_to_version() {
        Program before = ProgramDocument.parse(TEA_CLUB);

        assertThat(changes(before, TEA_CLUB)).isEmpty();
        assertThat(changes(before, with(TEA_CLUB, "'Europe/Kyiv'", "'UTC'"))).containsExactly("/timeZone unchangeable");
        assertThat(changes(before, SMALLEST))
                .containsExactly(
                        "/currency unchangeable",
                        "/timeZone unchangeable",
                        "/wallets unchangeable",
                        "/wallets unchangeable");
        assertThat(changes(before, CASHBACK))
                .containsExactly(
                        "/currency unchangeable",
                        "/timeZone unchangeable",
                        "/wallets unchangeable",
                        "/wallets unchangeable");
        String swapped = with(
                flat(TEA_CLUB),
                "'wallets': {",
                "'wallets': {'first': {'unit': 'money', 'pending': {'from': 'paid', 'days': 0}}, ");
        assertThat(changes(before, swapped)).containsExactly("/wallets unchangeable");
    }

    @Test
    void a_wallet_goes_on_to_hold_what_it_held() {
        Program before = ProgramDocument.parse(SMALLEST);

        assertThat(changes(before, with(SMALLEST, "'unit': 'points'", "'unit': 'money'")))
                .containsExactly("/wallets/points/unit unchangeable");
    }

    @Test
    void a_program_goes_from_the_first_format_to_the_second_if_it_keeps_its_points() {
        Program first = ProgramDocument.parse(Examples.FIRST_FORMAT);

        assertThat(changes(first, TEA_CLUB)).isEmpty();
        assertThat(changes(
                        first,
                        with(CASHBACK, "'KWD'", "'EUR'")
                                .replace("Asia/Kuwait", "Europe/Kyiv")
                                .replace("0.500", "0.50")))
                .containsExactly("/wallets unchangeable");
        assertThat(changes(ProgramDocument.parse(TEA_CLUB), Examples.FIRST_FORMAT))
                .containsExactly("/wallets unchangeable", "/wallets unchangeable");
    }

    private static List<String> changes(Program before, String after) {
        return ProgramDocument.unchangeable(before, ProgramDocument.parse(after), Place.BODY).stream()
                .map(error -> error.at() + " " + error.code())
                .toList();
    }
}
