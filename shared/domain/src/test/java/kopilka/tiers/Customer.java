package kopilka.tiers;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kopilka.program.Qualification;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;

/** A member to tell stories about: everything happens at noon, after what was due by then. */
final class Customer {
    static final ZoneId KYIV = ZoneId.of("Europe/Kyiv");
    static final TierPeriod YEAR = new TierPeriod.Calendar(TierPeriod.Calendar.Unit.YEAR);
    static final TierPeriod MONTH = new TierPeriod.Calendar(TierPeriod.Calendar.Unit.MONTH);

    private final LocalDate joined;
    private final ZoneId zone;
    private TierRules rules;
    History history = History.EMPTY;
    TierState state;
    final List<TierChange> changes = new ArrayList<>();

    Customer(TierRules rules, String joined) {
        this(rules, joined, KYIV);
    }

    Customer(TierRules rules, String joined, ZoneId zone) {
        this.rules = rules;
        this.joined = LocalDate.parse(joined);
        this.zone = zone;
        this.state = review().start(noon(joined));
    }

    /** Levels that ask for that much within a period; falling to what is qualified for, without grace. */
    static TierRules spending(TierPeriod period, long silver, long gold) {
        return new TierRules(
                period,
                false,
                0,
                List.of(
                        lowest(),
                        level("silver", new Qualification.Spend(silver)),
                        level("gold", new Qualification.Spend(gold))));
    }

    static TierRules asking(TierPeriod period, Qualification silver) {
        return new TierRules(period, false, 0, List.of(lowest(), level("silver", silver)));
    }

    static TierLevel lowest() {
        return new TierLevel(new TierId("bronze"), Texts.NONE, Optional.empty(), Optional.empty(), List.of());
    }

    static TierLevel level(String id, Qualification qualify) {
        return new TierLevel(new TierId(id), Texts.NONE, Optional.of(qualify), Optional.empty(), List.of());
    }

    static TierLevel level(String id, Qualification qualify, Qualification keep) {
        return new TierLevel(new TierId(id), Texts.NONE, Optional.of(qualify), Optional.of(keep), List.of());
    }

    static TierRules grace(TierRules rules, int days) {
        return new TierRules(rules.period(), rules.oneStep(), days, rules.levels());
    }

    static TierRules oneStep(TierRules rules) {
        return new TierRules(rules.period(), true, rules.graceDays(), rules.levels());
    }

    TierReview review() {
        return new TierReview(rules, history, joined, zone);
    }

    Instant noon(String day) {
        return LocalDate.parse(day).atTime(LocalTime.NOON).atZone(zone).toInstant();
    }

    Instant startOf(String day) {
        return LocalDate.parse(day).atStartOfDay(zone).toInstant();
    }

    Customer buys(String day, long spend) {
        return buys(day, spend, 1, 0);
    }

    Customer buys(String day, long spend, long orders, long points) {
        return isToldOf(day, day, spend, orders, points);
    }

    /** An order that was paid on a day, and is reported on another. */
    Customer isToldOf(String now, String paid, long spend, long orders, long points) {
        settles(noon(now));
        history = history.plus(LocalDate.parse(paid), spend, orders, points);
        return takes(review().purchased(state, noon(now)));
    }

    /** Some of an order that was paid on a day comes back. */
    Customer returns(String now, String paid, long spend) {
        return returns(now, paid, spend, 0, 0);
    }

    Customer returns(String now, String paid, long spend, long orders, long points) {
        settles(noon(now));
        history = history.plus(LocalDate.parse(paid), -spend, -orders, -points);
        return takes(review().refunded(state, noon(now)));
    }

    Customer settles(Instant now) {
        return takes(review().settle(state, now));
    }

    /** Other rules come into force. */
    Customer isUnder(String now, TierRules other) {
        settles(noon(now));
        rules = other;
        return takes(review().adopted(state, noon(now)));
    }

    private Customer takes(Reviewed reviewed) {
        state = reviewed.state();
        changes.addAll(reviewed.changes());
        return this;
    }

    /** The level at noon of a day, if nothing else happens. */
    String levelOn(String day) {
        return review().settle(state, noon(day)).state().level().value();
    }

    String level() {
        return state.level().value();
    }

    /** The changes so far, as from-to reason day. */
    List<String> told() {
        return changes.stream()
                .map(change -> change.from() + "-" + change.to() + " " + change.reason() + " "
                        + LocalDate.ofInstant(change.at(), zone))
                .toList();
    }
}
