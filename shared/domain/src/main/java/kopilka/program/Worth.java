package kopilka.program;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
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

    /**
     * What so many points of many operations pay, rounded down, in the currency's own decimals such as {@code 12.50}. Neither
     * the bound of points nor that of money holds for such a sum.
     *
     * @param sum in points, not negative
     * @param currency that of the minor units
     */
    public String amount(long sum, Currency currency) {
        BigInteger paid =
                BigInteger.valueOf(sum).multiply(BigInteger.valueOf(minor)).divide(BigInteger.valueOf(points));
        return new BigDecimal(paid, currency.getDefaultFractionDigits()).toPlainString();
    }

    /** The most points whose worth is not above an amount. */
    public Points affordableWith(long amountMinor) {
        // floor(p * minor / points) <= amount  <=>  p * minor < (amount + 1) * points
        long bound = Proportion.ceiling(Math.addExact(amountMinor, 1), points, minor);
        return Points.of(Math.min(Points.MAX, bound - 1));
    }
}
