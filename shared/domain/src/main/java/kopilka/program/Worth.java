package kopilka.program;

import kopilka.money.Points;
import kopilka.money.Proportion;

/**
 * What points are worth when they pay: {@code points} of them are {@code minor} minor units.
 *
 * @param points positive
 * @param minor in minor units of the program's currency, positive
 */
public record Worth(long points, long minor) {
    /** Refuses points that are worth nothing. */
    public Worth {
        if (points <= 0 || minor <= 0) {
            throw new IllegalArgumentException("worth is a positive fraction");
        }
    }

    /** What so many points pay, in minor units, rounded down. */
    public long of(Points spent) {
        return Proportion.floor(spent.value(), minor, points);
    }

    /** The most points whose worth is not above an amount. */
    public Points affordableWith(long amountMinor) {
        // floor(p * minor / points) <= amount  <=>  p * minor < (amount + 1) * points
        long bound = Proportion.ceiling(Math.addExact(amountMinor, 1), points, minor);
        return Points.of(Math.min(Points.MAX, bound - 1));
    }
}
