package kopilka.lambda.telling;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * How a language writes figures.
 *
 * @param point what stands before the decimals
 * @param group what stands between thousands
 */
record Figures(String point, String group) {
    private static final int THOUSAND = 3;

    /** A space at which no line breaks. */
    static final String SPACE = "\u00a0";

    /** A whole number. */
    String number(long number) {
        return written(BigDecimal.valueOf(number));
    }

    /** A number with the decimals that it needs. */
    String number(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return written(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }

    /** A number in hundredths, with the decimals that it needs: 150 is 1.5. */
    String hundredths(long hundredths) {
        return number(BigDecimal.valueOf(hundredths, 2));
    }

    /** An amount in the currency's own decimals, such as {@code 1,250.00 EUR}. Of any size: a rate has no bound. */
    String money(long minor, Currency currency) {
        return written(BigDecimal.valueOf(minor, currency.getDefaultFractionDigits())) + " "
                + currency.getCurrencyCode();
    }

    private String written(BigDecimal number) {
        String plain = number.toPlainString();
        int whole = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        StringBuilder text = new StringBuilder(plain.length() + 8);
        for (int i = 0; i < whole; i++) {
            text.append(plain.charAt(i));
            int left = whole - 1 - i;
            if (left > 0 && left % THOUSAND == 0 && Character.isDigit(plain.charAt(i))) {
                text.append(group);
            }
        }
        return whole == plain.length()
                ? text.toString()
                : text.append(point).append(plain, whole + 1, plain.length()).toString();
    }

    /** Several as "a, b and c", where {@code last} is the word before the last, with its spaces. */
    static String list(List<String> items, String last) {
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + last + items.getLast();
    }
}
