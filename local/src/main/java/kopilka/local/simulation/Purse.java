package kopilka.local.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import kopilka.local.simulation.Picture.Days;

/**
 * A member's points as the model sees them: a heap of parcels, each in one place, and the debt. All that ever happens is
 * that points go from one place to another, which is written down by what it is called.
 */
final class Purse {
    /** The last day of points that stay for good. */
    static final LocalDate FOR_GOOD = LocalDate.of(9999, 12, 31);

    /** The days of points that have none: they wait for a delivery, or are owed. */
    static final Days NO_DAYS = new Days(LocalDate.EPOCH, LocalDate.EPOCH);

    static final String OUTSIDE = "outside";
    static final String AWAITING = "awaiting";
    static final String PENDING = "pending";
    static final String AVAILABLE = "available";
    static final String HELD = "held";
    static final String LAPSED = "lapsed";
    static final String DEBT = "debt";

    private static final int LAPSED_DAYS_REMEMBERED = 32;
    private static final int MOST_AVAILABLE_LOTS = 400;

    /** Points of one lot in one place; those that are held say for which redemption. */
    record Parcel(String place, String redemption, Days days, long points) {}

    /** A checkout in progress. */
    record Checkout(String redemption, Instant until) {}

    final List<Parcel> parcels;
    /** In the order in which they began. */
    final List<Checkout> checkouts;

    long debt;
    /** What moved in the command that is being looked at. */
    final SortedMap<String, Long> moved = new TreeMap<>();

    Purse() {
        parcels = new ArrayList<>();
        checkouts = new ArrayList<>();
    }

    /** As it stands; nothing moved yet. */
    Purse(Purse other) {
        parcels = new ArrayList<>(other.parcels);
        checkouts = new ArrayList<>(other.checkouts);
        debt = other.debt;
    }

    // --- moving ---

    void put(String place, String redemption, Days days, long points) {
        if (points > 0) {
            parcels.add(new Parcel(place, redemption, days, points));
        }
    }

    void write(String what, String from, Days days, Instant at, long points) {
        if (points > 0) {
            String lot = days.equals(NO_DAYS) ? "" : " of " + days.from() + " to " + days.last();
            moved.merge(what + " from " + from + lot + " at " + at, points, Math::addExact);
        }
    }

    /** Takes up to so many points out of a place, those that expire first, then those that became available first. */
    List<Parcel> take(String what, String from, Predicate<Parcel> which, long most, Instant at) {
        List<Parcel> taken = take(from, which, most);
        taken.forEach(parcel -> write(what, from, parcel.days(), at, parcel.points()));
        return taken;
    }

    private List<Parcel> take(String from, Predicate<Parcel> which, long most) {
        List<Parcel> there = new ArrayList<>(parcels.stream()
                .filter(parcel -> parcel.place().equals(from) && which.test(parcel))
                .sorted((one, other) -> one.days().compareTo(other.days()))
                .toList());
        List<Parcel> taken = new ArrayList<>();
        long missing = most;
        for (Parcel parcel : there) {
            long part = Math.min(missing, parcel.points());
            if (part > 0) {
                parcels.remove(parcel);
                put(from, parcel.redemption(), parcel.days(), parcel.points() - part);
                taken.add(new Parcel(from, parcel.redemption(), parcel.days(), part));
                missing -= part;
            }
        }
        return taken;
    }

    /** Moves up to so many points from place to place. */
    List<Parcel> move(String what, String from, Predicate<Parcel> which, long most, String to, Instant at) {
        List<Parcel> taken = take(what, from, which, most, at);
        taken.forEach(parcel -> put(to, "", parcel.days(), parcel.points()));
        return taken;
    }

    /** Points that waited for a delivery learn their days. */
    void schedule(long points, Days days, Instant at) {
        put(PENDING, "", days, sum(take(AWAITING, Purse::any, points)));
        write("schedule", AWAITING, days, at, points);
    }

    /** New points come from outside. */
    void bring(String what, long points, Days days, String to, Instant at) {
        put(to, "", days, points);
        write(what, OUTSIDE, days, at, points);
    }

    long total(String place) {
        return sum(lots(place));
    }

    SortedMap<Days, Long> lots(String place) {
        return lots(parcel -> parcel.place().equals(place));
    }

    SortedMap<Days, Long> lots(Predicate<Parcel> which) {
        SortedMap<Days, Long> lots = new TreeMap<>();
        parcels.stream().filter(which).forEach(parcel -> lots.merge(parcel.days(), parcel.points(), Math::addExact));
        return lots;
    }

    static long sum(SortedMap<Days, Long> lots) {
        return lots.values().stream().reduce(0L, Math::addExact);
    }

    static long sum(List<Parcel> parcels) {
        return parcels.stream().map(Parcel::points).reduce(0L, Math::addExact);
    }

    // --- time ---

    static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** A moment at which time does something to the purse; of several at one moment, the lower rank comes first. */
    private record Due(Instant at, int rank, Runnable happens) {
        boolean before(Due other) {
            return at.isBefore(other.at) || (at.equals(other.at) && rank < other.rank);
        }
    }

    /**
     * Lets time do its part: what is due first happens first, one thing after another, and what becomes available pays a
     * debt at once. At one moment points mature, then checkouts run out in the order in which they began, then points
     * expire.
     */
    void settle(Instant now, ZoneId zone) {
        for (Due next = next(zone); next != null && !next.at().isAfter(now); next = next(zone)) {
            next.happens().run();
            payDebt(next.at());
        }
        payDebt(now);
        keepFewLots(now);
    }

    private @org.jspecify.annotations.Nullable Due next(ZoneId zone) {
        Due next = null;
        for (Parcel parcel :
                parcels.stream().sorted((a, b) -> a.days().compareTo(b.days())).toList()) {
            Due due = null;
            if (parcel.place().equals(PENDING)) {
                Instant start = startOf(parcel.days().from(), zone);
                due = new Due(
                        start, 1, () -> move("mature", PENDING, parcel::equals, parcel.points(), AVAILABLE, start));
            } else if (parcel.place().equals(AVAILABLE) && !parcel.days().last().equals(FOR_GOOD)) {
                Instant end = startOf(parcel.days().last().plusDays(1), zone);
                due = new Due(end, 3, () -> expire(lot -> lot.days().equals(parcel.days()), end));
            }
            next = due != null && (next == null || due.before(next)) ? due : next;
        }
        for (Checkout checkout : checkouts) {
            Due due = new Due(checkout.until(), 2, () -> giveUp(checkout.redemption(), checkout.until()));
            next = next == null || due.before(next) ? due : next;
        }
        return next;
    }

    void payDebt(Instant at) {
        debt -= sum(take("settle_debt", AVAILABLE, Purse::any, debt, at));
    }

    /** Of too many lots, the two next to each other whose last days are closest become one, with the later's days. */
    private void keepFewLots(Instant now) {
        List<Days> lots = new ArrayList<>(lots(AVAILABLE).keySet());
        while (lots.size() > MOST_AVAILABLE_LOTS) {
            int closest = 0;
            for (int i = 1; i + 1 < lots.size(); i++) {
                closest = gap(lots, i) < gap(lots, closest) ? i : closest;
            }
            Days earlier = lots.remove(closest);
            Days later = lots.get(closest);
            long points = sum(take("merge", AVAILABLE, parcel -> parcel.days().equals(earlier), Long.MAX_VALUE, now));
            bring("merge", points, later, AVAILABLE, now);
        }
    }

    private static long gap(List<Days> lots, int index) {
        return ChronoUnit.DAYS.between(
                lots.get(index).last(), lots.get(index + 1).last());
    }

    /** What expires is remembered, the days that came last. */
    private void expire(Predicate<Parcel> which, Instant at) {
        move("expire", AVAILABLE, which, Long.MAX_VALUE, LAPSED, at);
        TreeSet<Days> days = new TreeSet<>(lots(LAPSED).keySet());
        while (days.size() > LAPSED_DAYS_REMEMBERED) {
            Days forgotten = days.removeFirst();
            parcels.removeIf(
                    parcel -> parcel.place().equals(LAPSED) && parcel.days().equals(forgotten));
        }
    }

    private static boolean any(Parcel parcel) {
        return true;
    }

    // --- checkouts ---

    static Predicate<Parcel> heldFor(String redemption) {
        return parcel -> parcel.place().equals(HELD) && parcel.redemption().equals(redemption);
    }

    boolean isOpen(String redemption) {
        return checkouts.stream().anyMatch(checkout -> checkout.redemption().equals(redemption));
    }

    void hold(String redemption, long points, Instant until, Instant now) {
        checkouts.add(new Checkout(redemption, until));
        for (Parcel parcel : take("hold", AVAILABLE, Purse::any, points, now)) {
            put(HELD, redemption, parcel.days(), parcel.points());
        }
    }

    /** Spends what expires first of what is held, and gives the rest back. */
    List<Parcel> capture(String redemption, long points, Instant now) {
        List<Parcel> spent = take("capture", HELD, heldFor(redemption), points, now);
        move("release", HELD, heldFor(redemption), Long.MAX_VALUE, AVAILABLE, now);
        checkouts.removeIf(checkout -> checkout.redemption().equals(redemption));
        return spent;
    }

    void giveUp(String redemption, Instant at) {
        move("void", HELD, heldFor(redemption), Long.MAX_VALUE, AVAILABLE, at);
        checkouts.removeIf(checkout -> checkout.redemption().equals(redemption));
    }

    // --- taking back ---

    /**
     * Takes back points that were earned, and says how many are gone: first from the own lot, pending or available; what
     * of it expired unspent counts as taken back; then from the other available points.
     */
    long reverse(long points, Days own, Instant now) {
        Predicate<Parcel> ofOwn = parcel -> parcel.days().equals(own);
        long missing = points;
        missing -= sum(take("reverse", own.equals(NO_DAYS) ? AWAITING : PENDING, ofOwn, missing, now));
        missing -= sum(take("reverse", AVAILABLE, ofOwn, missing, now));
        missing -= sum(take("reverse", LAPSED, ofOwn, missing, now));
        missing -= sum(take("reverse", AVAILABLE, Purse::any, missing, now));
        return missing;
    }

    void owe(long points, Instant now) {
        debt = Math.addExact(debt, points);
        write("incur_debt", DEBT, NO_DAYS, now, points);
    }

    /** The end: what was to come never comes, and what is there expires. */
    void close(Instant now) {
        take("reverse", AWAITING, Purse::any, Long.MAX_VALUE, now);
        take("reverse", PENDING, Purse::any, Long.MAX_VALUE, now);
        expire(Purse::any, now);
    }
}
