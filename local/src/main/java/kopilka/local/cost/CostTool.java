package kopilka.local.cost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import kopilka.local.LocalCloud;
import kopilka.local.Template;
import kopilka.local.Tool;

/**
 * Tells a shop what it would pay AWS for a month: {@code cost --orders 30000 --redemptions 4000}. {@code cost durations},
 * {@code cost prices} and {@code cost options} tell what that rests on, {@code --prices FILE} takes other prices, {@code
 * --parameter NAME=VALUE} deploys the template otherwise, and {@code cost page} makes the tables of docs/cost.md anew.
 */
public final class CostTool implements Tool {
    private static final String OPTIONS = "options";
    private static final String PRICES = "--prices";
    private static final String PARAMETER = "--parameter";

    @Override
    public String name() {
        return "cost";
    }

    @Override
    public String summary() {
        return "what a month costs a shop at AWS, term by term; cost options tells what may be said of the shop";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        if (arguments.equals(List.of("page"))) {
            Path docs = Objects.requireNonNull(template().getParent()).resolve("docs");
            CostPage.write(docs);
            out.println("docs/cost.md and docs/performance/cost.json");
            return 0;
        }
        out.print(table(arguments));
        return 0;
    }

    private static Path template() {
        return LocalCloud.nearestTemplate()
                .orElseThrow(() -> new IllegalArgumentException("there is no template.yaml here or above"));
    }

    /** The table that these arguments ask for. */
    static String table(List<String> arguments) throws IOException {
        List<String> rest = new ArrayList<>(arguments);
        CostTables tables = tables(rest);
        String first = rest.isEmpty() ? OPTIONS : rest.removeFirst();
        return switch (first) {
            case "durations" -> tables.durations(Shop.parse(rest));
            case "prices" -> alone(rest, tables.prices());
            case OPTIONS -> alone(rest, CostTables.options());
            default -> {
                rest.addFirst(first);
                yield tables.terms(Shop.parse(rest));
            }
        };
    }

    /** The tables by the prices and the parameters of the template that are taken from the arguments. */
    static CostTables tables(List<String> arguments) throws IOException {
        Optional<String> prices = taken(PRICES, arguments);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Optional<String> next = taken(PARAMETER, arguments);
                next.isPresent();
                next = taken(PARAMETER, arguments)) {
            String[] parameter = next.get().split("=", 2);
            if (parameter.length < 2) {
                throw new IllegalArgumentException(PARAMETER + " needs NAME=VALUE");
            }
            parameters.put(parameter[0], parameter[1]);
        }
        return new CostTables(
                Deployment.of(Template.read(template(), parameters)),
                Quantities.counted(),
                prices.isPresent() ? PriceList.read(Path.of(prices.get())) : PriceList.usual());
    }

    /** Takes an option and its value from the arguments. */
    private static Optional<String> taken(String option, List<String> arguments) {
        int at = arguments.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        arguments.remove(at);
        return Optional.of(arguments.remove(at));
    }

    private static String alone(List<String> rest, String table) {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("nothing stands behind that word");
        }
        return table;
    }

    /** The command line that asks for a shop's bill. */
    static String command(Shop shop) {
        return shop.numbers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(number -> "--" + number.getKey() + " " + number.getValue())
                .collect(Collectors.joining(" ", "mvn -q compile exec:exec -Dargs=\"cost ", "\""));
    }
}
