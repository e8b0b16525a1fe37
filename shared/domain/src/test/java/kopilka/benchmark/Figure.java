package kopilka.benchmark;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A figure of docs/performance.
 *
 * @param what it measures
 * @param figure how much
 * @param unit of what
 * @param target what it is to be; empty: it is only told
 * @param command that measures it again
 */
record Figure(String what, double figure, String unit, Optional<Target> target, String command) {
    /**
     * What a figure is to be.
     *
     * @param value the bound
     * @param bound on which side
     */
    record Target(double value, String bound) {
        static Optional<Target> atLeast(double value) {
            return Optional.of(new Target(value, "at least"));
        }

        static Optional<Target> atMost(double value) {
            return Optional.of(new Target(value, "at most"));
        }
    }

    /** The figures as JSON, one a line. */
    static String json(Collection<Figure> figures) {
        return figures.stream().map(Figure::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private String json() {
        return "  {\"what\": " + quoted(what) + ", \"figure\": " + number(figure) + ", \"unit\": " + quoted(unit)
                + ", \"target\": " + target.map(bound -> number(bound.value)).orElse("null") + ", \"bound\": "
                + target.map(bound -> quoted(bound.bound)).orElse("null") + ", \"command\": " + quoted(command) + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Three digits that count, or all before the point. */
    private static String number(double number) {
        double rounded = Math.abs(number) >= 1000 ? Math.rint(number / 10) * 10 : number;
        if (rounded == Math.rint(rounded)) {
            return String.format(Locale.ROOT, "%.0f", rounded);
        }
        int decimals = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", rounded);
    }

    /** For a terminal. */
    @Override
    public String toString() {
        return what + ": " + number(figure) + " " + unit
                + target.map(bound -> " (" + bound.bound + " " + number(bound.value) + ")")
                        .orElse("");
    }
}
