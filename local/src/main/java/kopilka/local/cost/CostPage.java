package kopilka.local.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.local.cost.Bill.Group;
import kopilka.local.cost.Shop.Input;
import kopilka.local.figures.Area;
import kopilka.local.figures.Bound;
import kopilka.local.figures.Figure;

/** The page on what it costs: its tables stand between marks that say which command makes each. */
final class CostPage {
    private static final Pattern TABLE =
            Pattern.compile("<!-- (cost [^\n]*?) -->\n.*?<!-- end of cost -->", Pattern.DOTALL);

    private static final Figure.Target TARGET = new Figure.Target(Bound.AT_MOST, BigDecimal.valueOf(5));

    private static final long MILLION = 1_000_000;

    private CostPage() {}

    /** A page with its tables made anew. */
    static String rendered(String page) throws IOException {
        StringBuilder rendered = new StringBuilder();
        Matcher table = TABLE.matcher(page);
        while (table.find()) {
            String command = table.group(1);
            List<String> words = List.of(command.split(" "));
            String made = CostTool.table(words.subList(1, words.size()));
            table.appendReplacement(
                    rendered,
                    Matcher.quoteReplacement("<!-- " + command + " -->\n\n" + made + "\n<!-- end of cost -->"));
        }
        return table.appendTail(rendered).toString();
    }

    /** What of it stands among the figures. */
    static Area figures() throws IOException {
        CostTables tables = CostTool.tables(new ArrayList<>());
        Shop nobody = Shop.parse(List.of());
        return new Area(
                "cost",
                List.of(
                        figure(tables, "a million orders through the API", nobody.with(Input.ORDERS, MILLION), true),
                        figure(
                                tables,
                                "a million orders through the queue",
                                nobody.with(Input.ORDERS, MILLION).with(Input.QUEUED, 100),
                                false),
                        figure(
                                tables,
                                "a million accounts settled by the sweep",
                                nobody.with(Input.SETTLED, MILLION),
                                false),
                        figure(
                                tables,
                                "a million payments with points: a hold and a capture each",
                                nobody.with(Input.REDEMPTIONS, MILLION),
                                false),
                        figure(tables, "a million balances read", nobody.with(Input.BALANCES, MILLION), false)));
    }

    private static Figure figure(CostTables tables, String what, Shop shop, boolean wanted) {
        return new Figure(
                what,
                new BigDecimal(CostTables.money(tables.bill(shop).total(Group.REQUESTS), 2)),
                "USD",
                wanted ? Optional.of(TARGET) : Optional.empty(),
                CostTool.command(shop));
    }

    /** Writes both. */
    static void write(Path docs) throws IOException {
        Path page = docs.resolve("cost.md");
        Files.writeString(page, rendered(Files.readString(page)));
        figures().write(docs.resolve("performance"));
    }
}
