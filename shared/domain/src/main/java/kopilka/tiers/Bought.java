package kopilka.tiers;

/**
 * What was bought on a day, or within a stretch of days, and was kept.
 *
 * @param spend the goods, in minor units
 * @param orders how many orders
 * @param points what they earned in the main wallet
 */
public record Bought(long spend, long orders, long points) {
    /** Nothing. */
    public static final Bought NOTHING = new Bought(0, 0, 0);

    /** Refuses less than nothing. */
    public Bought {
        if (spend < 0 || orders < 0 || points < 0) {
            throw new IllegalArgumentException("nobody buys less than nothing");
        }
    }

    /** Both together. */
    public Bought plus(Bought other) {
        return new Bought(
                Math.addExact(spend, other.spend),
                Math.addExact(orders, other.orders),
                Math.addExact(points, other.points));
    }
}
