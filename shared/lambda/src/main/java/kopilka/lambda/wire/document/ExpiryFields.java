package kopilka.lambda.wire.document;

import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;
import kopilka.program.Expiry;
import kopilka.program.ExpiryRule;
import kopilka.program.Inactivity;
import kopilka.program.Inactivity.Sign;
import kopilka.program.TierId;
import kopilka.program.TierRules;

/** Decodes when what is in a wallet expires. */
final class ExpiryFields {
    /** A hundred years. */
    static final int MAX_MONTHS = 1_200;

    /** A hundred years. */
    static final int MAX_DAYS = 36_600;

    /** Days of the year on which points expire: two a month. */
    static final int MAX_DATES = 24;

    /** A year: with a longer wait, points would pass the same day twice. */
    static final int MAX_WAIT = 366;

    private final Known known;

    ExpiryFields(Known known) {
        this.known = known;
    }

    /** All of it. */
    Decoder<Expiry> decoder() {
        return Decoder.object(this::expiry);
    }

    private Decoded<Expiry> expiry(Fields fields) {
        Span span = Span.of(fields);
        Field<Boolean> toMonthEnd = fields.optional("roundToMonthEnd", Decoder.bool(), false);
        Field<List<MonthDay>> dates =
                fields.optional("dates", Decoder.distinct(Values.DAY_OF_YEAR_DECODER, 1, MAX_DATES), List.of());
        Field<Long> wait = fields.optional("atLeastDays", Decoder.integer(0, MAX_WAIT), 0L);
        Field<Optional<Inactivity>> inactivity = fields.optional("inactivity", INACTIVITY);
        Field<Map<TierId, Length>> tiers = fields.optional("tiers", this::tiers, Map.of());
        if (fields.has("roundToMonthEnd") && !fields.has("months") && !fields.has("days") && !fields.has("tiers")) {
            fields.refuseMissing("months");
        }
        if (fields.has("atLeastDays") && !fields.has("dates")) {
            fields.refuseMissing("dates");
        }
        return fields.decoded(() -> {
            Optional<ExpiryRule> onDates = dates.get().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ExpiryRule.OnDates(
                            new HashSet<>(dates.get()), wait.get().intValue()));
            Map<TierId, ExpiryRule> byTier = new HashMap<>();
            tiers.get()
                    .forEach((tier, length) ->
                            byTier.put(tier, earliest(Optional.of(length.rule(toMonthEnd.get())), onDates)));
            return new Expiry(
                    earliest(span.length().map(length -> length.rule(toMonthEnd.get())), onDates),
                    byTier,
                    inactivity.get());
        });
    }

    private static ExpiryRule earliest(Optional<ExpiryRule> one, Optional<ExpiryRule> other) {
        if (one.isPresent() && other.isPresent()) {
            return new ExpiryRule.Earliest(List.of(one.get(), other.get()));
        }
        return one.or(() -> other).orElseGet(ExpiryRule.Never::new);
    }

    private Decoded<Map<TierId, Length>> tiers(JsonValue value, Place place) {
        Decoded<Map<String, Length>> decoded =
                Decoder.mapOf(Values.ID, LENGTH, TierRules.MAX_LEVELS).decode(value, place);
        List<FieldError> unknown = new ArrayList<>();
        if (value instanceof JsonObject object && object.members().size() <= TierRules.MAX_LEVELS) {
            for (String name : object.members().keySet()) {
                if (Values.ID.matcher(name).matches()) {
                    unknown.addAll(known.tier(name, place.child(name)));
                }
            }
        }
        if (!unknown.isEmpty()) {
            unknown.addAll(0, decoded.errors());
            return new Decoded.Invalid<>(unknown);
        }
        return decoded.map(lengths -> {
            Map<TierId, Length> tiers = new HashMap<>();
            lengths.forEach((name, length) -> tiers.put(new TierId(name), length));
            return tiers;
        });
    }

    /**
     * So many months, or so many days.
     *
     * @param months 0 where it is days
     * @param days 0 where it is months
     */
    private record Length(int months, int days) {
        ExpiryRule rule(boolean toMonthEnd) {
            return months > 0
                    ? new ExpiryRule.AfterMonths(months, toMonthEnd)
                    : new ExpiryRule.AfterDays(days, toMonthEnd);
        }
    }

    /** The fields of a length: at most one of the two. */
    private record Span(Field<Optional<Long>> months, Field<Optional<Long>> days) {
        static Span of(Fields fields) {
            Span span = new Span(
                    fields.optional("months", Decoder.integer(1, MAX_MONTHS)),
                    fields.optional("days", Decoder.integer(1, MAX_DAYS)));
            if (fields.has("months")) {
                BothFormats.refuseBeside(fields, "months", "days");
            }
            return span;
        }

        Optional<Length> length() {
            return months.get()
                    .map(number -> new Length(number.intValue(), 0))
                    .or(() -> days.get().map(number -> new Length(0, number.intValue())));
        }
    }

    private static Span needed(Fields fields) {
        Span span = Span.of(fields);
        if (!fields.has("months") && !fields.has("days")) {
            fields.refuseMissing("months");
        }
        return span;
    }

    private static final Decoder<Length> LENGTH = Decoder.object(fields -> {
        Span span = needed(fields);
        return fields.decoded(() -> span.length().orElseThrow());
    });

    private static final Decoder<Inactivity> INACTIVITY = Decoder.object(fields -> {
        Span span = needed(fields);
        Field<List<Sign>> counts = fields.optional(
                "counts",
                Decoder.distinct(Decoder.oneOf(Sign.values(), Values::code), 1, Sign.values().length),
                List.of(Sign.values()));
        return fields.decoded(() -> {
            Length length = span.length().orElseThrow();
            return new Inactivity(length.months(), length.days(), EnumSet.copyOf(counts.get()));
        });
    });
}
