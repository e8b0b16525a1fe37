package kopilka.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import kopilka.program.WalletId;

/** What somebody does who changes a history and knows how the hashes are made. */
public final class Forgery {
    private Forgery() {}

    /** A history in which one posting is another, with all hashes from there on taken anew. */
    public static List<Posting> of(List<Posting> history, int index, UnaryOperator<Posting> change) {
        List<Posting> forged = new ArrayList<>(history.subList(0, index));
        for (int i = index; i < history.size(); i++) {
            Posting posting = i == index ? change.apply(history.get(i)) : history.get(i);
            forged.add(sealed(posting, i == 0 ? Optional.empty() : Optional.of(forged.get(i - 1))));
        }
        return forged;
    }

    /** A posting that follows another one. */
    public static Posting sealed(Posting posting, Optional<Posting> before) {
        Posting chained = with(
                posting,
                posting.movements(),
                posting.facts(),
                posting.balances(),
                before.map(Posting::operation),
                before.map(Posting::hash).orElse(Hash.START),
                Hash.START);
        return with(
                chained,
                chained.movements(),
                chained.facts(),
                chained.balances(),
                chained.previous(),
                chained.previousHash(),
                PostingDigest.of(chained));
    }

    /** A posting with other movements and sums, its hash as it was. */
    public static Posting with(Posting posting, List<Movement> movements, SortedMap<WalletId, Balance> balances) {
        return with(
                posting,
                movements,
                posting.facts(),
                balances,
                posting.previous(),
                posting.previousHash(),
                posting.hash());
    }

    /** A posting with other facts, its hash as it was. */
    public static Posting with(Posting posting, Facts facts) {
        return with(
                posting,
                posting.movements(),
                facts,
                posting.balances(),
                posting.previous(),
                posting.previousHash(),
                posting.hash());
    }

    /** A posting of another number. */
    public static Posting numbered(Posting posting, long sequence, OperationId operation) {
        return new Posting(
                posting.member(),
                sequence,
                operation,
                posting.fingerprint(),
                posting.at(),
                posting.programVersion(),
                posting.movements(),
                posting.facts(),
                posting.signal(),
                posting.tierChanges(),
                posting.balances(),
                posting.previous(),
                posting.previousHash(),
                posting.hash());
    }

    private static Posting with(
            Posting posting,
            List<Movement> movements,
            Facts facts,
            SortedMap<WalletId, Balance> balances,
            Optional<OperationId> previous,
            Hash previousHash,
            Hash hash) {
        return new Posting(
                posting.member(),
                posting.sequence(),
                posting.operation(),
                posting.fingerprint(),
                posting.at(),
                posting.programVersion(),
                movements,
                facts,
                posting.signal(),
                posting.tierChanges(),
                balances,
                previous,
                previousHash,
                hash);
    }

    /** An account with other wallets, that ends at a posting. */
    public static Account with(Account account, SortedMap<WalletId, Wallet> wallets, Posting head) {
        return new Account(
                account.key(),
                head.sequence(),
                head.at(),
                account.status(),
                account.enrolledAt(),
                account.closedAt(),
                account.code(),
                account.referral(),
                account.hasOrders(),
                account.early(),
                wallets,
                account.standing(),
                Optional.of(head.operation()),
                head.hash());
    }
}
