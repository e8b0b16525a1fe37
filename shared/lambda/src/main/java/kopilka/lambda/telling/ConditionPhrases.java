package kopilka.lambda.telling;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import kopilka.program.Period;

/**
 * Conditions as circumstances, such as "on Mondays", that go well after "only" and, but for those about a range, after
 * {@link #not}.
 */
interface ConditionPhrases {
    /** That it is not so. */
    String not(String circumstance);

    /** That it is so in no other circumstances. */
    String only(String circumstances);

    /** The range from an amount on. */
    String atLeast(String amount);

    /** The range to an amount that is no longer in it. */
    String below(String amount);

    /** The range from an amount to one that is no longer in it. */
    String between(String amount, String below);

    /** The goods come to an amount in a range. */
    String goodsFor(String range);

    /** The goods that the rule is about come to an amount in a range. */
    String matchingGoodsFor(String range);

    /** What was bought before comes to an amount in a range. */
    String boughtBefore(String range);

    /** In the shops. */
    String atShop(Named shops);

    /** Through the channels. */
    String byChannel(Named channels);

    /** In the regions. */
    String inRegion(Named regions);

    /** On these days of the week, in their sequence. */
    String onDays(List<DayOfWeek> days);

    /** Between two times of the day. */
    String inHours(String from, String to, boolean toNextDay);

    /** At whatever hour. */
    String atAnyHour();

    /** Between two days, both included. */
    String inDates(LocalDate from, LocalDate to);

    /** On one day. */
    String onDate(LocalDate day);

    /** For the order of that number. */
    String nthOrder(long number, Period per);

    /** For each order whose number is a multiple. */
    String everyNthOrder(long every, Period per);

    /** For members of the levels. */
    String inTier(Named tiers);

    /** For members with the labels. */
    String inSegment(Named segments);

    /** Round the birthday. */
    String nearBirthday(int before, int after);

    /** Within so many days of joining. */
    String joinedWithin(int days);

    /** For members who joined before that day. */
    String joinedBefore(LocalDate day);

    /** Paid by the methods. */
    String paidBy(Named methods);

    /** With the coupons. */
    String withCoupon(Named coupons);

    /** Whatever goods, or none, as an attribute. */
    String ofAnyKind(boolean is);

    /** Goods of the categories, or of others, as an attribute. */
    String ofCategory(Named categories, boolean is);

    /** Goods of the brands, or of others, as an attribute. */
    String ofBrand(Named brands, boolean is);

    /** Goods of these numbers, or of others, as an attribute. */
    String ofSku(Named skus, boolean is);

    /** For goods with such attributes. */
    String forGoods(String attributes);
}
