package kopilka.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import kopilka.local.Job;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ProgramAccess;
import kopilka.local.shop.ShopBackend;
import kopilka.program.ProgramId;

/** Plays a short day in a shop and shows what became of it; then the API is there to be tried. */
public final class Demo implements Job {
    private static final ProgramId PROGRAM = new ProgramId("demo");
    private static final String RULES = "/kopilka/local/demo/program.json";

    /** Found by the local run. */
    public Demo() {}

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "play a short day in a shop, show a member's statement, and keep the API up";
    }

    @Override
    public LocalCloud.Options prepare(List<String> arguments, LocalCloud.Options options) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException("demo takes no arguments");
        }
        return options;
    }

    @Override
    public boolean run(LocalCloud cloud, List<String> arguments) throws IOException, InterruptedException {
        show(cloud, System.out);
        return true;
    }

    /** Plays the day, unless the folder of data has seen it already, and shows what there is. */
    static void show(LocalCloud cloud, PrintStream out) throws IOException, InterruptedException {
        // The program must be there before its first customer.
        cloud.clock()
                .stopAt(ShopDay.beginning(cloud.clock().instant())
                        .atStartOfDay(ShopDay.ZONE)
                        .toInstant());
        ProgramAccess access = ProgramAccess.open(cloud, PROGRAM, document());
        cloud.clock().followSystem();
        try (ShopBackend shop = new ShopBackend(cloud.url(), access.key())) {
            ShopDay day = new ShopDay(cloud, shop, PROGRAM);
            if (access.isNewProgram()) {
                day.play();
                out.println(
                        "A year in a shop: Anna joins by Olga's link, buys (one order delivered three times), returns,"
                                + " pays with points.");
            } else {
                out.println("This folder has seen the shop's day already; here is what it knows of Anna.");
            }
            out.println();
            out.println("Statement of member " + ShopDay.ANNA);
            out.print(day.statement().table());
            out.println();
            out.println(balance(day.balance()));
            out.println();
            out.println("API   " + cloud.url());
            out.println("Key   " + access.key() + "   (of this run alone)");
            out.println();
            curl(cloud, access.key(), day).forEach(out::println);
            out.println();
        }
    }

    static String document() throws IOException {
        try (InputStream rules = Objects.requireNonNull(Demo.class.getResourceAsStream(RULES))) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String balance(JsonNode balance) {
        StringBuilder text = new StringBuilder("Balance: ")
                .append(points(balance.path("available").asLong()))
                .append(" available, worth ")
                .append(balance.path("worth").path("amount").asText())
                .append(' ')
                .append(balance.path("worth").path("currency").asText());
        for (JsonNode lot : balance.path("pending").path("lots")) {
            text.append("; ").append(points(lot.path("points").asLong())).append(" pending until ");
            text.append(lot.path("availableFrom").asText());
        }
        for (JsonNode lot : balance.path("expiring")) {
            text.append("; ").append(points(lot.path("points").asLong())).append(" to be used by ");
            text.append(lot.path("expires").asText());
        }
        return text.append('.').toString();
    }

    private static String points(long points) {
        return String.format(Locale.ROOT, "%,d points", points);
    }

    /** Three commands that work as they stand. */
    private static List<String> curl(LocalCloud cloud, String key, ShopDay day) {
        String member = cloud.url() + "/v1/members/" + ShopDay.ANNA;
        String authorization = " -H 'Authorization: Bearer " + key + "' ";
        String order = "{\"order\":\"A-" + UUID.randomUUID() + "\",\"member\":\"" + ShopDay.ANNA
                + "\",\"event\":\"paid\",\"at\":\"" + ShopDay.rfc3339(day.now())
                + "\",\"content\":{\"currency\":\"EUR\",\"lines\":[{\"sku\":\"S-TEA\",\"quantity\":\"2\",\"total\":\"25.00\"}],"
                + "\"total\":\"25.00\"}}";
        return List.of(
                "curl -s" + authorization + member + "/balance",
                "curl -s" + authorization + "'" + member + "/ledger?limit=3'",
                "curl -s" + authorization + "-H 'Content-Type: application/json' -d '" + order + "' " + cloud.url()
                        + "/v1/orders");
    }
}
