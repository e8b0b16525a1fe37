package kopilka.tiers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kopilka.program.Qualification;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierRules;

/** The levels by their places, the lowest being 0, and what each asks for. */
record Ladder(TierRules rules) {
    /** The place of a level; of one that there is not, the lowest. */
    int place(TierId level) {
        return Math.max(0, rules.indexOf(level));
    }

    TierId at(int place) {
        return rules.levels().get(place).id();
    }

    /** The highest level that is earned. Each stands by itself: a higher one may be earned where a lower one is not. */
    int qualified(Bought bought) {
        int place = rules.levels().size() - 1;
        while (place > 0 && !qualifies(place, bought)) {
            place--;
        }
        return place;
    }

    private boolean qualifies(int place, Bought bought) {
        return rules.levels().get(place).qualify().stream().allMatch(asked -> holds(asked, bought));
    }

    /** Whether a level is kept: what keeping it asks for is there, or whoever had nothing would reach it. */
    boolean kept(int place, Bought bought) {
        return place == 0
                || rules.levels().get(place).toKeep().stream().allMatch(asked -> holds(asked, bought))
                || qualified(bought) >= place;
    }

    /**
     * What is left of a level at a review: the highest one, up to it, that is kept. Whoever had a level had those below, so
     * that nobody falls deeper for having been higher.
     */
    int reviewed(int place, Bought bought) {
        int left = place;
        while (!kept(left, bought)) {
            left--;
        }
        return rules.oneStep() ? Math.max(left, place - 1) : left;
    }

    private static boolean holds(Qualification asked, Bought bought) {
        return switch (asked) {
            case Qualification.Spend spend -> bought.spend() >= spend.minor();
            case Qualification.Orders orders -> bought.orders() >= orders.number();
            case Qualification.PointsEarned earned -> bought.points() >= earned.points();
            case Qualification.All all -> all.parts().stream().allMatch(part -> holds(part, bought));
            case Qualification.AnyOf any -> any.parts().stream().anyMatch(part -> holds(part, bought));
        };
    }

    /** Each way to reach a level from what was bought; empty: nothing is missing. */
    List<Missing> toReach(int place, Bought bought) {
        return told(rules.levels().get(place).qualify().stream().toList(), bought);
    }

    /** Each way to keep a level. */
    List<Missing> toKeep(int place, Bought bought) {
        TierLevel level = rules.levels().get(place);
        List<Qualification> ways = new ArrayList<>();
        level.keep().ifPresent(ways::add);
        level.qualify().ifPresent(ways::add);
        return told(List.of(new Qualification.AnyOf(ways)), bought);
    }

    private static List<Missing> told(List<Qualification> asked, Bought bought) {
        List<Missing> ways = missing(new Qualification.All(asked), bought);
        return ways.equals(List.of(Missing.NOTHING)) ? List.of() : ways;
    }

    private static List<Missing> missing(Qualification asked, Bought bought) {
        return switch (asked) {
            case Qualification.Spend spend -> List.of(new Missing(shortOf(spend.minor(), bought.spend()), 0, 0));
            case Qualification.Orders orders -> List.of(new Missing(0, shortOf(orders.number(), bought.orders()), 0));
            case Qualification.PointsEarned earned ->
                List.of(new Missing(0, 0, shortOf(earned.points(), bought.points())));
            case Qualification.All all -> {
                List<Missing> ways = List.of(Missing.NOTHING);
                for (Qualification part : all.parts()) {
                    List<Missing> both = new ArrayList<>();
                    for (Missing more : missing(part, bought)) {
                        ways.forEach(way -> both.add(way.and(more)));
                    }
                    ways = fewest(both);
                }
                yield ways;
            }
            case Qualification.AnyOf any ->
                fewest(any.parts().stream()
                        .flatMap(part -> missing(part, bought).stream())
                        .toList());
        };
    }

    private static long shortOf(long asked, long bought) {
        return Math.max(0, asked - bought);
    }

    /** Without the ways that ask for more than another does. */
    private static List<Missing> fewest(List<Missing> ways) {
        List<Missing> sorted = ways.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Missing::spend)
                        .thenComparingLong(Missing::orders)
                        .thenComparingLong(Missing::points))
                .toList();
        List<Missing> fewest = new ArrayList<>();
        for (Missing way : sorted) {
            if (fewest.size() < TierProgress.MAX_WAYS && fewest.stream().noneMatch(way::covers)) {
                fewest.add(way);
            }
        }
        return fewest;
    }
}
