package kopilka.expiry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kopilka.ledger.Ledger;
import kopilka.ledger.LedgerUnavailable;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Snapshot;
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
     * What writes down what time did in an account that was found due.
     *
     * @param operation does it
     * @param seen the account as it stands, to carry it out upon
     */
    public record Settlement(SettleAccount operation, Snapshot seen) {}

    /**
     * The settlement of an account as it stands now.
     *
     * @return empty where there is no such account
     * @throws LedgerUnavailable where the store can't answer
     */
    public static Optional<Settlement> settlement(Ledger ledger, MemberKey member) {
        Snapshot account = ledger.read(Set.of(new StoredKey.AccountKey(member)));
        return account.account(member).map(found -> {
            SettleAccount operation = new SettleAccount(member, found.sequence());
            // The next posting is not there while the account's last one is the one before it.
            Snapshot none = new Snapshot(Set.of(operation.postingKey()), Map.of());
            return new Settlement(operation, account.plus(none));
        });
    }
}
