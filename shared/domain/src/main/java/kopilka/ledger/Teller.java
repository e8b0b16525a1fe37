package kopilka.ledger;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import kopilka.program.Programs;

/**
 * Carries operations out: reads, lets the operation decide, writes; again where somebody was faster, a bounded number of
 * times. What was done already is answered from its posting, before any rule is asked.
 */
public final class Teller {
    /** How often an operation is tried before the caller is told to come back. */
    public static final int ATTEMPTS = 8;

    /**
     * How often it is tried while the store does not answer: its client has its own retries and takes seconds for each of
     * these, and whoever called does not wait for long.
     */
    public static final int ATTEMPTS_UNANSWERED = 3;

    /** How often one decision may ask for more to read. */
    private static final int READS = 5;

    private final Ledger ledger;
    private final Programs programs;
    private final InstantSource clock;
    private final Pause pause;

    /** Carries operations out on that ledger, under those programs. */
    public Teller(Ledger ledger, Programs programs, InstantSource clock, Pause pause) {
        this.ledger = ledger;
        this.programs = programs;
        this.clock = clock;
        this.pause = pause;
    }

    /** Waits between attempts. */
    @FunctionalInterface
    public interface Pause {
        /** Does not wait: for tests. */
        Pause NONE = attempt -> {};

        /**
         * Waits before another attempt; a good one waits a random time with a growing bound.
         *
         * @param attempt 1 before the second attempt
         */
        void before(int attempt);
    }

    /** What came of an operation. */
    public sealed interface Answer {
        /**
         * It is in the ledger.
         *
         * @param posting its record, from which the answer is made
         * @param replayed whether it was there before
         */
        record Done(Posting posting, boolean replayed) implements Answer {}

        /** It must not be done, and nothing was changed. */
        record Refused(Refusal refusal) implements Answer {}

        /** Another operation of this name was done before, and nothing was changed. */
        record Conflict() implements Answer {}

        /** There was nothing to do. */
        record Nothing() implements Answer {}

        /** Whether it was done is not known: try again. */
        record Unavailable() implements Answer {}
    }

    /** Carries an operation out. */
    public Answer carryOut(Operation operation) {
        int unanswered = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                Attempt tried = attempt(operation);
                if (tried instanceof Attempt.Ended ended) {
                    return ended.answer();
                }
            } catch (LedgerUnavailable e) {
                unanswered++;
                if (unanswered == ATTEMPTS_UNANSWERED) {
                    return new Answer.Unavailable();
                }
            }
            if (attempt < ATTEMPTS) {
                pause.before(attempt);
            }
        }
        return new Answer.Unavailable();
    }

    private sealed interface Attempt {
        record Ended(Answer answer) implements Attempt {}

        record Again() implements Attempt {}
    }

    private Attempt attempt(Operation operation) {
        StoredKey own = new StoredKey.PostingKey(operation.member().program(), operation.id());
        Set<StoredKey> keys = new HashSet<>(operation.reads());
        keys.add(new StoredKey.AccountKey(operation.member()));
        keys.add(own);
        Snapshot snapshot = ledger.read(keys);
        var existing = snapshot.posting(operation.member().program(), operation.id());
        if (existing.isPresent()) {
            return new Attempt.Ended(
                    existing.get().fingerprint().equals(operation.fingerprint())
                            ? new Answer.Done(existing.get(), true)
                            : new Answer.Conflict());
        }
        for (int read = 0; read < READS; read++) {
            switch (operation.decide(snapshot, programs, clock.instant())) {
                case Decision.Read more -> {
                    // The account was read first: whatever is read later is outrun if anything of the member's changes.
                    snapshot = snapshot.plus(ledger.read(snapshot.missing(more.keys())));
                }
                case Decision.Refuse refuse -> {
                    return unlessDone(operation, own, new Answer.Refused(refuse.refusal()));
                }
                case Decision.Nothing nothing -> {
                    return unlessDone(operation, own, new Answer.Nothing());
                }
                case Decision.Post post -> {
                    return switch (ledger.write(post)) {
                        case DONE -> new Attempt.Ended(new Answer.Done(post.posting(), false));
                        case OUTRUN, DUPLICATE -> new Attempt.Again();
                        case CODE_TAKEN -> new Attempt.Ended(new Answer.Refused(new Refusal.CodeTaken()));
                    };
                }
            }
        }
        throw new IllegalStateException("a decision never has enough to read");
    }

    /**
     * An account and a posting that were read as a pair may be of two moments: what looks refused may be done already, and
     * the refusal its own effect. No write finds that out, so the posting is looked for once more.
     */
    private Attempt unlessDone(Operation operation, StoredKey own, Answer answer) {
        boolean pair = operation.reads().isEmpty();
        boolean done = pair
                && ledger.read(Set.of(own))
                        .posting(operation.member().program(), operation.id())
                        .isPresent();
        return done ? new Attempt.Again() : new Attempt.Ended(answer);
    }
}
