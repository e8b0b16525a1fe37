package kopilka.program;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;

/**
 * The days round a birthday. A birthday on 29 February is kept on the 28th in years that have no 29th.
 *
 * @param before how many days before the birthday it begins
 * @param after how many days after it it ends
 */
public record BirthdayWindow(int before, int after) {
    /** The most days either way. */
    public static final int MAX_DAYS = 60;

    /** Refuses a window out of range. */
    public BirthdayWindow {
        if (before < 0 || after < 0 || before > MAX_DAYS || after > MAX_DAYS) {
            throw new IllegalArgumentException("a window of 0 to " + MAX_DAYS + " days either way");
        }
    }

    /** Whether a day is in it, for somebody with that birthday. */
    public boolean contains(LocalDate day, MonthDay birthday) {
        for (int year = day.getYear() - 1; year <= day.getYear() + 1; year++) {
            long days = ChronoUnit.DAYS.between(birthday.atYear(year), day);
            if (days >= -before && days <= after) {
                return true;
            }
        }
        return false;
    }
}
