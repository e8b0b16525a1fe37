package kopilka.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kopilka.ledger.Movement.Kind;
import kopilka.order.RedemptionId;
import kopilka.program.WalletId;

/**
 * Moves points in one wallet and writes down each movement: the only place where a wallet changes. One gets it from
 * {@link Moves#in}.
 */
public final class Mover {
    private final WalletId id;
    private final ZoneId zone;
    private final Instant now;
    private final List<Movement> movements;

    private long awaiting;
    private Lots pending;
    private Lots available;
    private final List<Hold> holds;
    private long debt;
    private Lots lapsed;

    /** When all that is available then expires; empty: never, or that moment has passed. */
    private Optional<Instant> inactive;

    /**
     * Starts from a wallet.
     *
     * @param id which
     * @param wallet as it was
     * @param inactive when all that is available then expires, as nothing has happened for too long
     * @param zone of the program, whose calendar says which day it is
     * @param now the moment of the decision
     * @param movements takes each movement
     */
    Mover(WalletId id, Wallet wallet, Optional<Instant> inactive, ZoneId zone, Instant now, List<Movement> movements) {
        this.id = id;
        this.zone = zone;
        this.now = now;
        this.movements = movements;
        this.awaiting = wallet.awaiting();
        this.pending = wallet.pending();
        this.available = wallet.available();
        this.holds = new ArrayList<>(wallet.holds());
        this.debt = wallet.debt();
        this.lapsed = wallet.lapsed();
        this.inactive = inactive;
    }

    /** The wallet as it is now. */
    public Wallet wallet() {
        return new Wallet(awaiting, pending, available, holds, debt, lapsed);
    }

    /**
     * Lets time do its part, up to now, in the order in which it was due: pending lots mature at the start of their first
     * day, holds run out, lots expire at the end of their last day, everything available expires when nothing has happened
     * for too long, and points that became available pay a debt first. At one instant: first what matures, then what is
     * released, then what expires by its last day, then the rest. What is held or pending at that moment stays.
     */
    void settle() {
        for (Optional<Due> due = firstDue(); due.isPresent(); due = firstDue()) {
            Instant at = due.get().at();
            // Nothing was available at that moment: what comes later does not expire by it.
            inactive = inactive.filter(moment -> !moment.isBefore(at));
            due.get().happen();
            settleDebt(at);
        }
        // It has passed: what a decision makes available from here on is of later.
        inactive = inactive.filter(moment -> moment.isAfter(now));
        settleDebt(now);
        mergeLots();
    }

    /** Something that time does to the wallet. */
    private record Due(Instant at, Runnable effect) {
        void happen() {
            effect.run();
        }
    }

    private Optional<Due> firstDue() {
        Optional<Due> first = Optional.empty();
        Optional<Lot> maturing = pending.firstAvailable();
        if (maturing.isPresent()) {
            Lot lot = maturing.get();
            first = earlier(first, new Due(startOf(lot.term().availableFrom()), () -> mature(lot)));
        }
        Optional<Hold> ending = holds.stream().min(Comparator.comparing(Hold::until));
        if (ending.isPresent()) {
            Hold hold = ending.get();
            first = earlier(first, new Due(hold.until(), () -> giveBack(hold, Reason.HOLD_TIMED_OUT, hold.until())));
        }
        if (!available.isEmpty()) {
            Lot lot = available.first();
            if (!lot.term().neverExpires()) {
                Instant end = endOf(lot.term().expires());
                first = earlier(first, new Due(end, () -> expire(lot, end, Reason.LAST_DAY_PASSED)));
            }
            if (inactive.isPresent()) {
                Instant moment = inactive.get();
                first = earlier(first, new Due(moment, () -> expireAll(moment, Reason.INACTIVE)));
            }
        }
        return first.filter(due -> !due.at().isAfter(now));
    }

    /**
     * When time next does something that must be written down even if nobody comes: points mature or expire, held ones when
     * their hold is over. That a hold runs out is none of it. It gives back what was the member's anyway, any reader sees it
     * without a posting, and a due moment of its own would cost each hold and each end of one two writes of the index.
     */
    Optional<Instant> nextDue() {
        Optional<Instant> next =
                pending.firstAvailable().map(lot -> startOf(lot.term().availableFrom()));
        boolean toExpire = !available.isEmpty();
        if (toExpire && !available.first().term().neverExpires()) {
            next = earlier(next, endOf(available.first().term().expires()));
        }
        for (Hold hold : holds) {
            for (Lot lot : hold.lots()) {
                if (!lot.term().neverExpires()) {
                    next = earlier(next, later(hold.until(), endOf(lot.term().expires())));
                }
            }
            toExpire |= inactive.isPresent() && !hold.until().isAfter(inactive.get());
        }
        return toExpire && inactive.isPresent() ? earlier(next, inactive.get()) : next;
    }

    private static Optional<Instant> earlier(Optional<Instant> first, Instant other) {
        return first.isPresent() && !other.isBefore(first.get()) ? first : Optional.of(other);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Optional<Due> earlier(Optional<Due> first, Due other) {
        return first.isPresent() && !other.at().isBefore(first.get().at()) ? first : Optional.of(other);
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private Instant endOf(LocalDate lastDay) {
        return startOf(lastDay.plusDays(1));
    }

    private void mature(Lot lot) {
        pending = pending.minus(lot.term(), lot.points());
        available = available.plus(lot.term(), lot.points());
        Instant at = startOf(lot.term().availableFrom());
        record(Kind.MATURE, lot, Bucket.PENDING, Bucket.AVAILABLE, at, Reason.WINDOW_OVER);
    }

    private void expire(Lot lot, Instant at, Reason reason) {
        available = available.minus(lot.term(), lot.points());
        remember(lot);
        record(Kind.EXPIRE, lot, Bucket.AVAILABLE, Bucket.LAPSED, at, reason);
    }

    private void expireAll(Instant at, Reason reason) {
        for (Lot lot : available.list()) {
            expire(lot, at, reason);
        }
    }

    private void remember(Lot lot) {
        lapsed = lapsed.plus(lot.term(), lot.points());
        while (lapsed.byTerm().size() > Wallet.LAPSED_REMEMBERED) {
            Lot oldest = lapsed.first();
            lapsed = lapsed.minus(oldest.term(), oldest.points());
        }
    }

    private void settleDebt(Instant at) {
        while (debt > 0 && !available.isEmpty()) {
            Lot lot = available.first(debt).getFirst();
            available = available.minus(lot.term(), lot.points());
            debt = Math.subtractExact(debt, lot.points());
            record(Kind.SETTLE_DEBT, lot, Bucket.AVAILABLE, Bucket.DEBT, at, Reason.DEBT_SETTLED);
        }
    }

    /**
     * Keeps the account small: of too many lots, the two whose last days are closest become one with the later of them, so
     * that no point expires sooner than it was promised to.
     */
    private void mergeLots() {
        while (available.byTerm().size() > Wallet.MAX_LOTS) {
            List<Lot> lots = available.list();
            int closest = 0;
            for (int i = 1; i < lots.size() - 1; i++) {
                if (daysBetween(lots, i) < daysBetween(lots, closest)) {
                    closest = i;
                }
            }
            Lot earlier = lots.get(closest);
            Lot joined = new Lot(lots.get(closest + 1).term(), earlier.points());
            available = available.minus(earlier.term(), earlier.points()).plus(joined.term(), joined.points());
            record(Kind.MERGE, earlier, Bucket.AVAILABLE, Bucket.OUTSIDE, now, Reason.TOO_MANY_LOTS);
            record(Kind.MERGE, joined, Bucket.OUTSIDE, Bucket.AVAILABLE, now, Reason.TOO_MANY_LOTS);
        }
    }

    private static long daysBetween(List<Lot> lots, int index) {
        return lots.get(index).term().expires().until(lots.get(index + 1).term().expires(), ChronoUnit.DAYS);
    }

    /** Earns points that become available as their term says. */
    public void accrue(long points, Term term, Reason reason) {
        if (points > 0) {
            pending = pending.plus(term, points);
            record(Kind.ACCRUE, new Lot(term, points), Bucket.OUTSIDE, Bucket.PENDING, now, reason);
        }
    }

    /** Earns points whose days a delivery will tell. */
    public void accrueAwaiting(long points, Reason reason) {
        if (points > 0) {
            awaiting = Math.addExact(awaiting, points);
            record(Kind.ACCRUE, points, Bucket.OUTSIDE, Bucket.AWAITING, now, reason);
        }
    }

    /** Tells points that waited for a delivery their days. */
    public void schedule(long points, Term term, Reason reason) {
        if (points > 0) {
            awaiting = Math.subtractExact(awaiting, points);
            pending = pending.plus(term, points);
            record(Kind.SCHEDULE, new Lot(term, points), Bucket.AWAITING, Bucket.PENDING, now, reason);
        }
    }

    /** Reserves available points for a redemption, what expires first. There must be enough. */
    public Hold hold(RedemptionId redemption, long points, Instant until) {
        List<Lot> lots = available.first(points);
        Hold hold = new Hold(redemption, until, lots);
        if (hold.points() != points) {
            throw new ArithmeticException("more is reserved than is available");
        }
        for (Lot lot : lots) {
            available = available.minus(lot.term(), lot.points());
            record(Kind.HOLD, lot, Bucket.AVAILABLE, Bucket.HELD, now, Reason.CHECKOUT);
        }
        holds.add(hold);
        return hold;
    }

    /** Spends so many of the points reserved, what expires first, and gives the rest back. */
    public void capture(Hold hold, long points) {
        holds.remove(hold);
        long missing = points;
        for (Lot lot : hold.lots()) {
            long part = Math.min(missing, lot.points());
            missing -= part;
            if (part > 0) {
                record(Kind.CAPTURE, new Lot(lot.term(), part), Bucket.HELD, Bucket.OUTSIDE, now, Reason.SPENT);
            }
            if (part < lot.points()) {
                Lot rest = new Lot(lot.term(), lot.points() - part);
                available = available.plus(rest.term(), rest.points());
                record(Kind.RELEASE, rest, Bucket.HELD, Bucket.AVAILABLE, now, Reason.SPENT_LESS);
            }
        }
        if (missing > 0) {
            throw new ArithmeticException("more is captured than is held");
        }
    }

    /** Gives back all the points reserved, each lot with its own days. */
    public void voidHold(Hold hold) {
        giveBack(hold, Reason.CHECKOUT_VOIDED, now);
    }

    private void giveBack(Hold hold, Reason reason, Instant at) {
        holds.remove(hold);
        for (Lot lot : hold.lots()) {
            available = available.plus(lot.term(), lot.points());
            record(Kind.VOID, lot, Bucket.HELD, Bucket.AVAILABLE, at, reason);
        }
    }

    /** Gives back points that had been spent. */
    public void restore(long points, Term term, Reason reason) {
        if (points > 0) {
            available = available.plus(term, points);
            record(Kind.RESTORE, new Lot(term, points), Bucket.OUTSIDE, Bucket.AVAILABLE, now, reason);
        }
    }

    /**
     * Takes back points that had been earned: from where they waited, from their own lot, from what of that lot expired
     * unspent (it is gone already), then from what else is available, what expires first.
     *
     * @param points how many
     * @param term the lot they went into; empty where they wait for a delivery
     * @return how many could not be taken: they are spent
     */
    public long reverse(long points, Optional<Term> term, Reason reason) {
        long missing = points;
        if (term.isEmpty()) {
            long part = Math.min(missing, awaiting);
            if (part > 0) {
                awaiting -= part;
                record(Kind.REVERSE, part, Bucket.AWAITING, Bucket.OUTSIDE, now, reason);
            }
            missing -= part;
        } else {
            Term own = term.get();
            long part = Math.min(missing, pending.of(own));
            pending = pending.minus(own, part);
            missing -= reversed(own, part, Bucket.PENDING, reason);
            part = Math.min(missing, available.of(own));
            available = available.minus(own, part);
            missing -= reversed(own, part, Bucket.AVAILABLE, reason);
            part = Math.min(missing, lapsed.of(own));
            lapsed = lapsed.minus(own, part);
            missing -= reversed(own, part, Bucket.LAPSED, reason);
        }
        for (Lot lot : available.first(missing)) {
            available = available.minus(lot.term(), lot.points());
            missing -= reversed(lot.term(), lot.points(), Bucket.AVAILABLE, reason);
        }
        return missing;
    }

    private long reversed(Term term, long points, Bucket from, Reason reason) {
        if (points > 0) {
            record(Kind.REVERSE, new Lot(term, points), from, Bucket.OUTSIDE, now, reason);
        }
        return points;
    }

    /** Lets the member owe points. */
    public void incurDebt(long points, Reason reason) {
        if (points > 0) {
            debt = Math.addExact(debt, points);
            record(Kind.INCUR_DEBT, points, Bucket.DEBT, Bucket.OUTSIDE, now, reason);
        }
    }

    /** Writes down that points which should have been taken back are borne by the shop. */
    public void writeOff(long points, Reason reason) {
        if (points > 0) {
            record(Kind.WRITE_OFF, points, Bucket.OUTSIDE, Bucket.OUTSIDE, now, reason);
        }
    }

    /** The open hold of a redemption. */
    public Optional<Hold> hold(RedemptionId redemption) {
        return holds.stream()
                .filter(hold -> hold.redemption().equals(redemption))
                .findFirst();
    }

    /** Ends a member's points: what is available expires, and what is pending is never paid out. */
    void close() {
        reverse(awaiting, Optional.empty(), Reason.ACCOUNT_CLOSED);
        for (Lot lot : pending.list()) {
            reverse(lot.points(), Optional.of(lot.term()), Reason.ACCOUNT_CLOSED);
        }
        expireAll(now, Reason.ACCOUNT_CLOSED);
    }

    private void record(Kind kind, Lot lot, Bucket from, Bucket to, Instant at, Reason reason) {
        movements.add(new Movement(id, kind, lot.points(), from, to, Optional.of(lot.term()), at, reason));
    }

    private void record(Kind kind, long points, Bucket from, Bucket to, Instant at, Reason reason) {
        movements.add(new Movement(id, kind, points, from, to, Optional.empty(), at, reason));
    }
}
