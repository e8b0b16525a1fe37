package kopilka.dynamodb;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kopilka.program.ActivityKind;
import kopilka.program.Inactivity.Sign;
import kopilka.program.Region;
import kopilka.program.Segment;
import kopilka.program.TierId;
import kopilka.standing.ActivityLog;
import kopilka.standing.Profile;
import kopilka.standing.Standing;
import kopilka.tiers.Bought;
import kopilka.tiers.History;
import kopilka.tiers.TierState;

/** How a member stands beside points, as a map in the account's item. */
final class StandingItem {
    private static final String ORDERS = "orders";
    private static final String SPENT = "spent";
    private static final String HISTORY = "history";
    private static final String TIER = "tier";
    private static final String SIGNS = "signs";
    private static final String ACTIVITIES = "activities";
    private static final String PROFILE = "profile";

    private StandingItem() {}

    static Item of(Standing standing) {
        Item item = Item.empty().number(ORDERS, standing.orders()).number(SPENT, standing.spent());
        if (!standing.history().days().isEmpty()) {
            item.bytes(HISTORY, history(standing.history()));
        }
        standing.tier().ifPresent(state -> item.map(TIER, tier(state)));
        if (!standing.signs().isEmpty()) {
            Item signs = Item.empty();
            standing.signs().forEach((sign, day) -> signs.text(Compact.name(sign), day.toString()));
            item.map(SIGNS, signs);
        }
        if (!standing.activities().isEmpty()) {
            Item activities = Item.empty();
            standing.activities().forEach((kind, log) -> activities.text(kind.value(), log(log)));
            item.map(ACTIVITIES, activities);
        }
        if (!standing.profile().equals(Profile.UNKNOWN)) {
            item.map(PROFILE, profile(standing.profile()));
        }
        return item;
    }

    static Standing read(Item item) {
        Map<Sign, LocalDate> signs = new EnumMap<>(Sign.class);
        item.optionalMap(SIGNS)
                .ifPresent(days -> days.attributes()
                        .keySet()
                        .forEach(sign ->
                                signs.put(Sign.valueOf(Compact.constant(sign)), LocalDate.parse(days.text(sign)))));
        SortedMap<ActivityKind, ActivityLog> activities = new TreeMap<>();
        item.optionalMap(ACTIVITIES)
                .ifPresent(logs -> logs.attributes()
                        .keySet()
                        .forEach(kind -> activities.put(new ActivityKind(kind), log(logs.text(kind)))));
        return new Standing(
                item.number(ORDERS),
                item.number(SPENT),
                item.optionalBytes(HISTORY).map(StandingItem::history).orElse(History.EMPTY),
                item.optionalMap(TIER).map(StandingItem::tier),
                signs,
                activities,
                item.optionalMap(PROFILE).map(StandingItem::profile).orElse(Profile.UNKNOWN));
    }

    /** Days by their distance from the one before: a usual one takes five bytes. */
    private static byte[] history(History history) {
        Packed packed = new Packed().number(history.days().size());
        long before = 0;
        for (Map.Entry<LocalDate, Bought> entry : history.days().entrySet()) {
            long day = entry.getKey().toEpochDay();
            Bought bought = entry.getValue();
            packed.number(day - before)
                    .number(bought.spend())
                    .number(bought.orders())
                    .number(bought.points());
            before = day;
        }
        return packed.bytes();
    }

    private static History history(byte[] bytes) {
        Packed.Reader packed = new Packed.Reader(bytes);
        SortedMap<LocalDate, Bought> days = new TreeMap<>();
        long day = 0;
        for (int count = packed.count(); count > 0; count--) {
            day += packed.number();
            days.put(LocalDate.ofEpochDay(day), new Bought(packed.number(), packed.number(), packed.number()));
        }
        return new History(days);
    }

    private static Item tier(TierState state) {
        Item item = Item.empty().text("level", state.level().value()).instant("since", state.since());
        return switch (state.basis()) {
            case TierState.ByPeriod basis ->
                item.text("start", basis.start().toString())
                        .text("before", basis.levelBefore().value())
                        .text("carried", basis.carried().value())
                        .text("review", basis.reviewOn().map(LocalDate::toString));
            case TierState.ByDay basis -> item.text("falls", basis.fallsOn().map(LocalDate::toString));
        };
    }

    private static TierState tier(Item item) {
        TierState.Basis basis = item.optionalText("start").isPresent()
                ? new TierState.ByPeriod(
                        LocalDate.parse(item.text("start")),
                        new TierId(item.text("before")),
                        new TierId(item.text("carried")),
                        item.optionalText("review").map(LocalDate::parse))
                : new TierState.ByDay(item.optionalText("falls").map(LocalDate::parse));
        return new TierState(new TierId(item.text("level")), item.instant("since"), basis);
    }

    /** Such as {@code 12 20512:1 20540:2}: in all, and by day since 1970. */
    private static String log(ActivityLog log) {
        String days = log.days().entrySet().stream()
                .map(entry -> " " + entry.getKey().toEpochDay() + ":" + entry.getValue())
                .collect(Collectors.joining());
        return log.ever() + days;
    }

    private static ActivityLog log(String text) {
        List<String> words = new ArrayList<>(Compact.words(text));
        long ever = Long.parseLong(words.removeFirst());
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        for (String word : words) {
            int colon = word.indexOf(':');
            days.put(
                    LocalDate.ofEpochDay(Long.parseLong(word.substring(0, colon))),
                    Long.parseLong(word.substring(colon + 1)));
        }
        return new ActivityLog(ever, days);
    }

    private static Item profile(Profile profile) {
        return Item.empty()
                .text("birthday", profile.birthday().map(MonthDay::toString))
                .texts(
                        "segments",
                        profile.segments().stream().map(Segment::value).sorted().toList())
                .text("region", profile.region().map(Region::value));
    }

    private static Profile profile(Item item) {
        Optional<MonthDay> birthday = item.optionalText("birthday").map(MonthDay::parse);
        return new Profile(
                birthday,
                item.texts("segments").stream().map(Segment::new).collect(Collectors.toUnmodifiableSet()),
                item.optionalText("region").map(Region::new));
    }
}
