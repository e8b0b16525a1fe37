package kopilka.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kopilka.local.LocalClock;
import kopilka.local.LocalCloud;
import kopilka.local.shop.ProgramAccess;
import kopilka.local.shop.ShopBackend;
import kopilka.program.ProgramId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's day, its statement to the last figure, and the commands that it prints. */
final class DemoTest {
    private static final Instant TODAY = Instant.parse("2026-11-21T12:00:00Z");

    private static LocalCloud.Options options() {
        return LocalCloud.Options.of(LocalCloud.nearestTemplate().orElseThrow());
    }

    private static Statement.Row row(
            String date, String what, long pending, long available, long held, long balance, String why) {
        return new Statement.Row(LocalDate.parse(date), what, pending, available, held, balance, why);
    }

    @Test
    void the_statement_says_what_happened_to_every_point() throws IOException, InterruptedException {
        LocalClock clock = new LocalClock(() -> TODAY);
        clock.stopAt(ShopDay.beginning(TODAY).atStartOfDay(ShopDay.ZONE).toInstant());
        try (LocalCloud cloud = LocalCloud.start(options().withClock(clock))) {
            ProgramId program = new ProgramId("demo");
            ProgramAccess access = ProgramAccess.open(cloud, program, Demo.document());
            try (ShopBackend shop = new ShopBackend(cloud.url(), access.key())) {
                ShopDay day = new ShopDay(cloud, shop, program);
                ShopDay.Swept swept = day.play();

                assertThat(day.statement().rows())
                        .containsExactly(
                                row("2025-11-01", "Joined", 0, 0, 0, 0, "a new member"),
                                row("2025-11-01", "Came by a friend's link", 0, 0, 0, 0, "the friend is m-olga"),
                                row("2025-11-01", "Order A-1", 475, 0, 0, 0, "125 for 25.00, 350 for 35.00 of premium"),
                                row("2025-11-01", "Welcome reward", 300, 0, 0, 0, "with the first order"),
                                row("2025-11-05", "Refund R-1", -63, 0, 0, 0, "a part of order A-1 came back"),
                                row(
                                        "2025-11-15",
                                        "Points become available",
                                        -712,
                                        712,
                                        0,
                                        712,
                                        "the return window is over"),
                                row(
                                        "2025-11-17",
                                        "Checkout H-1 begins",
                                        0,
                                        -500,
                                        500,
                                        212,
                                        "reserved while the customer pays"),
                                row("2025-11-17", "Checkout H-1 is paid", 0, 0, -300, 212, "spent"),
                                row(
                                        "2025-11-17",
                                        "Unused points come back",
                                        0,
                                        200,
                                        -200,
                                        412,
                                        "the checkout took less than it had reserved"),
                                row("2025-11-17", "Order A-2", 105, 0, 0, 412, "105 for 21.00"),
                                row(
                                        "2025-11-21",
                                        "Refund R-2",
                                        0,
                                        150,
                                        0,
                                        562,
                                        "had paid for what came back of order A-2"),
                                row("2025-11-21", "Refund R-2", -53, 0, 0, 562, "a part of order A-2 came back"),
                                row(
                                        "2025-12-01",
                                        "Points become available",
                                        -52,
                                        52,
                                        0,
                                        614,
                                        "the return window is over"),
                                row("2026-11-16", "Points expire", 0, -562, 0, 52, "not used by 2026-11-15"),
                                row("2026-11-21", "Order A-3", 200, 0, 0, 52, "200 for 40.00"));

                // The balance was right before the sweep wrote anything down, and the sweep did not change it.
                assertThat(swept.before().path("available").asLong()).isEqualTo(52);
                assertThat(swept.after()).isEqualTo(swept.before());
                assertThat(day.balance().path("pending").path("total").asLong()).isEqualTo(200);
                assertThat(shop.get("/v1/members/m-olga/balance")
                                .body()
                                .path("available")
                                .asLong())
                        .as("the friend's reward has expired as well")
                        .isZero();
            }
        }
    }

    @Test
    void it_prints_commands_that_work_and_keeps_its_data(@TempDir Path folder)
            throws IOException, InterruptedException {
        String first;
        try (LocalCloud cloud = LocalCloud.start(options().keepingDataIn(folder))) {
            first = shown(cloud);
            List<String> commands =
                    first.lines().filter(line -> line.startsWith("curl ")).toList();
            assertThat(commands).hasSize(3);
            assertThat(answer(commands.get(0)).body()).contains("\"available\":52");
            assertThat(answer(commands.get(1)).body()).contains("\"reference\":\"A-3\"");
            assertThat(answer(commands.get(2)).statusCode()).isEqualTo(201);
        }
        try (LocalCloud cloud = LocalCloud.start(options().keepingDataIn(folder))) {
            String second = shown(cloud);
            assertThat(statement(second)).startsWith(statement(first));
            assertThat(key(second)).isNotEqualTo(key(first));
            assertThat(answer(second.lines()
                                    .filter(line -> line.startsWith("curl "))
                                    .findFirst()
                                    .orElseThrow())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String shown(LocalCloud cloud) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Demo.show(cloud, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> !line.startsWith("curl ")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        return text;
    }

    private static String statement(String text) {
        return text.substring(text.indexOf("Date "), text.indexOf("\n\nBalance"));
    }

    private static String key(String text) {
        Matcher key = Pattern.compile("kop_\\w{12}_[\\w-]{43}").matcher(text);
        assertThat(key.find()).isTrue();
        return key.group();
    }

    /** What the shell and curl would make of the command. */
    private static HttpResponse<String> answer(String command) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        Matcher words = Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
        String before = "";
        while (words.find()) {
            String word = words.group(1) == null ? words.group(2) : words.group(1);
            if (before.equals("-H")) {
                request.header(word.split(": ", 2)[0], word.split(": ", 2)[1]);
            } else if (before.equals("-d")) {
                request.POST(BodyPublishers.ofString(word));
            } else if (word.startsWith("http")) {
                request.uri(URI.create(word));
            }
            before = word;
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
