package kopilka.lambda.wire.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kopilka.lambda.json.Decoded;
import kopilka.lambda.json.Decoder;
import kopilka.lambda.json.Field;
import kopilka.lambda.json.Fields;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;
import kopilka.program.Condition;
import kopilka.program.Effect;
import kopilka.program.LineCondition;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;
import kopilka.program.RuleId;
import kopilka.program.Texts;

/** Decodes the rules on orders. */
final class RuleFields {
    private final Decoder<Condition> when;
    private final Decoder<Effect> effect;

    RuleFields(Known known) {
        this.when = new Conditions(known, Conditions.Room.RULE).decoder();
        this.effect = new Effects(known).decoder();
    }

    /** All rules of a document, in its order. */
    Decoder<List<Rule>> decoder() {
        return Values.identified(Decoder.listOf(this::rule, 0, RuleBook.MAX_RULES));
    }

    private Decoded<Rule> rule(JsonValue value, Place place) {
        JsonObject object = value instanceof JsonObject told ? told : JsonObject.EMPTY;
        int nodes = Nesting.nodes(object.member("for")) + Nesting.nodes(object.member("when"));
        return nodes > Nesting.MAX_NODES
                ? Flaw.TOO_COMPLEX.refused(
                        place,
                        "at most " + Nesting.MAX_NODES + " conditions are taken in a rule, `for` and `when` together")
                : Decoder.object(this::rule).decode(value, place);
    }

    private Decoded<Rule> rule(Fields fields) {
        Field<String> id = fields.required("id", Values.ID_DECODER);
        Field<Texts> title = fields.optional("title", Values.TEXTS, Texts.NONE);
        Field<Long> priority = fields.optional("priority", Decoder.integer(-Rule.MAX_PRIORITY, Rule.MAX_PRIORITY), 0L);
        Field<Optional<String>> group = fields.optional("group", Values.ID_DECODER);
        Field<Optional<Instant>> from = fields.optional("from", Decoder.instant());
        Field<Optional<Instant>> to = fields.optional("to", Decoder.instant());
        from.ifValid()
                .flatMap(begin -> begin)
                .filter(begin -> to.ifValid()
                        .flatMap(end -> end)
                        .filter(end -> !begin.isBefore(end))
                        .isPresent())
                .ifPresent(begin -> fields.refuse("to", Flaw.ENDS_BEFORE_IT_BEGINS.code(), "must be after `from`"));
        Field<LineCondition> lines = fields.optional("for", LineConditions.DECODER, new LineCondition.Every());
        Field<Optional<Condition>> circumstances = fields.optional("when", when);
        Field<List<Effect>> then = fields.required("then", Decoder.listOf(effect, 1, Rule.MAX_EFFECTS));
        return fields.decoded(() -> new Rule(
                new RuleId(id.get()),
                title.get(),
                priority.get().intValue(),
                group.get().map(RuleGroup::new),
                from.get(),
                to.get(),
                lines.get(),
                circumstances.get(),
                then.get()));
    }
}
