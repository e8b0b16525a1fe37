package kopilka.lambda.wire.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.Place;
import kopilka.program.Benefit;
import kopilka.program.Qualification;
import kopilka.program.Texts;
import kopilka.program.TierId;
import kopilka.program.TierLevel;
import kopilka.program.TierPeriod;
import kopilka.program.TierRules;

/** Decodes the levels that members reach. */
final class TierFields {
    /** Two years: an account remembers 800 days of what its member bought. */
    static final int MAX_MONTHS = 24;

    /** Two years, in days. */
    static final int MAX_DAYS = 730;

    /** A year: its review looks at two such periods, and at the grace. */
    static final int MAX_ANNIVERSARY = 12;

    /** A year. */
    static final int MAX_GRACE = 366;

    /** Benefits of one level. */
    static final int MAX_BENEFITS = 20;

    private static final Decoder<Integer> MONTHS =
            Decoder.integer(1, MAX_MONTHS).map(Long::intValue);

    private final Decoder<Qualification> qualification;

    TierFields(Known known) {
        this.qualification = new Qualifications(known).decoder();
    }

    /** All of them. */
    Decoder<TierRules> decoder() {
        return Decoder.object(this::tiers);
    }

    private Decoded<TierRules> tiers(Fields fields) {
        Field<TierPeriod> period = fields.required("period", PERIOD);
        Field<Downgrade> downgrade = fields.optional("downgrade", DOWNGRADE, new Downgrade(false, 0));
        Field<List<TierLevel>> levels = fields.required("levels", Values.identified(this::levels));
        return fields.decoded(() -> new TierRules(
                period.get(), downgrade.get().oneStep(), downgrade.get().graceDays(), levels.get()));
    }

    private static final Decoder<TierPeriod> ROLLING = Decoder.object(fields -> {
        Map<String, Decoder<TierPeriod>> choices = new LinkedHashMap<>();
        choices.put("months", MONTHS.map(TierPeriod.RollingMonths::new));
        choices.put("days", Decoder.integer(1, MAX_DAYS).map(days -> new TierPeriod.RollingDays(days.intValue())));
        Field<TierPeriod> rolling = fields.exactlyOne(choices);
        return fields.decoded(rolling::get);
    });

    private static final Decoder<TierPeriod> PERIOD = Decoder.object(fields -> {
        Map<String, Decoder<TierPeriod>> choices = new LinkedHashMap<>();
        choices.put(
                "calendar",
                Decoder.oneOf(TierPeriod.Calendar.Unit.values(), Values::code).map(TierPeriod.Calendar::new));
        choices.put("rolling", ROLLING);
        choices.put("anniversary", Decoder.object(anniversary -> {
            Field<Integer> months = anniversary.required(
                    "months", Decoder.integer(1, MAX_ANNIVERSARY).map(Long::intValue));
            return anniversary.decoded(() -> new TierPeriod.Anniversary(months.get()));
        }));
        Field<TierPeriod> period = fields.exactlyOne(choices);
        return fields.decoded(period::get);
    });

    private record Downgrade(boolean oneStep, int graceDays) {}

    private enum Goal {
        QUALIFIED,
        ONE_STEP
    }

    private static final Decoder<Downgrade> DOWNGRADE = Decoder.object(fields -> {
        Field<Goal> to = fields.optional("to", Decoder.oneOf(Goal.values(), Values::code), Goal.QUALIFIED);
        Field<Long> grace = fields.optional("graceDays", Decoder.integer(0, MAX_GRACE), 0L);
        return fields.decoded(
                () -> new Downgrade(to.get() == Goal.ONE_STEP, grace.get().intValue()));
    });

    /** The levels, the first of which everybody has. Those that are right are compared even if others are not. */
    private Decoded<List<TierLevel>> levels(JsonValue value, Place place) {
        return Decoder.listOf(Decoder.any(), 1, TierRules.MAX_LEVELS)
                .decode(value, place)
                .then(told -> compared(told, place));
    }

    private Decoded<List<TierLevel>> compared(List<JsonValue> told, Place place) {
        List<TierLevel> levels = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            boolean first = i == 0;
            Place at = place.child(i);
            Decoded<TierLevel> decoded =
                    Decoder.<TierLevel>object(fields -> level(fields, first)).decode(told.get(i), at);
            errors.addAll(decoded.errors());
            if (decoded instanceof Decoded.Valid<TierLevel>(TierLevel level)) {
                asksLess(level, levels)
                        .ifPresent(than -> errors.add(Flaw.NOT_ASCENDING.at(
                                at.child("qualify"), "must ask for at least as much as " + than + ", which is below")));
                levels.add(level);
            }
        }
        return errors.isEmpty() ? new Decoded.Valid<>(levels) : new Decoded.Invalid<>(errors);
    }

    private static Optional<TierId> asksLess(TierLevel level, List<TierLevel> below) {
        return below.stream()
                .filter(lower -> lower.qualify().isPresent()
                        && level.qualify().isPresent()
                        && Qualifications.asksLess(
                                level.qualify().get(), lower.qualify().get()))
                .map(TierLevel::id)
                .findFirst();
    }

    private Decoded<TierLevel> level(Fields fields, boolean first) {
        Field<String> id = fields.required("id", Values.ID_DECODER);
        Field<Texts> name = fields.optional("name", Values.TEXTS, Texts.NONE);
        Field<Optional<Qualification>> qualify = fields.optional("qualify", qualification);
        Field<Optional<Qualification>> keep = fields.optional("keep", qualification);
        Field<List<Benefit>> benefits =
                fields.optional("benefits", Decoder.listOf(Effects.BENEFIT, 0, MAX_BENEFITS), List.of());
        if (first) {
            for (String asked : List.of("qualify", "keep")) {
                if (fields.has(asked)) {
                    fields.refuse(asked, Code.NOT_ALLOWED, "everybody has the first level");
                }
            }
        } else if (!fields.has("qualify")) {
            fields.refuseMissing("qualify");
        }
        return fields.decoded(
                () -> new TierLevel(new TierId(id.get()), name.get(), qualify.get(), keep.get(), benefits.get()));
    }
}
