package kopilka.expiry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kopilka.ledger.Account;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.StoredKey;

/** Finds the accounts in which time has something to do, whatever their program, and what has to be done in them. */
public final class Sweep {
    /** Accounts asked for at once. */
    public static final int PAGE = 100;

    private Sweep() {}

    /**
     * Goes through the index of what is due, shard by shard and page by page. What it does not come to, the next one finds.
     *
     * @param ledger where to look
     * @param now what is due by this moment
     * @param enough asked before each page: whether to leave the rest
     * @param due takes each page of accounts
     * @throws LedgerUnavailable where the store can't answer; what was found until then has been handed over
     */
    public static void of(Ledger ledger, Instant now, BooleanSupplier enough, Consumer<List<MemberKey>> due) {
        for (int shard = 0; shard < Ledger.DUE_SHARDS; shard++) {
            Optional<String> after = Optional.empty();
            do {
                if (enough.getAsBoolean()) {
                    return;
                }
                Ledger.DuePage page = ledger.due(shard, now, PAGE, after);
                due.accept(page.members());
                after = page.next();
            } while (after.isPresent());
        }
    }

    /**
     * What writes down what time did in an account that was found due, as the account stands now.
     *
     * @return empty where there is no such account
     * @throws LedgerUnavailable where the store can't answer
     */
    public static Optional<SettleAccount> settlement(Ledger ledger, MemberKey member) {
        Optional<Account> account =
                ledger.read(Set.of(new StoredKey.AccountKey(member))).account(member);
        return account.map(found -> new SettleAccount(member, found.sequence()));
    }
}
