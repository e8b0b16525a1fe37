package kopilka.tiers;

/**
 * What has to be bought yet: all of it.
 *
 * @param spend goods, in minor units
 * @param orders how many orders
 * @param points to be earned in the main wallet
 */
public record Missing(long spend, long orders, long points) {
    /** Nothing is missing. */
    static final Missing NOTHING = new Missing(0, 0, 0);

    /** What both ask for. */
    Missing and(Missing other) {
        return new Missing(
                Math.max(spend, other.spend), Math.max(orders, other.orders), Math.max(points, other.points));
    }

    /** Whether whoever has bought this has also bought the other. */
    boolean covers(Missing other) {
        return and(other).equals(this);
    }
}
