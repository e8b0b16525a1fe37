package kopilka.ledger;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.program.Programs;

/**
 * Carries operations out: looks, lets the operation decide, writes; again where somebody was faster, a bounded number of
 * times. What was done already is answered from its posting, before any rule is asked. The first look is a
 * {@linkplain Ledger#glance glance}; who would be refused by it is decided upon what is really there.
 */
public final class Teller {
    /**
     * How often an operation is tried before the caller is told to come back. With pauses long enough for a crowd to spread, a
     * few suffice; more of them would only keep the others waiting.
     */
    public static final int ATTEMPTS = 4;

    /**
     * How often it is tried while the store does not answer: its client has its own retries and takes seconds for each of
     * these, and whoever called does not wait for long.
     */
    public static final int ATTEMPTS_UNANSWERED = 3;

    /** The most operations that are carried out together: with an order's state for each, what one write takes. */
    public static final int TOGETHER = 20;

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
        Pause NONE = (after, times) -> {};

        /**
         * Waits before another attempt; a good one waits a random time with a growing bound.
         *
         * @param after why the one before came to nothing
         * @param times how often that has happened by now
         */
        void wait(After after, int times);
    }

    /** Why an attempt came to nothing. */
    public enum After {
        /** Somebody was faster, and there may be many of them. */
        OUTRUN,
        /** The store did not answer. */
        UNANSWERED
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
        return carryOut(List.of(operation)).getFirst();
    }

    /**
     * Carries an operation out of which everything was read already.
     *
     * @param operation what is to be done
     * @param seen the account, its own posting and what else it {@linkplain Operation#reads reads}, as of one moment; where
     *     somebody has been faster since, it is read anew
     */
    public Answer carryOut(Operation operation, Snapshot seen) {
        return carryOut(new Errand(List.of(operation), Optional.of(seen))).getFirst();
    }

    /**
     * Carries operations of one member out, one upon the other: as far as nobody comes between and nothing is refused, in one read
     * and one write. Each has its own answer, as if they had been carried out one after another.
     *
     * @param operations of one member; at least one and at most {@value #TOGETHER}
     * @return their answers, in the same sequence
     */
    public List<Answer> carryOut(List<Operation> operations) {
        return carryOut(new Errand(operations, Optional.empty()));
    }

    private List<Answer> carryOut(Errand errand) {
        int unanswered = 0;
        int outrun = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (errand.isDoneBy(attempt)) {
                    break;
                }
                outrun++;
                if (attempt < ATTEMPTS) {
                    pause.wait(After.OUTRUN, outrun);
                }
            } catch (LedgerUnavailable e) {
                unanswered++;
                if (unanswered == ATTEMPTS_UNANSWERED) {
                    break;
                }
                if (attempt < ATTEMPTS) {
                    pause.wait(After.UNANSWERED, unanswered);
                }
            }
        }
        return errand.answers();
    }

    /** Operations of one member on their way. */
    private final class Errand {
        private final List<Operation> operations;
        private final Map<Integer, Answer> answers = new HashMap<>();

        /** The numbers of those that have no answer yet. */
        private final List<Integer> open = new ArrayList<>();

        /** What was read before; once it was decided upon, it is old. */
        private Optional<Snapshot> seen;

        /** Whether a glance can't tell: something would be refused by it, or it did not stand the comparing. */
        private boolean strictly;

        Errand(List<Operation> operations, Optional<Snapshot> seen) {
            this.operations = List.copyOf(operations);
            this.seen = seen;
            if (operations.isEmpty() || operations.size() > TOGETHER) {
                throw new IllegalArgumentException("a few operations go together");
            }
            MemberKey member = operations.getFirst().member();
            for (Operation operation : operations) {
                if (!operation.member().equals(member)) {
                    throw new IllegalArgumentException("operations of one member go together");
                }
                open.add(open.size());
                strictly |= !operation.glances();
            }
        }

        List<Answer> answers() {
            List<Answer> all = new ArrayList<>(operations.size());
            for (int number = 0; number < operations.size(); number++) {
                all.add(answers.getOrDefault(number, new Answer.Unavailable()));
            }
            return all;
        }

        /** Goes on until all have their answers, or somebody comes between. */
        boolean isDoneBy(int attempt) {
            while (!open.isEmpty()) {
                Draft draft = new Draft(look(attempt));
                for (int number : open) {
                    if (!draft.takes(number, operations.get(number))) {
                        break;
                    }
                }
                if (!draft.isWritten()) {
                    // An order is told by comparing it whole. One that is stored in other words than today's looks
                    // moved on for
                    // good, and only what is read as of one moment needs no comparing.
                    strictly |= draft.touchesOrders();
                    return false;
                }
                answers.putAll(draft.answers);
                open.removeIf(answers::containsKey);
                strictly |= draft.isDoubtful;
            }
            return true;
        }

        private Sight look(int attempt) {
            if (seen.isPresent()) {
                Snapshot known = seen.get();
                seen = Optional.empty();
                return new Sight(known, false);
            }
            Set<StoredKey> keys = new HashSet<>();
            for (int number : open) {
                Operation operation = operations.get(number);
                keys.add(new StoredKey.AccountKey(operation.member()));
                keys.add(operation.postingKey());
                keys.addAll(operation.reads());
            }
            if (!strictly) {
                Snapshot glance = ledger.glance(keys, attempt > 1);
                if (!mayOverlook(glance)) {
                    return new Sight(glance, true);
                }
            }
            return new Sight(ledger.read(keys), false);
        }

        /** Whether a posting or a code was not found that a decision goes by: a write would not find out that it is there. */
        private boolean mayOverlook(Snapshot glance) {
            for (int number : open) {
                Operation operation = operations.get(number);
                if (glance.found().containsKey(operation.postingKey())) {
                    continue;
                }
                for (StoredKey key : operation.reads()) {
                    boolean isForGood = key instanceof StoredKey.PostingKey || key instanceof StoredKey.CodeKey;
                    if (isForGood && !glance.found().containsKey(key)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** What decisions are taken upon. */
    private record Sight(Snapshot snapshot, boolean isGlance) {}

    /** Decisions that are taken one upon the other, to be written together. */
    private final class Draft {
        private final boolean isGlance;
        private final Map<Integer, Answer> answers = new HashMap<>();
        private final List<Decision.Post> posts = new ArrayList<>();

        /** What was read. */
        private Snapshot seen;

        /** The same as if what is decided were written. */
        private Snapshot ahead;

        /** Whether something would be refused upon a glance, or can't be so. */
        private boolean isDoubtful;

        Draft(Sight sight) {
            this.isGlance = sight.isGlance();
            this.seen = sight.snapshot();
            this.ahead = sight.snapshot();
        }

        /** Decides on an operation. False: it has to wait until the others are written. */
        boolean takes(int number, Operation operation) {
            if (posts.stream().anyMatch(post -> post.code().isPresent())) {
                return false;
            }
            Optional<Posting> existing = ahead.posting(operation.member().program(), operation.id());
            if (existing.isPresent()) {
                answers.put(
                        number,
                        existing.get().fingerprint().equals(operation.fingerprint())
                                ? new Answer.Done(existing.get(), true)
                                : new Answer.Conflict());
                return true;
            }
            Decision decision;
            try {
                decision = decide(operation);
            } catch (LedgerUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                if (!isGlance) {
                    throw e;
                }
                // What was seen may contradict itself: an account and an order that were seen at two moments.
                return doubts();
            }
            return switch (decision) {
                case Decision.Read more -> throw new IllegalStateException("a decision never has enough to read");
                case Decision.Refuse refuse -> refuses(number, new Answer.Refused(refuse.refusal()));
                case Decision.Nothing nothing -> refuses(number, new Answer.Nothing());
                case Decision.Post post -> takes(number, post);
            };
        }

        private Decision decide(Operation operation) {
            Decision decision = operation.decide(ahead, programs, clock.instant());
            for (int read = 1; read < READS && decision instanceof Decision.Read more; read++) {
                // The account was looked at first: what is read later is outrun if anything of the member's changes.
                Snapshot later = ledger.read(ahead.missing(more.keys()));
                seen = seen.plus(later);
                ahead = ahead.plus(later);
                decision = operation.decide(ahead, programs, clock.instant());
            }
            return decision;
        }

        private boolean refuses(int number, Answer answer) {
            if (isGlance) {
                return doubts();
            }
            answers.put(number, answer);
            return true;
        }

        /** A glance can't tell. */
        private boolean doubts() {
            isDoubtful = true;
            return false;
        }

        private boolean takes(int number, Decision.Post post) {
            if (!posts.isEmpty() && post.code().isPresent()) {
                return false;
            }
            posts.add(post);
            if (posts.size() > 1 && !Ledger.fit(posts)) {
                posts.removeLast();
                return false;
            }
            ahead = ahead.plus(post);
            answers.put(number, new Answer.Done(post.posting(), false));
            return true;
        }

        /** Whether something is written that a glance has to be compared with. */
        boolean touchesOrders() {
            return posts.stream()
                    .anyMatch(post -> post.order().isPresent() || !post.uses().isEmpty());
        }

        /** Writes what was decided. False: somebody came between, and none of it holds. */
        boolean isWritten() {
            if (posts.isEmpty()) {
                return true;
            }
            return switch (ledger.write(posts, isGlance ? Optional.of(seen) : Optional.empty())) {
                case DONE -> true;
                case OUTRUN, DUPLICATE -> false;
                case CODE_TAKEN -> {
                    // Whoever takes a code is alone, and nothing was decided upon it.
                    answers.replaceAll((number, answer) -> answer instanceof Answer.Done done && !done.replayed()
                            ? new Answer.Refused(new Refusal.CodeTaken())
                            : answer);
                    yield true;
                }
            };
        }
    }
}
