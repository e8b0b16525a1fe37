package kopilka.lambda.telling;

import java.time.LocalDate;
import java.time.MonthDay;

/** Figures, dates and lists. */
interface FigurePhrases {
    /** How numbers are written. */
    Figures figures();

    /** A number, written already, with its percent sign. */
    String percent(String number);

    /** A name in quotes. */
    String quoted(String name);

    /** The word before the last of several, with its spaces. */
    String and();

    /** The word before the last of a choice, with its spaces. */
    String or();

    /** So many points. */
    String points(long number);

    /** The word for points, in the plural where there is one. */
    String pointsWord();

    /** The word for money given back. */
    String cashbackWord();

    /** A day. */
    String date(LocalDate day);

    /** A day of every year. */
    String date(MonthDay day);

    /** So many days. */
    String days(long number);

    /** So many months. */
    String months(long number);
}
