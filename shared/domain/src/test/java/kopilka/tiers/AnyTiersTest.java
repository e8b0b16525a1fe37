package kopilka.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import kopilka.program.Qualification;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;
import kopilka.tiers.DayByDay.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the rules are and whatever is bought: levels are what one finds by going through it day by day. */
@Tag("long")
class AnyTiersTest {
    private static final int HISTORIES = 600;
    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC", "Europe/Kyiv", "America/New_York", "Asia/Beirut", "America/Havana", "Pacific/Apia")
            .map(ZoneId::of)
            .toList();

    /** A member with all that happens to them. */
    private record Story(TierRules rules, LocalDate joined, ZoneId zone, List<Event> events, LocalDate end) {
        Instant instant(LocalDate day, int minute) {
            return minute < 0
                    ? day.atStartOfDay(zone).toInstant()
                    : day.atTime(LocalTime.of(minute / 60, minute % 60))
                            .atZone(zone)
                            .toInstant();
        }

        Instant instant(Event event) {
            return instant(event.at(), event.minute());
        }

        TierReview review(History history) {
            return new TierReview(rules, history, joined, zone);
        }

        TierState start() {
            return review(History.EMPTY).start(instant(joined, 8 * 60));
        }
    }

    /** What time does in between. */
    private interface Between {
        Reviewed settle(Story story, TierReview review, TierState state, Instant from, Instant to);
    }

    private static TierPeriod period(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new TierPeriod.Calendar(TierPeriod.Calendar.Unit.MONTH);
            case 2 -> new TierPeriod.Calendar(TierPeriod.Calendar.Unit.QUARTER);
            case 3 ->
                new TierPeriod.Calendar(
                        random.nextBoolean() ? TierPeriod.Calendar.Unit.HALF_YEAR : TierPeriod.Calendar.Unit.YEAR);
            case 4, 5 -> new TierPeriod.RollingDays(1 + random.nextInt(90));
            case 6, 7 -> new TierPeriod.RollingMonths(1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 3));
            default -> new TierPeriod.Anniversary(1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 3));
        };
    }

    private static Qualification qualification(Random random, int level, int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> new Qualification.Spend(level * (5L + random.nextInt(20)));
            case 1 -> new Qualification.Orders(level + random.nextInt(3));
            case 2 -> new Qualification.PointsEarned(level * (2L + random.nextInt(10)));
            case 3 ->
                new Qualification.All(
                        List.of(qualification(random, level, depth - 1), qualification(random, level, depth - 1)));
            default ->
                new Qualification.AnyOf(
                        List.of(qualification(random, level, depth - 1), qualification(random, level, depth - 1)));
        };
    }

    private static TierRules rules(Random random) {
        TierPeriod period = period(random);
        List<TierLevel> levels = new ArrayList<>();
        int size = 2 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            levels.add(new TierLevel(
                    new TierId("l" + i),
                    Texts.NONE,
                    i == 0 ? Optional.empty() : Optional.of(qualification(random, i, 2)),
                    i == 0 || random.nextBoolean() ? Optional.empty() : Optional.of(qualification(random, i, 1)),
                    List.of()));
        }
        int grace = random.nextInt(3) == 0 ? 0 : random.nextInt(35);
        return new TierRules(period, random.nextBoolean(), grace, levels);
    }

    private static Story story(Random random) {
        TierRules rules = rules(random);
        LocalDate joined = random.nextInt(8) == 0
                ? LocalDate.of(2024, 2, 29)
                : LocalDate.of(2008 + random.nextInt(20), 1, 1).plusDays(random.nextInt(366));
        int days = 60 + random.nextInt(random.nextInt(3) == 0 ? 1000 : 300);
        List<Event> events = new ArrayList<>();
        int size = random.nextInt(Math.max(2, days / 8));
        for (int i = 0; i < size; i++) {
            LocalDate at = joined.plusDays(random.nextInt(days));
            LocalDate paid = random.nextInt(6) == 0 ? at.minusDays(random.nextInt(40)) : at;
            paid = paid.isBefore(joined) ? joined : paid;
            long spend = random.nextInt(12);
            long points = random.nextInt(6);
            // After 09:00, so that it comes after the joining.
            int minute = 9 * 60 + random.nextInt(12 * 60);
            events.add(new Event(at, minute, paid, false, spend, 1, points));
            if (random.nextInt(3) == 0) {
                LocalDate back = at.plusDays(1 + random.nextInt(60));
                boolean whole = random.nextBoolean();
                events.add(new Event(
                        back,
                        minute,
                        paid,
                        true,
                        whole ? -spend : -random.nextLong(spend + 1),
                        whole ? -1 : 0,
                        whole ? -points : -random.nextLong(points + 1)));
            }
        }
        events.sort(Comparator.comparing(Event::at).thenComparingInt(Event::minute));
        LocalDate end = joined.plusDays(days + 200);
        return new Story(rules, joined, ZONES.get(random.nextInt(ZONES.size())), events, end);
    }

    private static Reviewed play(Story story, Between between, boolean forgetting) {
        History history = History.EMPTY;
        TierState state = story.start();
        Instant last = story.instant(story.joined(), 8 * 60);
        List<TierChange> changes = new ArrayList<>();
        for (Event event : story.events()) {
            Instant now = story.instant(event);
            Reviewed settled = between.settle(story, story.review(history), state, last, now);
            changes.addAll(settled.changes());
            if (forgetting) {
                history = history.since(story.review(history).needs(now));
            }
            history = history.plus(event.paid(), event.spend(), event.orders(), event.points());
            TierReview review = story.review(history);
            Reviewed reviewed =
                    event.refund() ? review.refunded(settled.state(), now) : review.purchased(settled.state(), now);
            changes.addAll(reviewed.changes());
            state = reviewed.state();
            last = now;
        }
        Reviewed settled =
                between.settle(story, story.review(history), state, last, story.instant(story.end(), 23 * 60 + 59));
        changes.addAll(settled.changes());
        return new Reviewed(settled.state(), changes);
    }

    private static Reviewed late(Story story, TierReview review, TierState state, Instant from, Instant to) {
        return review.settle(state, to);
    }

    private static Reviewed eachTimeItIsDue(Story story, TierReview review, TierState state, Instant from, Instant to) {
        List<TierChange> changes = new ArrayList<>();
        TierState settled = state;
        Optional<Instant> due = review.next(settled);
        while (due.isPresent() && !due.get().isAfter(to)) {
            assertThat(review.settle(settled, due.get().minusNanos(1)).changes())
                    .isEmpty();
            Reviewed next = review.settle(settled, due.get());
            assertThat(next.changes()).isNotEmpty();
            changes.addAll(next.changes());
            settled = next.state();
            due = review.next(settled);
        }
        Reviewed rest = review.settle(settled, to);
        assertThat(rest.changes()).isEmpty();
        return new Reviewed(rest.state(), changes);
    }

    private static Between atAnyMoment(Random random) {
        return (story, review, state, from, to) -> {
            List<TierChange> changes = new ArrayList<>();
            TierState settled = state;
            Instant now = from;
            while (now.isBefore(to)) {
                Reviewed next = review.settle(settled, now);
                changes.addAll(next.changes());
                assertThat(review.settle(next.state(), now)).isEqualTo(new Reviewed(next.state(), List.of()));
                settled = next.state();
                now = now.plusSeconds(1 + random.nextInt(3600 * 24 * (1 + random.nextInt(40))));
            }
            Reviewed rest = review.settle(settled, to);
            changes.addAll(rest.changes());
            return new Reviewed(rest.state(), changes);
        };
    }

    private static List<TierChange> dayByDay(Story story) {
        DayByDay model = new DayByDay(story.rules(), story.joined());
        int told = 0;
        for (LocalDate day = story.joined(); !day.isAfter(story.end()); day = day.plusDays(1)) {
            model.begins(day);
            while (told < story.events().size() && story.events().get(told).at().equals(day)) {
                model.happens(story.events().get(told++));
            }
        }
        return model.changes.stream()
                .map(change -> new TierChange(
                        new TierId("l" + change.from()),
                        new TierId("l" + change.to()),
                        story.instant(change.at(), change.minute()),
                        change.reason()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void levels_are_what_one_finds_day_by_day_whenever_they_are_settled(long seed) {
        Random random = new Random(seed);
        int changes = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Story story = story(random);
            Reviewed late = play(story, AnyTiersTest::late, false);

            assertThat(late.changes())
                    .as("seed %d, story %d: %s", seed, i, story)
                    .isEqualTo(dayByDay(story));
            assertThat(play(story, AnyTiersTest::eachTimeItIsDue, false))
                    .as("seed %d, story %d, each time it is due: %s", seed, i, story)
                    .isEqualTo(late);
            assertThat(play(story, atAnyMoment(random), random.nextBoolean()))
                    .as("seed %d, story %d, at any moment: %s", seed, i, story)
                    .isEqualTo(late);
            assertThat(play(story, AnyTiersTest::late, true))
                    .as("seed %d, story %d, forgetting what is not needed: %s", seed, i, story)
                    .isEqualTo(late);
            changes += late.changes().size();
        }
        assertThat(changes).as("the stories tell something").isGreaterThan(HISTORIES);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void what_is_said_to_be_missing_is_enough_and_no_less_is(long seed) {
        Random random = new Random(seed);
        int tried = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Story story = story(random);
            History history = History.EMPTY;
            TierState state = story.start();
            for (Event event : story.events()) {
                Instant now = story.instant(event);
                state = story.review(history).settle(state, now).state();
                history = history.plus(event.paid(), event.spend(), event.orders(), event.points());
                TierReview review = story.review(history);
                state = (event.refund() ? review.refunded(state, now) : review.purchased(state, now)).state();
                if (random.nextInt(4) == 0) {
                    tried += wayUp(story, history, state, now, event.at(), random);
                    tried += wayToKeep(story, history, state, now, event.at(), random);
                }
            }
        }
        assertThat(tried).as("the stories tell something").isGreaterThan(HISTORIES);
    }

    private static int wayUp(
            Story story, History history, TierState state, Instant now, LocalDate today, Random random) {
        TierReview review = story.review(history);
        Optional<TierProgress.Next> next = review.progress(state, now).next();
        if (next.isEmpty()) {
            return 0;
        }
        int place = story.rules().indexOf(next.get().level());
        assertThat(next.get().missing()).isNotEmpty();
        for (Missing missing : next.get().missing()) {
            LocalDate by = next.get().by().orElse(today.plusDays(random.nextInt(200)));
            // Bought together on the last day: what counts today counts then, and the level may have fallen by itself.
            Instant then = story.instant(by, 23 * 60);
            if (by.isBefore(today)) {
                continue;
            }
            History more = history.plus(by, missing.spend(), missing.orders(), missing.points());
            TierState reached = story.review(more)
                    .purchased(review.settle(state, then).state(), then)
                    .state();
            assertThat(story.rules().indexOf(reached.level()))
                    .as("%s of %s", missing, story)
                    .isGreaterThanOrEqualTo(place);
            History less = missing.spend() > 0
                    ? history.plus(by, missing.spend() - 1, missing.orders(), missing.points())
                    : missing.orders() > 0
                            ? history.plus(by, 0, missing.orders() - 1, missing.points())
                            : history.plus(by, 0, 0, missing.points() - 1);
            TierState not = story.review(less)
                    .purchased(review.settle(state, then).state(), then)
                    .state();
            assertThat(story.rules().indexOf(not.level()))
                    .as("a bit less than %s of %s", missing, story)
                    .isNotEqualTo(place);
        }
        return 1;
    }

    private static int wayToKeep(
            Story story, History history, TierState state, Instant now, LocalDate today, Random random) {
        TierReview review = story.review(history);
        Optional<TierProgress.Keep> keep = review.progress(state, now).keep();
        Instant never = story.instant(today.plusDays(5000), 0);
        if (keep.isEmpty()) {
            assertThat(review.settle(state, never).state().level()).isEqualTo(state.level());
            return 0;
        }
        LocalDate falls = keep.get().safeUntil().plusDays(1);
        Instant fall = story.instant(falls, -1);
        assertThat(review.settle(state, fall.minusNanos(1)).state().level()).isEqualTo(state.level());
        assertThat(review.settle(state, fall).state().level()).isNotEqualTo(state.level());
        LocalDate first = keep.get().from().isBefore(today) ? today : keep.get().from();
        if (keep.get().by().isBefore(first) || story.rules().period().equals(new TierPeriod.RollingDays(1))) {
            return 0;
        }
        assertThat(keep.get().missing()).isNotEmpty();
        Missing missing =
                keep.get().missing().get(random.nextInt(keep.get().missing().size()));
        LocalDate bought = keep.get().by();
        Instant then = story.instant(bought, 23 * 60);
        History more = history.plus(bought, missing.spend(), missing.orders(), missing.points());
        TierState kept = story.review(more)
                .purchased(review.settle(state, then).state(), then)
                .state();
        assertThat(story.rules()
                        .indexOf(story.review(more).settle(kept, fall).state().level()))
                .as("%s keeps by %s: %s", missing, bought, story)
                .isGreaterThanOrEqualTo(story.rules().indexOf(state.level()));
        return 1;
    }
}
