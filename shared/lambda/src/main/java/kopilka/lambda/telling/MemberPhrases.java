package kopilka.lambda.telling;

import java.util.Optional;
import kopilka.program.Period;
import kopilka.program.TierPeriod;

/** Levels, activities, returns and recommendations. */
interface MemberPhrases {
    /** Within a period. */
    String within(TierPeriod period);

    /**
     * How levels go up and down, in whole sentences.
     *
     * @param within the period, in words
     * @param periodic whether it comes to an end, and the level is reviewed then
     * @param oneStep whether levels go down one at a time
     * @param graceDays for how long they are kept
     */
    String levels(String within, boolean periodic, boolean oneStep, int graceDays);

    /** Everybody has the level. */
    String forEverybody();

    /** What the level asks for. */
    String toReach(String terms);

    /** What keeping it asks for. */
    String toKeep(String terms);

    /** What it brings. */
    String brings(String benefits);

    /** Purchases of so much. */
    String purchases(String amount);

    /** So many orders. */
    String orders(long number);

    /** So much earned by orders. */
    String earnedByOrders(String amount);

    /** So much each time. */
    String eachTime(String amount);

    /** So much for joining. */
    String forJoining(String amount);

    /** So many times a period at most. */
    String atMostTimes(long times, Period per);

    /** Only when the shop has verified it. */
    String onlyVerified();

    /** What returns take back and give back. */
    String returned();

    /** What is gone becomes a debt. */
    String goneIsOwed();

    /** The worth of what is gone is kept back. */
    String goneIsDeducted();

    /** What is gone is given up, to so much an order. */
    String goneIsForgiven(String upTo);

    /** What comes back after its last day lasts so many days. */
    String givenBackLasts(int days);

    /** What comes back after its last day expires at once. */
    String givenBackExpires();

    /**
     * What a recommendation brings.
     *
     * @param referrer to the one who recommends; empty: nothing
     * @param referee to the one who comes; empty: nothing
     * @param minimum the least order that counts; empty: any
     */
    String recommended(Optional<String> referrer, Optional<String> referee, Optional<String> minimum);
}
