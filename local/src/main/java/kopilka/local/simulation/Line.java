package kopilka.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import kopilka.ledger.Decision;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.program.ProgramId;

/**
 * How one delivery reaches the store and the time: at each call it gives way to the others of its round, and meets the fault
 * that the history has for it.
 */
final class Line implements Ledger, InstantSource {
    private final World world;
    private final Store.Shelf shelf;
    private final Turns.Turn turn;
    private final Duration skew;
    private final SortedMap<Integer, Mishap> faults;
    private final List<World.Epoch> seen = new ArrayList<>();
    private Optional<OperationId> operation = Optional.empty();
    private Optional<Command> command = Optional.empty();
    private Duration jumped = Duration.ZERO;
    private Instant reading;
    private int calls;
    private int requests;
    private boolean silent;
    private boolean disturbed;

    Line(World world, Store.Shelf shelf, Turns.Turn turn, Duration skew, SortedMap<Integer, Mishap> faults) {
        this.world = world;
        this.shelf = shelf;
        this.turn = turn;
        this.skew = skew;
        this.faults = faults;
        this.reading = world.now().plus(skew);
    }

    /** Says what this delivery is about, before it is carried out. */
    void carries(OperationId id, Command asked) {
        operation = Optional.of(id);
        command = Optional.of(asked);
    }

    Optional<OperationId> operation() {
        return operation;
    }

    /** What is carried out. */
    Command command() {
        return command.orElseThrow();
    }

    /** The states of the world that this attempt may have seen. */
    List<World.Epoch> seen() {
        return seen;
    }

    /** Takes note of another state of the world, if an attempt is under way. */
    void sees(World.Epoch epoch) {
        if (!seen.isEmpty()) {
            seen.add(epoch);
        }
    }

    /** The last time that the container's clock showed. */
    Instant reading() {
        return reading;
    }

    /** Whether anything went wrong. */
    boolean disturbed() {
        return disturbed;
    }

    @Override
    public Instant instant() {
        reading = world.now().plus(skew).plus(jumped);
        return reading;
    }

    private Optional<Mishap> begin() {
        turn.giveWay();
        calls++;
        Optional<Mishap> fault = Optional.ofNullable(faults.get(calls));
        fault.map(Mishap::jump).filter(jump -> !jump.isZero()).ifPresent(jump -> {
            jumped = jumped.plus(jump);
            met(fault.get());
        });
        if (shelf.wired()) {
            shelf.disturb(this::onTheWire);
            return Optional.empty();
        }
        return fault;
    }

    /** What meets the next request on the wire: a call of the store may take several, with its client's own retries. */
    private Optional<Mishap> onTheWire() {
        requests++;
        Optional<Mishap> fault = silent
                ? Optional.of(Mishap.SILENCE)
                : Optional.ofNullable(faults.get(requests))
                        .filter(some -> some.jump().isZero());
        fault.ifPresent(some -> {
            silent |= some == Mishap.SILENCE;
            disturbed = true;
        });
        return fault;
    }

    private void met(Mishap fault) {
        disturbed = true;
        world.tally().fault(fault);
    }

    private <T> T call(Optional<Mishap> fault, Supplier<T> call) {
        if (fault.isEmpty()) {
            return answered(call);
        }
        Mishap some = fault.get();
        return switch (some) {
            case REQUEST_LOST, THROTTLED, CONFLICT -> {
                met(some);
                throw new LedgerUnavailable(some.words());
            }
            case REPLY_LOST, SILENCE -> {
                met(some);
                silent |= some == Mishap.SILENCE;
                var unused = call.get();
                throw new LedgerUnavailable(some.words());
            }
            case DEATH_BEFORE -> {
                met(some);
                throw new Death();
            }
            case DEATH_AFTER -> {
                met(some);
                var unused = call.get();
                throw new Death();
            }
            case STALE_PAGE, TORN_READ, CLOCK_ON, CLOCK_BACK -> answered(call);
        };
    }

    private <T> T answered(Supplier<T> call) {
        T answer = call.get();
        if (silent && !shelf.wired()) {
            met(Mishap.SILENCE);
            throw new LedgerUnavailable(Mishap.SILENCE.words());
        }
        return answer;
    }

    @Override
    public Snapshot read(Set<StoredKey> keys) {
        Optional<Mishap> fault = begin();
        return call(fault, () -> {
            attempts(keys);
            return shelf.reached().read(keys);
        });
    }

    @Override
    public Snapshot glance(Set<StoredKey> keys, boolean latest) {
        Optional<Mishap> fault = begin();
        return call(fault, () -> {
            attempts(keys);
            return fault.equals(Optional.of(Mishap.TORN_READ))
                    ? torn(keys)
                    : shelf.reached().glance(keys, latest);
        });
    }

    /** Takes note where an attempt begins: with its account and its own posting, or with what tells its operation. */
    private void attempts(Set<StoredKey> keys) {
        if (operation.isEmpty() || isAttempt(keys, operation.get())) {
            seen.clear();
            seen.add(world.epoch());
        }
    }

    private boolean isAttempt(Set<StoredKey> keys, OperationId own) {
        return keys.contains(new StoredKey.AccountKey(Translation.member(command())))
                && keys.stream()
                        .anyMatch(key -> key instanceof StoredKey.PostingKey posting
                                && posting.operation().equals(own));
    }

    /** The account when others have had their turn, and all else before. */
    private Snapshot torn(Set<StoredKey> keys) {
        met(Mishap.TORN_READ);
        Set<StoredKey> others = new HashSet<>(keys);
        others.removeIf(StoredKey.AccountKey.class::isInstance);
        Snapshot first = shelf.reached().read(others);
        turn.giveWay();
        return first.plus(shelf.reached().read(first.missing(keys)));
    }

    @Override
    public Written write(List<Decision.Post> posts, Optional<Snapshot> glance) {
        Optional<Mishap> fault = begin();
        if (fault.equals(Optional.of(Mishap.CONFLICT))) {
            met(Mishap.CONFLICT);
            return Written.OUTRUN;
        }
        // Each message is delivered by itself.
        return call(fault, () -> world.writing(this, posts.getFirst(), glance, shelf.reached()));
    }

    @Override
    public List<Posting> history(MemberKey member, long before, int limit) {
        return call(begin(), () -> shelf.reached().history(member, before, limit));
    }

    @Override
    public DuePage due(int shard, Instant until, int limit, Optional<String> after) {
        Optional<Mishap> fault = begin();
        DuePage page = call(fault, () -> shelf.reached().due(shard, until, limit, after));
        boolean stale = faults.get(calls) == Mishap.STALE_PAGE;
        if (!stale) {
            return page;
        }
        met(Mishap.STALE_PAGE);
        List<MemberKey> old = new ArrayList<>(page.members());
        if (!old.isEmpty()) {
            old.removeFirst();
        }
        world.anybody().ifPresent(old::add);
        return new DuePage(old, page.next());
    }

    @Override
    public AccountPage accounts(ProgramId program, int limit, Optional<String> after) {
        return call(begin(), () -> shelf.reached().accounts(program, limit, after));
    }
}
