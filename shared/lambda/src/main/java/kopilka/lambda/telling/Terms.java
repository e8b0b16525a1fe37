package kopilka.lambda.telling;

import java.util.ArrayList;
import java.util.List;

/** Terms that hold together, or one in place of another, put into words part by part. */
sealed interface Terms {
    /**
     * One term.
     *
     * @param text in words
     * @param negative whether it begins with a "not"
     * @param asks which amount it depends on
     */
    record One(String text, boolean negative, Asks asks) implements Terms {}

    /** All of several. */
    record All(List<Terms> parts) implements Terms {}

    /** At least one of several. */
    record Either(List<Terms> parts) implements Terms {}

    /** The amounts of an order that a term can depend on. */
    enum Asks {
        /** None. */
        NOTHING,
        /** What its goods come to. */
        GOODS,
        /** What those of its goods come to that the rule is about. */
        MATCHING
    }

    /** A term that says something. */
    static Terms of(String text) {
        return new One(text, false, Asks.NOTHING);
    }

    /** All of several, those of parts that are such themselves among them. */
    static Terms all(List<Terms> parts) {
        List<Terms> flat = new ArrayList<>();
        for (Terms part : parts) {
            if (part instanceof All all) {
                flat.addAll(all.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new All(flat);
    }

    /** At least one of several, those of parts that are such themselves among them. */
    static Terms either(List<Terms> parts) {
        List<Terms> flat = new ArrayList<>();
        for (Terms part : parts) {
            if (part instanceof Either either) {
                flat.addAll(either.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Either(flat);
    }

    /** All of it in words, parts of parts in parentheses. */
    default String text(Phrases phrases) {
        return switch (this) {
            case One one -> one.text();
            case All all -> joined(all.parts(), phrases.and(), phrases);
            case Either either -> joined(either.parts(), phrases.or(), phrases);
        };
    }

    private static String joined(List<Terms> parts, String word, Phrases phrases) {
        return String.join(
                "," + word,
                parts.stream()
                        .map(part -> part instanceof One ? part.text(phrases) : "(" + part.text(phrases) + ")")
                        .toList());
    }

    /** As a restriction: "only on Mondays". What begins with a "not" restricts by itself, unless it is one of a choice. */
    default String only(Phrases phrases) {
        String text = text(phrases);
        return switch (this) {
            case One one -> one.negative() ? text : phrases.only(text);
            case All all -> begins(all.parts()) ? text : phrases.only(text);
            case Either either -> phrases.only(begins(either.parts()) ? "(" + text + ")" : text);
        };
    }

    private static boolean begins(List<Terms> parts) {
        return !parts.isEmpty() && parts.getFirst() instanceof One one && one.negative();
    }

    /** Whether any part of it depends on that amount. */
    default boolean asks(Asks asked) {
        return switch (this) {
            case One one -> one.asks() == asked;
            case All all -> all.parts().stream().anyMatch(part -> part.asks(asked));
            case Either either -> either.parts().stream().anyMatch(part -> part.asks(asked));
        };
    }
}
