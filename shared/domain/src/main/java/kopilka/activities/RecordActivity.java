package kopilka.activities;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import kopilka.ledger.ActivityId;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Moves;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Reason;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.Term;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.Asked;
import kopilka.program.Circumstances;
import kopilka.program.Condition;
import kopilka.program.Effect;
import kopilka.program.Program;
import kopilka.program.ProgramVersion;
import kopilka.program.Programs;
import kopilka.program.WalletRules;
import kopilka.standing.Progress;
import kopilka.standing.Told;

/**
 * Rewards a member for something beside buying: a review, a visit, a birthday. What it brings can be spent at once.
 *
 * <p>Refusals, in this order: member not found, member closed, time, activity unknown, not verified, not now, limit.
 *
 * @param member who did it
 * @param activity which doing of it
 * @param kind what was done
 * @param at when
 * @param verified whether the shop has verified it
 */
public record RecordActivity(MemberKey member, ActivityId activity, ActivityKind kind, Instant at, boolean verified)
        implements Operation {
    @Override
    public OperationId id() {
        return OperationId.activity(activity);
    }

    @Override
    public Hash fingerprint() {
        return new Digest()
                .text("activity/1")
                .text(member.member().value())
                .text(activity.value())
                .text(kind.value())
                .instant(at)
                .flag(verified)
                .hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            if (opened.account().isClosed()) {
                return new Decision.Refuse(new Refusal.MemberClosed());
            }
            Optional<Refusal> time = opened.timeFault(at);
            if (time.isPresent()) {
                return new Decision.Refuse(time.get());
            }
            ProgramVersion version = opened.versionAt(at);
            ActivityRules rules = version.rules().activities().get(kind);
            // What is done by joining is rewarded with the enrolment, and nothing else is joining.
            if (rules == null || kind.equals(ActivityRules.JOIN)) {
                return new Decision.Refuse(new Refusal.ActivityUnknown());
            }
            Optional<Refusal> fault = fault(rules, version.rules(), opened.progress(), at, verified);
            if (fault.isPresent()) {
                return new Decision.Refuse(fault.get());
            }
            reward(rules, version.rules(), opened.moves(), opened.progress(), at);
            return opened.post(
                    opened.account(), version, new Facts.ActivityRewarded(activity, kind, at), Optional.empty());
        });
    }

    /**
     * Why an activity brings nothing, if so.
     *
     * @param activity what the program says of it
     * @param program whose rules
     * @param progress how the member stands
     * @param at when it was done
     * @param verified whether the shop has verified it
     */
    public static Optional<Refusal> fault(
            ActivityRules activity, Program program, Progress progress, Instant at, boolean verified) {
        if (activity.verified() && !verified) {
            return Optional.of(new Refusal.ActivityNotVerified());
        }
        LocalDate day = program.dayOf(at);
        if (activity.when().isPresent()) {
            Condition when = activity.when().get();
            LocalDateTime local = LocalDateTime.ofInstant(at, program.zone());
            Circumstances circumstances = progress.standing()
                    .circumstances(program, Asked.by(activity.when()), Told.NOTHING, day, progress.joined());
            Optional<Condition> unmet = circumstances.unmet(when, local, 0, 0);
            if (unmet.isPresent()) {
                return Optional.of(new Refusal.ActivityNotNow(unmet.get()));
            }
        }
        for (ActivityRules.Limit limit : activity.limits()) {
            if (progress.standing().log(activity.kind()).times(limit.per(), day) >= limit.times()) {
                return Optional.of(new Refusal.ActivityLimit(limit.times(), limit.per()));
            }
        }
        return Optional.empty();
    }

    /**
     * Gives what an activity brings: points that can be spent today.
     *
     * @param activity what the program says of it
     * @param program whose rules
     * @param moves with which points move
     * @param progress how the member stands; it notes the activity
     * @param at when it was done
     */
    public static void reward(ActivityRules activity, Program program, Moves moves, Progress progress, Instant at) {
        LocalDate today = program.dayOf(moves.now());
        for (Effect.Bonus reward : activity.rewards()) {
            WalletRules wallet = program.wallet(reward.wallet()).orElseThrow();
            LocalDate last = wallet.expiry().lastDay(today, progress.standing().level(program));
            moves.in(wallet.id()).accrue(reward.points(), new Term(today, last), Reason.ACTIVITY);
        }
        progress.did(activity.kind(), program.dayOf(at));
    }
}
