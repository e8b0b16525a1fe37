package kopilka.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What requests cost a warm function, against the calls of the SDK in them. */
final class WarmFigures implements Figures {
    private static final String COMMAND = "mvn -q -pl local -am -P jmh test -Dbenchmark=Warm";

    /** As many times what the SDK alone costs. */
    private static final double TARGET = 2;

    private static final Map<String, String> EVENTS = new LinkedHashMap<>();

    static {
        EVENTS.put("ORDER", "order through the API");
        EVENTS.put("ORDER_WITH_KEY", "order through the API with an Idempotency-Key");
        EVENTS.put("MESSAGE", "order from the queue");
        EVENTS.put("TEN_MESSAGES", "batch of 10 orders from the queue");
        EVENTS.put("BALANCE", "balance");
    }

    @Override
    public String page() {
        return "warm";
    }

    @Override
    public String benchmark() {
        return "WarmBenchmark";
    }

    @Override
    public List<Figure> of(Measured measured) {
        List<Figure> figures = new ArrayList<>();
        EVENTS.forEach((event, words) -> {
            double whole = micros(measured, "whole", event);
            double sdk = micros(measured, "sdkAlone", event);
            double bytes = kilobytes(measured, "whole", event);
            double sdkBytes = kilobytes(measured, "sdkAlone", event);
            figures.add(figure(words + ": processor time against the SDK's calls alone", whole / sdk, "times", true));
            figures.add(figure(words + ": allocation against the SDK's calls alone", bytes / sdkBytes, "times", true));
            figures.add(figure(words + ": processor time", whole, "µs", false));
            figures.add(figure(words + ": processor time of the SDK's calls alone", sdk, "µs", false));
            figures.add(figure(words + ": allocation", bytes, "KB", false));
            figures.add(figure(words + ": allocation of the SDK's calls alone", sdkBytes, "KB", false));
        });
        return figures;
    }

    private static Figure figure(String what, double figure, String unit, boolean isMeant) {
        return new Figure(what, figure, unit, isMeant ? Figure.Target.atMost(TARGET) : Optional.empty(), COMMAND);
    }

    private static double micros(Measured measured, String method, String event) {
        return 1e6 / measured.median(method, Map.of("event", event), Measured.CPU);
    }

    private static double kilobytes(Measured measured, String method, String event) {
        return measured.median(method, Map.of("event", event), Measured.ALLOCATED) / 1000;
    }
}
