package kopilka.local.replay;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kopilka.ledger.Account;
import kopilka.ledger.Audit;
import kopilka.ledger.Balance;
import kopilka.ledger.Bucket;
import kopilka.ledger.Digest;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.Hold;
import kopilka.ledger.Ledger;
import kopilka.ledger.Lot;
import kopilka.ledger.Lots;
import kopilka.ledger.MemberId;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.Moves;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Term;
import kopilka.ledger.Wallet;
import kopilka.program.ProgramId;

/**
 * All accounts of a program, audited and summed up.
 *
 * @param members how many accounts
 * @param postings of all of them
 * @param faults what the audit found, in words
 * @param unsettled accounts in which time had something to do that was not written down
 * @param balance the sums of all accounts
 * @param moved points by kind of movement
 * @param forfeited points taken back that had expired already
 * @param fingerprint of the state: the same whenever the same happened, however it was delivered and swept
 * @param operations what was done, beside what time alone did
 */
record Books(
        int members,
        long postings,
        List<String> faults,
        int unsettled,
        Balance balance,
        Map<Kind, Long> moved,
        long forfeited,
        Hash fingerprint,
        Set<OperationId> operations) {

    /** How many accounts or postings are read at a time. */
    private static final int PAGE = 100;

    /** How many accounts are scanned at a time: their items are small, and among others. */
    private static final int SCAN = 1_000;

    /** Copies what it is given. */
    Books {
        faults = List.copyOf(faults);
        moved = Map.copyOf(moved);
        operations = Set.copyOf(operations);
    }

    /**
     * Reads and audits every account.
     *
     * @param zone of the program
     * @param now the moment that the state is taken at
     */
    static Books audit(Ledger ledger, ProgramId program, ZoneId zone, Instant now) {
        List<Account> accounts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Ledger.AccountPage page = ledger.accounts(program, SCAN, after);
            accounts.addAll(page.accounts());
            after = page.next();
        } while (after.isPresent());
        List<One> all = accounts.parallelStream()
                .map(account -> One.of(account, history(ledger, account), zone, now))
                .sorted(Comparator.comparing(one -> one.member.value()))
                .toList();
        return sum(all);
    }

    private static List<Posting> history(Ledger ledger, Account account) {
        List<Posting> postings = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (before > 1) {
            List<Posting> page = ledger.history(account.key(), before, PAGE);
            if (page.isEmpty()) {
                break;
            }
            postings.addAll(page);
            before = page.getLast().sequence();
        }
        return postings.reversed();
    }

    private static Books sum(List<One> all) {
        Map<Kind, Long> moved = new EnumMap<>(Kind.class);
        Set<OperationId> operations = new HashSet<>();
        List<String> faults = new ArrayList<>();
        Digest state = new Digest();
        long available = 0;
        long pending = 0;
        long held = 0;
        long debt = 0;
        long forfeited = 0;
        long postings = 0;
        int unsettled = 0;
        for (One one : all) {
            available += one.balance.available();
            pending += one.balance.pending();
            held += one.balance.held();
            debt += one.balance.debt();
            one.moved.forEach((kind, points) -> moved.merge(kind, points, Math::addExact));
            forfeited += one.forfeited;
            postings += one.postings;
            unsettled += one.settled ? 0 : 1;
            operations.addAll(one.operations);
            one.faults.forEach(fault ->
                    faults.add("member " + one.member + ", posting " + fault.sequence() + ": " + fault.what()));
            state.text(one.state.hex());
        }
        Books books = new Books(
                all.size(),
                postings,
                faults,
                unsettled,
                new Balance(available, pending, held, debt),
                moved,
                forfeited,
                state.hash(),
                operations);
        if (!books.balances()) {
            faults.add("the sums of all movements are not the sums of all balances");
        }
        return books.with(faults);
    }

    private Books with(List<String> found) {
        return new Books(members, postings, found, unsettled, balance, moved, forfeited, fingerprint, operations);
    }

    /** Points moved in one way. */
    long moved(Kind kind) {
        return moved.getOrDefault(kind, 0L);
    }

    /** Whether what came in, less what went out, is what is there. */
    private boolean balances() {
        long in = moved(Kind.ACCRUE) + moved(Kind.RESTORE);
        long out = moved(Kind.REVERSE) - forfeited + moved(Kind.CAPTURE) + moved(Kind.EXPIRE) + moved(Kind.SETTLE_DEBT);
        boolean debts = moved(Kind.INCUR_DEBT) - moved(Kind.SETTLE_DEBT) == balance.debt();
        return debts && in - out == balance.available() + balance.pending() + balance.held();
    }

    /** One account. */
    private record One(
            MemberId member,
            int postings,
            List<Audit.Fault> faults,
            boolean settled,
            Balance balance,
            Map<Kind, Long> moved,
            long forfeited,
            Hash state,
            List<OperationId> operations) {

        static One of(Account account, List<Posting> postings, ZoneId zone, Instant now) {
            Moves moves = new Moves(account.wallet(), zone, account.dated(now));
            moves.settle();
            List<Movement> movements = Stream.concat(
                            postings.stream().flatMap(posting -> posting.movements().stream()),
                            moves.movements().stream())
                    .toList();
            Map<Kind, Long> moved = new EnumMap<>(Kind.class);
            long forfeited = 0;
            for (Movement movement : movements) {
                moved.merge(movement.kind(), movement.points(), Math::addExact);
                if (movement.kind() == Kind.REVERSE && movement.from() == Bucket.LAPSED) {
                    forfeited += movement.points();
                }
            }
            List<Posting> business = postings.stream()
                    .filter(posting -> !(posting.facts() instanceof Facts.Settled))
                    .toList();
            return new One(
                    account.key().member(),
                    postings.size(),
                    Audit.of(account, postings),
                    moves.movements().isEmpty(),
                    moves.wallet().balance(),
                    moved,
                    forfeited,
                    state(account, business, movements, moves.wallet()),
                    business.stream().map(Posting::operation).toList());
        }

        /** What depends neither on when the sweep came by nor on the clock of the machine. */
        private static Hash state(Account account, List<Posting> business, List<Movement> movements, Wallet wallet) {
            Digest digest = new Digest();
            digest.text(account.key().member().value())
                    .text(account.status().name())
                    .flag(account.hasOrders())
                    .each(
                            business,
                            posting -> digest.text(posting.operation().value())
                                    .text(posting.fingerprint().hex()))
                    .each(movements, movement -> {
                        digest.text(movement.kind().name())
                                .number(movement.points())
                                .text(movement.from().name())
                                .text(movement.to().name())
                                .text(movement.reason().name());
                        digest.optional(movement.term(), term -> feed(digest, term));
                    });
            digest.number(wallet.awaiting()).number(wallet.debt());
            feed(digest, wallet.pending());
            feed(digest, wallet.available());
            feed(digest, wallet.lapsed());
            for (Hold hold : wallet.holds()) {
                digest.text(hold.redemption().value());
                feed(digest, Lots.of(hold.lots()));
            }
            return digest.hash();
        }

        private static void feed(Digest digest, Term term) {
            digest.number(term.availableFrom().toEpochDay())
                    .number(term.expires().toEpochDay());
        }

        private static void feed(Digest digest, Lots lots) {
            List<Lot> list = lots.list();
            digest.each(list, lot -> {
                feed(digest, lot.term());
                digest.number(lot.points());
            });
        }
    }
}
