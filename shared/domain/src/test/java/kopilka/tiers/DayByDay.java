package kopilka.tiers;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.program.Qualification;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;

/**
 * The levels told the obvious way, to compare with: one day after the other, each time from the list of all that was bought
 * and came back, and without anything that is told in advance. Levels are numbers, the lowest 0.
 */
final class DayByDay {
    /**
     * Something that was bought, or came back.
     *
     * @param at the day on which it is told
     * @param minute of that day
     * @param paid the day on which the order was paid
     * @param refund whether it came back; its numbers are negative then
     */
    record Event(LocalDate at, int minute, LocalDate paid, boolean refund, long spend, long orders, long points) {}

    /**
     * A change of the level.
     *
     * @param minute of the day; -1: at its start
     */
    record Change(int from, int to, LocalDate at, int minute, TierChange.Reason reason) {}

    private final TierRules rules;
    private final LocalDate joined;
    private final List<Event> told = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    int level;

    /** By period: what each period before the current one carried at its end, the one that the member joined in first. */
    private final List<Integer> carried = new ArrayList<>();

    /** By day: since when the level is no longer kept, and how many days are left; empty: it is. */
    private Optional<LocalDate> missedSince = Optional.empty();

    private int patience;

    DayByDay(TierRules rules, LocalDate joined) {
        this.rules = rules;
        this.joined = joined;
    }

    /** A day begins. Every day has to, from the one of joining on. */
    void begins(LocalDate day) {
        if (isRolling()) {
            roll(day);
        } else {
            int number = number(day);
            if (carried.size() < number) {
                carried.add(carriedIn(number - 1, day));
            }
            becomes(byPeriod(day), day, -1, TierChange.Reason.PERIOD_OVER);
        }
    }

    /** Something happens. */
    void happens(Event event) {
        LocalDate today = event.at();
        told.add(event);
        TierChange.Reason reason = event.refund() ? TierChange.Reason.REFUNDED : TierChange.Reason.REACHED;
        if (!isRolling()) {
            becomes(byPeriod(today), today, event.minute(), reason);
        } else if (event.refund()) {
            if (missedSince.isEmpty() && !isKept(level, rollingFrom(today), today)) {
                becomes(qualified(rollingFrom(today), today), today, event.minute(), reason);
            }
        } else {
            becomes(Math.max(level, qualified(rollingFrom(today), today)), today, event.minute(), reason);
            if (isKept(level, rollingFrom(today), today)) {
                missedSince = Optional.empty();
            }
        }
    }

    private void becomes(int next, LocalDate day, int minute, TierChange.Reason reason) {
        if (next != level) {
            changes.add(new Change(level, next, day, minute, reason));
            level = next;
        }
    }

    // ------------------------------------------------------------------------------------------------ by day

    private boolean isRolling() {
        return rules.period() instanceof TierPeriod.RollingDays || rules.period() instanceof TierPeriod.RollingMonths;
    }

    private void roll(LocalDate day) {
        if (isKept(level, rollingFrom(day), day)) {
            missedSince = Optional.empty();
            return;
        }
        if (missedSince.isEmpty()) {
            missedSince = Optional.of(day);
            patience = rules.graceDays();
        }
        if (ChronoUnit.DAYS.between(missedSince.get(), day) >= patience) {
            becomes(fallen(level, rollingFrom(day), day), day, -1, TierChange.Reason.PERIOD_OVER);
            missedSince = isKept(level, rollingFrom(day), day) ? Optional.empty() : Optional.of(day);
            patience = Math.max(1, rules.graceDays());
        }
    }

    private LocalDate rollingFrom(LocalDate day) {
        return switch (rules.period()) {
            case TierPeriod.RollingDays days -> day.minusDays(days.days() - 1L);
            case TierPeriod.RollingMonths months ->
                day.minusMonths(months.months()).plusDays(1);
            default -> throw new IllegalStateException();
        };
    }

    // ------------------------------------------------------------------------------------------------ by period

    /** Which period a day lies in; the one that the member joined in is 0. */
    private int number(LocalDate day) {
        int number = 0;
        while (!day.isBefore(begin(number + 1))) {
            number++;
        }
        return number;
    }

    private LocalDate begin(int number) {
        return switch (rules.period()) {
            case TierPeriod.Anniversary anniversary -> joined.plusMonths((long) number * anniversary.months());
            case TierPeriod.Calendar calendar -> {
                int months = switch (calendar.unit()) {
                    case MONTH -> 1;
                    case QUARTER -> 3;
                    case HALF_YEAR -> 6;
                    case YEAR -> 12;
                };
                LocalDate begin = joined.withDayOfMonth(1);
                while ((begin.getMonthValue() - 1) % months != 0) {
                    begin = begin.minusMonths(1);
                }
                yield begin.plusMonths((long) number * months);
            }
            default -> throw new IllegalStateException();
        };
    }

    private int byPeriod(LocalDate day) {
        int number = number(day);
        return Math.max(
                carriedIn(number, day),
                qualified(begin(number), begin(number + 1).minusDays(1)));
    }

    private int carriedIn(int number, LocalDate day) {
        if (number == 0) {
            return 0;
        }
        LocalDate ended = begin(number - 1);
        LocalDate current = begin(number);
        int before = Math.max(carried.get(number - 1), qualified(ended, current.minusDays(1)));
        LocalDate lastOfGrace = current.plusDays(rules.graceDays()).minusDays(1);
        if (!lastOfGrace.isBefore(begin(number + 1))) {
            lastOfGrace = begin(number + 1).minusDays(1);
        }
        if (!day.isAfter(lastOfGrace)) {
            return before;
        }
        return isKept(before, ended, lastOfGrace) ? before : fallen(before, ended, lastOfGrace);
    }

    // ------------------------------------------------------------------------------------------------ both

    private int fallen(int from, LocalDate first, LocalDate last) {
        int highest = 0;
        for (int i = 1; i <= from; i++) {
            if (isKept(i, first, last)) {
                highest = i;
            }
        }
        return rules.oneStep() && highest < from - 1 ? from - 1 : highest;
    }

    private int qualified(LocalDate first, LocalDate last) {
        int highest = 0;
        for (int i = 1; i < rules.levels().size(); i++) {
            if (holds(rules.levels().get(i).qualify().orElseThrow(), first, last)) {
                highest = i;
            }
        }
        return highest;
    }

    private boolean isKept(int at, LocalDate first, LocalDate last) {
        TierLevel level = rules.levels().get(at);
        return at == 0
                || holds(level.keep().orElse(level.qualify().orElseThrow()), first, last)
                || qualified(first, last) >= at;
    }

    private boolean holds(Qualification asked, LocalDate first, LocalDate last) {
        long sum = 0;
        switch (asked) {
            case Qualification.All all -> {
                return all.parts().stream().allMatch(part -> holds(part, first, last));
            }
            case Qualification.AnyOf any -> {
                return any.parts().stream().anyMatch(part -> holds(part, first, last));
            }
            case Qualification.Spend spend -> {
                for (Event event : told) {
                    sum += counts(event, first, last) ? event.spend() : 0;
                }
                return sum >= spend.minor();
            }
            case Qualification.Orders orders -> {
                for (Event event : told) {
                    sum += counts(event, first, last) ? event.orders() : 0;
                }
                return sum >= orders.number();
            }
            case Qualification.PointsEarned points -> {
                for (Event event : told) {
                    sum += counts(event, first, last) ? event.points() : 0;
                }
                return sum >= points.points();
            }
        }
    }

    private static boolean counts(Event event, LocalDate first, LocalDate last) {
        return !event.paid().isBefore(first) && !event.paid().isAfter(last);
    }
}
