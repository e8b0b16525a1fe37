package kopilka.members;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.program.Programs;
import kopilka.program.Segment;
import kopilka.standing.Profile;

/**
 * Tells what the shop knows of a member, in place of what it told before. The posting says that it was told, and not what: it
 * stays for good, and what it would say is personal. For the same reason the fingerprint does not depend on it.
 *
 * <p>Refusals, in this order: member not found, member closed, segment unknown.
 *
 * @param member of whom
 * @param change names this telling: the same one is done once
 * @param profile what is told
 */
public record ChangeProfile(MemberKey member, Hash change, Profile profile) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.profileChanged(member.member(), change);
    }

    @Override
    public Hash fingerprint() {
        return new Digest().text("profile/1").text(member.member().value()).hash();
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            if (opened.account().isClosed()) {
                return new Decision.Refuse(new Refusal.MemberClosed());
            }
            Set<Segment> known = opened.calendar().rules().segments();
            Optional<Segment> unknown = profile.segments().stream()
                    .filter(segment -> !known.contains(segment))
                    .findFirst();
            if (unknown.isPresent()) {
                return new Decision.Refuse(new Refusal.SegmentUnknown(unknown.get()));
            }
            opened.progress().told(profile);
            return opened.post(opened.account(), new Facts.ProfileChanged());
        });
    }
}
