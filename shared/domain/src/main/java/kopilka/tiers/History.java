package kopilka.tiers;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.program.Period;

/**
 * What a member bought and kept, by the days of the program's calendar on which it was paid. Immutable.
 *
 * <p>It goes back as far as tiers and conditions look, and no further: what was bought in all is counted elsewhere.
 *
 * @param days what was bought on each day; days with nothing are not there
 */
public record History(SortedMap<LocalDate, Bought> days) {
    /** The most days on which something was bought: two years, and grace. Of more, the oldest are forgotten. */
    public static final int MAX_DAYS = 800;

    /** Nothing was ever bought. */
    public static final History EMPTY = new History(new TreeMap<>());

    /** Copies what it is given, without the days on which nothing is left. */
    public History {
        TreeMap<LocalDate, Bought> copy = new TreeMap<>(days);
        copy.values().removeIf(Bought.NOTHING::equals);
        while (copy.size() > MAX_DAYS) {
            copy.pollFirstEntry();
        }
        days = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * With something more, or less, on a day. A refund takes off the day on which its order was paid, and never more than
     * is there: a day that is forgotten, or came before anything was counted, has nothing that could be taken off, and
     * another day's purchases do not answer for it.
     *
     * @param day on which the order was paid
     * @param spend goods, in minor units; negative: that came back
     * @param orders orders; negative: that came back as a whole
     * @param points earned in the main wallet; negative: that were taken back
     */
    public History plus(LocalDate day, long spend, long orders, long points) {
        Bought before = days.getOrDefault(day, Bought.NOTHING);
        TreeMap<LocalDate, Bought> changed = new TreeMap<>(days);
        changed.put(
                day,
                new Bought(
                        Math.max(0, Math.addExact(before.spend(), spend)),
                        Math.max(0, Math.addExact(before.orders(), orders)),
                        Math.max(0, Math.addExact(before.points(), points))));
        return new History(changed);
    }

    /** What was bought from a day to the one before another. */
    public Bought between(LocalDate from, LocalDate toExclusive) {
        Bought sum = Bought.NOTHING;
        if (from.isBefore(toExclusive)) {
            for (Bought bought : days.subMap(from, toExclusive).values()) {
                sum = sum.plus(bought);
            }
        }
        return sum;
    }

    /** How many orders were paid in the period that a day lies in, to the end of that day. Not for {@link Period#EVER}. */
    public long orders(Period period, LocalDate day) {
        if (period == Period.EVER) {
            throw new IllegalArgumentException("what was bought in all is counted elsewhere");
        }
        return between(period.start(day), day.plusDays(1)).orders();
    }

    /** Only what was bought on a day or later. */
    public History since(LocalDate day) {
        return new History(days.tailMap(day));
    }
}
