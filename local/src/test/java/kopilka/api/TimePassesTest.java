package kopilka.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kopilka.local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing waits for the sweep: balances are right at any instant, and the sweep changes none. */
@Tag("integration")
@ExtendWith(OneCloud.class)
class TimePassesTest {
    private final LocalCloud cloud;

    TimePassesTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    private Shop shopWith(String rules) {
        return Shop.open(cloud, rules);
    }

    private static String rules() {
        return Json.with(Json.read(Rules.WITH_WINDOW), "/expiry", "{\"days\":30}")
                .toString();
    }

    private void at(String instant) {
        cloud.clock().stopAt(Instant.parse(instant));
    }

    @Test
    void points_mature_time_out_and_expire_to_the_second_without_any_sweep() {
        Shop shop = shopWith(rules());
        shop.enrol("anna");
        shop.pays("anna", "A-1", "500.00");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 500, 0, 0));

        // 14 days after 1 March, from the start of the day in Kyiv: two hours ahead of UTC in winter.
        at("2026-03-14T21:59:59Z");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 500, 0, 0));
        shop.send(Shop.hold("anna", "H-0", 100)).is(409, "insufficient_points");
        at("2026-03-14T22:00:00Z");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(500, 0, 0, 0));

        // A hold of 30 minutes.
        shop.holds("anna", "H-1", 200);
        at("2026-03-14T22:29:59Z");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(300, 0, 200, 0));
        at("2026-03-14T22:30:00Z");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(500, 0, 0, 0));
        shop.send(Shop.capture("anna", "H-1")).is(409, "redemption_not_open");

        // 30 days after 15 March is 14 April, to the end of the day, when Kyiv is three hours ahead.
        JsonNode expiring = shop.balance("anna").path("expiring");
        assertThat(expiring.toString()).isEqualTo("[{\"points\":500,\"expires\":\"2026-04-14\"}]");
        at("2026-04-14T20:59:59Z");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(500, 0, 0, 0));
        at("2026-04-14T21:00:00Z");
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        shop.send(Shop.hold("anna", "H-2", 100)).is(409, "insufficient_points");
        // Nothing of it was written down by anybody.
        assertThat(shop.sequence("anna")).isEqualTo(3);
        shop.isSound("anna");
    }

    @Test
    void the_sweep_writes_down_what_is_so_and_changes_no_balance() throws Exception {
        Shop shop = shopWith(rules());
        List<String> members = List.of("anna", "olga", "eva");
        members.forEach(shop::enrol);
        shop.pays("anna", "A-1", "500.00");
        at("2026-03-05T08:00:00Z");
        shop.pays("olga", "A-2", "300.00");
        shop.pays("anna", "A-3", "200.00");

        List<String> moments = List.of(
                "2026-03-15T08:00:00Z",
                "2026-03-19T08:00:00Z",
                "2026-04-14T20:59:59Z",
                "2026-04-14T21:00:00Z",
                "2026-05-01T00:00:00Z");
        for (String moment : moments) {
            at(moment);
            List<JsonNode> before = balances(shop, members);
            cloud.fireSchedules();
            cloud.drain(OneCloud.SOON);
            assertThat(balances(shop, members)).as(moment).isEqualTo(before);
        }
        // Matured twice, expired twice for Anna; Eva has nothing that time could touch.
        assertThat(shop.ledger("anna").stream()
                        .filter(entry -> entry.path("operation").asText().equals("settled")))
                .hasSize(4);
        assertThat(shop.sequence("eva")).isEqualTo(1);
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 0, 0, 0));
        shop.isSound("anna", "olga", "eva");
    }

    @Test
    void a_swept_account_and_one_that_was_not_come_to_the_same() throws Exception {
        Shop swept = shopWith(rules());
        Shop unswept = shopWith(rules());
        for (Shop shop : List.of(swept, unswept)) {
            shop.enrol("anna");
            shop.pays("anna", "A-1", "500.00");
        }
        at("2026-03-15T08:00:00Z");
        cloud.sqs()
                .sendMessage(message -> message.queueUrl(cloud.queueUrl("SettleQueue"))
                        .messageBody("{\"program\":\"" + swept.program() + "\",\"member\":\"anna\"}"));
        cloud.drain(OneCloud.SOON);
        assertThat(swept.sequence("anna")).isEqualTo(3);
        assertThat(unswept.sequence("anna")).isEqualTo(2);
        for (Shop shop : List.of(swept, unswept)) {
            shop.holds("anna", "H-1", 200);
        }
        at("2026-06-01T00:00:00Z");
        for (Shop shop : List.of(swept, unswept)) {
            shop.pays("anna", "A-2", "70.00");
            shop.isSound("anna");
        }
        assertThat(swept.balance("anna")).isEqualTo(unswept.balance("anna"));
    }

    private static List<JsonNode> balances(Shop shop, List<String> members) {
        List<JsonNode> balances = new ArrayList<>();
        for (String member : members) {
            ObjectNode balance = shop.balance(member).deepCopy();
            balance.remove("asOf");
            balances.add(balance);
        }
        return balances;
    }

    @Test
    void points_that_wait_for_a_delivery_have_no_days_until_it_is_told() {
        Shop shop = shopWith(Json.with(Json.read(Rules.WITH_WINDOW), "/pending/from", "\"delivered\"")
                .toString());
        shop.enrol("anna");
        Reply paid = shop.pays("anna", "A-1", "500.00");
        assertThat(paid.json().has("availableFrom")).isFalse();
        shop.wait(Duration.ofDays(100));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(0, 500, 0, 0));
        shop.send(Orders.delivered("A-1", "anna", shop.now())).is(201);
        shop.wait(Duration.ofDays(14));
        assertThat(shop.points("anna")).isEqualTo(new Shop.Points(500, 0, 0, 0));
    }
}
