package kopilka.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives an account from its postings once more and holds the two against each other: numbers without gaps, hashes,
 * the chain, each posting's sums, and the wallet lot by lot.
 */
public final class Audit {
    private final Map<Bucket, Map<Optional<Term>, Long>> buckets = new EnumMap<>(Bucket.class);
    private final List<Fault> faults = new ArrayList<>();

    private Audit() {}

    /**
     * Something that is not as it should be.
     *
     * @param sequence of the first posting where it shows
     * @param what is wrong
     */
    public record Fault(long sequence, What what) {}

    /** What can be wrong with an account. */
    public enum What {
        /** A posting is missing, or one too many is there. */
        SEQUENCE,
        /** A posting's content is not what it was when its hash was taken. */
        TAMPERED,
        /** A posting does not follow the one before it. */
        CHAIN,
        /** A posting is dated before the one before it. */
        TIME,
        /** A bucket would hold less than nothing. */
        OVERDRAWN,
        /** A posting's sums are not what the movements come to. */
        BALANCE,
        /** The account's wallet is not what the movements come to. */
        WALLET,
        /** The account's last posting is not the last there is. */
        HEAD
    }

    /**
     * Audits an account.
     *
     * @param account as it is stored
     * @param postings all of its postings, the first one first
     * @return what is wrong; empty: nothing
     */
    public static List<Fault> of(Account account, List<Posting> postings) {
        Audit audit = new Audit();
        Optional<Posting> before = Optional.empty();
        for (Posting posting : postings) {
            audit.follows(before, posting);
            audit.fold(posting);
            before = Optional.of(posting);
        }
        audit.compare(account, before);
        return List.copyOf(audit.faults);
    }

    private void follows(Optional<Posting> before, Posting posting) {
        long expected = before.map(Posting::sequence).orElse(0L) + 1;
        if (posting.sequence() != expected) {
            faults.add(new Fault(posting.sequence(), What.SEQUENCE));
        }
        if (!posting.isIntact()) {
            faults.add(new Fault(posting.sequence(), What.TAMPERED));
        }
        boolean chained =
                posting.previousHash().equals(before.map(Posting::hash).orElse(Hash.START))
                        && posting.previous().equals(before.map(Posting::operation));
        if (!chained) {
            faults.add(new Fault(posting.sequence(), What.CHAIN));
        }
        if (before.isPresent() && posting.at().isBefore(before.get().at())) {
            faults.add(new Fault(posting.sequence(), What.TIME));
        }
    }

    private void fold(Posting posting) {
        for (Movement movement : posting.movements()) {
            add(movement.from(), movement.term(), -movement.points(), posting);
            add(movement.to(), movement.term(), movement.points(), posting);
        }
        Balance folded = new Balance(
                sum(Bucket.AVAILABLE), sum(Bucket.AWAITING) + sum(Bucket.PENDING), sum(Bucket.HELD), -sum(Bucket.DEBT));
        if (!folded.equals(posting.balance())) {
            faults.add(new Fault(posting.sequence(), What.BALANCE));
        }
    }

    private void add(Bucket bucket, Optional<Term> term, long points, Posting posting) {
        Optional<Term> key = switch (bucket) {
            case PENDING, AVAILABLE, HELD, LAPSED -> term;
            case OUTSIDE, AWAITING, DEBT -> Optional.empty();
        };
        long left = buckets.computeIfAbsent(bucket, b -> new HashMap<>()).merge(key, points, Math::addExact);
        boolean overdrawn = switch (bucket) {
            case AWAITING, PENDING, AVAILABLE, HELD, LAPSED -> left < 0;
            case DEBT -> left > 0;
            case OUTSIDE -> false;
        };
        if (overdrawn) {
            faults.add(new Fault(posting.sequence(), What.OVERDRAWN));
        }
    }

    private long sum(Bucket bucket) {
        return buckets.getOrDefault(bucket, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Lots lots(Bucket bucket) {
        List<Lot> lots = new ArrayList<>();
        buckets.getOrDefault(bucket, Map.of()).forEach((term, points) -> {
            if (points > 0 && term.isPresent()) {
                lots.add(new Lot(term.get(), points));
            }
        });
        return Lots.of(lots);
    }

    private void compare(Account account, Optional<Posting> last) {
        long sequence = last.map(Posting::sequence).orElse(0L);
        boolean head = account.sequence() == sequence
                && account.head().equals(last.map(Posting::operation))
                && account.headHash().equals(last.map(Posting::hash).orElse(Hash.START));
        if (!head) {
            faults.add(new Fault(sequence, What.HEAD));
        }
        Wallet wallet = account.wallet();
        Lots held = Lots.of(
                wallet.holds().stream().flatMap(hold -> hold.lots().stream()).toList());
        boolean same = wallet.awaiting() == sum(Bucket.AWAITING)
                && wallet.pending().equals(lots(Bucket.PENDING))
                && wallet.available().equals(lots(Bucket.AVAILABLE))
                && held.equals(lots(Bucket.HELD))
                && wallet.debt() == -sum(Bucket.DEBT);
        if (!same) {
            faults.add(new Fault(sequence, What.WALLET));
        }
    }
}
