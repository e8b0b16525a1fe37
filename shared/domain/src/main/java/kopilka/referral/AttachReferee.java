package kopilka.referral;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Account;
import kopilka.ledger.CodeOwner;
import kopilka.ledger.Decision;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.MemberId;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Opened;
import kopilka.ledger.Operation;
import kopilka.ledger.OperationId;
import kopilka.ledger.ReferralCode;
import kopilka.ledger.Refusal;
import kopilka.ledger.Snapshot;
import kopilka.ledger.StoredKey;
import kopilka.program.Programs;

/**
 * Records who recommended a new member: one referrer, for good.
 *
 * <p>A referrer always joined before the referee. Since that is so for every referral, no chain of them can ever close to
 * a cycle, however many are recorded at the same moment.
 *
 * <p>Refusals, in this order: member not found, member closed, code not found (nobody's, or of a member who left),
 * oneself, a cycle of two, an existing customer.
 *
 * @param member who came
 * @param code by whose recommendation
 */
public record AttachReferee(MemberKey member, ReferralCode code) implements Operation {
    @Override
    public OperationId id() {
        return OperationId.refereeAttached(member.member());
    }

    @Override
    public Hash fingerprint() {
        return new Digest()
                .text("attach/1")
                .text(member.member().value())
                .text(code.value())
                .hash();
    }

    @Override
    public Set<StoredKey> reads() {
        return Set.of(new StoredKey.CodeKey(member.program(), code));
    }

    @Override
    public Decision decide(Snapshot snapshot, Programs programs, Instant now) {
        return Opened.decide(this, snapshot, programs, now, opened -> {
            if (opened.account().isClosed()) {
                return new Decision.Refuse(new Refusal.MemberClosed());
            }
            Optional<CodeOwner> owner = snapshot.owner(member.program(), code);
            if (owner.isEmpty()) {
                return new Decision.Refuse(new Refusal.CodeNotFound());
            }
            MemberKey referrer = owner.get().owner();
            Set<StoredKey> needed = Set.of(new StoredKey.AccountKey(referrer));
            if (!snapshot.missing(needed).isEmpty()) {
                return new Decision.Read(needed);
            }
            return snapshot.account(referrer)
                    .filter(account -> !account.isClosed())
                    .map(account -> attach(opened, account))
                    .orElseGet(() -> new Decision.Refuse(new Refusal.CodeNotFound()));
        });
    }

    private Decision attach(Opened opened, Account referrer) {
        Account referee = opened.account();
        MemberId recommends = referrer.key().member();
        if (recommends.equals(member.member())) {
            return new Decision.Refuse(new Refusal.SelfReferral());
        }
        if (referrer.referral().map(Account.Referral::referrer).equals(Optional.of(member.member()))) {
            return new Decision.Refuse(new Refusal.ReferralCycle());
        }
        if (referee.hasOrders() || !referrer.enrolledAt().isBefore(referee.enrolledAt())) {
            return new Decision.Refuse(new Refusal.ExistingCustomer());
        }
        Account attached = referee.withReferral(new Account.Referral(recommends, Optional.empty(), 0, false));
        return opened.post(attached, new Facts.RefereeAttached(recommends));
    }
}
