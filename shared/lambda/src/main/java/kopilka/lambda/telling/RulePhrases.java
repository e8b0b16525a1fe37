package kopilka.lambda.telling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import kopilka.program.Benefit;

/** What orders earn. */
interface RulePhrases {
    /** So much for each such amount. */
    String rate(String amount, String per);

    /** Nothing is earned. */
    String nothing();

    /** A percentage of the price, into a wallet. */
    String percentBack(String percent, String wallet);

    /** So much once an order. */
    String bonus(String amount);

    /** What rates give, so many times. */
    String multiplied(String wallet, String factor);

    /** A percentage off. */
    String percentOff(String percent);

    /** An amount off, once an order. */
    String amountOff(String amount);

    /** A benefit. */
    String benefit(Benefit.Kind kind);

    /** From the beginning of a day on. */
    String since(LocalDate day);

    /** From a moment on. */
    String since(LocalDateTime moment);

    /** To the end of a day. */
    String through(LocalDate day);

    /** To a moment. */
    String until(LocalDateTime moment);

    /** Of these rules, goods go to the first that is about them. */
    String onlyFirstOf(String rules);

    /** For all the goods that no other rate is about. */
    String forAllElse();

    /** An order with goods for less earns nothing. */
    String minimumOrder(String amount);

    /** An order earns no more. */
    String maximumPerOrder(String amount);

    /** These count. */
    String counts(String items);

    /** These do not. */
    String countsNot(String items);

    /** What can count. */
    String counted(Counted what);

    /** Fractions are rounded down once an order. */
    String roundedOnOrder();

    /** Fractions are rounded down on each line. */
    String roundedOnLine();

    /** Multipliers are added up, to a bound. */
    String multipliersAddUp(String maximum);

    /** Multipliers are multiplied, to a bound. */
    String multipliersMultiply(String maximum);

    /** All discounts together take no more than that percentage. */
    String discountsAtMost(String percent);

    /** Of several discounts, the first in the list go first. */
    String discountsInSequence();

    /** Days and hours are those of a zone. */
    String clockOf(String zone);
}
