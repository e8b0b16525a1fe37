package kopilka.local.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kopilka.earning.Earning;
import kopilka.earning.Kept;
import kopilka.ledger.Account;
import kopilka.ledger.Balance;
import kopilka.ledger.Bucket;
import kopilka.ledger.Decision;
import kopilka.ledger.Facts;
import kopilka.ledger.Hash;
import kopilka.ledger.Hold;
import kopilka.ledger.Lots;
import kopilka.ledger.MemberKey;
import kopilka.ledger.Movement;
import kopilka.ledger.OperationId;
import kopilka.ledger.Posting;
import kopilka.ledger.Reason;
import kopilka.ledger.StoredKey;
import kopilka.ledger.Term;
import kopilka.ledger.Wallet;
import kopilka.order.OrderId;
import kopilka.order.RedemptionId;
import kopilka.order.Returned;
import kopilka.program.Program;
import kopilka.program.ProgramId;
import kopilka.program.ProgramVersion;
import kopilka.program.RefundRules.Shortfall;
import kopilka.program.WalletId;

/**
 * What was committed in a world, in the sequence in which it was, and all that must hold of it whatever the rules of the
 * model say. Each posting is checked when it is committed, against those before it.
 */
final class Books {
    private final Versions versions;
    private final Tally tally;
    private final Map<StoredKey.PostingKey, Posting> postings = new HashMap<>();
    private final Map<MemberKey, Sheet> sheets = new HashMap<>();
    private final Map<OrderAt, OrderBook> orders = new HashMap<>();
    private final Map<RedemptionAt, Facts.Held> held = new HashMap<>();
    private final Set<RedemptionAt> ended = new HashSet<>();

    Books(Versions versions, Tally tally) {
        this.versions = versions;
        this.tally = tally;
    }

    private record OrderAt(ProgramId program, OrderId order) {}

    private record RedemptionAt(ProgramId program, RedemptionId redemption) {}

    /** The points and the money of one order. */
    private static final class OrderBook {
        private long total;
        private long refunded;
        private long accrued;
        private long reversed;
    }

    /** A member's page. */
    private static final class Sheet {
        private final List<Posting> postings = new ArrayList<>();
        private final Map<Bucket, Map<Optional<Term>, Long>> sums = new EnumMap<>(Bucket.class);
        private final Map<RedemptionId, Instant> holds = new HashMap<>();
        private Optional<Account> account = Optional.empty();
    }

    /** The posting of an operation, if there is one. */
    Optional<Posting> posting(ProgramId program, OperationId operation) {
        return Optional.ofNullable(postings.get(new StoredKey.PostingKey(program, operation)));
    }

    /** A member's postings, the first one first. */
    List<Posting> postings(MemberKey member) {
        Sheet sheet = sheets.get(member);
        return sheet == null ? List.of() : sheet.postings;
    }

    /** The member's account as the last posting left it. */
    Optional<Account> account(MemberKey member) {
        return Optional.ofNullable(sheets.get(member)).flatMap(sheet -> sheet.account);
    }

    /** Whose postings there are. */
    Set<MemberKey> members() {
        return sheets.keySet();
    }

    /** What is expected is put into words only where it is missed. */
    private void check(Invariant invariant, boolean holds, Supplier<String> expected, Object actual) {
        tally.checked(invariant);
        if (!holds) {
            throw new Broken(invariant, expected.get(), String.valueOf(actual));
        }
    }

    /** Enters what was committed. */
    void enter(Decision.Post post, Instant clock) {
        Posting posting = post.posting();
        check(
                Invariant.ONE_EFFECT,
                postings.putIfAbsent(posting.storedAs(), posting) == null,
                () -> "one posting of " + posting.operation(),
                "there is a second one");
        Sheet sheet = sheets.computeIfAbsent(posting.member(), first -> new Sheet());
        follows(sheet, posting);
        ProgramVersion calendar = versions.at(posting.member().program(), clock).orElseThrow();
        inTime(posting, calendar.rules().zone());
        Balance before = sheet.postings.isEmpty()
                ? Balance.ZERO
                : sheet.postings.getLast().balance(WalletId.POINTS);
        sheet.postings.add(posting);
        sheet.account = Optional.of(post.account());
        check(
                Invariant.SUMS,
                posting.wallets().stream().allMatch(WalletId.POINTS::equals)
                        && post.account().wallets().keySet().stream().allMatch(WalletId.POINTS::equals),
                () -> "no wallet beside points",
                posting);
        adds(sheet, posting, post.account().wallet(WalletId.POINTS));
        owes(before, posting);
        holds(sheet, posting, post.account().wallet(WalletId.POINTS));
        facts(posting, clock);
    }

    private void follows(Sheet sheet, Posting posting) {
        Optional<Posting> last = sheet.postings.isEmpty() ? Optional.empty() : Optional.of(sheet.postings.getLast());
        long number = last.map(Posting::sequence).orElse(0L) + 1;
        check(Invariant.GAPLESS, posting.sequence() == number, () -> "posting number " + number, posting.sequence());
        check(
                Invariant.LINEARIZABLE,
                last.isEmpty() || !posting.at().isBefore(last.get().at()),
                () -> "dated no earlier than " + last.map(Posting::at),
                posting.at());
        boolean chained = posting.previousHash().equals(last.map(Posting::hash).orElse(Hash.START))
                && posting.previous().equals(last.map(Posting::operation))
                && posting.isIntact();
        check(Invariant.CHAINED, chained, () -> "intact, and chained to " + last.map(Posting::operation), posting);
    }

    private void adds(Sheet sheet, Posting posting, Wallet wallet) {
        for (Movement movement : posting.movements()) {
            move(sheet, movement.from(), movement, -movement.points());
            move(sheet, movement.to(), movement, movement.points());
        }
        Balance sums = new Balance(
                sum(sheet, Bucket.AVAILABLE),
                sum(sheet, Bucket.AWAITING) + sum(sheet, Bucket.PENDING),
                sum(sheet, Bucket.HELD),
                -sum(sheet, Bucket.DEBT));
        check(
                Invariant.SUMS,
                sums.equals(posting.balance(WalletId.POINTS)),
                sums::toString,
                posting.balance(WalletId.POINTS));
        check(Invariant.SUMS, sums.equals(wallet.balance()), sums::toString, wallet.balance());
        Lots reserved = Lots.of(
                wallet.holds().stream().flatMap(hold -> hold.lots().stream()).toList());
        boolean same = lots(sheet, Bucket.AVAILABLE).equals(byTerm(wallet.available()))
                && lots(sheet, Bucket.PENDING).equals(byTerm(wallet.pending()))
                && lots(sheet, Bucket.HELD).equals(byTerm(reserved))
                && sum(sheet, Bucket.AWAITING) == wallet.awaiting();
        check(Invariant.SUMS, same, () -> "lots " + sheet.sums, wallet);
        for (Bucket bucket : Bucket.values()) {
            boolean least = switch (bucket) {
                case AWAITING, PENDING, AVAILABLE, HELD, LAPSED ->
                    sheet.sums.getOrDefault(bucket, Map.of()).values().stream().allMatch(points -> points >= 0);
                case DEBT -> sum(sheet, bucket) <= 0;
                case OUTSIDE -> true;
            };
            check(Invariant.NOT_NEGATIVE, least, () -> "no bucket below nothing", sheet.sums);
        }
    }

    private static void move(Sheet sheet, Bucket bucket, Movement movement, long points) {
        if (bucket == Bucket.OUTSIDE) {
            return;
        }
        boolean lots = bucket != Bucket.AWAITING && bucket != Bucket.DEBT;
        var sums = sheet.sums.computeIfAbsent(bucket, first -> new HashMap<>());
        Optional<Term> term = lots ? movement.term() : Optional.empty();
        if (sums.merge(term, points, Math::addExact) == 0) {
            sums.remove(term);
        }
    }

    private static long sum(Sheet sheet, Bucket bucket) {
        return sheet.sums.getOrDefault(bucket, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Map<Optional<Term>, Long> lots(Sheet sheet, Bucket bucket) {
        return sheet.sums.getOrDefault(bucket, Map.of());
    }

    private static Map<Optional<Term>, Long> byTerm(Lots lots) {
        Map<Optional<Term>, Long> sums = new HashMap<>();
        lots.byTerm().forEach((term, points) -> sums.put(Optional.of(term), points));
        return sums;
    }

    /** Debt grows in returns alone, and only under rules that let members owe. */
    private void owes(Balance before, Posting posting) {
        long incurred = posting.movements().stream()
                .filter(movement -> movement.kind() == Movement.Kind.INCUR_DEBT)
                .mapToLong(Movement::points)
                .sum();
        if (incurred == 0) {
            check(
                    Invariant.NOT_NEGATIVE,
                    posting.balance(WalletId.POINTS).debt() <= before.debt(),
                    () -> "no more debt than " + before.debt(),
                    posting.balance(WalletId.POINTS).debt());
            return;
        }
        boolean comesBack = switch (posting.facts()) {
            case Facts.Refunded refunded -> true;
            case Facts.OrderCancelled cancelled -> true;
            case Facts.RewardTakenBack taken -> true;
            case Facts.OrderPaid paid -> !paid.applied().isEmpty();
            default -> false;
        };
        Shortfall policy = rules(posting).refunds().shortfall();
        boolean owed = !(policy instanceof Shortfall.Deduct);
        check(
                Invariant.NOT_NEGATIVE,
                comesBack && owed,
                () -> "no debt but from a return under such a policy",
                posting);
    }

    private Program rules(Posting posting) {
        return versions.version(posting.member().program(), posting.programVersion())
                .orElseThrow()
                .rules();
    }

    private void holds(Sheet sheet, Posting posting, Wallet wallet) {
        Map<RedemptionId, Instant> open = new HashMap<>();
        for (Hold hold : wallet.holds()) {
            open.put(hold.redemption(), hold.until());
        }
        ProgramId program = posting.member().program();
        sheet.holds.forEach((redemption, until) -> {
            if (!open.containsKey(redemption)) {
                boolean byName = switch (posting.facts()) {
                    case Facts.Captured captured -> captured.redemption().equals(redemption);
                    case Facts.Voided voided -> voided.redemption().equals(redemption);
                    default -> false;
                };
                boolean inTime = byName == posting.at().isBefore(until);
                check(
                        Invariant.HOLD_ENDS_ONCE,
                        inTime && ended.add(new RedemptionAt(program, redemption)),
                        () -> "hold " + redemption + " until " + until + " ends once and in its time",
                        posting);
            }
        });
        if (posting.facts() instanceof Facts.Held facts) {
            held.put(new RedemptionAt(program, facts.redemption()), facts);
        }
        sheet.holds.clear();
        sheet.holds.putAll(open);
        switch (posting.facts()) {
            case Facts.Captured captured -> {
                Facts.Held hold = held.get(new RedemptionAt(program, captured.redemption()));
                check(
                        Invariant.HOLD_ENDS_ONCE,
                        hold != null
                                && captured.captured() >= 0
                                && captured.returned() >= 0
                                && captured.captured() + captured.returned() == hold.points()
                                && captured.worth().minor() <= hold.worth().minor()
                                && moved(posting, Movement.Kind.CAPTURE) == captured.captured(),
                        () -> "no more captured than " + hold,
                        captured);
            }
            case Facts.Voided voided -> {
                Facts.Held hold = held.get(new RedemptionAt(program, voided.redemption()));
                check(
                        Invariant.HOLD_ENDS_ONCE,
                        hold != null && voided.points() == hold.points(),
                        () -> "all of " + hold,
                        voided);
            }
            default ->
                check(
                        Invariant.HOLD_ENDS_ONCE,
                        moved(posting, Movement.Kind.CAPTURE) == 0,
                        () -> "nothing spent without a capture",
                        posting);
        }
    }

    private static long moved(Posting posting, Movement.Kind kind) {
        return posting.movements().stream()
                .filter(movement -> movement.kind() == kind)
                .mapToLong(Movement::points)
                .sum();
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** What time does is dated when it was due, and nothing is held before its first day or after its last. */
    private void inTime(Posting posting, ZoneId zone) {
        for (Movement movement : posting.movements()) {
            if (movement.term().isEmpty()) {
                continue;
            }
            Term term = movement.term().get();
            boolean right = switch (movement.kind()) {
                case MATURE -> movement.at().equals(startOf(term.availableFrom(), zone));
                case EXPIRE ->
                    movement.reason() != Reason.LAST_DAY_PASSED
                            || movement.at().equals(startOf(term.expires().plusDays(1), zone));
                case HOLD -> {
                    LocalDate today = LocalDate.ofInstant(posting.at(), zone);
                    yield !today.isAfter(term.expires()) && !today.isBefore(term.availableFrom());
                }
                case ACCRUE,
                        SCHEDULE,
                        CAPTURE,
                        RELEASE,
                        VOID,
                        REVERSE,
                        RESTORE,
                        INCUR_DEBT,
                        SETTLE_DEBT,
                        WRITE_OFF,
                        MERGE -> true;
            };
            check(
                    Invariant.EXPIRY,
                    right && !movement.at().isAfter(posting.at()),
                    () -> "in the days of its lot, in " + zone,
                    movement);
        }
    }

    private OrderBook order(ProgramId program, OrderId order) {
        return orders.computeIfAbsent(new OrderAt(program, order), first -> new OrderBook());
    }

    private void facts(Posting posting, Instant clock) {
        ProgramId program = posting.member().program();
        switch (posting.facts()) {
            case Facts.OrderPaid paid -> {
                ProgramVersion pinned = versions.at(program, paid.at()).orElseThrow();
                Earning again = Earning.of(
                        paid.basis(),
                        Kept.of(paid.basis(), Returned.NOTHING),
                        pinned.rules().earning());
                check(
                        Invariant.RECOMPUTED,
                        pinned.number() == posting.programVersion() && again.equals(paid.earning()),
                        () -> "version " + pinned.number() + ": " + again,
                        posting.programVersion() + ": " + paid.earning());
                check(
                        Invariant.CURRENCY,
                        paid.basis().currency().equals(pinned.rules().currency()),
                        () -> pinned.rules().currency().toString(),
                        paid.basis().currency());
                OrderBook order = order(program, paid.order());
                order.total = paid.basis().total();
                comesBack(order, posting, paid.effect());
            }
            case Facts.OrderDelivered delivered ->
                order(program, delivered.order()).accrued += moved(posting, Movement.Kind.ACCRUE);
            case Facts.Refunded refunded -> comesBack(order(program, refunded.order()), posting, refunded.effect());
            case Facts.OrderCancelled cancelled -> {
                comesBack(order(program, cancelled.order()), posting, cancelled.effect());
                check(
                        Invariant.NEVER_MORE_BACK,
                        cancelled.effect().in(WalletId.POINTS).earned() == 0,
                        () -> "nothing is earned",
                        cancelled);
            }
            case Facts.Held facts -> {
                Program rules = versions.at(program, clock).orElseThrow().rules();
                check(
                        Invariant.CURRENCY,
                        facts.worth().currency().equals(rules.currency())
                                && facts.orderTotal().currency().equals(rules.currency()),
                        () -> rules.currency().toString(),
                        facts);
            }
            case Facts.Captured captured -> {
                Facts.Held hold = held.get(new RedemptionAt(program, captured.redemption()));
                check(
                        Invariant.CURRENCY,
                        hold != null
                                && captured.worth()
                                        .currency()
                                        .equals(hold.worth().currency()),
                        () -> "the currency of " + hold,
                        captured);
            }
            default -> {}
        }
    }

    /** A cancellation says what is left to be refunded: that is no refund yet. */
    private static boolean isCancelled(Posting posting) {
        return switch (posting.facts()) {
            case Facts.OrderCancelled cancelled -> true;
            case Facts.OrderPaid paid ->
                paid.applied().stream().anyMatch(operation -> operation.value().endsWith("#cancelled"));
            default -> false;
        };
    }

    private void comesBack(OrderBook order, Posting posting, Facts.Return returned) {
        Facts.WalletReturn effect = returned.in(WalletId.POINTS);
        order.refunded += isCancelled(posting) ? 0 : returned.value();
        order.accrued += moved(posting, Movement.Kind.ACCRUE);
        order.reversed += effect.reversed();
        check(
                Invariant.NEVER_MORE_BACK,
                order.reversed <= order.accrued && order.refunded <= order.total && effect.earned() >= 0,
                () -> "no more than " + order.accrued + " points and " + order.total + " in money",
                order.reversed + " points and " + order.refunded + " by " + posting);
        check(
                Invariant.NEVER_MORE_BACK,
                moved(posting, Movement.Kind.REVERSE) + effect.shortfall() == effect.reversed()
                        && moved(posting, Movement.Kind.RESTORE) == effect.restored(),
                () -> "what is taken back is moved, or borne by somebody",
                posting);
    }
}
