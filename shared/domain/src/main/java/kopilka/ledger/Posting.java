package kopilka.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import kopilka.program.ByWallet;
import kopilka.program.WalletId;
import kopilka.tiers.TierChange;

/**
 * One immutable record of one operation on one account: what moved, in which lots, why, under which version of the
 * program. An account's postings are numbered without gaps and chained: each carries the hash of the one before.
 *
 * @param member whose account
 * @param sequence 1 for the account's first, then one more each
 * @param operation which operation
 * @param fingerprint of the operation's content: the same operation with another one is a conflict
 * @param at when it was decided; never before the account's posting before
 * @param programVersion the version of the program that it was decided under
 * @param movements what moved, in sequence
 * @param facts what else an answer needs
 * @param signal what it means for a referrer
 * @param tierChanges the levels that the member went through, in the order of time
 * @param balances the account's sums after it, wallet by wallet; those that are all zero are left out
 * @param previous the account's posting before; empty for the first
 * @param previousHash its hash; {@link Hash#START} for the first
 * @param hash over all of the above
 */
public record Posting(
        MemberKey member,
        long sequence,
        OperationId operation,
        Hash fingerprint,
        Instant at,
        int programVersion,
        List<Movement> movements,
        Facts facts,
        Optional<ReferralSignal> signal,
        List<TierChange> tierChanges,
        SortedMap<WalletId, Balance> balances,
        Optional<OperationId> previous,
        Hash previousHash,
        Hash hash)
        implements Stored {
    /** Copies what it is given. */
    public Posting {
        movements = List.copyOf(movements);
        tierChanges = List.copyOf(tierChanges);
        balances = ByWallet.of(balances, Balance.ZERO);
    }

    /** The posting that follows on an account. */
    static Posting next(
            Account account,
            OperationId operation,
            Hash fingerprint,
            Instant at,
            int programVersion,
            List<Movement> movements,
            Facts facts,
            Optional<ReferralSignal> signal,
            List<TierChange> tierChanges,
            SortedMap<WalletId, Balance> balances) {
        Posting unsealed = new Posting(
                account.key(),
                account.sequence() + 1,
                operation,
                fingerprint,
                at,
                programVersion,
                movements,
                facts,
                signal,
                tierChanges,
                balances,
                account.head(),
                account.headHash(),
                Hash.START);
        return unsealed.withHash(PostingDigest.of(unsealed));
    }

    private Posting withHash(Hash sealed) {
        return new Posting(
                member,
                sequence,
                operation,
                fingerprint,
                at,
                programVersion,
                movements,
                facts,
                signal,
                tierChanges,
                balances,
                previous,
                previousHash,
                sealed);
    }

    /** A wallet's sums after it. */
    public Balance balance(WalletId wallet) {
        return balances.getOrDefault(wallet, Balance.ZERO);
    }

    /** All wallets that it speaks of. */
    public SortedSet<WalletId> wallets() {
        SortedSet<WalletId> wallets = new TreeSet<>(facts.wallets());
        movements.forEach(movement -> wallets.add(movement.wallet()));
        wallets.addAll(balances.keySet());
        signal.ifPresent(meant -> wallets.addAll(meant.wallets()));
        return wallets;
    }

    /** Whether its content is still what its hash was taken over. */
    public boolean isIntact() {
        return PostingDigest.of(this).equals(hash);
    }

    @Override
    public StoredKey.PostingKey storedAs() {
        return new StoredKey.PostingKey(member.program(), operation);
    }
}
