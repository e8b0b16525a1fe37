package kopilka.lambda.wire.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.program.ActivityKind;
import kopilka.program.ActivityRules;
import kopilka.program.Condition;
import kopilka.program.Effect;
import kopilka.program.Period;
import kopilka.program.Program;
import kopilka.program.Texts;

/** Decodes what actions beside buying bring. */
final class ActivityFields {
    /** Kinds of activities: an account counts each of them that its member did. */
    static final int MAX_KINDS = 50;

    /** Limits of one kind: one for each period that there is. */
    static final int MAX_LIMITS = Period.values().length;

    /** The largest limit. */
    static final int MAX_TIMES = 1_000_000;

    private final Decoder<Effect.Bonus> reward;
    private final Decoder<Condition> when;

    ActivityFields(Known known) {
        this.reward = new Effects(known).bonus();
        this.when = Nesting.limited(new Conditions(known, Conditions.Room.ACTIVITY).decoder());
    }

    /** All kinds. */
    Decoder<Map<ActivityKind, ActivityRules>> decoder() {
        return Decoder.mapOf(Values.WORD_ID, Decoder.object(this::activity), MAX_KINDS)
                .map(told -> {
                    Map<ActivityKind, ActivityRules> activities = new LinkedHashMap<>();
                    told.forEach((name, rules) -> {
                        ActivityKind kind = new ActivityKind(name);
                        activities.put(kind, rules.apply(kind));
                    });
                    return activities;
                });
    }

    private Decoded<Function<ActivityKind, ActivityRules>> activity(Fields fields) {
        Field<Texts> title = fields.optional("title", Values.TEXTS, Texts.NONE);
        Field<List<Effect.Bonus>> earn = fields.required("earn", Decoder.listOf(reward, 1, Program.MAX_WALLETS));
        Field<List<ActivityRules.Limit>> limits =
                fields.optional("limits", Decoder.listOf(LIMIT, 1, MAX_LIMITS), List.of());
        Field<Boolean> verified = fields.optional("verified", Decoder.bool(), false);
        Field<Optional<Condition>> circumstances = fields.optional("when", when);
        return fields.decoded(() -> kind ->
                new ActivityRules(kind, title.get(), earn.get(), limits.get(), verified.get(), circumstances.get()));
    }

    private static final Decoder<ActivityRules.Limit> LIMIT = Decoder.object(fields -> {
        Field<Long> times = fields.required("times", Decoder.integer(1, MAX_TIMES));
        Field<Period> per = fields.required("per", Decoder.oneOf(Period.values(), Period::code));
        return fields.decoded(() -> new ActivityRules.Limit(times.get().intValue(), per.get()));
    });
}
