package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import kopilka.local.LocalCloud;
import kopilka.local.cost.CostTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tool {@code cost} counts for answers and logs is what goes out and what functions log. */
class BytesOfAMonthTest {
    /** Status line and headers that API Gateway sends: date, type, length, its own request id. */
    private static final int HEADERS = 200;

    /** Counted are tens of bytes, rounded up; ids are longer and shorter. */
    private static final int SLACK = 60;

    private static final String ORDER = """
            {"order":"2026-000417","member":"m-000042","event":"paid","at":"2026-03-01T08:00:00Z","content":{"currency":"EUR","lines":[
             {"sku":"S-1","quantity":"1","total":"10.00"},{"sku":"S-2","quantity":"2","total":"250.00"},{"sku":"S-3","quantity":"1","total":"30.00"},
             {"sku":"S-4","quantity":"1","total":"40.00"},{"sku":"S-5","quantity":"3","total":"50.00"}],"total":"380.00"}}""";

    private static final String QUOTE = """
            {"member":"m-000042","at":"2026-03-01T08:00:00Z","language":"en","content":{"currency":"EUR","lines":[
             {"sku":"S-1","quantity":"1","total":"10.00"},{"sku":"S-2","quantity":"2","total":"250.00"},{"sku":"S-3","quantity":"1","total":"30.00"},
             {"sku":"S-4","quantity":"1","total":"40.00"},{"sku":"S-5","quantity":"3","total":"50.00"}]}}""";

    private static JsonNode counted() throws IOException {
        try (InputStream in = Objects.requireNonNull(CostTool.class.getResourceAsStream("quantities.json"))) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static int bytes(Reply reply) {
        return reply.is(reply.status() == 201 ? 201 : 200).text().getBytes(StandardCharsets.UTF_8).length + HEADERS;
    }

    @Test
    void answers_have_the_bytes_that_are_counted_and_functions_log_nothing_of_usual_requests(@TempDir Path folder)
            throws IOException {
        Path log = folder.resolve("functions.log");
        Map<String, Integer> sizes = new LinkedHashMap<>();
        try (LocalCloud cloud = OneCloud.start(OneCloud.options().loggingTo(log))) {
            Shop shop = Shop.open(cloud);
            sizes.put("join", bytes(shop.enrol("m-000042")));
            sizes.put("order", bytes(shop.send(Endpoint.ORDER_EVENT.call().body(ORDER))));
            sizes.put("quote", bytes(shop.send(Endpoint.QUOTE.call().body(QUOTE))));
            sizes.put("hold", bytes(shop.holds("m-000042", "r-2026-000417", 200)));
            sizes.put("end", bytes(shop.send(Shop.capture("m-000042", "r-2026-000417"))));
            sizes.put("refund", bytes(shop.refunds("m-000042", "2026-000417", "f-2026-000417", "10.00")));
            sizes.put("balance", bytes(shop.send(Endpoint.BALANCE.call().at("member", "m-000042"))));
        }
        System.out.println(sizes);
        JsonNode counted = counted();
        sizes.forEach(
                (what, size) -> assertThat(counted.path(what).path("answer").intValue())
                        .as("counted for %s of %d bytes", what, size)
                        .isBetween(size, size + SLACK));
        assertThat(Files.readString(log)).isEmpty();
    }
}
