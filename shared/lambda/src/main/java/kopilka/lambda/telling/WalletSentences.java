package kopilka.lambda.telling;

import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.program.EarningRules;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.Inactivity;
import kopilka.program.Program;
import kopilka.program.RedemptionRules;
import kopilka.program.RuleBook;
import kopilka.program.Scheme;
import kopilka.program.TierId;
import kopilka.program.WalletRules;

/** How long what is earned waits and lasts, how it pays, and how much of it an order earns at most. */
final class WalletSentences {
    private final Program program;
    private final Phrases phrases;
    private final Units units;
    private final Conditions conditions;

    WalletSentences(Program program, Phrases phrases, Units units) {
        this.program = program;
        this.phrases = phrases;
        this.units = units;
        this.conditions = new Conditions(program, phrases, units);
    }

    List<ToldRule> all() {
        List<ToldRule> told = new ArrayList<>();
        for (WalletRules wallet : program.wallets()) {
            tell(wallet, told);
        }
        return told;
    }

    private void tell(WalletRules wallet, List<ToldRule> told) {
        boolean first = isFirstFormat(program.scheme());
        String at = first ? "" : "wallets/" + wallet.id() + "/";
        told.add(told(at + "pending", Topic.PENDING, wallet, Phrases.sentence(pending(wallet))));
        told.add(told(at + "expiry", Topic.EXPIRY, wallet, expiry(wallet.expiry())));
        told.add(told(
                at + "redemption",
                Topic.REDEMPTION,
                wallet,
                Phrases.sentence(wallet.redemption()
                        .map(rules -> redemption(wallet, rules))
                        .orElseGet(phrases::cannotBeSpent))));
        if (!first && wallet.maximumPerOrder().isPresent()) {
            String most = units.amount(wallet.id(), wallet.maximumPerOrder().getAsLong());
            told.add(told(
                    at + "maximumPerOrder",
                    Topic.MAXIMUM_PER_ORDER,
                    wallet,
                    Phrases.sentence(phrases.maximumPerOrder(most))));
        }
    }

    /** Whether the document has its wallet's rules at its top. */
    private static boolean isFirstFormat(Scheme scheme) {
        return switch (scheme) {
            case EarningRules rates -> true;
            case RuleBook book -> false;
        };
    }

    private ToldRule told(String pointer, Topic topic, WalletRules wallet, String sentence) {
        String title = phrases.title(topic);
        return new ToldRule(
                pointer, program.wallets().size() > 1 ? title + ": " + units.label(wallet.id()) : title, sentence);
    }

    private String pending(WalletRules wallet) {
        return phrases.available(wallet.pending().from(), wallet.pending().days());
    }

    private String expiry(Expiry expiry) {
        List<String> clauses = new ArrayList<>();
        clauses.add(lasts(expiry.usual()));
        for (TierId tier : conditions.lowestFirst(expiry.byTier().keySet())) {
            clauses.add(phrases.forTier(phrases.quoted(conditions.tier(tier))) + " "
                    + lasts(expiry.byTier().getOrDefault(tier, expiry.usual())));
        }
        String usual = Phrases.sentence(String.join("; ", clauses));
        return expiry.inactivity()
                .map(rule -> usual + " " + Phrases.sentence(inactivity(rule)))
                .orElse(usual);
    }

    private String lasts(ExpiryRule rule) {
        return day(rule).map(phrases::lastDay).orElseGet(phrases::lastsForGood);
    }

    /** The last day in words. Empty: there is none. */
    private Optional<String> day(ExpiryRule rule) {
        return switch (rule) {
            case ExpiryRule.Never never -> Optional.empty();
            case ExpiryRule.AfterDays after ->
                Optional.of(rounded(phrases.daysAfter(after.days()), after.roundToMonthEnd()));
            case ExpiryRule.AfterMonths after ->
                Optional.of(rounded(phrases.monthsAfter(after.months()), after.roundToMonthEnd()));
            case ExpiryRule.OnDates on ->
                Optional.of(phrases.nextOf(
                        on.dates().stream()
                                .sorted(MonthDay::compareTo)
                                .map(phrases::date)
                                .toList(),
                        on.atLeastDays()));
            case ExpiryRule.Earliest earliest -> {
                List<String> days = earliest.rules().stream()
                        .flatMap(part -> day(part).stream())
                        .toList();
                yield days.size() < 2
                        ? days.stream().findFirst()
                        : Optional.of(phrases.earliest(String.join(phrases.or(), days)));
            }
        };
    }

    private String rounded(String day, boolean toMonthEnd) {
        return toMonthEnd ? phrases.toMonthEnd(day) : day;
    }

    private String inactivity(Inactivity rule) {
        return phrases.inactive(
                rule.counts().stream().sorted().toList(),
                rule.months() > 0 ? phrases.months(rule.months()) : phrases.days(rule.days()));
    }

    private String redemption(WalletRules wallet, RedemptionRules rules) {
        List<String> clauses = new ArrayList<>();
        clauses.add(units.amount(wallet.id(), rules.worth().points()) + " = "
                + units.money(rules.worth().minor()));
        if (rules.minimumPoints() > 1) {
            clauses.add(phrases.atLeastAtATime(units.amount(wallet.id(), rules.minimumPoints())));
        }
        if (rules.step() > 1) {
            clauses.add(phrases.inStepsOf(units.amount(wallet.id(), rules.step())));
        }
        clauses.add(phrases.upToShare(phrases.percent(phrases.figures().hundredths(rules.maximumShare()))));
        rules.when().ifPresent(when -> clauses.add(conditions.terms(when).only(phrases)));
        long minutes = rules.holdTimeout().toMinutes();
        clauses.add(minutes % 60 == 0 ? phrases.heldForHours(minutes / 60) : phrases.heldForMinutes(minutes));
        return String.join("; ", clauses);
    }
}
