package kopilka.members;

import java.time.Instant;
import java.util.Optional;
import kopilka.activities.RecordActivity;
import kopilka.ledger.Account;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Moves;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.program.ActivityRules;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.standing.Progress;

/**
 * Enrols a customer. Refused where there is no such program.
 *
 * @param member who joins
 */
public record EnrolMember(MemberKey member) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.enrolled(member.member());
    }

    @Override
    public Hash fingerprint() {
        return new Digest().text("enrol/1").text(member.member().value()).hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        Optional<ProgramVersion> version = programs.at(member.program(), now);
        if (version.isEmpty()) {
            return new Decision.Refuse(new Refusal.ProgramNotFound());
        }
        Account account = Account.before(member, now);
        Progress progress = Opened.progress(account, programs, now).orElseThrow();
        Moves moves = Opened.moves(account, progress, version.get(), now);
        Program rules = version.get().rules();
        Optional.ofNullable(rules.activities().get(ActivityRules.JOIN))
                .filter(joining -> RecordActivity.fault(joining, rules, progress, now, true)
                        .isEmpty())
                .ifPresent(joining -> RecordActivity.reward(joining, rules, moves, progress, now));
        return Decision.post(
                this, account, moves, progress, version.get(), version.get(), new Facts.Enrolled(), Optional.empty());
    }
}
