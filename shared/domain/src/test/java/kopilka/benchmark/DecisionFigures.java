package kopilka.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many decisions one core takes in a second. */
final class DecisionFigures implements Figures {
    private static final String COMMAND = "mvn -q -pl shared/domain -P jmh test";

    /** Of orders with 5 lines under 20 rules. */
    private static final double TARGET = 200_000;

    @Override
    public String page() {
        return "decisions";
    }

    @Override
    public String benchmark() {
        return "DecisionBenchmark";
    }

    @Override
    public List<Figure> of(Measured measured) {
        List<Figure> figures = new ArrayList<>();
        for (String rules : List.of("20", "200")) {
            for (String lines : List.of("5", "50")) {
                for (String method : List.of("order", "quote", "refund")) {
                    boolean isMeant = method.equals("order") && lines.equals("5") && rules.equals("20");
                    figures.add(new Figure(
                            "decisions, " + method + ", " + lines + " lines, " + rules + " rules",
                            measured.median(method, Map.of("lines", lines, "rules", rules), Measured.CPU),
                            "a second of processor time",
                            isMeant ? Figure.Target.atLeast(TARGET) : Optional.empty(),
                            COMMAND));
                }
            }
        }
        return figures;
    }
}
