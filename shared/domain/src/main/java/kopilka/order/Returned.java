package kopilka.order;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of an order came back, summed over all its refunds: a sum, so that the order in which refunds come can't matter.
 *
 * @param quantities by the line's position from 0, in thousandths; only lines of which something came back
 * @param delivery how much of the delivery's price was refunded, in minor units
 * @param amount what was refunded as an amount, without naming lines, in minor units
 */
public record Returned(SortedMap<Integer, Long> quantities, long delivery, long amount) {
    /** Nothing came back. */
    public static final Returned NOTHING = new Returned(new TreeMap<>(), 0, 0);

    /** Copies what it is given. */
    public Returned {
        quantities = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
        if (delivery < 0 || amount < 0) {
            throw new IllegalArgumentException("what comes back is not negative");
        }
    }

    /** Both together. */
    public Returned plus(Returned other) {
        SortedMap<Integer, Long> sum = new TreeMap<>(quantities);
        for (Map.Entry<Integer, Long> entry : other.quantities.entrySet()) {
            sum.merge(entry.getKey(), entry.getValue(), Math::addExact);
        }
        return new Returned(sum, Math.addExact(delivery, other.delivery), Math.addExact(amount, other.amount));
    }

    /** How much of a line came back, in thousandths. */
    public long of(int line) {
        return quantities.getOrDefault(line, 0L);
    }

    /** Whether nothing came back. */
    public boolean isNothing() {
        return quantities.isEmpty() && delivery == 0 && amount == 0;
    }
}
