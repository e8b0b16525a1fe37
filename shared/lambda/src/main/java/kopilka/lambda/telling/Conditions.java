package kopilka.lambda.telling;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import kopilka.program.Condition;
import kopilka.program.LineCondition;
import kopilka.program.Program;
import kopilka.program.Range;
import kopilka.program.TierId;

/**
 * Conditions in words. A "not" is moved down to single circumstances: not (a and b) is not a, or not b. So nobody has to
 * guess how far it reaches.
 */
final class Conditions {
    private final Program program;
    private final Phrases phrases;
    private final Units units;

    Conditions(Program program, Phrases phrases, Units units) {
        this.program = program;
        this.phrases = phrases;
        this.units = units;
    }

    /** A condition in words. */
    Terms terms(Condition condition) {
        return terms(condition, true);
    }

    private Terms terms(Condition condition, boolean holds) {
        return switch (condition) {
            case Condition.Amount amount ->
                ranges(amount.range(), holds, told -> new Terms.One(phrases.goodsFor(told), false, Terms.Asks.GOODS));
            case Condition.Matching matching ->
                ranges(
                        matching.range(),
                        holds,
                        told -> new Terms.One(phrases.matchingGoodsFor(told), false, Terms.Asks.MATCHING));
            case Condition.AtShop at -> one(phrases.atShop(any(at.shops())), holds);
            case Condition.ByChannel by -> one(phrases.byChannel(any(by.channels())), holds);
            case Condition.InRegion in -> one(phrases.inRegion(any(in.regions())), holds);
            case Condition.OnDays on ->
                one(phrases.onDays(on.days().stream().sorted().toList()), holds);
            case Condition.InHours in -> one(hours(in), holds);
            case Condition.InDates in ->
                one(in.from().equals(in.to()) ? phrases.onDate(in.from()) : phrases.inDates(in.from(), in.to()), holds);
            case Condition.NthOrder nth -> one(phrases.nthOrder(nth.number(), nth.per()), holds);
            case Condition.EveryNthOrder every -> one(phrases.everyNthOrder(every.every(), every.per()), holds);
            case Condition.Spent spent -> ranges(spent.range(), holds, told -> Terms.of(phrases.boughtBefore(told)));
            case Condition.InTier in -> one(phrases.inTier(tiers(in.tiers())), holds);
            case Condition.InSegment in -> one(phrases.inSegment(any(in.segments())), holds);
            case Condition.NearBirthday near ->
                one(phrases.nearBirthday(near.window().before(), near.window().after()), holds);
            case Condition.JoinedWithin within -> one(phrases.joinedWithin(within.days()), holds);
            case Condition.JoinedBefore before -> one(phrases.joinedBefore(before.day()), holds);
            case Condition.PaidBy by -> one(phrases.paidBy(any(by.methods())), holds);
            case Condition.WithCoupon with -> one(phrases.withCoupon(any(with.coupons())), holds);
            case Condition.All all -> several(all.parts(), holds, holds);
            case Condition.AnyOf any -> several(any.parts(), !holds, holds);
            case Condition.Not not -> terms(not.part(), !holds);
        };
    }

    private Terms several(List<Condition> conditions, boolean all, boolean hold) {
        List<Terms> parts = conditions.stream().map(part -> terms(part, hold)).toList();
        return all ? Terms.all(parts) : Terms.either(parts);
    }

    private Terms one(String circumstance, boolean holds) {
        return new Terms.One(holds ? circumstance : phrases.not(circumstance), !holds, Terms.Asks.NOTHING);
    }

    private Terms ranges(Range range, boolean within, Function<String, Terms> tell) {
        return Terms.either(ranges(range, within).stream().map(tell).toList());
    }

    /** A range; or what is outside of it, which can be on either side. */
    private List<String> ranges(Range range, boolean within) {
        String from = units.money(range.atLeast());
        if (range.below() == Range.OPEN) {
            return List.of(within ? phrases.atLeast(from) : phrases.below(from));
        }
        String below = units.money(range.below());
        if (range.atLeast() == 0) {
            return List.of(within ? phrases.below(below) : phrases.atLeast(below));
        }
        return within ? List.of(phrases.between(from, below)) : List.of(phrases.below(from), phrases.atLeast(below));
    }

    private String hours(Condition.InHours hours) {
        if (hours.from().equals(hours.to())) {
            return phrases.atAnyHour();
        }
        boolean toMidnight = hours.to().toSecondOfDay() == 0;
        return phrases.inHours(
                hours.from().toString(),
                toMidnight ? "24:00" : hours.to().toString(),
                !toMidnight && hours.to().isBefore(hours.from()));
    }

    private Named any(Collection<?> names) {
        return units.anyOf(names.stream().map(Object::toString).sorted().toList());
    }

    /** Levels by their names, the lowest first. */
    Named tiers(Collection<TierId> tiers) {
        return units.anyOf(lowestFirst(tiers).stream().map(this::tier).toList());
    }

    /** Levels, the lowest first. */
    List<TierId> lowestFirst(Collection<TierId> tiers) {
        return tiers.stream()
                .sorted(Comparator.<TierId>comparingInt(tier -> program.tiers()
                                .map(rules -> rules.indexOf(tier))
                                .orElse(-1))
                        .thenComparing(TierId::value))
                .toList();
    }

    /** A level by its name. */
    String tier(TierId tier) {
        return program.tiers()
                .flatMap(rules -> rules.level(tier))
                .flatMap(level -> units.text(level.name()))
                .orElse(tier.toString());
    }

    /** Which goods a rule is about, in words that say "for such goods". */
    String forGoods(LineCondition lines) {
        return phrases.forGoods(attributes(lines, true).text(phrases));
    }

    private Terms attributes(LineCondition lines, boolean are) {
        return switch (lines) {
            case LineCondition.Every every -> Terms.of(phrases.ofAnyKind(are));
            case LineCondition.OfCategory of -> Terms.of(phrases.ofCategory(any(of.categories()), are));
            case LineCondition.OfBrand of -> Terms.of(phrases.ofBrand(any(of.brands()), are));
            case LineCondition.OfSku of -> Terms.of(phrases.ofSku(any(of.skus()), are));
            case LineCondition.All all -> attributes(all.parts(), are, are);
            case LineCondition.AnyOf any -> attributes(any.parts(), !are, are);
            case LineCondition.Not not -> attributes(not.part(), !are);
        };
    }

    private Terms attributes(List<LineCondition> lines, boolean all, boolean are) {
        List<Terms> parts = lines.stream().map(part -> attributes(part, are)).toList();
        return all ? Terms.all(parts) : Terms.either(parts);
    }
}
