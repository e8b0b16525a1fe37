package kopilka.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.standing.Progress;

/**
 * An account opened for a decision: time has done its part in it.
 *
 * @param operation what is to be decided
 * @param account as it was read
 * @param calendar the version in force when the decision is dated
 * @param moves with which its points move
 * @param progress how the member stands beside points
 * @param programs all versions of the program
 */
public record Opened(
        Operation operation,
        Account account,
        ProgramVersion calendar,
        Moves moves,
        Progress progress,
        Programs programs) {
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
        return decision.apply(settled(operation, account.get(), calendar.get(), programs, dated));
    }

    private static Opened settled(
            Operation operation, Account account, ProgramVersion calendar, Programs programs, Instant dated) {
        Progress progress = progress(account, programs, dated).orElseThrow();
        Moves moves = moves(account, progress, calendar, dated);
        moves.settle();
        return new Opened(operation, account, calendar, moves, progress, programs);
    }

    /** How a member stands at the moment of a decision. Empty: there is no such program. */
    public static Optional<Progress> progress(Account account, Programs programs, Instant dated) {
        return Progress.settled(
                account.standing(), programs, account.key().program(), account.enrolledAt(), account.asOf(), dated);
    }

    /** The points of an account, for a decision at a moment; not settled to it yet. */
    public static Moves moves(Account account, Progress progress, ProgramVersion calendar, Instant dated) {
        return new Moves(
                account.wallets(),
                progress.inactive(account.asOf()),
                calendar.rules().zone(),
                dated);
    }

    /** When the decision is dated. */
    public Instant now() {
        return moves.now();
    }

    /** With the account changed. */
    public Opened with(Account changed) {
        return new Opened(operation, changed, calendar, moves, progress, programs);
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
        return Decision.post(operation, changed, moves, progress, version, calendar, facts, signal);
    }
}
