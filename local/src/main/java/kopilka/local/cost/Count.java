package kopilka.local.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import kopilka.local.figures.Numbers;

/** A sum that can say how it came about: {@code 1,000,000 orders × 5 + 9,000 refunds × 7}. */
final class Count {
    private final List<String> parts = new ArrayList<>();
    private BigDecimal sum = BigDecimal.ZERO;

    /** Adds so many of something, each counting for so much. What there is none of is not told. */
    Count add(BigDecimal many, String what, BigDecimal each) {
        if (many.signum() != 0 && each.signum() != 0) {
            sum = sum.add(many.multiply(each));
            parts.add(Numbers.show(many) + " " + what
                    + (each.compareTo(BigDecimal.ONE) == 0 ? "" : " × " + Numbers.show(each)));
        }
        return this;
    }

    /** Adds so many of something. */
    Count add(BigDecimal many, String what) {
        return add(many, what, BigDecimal.ONE);
    }

    BigDecimal sum() {
        return sum;
    }

    /** How it came about. */
    String words() {
        return String.join(" + ", parts);
    }
}
