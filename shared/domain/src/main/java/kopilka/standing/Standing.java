package kopilka.standing;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kopilka.program.ActivityKind;
import kopilka.program.Asked;
import kopilka.program.Circumstances;
import kopilka.program.Inactivity;
import kopilka.program.Inactivity.Sign;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.TierId;
import kopilka.tiers.History;
import kopilka.tiers.TierState;

/**
 * How a member stands, beside points. Programs that are earned by rates alone leave it as it is.
 *
 * @param orders how many orders were paid and not wholly returned
 * @param spent what of their goods was kept, in minor units
 * @param history the same by day, and what they earned, as far back as the program's rules look
 * @param tier where among the levels
 * @param signs the last day of each sign that the member is there
 * @param activities how often the member did what else is rewarded
 * @param profile what the shop told
 */
public record Standing(
        long orders,
        long spent,
        History history,
        Optional<TierState> tier,
        Map<Sign, LocalDate> signs,
        SortedMap<ActivityKind, ActivityLog> activities,
        Profile profile) {
    /** A member of whom nothing is known but that there is one. */
    public static final Standing NEW =
            new Standing(0, 0, History.EMPTY, Optional.empty(), Map.of(), new TreeMap<>(), Profile.UNKNOWN);

    /** Copies what it is given. */
    public Standing {
        Map<Sign, LocalDate> last = new EnumMap<>(Sign.class);
        last.putAll(signs);
        signs = Collections.unmodifiableMap(last);
        activities = Collections.unmodifiableSortedMap(new TreeMap<>(activities));
        if (orders < 0 || spent < 0) {
            throw new IllegalArgumentException("nobody buys less than nothing");
        }
    }

    /**
     * Under which circumstances something would happen on a day: only what is asked for.
     *
     * @param rules the program's, whose lowest level a member has of whom no level is known
     * @param asked what conditions ask for
     * @param told how an order comes
     * @param day the day, by the program's calendar
     * @param joined the day on which the member joined
     */
    public Circumstances circumstances(Program rules, Asked asked, Told told, LocalDate day, LocalDate joined) {
        Map<Period, Long> before = new EnumMap<>(Period.class);
        for (Period period : asked.orders()) {
            before.put(period, period == Period.EVER ? orders : history.orders(period, day));
        }
        return new Circumstances(
                        told.shop(),
                        told.channel(),
                        told.region().or(profile::region),
                        told.payments(),
                        told.coupons(),
                        level(rules),
                        before,
                        spent,
                        profile.segments(),
                        Optional.of(joined),
                        profile.windows(asked.birthdays(), day))
                .askedBy(asked);
    }

    /** The member's level; the lowest of those that have none yet. Empty: the program has no levels. */
    public Optional<TierId> level(Program rules) {
        return rules.tiers()
                .map(tiers -> tier.map(TierState::level)
                        .filter(level -> tiers.indexOf(level) >= 0)
                        .orElse(tiers.levels().getFirst().id()));
    }

    /**
     * After an order.
     *
     * @param day on which it was paid
     * @param spend what its goods came to
     * @param points what it earned in the main wallet
     * @param remembered whether the day is kept apart
     */
    public Standing bought(LocalDate day, long spend, long points, boolean remembered) {
        return new Standing(
                Math.addExact(orders, 1),
                Math.addExact(spent, spend),
                remembered ? history.plus(day, spend, 1, points) : history,
                tier,
                signs,
                activities,
                profile);
    }

    /**
     * After something of an order came back. An order from before anything was counted takes nothing off.
     *
     * @param day on which it was paid
     * @param spend by how much less of its goods is kept; negative where rounding makes it more
     * @param wholly whether nothing of it is kept any more
     * @param points by how much less it has earned in the main wallet
     */
    public Standing returned(LocalDate day, long spend, boolean wholly, long points) {
        return new Standing(
                Math.max(0, orders - (wholly ? 1 : 0)),
                Math.max(0, Math.subtractExact(spent, spend)),
                history.days().containsKey(day) ? history.plus(day, -spend, wholly ? -1 : 0, -points) : history,
                tier,
                signs,
                activities,
                profile);
    }

    /** With a level. */
    public Standing at(TierState state) {
        return new Standing(orders, spent, history, Optional.of(state), signs, activities, profile);
    }

    /** With only those days of the history that are on or after a day. */
    public Standing since(LocalDate day) {
        return new Standing(orders, spent, history.since(day), tier, signs, activities, profile);
    }

    /** After a sign that the member is there. */
    public Standing seen(Sign sign, LocalDate day) {
        LocalDate last = signs.get(sign);
        if (last != null && !last.isBefore(day)) {
            return this;
        }
        Map<Sign, LocalDate> more = new EnumMap<>(Sign.class);
        more.putAll(signs);
        more.put(sign, day);
        return new Standing(orders, spent, history, tier, more, activities, profile);
    }

    /** The last day of a sign that counts; the day of joining, before any. */
    public LocalDate lastSeen(Set<Sign> counts, LocalDate joined) {
        LocalDate last = joined;
        for (Sign sign : counts) {
            LocalDate day = signs.get(sign);
            last = day != null && day.isAfter(last) ? day : last;
        }
        return last;
    }

    /** The last day on which points can be used that end by inactivity. */
    public LocalDate lastDay(Inactivity inactivity, LocalDate joined) {
        return inactivity.lastDay(lastSeen(inactivity.counts(), joined));
    }

    /** How often the member did something. */
    public ActivityLog log(ActivityKind kind) {
        return activities.getOrDefault(kind, ActivityLog.NEVER);
    }

    /** After the member did something once more. */
    public Standing did(ActivityKind kind, LocalDate day) {
        SortedMap<ActivityKind, ActivityLog> more = new TreeMap<>(activities);
        more.put(kind, log(kind).on(day));
        return new Standing(orders, spent, history, tier, signs, more, profile);
    }

    /** With what the shop told. */
    public Standing with(Profile told) {
        return new Standing(orders, spent, history, tier, signs, activities, told);
    }
}
