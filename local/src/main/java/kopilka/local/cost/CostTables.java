package kopilka.local.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import kopilka.local.cost.Bill.Group;
import kopilka.local.cost.Bill.Term;
import kopilka.local.cost.PriceList.Price;
import kopilka.local.cost.Shop.Input;
import kopilka.local.figures.Numbers;

/** What the tool says, as Markdown: a terminal shows it, and a page takes it as it is. */
final class CostTables {
    /** Decimals of a term; a small shop's terms are fractions of a cent. */
    private static final int TERM_DECIMALS = 3;

    private static final int TOTAL_DECIMALS = 2;

    private static final List<Long> DURATIONS = List.of(10L, 15L, 20L, 40L, 80L);
    private static final List<Long> MEMORIES = List.of(512L, 1024L, 1769L);

    private final Deployment deployment;
    private final Quantities counted;
    private final PriceList prices;

    CostTables(Deployment deployment, Quantities counted, PriceList prices) {
        this.deployment = deployment;
        this.counted = counted;
        this.prices = prices;
    }

    Bill bill(Shop shop) {
        return Bill.of(shop, deployment, counted, prices);
    }

    /** Each term of a bill, its groups and its total. */
    String terms(Shop shop) {
        Bill bill = bill(shop);
        StringBuilder table = new StringBuilder("| | quantity | price, " + prices.currency() + " | " + prices.currency()
                + " | of |\n| --- | ---: | ---: | ---: | --- |\n");
        for (Group group : Group.values()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| **%s** | | | **%s** | |%n",
                    group.title(),
                    money(bill.total(group), TOTAL_DECIMALS)));
            bill.terms().stream().filter(term -> term.group() == group).forEach(term -> table.append(line(term)));
        }
        return table.append(String.format(
                        Locale.ROOT, "| **A month** | | | **%s** | |%n", money(bill.total(), TOTAL_DECIMALS)))
                .toString();
    }

    private static String line(Term term) {
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s | %s | %s |%n",
                term.what(),
                Numbers.show(term.quantity()),
                term.price().unit(),
                price(term.price()),
                money(term.amount(), TERM_DECIMALS),
                term.words());
    }

    private static String price(Price price) {
        return price.per().compareTo(BigDecimal.ONE) == 0
                ? price.amount().toPlainString()
                : price.amount().toPlainString() + " for " + Numbers.show(price.per());
    }

    /** What all that is asked for costs, by how long a request takes and how large a function is. */
    String durations(Shop shop) {
        StringBuilder table = new StringBuilder("| billed for each request |");
        MEMORIES.forEach(memory ->
                table.append(String.format(Locale.ROOT, " %s MB |", Numbers.show(BigDecimal.valueOf(memory)))));
        table.append("\n| --- |").append(" ---: |".repeat(MEMORIES.size())).append('\n');
        for (long millis : DURATIONS) {
            table.append(String.format(Locale.ROOT, "| %d ms |", millis));
            for (long memory : MEMORIES) {
                Bill bill = bill(shop.with(Input.MILLIS, millis).with(Input.MEMORY, memory));
                table.append(String.format(Locale.ROOT, " %s |", money(bill.total(Group.REQUESTS), TOTAL_DECIMALS)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** The price list. */
    String prices() {
        StringBuilder table = new StringBuilder("| " + prices.region() + " | " + prices.currency()
                + " | for | read where | |\n| --- | ---: | --- | --- | --- |\n");
        prices.prices()
                .forEach(price -> table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s %s | %s | %s |%n",
                        price.what(),
                        price.amount().toPlainString(),
                        Numbers.show(price.per()),
                        price.unit(),
                        price.source(),
                        price.dated())));
        return table.toString();
    }

    /** What may be said of a shop. */
    static String options() {
        StringBuilder table = new StringBuilder("| option | without it | |\n| --- | ---: | --- |\n");
        for (Input number : Input.values()) {
            table.append(String.format(
                    Locale.ROOT, "| `--%s` | %d | %s |%n", number.option(), number.otherwise(), number.what()));
        }
        return table.toString();
    }

    static String money(BigDecimal amount, int decimals) {
        return amount.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
}
