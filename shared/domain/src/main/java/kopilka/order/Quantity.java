package kopilka.order;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much of something a line sells, in thousandths: pieces, or kilograms and metres to three decimals.
 *
 * @param thousandths positive, at most {@link #MAX}
 */
public record Quantity(long thousandths) implements Comparable<Quantity> {
    /** A million pieces: far above any order line. */
    public static final long MAX = 1_000_000_000L;

    /** Refuses what is out of range. */
    public Quantity {
        if (thousandths <= 0 || thousandths > MAX) {
            throw new IllegalArgumentException("a quantity is positive, and at most a million");
        }
    }

    /** That many pieces. */
    public static Quantity of(long pieces) {
        return new Quantity(Math.multiplyExact(pieces, 1000));
    }

    /** The quantity, or empty where it has more than three decimals or is out of range. */
    public static Optional<Quantity> of(BigDecimal quantity) {
        if (quantity.signum() <= 0 || quantity.compareTo(BigDecimal.valueOf(MAX, 3)) > 0) {
            return Optional.empty();
        }
        if (quantity.scale() <= 3) {
            return Optional.of(new Quantity(quantity.movePointRight(3).longValueExact()));
        }
        BigDecimal thousandths = quantity.movePointRight(3).stripTrailingZeros();
        return thousandths.scale() > 0 ? Optional.empty() : Optional.of(new Quantity(thousandths.longValueExact()));
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(thousandths, other.thousandths);
    }
}
