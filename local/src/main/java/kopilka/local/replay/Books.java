package kopilka.local.replay;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import kopilka.audit.Finding;
import kopilka.ledger.Account;
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
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.Movement.Kind;
import kopilka.ledger.Moves;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Term;
import kopilka.ledger.Wallet;
import kopilka.program.ProgramId;
import kopilka.program.TierId;
import kopilka.program.WalletId;
import kopilka.tiers.TierChange;
import kopilka.tiers.TierState;

/**
 * All accounts of a program, audited and summed up.
 *
 * @param members how many accounts
 * @param faults what the audit found, in words
 * @param unsettled accounts in which time had something to do that was not written down
 * @param wallets what is in each wallet
 * @param postings how many were made under each version of the program
 * @param levels how many members are on each level at the end
 * @param levelChanges how often members came to another level, by reason
 * @param fingerprint of the state: the same whenever the same happened, however it was delivered and swept
 * @param operations what was done, beside what time alone did
 */
record Books(
        int members,
        List<String> faults,
        int unsettled,
        SortedMap<WalletId, Sums> wallets,
        SortedMap<Integer, Postings> postings,
        Map<TierId, Integer> levels,
        Map<TierChange.Reason, Integer> levelChanges,
        Hash fingerprint,
        Set<OperationId> operations) {

    /**
     * What is in a wallet of all accounts.
     *
     * @param balance the sums, in the wallet's units
     * @param moved units by kind of movement
     * @param forfeited units taken back that had expired already
     */
    record Sums(Balance balance, Map<Kind, Long> moved, long forfeited) {
        static final Sums NONE = new Sums(Balance.ZERO, Map.of(), 0);

        /** Copies what it is given. */
        Sums {
            moved = Map.copyOf(moved);
        }

        /** Units moved in one way. */
        long moved(Kind kind) {
            return moved.getOrDefault(kind, 0L);
        }

        Sums plus(Sums other) {
            Map<Kind, Long> both = new EnumMap<>(Kind.class);
            both.putAll(moved);
            other.moved.forEach((kind, units) -> both.merge(kind, units, Math::addExact));
            return new Sums(
                    new Balance(
                            Math.addExact(balance.available(), other.balance.available()),
                            Math.addExact(balance.pending(), other.balance.pending()),
                            Math.addExact(balance.held(), other.balance.held()),
                            Math.addExact(balance.debt(), other.balance.debt())),
                    both,
                    Math.addExact(forfeited, other.forfeited));
        }

        /** Whether what came in, less what went out, is what is there. */
        private boolean balances() {
            long in = moved(Kind.ACCRUE) + moved(Kind.RESTORE);
            long out = moved(Kind.REVERSE)
                    - forfeited
                    + moved(Kind.CAPTURE)
                    + moved(Kind.EXPIRE)
                    + moved(Kind.SETTLE_DEBT);
            boolean debts = moved(Kind.INCUR_DEBT) - moved(Kind.SETTLE_DEBT) == balance.debt();
            return debts && in - out == balance.available() + balance.pending() + balance.held();
        }
    }

    /**
     * Postings that were made under one version.
     *
     * @param business of members, orders and refunds
     * @param sweep of time alone
     */
    record Postings(long business, long sweep) {
        static final Postings NONE = new Postings(0, 0);

        Postings plus(Postings other) {
            return new Postings(business + other.business, sweep + other.sweep);
        }

        /** Of both kinds. */
        long all() {
            return business + sweep;
        }
    }

    /** How many accounts or postings are read at a time. */
    private static final int PAGE = 100;

    /** How many accounts are scanned at a time: their items are small, and among others. */
    private static final int SCAN = 1_000;

    /** Copies what it is given. */
    Books {
        faults = List.copyOf(faults);
        wallets = Collections.unmodifiableSortedMap(new TreeMap<>(wallets));
        postings = Collections.unmodifiableSortedMap(new TreeMap<>(postings));
        levels = Map.copyOf(levels);
        levelChanges = Map.copyOf(levelChanges);
        operations = Set.copyOf(operations);
    }

    /** Says what is wrong with an account. Safe for use by many threads. */
    interface Auditor {
        /** Audits all that is stored about a member; empty: nothing is wrong. */
        List<Finding> audit(MemberKey member);
    }

    /**
     * Reads and audits every account: each posting is computed again by the version of the program that it names.
     *
     * @param auditor audits the same ledger
     * @param zone of the program
     * @param now the moment that the state is taken at
     */
    static Books audit(Ledger ledger, Auditor auditor, ProgramId program, ZoneId zone, Instant now) {
        List<Account> accounts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Ledger.AccountPage page = ledger.accounts(program, SCAN, after);
            accounts.addAll(page.accounts());
            after = page.next();
        } while (after.isPresent());
        List<One> all = accounts.parallelStream()
                .map(account -> One.of(account, history(ledger, account), auditor.audit(account.key()), zone, now))
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
        SortedMap<WalletId, Sums> wallets = new TreeMap<>();
        SortedMap<Integer, Postings> postings = new TreeMap<>();
        Map<TierId, Integer> levels = new HashMap<>();
        Map<TierChange.Reason, Integer> levelChanges = new EnumMap<>(TierChange.Reason.class);
        Set<OperationId> operations = new HashSet<>();
        List<String> faults = new ArrayList<>();
        Digest state = new Digest();
        int unsettled = 0;
        for (One one : all) {
            one.wallets.forEach((wallet, sums) -> wallets.merge(wallet, sums, Sums::plus));
            one.made.forEach((version, made) -> postings.merge(version, made, Postings::plus));
            one.level.ifPresent(level -> levels.merge(level, 1, Integer::sum));
            one.levelChanges.forEach(change -> levelChanges.merge(change.reason(), 1, Integer::sum));
            unsettled += one.settled ? 0 : 1;
            operations.addAll(one.operations);
            one.faults.forEach(fault -> faults.add("member " + one.member + ", " + words(fault)));
            state.text(one.state.hex());
        }
        wallets.forEach((wallet, sums) -> {
            if (!sums.balances()) {
                faults.add("the sums of all movements are not the sums of all balances"
                        + (wallet.equals(WalletId.POINTS) ? "" : " in " + wallet));
            }
        });
        return new Books(
                all.size(), faults, unsettled, wallets, postings, levels, levelChanges, state.hash(), operations);
    }

    private static String words(Finding finding) {
        String where = switch (finding.place()) {
            case Finding.OfPosting posting ->
                "posting " + posting.sequence()
                        + posting.operation()
                                .map(operation -> " (" + operation + ")")
                                .orElse("");
            case Finding.OfAccount account -> "account";
            case Finding.OfOrder order -> "order " + order.order();
            case Finding.OfRedemption redemption -> "redemption " + redemption.redemption();
            case Finding.OfCode code -> "referral code";
            case Finding.OfItem item -> "item " + item.key();
        };
        return where + ": " + finding.flaw();
    }

    /** A wallet of all accounts. */
    Sums in(WalletId wallet) {
        return wallets.getOrDefault(wallet, Sums.NONE);
    }

    /** One account. */
    private record One(
            MemberId member,
            List<Finding> faults,
            boolean settled,
            SortedMap<WalletId, Sums> wallets,
            SortedMap<Integer, Postings> made,
            Optional<TierId> level,
            List<TierChange> levelChanges,
            Hash state,
            List<OperationId> operations) {

        static One of(Account account, List<Posting> postings, List<Finding> faults, ZoneId zone, Instant now) {
            Moves moves = new Moves(account.wallets(), zone, account.dated(now));
            moves.settle();
            List<Movement> movements = Stream.concat(
                            postings.stream().flatMap(posting -> posting.movements().stream()),
                            moves.movements().stream())
                    .toList();
            SortedMap<WalletId, Sums> wallets = new TreeMap<>();
            moves.wallets().forEach((id, wallet) -> wallets.put(id, new Sums(wallet.balance(), Map.of(), 0)));
            movements.forEach(movement -> wallets.merge(movement.wallet(), sums(movement), Sums::plus));
            List<Posting> business = postings.stream().filter(One::isBusiness).toList();
            SortedMap<Integer, Postings> made = new TreeMap<>();
            postings.forEach(posting -> made.merge(
                    posting.programVersion(),
                    isBusiness(posting) ? new Postings(1, 0) : new Postings(0, 1),
                    Postings::plus));
            return new One(
                    account.key().member(),
                    faults,
                    moves.movements().isEmpty(),
                    wallets,
                    made,
                    account.standing().tier().map(TierState::level),
                    postings.stream()
                            .flatMap(posting -> posting.tierChanges().stream())
                            .toList(),
                    state(account, business, movements, moves.wallets()),
                    business.stream().map(Posting::operation).toList());
        }

        private static boolean isBusiness(Posting posting) {
            return !(posting.facts() instanceof Facts.Settled);
        }

        private static Sums sums(Movement movement) {
            boolean forfeits = movement.kind() == Kind.REVERSE && movement.from() == Bucket.LAPSED;
            return new Sums(Balance.ZERO, Map.of(movement.kind(), movement.points()), forfeits ? movement.points() : 0);
        }

        /** What depends neither on when the sweep came by nor on the clock of the machine. */
        private static Hash state(
                Account account,
                List<Posting> business,
                List<Movement> movements,
                SortedMap<WalletId, Wallet> wallets) {
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
                        if (!movement.wallet().equals(WalletId.POINTS)) {
                            digest.text("wallet").text(movement.wallet().value());
                        }
                    });
            feed(digest, wallets.getOrDefault(WalletId.POINTS, Wallet.EMPTY));
            wallets.forEach((id, wallet) -> {
                if (!id.equals(WalletId.POINTS)) {
                    digest.text("wallet").text(id.value());
                    feed(digest, wallet);
                }
            });
            return digest.hash();
        }

        private static void feed(Digest digest, Wallet wallet) {
            digest.number(wallet.awaiting()).number(wallet.debt());
            feed(digest, wallet.pending());
            feed(digest, wallet.available());
            feed(digest, wallet.lapsed());
            for (Hold hold : wallet.holds()) {
                digest.text(hold.redemption().value());
                feed(digest, Lots.of(hold.lots()));
            }
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
