package kopilka.lambda.wire.document;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.program.Condition;
import kopilka.program.LineCondition;
import kopilka.program.Period;
import kopilka.program.Range;

/**
 * What conditions ask of one order and one of its lines, all of them together; tells whether there can be such a thing.
 *
 * <p>It finds what is easy to see: ranges, days, hours and lists that have nothing in common, and an order that would have
 * two numbers. It never takes for impossible what is possible.
 */
final class Demands {
    private static final int DAYS_OF_WEEK = 7;
    private static final int MINUTES_OF_DAY = 24 * 60;

    /** What has one value at most, in an order or a line: its shop, say. */
    private enum Trait {
        SHOP,
        CHANNEL,
        REGION,
        TIER,
        CATEGORY,
        BRAND,
        SKU
    }

    /** Amounts that a condition can bound. */
    private enum Sum {
        AMOUNT,
        MATCHING,
        SPENT
    }

    private final Map<Trait, Set<Object>> allowed;
    private final Map<Trait, Set<Object>> forbidden;
    private final Map<Sum, Long> atLeast;
    private final Map<Sum, Long> below;
    private final Map<Period, Long> number;
    private final Map<Period, Set<Long>> divisors;
    private final EnumSet<DayOfWeek> days;
    private final BitSet minutes;
    private final Set<Condition> held;
    private final Set<Condition> refused;
    private final List<List<Condition>> alternatives = new ArrayList<>();
    private final List<List<LineCondition>> lineAlternatives = new ArrayList<>();
    private LocalDate from;
    private LocalDate to;
    private boolean impossible;

    /** Whether the rules are several: what the lines of each come to is then another amount. */
    private final boolean ofSeveralRules;

    private Demands(boolean ofSeveralRules) {
        this.ofSeveralRules = ofSeveralRules;
        allowed = new EnumMap<>(Trait.class);
        forbidden = new EnumMap<>(Trait.class);
        atLeast = new EnumMap<>(Sum.class);
        below = new EnumMap<>(Sum.class);
        number = new EnumMap<>(Period.class);
        divisors = new EnumMap<>(Period.class);
        days = EnumSet.allOf(DayOfWeek.class);
        minutes = new BitSet(MINUTES_OF_DAY);
        minutes.set(0, MINUTES_OF_DAY);
        held = new HashSet<>();
        refused = new HashSet<>();
        from = LocalDate.MIN;
        to = LocalDate.MAX;
    }

    /** Nothing is asked yet by a rule, or whatever else has a condition. */
    static Demands ofOne() {
        return new Demands(false);
    }

    /** Nothing is asked yet by several rules. */
    static Demands ofSeveral() {
        return new Demands(true);
    }

    /** The same demands, but for their alternatives. */
    private Demands(Demands other) {
        ofSeveralRules = other.ofSeveralRules;
        allowed = new EnumMap<>(other.allowed);
        forbidden = new EnumMap<>(Trait.class);
        other.forbidden.forEach((trait, values) -> forbidden.put(trait, new HashSet<>(values)));
        atLeast = new EnumMap<>(other.atLeast);
        below = new EnumMap<>(other.below);
        number = new EnumMap<>(other.number);
        divisors = new EnumMap<>(Period.class);
        other.divisors.forEach((period, values) -> divisors.put(period, new HashSet<>(values)));
        days = EnumSet.noneOf(DayOfWeek.class);
        days.addAll(other.days);
        minutes = (BitSet) other.minutes.clone();
        held = new HashSet<>(other.held);
        refused = new HashSet<>(other.refused);
        from = other.from;
        to = other.to;
        impossible = other.impossible;
    }

    /** Asks for days within a stretch, both ends included. */
    Demands within(Optional<LocalDate> first, Optional<LocalDate> last) {
        first.filter(day -> day.isAfter(from)).ifPresent(day -> from = day);
        last.filter(day -> day.isBefore(to)).ifPresent(day -> to = day);
        return this;
    }

    /** Asks that a condition holds, if there is one. */
    Demands when(Optional<Condition> condition) {
        condition.ifPresent(this::hold);
        return this;
    }

    /** Asks that a line is selected. */
    Demands of(LineCondition lines) {
        select(lines);
        return this;
    }

    private void hold(Condition condition) {
        if (ofSeveralRules && condition instanceof Condition.Matching) {
            return;
        }
        switch (condition) {
            case Condition.All all -> all.parts().forEach(this::hold);
            case Condition.AnyOf any -> alternatives.add(any.parts());
            case Condition.Not not -> refuse(not.part());
            case Condition.Amount amount -> bound(Sum.AMOUNT, amount.range());
            case Condition.Matching matching -> bound(Sum.MATCHING, matching.range());
            case Condition.Spent spent -> bound(Sum.SPENT, spent.range());
            case Condition.AtShop at -> allow(Trait.SHOP, at.shops());
            case Condition.ByChannel by -> allow(Trait.CHANNEL, by.channels());
            case Condition.InRegion in -> allow(Trait.REGION, in.regions());
            case Condition.InTier in -> allow(Trait.TIER, in.tiers());
            case Condition.OnDays on -> keepDays(on.days());
            case Condition.InDates in -> within(Optional.of(in.from()), Optional.of(in.to()));
            case Condition.NthOrder nth -> {
                Long other = number.putIfAbsent(nth.per(), nth.number());
                impossible |= other != null && other != nth.number();
            }
            case Condition.EveryNthOrder every ->
                divisors.computeIfAbsent(every.per(), period -> new HashSet<>()).add(every.every());
            case Condition.InHours hours -> minutes.and(minutes(hours));
            case Condition.InSegment segment -> {}
            case Condition.NearBirthday near -> {}
            case Condition.JoinedWithin within -> {}
            case Condition.JoinedBefore before -> {}
            case Condition.PaidBy by -> {}
            case Condition.WithCoupon with -> {}
        }
        if (isComparable(condition)) {
            held.add(condition);
        }
    }

    private void refuse(Condition condition) {
        if (ofSeveralRules && condition instanceof Condition.Matching) {
            return;
        }
        switch (condition) {
            case Condition.Not not -> hold(not.part());
            case Condition.AnyOf any -> any.parts().forEach(this::refuse);
            case Condition.AtShop at -> forbid(Trait.SHOP, at.shops());
            case Condition.ByChannel by -> forbid(Trait.CHANNEL, by.channels());
            case Condition.InRegion in -> forbid(Trait.REGION, in.regions());
            case Condition.InTier in -> forbid(Trait.TIER, in.tiers());
            case Condition.OnDays on -> {
                if (on.days().size() < DAYS_OF_WEEK) {
                    keepDays(EnumSet.complementOf(EnumSet.copyOf(on.days())));
                } else {
                    impossible = true;
                }
            }
            case Condition.Amount amount -> boundOutside(Sum.AMOUNT, amount.range());
            case Condition.Matching matching -> boundOutside(Sum.MATCHING, matching.range());
            case Condition.Spent spent -> boundOutside(Sum.SPENT, spent.range());
            case Condition.All all -> {}
            case Condition.InDates in -> {}
            case Condition.NthOrder nth -> {}
            case Condition.EveryNthOrder every -> {}
            case Condition.InHours hours -> minutes.andNot(minutes(hours));
            case Condition.InSegment segment -> {}
            case Condition.NearBirthday near -> {}
            case Condition.JoinedWithin within -> {}
            case Condition.JoinedBefore before -> {}
            case Condition.PaidBy by -> {}
            case Condition.WithCoupon with -> {}
        }
        if (isComparable(condition)) {
            refused.add(condition);
        }
    }

    /** Whether a condition asks the same whoever of the rules has it: what is said of a rule's own lines does not. */
    private boolean isComparable(Condition condition) {
        return !ofSeveralRules || !asksOfOwnLines(condition);
    }

    private static boolean asksOfOwnLines(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().anyMatch(Demands::asksOfOwnLines);
        }
        if (condition instanceof Condition.AnyOf any) {
            return any.parts().stream().anyMatch(Demands::asksOfOwnLines);
        }
        return condition instanceof Condition.Matching
                || (condition instanceof Condition.Not not && asksOfOwnLines(not.part()));
    }

    private void select(LineCondition lines) {
        switch (lines) {
            case LineCondition.Every every -> {}
            case LineCondition.OfCategory of -> allow(Trait.CATEGORY, of.categories());
            case LineCondition.OfBrand of -> allow(Trait.BRAND, of.brands());
            case LineCondition.OfSku of -> allow(Trait.SKU, of.skus());
            case LineCondition.All all -> all.parts().forEach(this::select);
            case LineCondition.AnyOf any -> lineAlternatives.add(any.parts());
            case LineCondition.Not not -> leaveOut(not.part());
        }
    }

    private void leaveOut(LineCondition lines) {
        switch (lines) {
            case LineCondition.Every every -> impossible = true;
            case LineCondition.OfCategory of -> forbid(Trait.CATEGORY, of.categories());
            case LineCondition.OfBrand of -> forbid(Trait.BRAND, of.brands());
            case LineCondition.OfSku of -> forbid(Trait.SKU, of.skus());
            case LineCondition.All all -> {}
            case LineCondition.AnyOf any -> any.parts().forEach(this::leaveOut);
            case LineCondition.Not not -> select(not.part());
        }
    }

    private void allow(Trait trait, Set<?> values) {
        Set<Object> both = new HashSet<>(values);
        Set<Object> before = allowed.get(trait);
        if (before != null) {
            both.retainAll(before);
        }
        allowed.put(trait, both);
    }

    private void forbid(Trait trait, Set<?> values) {
        forbidden.computeIfAbsent(trait, none -> new HashSet<>()).addAll(values);
    }

    private void keepDays(Collection<DayOfWeek> kept) {
        days.retainAll(kept);
    }

    private static BitSet minutes(Condition.InHours hours) {
        BitSet within = new BitSet(MINUTES_OF_DAY);
        int from = hours.from().toSecondOfDay() / 60;
        int to = hours.to().toSecondOfDay() / 60;
        if (from < to) {
            within.set(from, to);
        } else {
            within.set(from, MINUTES_OF_DAY);
            within.set(0, to);
        }
        return within;
    }

    private void bound(Sum sum, Range range) {
        atLeast.merge(sum, range.atLeast(), Math::max);
        below.merge(sum, range.below(), Math::min);
    }

    /** Only where one side of the range is open, what lies outside is a range again. */
    private void boundOutside(Sum sum, Range range) {
        if (range.below() == Range.OPEN) {
            below.merge(sum, range.atLeast(), Math::min);
        } else if (range.atLeast() == 0) {
            atLeast.merge(sum, range.below(), Math::max);
        }
    }

    /** Whether nothing can meet all demands. */
    boolean areImpossible() {
        return contradictEachOther()
                || alternatives.stream()
                        .anyMatch(parts -> parts.stream().allMatch(part -> {
                            Demands chosen = new Demands(this);
                            chosen.hold(part);
                            return chosen.areImpossible();
                        }))
                || lineAlternatives.stream()
                        .anyMatch(parts -> parts.stream().allMatch(part -> {
                            Demands chosen = new Demands(this);
                            chosen.select(part);
                            return chosen.areImpossible();
                        }));
    }

    private boolean contradictEachOther() {
        return impossible
                || held.stream().anyMatch(refused::contains)
                || allowed.entrySet().stream()
                        .anyMatch(trait ->
                                forbidden.getOrDefault(trait.getKey(), Set.of()).containsAll(trait.getValue()))
                || boundsAreCrossed()
                || numbersDiffer()
                || to.isBefore(from)
                || days.isEmpty()
                || minutes.isEmpty()
                || noneOfTheDaysIsWithin();
    }

    private boolean boundsAreCrossed() {
        for (Sum sum : Sum.values()) {
            if (atLeast.getOrDefault(sum, 0L) >= below.getOrDefault(sum, Range.OPEN)) {
                return true;
            }
        }
        // Some of the goods are never worth more than all of them.
        return atLeast.getOrDefault(Sum.MATCHING, 0L) >= below.getOrDefault(Sum.AMOUNT, Range.OPEN);
    }

    private boolean numbersDiffer() {
        for (Map.Entry<Period, Long> told : number.entrySet()) {
            for (long divisor : divisors.getOrDefault(told.getKey(), Set.of())) {
                if (told.getValue() % divisor != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean noneOfTheDaysIsWithin() {
        if (from.equals(LocalDate.MIN) || !to.isBefore(from.plusDays(DAYS_OF_WEEK - 1))) {
            return false;
        }
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                return false;
            }
        }
        return true;
    }
}
