package kopilka.local.cost;

import java.math.BigDecimal;

/** A month as AWS counts it where it asks by the hour: a twelfth of a year. */
final class Month {
    static final BigDecimal HOURS = BigDecimal.valueOf(730);
    static final BigDecimal MINUTES_OF_AN_HOUR = BigDecimal.valueOf(60);
    static final BigDecimal MINUTES_OF_A_DAY = BigDecimal.valueOf(1440);
    static final BigDecimal MINUTES = HOURS.multiply(MINUTES_OF_AN_HOUR);
    static final BigDecimal SECONDS = MINUTES.multiply(BigDecimal.valueOf(60));

    private Month() {}
}
