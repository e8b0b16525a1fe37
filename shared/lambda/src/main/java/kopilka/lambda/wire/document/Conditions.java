package kopilka.lambda.wire.document;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.FieldError.Code;
import kopilka.lambda.json.Fields;
import kopilka.program.BirthdayWindow;
import kopilka.program.Channel;
import kopilka.program.Condition;
import kopilka.program.Coupon;
import kopilka.program.PaymentMethod;
import kopilka.program.Period;
import kopilka.program.Range;
import kopilka.program.Region;
import kopilka.program.ShopId;

/** Decodes under which circumstances something applies. */
final class Conditions {
    /** Values of one condition. */
    static final int MAX_VALUES = 100;

    /** The largest number of an order that a condition counts to. */
    static final int MAX_ORDER_NUMBER = 10_000;

    /** A hundred years. */
    static final int MAX_DAYS_SINCE_JOINING = 36_600;

    /** Where a condition stands, and so what can be asked there. */
    enum Room {
        /** In a rule on orders: anything. */
        RULE,
        /** Where points are spent: there is no order yet, or another one than will be paid. */
        REDEMPTION,
        /** Where an action beside buying is rewarded: it has no order, and no shop sells anything. */
        ACTIVITY;

        /** What cannot be asked there. */
        private List<String> senseless() {
            return switch (this) {
                case RULE -> List.of();
                case REDEMPTION -> List.of("amount", "matching", "order", "payment", "coupon");
                case ACTIVITY -> List.of("amount", "matching", "order", "payment", "coupon", "shop", "channel");
            };
        }
    }

    private final Known known;
    private final List<String> senseless;

    /** The kinds of conditions by their depth: each is made once, and a document has many conditions. */
    private final List<Map<String, Decoder<Condition>>> kinds = new ArrayList<>();

    Conditions(Known known, Room room) {
        this.known = known;
        this.senseless = room.senseless();
        for (int depth = 1; depth <= Nesting.MAX_DEPTH; depth++) {
            kinds.add(kinds(depth));
        }
    }

    /** A condition and all that it is built of. */
    Decoder<Condition> decoder() {
        return at(1);
    }

    private Decoder<Condition> at(int depth) {
        return Nesting.at(depth, Decoder.object(fields -> condition(fields, kinds.get(depth - 1))));
    }

    private Decoded<Condition> condition(Fields fields, Map<String, Decoder<Condition>> taken) {
        List<FieldError> errors = new ArrayList<>();
        for (String name : senseless) {
            if (fields.has(name)) {
                errors.add(fields.place()
                        .child(name)
                        .error(Code.NOT_ALLOWED, "only these are asked here: " + String.join(", ", taken.keySet())));
            }
        }
        if (!errors.isEmpty()) {
            return new Decoded.Invalid<>(errors);
        }
        Field<Condition> condition = fields.exactlyOne(taken);
        return fields.decoded(condition::get);
    }

    private Map<String, Decoder<Condition>> kinds(int depth) {
        Map<String, Decoder<Condition>> all = new LinkedHashMap<>();
        all.put("amount", range().map(Condition.Amount::new));
        all.put("matching", range().map(Condition.Matching::new));
        all.put("shop", set(Decoder.identifier().map(ShopId::new)).map(Condition.AtShop::new));
        all.put("channel", set(Decoder.identifier().map(Channel::new)).map(Condition.ByChannel::new));
        all.put("region", set(Values.WORD.map(Region::new)).map(Condition.InRegion::new));
        all.put("days", DAYS);
        all.put("hours", HOURS);
        all.put("dates", DATES);
        all.put("order", ORDER);
        all.put("spent", range().map(Condition.Spent::new));
        all.put("tier", set(known.tier()).map(Condition.InTier::new));
        all.put("segment", set(known.segment()).map(Condition.InSegment::new));
        all.put("birthday", BIRTHDAY);
        all.put("joined", JOINED);
        all.put("payment", set(Values.WORD_ID_DECODER.map(PaymentMethod::new)).map(Condition.PaidBy::new));
        all.put("coupon", set(Values.WORD.map(Coupon::new)).map(Condition.WithCoupon::new));
        all.put("all", parts(depth).map(Condition.All::new));
        all.put("any", parts(depth).map(Condition.AnyOf::new));
        all.put("not", (value, place) -> at(depth + 1).decode(value, place).map(Condition.Not::new));
        senseless.forEach(all::remove);
        return all;
    }

    private Decoder<List<Condition>> parts(int depth) {
        return Decoder.listOf((value, place) -> at(depth + 1).decode(value, place), 1, Nesting.MAX_PARTS);
    }

    private static <T> Decoder<Set<T>> set(Decoder<T> item) {
        return Decoder.distinct(item, 1, MAX_VALUES).map(LinkedHashSet::new);
    }

    private Decoder<Range> range() {
        Decoder<Long> amount = Values.amount(known.currency());
        return Decoder.object(fields -> {
            Field<Optional<Long>> atLeast = fields.optional("atLeast", amount);
            Field<Optional<Long>> below = fields.optional("below", Values.positive(amount));
            if (!fields.has("atLeast") && !fields.has("below")) {
                fields.refuse(Code.TOO_FEW, "at least one of these is needed here: atLeast, below");
            }
            return fields.decodedFurther(() -> {
                long from = atLeast.get().orElse(0L);
                long to = below.get().orElse(Range.OPEN);
                return from < to
                        ? new Decoded.Valid<>(new Range(from, to))
                        : Flaw.EMPTY_RANGE.refused(fields.place().child("below"), "must be more than atLeast");
            });
        });
    }

    private static final Decoder<Condition> DAYS = Decoder.distinct(
                    Decoder.oneOf(DayOfWeek.values(), day -> Values.code(day).substring(0, 3)), 1, 7)
            .map(days -> new Condition.OnDays(new LinkedHashSet<>(days)));

    private static final Decoder<Condition> HOURS = Decoder.object(fields -> {
        Field<LocalTime> from = fields.required("from", Values.TIME_OF_DAY_DECODER);
        Field<LocalTime> to = fields.required("to", Values.TIME_OF_DAY_DECODER);
        return fields.decodedFurther(() -> from.get().equals(to.get())
                ? Flaw.EMPTY_RANGE.refused(
                        fields.place().child("to"), "must differ from `from`: for the whole day, ask for no hours")
                : new Decoded.Valid<>(new Condition.InHours(from.get(), to.get())));
    });

    private static final Decoder<Condition> DATES = Decoder.object(fields -> {
        Field<LocalDate> from = fields.required("from", Values.DAY_DECODER);
        Field<LocalDate> to = fields.required("to", Values.DAY_DECODER);
        return fields.decodedFurther(() -> to.get().isBefore(from.get())
                ? Flaw.ENDS_BEFORE_IT_BEGINS.refused(fields.place().child("to"), "must not be before `from`")
                : new Decoded.Valid<>(new Condition.InDates(from.get(), to.get())));
    });

    private static final Decoder<Period> PERIOD = Decoder.oneOf(Period.values(), Period::code);

    /** Which order of the member it is. */
    private static final Decoder<Condition> ORDER = Decoder.object(fields -> {
        Field<Optional<Period>> per = fields.optional("per", PERIOD);
        boolean counts = fields.has("every") || fields.has("number");
        if (counts && !fields.has("per")) {
            fields.refuseMissing("per");
        }
        if (!counts && fields.has("per")) {
            fields.refuse("per", Code.NOT_ALLOWED, "stands only beside every or number");
        }
        Map<String, Decoder<Function<Period, Condition>>> choices = new LinkedHashMap<>();
        choices.put(
                "first",
                Decoder.bool()
                        .where(first -> first, Code.UNKNOWN_VALUE, "must be true: for all others, ask for `not` first")
                        .map(first -> any -> new Condition.NthOrder(1, Period.EVER)));
        choices.put(
                "every",
                Decoder.integer(2, MAX_ORDER_NUMBER)
                        .map(every -> period -> new Condition.EveryNthOrder(every, period)));
        choices.put(
                "number",
                Decoder.integer(1, MAX_ORDER_NUMBER).map(number -> period -> new Condition.NthOrder(number, period)));
        Field<Function<Period, Condition>> order = fields.exactlyOne(choices);
        return fields.decoded(() -> order.get().apply(per.get().orElse(Period.EVER)));
    });

    private static final Decoder<Condition> BIRTHDAY = Decoder.object(fields -> {
        Field<Long> before = fields.optional("before", Decoder.integer(0, BirthdayWindow.MAX_DAYS), 0L);
        Field<Long> after = fields.optional("after", Decoder.integer(0, BirthdayWindow.MAX_DAYS), 0L);
        return fields.decoded(() -> new Condition.NearBirthday(
                new BirthdayWindow(before.get().intValue(), after.get().intValue())));
    });

    private static final Decoder<Condition> JOINED = Decoder.object(fields -> {
        Map<String, Decoder<Condition>> choices = new LinkedHashMap<>();
        choices.put(
                "within",
                Decoder.integer(0, MAX_DAYS_SINCE_JOINING).map(days -> new Condition.JoinedWithin(days.intValue())));
        choices.put("before", Values.DAY_DECODER.map(Condition.JoinedBefore::new));
        Field<Condition> joined = fields.exactlyOne(choices);
        return fields.decoded(joined::get);
    });
}
