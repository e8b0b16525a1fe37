package kopilka.lambda.wire.document;

import static kopilka.lambda.wire.document.Examples.CASHBACK;
import static kopilka.lambda.wire.document.Examples.FIRST_FORMAT;
import static kopilka.lambda.wire.document.Examples.SMALLEST;
import static kopilka.lambda.wire.document.Examples.TEA_CLUB;
import static kopilka.lambda.wire.document.Examples.errors;
import static kopilka.lambda.wire.document.Examples.json;
import static kopilka.lambda.wire.document.Examples.quoted;
import static kopilka.lambda.wire.document.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Place;
import kopilka.lambda.wire.ProgramDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {
    private static List<FieldError> found(String document) {
        assertThat(errors(document)).isEmpty();
        return ProgramDocument.check(json(document), Place.BODY).warnings();
    }

    private static List<String> warnings(String document) {
        return found(document).stream()
                .map(warning -> warning.at() + " " + warning.code())
                .toList();
    }

    private static List<String> sentences(String document) {
        return found(document).stream().map(FieldError::detail).toList();
    }

    /** The tea club with other rules, without a limit. */
    private static String rules(String... rules) {
        return limited("100", rules);
    }

    private static String limited(String limit, String... rules) {
        String all = IntStream.range(0, rules.length)
                .mapToObj(i -> quoted("{'id': 'r" + i + "', " + rules[i] + "}"))
                .collect(Collectors.joining(", "));
        int begin = TEA_CLUB.indexOf("\"rules\": [");
        int end = TEA_CLUB.indexOf("\"tiers\": {", TEA_CLUB.indexOf("SPRING"));
        return with(
                TEA_CLUB.substring(0, begin) + "\"rules\": [" + all + "],\n" + TEA_CLUB.substring(end),
                "'giveBackPercent': '30'",
                "'giveBackPercent': '" + limit + "'");
    }

    private static String when(String condition) {
        return "'when': " + condition + ", 'then': [{'benefit': {'kind': 'gift'}}]";
    }

    private static final String GIFT = "'then': [{'benefit': {'kind': 'gift'}}]";

    @Test
    void documents_that_mean_what_they_say_have_no_warning() {
        assertThat(warnings(CASHBACK)).isEmpty();
        assertThat(warnings(SMALLEST)).isEmpty();
        assertThat(warnings(FIRST_FORMAT)).isEmpty();
        assertThat(warnings(rules())).isEmpty();
    }

    @Test
    void a_document_with_errors_has_no_warnings_beside() {
        assertThat(ProgramDocument.check(json("{}"), Place.BODY).warnings()).isEmpty();
        assertThat(ProgramDocument.check(json("[]"), Place.BODY).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'all': [{'amount': {'atLeast': '50.00'}}, {'amount': {'below': '50.00'}}]}",
                "{'all': [{'amount': {'below': '50.00'}}, {'matching': {'atLeast': '50.00'}}]}",
                "{'all': [{'spent': {'atLeast': '50.00'}}, {'not': {'spent': {'atLeast': '40.00'}}}]}",
                "{'all': [{'spent': {'below': '50.00'}}, {'not': {'spent': {'below': '60.00'}}}]}",
                "{'all': [{'days': ['mon']}, {'days': ['tue', 'wed']}]}",
                "{'all': [{'days': ['mon']}, {'all': [{'hours': {'from': '08:00', 'to': '20:00'}}, {'days': ['tue']}]}]}",
                "{'not': {'days': ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']}}",
                "{'all': [{'days': ['mon', 'tue']}, {'not': {'days': ['tue', 'mon']}}]}",
                "{'all': [{'hours': {'from': '08:00', 'to': '12:00'}}, {'hours': {'from': '12:00', 'to': '14:00'}}]}",
                "{'all': [{'hours': {'from': '22:00', 'to': '02:00'}}, {'hours': {'from': '02:00', 'to': '22:00'}}]}",
                "{'all': [{'hours': {'from': '22:00', 'to': '02:00'}}, {'not': {'hours': {'from': '20:00', 'to': '03:00'}}}]}",
                "{'all': [{'dates': {'from': '2026-12-01', 'to': '2026-12-31'}}, {'dates': {'from': '2027-01-01', 'to': '2027-01-02'}}]}",
                // From Tuesday to Thursday.
                "{'all': [{'dates': {'from': '2026-12-01', 'to': '2026-12-03'}}, {'days': ['mon', 'fri', 'sat', 'sun']}]}",
                "{'all': [{'shop': ['a']}, {'shop': ['b']}]}",
                "{'all': [{'channel': ['web']}, {'not': {'channel': ['web', 'app']}}]}",
                "{'all': [{'region': ['a']}, {'region': ['b', 'c']}]}",
                "{'all': [{'tier': ['silver', 'gold']}, {'not': {'any': [{'tier': ['gold']}, {'tier': ['silver']}]}}]}",
                "{'all': [{'order': {'first': true}}, {'order': {'number': 2, 'per': 'ever'}}]}",
                "{'all': [{'order': {'number': 5, 'per': 'month'}}, {'order': {'every': 3, 'per': 'month'}}]}",
                "{'all': [{'coupon': ['X']}, {'not': {'coupon': ['X']}}]}",
                "{'all': [{'not': {'not': {'segment': ['vip']}}}, {'not': {'segment': ['vip']}}]}",
                "{'all': [{'tier': ['gold']}, {'any': [{'tier': ['silver']}, {'all': [{'coupon': ['X']}, {'tier': ['bronze']}]}]}]}",
            })
    void conditions_that_contradict_one_another_are_warned_of(String condition) {
        assertThat(warnings(rules(when(condition)))).containsExactly("/rules/0/when never_applies");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'all': [{'amount': {'atLeast': '50.00'}}, {'amount': {'below': '50.01'}}]}",
                "{'all': [{'amount': {'atLeast': '50.00'}}, {'matching': {'below': '50.00'}}]}",
                "{'all': [{'amount': {'atLeast': '50.00'}}, {'spent': {'below': '50.00'}}]}",
                "{'all': [{'not': {'amount': {'atLeast': '10.00', 'below': '20.00'}}}, {'amount': {'atLeast': '5.00'}}]}",
                "{'all': [{'days': ['mon', 'tue']}, {'days': ['tue', 'wed']}]}",
                "{'all': [{'hours': {'from': '22:00', 'to': '02:00'}}, {'hours': {'from': '01:59', 'to': '03:00'}}]}",
                "{'all': [{'dates': {'from': '2026-12-01', 'to': '2026-12-03'}}, {'days': ['thu']}]}",
                "{'all': [{'dates': {'from': '2026-12-01', 'to': '2026-12-07'}}, {'days': ['mon']}]}",
                "{'all': [{'payment': ['a']}, {'payment': ['b']}, {'coupon': ['a']}, {'coupon': ['b']}]}",
                "{'all': [{'segment': ['vip']}, {'segment': ['staff']}, {'joined': {'within': 3}}, {'birthday': {}}]}",
                "{'all': [{'order': {'number': 6, 'per': 'month'}}, {'order': {'every': 3, 'per': 'month'}}, {'order': {'number': 1, 'per': 'day'}}]}",
                "{'any': [{'all': [{'shop': ['a']}, {'shop': ['b']}]}, {'shop': ['a']}]}",
                "{'all': [{'tier': ['gold', 'silver']}, {'not': {'all': [{'tier': ['gold']}, {'coupon': ['X']}]}}]}",
                "{'not': {'all': [{'days': ['mon']}, {'days': ['tue']}]}}",
            })
    void conditions_that_something_can_meet_are_not(String condition) {
        assertThat(warnings(rules(when(condition)))).isEmpty();
    }

    @Test
    void a_rule_whose_dates_are_not_while_it_is_in_force_never_applies() {
        String dates = when("{'dates': {'from': '2026-12-01', 'to': '2026-12-31'}}");

        // In Kyiv, 22:00 UTC is midnight.
        assertThat(warnings(rules("'to': '2026-11-30T22:00:00Z', " + dates)))
                .containsExactly("/rules/0/when never_applies");
        assertThat(warnings(rules("'to': '2026-11-30T22:00:01Z', " + dates))).isEmpty();
        assertThat(warnings(rules("'from': '2026-12-31T22:00:00Z', " + dates)))
                .containsExactly("/rules/0/when never_applies");
        assertThat(warnings(rules("'from': '2026-12-31T21:59:59Z', " + dates))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'all': [{'category': ['tea']}, {'category': ['coffee']}]}",
                "{'all': [{'sku': ['a']}, {'not': {'any': [{'sku': ['a', 'b']}, {'brand': ['x']}]}}]}",
                "{'all': [{'brand': ['a']}, {'any': [{'brand': ['b']}, {'not': {'brand': ['a']}}]}]}",
            })
    void a_rule_for_lines_that_cannot_be_never_applies(String lines) {
        assertThat(warnings(rules("'for': " + lines + ", " + GIFT))).containsExactly("/rules/0/for never_applies");
    }

    @Test
    void lines_of_one_category_and_another_brand_can_be() {
        String lines = "{'all': [{'category': ['tea']}, {'brand': ['b']}, {'not': {'sku': ['a']}}]}";

        assertThat(warnings(rules("'for': " + lines + ", " + GIFT))).isEmpty();
    }

    @Test
    void so_are_conditions_of_redemptions_and_activities() {
        String never = "{'all': [{'days': ['mon']}, {'days': ['tue']}]}";
        String document = with(CASHBACK, "{'hours': {'from': '00:00', 'to': '12:30'}}", never);

        assertThat(warnings(document)).containsExactly("/wallets/cashback/redemption/when never_applies");
        assertThat(warnings(with(rules(), "{'joined': {'within': 0}}, ", never + ", ")
                        .replace("\"any\": [{\"all\"", "\"all\": [{\"all\"")))
                .containsExactly("/activities/review/when never_applies");
    }

    @Test
    void a_rule_behind_one_of_its_group_that_takes_everything_is_shadowed() {
        String all = "'group': 'g', 'priority': 5, " + GIFT;
        String gold = "'group': 'g', " + when("{'tier': ['gold']}");

        assertThat(warnings(rules(gold, all))).containsExactly("/rules/0 shadowed");
        assertThat(sentences(rules(gold, all)))
                .containsExactly("never applies: the rule r1 of the same group comes first and takes all lines");
        assertThat(warnings(rules(gold, all.replace("'g'", "'h'")))).isEmpty();
        assertThat(warnings(rules(gold, all.replace("5", "-5")))).isEmpty();
        assertThat(warnings(rules(gold, "'for': {'category': ['tea']}, " + all)))
                .isEmpty();
        assertThat(warnings(rules(gold, "'to': '2027-01-01T00:00:00Z', " + all)))
                .isEmpty();
        assertThat(warnings(rules(
                        "'from': '2026-06-01T00:00:00Z', 'to': '2027-01-01T00:00:00Z', " + gold,
                        "'from': '2026-06-01T00:00:00Z', 'to': '2027-01-01T00:00:00Z', " + all)))
                .containsExactly("/rules/0 shadowed");
    }

    @Test
    void rules_of_a_group_and_a_priority_that_can_meet_are_warned_of() {
        String gold = "'group': 'g', " + when("{'tier': ['gold']}");
        String web = "'group': 'g', " + when("{'channel': ['web']}");

        assertThat(warnings(rules(gold, web))).containsExactly("/rules/1 same_priority");
        assertThat(sentences(rules(gold, web)))
                .containsExactly("has the same priority as the rule r0 of the group g,"
                        + " which comes first only because it stands first");
        assertThat(warnings(rules(gold, "'priority': 1, " + web))).isEmpty();
        assertThat(warnings(rules(gold, gold.replace("gold", "silver")))).isEmpty();
        assertThat(warnings(rules("'for': {'category': ['tea']}, " + gold, "'for': {'category': ['coffee']}, " + web)))
                .isEmpty();
        assertThat(warnings(rules("'to': '2026-06-01T00:00:00Z', " + gold, "'from': '2026-06-01T00:00:00Z', " + web)))
                .isEmpty();
        assertThat(warnings(rules(
                        "'group': 'g', 'for': {'category': ['tea', 'x']}, "
                                + when("{'matching': {'atLeast': '10.00'}}"),
                        "'group': 'g', 'for': {'category': ['tea']}, " + when("{'matching': {'below': '10.00'}}"))))
                .containsExactly("/rules/1 same_priority");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'all': [{'matching': {'atLeast': '10.00'}}, {'channel': ['web']}]}",
                "{'any': [{'matching': {'atLeast': '10.00'}}, {'all': [{'channel': ['web']}, {'tier': ['gold']}]}]}",
                "{'not': {'matching': {'below': '10.00'}}}",
            })
    void what_one_rule_asks_of_its_lines_another_may_not_find_in_its_own(String condition) {
        assertThat(warnings(rules(
                        "'group': 'g', 'for': {'category': ['tea', 'x']}, " + when(condition),
                        "'group': 'g', 'for': {'category': ['tea']}, " + when("{'not': " + condition + "}"))))
                .containsExactly("/rules/1 same_priority");
    }

    @Test
    void what_one_rule_asks_of_the_order_another_cannot_refuse() {
        String both = "{'all': [{'tier': ['gold']}, {'channel': ['web']}]}";

        assertThat(warnings(rules("'group': 'g', " + when(both), "'group': 'g', " + when("{'not': " + both + "}"))))
                .isEmpty();
    }

    @Test
    void a_rule_from_the_last_day_that_can_be_told_applies() {
        String gold = when("{'tier': ['gold']}");

        assertThat(warnings(rules("'from': '9999-12-31T23:00:00Z', " + gold))).isEmpty();
    }

    @Test
    void warnings_stand_in_the_order_of_the_document() {
        String never = "{'all': [{'days': ['mon']}, {'days': ['tue']}]}";
        String gold = "'group': 'g', " + when("{'tier': ['gold']}");
        String web = "'group': 'g', " + when("{'channel': ['web']}");

        assertThat(warnings(rules(gold, web, "'priority': 7, " + when(never))))
                .containsExactly("/rules/1 same_priority", "/rules/2/when never_applies");
    }

    private static String off(String percent) {
        return "'then': [{'discount': {'percent': '" + percent + "'}}]";
    }

    private static String earn(String percent) {
        return "'then': [{'earn': {'wallet': 'points', 'percent': '" + percent + "'}}]";
    }

    private static String times(String by) {
        return "'then': [{'multiply': {'wallet': 'points', 'by': '" + by + "'}}]";
    }

    /** The worst case of rules, by the sentence of the warning. */
    private static String worst(String... rules) {
        return sentences(limited("0.01", rules)).stream()
                .filter(sentence -> sentence.startsWith("in the worst case"))
                .map(sentence -> sentence.replaceFirst("in the worst case ", "")
                        .replaceFirst(" percent of an order are given back, by these rules:", " by"))
                .findFirst()
                .orElse("none");
    }

    @Test
    void more_than_the_limit_given_back_is_warned_of() {
        assertThat(warnings(limited("15", off("10"), earn("5")))).isEmpty();
        assertThat(found(limited("14.99", off("10"), earn("5"))))
                .containsExactly(Place.BODY
                        .child("limits")
                        .child("giveBackPercent")
                        .error(
                                "gives_back_too_much",
                                "in the worst case 15 percent of an order are given back, by these rules: r0, r1"));
    }

    @Test
    void the_worst_case_adds_what_can_come_together() {
        assertThat(worst()).isEqualTo("none");
        assertThat(worst("'then': [{'bonus': {'wallet': 'points', 'points': 1000}}]"))
                .isEqualTo("none");
        assertThat(worst(off("10"), off("5"), earn("2.5"))).isEqualTo("17.5 by r0, r1, r2");
        // 3 points, which are worth 0.03, for 1.00; stars are worth nothing, money is worth what it is.
        assertThat(worst("'then': [{'earn': {'wallet': 'points', 'points': 3, 'per': '1.00'}}]"))
                .isEqualTo("3 by r0");
        assertThat(worst("'then': [{'earn': {'wallet': 'stars', 'points': 3, 'per': '1.00'}}]"))
                .isEqualTo("none");
        assertThat(worst("'then': [{'earn': {'wallet': 'cashback', 'percent': '0.0001'}}]", earn("0.01")))
                .isEqualTo("0.02 by r0, r1");
        // The club's discounts together are 40 percent at most.
        assertThat(worst(off("30"), off("30"), earn("1"))).isEqualTo("41 by r0, r1, r2");
    }

    @Test
    void multipliers_come_in_as_the_program_combines_them() {
        // The club multiplies, up to 5.5.
        assertThat(worst(earn("2"), times("2"), times("1.5"), times("0.5"))).isEqualTo("6 by r0, r1, r2");
        assertThat(worst(earn("2"), times("3"), times("3"))).isEqualTo("11 by r0, r1, r2");
        String added = limited("0.01", earn("2"), times("2"), times("1.5"), times("0.5"))
                .replace("\"combine\": \"multiply\"", "\"combine\": \"add\"");
        assertThat(sentences(added)).first().asString().startsWith("in the worst case 5 percent");
        assertThat(worst(times("3"), "'then': [{'earn': {'wallet': 'cashback', 'percent': '2'}}]"))
                .isEqualTo("2 by r0, r1");
    }

    @Test
    void of_a_group_the_best_counts() {
        assertThat(worst(
                        "'group': 'g', 'priority': 2, " + earn("2"),
                        "'group': 'g', 'priority': 1, " + earn("7"),
                        "'group': 'g', " + off("3")))
                .startsWith("10 by");
        assertThat(worst(
                        "'group': 'g', 'priority': 2, " + earn("2"),
                        "'group': 'h', 'priority': 1, " + earn("7"),
                        "'group': 'h', " + times("2")))
                .startsWith("18 by");
    }

    @Test
    void rules_that_cannot_meet_do_not_add_up() {
        assertThat(worst("'when': {'tier': ['gold']}, " + off("10"), "'when': {'tier': ['silver']}, " + off("7")))
                .isEqualTo("10 by r0");
        assertThat(worst(
                        "'when': {'tier': ['gold']}, " + off("10"),
                        "'when': {'not': {'tier': ['gold']}}, " + off("12")))
                .isEqualTo("12 by r1");
        assertThat(worst("'when': {'days': ['mon']}, " + off("10"), "'when': {'days': ['tue', 'mon']}, " + off("7")))
                .isEqualTo("17 by r0, r1");
        assertThat(worst("'when': {'days': ['mon']}, " + off("10"), "'when': {'days': ['tue']}, " + off("7")))
                .isEqualTo("10 by r0");
        assertThat(worst("'for': {'category': ['tea']}, " + off("10"), "'for': {'category': ['coffee']}, " + off("7")))
                .isEqualTo("10 by r0");
        assertThat(worst("'for': {'category': ['tea']}, " + off("10"), "'for': {'brand': ['B']}, " + off("7")))
                .isEqualTo("17 by r0, r1");
        assertThat(worst(
                        "'for': {'not': {'category': ['tea']}}, " + off("10"),
                        "'for': {'all': [{'category': ['tea', 'x']}, {'any': [{'sku': ['a']}, {'category': ['tea']}]}]}, "
                                + off("7")))
                .isEqualTo("17 by r0, r1");
        assertThat(worst(
                        "'to': '2026-12-01T00:00:00Z', " + off("10"),
                        "'from': '2026-12-01T00:00:00Z', 'to': '2027-01-01T00:00:00Z', " + off("7"),
                        "'from': '2026-12-31T00:00:00Z', " + off("8")))
                .isEqualTo("15 by r1, r2");
        assertThat(worst(
                        "'when': {'all': [{'dates': {'from': '2026-12-01', 'to': '2026-12-24'}}]}, " + off("10"),
                        "'when': {'dates': {'from': '2026-12-25', 'to': '2026-12-31'}}, " + off("7"),
                        "'when': {'not': {'dates': {'from': '2026-12-25', 'to': '2026-12-31'}}}, " + off("1")))
                .isEqualTo("11 by r0, r2");
    }

    @Test
    void a_sentence_does_not_name_rules_without_end() {
        String[] many = IntStream.range(0, 100).mapToObj(i -> off("0.10")).toArray(String[]::new);

        assertThat(worst(many))
                .startsWith("10 by r0, r1, r2")
                .endsWith("r61 and 38 more")
                .hasSizeLessThan(400);
    }
}
