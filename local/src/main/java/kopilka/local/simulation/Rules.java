package kopilka.local.simulation;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The rules of a program in plain values: the engine gets a program made of them, the model reads them as they are. Money
 * is in minor units.
 *
 * @param currency three letters
 * @param zone whose days count
 * @param rate what goods earn
 * @param categories what goods of these categories earn instead
 * @param minimumOrder the least value of the goods kept that earns
 * @param maximumPerOrder the most that one order earns
 * @param delivery whether its price earns
 * @param tax whether it earns
 * @param discountedLines whether lines with their own discount earn
 * @param giftVouchers whether lines that sell vouchers earn
 * @param paidWithPoints whether the part paid with points earns
 * @param roundEachLine whether each line is rounded down, rather than the order once
 * @param fromDelivery whether the return window starts with the delivery, rather than the payment
 * @param windowDays how long it is
 * @param life how long points last once they are available
 * @param worthPoints so many points
 * @param worthMinor pay that much
 * @param minimumPoints the fewest that one redemption takes
 * @param maximumShare the largest share of an order that points pay, in hundredths of a percent
 * @param holdMinutes how long a hold lasts
 * @param shortfall who bears spent points that a refund takes back
 * @param writeOffLimit with {@link Shortfall#WRITE_OFF}, to how many points an order
 * @param graceDays how long points last that come back after their last day
 * @param referral what recommending brings, where the program rewards it
 */
record Rules(
        String currency,
        ZoneId zone,
        Fraction rate,
        Map<String, Fraction> categories,
        long minimumOrder,
        OptionalLong maximumPerOrder,
        boolean delivery,
        boolean tax,
        boolean discountedLines,
        boolean giftVouchers,
        boolean paidWithPoints,
        boolean roundEachLine,
        boolean fromDelivery,
        int windowDays,
        Life life,
        long worthPoints,
        long worthMinor,
        long minimumPoints,
        int maximumShare,
        long holdMinutes,
        Shortfall shortfall,
        long writeOffLimit,
        int graceDays,
        Optional<Referral> referral) {

    /** So many points for so much money. */
    record Fraction(long points, long perMinor) {}

    /** How long points last: days, months, or with neither for good; perhaps to the end of that month. */
    record Life(int days, int months, boolean toMonthEnd) {}

    /** Who bears points that are gone. */
    enum Shortfall {
        DEBT,
        DEDUCT,
        WRITE_OFF
    }

    /** Points for either side, and from which value of goods on. */
    record Referral(long referrer, long referee, long minimumOrder) {}
}
