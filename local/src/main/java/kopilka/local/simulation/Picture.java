package kopilka.local.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A member as seen at one moment, in plain values; of the engine's account and of the model's, so that they can be compared.
 *
 * @param sequence how many postings there are
 * @param closed whether the member left
 * @param code the referral code
 * @param referrer who recommended
 * @param awaiting points whose days are not known yet
 * @param pending lots that become available
 * @param available lots that can be spent
 * @param holds by redemption
 * @param debt what the member owes
 * @param lapsed lots that expired unspent, as far as they are remembered
 */
record Picture(
        long sequence,
        boolean closed,
        Optional<String> code,
        Optional<String> referrer,
        long awaiting,
        SortedMap<Days, Long> pending,
        SortedMap<Days, Long> available,
        SortedMap<String, Held> holds,
        long debt,
        SortedMap<Days, Long> lapsed) {

    /** The same with another number of postings. */
    Picture numbered(long postings) {
        return new Picture(postings, closed, code, referrer, awaiting, pending, available, holds, debt, lapsed);
    }

    /** The first and the last day on which a lot can be spent. */
    record Days(LocalDate from, LocalDate last) implements Comparable<Days> {
        @Override
        public int compareTo(Days other) {
            int byLast = last.compareTo(other.last);
            return byLast == 0 ? from.compareTo(other.from) : byLast;
        }
    }

    /** Reserved until that moment. */
    record Held(Instant until, SortedMap<Days, Long> lots) {}
}
