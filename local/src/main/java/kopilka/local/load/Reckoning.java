package kopilka.local.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kopilka.ledger.Account;
import kopilka.ledger.Audit;
import kopilka.ledger.Facts;
import kopilka.ledger.Ledger;
import kopilka.ledger.Posting;
import kopilka.local.load.Acknowledged.Done;
import kopilka.local.load.Acknowledged.Write;
import kopilka.program.ProgramId;
import kopilka.program.WalletId;

/**
 * The ledger held against what the client was told: each account audited, each acknowledged write there exactly once and
 * as it was told, and nothing there that was refused or never asked for.
 *
 * @param accounts that were audited
 * @param postings of all of them
 * @param acknowledged writes that the client was told are done
 * @param faults what is not as it should be; empty: nothing
 */
record Reckoning(int accounts, long postings, int acknowledged, List<String> faults) {
    private static final int ACCOUNTS_AT_A_TIME = 1_000;
    private static final int POSTINGS_AT_A_TIME = 100;

    Reckoning {
        faults = List.copyOf(faults);
    }

    /** Reads all that the ledger has of some programs. */
    static Reckoning of(Ledger ledger, List<ProgramId> programs, Acknowledged told) {
        Map<Write, Done> missing = new HashMap<>(told.done());
        Map<Write, String> refused = told.refused();
        Set<Write> found = new HashSet<>();
        List<String> faults = new ArrayList<>();
        int accounts = 0;
        long postings = 0;
        for (ProgramId program : programs) {
            for (Account account : accounts(ledger, program)) {
                List<Posting> history = history(ledger, account);
                accounts++;
                postings += history.size();
                Audit.of(account, history)
                        .forEach(fault -> faults.add("member " + account.key().member() + ", posting "
                                + fault.sequence() + ": " + fault.what()));
                for (Posting posting : history) {
                    if (!(posting.facts() instanceof Facts.Settled)) {
                        Write write = new Write(program, posting.operation());
                        check(posting, write, found, Optional.ofNullable(missing.remove(write)), refused)
                                .ifPresent(fault -> faults.add(posting.operation() + ": " + fault));
                    }
                }
            }
        }
        missing.keySet().forEach(write -> faults.add(write.operation() + ": acknowledged, and not in the ledger"));
        return new Reckoning(accounts, postings, told.done().size(), faults);
    }

    private static Optional<String> check(
            Posting posting, Write write, Set<Write> found, Optional<Done> told, Map<Write, String> refused) {
        if (!found.add(write)) {
            return Optional.of("twice in the ledger");
        }
        if (told.isEmpty()) {
            return Optional.of(
                    refused.containsKey(write)
                            ? "refused with " + refused.get(write) + ", and in the ledger"
                            : "in the ledger, and never asked for");
        }
        Done done = told.get();
        boolean agrees = done.member().equals(posting.member())
                && (done.sequence().isEmpty() || done.sequence().getAsLong() == posting.sequence())
                && (done.balance().isEmpty() || done.balance().get().equals(posting.balance(WalletId.POINTS)));
        return agrees ? Optional.empty() : Optional.of("not as it was told: " + done);
    }

    private static List<Account> accounts(Ledger ledger, ProgramId program) {
        List<Account> accounts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Ledger.AccountPage page = ledger.accounts(program, ACCOUNTS_AT_A_TIME, after);
            accounts.addAll(page.accounts());
            after = page.next();
        } while (after.isPresent());
        return accounts;
    }

    private static List<Posting> history(Ledger ledger, Account account) {
        List<Posting> postings = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (before > 1) {
            List<Posting> page = ledger.history(account.key(), before, POSTINGS_AT_A_TIME);
            if (page.isEmpty()) {
                break;
            }
            postings.addAll(page);
            before = page.getLast().sequence();
        }
        return postings.reversed();
    }
}
