package kopilka.lambda.wire.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kopilka.lambda.json.FieldError;
import kopilka.lambda.json.JsonValue;
import kopilka.lambda.json.JsonValue.JsonObject;
import kopilka.lambda.json.Place;
import kopilka.program.Condition;
import kopilka.program.EarningRules;
import kopilka.program.LineCondition;
import kopilka.program.Program;
import kopilka.program.RedemptionRules;
import kopilka.program.Rule;
import kopilka.program.RuleBook;
import kopilka.program.RuleGroup;

/** Looks for what is no error in a document, but hardly meant. */
public final class Warnings {
    /** In place of a rule's number: what is of none comes before them. */
    private static final int OF_NO_RULE = -1;

    private final Program program;
    private final Place place;
    private final Map<String, Integer> positions;

    /** By the number of the rule that a warning is of, so that they come in the order of the document. */
    private final SortedMap<Integer, List<FieldError>> found = new TreeMap<>();

    private Warnings(JsonObject document, Program program, Place place) {
        this.program = program;
        this.place = place;
        this.positions = new HashMap<>();
        List<JsonValue> rules = document.items("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof JsonObject rule) {
                positions.put(rule.text("id").orElse(""), i);
            }
        }
    }

    /**
     * What is odd about a document.
     *
     * @param document without an error
     * @param program what it says
     * @param place where the document is
     */
    public static List<FieldError> of(JsonObject document, Program program, Place place) {
        return switch (program.scheme()) {
            case RuleBook book -> new Warnings(document, program, place).of(book);
            case EarningRules rates -> List.of();
        };
    }

    private List<FieldError> of(RuleBook book) {
        conditions(book);
        book.rules().stream()
                .filter(rule -> rule.group().isPresent())
                .collect(Collectors.groupingBy(rule -> rule.group().orElseThrow()))
                .forEach(this::group);
        return Stream.concat(found.values().stream().flatMap(List::stream), giveBack(book).stream())
                .toList();
    }

    private int position(Rule rule) {
        return positions.getOrDefault(rule.id().value(), 0);
    }

    private Place place(Rule rule) {
        return place.child("rules").child(position(rule));
    }

    private void note(int position, FieldError warning) {
        found.computeIfAbsent(position, none -> new ArrayList<>()).add(warning);
    }

    private void conditions(RuleBook book) {
        program.wallets()
                .forEach(wallet -> wallet.redemption()
                        .flatMap(RedemptionRules::when)
                        .ifPresent(when -> condition(
                                when,
                                place.child("wallets")
                                        .child(wallet.id().value())
                                        .child("redemption")
                                        .child("when"))));
        program.activities()
                .forEach((kind, activity) -> activity.when()
                        .ifPresent(when -> condition(
                                when,
                                place.child("activities").child(kind.value()).child("when"))));
        for (Rule rule : book.rules()) {
            if (Demands.ofOne().of(rule.lines()).areImpossible()) {
                note(
                        position(rule),
                        Warning.NEVER_APPLIES.at(place(rule).child("for"), "no line can be all of this at once"));
            } else if (demands(rule, Demands.ofOne()).areImpossible()) {
                note(
                        position(rule),
                        Warning.NEVER_APPLIES.at(
                                place(rule).child("when"),
                                "these conditions can never hold together while the rule is in force"));
            }
        }
    }

    private void condition(Condition when, Place where) {
        if (Demands.ofOne().when(Optional.of(when)).areImpossible()) {
            note(OF_NO_RULE, Warning.NEVER_APPLIES.at(where, "these conditions can never hold together"));
        }
    }

    private Demands demands(Rule rule, Demands demands) {
        ZoneId zone = program.zone();
        return demands.within(
                        rule.from().map(moment -> LocalDate.ofInstant(moment, zone)),
                        // The last moment at which it is in force.
                        rule.to().map(moment -> LocalDate.ofInstant(moment.minusNanos(1), zone)))
                .when(rule.when())
                .of(rule.lines());
    }

    /** The rules of one group, in the sequence in which they are applied. */
    private void group(RuleGroup group, List<Rule> rules) {
        for (int i = 1; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            List<Rule> before = rules.subList(0, i);
            Optional<Rule> shadow =
                    before.stream().filter(other -> shadows(other, rule)).findFirst();
            if (shadow.isPresent()) {
                note(
                        position(rule),
                        Warning.SHADOWED.at(
                                place(rule),
                                "never applies: the rule " + shadow.get().id()
                                        + " of the same group comes first and takes all lines"));
                continue;
            }
            before.stream()
                    .filter(other -> other.priority() == rule.priority() && overlap(other, rule))
                    .findFirst()
                    .ifPresent(other -> note(
                            position(rule),
                            Warning.SAME_PRIORITY.at(
                                    place(rule),
                                    "has the same priority as the rule " + other.id() + " of the group " + group
                                            + ", which comes first only because it stands first")));
        }
    }

    private static boolean shadows(Rule first, Rule second) {
        return first.when().isEmpty()
                && first.lines() instanceof LineCondition.Every
                && !begin(first).isAfter(begin(second))
                && !end(first).isBefore(end(second));
    }

    private boolean overlap(Rule one, Rule other) {
        return begin(one).isBefore(end(other))
                && begin(other).isBefore(end(one))
                && !demands(other, demands(one, Demands.ofSeveral())).areImpossible();
    }

    private static Instant begin(Rule rule) {
        return rule.from().orElse(Instant.MIN);
    }

    private static Instant end(Rule rule) {
        return rule.to().orElse(Instant.MAX);
    }

    private Optional<FieldError> giveBack(RuleBook book) {
        if (program.giveBackLimit().isEmpty()) {
            return Optional.empty();
        }
        GiveBack worst = GiveBack.worst(program, book);
        return worst.isAbove(program.giveBackLimit().getAsLong())
                ? Optional.of(Warning.GIVES_BACK_TOO_MUCH.at(
                        place.child("limits").child("giveBackPercent"),
                        "in the worst case " + worst.percent() + " percent of an order are given back, by these rules: "
                                + Values.listed(worst.rules().stream()
                                        .map(rule -> rule.id().value())
                                        .toList())))
                : Optional.empty();
    }
}
