package kopilka.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kopilka.local.LocalCloud;
import kopilka.local.shop.Answer;
import kopilka.local.shop.ShopBackend;
import kopilka.program.ProgramId;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A short day in a shop, its return window, and the day a year later on which what was not used has expired: that day is
 * today, so that whoever tries the API afterwards need not think about the time.
 *
 * <p>Olga recommends the shop to Anna. Anna buys, sends a part back, pays with points, sends a part of that back too, and
 * buys once more today.
 */
final class ShopDay {
    /** The member whose statement is shown. */
    static final String ANNA = "m-anna";

    static final String OLGA = "m-olga";

    /** The zone of the demonstration's program. */
    static final ZoneId ZONE = ZoneId.of("Europe/Kyiv");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAGE = 100;

    private final LocalCloud cloud;
    private final ShopBackend shop;
    private final ProgramId program;

    ShopDay(LocalCloud cloud, ShopBackend shop, ProgramId program) {
        this.cloud = cloud;
        this.shop = shop;
        this.program = program;
    }

    /** The day on which it begins, if today is that day: what is earned 14 days later expires a year after, and it is past. */
    static LocalDate beginning(Instant now) {
        return LocalDate.ofInstant(now, ZONE).minusYears(1).minusDays(20);
    }

    /**
     * What the member had when a year had gone by, before and after the sweep wrote down what had expired.
     *
     * @param before the sweep
     * @param after the sweep
     */
    record Swept(JsonNode before, JsonNode after) {}

    /** Plays it; the clock shows the system's time at the end. */
    Swept play() throws IOException, InterruptedException {
        cloud.clock().followSystem();
        LocalDate first = beginning(cloud.clock().instant());

        at(first, "09:00");
        enrol(OLGA);
        String code = post("/v1/referrals/codes", """
                {"member":"m-olga"}""").path("code").asText();

        at(first, "09:30");
        enrol(ANNA);
        post("/v1/referrals", """
                {"member":"m-anna","code":"%s"}""".formatted(code));

        ZonedDateTime bought = at(first, "10:05");
        String order = """
                {"order":"A-1","member":"m-anna","event":"paid","at":"%s","content":{"currency":"EUR","lines":[
                 {"id":"tea","sku":"S-TEA","quantity":"2","total":"25.00"},
                 {"id":"mug","sku":"S-MUG","category":"premium","quantity":"1","total":"35.00"}],
                 "delivery":"4.90","total":"64.90"}}""".formatted(rfc3339(bought));
        post("/v1/orders", order);
        // The shop's backend never saw the answer and sends the order again, and its queue delivers it once more.
        at(first, "10:06");
        post("/v1/orders", order);
        queue(order);

        ZonedDateTime returned = at(first.plusDays(4), "12:30");
        post("/v1/orders/A-1/refunds", """
                {"refund":"R-1","member":"m-anna","at":"%s","lines":[{"line":"tea","quantity":"1"}],"currency":"EUR"}""".formatted(rfc3339(returned)));

        at(first.plusDays(16), "18:00");
        post("/v1/redemptions", """
                {"redemption":"H-1","member":"m-anna","points":500,
                 "order":{"id":"A-2","total":{"amount":"30.00","currency":"EUR"}}}""");
        // Something was out of stock: the order became smaller, and points pay less of it.
        post("/v1/redemptions/H-1/capture", """
                {"member":"m-anna","points":300}""");
        ZonedDateTime paid = at(first.plusDays(16), "18:02");
        post("/v1/orders", """
                {"order":"A-2","member":"m-anna","event":"paid","at":"%s","content":{"currency":"EUR","lines":[
                 {"id":"cup","sku":"S-CUP","quantity":"2","total":"24.00"}],"total":"24.00","payments":[
                 {"method":"card","amount":"21.00"},{"method":"points","amount":"3.00","redemption":"H-1"}]}}""".formatted(rfc3339(paid)));

        ZonedDateTime broken = at(first.plusDays(20), "11:15");
        post("/v1/orders/A-2/refunds", """
                {"refund":"R-2","member":"m-anna","at":"%s","lines":[{"line":"cup","quantity":"1"}],"currency":"EUR"}""".formatted(rfc3339(broken)));

        cloud.clock().followSystem();
        JsonNode before = balance();
        cloud.fireSchedules();
        cloud.drain(PATIENCE);
        JsonNode after = balance();

        queue("""
                {"order":"A-3","member":"m-anna","event":"paid","at":"%s","content":{"currency":"EUR","lines":[
                 {"sku":"S-POT","quantity":"1","total":"40.00"}],"total":"40.00"}}""".formatted(rfc3339(now())));
        return new Swept(before, after);
    }

    /** The program's time. */
    ZonedDateTime now() {
        return cloud.clock().instant().truncatedTo(ChronoUnit.SECONDS).atZone(ZONE);
    }

    /** A time as the API takes it. */
    static String rfc3339(ZonedDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private ZonedDateTime at(LocalDate day, String time) {
        ZonedDateTime moment = day.atTime(LocalTime.parse(time)).atZone(ZONE);
        cloud.clock().stopAt(moment.toInstant());
        return moment;
    }

    private void enrol(String member) throws IOException, InterruptedException {
        done(shop.put("/v1/members/" + member, JsonNodeFactory.instance.objectNode()));
    }

    private JsonNode post(String path, String json) throws IOException, InterruptedException {
        return done(shop.post(path, read(json)));
    }

    private void queue(String order) throws InterruptedException {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "order");
        message.set("body", read(order));
        Map<String, MessageAttributeValue> attributes = Map.of("program", text(program.value()), "shop", text("local"));
        cloud.sqs()
                .sendMessage(request -> request.queueUrl(cloud.queueUrl("OrderQueue"))
                        .messageBody(message.toString())
                        .messageAttributes(attributes));
        cloud.drain(PATIENCE);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static ObjectNode read(String json) {
        try {
            return new JsonMapper().readValue(json, ObjectNode.class);
        } catch (JsonProcessingException mistyped) {
            throw new IllegalStateException(mistyped);
        }
    }

    private static JsonNode done(Answer answer) {
        if (!answer.isDone()) {
            throw new IllegalStateException("the API refused: " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    /** The member's balance. */
    JsonNode balance() throws IOException, InterruptedException {
        return done(shop.get("/v1/members/" + ANNA + "/balance"));
    }

    /** The member's statement. */
    Statement statement() throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            JsonNode page = done(shop.get("/v1/members/" + ANNA + "/ledger?limit=" + PAGE + next.get()));
            page.path("entries").forEach(entries::add);
            next = Optional.ofNullable(page.get("next")).map(cursor -> "&cursor=" + cursor.asText());
        }
        return Statement.of(entries, ZONE);
    }
}
