package kopilka.lambda.wire.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.program.Qualification;

/** Decodes what levels ask for, and compares it. */
final class Qualifications {
    /** Orders within one period. */
    static final int MAX_ORDERS = 1_000_000;

    private final Known known;

    Qualifications(Known known) {
        this.known = known;
    }

    /** What one level asks for. */
    Decoder<Qualification> decoder() {
        return Nesting.limited(at(1));
    }

    private Decoder<Qualification> at(int depth) {
        return Nesting.at(depth, Decoder.object(fields -> {
            Field<Qualification> qualification = fields.exactlyOne(kinds(depth));
            return fields.decoded(qualification::get);
        }));
    }

    private Map<String, Decoder<Qualification>> kinds(int depth) {
        Map<String, Decoder<Qualification>> kinds = new LinkedHashMap<>();
        kinds.put("spend", Values.positive(Values.amount(known.currency())).map(Qualification.Spend::new));
        kinds.put("orders", Decoder.integer(1, MAX_ORDERS).map(Qualification.Orders::new));
        kinds.put("points", Values.POINTS_TO_MOVE.map(Qualification.PointsEarned::new));
        kinds.put("all", parts(depth).map(Qualification.All::new));
        kinds.put("any", parts(depth).map(Qualification.AnyOf::new));
        return kinds;
    }

    private Decoder<List<Qualification>> parts(int depth) {
        return Decoder.listOf((value, place) -> at(depth + 1).decode(value, place), 1, Nesting.MAX_PARTS);
    }

    /**
     * Whether one asks for less than another: whoever meets the other meets it, and not the other way round; or it is
     * reached sooner by buying for more, by buying more often, or by points alone. What differs in kind is not compared.
     */
    static boolean asksLess(Qualification one, Qualification other) {
        return (implies(other, one) && !implies(one, other))
                || Stream.of(Kind.values())
                        .anyMatch(kind -> enough(one, kind) < enough(other, kind) && enough(other, kind) < NEVER);
    }

    private enum Kind {
        SPEND,
        ORDERS,
        POINTS
    }

    private static final long NEVER = Long.MAX_VALUE;

    /** How much of one kind is enough, without anything else; {@link #NEVER} where something else is needed too. */
    private static long enough(Qualification asked, Kind kind) {
        return switch (asked) {
            case Qualification.Spend spend -> kind == Kind.SPEND ? spend.minor() : NEVER;
            case Qualification.Orders orders -> kind == Kind.ORDERS ? orders.number() : NEVER;
            case Qualification.PointsEarned points -> kind == Kind.POINTS ? points.points() : NEVER;
            case Qualification.All all ->
                all.parts().stream().mapToLong(part -> enough(part, kind)).max().orElse(NEVER);
            case Qualification.AnyOf any ->
                any.parts().stream().mapToLong(part -> enough(part, kind)).min().orElse(NEVER);
        };
    }

    /** Whether whoever meets one is known to meet the other. What cannot be compared is not known. */
    private static boolean implies(Qualification one, Qualification other) {
        // What splits a question into all of its parts comes before what is content with one of them.
        if (one instanceof Qualification.AnyOf any) {
            return any.parts().stream().allMatch(part -> implies(part, other));
        }
        if (other instanceof Qualification.All all) {
            return all.parts().stream().allMatch(part -> implies(one, part));
        }
        if (one instanceof Qualification.All all && all.parts().stream().anyMatch(part -> implies(part, other))) {
            return true;
        }
        if (other instanceof Qualification.AnyOf any) {
            return any.parts().stream().anyMatch(part -> implies(one, part));
        }
        return atLeast(one, other);
    }

    private static boolean atLeast(Qualification one, Qualification other) {
        return switch (one) {
            case Qualification.Spend spend ->
                other instanceof Qualification.Spend less && spend.minor() >= less.minor();
            case Qualification.Orders orders ->
                other instanceof Qualification.Orders fewer && orders.number() >= fewer.number();
            case Qualification.PointsEarned points ->
                other instanceof Qualification.PointsEarned fewer && points.points() >= fewer.points();
            case Qualification.All all -> false;
            case Qualification.AnyOf any -> false;
        };
    }
}
