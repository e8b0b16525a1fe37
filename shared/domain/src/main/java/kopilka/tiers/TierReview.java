package kopilka.tiers;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kopilka.program.TierId;
import kopilka.program.TierRules;
import kopilka.tiers.Stretch.Periods;
import kopilka.tiers.Stretch.Rolling;
import kopilka.tiers.TierChange.Reason;
import kopilka.tiers.TierState.ByDay;
import kopilka.tiers.TierState.ByPeriod;

/**
 * Tells a member's level from what was bought, and from time. It keeps nothing and decides nothing by chance: whoever asks
 * again is told the same.
 *
 * <p>Something happens in two steps. First the state is {@linkplain #settle settled} to that moment, with the history as it
 * was. Then it is told what happened, with the history as it is now: {@link #purchased}, {@link #refunded}, or, by the new
 * rules, {@link #adopted}.
 *
 * @param rules the levels
 * @param history what was bought, as far back as {@link #needs}
 * @param joined the day on which the member joined
 * @param zone whose calendar says which day it is
 */
public record TierReview(TierRules rules, History history, LocalDate joined, ZoneId zone) {
    /** Where a member starts: on the lowest level. */
    public TierState start(Instant at) {
        return new TierState(ladder().at(0), at, firstBasis(ladder().at(0), day(at)));
    }

    /**
     * Lets time do its part up to now, each review at the start of its day, in their order. It doesn't matter how often,
     * or how late.
     */
    public Reviewed settle(TierState state, Instant now) {
        List<TierChange> changes = new ArrayList<>();
        TierState settled = fitting(state, now, changes);
        for (Optional<Step> step = step(settled); step.isPresent(); step = step(settled)) {
            if (step.get().at().isAfter(now)) {
                break;
            }
            settled = step.get().state();
            step.get().change().ifPresent(changes::add);
        }
        return new Reviewed(settled, changes);
    }

    /**
     * After a purchase, also one that is reported late. It may bring a level at once, and never takes one away.
     *
     * @param state settled to now without the purchase
     */
    public Reviewed purchased(TierState state, Instant now) {
        List<TierChange> changes = new ArrayList<>();
        TierState fitting = fitting(state, now, changes);
        int level = ladder().place(fitting.level());
        TierState after = switch (fitting.basis()) {
            case ByPeriod basis -> {
                int before = Math.max(ladder().place(basis.levelBefore()), earnedBefore(basis));
                ByPeriod changed = withLevelBefore(basis, before);
                yield move(fitting, Math.max(level, earned(changed)), changed, now, Reason.REACHED, changes);
            }
            case ByDay basis -> {
                LocalDate today = day(now);
                Bought bought = window(today).sum();
                int reached = Math.max(level, ladder().qualified(bought));
                ByDay changed = new ByDay(
                        ladder().kept(reached, bought)
                                ? Optional.empty()
                                : Optional.of(basis.fallsOn().orElse(graceFrom(today, 1))));
                yield move(fitting, reached, changed, now, Reason.REACHED, changes);
            }
        };
        return new Reviewed(after, changes);
    }

    /**
     * After a refund or a cancellation. A level that rested on what came back ends at once, without grace, and down to what
     * the rest is enough for: a purchase that comes back leaves nothing behind.
     *
     * @param state settled to now with what came back
     */
    public Reviewed refunded(TierState state, Instant now) {
        List<TierChange> changes = new ArrayList<>();
        TierState fitting = fitting(state, now, changes);
        int level = ladder().place(fitting.level());
        TierState after = switch (fitting.basis()) {
            case ByPeriod basis -> {
                int before = Math.max(ladder().place(basis.carried()), earnedBefore(basis));
                ByPeriod changed = withLevelBefore(basis, before);
                yield move(fitting, earned(changed), changed, now, Reason.REFUNDED, changes);
            }
            case ByDay basis -> {
                Bought bought = window(day(now)).sum();
                int left = basis.fallsOn().isPresent() || ladder().kept(level, bought)
                        ? level
                        : ladder().qualified(bought);
                yield move(fitting, left, basis, now, Reason.REFUNDED, changes);
            }
        };
        return new Reviewed(after, changes);
    }

    /**
     * When these rules come into force. A level that they no longer have is told anew, at once. Other levels stay until the
     * next review, refund or purchase, whatever is asked for them now; where periods are others, until the end of the new
     * one. If the rules are the ones that the state was settled by, nothing happens.
     *
     * @param state settled to that moment by the rules before
     */
    public Reviewed adopted(TierState state, Instant at) {
        int place = rules.indexOf(state.level());
        LocalDate today = day(at);
        List<TierChange> changes = new ArrayList<>();
        TierState after = switch (stretch()) {
            case Periods periods -> {
                ByPeriod basis = periodOf(periods, state, today);
                if (place < 0) {
                    int before = Math.max(ladder().place(basis.carried()), earnedBefore(basis));
                    basis = withLevelBefore(basis, before);
                }
                yield move(state, place < 0 ? earned(basis) : place, basis, at, Reason.RULES_CHANGED, changes);
            }
            case Rolling rolling -> {
                Bought bought = window(today).sum();
                int level = place < 0 ? ladder().qualified(bought) : place;
                Optional<LocalDate> promised =
                        state.basis() instanceof ByDay basis ? basis.fallsOn() : Optional.empty();
                ByDay basis = new ByDay(
                        ladder().kept(level, bought)
                                ? Optional.empty()
                                : Optional.of(promised.orElse(graceFrom(today, 1))));
                yield move(state, level, basis, at, Reason.RULES_CHANGED, changes);
            }
        };
        return new Reviewed(after, changes);
    }

    /** When time next changes the level, if nothing else happens. Empty: never. */
    public Optional<Instant> next(TierState state) {
        return first(state, step -> step.change().isPresent()).map(Step::at);
    }

    /** The first day whose purchases may matter from a moment on, for a state that is settled to it. */
    public LocalDate needs(Instant now) {
        LocalDate today = day(now);
        return switch (stretch()) {
            case Periods periods -> periods.previous(periods.start(today));
            case Rolling rolling -> rolling.from(today);
        };
    }

    /** How far the member is from the next level, and from losing this one. */
    public TierProgress progress(TierState state, Instant now) {
        TierState settled = settle(state, now).state();
        int level = ladder().place(settled.level());
        LocalDate today = day(now);
        return new TierProgress(
                settled.level(), settled.since(), next(settled, level, today), keep(settled, level, today));
    }

    private Optional<TierProgress.Next> next(TierState settled, int level, LocalDate today) {
        if (level + 1 == rules.levels().size()) {
            return Optional.empty();
        }
        Window window = switch (settled.basis()) {
            case ByPeriod basis -> current(basis);
            case ByDay basis -> window(today);
        };
        List<Missing> missing = ladder().toReach(level + 1, window.sum());
        Optional<LocalDate> by = switch (settled.basis()) {
            case ByPeriod basis -> Optional.of(window.toExclusive().minusDays(1));
            case ByDay basis -> nextLess(today).map(day -> day.minusDays(1));
        };
        return Optional.of(new TierProgress.Next(ladder().at(level + 1), missing, by));
    }

    private Optional<TierProgress.Keep> keep(TierState settled, int level, LocalDate today) {
        Optional<Step> fall = first(
                settled,
                step -> step.change().isPresent() && ladder().place(step.state().level()) < level);
        return fall.map(step -> {
            LocalDate safeUntil = step.day().minusDays(1);
            return switch (settled.basis()) {
                case ByPeriod basis ->
                    new TierProgress.Keep(
                            safeUntil,
                            ladder().toKeep(level, step.window().sum()),
                            step.window().from(),
                            step.window().toExclusive().minusDays(1));
                case ByDay basis -> {
                    LocalDate missed = basis.fallsOn().isPresent()
                            ? today
                            : firstMissed(level).orElse(step.day());
                    LocalDate by = nextLess(missed)
                            .map(day -> day.minusDays(1))
                            .filter(day -> day.isBefore(safeUntil))
                            .orElse(safeUntil);
                    yield new TierProgress.Keep(
                            safeUntil,
                            ladder().toKeep(level, window(missed).sum()),
                            window(missed).from(),
                            by);
                }
            };
        });
    }

    // ------------------------------------------------------------------------------------------------ what time does

    /**
     * The next thing that time does, be it due or not.
     *
     * @param day at whose start
     * @param at when that is
     * @param window what is looked at
     * @param state where the member stands then
     * @param change the level that changes
     */
    private record Step(LocalDate day, Instant at, Window window, TierState state, Optional<TierChange> change) {}

    private Optional<Step> step(TierState state) {
        return switch (state.basis()) {
            case ByPeriod basis -> Optional.of(step(state, basis));
            case ByDay basis -> step(state, basis);
        };
    }

    private Step step(TierState state, ByPeriod basis) {
        LocalDate end = periods().next(basis.start());
        if (basis.reviewOn().isPresent()) {
            LocalDate day = earlier(basis.reviewOn().get(), end);
            return review(state, basis, day);
        }
        ByPeriod begun = new ByPeriod(end, state.level(), ladder().at(reviewed(basis)), Optional.of(reviewDay(end)));
        if (rules.graceDays() == 0) {
            return review(state, begun, end);
        }
        // What is dated later than today counts as soon as its period has begun.
        int level = Math.max(
                ladder().place(state.level()), ladder().qualified(current(begun).sum()));
        return stepTo(state, level, begun, end, current(begun));
    }

    private Step review(TierState state, ByPeriod basis, LocalDate day) {
        Window ended = new Window(history, periods().previous(basis.start()), day);
        int carried = ladder().reviewed(ladder().place(basis.levelBefore()), ended.sum());
        int level = Math.max(carried, ladder().qualified(current(basis).sum()));
        ByPeriod over = new ByPeriod(basis.start(), basis.levelBefore(), basis.carried(), Optional.empty());
        return stepTo(state, level, over, day, ended);
    }

    private Optional<Step> step(TierState state, ByDay basis) {
        int level = ladder().place(state.level());
        if (basis.fallsOn().isEmpty()) {
            return firstMissed(level).map(day -> {
                ByDay missed = new ByDay(Optional.of(graceFrom(day, 0)));
                return stepTo(state, level, missed, day, window(day));
            });
        }
        LocalDate day = basis.fallsOn().get();
        Window window = window(day);
        Bought bought = window.sum();
        int left = Math.max(ladder().reviewed(level, bought), ladder().qualified(bought));
        // One step a day at most, even without grace.
        ByDay after = new ByDay(ladder().kept(left, bought) ? Optional.empty() : Optional.of(graceFrom(day, 1)));
        return Optional.of(stepTo(state, left, after, day, window));
    }

    private Step stepTo(TierState state, int level, TierState.Basis basis, LocalDate day, Window window) {
        Instant at = startOf(day);
        List<TierChange> changes = new ArrayList<>();
        TierState after = move(state, level, basis, at, Reason.PERIOD_OVER, changes);
        return new Step(day, at, window, after, changes.stream().findFirst());
    }

    /** The first thing that time does of a kind. Empty: there is none, however long one waits. */
    private Optional<Step> first(TierState state, Predicate<Step> kind) {
        Optional<Step> step = step(state);
        while (step.isPresent() && !kind.test(step.get())) {
            step = isLast(step.get()) ? Optional.empty() : step(step.get().state());
        }
        return step;
    }

    /** Whether all that follows comes to the same: a period was reviewed without a purchase, and there are none later. */
    private boolean isLast(Step step) {
        return step.state().basis() instanceof ByPeriod basis
                && basis.reviewOn().isEmpty()
                && step.change().isEmpty()
                && (history.days().isEmpty()
                        || history.days().lastKey().isBefore(step.window().from()));
    }

    // ------------------------------------------------------------------------------------------------ by period

    private TierState.Basis firstBasis(TierId level, LocalDate today) {
        return switch (stretch()) {
            case Periods periods -> new ByPeriod(periods.start(today), level, level, Optional.empty());
            case Rolling rolling -> new ByDay(Optional.empty());
        };
    }

    /** The current period by these rules. If it is another than before, the level is carried into it. */
    private ByPeriod periodOf(Periods periods, TierState state, LocalDate today) {
        LocalDate start = periods.start(today);
        return state.basis() instanceof ByPeriod same && same.start().equals(start)
                ? new ByPeriod(start, known(same.levelBefore()), known(same.carried()), same.reviewOn())
                : new ByPeriod(start, known(state.level()), known(state.level()), Optional.empty());
    }

    private TierId known(TierId level) {
        return ladder().at(ladder().place(level));
    }

    private ByPeriod withLevelBefore(ByPeriod basis, int level) {
        return new ByPeriod(basis.start(), ladder().at(level), basis.carried(), basis.reviewOn());
    }

    /** The level now: what is carried, or what the current period has earned. */
    private int earned(ByPeriod basis) {
        int carried = basis.reviewOn().isPresent() ? ladder().place(basis.levelBefore()) : reviewed(basis);
        return Math.max(carried, ladder().qualified(current(basis).sum()));
    }

    /** The level that the ended period has earned by itself. */
    private int earnedBefore(ByPeriod basis) {
        return ladder().qualified(new Window(history, periods().previous(basis.start()), basis.start()).sum());
    }

    /** What the review of the ended period leaves of the level at its end. */
    private int reviewed(ByPeriod basis) {
        Window ended = new Window(history, periods().previous(basis.start()), reviewDay(basis.start()));
        return ladder().reviewed(ladder().place(basis.levelBefore()), ended.sum());
    }

    /** The day at whose start the period before the one that begins on a day is reviewed: before that one ends. */
    private LocalDate reviewDay(LocalDate start) {
        return earlier(start.plusDays(rules.graceDays()), periods().next(start));
    }

    private Window current(ByPeriod basis) {
        return new Window(history, basis.start(), periods().next(basis.start()));
    }

    // ------------------------------------------------------------------------------------------------ by day

    /** The days that count on a day. What is dated later counts already. */
    private Window window(LocalDate day) {
        return new Window(history, rolling().from(day), LocalDate.MAX);
    }

    private LocalDate graceFrom(LocalDate day, int atLeast) {
        return day.plusDays(Math.max(rules.graceDays(), atLeast));
    }

    /** The first day on which a level is no longer kept, if nothing is bought. Without purchases there is less every day. */
    private Optional<LocalDate> firstMissed(int level) {
        List<LocalDate> bought = List.copyOf(history.days().keySet());
        int kept = 0;
        int missed = bought.size();
        while (kept < missed) {
            int middle = (kept + missed) >>> 1;
            LocalDate less = rolling().endOf(bought.get(middle));
            if (ladder().kept(level, window(less).sum())) {
                kept = middle + 1;
            } else {
                missed = middle;
            }
        }
        return missed == bought.size()
                ? Optional.empty()
                : Optional.of(rolling().endOf(bought.get(missed)));
    }

    /** The first day after another on which something more no longer counts. Empty: nothing counts. */
    private Optional<LocalDate> nextLess(LocalDate day) {
        return history.days().tailMap(rolling().from(day)).keySet().stream()
                .findFirst()
                .map(rolling()::endOf);
    }

    // ------------------------------------------------------------------------------------------------ both

    private record Window(History history, LocalDate from, LocalDate toExclusive) {
        Bought sum() {
            return history.between(from, toExclusive);
        }
    }

    /** A state that was settled by rules of another kind, or with a level that there no longer is, first adopts these. */
    private TierState fitting(TierState state, Instant now, List<TierChange> changes) {
        boolean fits = rules.indexOf(state.level()) >= 0
                && switch (stretch()) {
                    case Periods periods ->
                        state.basis() instanceof ByPeriod basis
                                && periods.start(basis.start()).equals(basis.start());
                    case Rolling rolling -> state.basis() instanceof ByDay;
                };
        if (fits) {
            return state;
        }
        Reviewed adopted = adopted(state, now);
        changes.addAll(adopted.changes());
        return adopted.state();
    }

    /** To a level, which may be the same; whatever brings one up, it is reached. */
    private TierState move(
            TierState state, int level, TierState.Basis basis, Instant at, Reason reason, List<TierChange> changes) {
        TierId to = ladder().at(level);
        if (to.equals(state.level())) {
            return state.on(basis);
        }
        boolean up = rules.indexOf(state.level()) >= 0 && level > ladder().place(state.level());
        changes.add(new TierChange(state.level(), to, at, up ? Reason.REACHED : reason));
        return new TierState(to, at, basis);
    }

    private Ladder ladder() {
        return new Ladder(rules);
    }

    private Stretch stretch() {
        return Stretch.of(rules.period(), joined);
    }

    private Periods periods() {
        return (Periods) stretch();
    }

    private Rolling rolling() {
        return (Rolling) stretch();
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The day at an instant. One that has begun does not go back to the one before, as clocks may. */
    private LocalDate day(Instant instant) {
        LocalDate day = LocalDate.ofInstant(instant, zone);
        return startOf(day.plusDays(1)).isAfter(instant) ? day : day.plusDays(1);
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
