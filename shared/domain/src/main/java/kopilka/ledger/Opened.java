package kopilka.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;

/**
 * An account opened for a decision: time has done its part in it.
 *
 * @param operation what is to be decided
 * @param account as it was read
 * @param calendar the version in force when the decision is dated
 * @param moves with which its points move
 * @param programs all versions of the program
 */
public record Opened(Operation operation, Account account, ProgramVersion calendar, Moves moves, Programs programs) {
    /** How far ahead an event may be dated: clocks differ. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** Before any online shop. */
    private static final Instant OLDEST = Instant.parse("1990-01-01T00:00:00Z");

    /** Opens the account of an operation and decides, or refuses where there is no such program or member. */
    public static Decision decide(
            Operation operation,
            Snapshot snapshot,
            Programs programs,
            Instant now,
            Function<Opened, Decision> decision) {
        Optional<Account> account = snapshot.account(operation.member());
        Instant dated = account.map(known -> known.dated(now)).orElse(now);
        Optional<ProgramVersion> calendar = programs.at(operation.member().program(), dated);
        if (calendar.isEmpty()) {
            return new Decision.Refuse(new Refusal.ProgramNotFound());
        }
        if (account.isEmpty()) {
            return new Decision.Refuse(new Refusal.MemberNotFound());
        }
        Moves moves = new Moves(account.get().wallet(), calendar.get().rules().zone(), dated);
        moves.settle();
        return decision.apply(new Opened(operation, account.get(), calendar.get(), moves, programs));
    }

    /** When the decision is dated. */
    public Instant now() {
        return moves.now();
    }

    /** With the account changed. */
    public Opened with(Account changed) {
        return new Opened(operation, changed, calendar, moves, programs);
    }

    /** The version in force at the time of an event. */
    public ProgramVersion versionAt(Instant event) {
        return programs.at(account.key().program(), event).orElse(calendar);
    }

    /** What is wrong with the time of an event. */
    public Optional<Refusal> timeFault(Instant event) {
        if (event.isAfter(now().plus(AHEAD))) {
            return Optional.of(new Refusal.TimeInFuture());
        }
        return event.isBefore(OLDEST) ? Optional.of(new Refusal.TimeTooOld()) : Optional.empty();
    }

    /** Seals the operation under the version in force now. */
    public Decision.Post post(Account changed, Facts facts) {
        return post(changed, calendar, facts, Optional.empty());
    }

    /** Seals the operation under a version. */
    public Decision.Post post(Account changed, ProgramVersion version, Facts facts, Optional<ReferralSignal> signal) {
        return Decision.post(operation, changed, moves, version, calendar, facts, signal);
    }
}
