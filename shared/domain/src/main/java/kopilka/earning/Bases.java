package kopilka.earning;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each line of an order counts as, and the delivery after them: exact numbers of minor units, all with one denominator.
 * What does not count is 0.
 */
final class Bases {
    private final Exact[] numerators;
    /** The same in 64 bits, where all of them together fit. */
    private final long @Nullable [] small;

    private final Exact denominator;

    /**
     * Takes them over.
     *
     * @param numerators whole numbers
     * @param denominator whole, not 0
     */
    Bases(Exact[] numerators, Exact denominator) {
        this.numerators = numerators;
        this.denominator = denominator;
        Exact sum = Exact.ZERO;
        for (Exact numerator : numerators) {
            sum = sum.plus(numerator);
        }
        this.small = sum.isSmall() ? new long[numerators.length] : null;
        if (small != null) {
            for (int i = 0; i < small.length; i++) {
                small[i] = numerators[i].floor();
            }
        }
    }

    /** The denominator of all of them. */
    Exact denominator() {
        return denominator;
    }

    /** The numerator of a line. */
    Exact of(int line) {
        return numerators[line];
    }

    /** The numerators of some lines, added up class by class. Without a partition all are of one class. */
    Exact[] of(LineSet set, @Nullable Partition<?> partition) {
        Exact[] sums = new Exact[partition == null ? 1 : partition.values().size()];
        if (small == null) {
            Arrays.fill(sums, Exact.ZERO);
            for (int i = 0; i < numerators.length; i++) {
                if (set.has(i)) {
                    int each = partition == null ? 0 : partition.classOf(i);
                    sums[each] = sums[each].plus(numerators[i]);
                }
            }
            return sums;
        }
        long[] all = new long[sums.length];
        for (int i = 0; i < small.length; i++) {
            if (set.has(i)) {
                all[partition == null ? 0 : partition.classOf(i)] += small[i];
            }
        }
        for (int each = 0; each < all.length; each++) {
            sums[each] = Exact.of(all[each]);
        }
        return sums;
    }
}
