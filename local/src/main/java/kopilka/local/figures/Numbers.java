package kopilka.local.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as people read them: with groups of three, and no digits that say nothing. */
public final class Numbers {
    /** Digits that matter of a number that is not whole; no measurement here is more exact. */
    private static final int DIGITS = 3;

    private static final int GROUP = 3;

    private Numbers() {}

    /** {@code 283000} is 283,000, {@code 3.14159} is 3.14, {@code 0.5} is 0.5, and what is whole stays so. */
    public static String show(BigDecimal number) {
        BigDecimal shown = number;
        int whole = Math.max(0, number.precision() - number.scale());
        if (number.stripTrailingZeros().scale() > 0) {
            int leading = number.precision() <= number.scale() ? number.scale() - number.precision() : 0;
            shown = number.setScale(Math.max(0, DIGITS - whole + leading), RoundingMode.HALF_UP);
        }
        shown = shown.stripTrailingZeros();
        String plain = (shown.scale() < 0 ? shown.setScale(0) : shown).toPlainString();
        int point = plain.indexOf('.');
        String integer = point < 0 ? plain : plain.substring(0, point);
        StringBuilder grouped = new StringBuilder(integer);
        int first = integer.startsWith("-") ? 1 : 0;
        for (int at = integer.length() - GROUP; at > first; at -= GROUP) {
            grouped.insert(at, ',');
        }
        return grouped + (point < 0 ? "" : plain.substring(point));
    }

    /** With its unit, if it has one. */
    public static String show(BigDecimal number, String unit) {
        return unit.isBlank() ? show(number) : show(number) + " " + unit;
    }
}
