package kopilka.lambda.telling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.lambda.json.Place;
import kopilka.program.ActivityRules;
import kopilka.program.Program;
import kopilka.program.Qualification;
import kopilka.program.ReferralRules;
import kopilka.program.RefundRules;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;

/** Levels, activities, returns and recommendations. */
final class MemberSentences {
    private final Program program;
    private final Phrases phrases;
    private final Units units;
    private final Conditions conditions;

    MemberSentences(Program program, Phrases phrases, Units units) {
        this.program = program;
        this.phrases = phrases;
        this.units = units;
        this.conditions = new Conditions(program, phrases, units);
    }

    List<ToldRule> all() {
        List<ToldRule> told = new ArrayList<>();
        program.tiers().ifPresent(tiers -> tiers(tiers, told));
        for (ActivityRules activity : program.activities().values()) {
            told.add(new ToldRule(
                    "activities/" + Place.escaped(activity.kind().toString()),
                    units.text(activity.title()).orElse(activity.kind().toString()),
                    Phrases.sentence(activity(activity))));
        }
        program.referral()
                .ifPresent(rules -> told.add(
                        new ToldRule("referral", phrases.title(Topic.REFERRAL), Phrases.sentence(referral(rules)))));
        told.add(new ToldRule("refunds", phrases.title(Topic.REFUNDS), refunds(program.refunds())));
        return told;
    }

    private void tiers(TierRules tiers, List<ToldRule> told) {
        told.add(new ToldRule(
                "tiers",
                phrases.title(Topic.TIERS),
                phrases.levels(
                        phrases.within(tiers.period()),
                        isPeriodic(tiers.period()),
                        tiers.oneStep(),
                        tiers.graceDays())));
        for (TierLevel level : tiers.levels()) {
            told.add(new ToldRule("tiers/" + level.id(), conditions.tier(level.id()), Phrases.sentence(level(level))));
        }
    }

    private static boolean isPeriodic(TierPeriod period) {
        return switch (period) {
            case TierPeriod.Calendar calendar -> true;
            case TierPeriod.Anniversary anniversary -> true;
            case TierPeriod.RollingMonths rolling -> false;
            case TierPeriod.RollingDays rolling -> false;
        };
    }

    private String level(TierLevel level) {
        List<String> clauses = new ArrayList<>();
        clauses.add(level.qualify()
                .map(terms -> phrases.toReach(terms(terms).text(phrases)))
                .orElseGet(phrases::forEverybody));
        level.keep()
                .filter(keep -> !level.qualify().equals(Optional.of(keep)))
                .ifPresent(keep -> clauses.add(phrases.toKeep(terms(keep).text(phrases))));
        if (!level.benefits().isEmpty()) {
            clauses.add(phrases.brings(Figures.list(
                    level.benefits().stream()
                            .map(benefit -> EarningSentences.benefit(benefit, phrases))
                            .toList(),
                    phrases.and())));
        }
        return String.join("; ", clauses);
    }

    private Terms terms(Qualification qualification) {
        return switch (qualification) {
            case Qualification.Spend spend -> Terms.of(phrases.purchases(units.money(spend.minor())));
            case Qualification.Orders orders -> Terms.of(phrases.orders(orders.number()));
            case Qualification.PointsEarned earned ->
                Terms.of(phrases.earnedByOrders(units.amount(program.main().id(), earned.points())));
            case Qualification.All all -> Terms.all(terms(all.parts()));
            case Qualification.AnyOf any -> Terms.either(terms(any.parts()));
        };
    }

    private List<Terms> terms(List<Qualification> parts) {
        return parts.stream().map(this::terms).toList();
    }

    private String activity(ActivityRules activity) {
        List<String> clauses = new ArrayList<>();
        String amounts = Figures.list(
                activity.rewards().stream()
                        .map(reward -> units.amount(reward.wallet(), reward.points()))
                        .toList(),
                phrases.and());
        clauses.add(
                amounts.isEmpty()
                        ? phrases.nothing()
                        : activity.kind().equals(ActivityRules.JOIN)
                                ? phrases.forJoining(amounts)
                                : phrases.eachTime(amounts));
        for (ActivityRules.Limit limit : activity.limits()) {
            clauses.add(phrases.atMostTimes(limit.times(), limit.per()));
        }
        if (activity.verified()) {
            clauses.add(phrases.onlyVerified());
        }
        activity.when().ifPresent(when -> clauses.add(conditions.terms(when).only(phrases)));
        return String.join("; ", clauses);
    }

    private String refunds(RefundRules rules) {
        String gone = switch (rules.shortfall()) {
            case RefundRules.Shortfall.Debt debt -> phrases.goneIsOwed();
            case RefundRules.Shortfall.Deduct deduct -> phrases.goneIsDeducted();
            case RefundRules.Shortfall.WriteOff writeOff ->
                phrases.goneIsForgiven(units.amount(program.main().id(), writeOff.limit()));
        };
        String late = rules.graceDays() > 0 ? phrases.givenBackLasts(rules.graceDays()) : phrases.givenBackExpires();
        return Phrases.sentence(phrases.returned()) + " " + Phrases.sentence(gone) + " " + Phrases.sentence(late);
    }

    private String referral(ReferralRules rules) {
        return phrases.recommended(
                reward(rules.referrerPoints()),
                reward(rules.refereePoints()),
                rules.minimumOrder() > 1 ? Optional.of(units.money(rules.minimumOrder())) : Optional.empty());
    }

    private Optional<String> reward(long points) {
        return points > 0 ? Optional.of(units.amount(program.main().id(), points)) : Optional.empty();
    }
}
