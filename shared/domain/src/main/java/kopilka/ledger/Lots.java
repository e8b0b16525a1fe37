package kopilka.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lots in the order in which they are spent, one for each term. Immutable.
 *
 * @param byTerm points, more than 0, for each term
 */
public record Lots(SortedMap<Term, Long> byTerm) {
    /** No lots. */
    public static final Lots NONE = new Lots(new TreeMap<>());

    /** Copies what it is given. */
    public Lots {
        byTerm = Collections.unmodifiableSortedMap(new TreeMap<>(byTerm));
        for (long points : byTerm.values()) {
            if (points <= 0) {
                throw new ArithmeticException("a lot has points");
            }
        }
    }

    /** These lots; those of one term are put together. */
    public static Lots of(List<Lot> lots) {
        SortedMap<Term, Long> sum = new TreeMap<>();
        for (Lot lot : lots) {
            sum.merge(lot.term(), lot.points(), Math::addExact);
        }
        return new Lots(sum);
    }

    /** The lots in the order in which they are spent. */
    public List<Lot> list() {
        List<Lot> lots = new ArrayList<>(byTerm.size());
        for (Map.Entry<Term, Long> entry : byTerm.entrySet()) {
            lots.add(new Lot(entry.getKey(), entry.getValue()));
        }
        return lots;
    }

    /** The lot that is spent first. There must be one. */
    Lot first() {
        Term term = byTerm.firstKey();
        return new Lot(term, of(term));
    }

    /** The lot that becomes available first; of several on one day, the one that is spent first. */
    Optional<Lot> firstAvailable() {
        Term first = null;
        for (Term term : byTerm.keySet()) {
            if (first == null || term.availableFrom().isBefore(first.availableFrom())) {
                first = term;
            }
        }
        return first == null ? Optional.empty() : Optional.of(new Lot(first, of(first)));
    }

    /** All their points. */
    public long total() {
        long total = 0;
        for (long points : byTerm.values()) {
            total = Math.addExact(total, points);
        }
        return total;
    }

    /** The points of one term. */
    public long of(Term term) {
        return byTerm.getOrDefault(term, 0L);
    }

    /** With more of one term. */
    Lots plus(Term term, long points) {
        SortedMap<Term, Long> sum = new TreeMap<>(byTerm);
        sum.merge(term, points, Math::addExact);
        return new Lots(sum);
    }

    /** With less of one term; taking more than there is throws. */
    Lots minus(Term term, long points) {
        if (points == 0) {
            return this;
        }
        SortedMap<Term, Long> rest = new TreeMap<>(byTerm);
        long left = Math.subtractExact(of(term), points);
        if (left == 0) {
            rest.remove(term);
        } else {
            rest.put(term, left);
        }
        return new Lots(rest);
    }

    /** The lots that come first, together so many points or all there are. */
    List<Lot> first(long points) {
        List<Lot> taken = new ArrayList<>();
        long missing = points;
        for (Map.Entry<Term, Long> entry : byTerm.entrySet()) {
            if (missing == 0) {
                break;
            }
            long part = Math.min(missing, entry.getValue());
            taken.add(new Lot(entry.getKey(), part));
            missing -= part;
        }
        return taken;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byTerm.isEmpty();
    }
}
