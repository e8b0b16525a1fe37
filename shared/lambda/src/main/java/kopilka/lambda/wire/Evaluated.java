package kopilka.lambda.wire;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kopilka.earning.Dropped;
import kopilka.earning.Dropped.Why;
import kopilka.earning.Earning;
import kopilka.earning.Evaluation;
import kopilka.earning.Rewards;
import kopilka.lambda.json.JsonWriter;
import kopilka.lambda.telling.Reasons;
import kopilka.money.Money;
import kopilka.order.OrderBasis;
import kopilka.program.Condition;
import kopilka.program.Language;
import kopilka.program.Program;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.Texts;
import kopilka.program.TierLevel;
import kopilka.program.WalletId;
import kopilka.program.WalletRules;

/**
 * Writes what rules make of an order or a basket: the same in a quote and in the explanation of a posting.
 *
 * @param program whose rules
 * @param language of sentences
 */
record Evaluated(Program program, Language language) {
    private Currency currency() {
        return program.currency();
    }

    private String amount(long minor) {
        return new Money(minor, currency()).amount();
    }

    /** The discounts, each with what every line bears of it. */
    void discounts(JsonWriter json, List<Evaluation.Discount> discounts, OrderBasis basket) {
        json.objects("discounts", discounts, (to, discount) -> {
            rule(to, discount.rule());
            to.put("amount", amount(discount.amount()));
            List<Integer> bearing = IntStream.range(0, discount.lines().size())
                    .filter(i -> discount.lines().get(i) > 0)
                    .boxed()
                    .toList();
            to.objects(
                    "lines",
                    bearing,
                    (line, i) -> line.put("line", basket.lines().get(i).id().value())
                            .put("amount", amount(discount.lines().get(i))));
        });
    }

    /** Names a rule, with its title where it has one. */
    void rule(JsonWriter json, RuleId rule) {
        json.put("rule", rule.value());
        title(rule).ifPresent(title -> json.put("title", title));
    }

    /** Of a rule, or the name of a level that is named as one. */
    private Optional<String> title(RuleId rule) {
        Stream<Texts> rules = program.scheme() instanceof RuleBook book
                ? book.rules().stream().filter(known -> known.id().equals(rule)).map(Rule::title)
                : Stream.empty();
        Stream<Texts> levels = program.tiers().stream()
                .flatMap(tiers -> tiers.levels().stream())
                .filter(level -> level.asRule().equals(rule))
                .map(TierLevel::name);
        return Stream.concat(rules, levels).findFirst().flatMap(title -> title.in(language));
    }

    /** What else the order is entitled to. */
    void benefits(JsonWriter json, List<Rewards.Granted> benefits) {
        json.objects("benefits", benefits, (to, granted) -> {
            rule(to, granted.rule());
            to.put("kind", granted.benefit().kind().code());
            granted.benefit().label().ifPresent(label -> to.put("label", label));
        });
    }

    /** What is earned by wallet, and how. */
    void earned(JsonWriter json, Rewards rewards) {
        earned(json, rewards, (to, wallet) -> {});
    }

    /** The same, with something more for each wallet. */
    void earned(JsonWriter json, Rewards rewards, BiConsumer<JsonWriter, WalletId> more) {
        List<WalletId> wallets = program.wallets().stream()
                .map(WalletRules::id)
                .filter(wallet -> rewards.wallets().containsKey(wallet))
                .toList();
        json.objects("earn", wallets, (to, wallet) -> {
            Rewards.Reward reward = Objects.requireNonNull(rewards.wallets().get(wallet));
            to.put("wallet", wallet.value()).put("units", reward.units());
            if (Words.isMoney(wallet, program)) {
                to.put("amount", amount(reward.units()));
            }
            if (reward.uncapped() > reward.units()) {
                to.put("uncapped", reward.uncapped());
            }
            to.objects("parts", reward.parts(), (part, told) -> part(part, wallet, told));
            more.accept(to, wallet);
        });
        if (!rewards.excluded().isEmpty()) {
            json.objects(
                    "excluded",
                    rewards.excluded(),
                    (to, excluded) -> to.put("what", code(excluded.what())).put("amount", amount(excluded.amount())));
        }
    }

    private void part(JsonWriter json, WalletId wallet, Rewards.Part part) {
        rule(json, part.rule());
        switch (part) {
            case Rewards.OnValue value -> {
                json.put("base", amount(value.base())).put("rate", Words.rate(value.rate(), wallet, program));
                if (value.factor() != Rewards.OnValue.ONCE) {
                    json.put("times", Words.factor(value.factor()))
                            .strings(
                                    "multipliers",
                                    value.multipliers().stream()
                                            .map(RuleId::value)
                                            .toList());
                }
            }
            case Rewards.Once once -> json.put("units", once.units());
        }
    }

    /** The rules that brought nothing, or less than they say, each with why. */
    void dropped(JsonWriter json, List<Dropped> dropped) {
        json.objects("dropped", dropped, (to, each) -> {
            rule(to, each.rule());
            to.put("code", code(each.why()));
            facts(to, each.why());
            to.put("sentence", Reasons.of(each, program, language));
        });
    }

    private static String code(Why why) {
        return switch (why) {
            case Why.NotYet none -> "not_yet";
            case Why.NoLonger none -> "no_longer";
            case Why.NoMatchingLines none -> "no_matching_lines";
            case Why.Unmet unmet -> "unmet";
            case Why.ExcludedBy excluded -> "excluded";
            case Why.BelowMinimum below -> "below_minimum";
            case Why.DiscountTrimmed trimmed -> "trimmed";
            case Why.NotGiven none -> "not_given";
        };
    }

    private void facts(JsonWriter json, Why why) {
        switch (why) {
            case Why.NotYet none -> {}
            case Why.NoLonger none -> {}
            case Why.NoMatchingLines none -> {}
            case Why.NotGiven none -> {}
            case Why.Unmet unmet -> {
                json.put("condition", condition(unmet.condition()));
                missing(unmet).ifPresent(amount -> json.put("missing", amount(amount)));
            }
            case Why.ExcludedBy excluded -> json.put("by", excluded.by().value());
            case Why.BelowMinimum below ->
                json.put("condition", "amount").put("missing", amount(below.minimum() - below.amount()));
            case Why.DiscountTrimmed trimmed ->
                json.put("said", amount(trimmed.said())).put("taken", amount(trimmed.taken()));
        }
    }

    /** By how much the amount falls short that a condition asks for, if it does. */
    private static Optional<Long> missing(Why.Unmet unmet) {
        long missing = switch (unmet.condition()) {
            case Condition.Amount asked -> asked.range().atLeast() - unmet.amount();
            case Condition.Matching asked -> asked.range().atLeast() - unmet.matching();
            default -> 0;
        };
        return missing > 0 ? Optional.of(missing) : Optional.empty();
    }

    /** The name that a condition has in documents. */
    static String condition(Condition condition) {
        return switch (condition) {
            case Condition.Amount some -> "amount";
            case Condition.Matching some -> "matching";
            case Condition.AtShop some -> "shop";
            case Condition.ByChannel some -> "channel";
            case Condition.InRegion some -> "region";
            case Condition.OnDays some -> "days";
            case Condition.InHours some -> "hours";
            case Condition.InDates some -> "dates";
            case Condition.NthOrder some -> "order";
            case Condition.EveryNthOrder some -> "order";
            case Condition.Spent some -> "spent";
            case Condition.InTier some -> "tier";
            case Condition.InSegment some -> "segment";
            case Condition.NearBirthday some -> "birthday";
            case Condition.JoinedWithin some -> "joined";
            case Condition.JoinedBefore some -> "joined";
            case Condition.PaidBy some -> "payment";
            case Condition.WithCoupon some -> "coupon";
            case Condition.All some -> "all";
            case Condition.AnyOf some -> "any";
            case Condition.Not some -> "not";
        };
    }

    private static String code(Earning.Excluded.What what) {
        return what.name().toLowerCase(Locale.ROOT);
    }
}
