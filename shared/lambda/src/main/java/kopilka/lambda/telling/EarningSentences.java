package kopilka.lambda.telling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.Place;
import kopilka.program.Benefit;
import kopilka.program.Category;
import kopilka.program.EarningRules;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Multipliers;
import kopilka.program.Program;
import kopilka.program.Rate;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleId;
import kopilka.program.WalletId;

/** What orders earn, and what comes off their price. */
final class EarningSentences {
    private final Program program;
    private final Phrases phrases;
    private final Units units;
    private final Conditions conditions;

    EarningSentences(Program program, Phrases phrases, Units units) {
        this.program = program;
        this.phrases = phrases;
        this.units = units;
        this.conditions = new Conditions(program, phrases, units);
    }

    List<ToldRule> all() {
        List<ToldRule> told = new ArrayList<>();
        switch (program.scheme()) {
            case EarningRules rates -> rates(rates, told);
            case RuleBook book -> book(book, told);
        }
        return told;
    }

    private void rates(EarningRules rates, List<ToldRule> told) {
        String general = units.rate(WalletId.POINTS, rates.rate());
        rates.categories().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Category::value)))
                .forEach(entry -> told.add(category(entry.getKey(), entry.getValue())));
        told.add(told(
                "earning/rate",
                Topic.GENERAL_RATE,
                rates.categories().isEmpty() ? general : phrases.forAllElse() + ": " + general));
        if (rates.minimumOrder() > 0) {
            told.add(told("earning/minimumOrder", Topic.MINIMUM_ORDER, minimum(rates.minimumOrder())));
        }
        rates.maximumPerOrder()
                .ifPresent(most -> told.add(told(
                        "earning/maximumPerOrder",
                        Topic.MAXIMUM_PER_ORDER,
                        phrases.maximumPerOrder(units.amount(WalletId.POINTS, most)))));
        common(rates.include(), rates.rounding(), told);
    }

    private ToldRule category(Category category, Rate rate) {
        String attribute = phrases.ofCategory(units.anyOf(List.of(category.toString())), true);
        return new ToldRule(
                "earning/categories/" + Place.escaped(category.toString()),
                phrases.title(Topic.CATEGORY_RATE) + ": " + category,
                Phrases.sentence(phrases.forGoods(attribute) + ": " + units.rate(WalletId.POINTS, rate)));
    }

    private void book(RuleBook book, List<ToldRule> told) {
        boolean multiplies = false;
        boolean discounts = false;
        for (Rule rule : book.rules()) {
            told.add(new ToldRule(
                    "rules/" + rule.id(), title(rule), Phrases.sentence(String.join("; ", clauses(rule, book)))));
            for (Effect effect : rule.then()) {
                multiplies |= effect instanceof Effect.Multiply;
                discounts |= effect instanceof Effect.PercentOff || effect instanceof Effect.AmountOff;
            }
        }
        if (book.minimumOrder() > 0) {
            told.add(told("earning/minimumOrder", Topic.MINIMUM_ORDER, minimum(book.minimumOrder())));
        }
        common(book.include(), book.rounding(), told);
        if (multiplies) {
            told.add(told("earning/multipliers", Topic.MULTIPLIERS, multipliers(book.multipliers())));
        }
        if (discounts) {
            told.add(told("discounts", Topic.DISCOUNTS, discountsAtMost(book) + "; " + phrases.discountsInSequence()));
        }
    }

    /** What is said whether a program is earned by rates or by rules. */
    private void common(EarningRules.Include include, EarningRules.Rounding rounding, List<ToldRule> told) {
        told.add(told("earning/include", Topic.INCLUDED, included(include)));
        told.add(told(
                "earning/rounding",
                Topic.ROUNDING,
                switch (rounding) {
                    case DOWN_ON_ORDER -> phrases.roundedOnOrder();
                    case DOWN_ON_LINE -> phrases.roundedOnLine();
                }));
    }

    private String minimum(long minor) {
        return phrases.minimumOrder(units.money(minor));
    }

    private String included(EarningRules.Include include) {
        List<String> counts = new ArrayList<>();
        List<String> countsNot = new ArrayList<>();
        for (Counted what : Counted.values()) {
            boolean included = switch (what) {
                case GOODS -> true;
                case DISCOUNTED_GOODS -> include.discountedLines();
                case GIFT_VOUCHERS -> include.giftVouchers();
                case DELIVERY -> include.delivery();
                case TAX -> include.tax();
                case PAID_WITH_POINTS -> include.paidWithPoints();
            };
            (included ? counts : countsNot).add(phrases.counted(what));
        }
        String does = phrases.counts(Figures.list(counts, phrases.and()));
        return countsNot.isEmpty() ? does : does + "; " + phrases.countsNot(Figures.list(countsNot, phrases.and()));
    }

    private String multipliers(Multipliers multipliers) {
        String maximum = times(multipliers.maximum());
        return switch (multipliers.combine()) {
            case ADD -> phrases.multipliersAddUp(maximum);
            case MULTIPLY -> phrases.multipliersMultiply(maximum);
        };
    }

    /** How far all discounts together go. */
    String discountsAtMost(RuleBook book) {
        return phrases.discountsAtMost(phrases.percent(phrases.figures().hundredths(book.maximumDiscount())));
    }

    private List<String> clauses(Rule rule, RuleBook book) {
        List<String> clauses = new ArrayList<>();
        String brings = Figures.list(rule.then().stream().map(this::effect).toList(), phrases.and());
        clauses.add(goods(rule).map(goods -> goods + ": " + brings).orElse(brings));
        rule.when().ifPresent(when -> clauses.add(conditions.terms(when).only(phrases)));
        List<String> force = new ArrayList<>();
        begins(rule).ifPresent(force::add);
        ends(rule).ifPresent(force::add);
        if (!force.isEmpty()) {
            clauses.add(String.join(" ", force));
        }
        rule.group().ifPresent(group -> {
            List<String> members = book.rules().stream()
                    .filter(other -> other.group().equals(rule.group()))
                    .map(other -> phrases.quoted(title(other)))
                    .toList();
            if (members.size() > 1) {
                clauses.add(phrases.onlyFirstOf(String.join(", ", members)));
            }
        });
        return clauses;
    }

    private String effect(Effect effect) {
        return switch (effect) {
            case Effect.Earn earn ->
                earn.percent()
                        .map(percent -> phrases.percentBack(
                                phrases.percent(phrases.figures().number(percent)), units.label(earn.wallet())))
                        .orElseGet(() -> units.rate(earn.wallet(), earn.rate()));
            case Effect.Bonus bonus -> phrases.bonus(units.amount(bonus.wallet(), bonus.points()));
            case Effect.Multiply multiply ->
                phrases.multiplied(units.label(multiply.wallet()), times(multiply.hundredths()));
            case Effect.PercentOff off ->
                phrases.percentOff(phrases.percent(phrases.figures().hundredths(off.hundredths())));
            case Effect.AmountOff off -> phrases.amountOff(units.money(off.minor()));
            case Effect.Grant grant -> benefit(grant.benefit(), phrases);
        };
    }

    private String times(int hundredths) {
        return "×" + phrases.figures().hundredths(hundredths);
    }

    /** A benefit, with its label where it has one; of some kinds the label says it all. */
    static String benefit(Benefit benefit, Phrases phrases) {
        Optional<String> label = benefit.label().filter(text -> !text.isBlank()).map(phrases::quoted);
        if (label.isEmpty()) {
            return phrases.benefit(benefit.kind());
        }
        return switch (benefit.kind()) {
            case LABEL -> label.get();
            case FREE_DELIVERY, EARLY_ACCESS, SUPPORT, GIFT -> phrases.benefit(benefit.kind()) + " " + label.get();
        };
    }

    /** Since when a rule is in force. */
    Optional<String> begins(Rule rule) {
        return rule.from()
                .map(from -> startsDay(from)
                        ? phrases.since(program.dayOf(from))
                        : phrases.since(LocalDateTime.ofInstant(from, program.zone())));
    }

    /** Until when it is: to the end of a day where it ends with it. */
    Optional<String> ends(Rule rule) {
        return rule.to()
                .map(to -> startsDay(to)
                        ? phrases.through(program.dayOf(to).minusDays(1))
                        : phrases.until(LocalDateTime.ofInstant(to, program.zone())));
    }

    private boolean startsDay(Instant moment) {
        LocalDate day = program.dayOf(moment);
        return day.atStartOfDay(program.zone()).toInstant().equals(moment);
    }

    /** Which goods a rule is about; empty: all. */
    Optional<String> goods(Rule rule) {
        return rule.lines() instanceof LineCondition.Every
                ? Optional.empty()
                : Optional.of(conditions.forGoods(rule.lines()));
    }

    /** A rule by its title. */
    String title(Rule rule) {
        return units.text(rule.title()).orElse(rule.id().toString());
    }

    /** A rule by its title. */
    String title(RuleId id) {
        return rule(id).map(this::title).orElse(id.toString());
    }

    /** A rule of the program. */
    Optional<Rule> rule(RuleId id) {
        return switch (program.scheme()) {
            case EarningRules rates -> Optional.empty();
            case RuleBook book ->
                book.rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
        };
    }

    private ToldRule told(String pointer, Topic topic, String clauses) {
        return new ToldRule(pointer, phrases.title(topic), Phrases.sentence(clauses));
    }
}
