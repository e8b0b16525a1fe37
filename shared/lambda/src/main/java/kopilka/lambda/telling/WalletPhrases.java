package kopilka.lambda.telling;

import java.util.List;
import kopilka.program.Inactivity;
import kopilka.program.PendingRule;

/** How wallets work. */
interface WalletPhrases {
    /** What an order earned becomes available so many days after an event. */
    String available(PendingRule.From from, int days);

    /** It lasts for good. */
    String lastsForGood();

    /** Its last day is that. */
    String lastDay(String day);

    /** For a level, it lasts otherwise. */
    String forTier(String tier);

    /** The day so many days after it became available. */
    String daysAfter(int days);

    /** The day so many months after it became available. */
    String monthsAfter(int months);

    /** A day, put off to the end of its month. */
    String toMonthEnd(String day);

    /** The next of some days of the year, at least so many days after it became available. */
    String nextOf(List<String> dates, int atLeastDays);

    /** Of several days the earliest. */
    String earliest(String choice);

    /** All ends when for so long there is no sign of the member. */
    String inactive(List<Inactivity.Sign> signs, String span);

    /** At least so much at a time. */
    String atLeastAtATime(String amount);

    /** A multiple of so much. */
    String inStepsOf(String amount);

    /** Up to a percentage of the order. */
    String upToShare(String percent);

    /** Held for so many minutes. */
    String heldForMinutes(long minutes);

    /** Held for so many hours. */
    String heldForHours(long hours);

    /** It does not pay. */
    String cannotBeSpent();
}
