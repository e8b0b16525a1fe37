package kopilka.redemption;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import kopilka.ledger.Decision;
import kopilka.ledger.Facts;
import kopilka.ledger.Hold;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Refusal;
import kopilka.ledger.Refusal.RedemptionNotOpen.Ended;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.order.RedemptionId;

/** Finds a member's redemption that is still open. */
final class OpenHold {
    private OpenHold() {}

    static Set<StoredKey> reads(MemberKey member, RedemptionId redemption) {
        return Set.of(new StoredKey.PostingKey(member.program(), OperationId.held(redemption)));
    }

    /** Decides on the open hold, or says why there is none. */
    static Decision decide(
            Opened opened,
            Snapshot snapshot,
            RedemptionId redemption,
            BiFunction<Hold, Facts.Held, Decision> decision) {
        MemberKey member = opened.account().key();
        Optional<Posting> posting = snapshot.posting(member.program(), OperationId.held(redemption));
        if (posting.isEmpty()
                || !posting.get().member().equals(member)
                || !(posting.get().facts() instanceof Facts.Held held)) {
            return new Decision.Refuse(new Refusal.RedemptionNotFound());
        }
        Optional<Hold> hold = opened.moves().in(held.wallet()).hold(redemption);
        if (hold.isPresent()) {
            return decision.apply(hold.get(), held);
        }
        Set<StoredKey> ends = Set.of(
                new StoredKey.PostingKey(member.program(), OperationId.captured(redemption)),
                new StoredKey.PostingKey(member.program(), OperationId.voided(redemption)));
        if (!snapshot.missing(ends).isEmpty()) {
            return new Decision.Read(ends);
        }
        Ended ended;
        if (snapshot.posting(member.program(), OperationId.captured(redemption)).isPresent()) {
            ended = Ended.CAPTURED;
        } else if (snapshot.posting(member.program(), OperationId.voided(redemption))
                .isPresent()) {
            ended = Ended.VOIDED;
        } else {
            ended = Ended.TIMED_OUT;
        }
        return new Decision.Refuse(new Refusal.RedemptionNotOpen(ended));
    }
}
